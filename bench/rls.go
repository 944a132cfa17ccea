package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/projections"
)

// What a person of one ministry reads all day, with the first wall in the statement as the program
// writes it: a page in the order of posting, one account's page, and the sums of a year.
func readings() []string {
	return []string{
		`select position, line, journal, number, on_date, narration, debit, credit from read.finance_ledger_line
		  where unit ^@ any($1::text[]) order by position, line limit 51`,
		`select position, line, journal, number, on_date, narration, debit, credit from read.finance_ledger_line
		  where account = '221105' and fund = '01' and unit ^@ any($1::text[]) order by position, line limit 51`,
		`select fund, account, sum(debit)::text, sum(credit)::text, count(*)::text, '', '', '' from read.finance_balance
		  where year = 2026 and unit ^@ any($1::text[]) group by fund, account order by fund, account limit 51`,
	}
}

// rlsFigure is the cost of the second wall: the same statements in the same transactions, by the role
// whose rows are held back, and by one whose rows are not.
func rlsFigure(r *rig) (side, side) {
	var past *database.DB // the policies do not hold for this one
	prepare := func(ctx context.Context) (err error) {
		if past != nil {
			return nil
		}
		if err := r.fillUnits(ctx); err != nil {
			return err
		}
		config := r.db.Config()
		config.URL = r.cluster.AdminURL("diwan")
		past, err = database.Open(ctx, config)
		if err == nil {
			r.ends = append(r.ends, past.Close)
		}
		return err
	}
	through := func(db func() *database.DB) side {
		return func(ctx context.Context, length time.Duration) (sample, error) {
			if err := prepare(ctx); err != nil {
				return sample{}, err
			}
			s := database.Session{Actor: "rana", Scope: []string{"jo.2507.", "2507."}, Clearance: 1}
			statements := readings()
			return loop(ctx, r.options.Writers, length, 1, func(ctx context.Context, _, n int) error {
				return db().Read(ctx, s, func(tx pgx.Tx) error {
					rows, err := tx.Query(ctx, statements[n%len(statements)], s.Scope)
					if err != nil {
						return err
					}
					found := 0
					for rows.Next() {
						found++
					}
					if rows.Err() == nil && found < 10 {
						return fmt.Errorf("%d rows were found", found)
					}
					return rows.Err()
				})
			})
		}
	}
	return through(func() *database.DB { return r.db }), through(func() *database.DB { return past })
}

// fillUnits writes 200,000 lines of entries and the sums of a year for 50 ministries of ten centres.
func (r *rig) fillUnits(ctx context.Context) error {
	log, err := eventstore.OpenPostgres(ctx, r.db, finance.Categories()...)
	if err != nil {
		return err
	}
	defer log.Close()
	views, err := projections.New(r.db, log, finance.Views()...)
	if err != nil {
		return err
	}
	if err := views.CatchUp(ctx); err != nil {
		return err
	}
	admin, err := r.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	r.options.Tell("writing 200,000 lines of 500 units")
	_, err = admin.Exec(ctx, `
		insert into read.finance_ledger_line (position, line, journal, number, year, period, on_date, fund, account, codes, payee, key, currency, narration, debit, credit, balance, unit)
		select n, 1, gen_random_uuid()::text, 'قيد-' || n, 2026, 1 + n % 12, date '2026-01-01' + n % 360, '01', case when n % 4 = 0 then '221105' else (221100 + n % 40)::text end,
			'{}', '', '', 'JOD', 'صرف مستحقات صيانة الطرق عن الدفعة رقم ' || n, n * 1000 + 250, 0, n * 1000, (2500 + n % 50) || '.' || (4400 + n % 10) || '.'
		  from generate_series(1, 200000) n;
		insert into read.finance_balance (year, period, fund, account, currency, debit, credit, unit)
		select 2026, p, '01', (221100 + a)::text, 'JOD', a * p, 0, (2500 + u % 50) || '.' || (4400 + u / 50) || '.'
		  from generate_series(1, 12) p, generate_series(1, 15) a, generate_series(0, 499) u;
		analyze read.finance_ledger_line; analyze read.finance_balance`)
	if err != nil {
		return fmt.Errorf("fill the tables: %w", err)
	}
	_, err = admin.Exec(ctx, "checkpoint")
	return err
}
