package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database/dbtest"
	"diwan/graph"
	"diwan/modules/access"
)

// values are the candidates for arguments: every document and line there is, and what marks them.
func (w *world) values() candidates {
	quoted := func(all []string) []string {
		out := make([]string, len(all))
		for i, s := range all {
			out[i] = fmt.Sprintf("%q", s)
		}
		return out
	}
	var keys, marks, numbers, chapters []string
	for _, b := range bodies() {
		keys, marks = append(keys, lineKey(b)), append(marks, token(b))
		numbers = append(numbers, "I-"+token(b))
		chapters = append(chapters, fmt.Sprintf(`[{segment: CHAPTER, code: %q}]`, b))
	}
	v := candidates{
		"year": {"2026"}, "key": quoted(keys), "id": quoted(append(slices.Clone(w.ids), w.payee)), "account": {`"221105"`, `"111001"`, `"331001"`},
		"number": quoted(numbers), "payee": {fmt.Sprintf("%q", w.payee)}, "filter": chapters, "groupBy": {"[CHAPTER]", "[PROGRAMME, ITEM]"},
		"at":    {`{knownAt: "100000"}`, `{trueOn: "2026-12-31"}`},
		"after": {}, "fund": {`"01"`}, "fromMonth": {"1"}, "toMonth": {"13"},
	}
	for _, name := range []string{"text", "query", "words", "q", "typed"} {
		v[name] = quoted(marks)
	}
	return v
}

// tokens are what marks a body in the answers.
func tokens(body string) []string { return []string{token(body), amount(body)} }

// leaks are the tokens in what left that a class may not see.
func leaks(c class, out []byte) (found []string) {
	for _, body := range bodies() {
		if slices.Contains(c.sees, body) {
			continue
		}
		for _, mark := range tokens(body) {
			if bytes.Contains(out, []byte(mark)) {
				found = append(found, mark)
			}
		}
	}
	return found
}

// ask asks one document as a class and returns all that left: data and errors.
func (w *world) ask(s *access.Standing, document string) []byte {
	answer := w.local.Ask(context.Background(), s, "en", document, nil)
	out, err := json.Marshal(answer)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// echoed takes the question's own words out of an answer before it is searched.
func echoed(out []byte, document string) []byte {
	for _, b := range bodies() {
		if strings.Contains(document, token(b)) {
			out = bytes.ReplaceAll(out, []byte(fmt.Sprintf("%q", token(b))), nil)
		}
	}
	return out
}

// sweep asks everything as every class. It returns the leaks, and which bodies each class has seen.
func (w *world) sweep(a *asker, change func(*access.Standing)) (found []string, seen map[string]map[string]bool, asked int) {
	seen = map[string]map[string]bool{}
	values := w.values()
	var documents []string
	for _, root := range a.schema.Query.Fields {
		if !strings.HasPrefix(root.Name, "__") {
			documents = append(documents, a.questions(root, values)...)
		}
	}
	for _, c := range classes() {
		s := w.standing(c.person, c.behalf)
		if change != nil && s != nil {
			change(s)
		}
		seen[c.name] = map[string]bool{}
		for _, document := range documents {
			out := echoed(w.ask(s, document), document)
			asked++
			for _, mark := range leaks(c, out) {
				found = append(found, fmt.Sprintf("%s sees %s by %.120s", c.name, mark, document))
			}
			for _, body := range bodies() {
				if bytes.Contains(out, []byte(token(body))) {
					seen[c.name][body] = true
				}
			}
			if s != nil && bytes.Contains(out, []byte(`"code":"limit"`)) || bytes.Contains(out, []byte("GRAPHQL_VALIDATION_FAILED")) {
				w.t.Errorf("this was not answered: %s\n%.300s", document, out)
				return found, seen, asked
			}
		}
	}
	return found, seen, asked
}

func TestEveryFieldForEveryClass(t *testing.T) {
	w := newWorld(t)
	a := &asker{schema: graph.Schema(), covered: map[string]bool{}}
	found, seen, asked := w.sweep(a, nil)
	for _, f := range found {
		t.Error("leak: " + f)
	}
	for _, c := range classes() {
		for _, body := range c.sees {
			if !seen[c.name][body] {
				t.Errorf("wrong refusal: %s does not see %s", c.name, body)
			}
		}
	}
	if missed := a.missed(); len(missed) > 0 {
		t.Errorf("not asked: %v", missed)
	}
	t.Logf("%d fields, %d classes, %d questions: %d leaks", len(a.covered), len(classes()), asked, len(found))

	t.Run("hidden is answered like absent", func(t *testing.T) { w.hiddenIsAbsent(t, a) })
	t.Run("row-level security alone", func(t *testing.T) { w.secondWall(t) })
	t.Run("the filters alone", func(t *testing.T) {
		w.security(t, "disable")
		defer w.security(t, "enable")
		for _, f := range first(w.sweep(a, nil)) {
			t.Error("leak: " + f)
		}
	})
}

func first(found []string, _ map[string]map[string]bool, _ int) []string { return found }

// hiddenIsAbsent compares the answer about what somebody may not see with that about nothing.
func (w *world) hiddenIsAbsent(t *testing.T, a *asker) {
	s := w.standing("own", "")
	for _, root := range a.schema.Query.Fields {
		id := root.Arguments.ForName("id")
		if id == nil || !id.Type.NonNull || strings.HasPrefix(root.Name, "__") {
			continue
		}
		about := func(which string) []byte {
			values := candidates{"id": {fmt.Sprintf("%q", which)}, "kind": {"VOUCHER"}, "year": {"2026"}, "key": {`"x"`}}
			return w.ask(s, a.questions(root, values)[0])
		}
		absent := about(uuid.NewString())
		for _, document := range w.ids {
			if w.of[document] != "2501" && !bytes.Equal(about(document), absent) {
				t.Errorf("%s tells that %s is there:\n%s\n%s", root.Name, document, about(document), absent)
			}
		}
	}
	hidden, absent := w.ask(s, a.line(lineKey("2601"))), w.ask(s, a.line(lineKey("9999")))
	if !bytes.Equal(hidden, absent) {
		t.Errorf("a hidden line: %s\nan absent one: %s", hidden, absent)
	}
}

func (a *asker) line(key string) string {
	return a.questions(a.schema.Query.Fields.ForName("budgetLine"), candidates{"year": {"2026"}, "key": {fmt.Sprintf("%q", key)}})[0]
}

// readTables are all tables of the schema read that people read.
func (w *world) readTables(t *testing.T) []string {
	var names []string
	err := w.db.Project(context.Background(), func(tx pgx.Tx) error {
		rows, err := tx.Query(context.Background(), `select relname::text from pg_class where relnamespace = 'read'::regnamespace and relkind = 'v' order by 1`)
		if err != nil {
			return err
		}
		names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// through reads whole tables as a class, without any filter but row-level security.
func (w *world) through(t *testing.T, c class, tables ...string) map[string][]string {
	found := map[string][]string{}
	s := w.standing(c.person, c.behalf)
	if s == nil {
		s = access.Program("")
	}
	for _, table := range tables {
		var text string
		err := w.db.Read(context.Background(), s.Session("finance.read", ""), func(tx pgx.Tx) error {
			return tx.QueryRow(context.Background(), `select coalesce(string_agg(t::text, ' '), '') from read.`+table+` t`).Scan(&text)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range bodies() {
			if !slices.Contains(c.sees, body) && (strings.Contains(text, token(body)) || strings.Contains(text, body+".")) {
				at := max(strings.Index(text, token(body)), strings.Index(text, body+"."))
				found[table] = append(found[table], body+" in "+text[max(0, at-80):min(len(text), at+40)])
			}
		}
	}
	return found
}

func (w *world) secondWall(t *testing.T) {
	tables := w.readTables(t)
	for _, c := range classes() {
		for table, marks := range w.through(t, c, tables...) {
			t.Errorf("%s sees %v in read.%s", c.name, marks, table)
		}
	}
}

// security turns row-level security of tables on or off, as nobody but a superuser can.
func (w *world) security(t *testing.T, how string, only ...string) {
	admin, err := pgx.Connect(context.Background(), dbtest.AdminURL(t, w.db.Config()))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	rows, err := admin.Query(context.Background(), `select relname::text from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r'`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		view := name[:strings.LastIndex(name, "_g")]
		if len(only) > 0 && !slices.Contains(only, view) {
			continue
		}
		if _, err := admin.Exec(context.Background(), "alter table read."+name+" "+how+" row level security"); err != nil {
			t.Fatal(err)
		}
	}
}

// Every table whose security is off is found; so is a standing that reaches too far.
func TestPlantedHolesAreFound(t *testing.T) {
	w := newWorld(t)
	own := classes()[2]
	holes := map[string]bool{}
	for _, table := range w.readTables(t) {
		if len(w.through(t, own, table)) > 0 {
			t.Errorf("read.%s leaks before anything is planted", table)
		}
		w.security(t, "disable", table)
		if len(w.through(t, own, table)) > 0 {
			holes[table] = true
		}
		w.security(t, "enable", table)
	}
	if len(holes) < 19 {
		t.Errorf("%d planted holes were found: %v", len(holes), slices.Sorted(maps.Keys(holes)))
	}
	a := &asker{schema: graph.Schema(), covered: map[string]bool{}}
	all := access.Program("root", "finance.read")
	if found, _, _ := w.sweep(a, func(s *access.Standing) { *s = *all }); len(found) == 0 {
		t.Error("a standing that reaches everywhere was not found")
	}
	t.Logf("%d planted holes found", len(holes)+1)
}
