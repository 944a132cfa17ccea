package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/search/arabic"
)

// Search answers what is found.
type Search struct {
	db    *database.DB
	clock func() time.Time
	zone  *time.Location
}

// New reads the view from db.
func New(db *database.DB) *Search { return &Search{db, time.Now, time.UTC} }

// At lets a clock and the office's zone say which day it is: bodies, units and posts are found under the
// names they have today, and while they stand.
func (s *Search) At(clock func() time.Time, zone *time.Location) *Search {
	return &Search{s.db, clock, zone}
}

// Why says how a hit matched.
type Why string

// The reasons, the strongest first.
const (
	ByNumber   Why = "number"
	ByWord     Why = "word"
	ByStem     Why = "stem"
	BySpelling Why = "spelling"
)

// Hit is one thing that was found.
type Hit struct {
	ID     string // kind and identifier
	Kind   string
	Target string // the thing's own identifier
	Number string
	Title  kernel.Text
	Detail string
	Why    Why
	Marks  []string // the words of the title that matched, as they stand there
}

// Group is what was found of one kind.
type Group struct {
	Kind  string
	Count int // all of them, within the asker's rights
	Hits  []Hit
}

// Name is what the kind is called.
func (g *Group) Name() kernel.Text { return kindWords(g.Kind) }

// longestText is the longest text anybody looks for.
const longestText = 200

// within is the right to see an entry; $1 and $2 are permissions and prefixes.
const within = `exists (select from unnest($1::text[], $2::text[]) as held(permission, prefix)
	where held.permission = s.permission and (s.unit = '' or s.unit ^@ held.prefix))`

// Find looks for a text and groups what it finds by kind, the group with the best hit first; each
// group shows at most first hits. kinds, when given, are the only ones.
func (s *Search) Find(ctx context.Context, a projections.Asker, text string, kinds []string, first int) ([]Group, error) {
	if len([]rune(text)) > longestText {
		return nil, kernel.Problem{Code: "search.too_long", Path: "text", Message: kernel.Text{
			Ar: fmt.Sprintf("نص البحث أطول من %d حرف.", longestText), En: fmt.Sprintf("The text looked for is longer than %d characters.", longestText),
		}}
	}
	first = min(max(first, 1), 50)
	text, kinds = sigil(text, kinds)
	words := arabic.Words(ungrouped(text))
	if len(words) == 0 {
		return []Group{}, nil
	}
	q := question{words: words, number: strings.TrimSpace(arabic.Fold(text)), kinds: kinds, first: first, today: kernel.DateOf(s.clock().In(s.zone))}
	q.permissions, q.prefixes = a.Held()
	var groups []Group
	err := s.db.Read(ctx, a.Session, func(tx pgx.Tx) (err error) {
		if groups, err = q.exact(ctx, tx); err == nil && len(groups) == 0 {
			groups, err = q.near(ctx, tx)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return groups, nil
}

// sigil reads the sign in front of a text: # looks for numbers of documents, @ for people and bodies.
func sigil(text string, kinds []string) (rest string, only []string) {
	text = strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(text, "#"):
		only = []string{"order", "virement", "reservation", "commitment", "invoice", "voucher", "journal"}
	case strings.HasPrefix(text, "@"):
		only = []string{"person", "body", "unit", "post"}
	default:
		return text, kinds
	}
	if len(kinds) > 0 {
		only = slices.DeleteFunc(only, func(kind string) bool { return !slices.Contains(kinds, kind) })
		if len(only) == 0 {
			return "", nil
		}
	}
	return text[1:], only
}

// ungrouped takes the marks between thousands out of amounts, and writes the decimal point as it is
// indexed: 412,750.000 and ٤١٢٬٧٥٠٫٠٠٠ are one amount.
func ungrouped(text string) string {
	letters := []rune(text)
	var b strings.Builder
	for i, r := range letters {
		between := i > 0 && i+1 < len(letters) && unicode.IsDigit(letters[i-1]) && unicode.IsDigit(letters[i+1])
		switch {
		case between && (r == ',' || r == '٬'):
		case between && r == '٫':
			b.WriteRune('.')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

type question struct {
	words                 []arabic.Word
	number                string
	kinds                 []string
	first                 int
	permissions, prefixes []string
	today                 kernel.Date
}

// holds is the condition that an entry holds today; a date is digits and dashes.
func (q question) holds() string {
	day := "date '" + q.today.String() + "'"
	return " and s.from_on <= " + day + " and " + day + " < s.until_on"
}

// exact finds numbers, words as written (the last one may be unfinished) and stems.
func (q question) exact(ctx context.Context, tx pgx.Tx) ([]Group, error) {
	var written, stemmed []string
	for i, w := range q.words {
		one := lexeme(w.Folded)
		if i == len(q.words)-1 {
			one += ":*"
		}
		written = append(written, one)
		var any []string
		for _, stem := range w.Stems {
			any = append(any, lexeme(stem))
		}
		stemmed = append(stemmed, "("+strings.Join(any, "|")+")")
	}
	return q.groups(ctx, tx, `
		select kind, id, number, title_ar, title_en, detail,
		       case when number = $5 then 0 when s.words @@ $6::tsquery then 1 else 2 end as tier, 0 as distance
		  from read.search_entry s
		 where (number = $5 or s.words @@ $6::tsquery or s.stems @@ $7::tsquery) and `+within+q.holds(),
		q.number, strings.Join(written, "&"), strings.Join(stemmed, "&"))
}

// near finds what shares most pieces with what was typed.
func (q question) near(ctx context.Context, tx pgx.Tx) ([]Group, error) {
	var grams []string
	for _, w := range q.words {
		grams = append(grams, arabic.Grams(w.Stems[0])...)
	}
	slices.Sort(grams)
	grams = slices.Compact(grams)
	if len(grams) == 0 {
		return []Group{}, nil
	}
	return q.groups(ctx, tx, `
		select kind, id, number, title_ar, title_en, detail, 3 as tier, $6::int - shared as distance
		  from read.search_entry s, lateral (select count(*)::int as shared from unnest(s.grams) g where g = any ($5::text[])) c
		 where s.grams && $5::text[] and shared * 2 >= $6::int and `+within+q.holds(),
		grams, len(grams))
}

func (q question) groups(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Group, error) {
	rows, err := tx.Query(ctx, `
		with hit as materialized (`+sql+` and (cardinality($3::text[]) = 0 or kind = any ($3))),
		ranked as (select *, count(*) over (partition by kind) as of_kind, min(tier) over (partition by kind) as best,
			row_number() over (partition by kind order by tier, distance, length(title_ar), number desc, id) as place from hit)
		select kind, id, number, title_ar, title_en, detail, tier, of_kind from ranked where place <= $4 order by best, kind, place`,
		append([]any{q.permissions, q.prefixes, nonNil(q.kinds), q.first}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	groups := []Group{}
	for rows.Next() {
		var h Hit
		var tier, count int
		if err := rows.Scan(&h.Kind, &h.Target, &h.Number, &h.Title.Ar, &h.Title.En, &h.Detail, &tier, &count); err != nil {
			return nil, err
		}
		h.ID = h.Kind + ":" + h.Target
		h.Why = []Why{ByNumber, ByWord, ByStem, BySpelling}[tier]
		h.Marks = q.marks(h)
		if n := len(groups); n == 0 || groups[n-1].Kind != h.Kind {
			groups = append(groups, Group{Kind: h.Kind, Count: count})
		}
		g := &groups[len(groups)-1]
		g.Hits = append(g.Hits, h)
	}
	return groups, rows.Err()
}

// marks are the words of a hit that answer to what was typed.
func (q question) marks(h Hit) []string {
	marks := []string{}
	for _, text := range []string{h.Title.Ar, h.Title.En, h.Detail} {
		for _, w := range arabic.Words(text) {
			if one := text[w.Start:w.End]; q.answers(w, h.Why) && !slices.Contains(marks, one) {
				marks = append(marks, one)
			}
		}
	}
	return marks
}

func (q question) answers(w arabic.Word, why Why) bool {
	for _, asked := range q.words {
		if strings.HasPrefix(w.Folded, asked.Folded) {
			return true
		}
		for _, stem := range asked.Stems {
			if slices.Contains(w.Stems, stem) {
				return true
			}
		}
		if why != BySpelling {
			continue
		}
		grams, shared := arabic.Grams(asked.Stems[0]), 0
		for _, g := range arabic.Grams(w.Stems[0]) {
			if slices.Contains(grams, g) {
				shared++
			}
		}
		if shared*2 >= len(grams) && shared > 0 {
			return true
		}
	}
	return false
}

// lexeme quotes a word for tsquery.
func lexeme(word string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(word) + "'"
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func kindWords(kind string) kernel.Text {
	switch kind {
	case "order":
		return kernel.Text{Ar: "أوامر مالية", En: "Financial orders"}
	case "virement":
		return kernel.Text{Ar: "مناقلات", En: "Virements"}
	case "reservation":
		return kernel.Text{Ar: "حجوزات", En: "Reservations"}
	case "commitment":
		return kernel.Text{Ar: "التزامات", En: "Commitments"}
	case "invoice":
		return kernel.Text{Ar: "مطالبات", En: "Claims"}
	case "voucher":
		return kernel.Text{Ar: "مستندات صرف", En: "Payment vouchers"}
	case "journal":
		return kernel.Text{Ar: "قيود", En: "Journal entries"}
	case "payee":
		return kernel.Text{Ar: "مستفيدون", En: "Payees"}
	case "segment":
		return kernel.Text{Ar: "دليل الحسابات", En: "Chart of accounts"}
	case "body":
		return kernel.Text{Ar: "هيئات", En: "Bodies"}
	case "unit":
		return kernel.Text{Ar: "وحدات", En: "Units"}
	case "post":
		return kernel.Text{Ar: "وظائف", En: "Posts"}
	case "person":
		return kernel.Text{Ar: "أشخاص", En: "People"}
	}
	return kernel.Text{Ar: kind, En: kind}
}
