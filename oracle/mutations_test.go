package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/graph"
	"diwan/modules/access"
)

// act is one mutation, written from the schema: every field that must be given, and those that name
// a document or a line.
func (a *asker) act(field *ast.FieldDefinition, values candidates) string {
	return a.mutation(field, values) + a.selection(field.Type.Name(), 0, nil) + " }"
}

// short is act that asks for next to nothing back: what strangers may ask for at once is little, and
// whoever may not act is to meet the wall of the act and not that bound.
func (a *asker) short(field *ast.FieldDefinition, values candidates) string {
	if a.selection(field.Type.Name(), 0, nil) == "" {
		return a.mutation(field, values) + " }"
	}
	return a.mutation(field, values) + " { __typename } }"
}

func (a *asker) mutation(field *ast.FieldDefinition, values candidates) string {
	var args []string
	for _, arg := range field.Arguments {
		if arg.Type.NonNull && arg.DefaultValue == nil {
			args = append(args, arg.Name+": "+a.fill(arg.Type, arg.Name, values))
		}
	}
	a.covered["Mutation."+field.Name] = true
	given := ""
	if len(args) > 0 {
		given = "(" + strings.Join(args, ", ") + ")"
	}
	return "mutation { act: " + field.Name + given
}

// fill writes a value of a type for an argument or a field of an input.
func (a *asker) fill(t *ast.Type, name string, values candidates) string {
	if t.Elem != nil {
		return "[" + a.fill(t.Elem, name, values) + "]"
	}
	def := a.schema.Types[t.Name()]
	switch {
	case name == "command" || t.Name() == "UUID" && values[name] == nil:
		return fmt.Sprintf("%q", uuid.NewString())
	case def.Kind == ast.InputObject:
		var fields []string
		for _, f := range def.Fields {
			if _, known := values[f.Name]; known || f.Type.NonNull && f.DefaultValue == nil {
				fields = append(fields, f.Name+": "+a.fill(f.Type, f.Name, values))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case len(values[name]) > 0 && t.Name() != "Int" && t.Name() != "Boolean":
		return values[name][0]
	}
	switch t.Name() {
	case "Int":
		if name == "year" {
			return "2026"
		}
		return "1"
	case "Boolean":
		return "true"
	case "Long":
		return `"1"`
	case "Amount":
		return `"1.000"`
	}
	return `"2026-06-15"`
}

// about are values that make acts concern one document of a body.
func (w *world) about(body, document string) candidates {
	id := fmt.Sprintf("%q", document)
	return candidates{
		"id": {id}, "invoice": {id}, "commitment": {id}, "voucher": {id}, "reservation": {id}, "order": {id}, "document": {id},
		"key": {fmt.Sprintf("%q", lineKey(body))}, "amount": {`"1.000"`}, "reason": {`"trial"`}, "subject": {`"trial"`}, "payee": {fmt.Sprintf("%q", w.payee)},
		"unit": {fmt.Sprintf("%q", "jo."+body)}, "person": {fmt.Sprintf("%q", clerk(body))},
	}
}

// answered is what an act was answered with.
type answered struct {
	text    []byte
	code    string // of the first error or problem; empty when it was done
	problem bool   // a refusal as data, and no error
}

func (w *world) do(s *access.Standing, document string) answered {
	text := w.ask(s, document)
	var r struct {
		Data   map[string]json.RawMessage
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(text, &r); err != nil {
		w.t.Fatalf("%s: %v", text, err)
	}
	out := answered{text: text}
	if len(r.Errors) > 0 {
		out.code = r.Errors[0].Extensions.Code
		if out.code == "" {
			out.code = "error"
		}
		return out
	}
	var act struct{ Problems []struct{ Code string } }
	if json.Unmarshal(r.Data["act"], &act) == nil && len(act.Problems) > 0 {
		out.code, out.problem = act.Problems[0].Code, true
	}
	return out
}

// kept is everything an act could have changed: the log's head and the tables that are no part of it.
func (w *world) kept(admin *pgx.Conn) string {
	w.t.Helper()
	head, _, err := w.log.Head(context.Background(), eventstore.Main)
	if err != nil {
		w.t.Fatal(err)
	}
	var rest string
	err = admin.QueryRow(context.Background(), `select md5(concat(
		(select string_agg(t::text, '' order by t::text) from desk.draft t), (select string_agg(t::text, '' order by t::text) from desk.saved_view t),
		(select string_agg(t::text, '' order by t::text) from desk.preference t), (select string_agg(t::text, '' order by t::text) from desk.read_mark t),
		(select string_agg(t::text, '' order by t::text) from file.upload t), (select string_agg(t::text, '' order by t::text) from file.job t)))`).Scan(&rest)
	if err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprint(head, rest)
}

// permissions are those a root field asks for, of which one is enough.
func permissions(field *ast.FieldDefinition) []string {
	return strings.Fields(field.Directives.ForName("requires").Arguments.ForName("permission").Value.Raw)
}

func holds(s *access.Standing, field *ast.FieldDefinition) bool {
	return s != nil && slices.ContainsFunc(permissions(field), func(p string) bool { return p == "signed_in" || s.Holds(p) })
}

// acts tries every act as every class of user, on documents of every body, and tells what is not as
// the model says: whoever does not hold an act is refused it, nobody acts on what they may not see,
// a refusal changes nothing, and no answer shows what its reader may not see.
func (w *world) acts(a *asker, admin *pgx.Conn, change func(*access.Standing), beside func(answered)) (found []string, asked int) {
	tell := func(c class, field *ast.FieldDefinition, format string, args ...any) {
		found = append(found, c.name+" by "+field.Name+": "+fmt.Sprintf(format, args...))
	}
	for _, field := range a.schema.Mutation.Fields {
		for _, c := range classes() {
			s := w.standing(c.person, c.behalf)
			if change != nil && s != nil {
				change(s)
			}
			for i, document := range w.ids {
				body, may := w.of[document], holds(s, field)
				own := slices.Contains(c.sees, body)
				if !may && i > 0 || may && own { // refused whatever it is about; what one may do is tried afterwards
					continue
				}
				question := a.act(field, w.about(body, document))
				if !may {
					question = a.short(field, w.about(body, document))
				}
				about := named(question, document) && !slices.Contains(permissions(field), "signed_in") // and no matter of one's own desk
				if i > 0 && !about {
					continue
				}
				before := w.kept(admin)
				r := w.do(s, question)
				if beside != nil {
					beside(r)
				}
				asked++
				moved := w.kept(admin) != before
				switch {
				case !may && r.code != "forbidden" && r.code != "unauthenticated":
					tell(c, field, "may not and is answered %.200s", r.text)
				case r.code != "" && moved:
					tell(c, field, "was refused with %s and something changed", r.code)
				case may && r.code == "" && moved && about:
					tell(c, field, "acted on a document of %s", body)
				case r.code == "internal":
					tell(c, field, "fails: %.300s", r.text)
				}
				for _, mark := range leaks(c, r.text) {
					tell(c, field, "sees %s", mark)
				}
			}
		}
	}
	return found, asked
}

// named tells whether an act says which document it is about.
func named(question, document string) bool { return strings.Contains(question, document) }

func (w *world) admin(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dbtest.AdminURL(t, w.db.Config()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestEveryActForEveryClass(t *testing.T) {
	w := newWorld(t)
	admin := w.admin(t)
	a := &asker{schema: graph.Schema(), covered: map[string]bool{}}
	found, asked := w.acts(a, admin, nil, nil)
	for _, f := range found {
		t.Error(f)
	}
	for _, f := range a.schema.Mutation.Fields {
		if !strings.HasPrefix(f.Name, "__") && !a.covered["Mutation."+f.Name] {
			t.Errorf("%s was not tried", f.Name)
		}
	}
	// Whoever holds an act in a unit may do it there: what refuses them is the matter, not the right.
	zealous := w.standing("zealous", "")
	refusals := 0
	for _, field := range a.schema.Mutation.Fields {
		if !holds(zealous, field) {
			t.Errorf("nobody of the world holds %s", field.Name)
			continue
		}
		for _, document := range w.ids {
			if w.of[document] != "2501" {
				continue
			}
			r := w.do(zealous, a.act(field, w.about("2501", document)))
			asked++
			if r.code == "forbidden" || r.code == "unauthenticated" {
				t.Errorf("wrong refusal: %s by %s: %.200s", field.Name, document, r.text)
			}
			if r.problem {
				refusals++
			}
		}
	}
	t.Logf("%d mutations, %d classes, %d acts tried, %d holes, %d refused for their matter", len(a.schema.Mutation.Fields), len(classes()), asked, len(found), refusals)
	w.quiet(t)
}

// quiet requires that the log of errors and warnings of everything asked so far names nobody's data:
// operators read it, and they may see nothing of a document.
func (w *world) quiet(t *testing.T) {
	t.Helper()
	for _, body := range bodies() {
		for _, mark := range tokens(body) {
			if at := bytes.Index(w.logged.Bytes(), []byte(mark)); at >= 0 {
				t.Errorf("the program's log holds %s: %.300s", mark, w.logged.Bytes()[max(0, at-150):])
			}
		}
	}
}

// Acts that reach too far, refusals that leave something behind, and a log that tells are found.
func TestPlantedHolesInActsAreFound(t *testing.T) {
	w := newWorld(t)
	admin := w.admin(t)
	a := &asker{schema: graph.Schema(), covered: map[string]bool{}}
	only := *a.schema
	mutation := *a.schema.Mutation
	mutation.Fields = ast.FieldList{a.schema.Mutation.Fields.ForName("amendCommitment"), a.schema.Mutation.Fields.ForName("openYear")}
	only.Mutation = &mutation
	a.schema = &only
	everything := access.Program("root", w.all()...)
	if found, _ := w.acts(a, admin, func(s *access.Standing) { *s = *everything }, nil); len(found) == 0 {
		t.Error("a standing that reaches everywhere was not found")
	}
	touch := func(r answered) {
		if r.code != "" {
			if _, err := admin.Exec(context.Background(), `insert into desk.preference (owner, device, name, value) values ('x', $1, 'x', 'x')`, uuid.NewString()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found, _ := w.acts(a, admin, nil, touch); !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, "something changed") }) {
		t.Error("a refusal that leaves something behind was not found")
	}
}
