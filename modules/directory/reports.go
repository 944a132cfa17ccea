package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Reports answers questions from the module's views. Whoever asks must be allowed to read the
// directory; the refusal is a kernel.Problem.
type Reports struct {
	db    *database.DB
	epoch int32
}

// NewReports reads the views from db; epoch is the log's.
func NewReports(db *database.DB, epoch int32) *Reports { return &Reports{db: db, epoch: epoch} }

func (r *Reports) read(ctx context.Context, by Clerk, do func(pgx.Tx) error) error {
	if !by.May(MayRead) {
		return refusal("forbidden", "", "ليس لك حق الاطلاع على السجل الوطني.", "You may not read the directory.")
	}
	return r.db.Read(ctx, database.Session{Actor: by.ID, OnBehalfOf: by.OnBehalfOf}, do)
}

// Term is a term as a screen shows it.
type Term struct {
	ID                       string
	Version                  int64
	State                    TermState
	Domain                   string
	Name, Definition         kernel.Text
	SynonymsAr, SynonymsEn   []string
	Body, Source             string
	Proposed, Closes         kernel.Date
	Decided                  kernel.Date
	Replaces, Next           string
	Voters                   int
	VotesFor                 int
	VotesAgainst, Abstaining int
}

// StateName is the state in the office's words.
func (t *Term) StateName() kernel.Text { return termStateWords(t.State) }

const termColumns = `id, version, state, domain, name_ar, name_en, definition_ar, definition_en, synonyms_ar, synonyms_en, body, source,
	proposed, closes, decided, replaces, next, voters, votes_for, votes_against, votes_abstain`

func scanTerm(row pgx.Row, t *Term) error {
	var proposed, closes, decided *time.Time
	err := row.Scan(&t.ID, &t.Version, &t.State, &t.Domain, &t.Name.Ar, &t.Name.En, &t.Definition.Ar, &t.Definition.En, &t.SynonymsAr, &t.SynonymsEn, &t.Body, &t.Source,
		&proposed, &closes, &decided, &t.Replaces, &t.Next, &t.Voters, &t.VotesFor, &t.VotesAgainst, &t.Abstaining)
	t.Proposed, t.Closes, t.Decided = dayOf(proposed), dayOf(closes), dayOf(decided)
	return err
}

func dayOf(t *time.Time) kernel.Date {
	if t == nil {
		return kernel.Date{}
	}
	return kernel.DateOf(*t)
}

// Term answers a term by id, or nothing. A merged or superseded one leads on through Next.
func (r *Reports) Term(ctx context.Context, by Clerk, id string) (*Term, error) {
	var t Term
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		return scanTerm(tx.QueryRow(ctx, `select `+termColumns+` from read.directory_term where id = $1`, id), &t)
	})
	if isNoRow(err) {
		return nil, nil
	}
	return &t, err
}

// TermQuery narrows the list of terms.
type TermQuery struct {
	State  TermState // empty = all
	Domain string
	Search string // words that begin the name or a synonym, in either language
}

// Terms lists terms by their Arabic name.
func (r *Reports) Terms(ctx context.Context, by Clerk, q TermQuery, first int, after *string) (*kernel.Connection[Term], error) {
	page, err := kernel.NewPage(first, after, 2)
	if err != nil {
		return nil, err
	}
	var name, id string
	if page.After != nil {
		name, id = page.After[0], page.After[1]
	}
	var patterns []string
	for _, w := range strings.Fields(FoldName(q.Search)) {
		bare := strings.TrimPrefix(w, "ال")
		patterns = append(patterns, "% "+bare+"%", "% ال"+bare+"%")
	}
	var all []Term
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select `+termColumns+` from read.directory_term
			 where ($1 = '' or state = $1) and ($2 = '' or domain = $2)
			   and (select coalesce(bool_and(words like p[i] or words like p[i + 1]), true) from (select $3::text[] p) x, generate_series(1, coalesce(array_length(p, 1), 0), 2) i)
			   and ($6 or (name_ar, id) > ($4, $5))
			 order by name_ar, id limit $7`, string(q.State), q.Domain, patterns, name, id, page.After == nil, page.First+1)
		if err != nil {
			return fmt.Errorf("read terms: %w", err)
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Term, err error) { return t, scanTerm(row, &t) })
		return err
	})
	return kernel.NewConnection(page, all, func(t *Term) []string { return []string{t.Name.Ar, t.ID} }), err
}

// TermStep is one thing that happened to a term.
type TermStep struct {
	Version int64
	Kind    string
	Body    string
	Choice  string
	Remark  string
	Person  string
	Day     kernel.Date
	At      time.Time
}

// TermSteps lists votes, remarks and decisions of a term, the oldest first.
func (r *Reports) TermSteps(ctx context.Context, by Clerk, id string, first int, after *string) (*kernel.Connection[TermStep], error) {
	page, from, err := numbered(first, after)
	if err != nil {
		return nil, err
	}
	var all []TermStep
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select version, kind, body, choice, remark, actor, day, at from read.directory_term_step
			 where term = $1 and version > $2 order by version limit $3`, id, from, page.First+1)
		if err != nil {
			return fmt.Errorf("read the steps of a term: %w", err)
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (s TermStep, err error) {
			var day *time.Time
			err = row.Scan(&s.Version, &s.Kind, &s.Body, &s.Choice, &s.Remark, &s.Person, &day, &s.At)
			s.Day = dayOf(day)
			return s, err
		})
		return err
	})
	return kernel.NewConnection(page, all, func(s *TermStep) []string { return []string{itoa(s.Version)} }), err
}

// UnitAct is one act on a unit or post.
type UnitAct struct {
	Position   kernel.Position
	Type       string
	Act        string
	Effective  kernel.Date
	Basis      string
	Person     string
	OnBehalfOf string
	At         time.Time
	Withdrawn  bool
}

// Title says what was done.
func (a *UnitAct) Title() kernel.Text { return actWords(a.Type) }

// Number is what people quote, and diwan prove takes.
func (a *UnitAct) Number() int64 { return a.Position.N }

// Acts lists what was done to a unit or post, the newest first.
func (r *Reports) Acts(ctx context.Context, by Clerk, item string, first int, after *string) (*kernel.Connection[UnitAct], error) {
	page, before, err := numbered(first, after)
	if err != nil {
		return nil, err
	}
	if page.After == nil {
		before = 1 << 62
	}
	var all []UnitAct
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select position, type, act, effective, basis, actor, principal, at, withdrawn from read.directory_act
			 where item = $1 and position < $2 order by position desc limit $3`, item, before, page.First+1)
		if err != nil {
			return fmt.Errorf("read the acts on %s: %w", item, err)
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (a UnitAct, err error) {
			var effective *time.Time
			err = row.Scan(&a.Position.N, &a.Type, &a.Act, &effective, &a.Basis, &a.Person, &a.OnBehalfOf, &a.At, &a.Withdrawn)
			a.Effective, a.Position.Lane, a.Position.Epoch = dayOf(effective), eventstore.Main.String(), r.epoch
			return a, err
		})
		return err
	})
	return kernel.NewConnection(page, all, func(a *UnitAct) []string { return []string{itoa(a.Position.N)} }), err
}
