package finance

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// BookEntry is an entry of the ledger with its movement on a bank account.
type BookEntry struct {
	ID        string // of the journal entry
	Number    string
	Date      kernel.Date
	Amount    kernel.Money // debit − credit on the account
	Narration string
	Source    string
	Document  *string
	Position  kernel.Position
}

const bookEntryColumns = `
	select l.journal, l.number, l.on_date, l.currency, sum(l.debit - l.credit)::bigint, j.narration, j.source, nullif(j.document, ''), l.position`

func (r *Reports) bookEntry(e *BookEntry) ([]any, func()) {
	return []any{&e.ID, &e.Number, (*day)(&e.Date), &e.Amount.Currency, &e.Amount.Amount, &e.Narration, &e.Source, &e.Document, &e.Position.N},
		func() { e.Position = r.position(e.Position.N) }
}

// OpenEntries lists the entries on a treasury account that no statement has shown yet, the oldest first,
// up to a day; all when it is zero.
func (r *Reports) OpenEntries(ctx context.Context, by Officer, treasury string, until kernel.Date, first int, after *string) (*kernel.Connection[BookEntry], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	from, err := wholeOr(page.Key(0), 0)
	if err != nil {
		return nil, err
	}
	w := &where{}
	w.and("a.id = ?", treasury)
	w.and("l.position > ?", from)
	w.within(by, "a.unit")
	w.within(by, "l.unit")
	if !until.IsZero() {
		w.and("l.on_date <= ?", date(until))
	}
	var c *kernel.Connection[BookEntry]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(e *BookEntry, k kernel.Key) kernel.Key { return k.Int(e.Position.N) }, r.bookEntry,
			bookEntryColumns+`
			  from read.finance_treasury_account a
			  join read.finance_ledger_line l on l.account = a.item and l.currency = a.currency and l.on_date >= a.on_date
			  join read.finance_journal j on j.id = l.journal
			 where not exists (select from read.finance_cleared k where k.journal = l.journal) and `+w.String()+`
			 group by l.journal, l.number, l.on_date, l.currency, j.narration, j.source, j.document, l.position
			 order by l.position limit `+w.limit(), w.args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list entries that no statement has shown: %w", err)
	}
	return c, nil
}

// Reconciliation sets a statement against the book.
type Reconciliation struct {
	Bank, Book  kernel.Money // at the statement's end
	OpenLines   kernel.Money // of the bank, that the book does not have
	OpenEntries kernel.Money // of the book, that the bank has not shown
	EntryCount  int
}

// Difference is what the bank holds more than the book says, or less.
func (s *Reconciliation) Difference() kernel.Money {
	return kernel.Money{Amount: s.Bank.Amount - s.Book.Amount, Currency: s.Bank.Currency}
}

// Reconciliations sets a page of statements against the book, each at its own end.
func (r *Reports) Reconciliations(ctx context.Context, by Officer, statements []string) (map[string]*Reconciliation, error) {
	all := make(map[string]*Reconciliation, len(statements))
	w := &where{}
	w.and("s.id = any(?)", statements)
	w.within(by, "s.unit")
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select s.id, s.currency, s.closing, a.opening + coalesce(b.book, 0), coalesce(b.open, 0), coalesce(b.entries, 0),
			       coalesce((select sum(n.amount) from read.finance_statement_line n where n.statement = s.id and n.grp = 0 and not n.pending), 0)::bigint
			  from read.finance_statement s
			  join read.finance_treasury_account a on a.id = s.treasury
			  left join lateral (
				select sum(l.debit - l.credit)::bigint as book,
				       (sum(l.debit - l.credit) filter (where k.journal is null or k.later))::bigint as open,
				       (count(distinct l.journal) filter (where k.journal is null or k.later))::int as entries
				  from read.finance_ledger_line l
				  left join lateral (select c.journal, o.position > s.position as later from read.finance_cleared c
				                       join read.finance_statement o on o.id = c.statement where c.journal = l.journal) k on true
				 where l.account = a.item and l.currency = a.currency and l.on_date between a.on_date and s.to_on) b on true
			 where `+w.String(), w.args...)
		if err != nil {
			return err
		}
		var id string
		return each(rows, func(s *Reconciliation) ([]any, func()) {
			return []any{&id, &s.Bank.Currency, &s.Bank.Amount, &s.Book.Amount, &s.OpenEntries.Amount, &s.EntryCount, &s.OpenLines.Amount}, func() {
				s.Book.Currency, s.OpenEntries.Currency, s.OpenLines.Currency = s.Bank.Currency, s.Bank.Currency, s.Bank.Currency
			}
		}, func(s *Reconciliation) {
			one := *s
			all[id] = &one
		})
	})
	if err != nil {
		return nil, fmt.Errorf("set statements against the book: %w", err)
	}
	return all, nil
}

// MatchSheet says that lines of a statement and entries of the book are the same movements.
type MatchSheet struct {
	Group   int
	Auto    bool // by the name that the bank brought back
	Date    kernel.Date
	By      Signer
	Lines   []StatementLineSheet
	Entries []BookEntry
}

// Matches lists the matches of a statement in the order they were made.
func (r *Reports) Matches(ctx context.Context, by Officer, statement string, first int, after *string) (*kernel.Connection[MatchSheet], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	from, err := wholeOr(page.Key(0), 0)
	if err != nil {
		return nil, err
	}
	w := &where{}
	w.and("statement = ?", statement)
	w.and("grp > ?", from)
	w.within(by, "unit")
	var c *kernel.Connection[MatchSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(m *MatchSheet, k kernel.Key) kernel.Key { return k.Int(int64(m.Group)) },
			func(m *MatchSheet) ([]any, func()) {
				return []any{&m.Group, &m.Auto, (*day)(&m.Date), &m.By}, func() { m.Lines, m.Entries = []StatementLineSheet{}, []BookEntry{} }
			}, `select grp, auto, on_date, by_person from read.finance_match where `+w.String()+` order by grp limit `+w.limit(), w.args...)
		if err != nil {
			return err
		}
		return r.matched(ctx, tx, statement, c.Nodes)
	})
	if err != nil {
		return nil, fmt.Errorf("list matches of a statement: %w", err)
	}
	return c, nil
}

// matched gives matches their lines and entries, with two statements.
func (r *Reports) matched(ctx context.Context, tx pgx.Tx, statement string, matches []MatchSheet) error {
	byGroup, groups := map[int]*MatchSheet{}, make([]int32, len(matches))
	for i := range matches {
		groups[i] = int32(matches[i].Group)
		byGroup[matches[i].Group] = &matches[i]
	}
	rows, err := tx.Query(ctx, statementLineColumns+` where statement = $1 and grp = any($2::int[]) order by line`, statement, groups)
	if err != nil {
		return err
	}
	if err := each(rows, statementLine, func(l *StatementLineSheet) { byGroup[l.Group].Lines = append(byGroup[l.Group].Lines, *l) }); err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `
		select j.id, j.number, j.on_date, j.currency, k.amount, j.narration, j.source, nullif(j.document, ''), j.position, k.grp
		  from read.finance_cleared k join read.finance_journal j on j.id = k.journal
		 where k.statement = $1 and k.grp = any($2::int[]) order by j.position`, statement, groups)
	if err != nil {
		return err
	}
	var group int
	return each(rows, func(e *BookEntry) ([]any, func()) {
		targets, complete := r.bookEntry(e)
		return append(targets, &group), complete
	}, func(e *BookEntry) { byGroup[group].Entries = append(byGroup[group].Entries, *e) })
}
