package finance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
)

// YearBooks is what a close reads of a year: never newer or older than the log's end when it asks.
type YearBooks struct {
	log  eventstore.Store
	db   *database.DB
	wait func(ctx context.Context, view string, position int64) error
}

// YearBooksIn reads them from the read tables, once these have come to the log's end.
func (m *Module) YearBooksIn(db *database.DB, wait func(ctx context.Context, view string, position int64) error) *YearBooks {
	return &YearBooks{log: m.log, db: db, wait: wait}
}

func (b *YearBooks) read(ctx context.Context, view string, do func(tx pgx.Tx) error) error {
	position, _, err := b.log.Head(ctx, eventstore.Main)
	if err != nil {
		return fmt.Errorf("read the log's end: %w", err)
	}
	if err := b.wait(ctx, view, position); err != nil {
		return err
	}
	return b.db.Read(ctx, database.Session{Actor: "year-end", Scope: []string{""}}, do)
}

func (b *YearBooks) texts(ctx context.Context, view, sql string, args ...any) (all []string, err error) {
	err = b.read(ctx, view, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return all, err
}

// lines lists budget lines, some at a time.
func (b *YearBooks) lines(ctx context.Context, year int, after string, limit int) ([]string, error) {
	return b.texts(ctx, "finance_line", `select key from read.finance_line where year = $1 and key > $2 order by key limit $3`, year, after, limit)
}

// reservations lists those that hold money of a year.
func (b *YearBooks) reservations(ctx context.Context, year int) ([]string, error) {
	return b.texts(ctx, "finance_document", `select id from read.finance_reservation where year = $1 and state = 'held' order by id`, year)
}

// commitments lists those that have something outstanding, in the order of their numbers' giving.
func (b *YearBooks) commitments(ctx context.Context, year int) ([]string, error) {
	return b.texts(ctx, "finance_document", openCommitments, year)
}

const openCommitments = `select id from read.finance_commitment where year = $1 and outstanding > 0 order by position`

// carried counts the commitments that went on into the next year, and what went on.
func (b *YearBooks) carried(ctx context.Context, year int) (n, amount int64, err error) {
	err = b.read(ctx, "finance_document", func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from read.finance_commitment where year = $1 and state = 'carried'`, year).Scan(&n)
	})
	if err != nil {
		return n, amount, err
	}
	err = b.read(ctx, "finance_event", func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			select coalesce(sum(amount), 0)::bigint from read.finance_event
			 where category = 'finance.budget' and starts_with(key, $1) and type = $2`,
			fmt.Sprintf("%d/", year), (CommitmentCarriedOut{}).EventType()).Scan(&amount)
	})
	return n, amount, err
}

// balance is what stands on an account of a fund in a unit; debit is above zero.
type balance struct {
	Fund, Unit, Item string
	Amount           int64
}

// balances are those at a year's end that are not zero.
func (b *YearBooks) balances(ctx context.Context, year int, currency string) (all []balance, err error) {
	err = b.read(ctx, "finance_ledger", func(tx pgx.Tx) error {
		all, err = balancesIn(ctx, tx, year, currency)
		return err
	})
	return all, err
}

func balancesIn(ctx context.Context, tx pgx.Tx, year int, currency string) ([]balance, error) {
	rows, err := tx.Query(ctx, `
		select fund, unit, account, sum(debit - credit)::bigint from read.finance_balance
		 where year <= $1 and currency = $2
		 group by fund, unit, account having sum(debit - credit) <> 0 order by fund, unit, account`, year, currency)
	if err != nil {
		return nil, fmt.Errorf("read the balances of %d: %w", year, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[balance])
}

// proof is the hash of a year's closing balances, summed from the ledger's lines, and that of the next
// year's openings, as its trial balance shows them.
func (b *YearBooks) proof(ctx context.Context, year int, currency string) (closing, opening string, accounts, net int64, err error) {
	sum := func(tx pgx.Tx, sql string) (string, int64, int64, error) {
		rows, err := tx.Query(ctx, sql, year, currency)
		if err != nil {
			return "", 0, 0, err
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct {
			Fund, Item string
			Amount     int64
		}])
		var total int64
		hash := sha256.New()
		for _, a := range all {
			fmt.Fprintf(hash, "%s|%s|%d\n", a.Fund, a.Item, a.Amount)
			total += a.Amount
		}
		return hex.EncodeToString(hash.Sum(nil)), int64(len(all)), total, err
	}
	err = b.read(ctx, "finance_ledger", func(tx pgx.Tx) (err error) {
		closing, accounts, net, err = sum(tx, `
			select fund, account, sum(debit - credit)::bigint from read.finance_ledger_line where year <= $1 and currency = $2
			 group by fund, account having sum(debit - credit) <> 0 order by fund, account`)
		if err != nil {
			return err
		}
		opening, _, _, err = sum(tx, `
			select fund, account, sum(debit - credit)::bigint from read.finance_balance where (year, period) < ($1 + 1, 1) and currency = $2
			 group by fund, account having sum(debit - credit) <> 0 order by fund, account`)
		return err
	})
	return closing, opening, accounts, net, err
}

// closed sums what the closing entries took off revenue and expense.
func (b *YearBooks) closed(ctx context.Context, year int, rules ClosingRulesSet) (revenue, expense, entries int64, err error) {
	err = b.read(ctx, "finance_ledger", func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select l.account, sum(l.debit - l.credit)::bigint, count(distinct l.journal) from read.finance_ledger_line l
			  join read.finance_journal j on j.id = l.journal
			 where j.year = $1 and j.source = $2 group by l.account`, year, string(ClosingEntry))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var item string
			var moved, n int64
			if err := rows.Scan(&item, &moved, &n); err != nil {
				return err
			}
			switch closes, isRevenue := rules.closes(item); {
			case isRevenue:
				revenue += moved
			case closes:
				expense -= moved
			default:
				entries += n
			}
		}
		return rows.Err()
	})
	return revenue, expense, entries, err
}

// sums are the stages of a whole year, and how many of its lines lapsed something.
func (b *YearBooks) sums(ctx context.Context, year int) (s StageSums, lapsed int64, err error) {
	err = b.read(ctx, "finance_line", func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select `+stageSums+`, count(*) filter (where lapsed > 0) from read.finance_line where year = $1`, year).
			Scan(&s.Original, &s.Supplementary, &s.Virement, &s.Frozen, &s.Released, &s.Reserved, &s.Committed, &s.Obligated, &s.Paid,
				&s.Provisional, &s.Carried, &s.Lapsed, &lapsed)
	})
	return s, lapsed, err
}

// adjustments counts the entries of the adjustment period.
func (b *YearBooks) adjustments(ctx context.Context, year int) (n int64, err error) {
	err = b.read(ctx, "finance_ledger", func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from read.finance_journal where year = $1 and period = $2`, year, AdjustmentPeriod).Scan(&n)
	})
	return n, err
}

// blockers counts what is open.
func (b *YearBooks) blockers(ctx context.Context, y FiscalYear, rules ClosingRulesSet) (all []Blocker, err error) {
	for _, view := range []string{"finance_ledger", "finance_open"} {
		if err := b.read(ctx, view, func(pgx.Tx) error { return nil }); err != nil {
			return nil, err
		}
	}
	err = b.read(ctx, "finance_document", func(tx pgx.Tx) error {
		all, err = blockersIn(ctx, tx, y, rules)
		return err
	})
	return all, err
}

// blockersIn counts what is open in the read tables as they are.
func blockersIn(ctx context.Context, tx pgx.Tx, y FiscalYear, rules ClosingRulesSet) ([]Blocker, error) {
	balances, err := balancesIn(ctx, tx, y.Year, y.Currency)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `
		select 'vouchers', count(*), coalesce(sum(gross), 0)::bigint from read.finance_voucher
		 where year = $1 and stage in ('audit', 'approval', 'spending_officer', 'returned')
		union all select 'journals', count(*), coalesce(sum(total), 0)::bigint from read.finance_journal
		 where state in ('draft', 'submitted', 'returned') and on_date between $2 and $3
		union all select 'payments', count(*), coalesce(sum(net), 0)::bigint from read.finance_voucher where year = $1 and stage in ('treasury', 'scheduled')
		union all select 'invoices', count(*), coalesce(sum(total), 0)::bigint from read.finance_invoice where year = $1 and state in ('registered', 'disputed')
		union all select 'orders', count(*), coalesce(sum(total), 0)::bigint from read.finance_order where year = $1 and state = 'draft'
		union all select 'virements', count(*), coalesce(sum(total), 0)::bigint from read.finance_virement where year = $1 and state = 'proposed'
		union all select k.kind, count(o.id), coalesce(sum(o.amount), 0)::bigint
		  from unnest(array['advances', 'statements', 'cash']) k(kind)
		  left join read.finance_open o on o.kind = k.kind and o.year <= $1 and o.open
		 group by k.kind`, y.Year, date(y.From), date(y.To))
	if err != nil {
		return nil, fmt.Errorf("count what is open in %d: %w", y.Year, err)
	}
	defer rows.Close()
	var all []Blocker
	for rows.Next() {
		blocker := Blocker{Currency: y.Currency}
		if err := rows.Scan(&blocker.Code, &blocker.Count, &blocker.Amount); err != nil {
			return nil, fmt.Errorf("count what is open in %d: %w", y.Year, err)
		}
		all = append(all, blocker)
	}
	suspense := Blocker{Code: "suspense", Currency: y.Currency}
	for _, balance := range balances {
		if matchesAny(rules.Suspense, balance.Item) {
			suspense.Count++
			suspense.Amount += balance.Amount
		}
	}
	return append(all, suspense), rows.Err()
}
