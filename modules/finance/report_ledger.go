package finance

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// TrialBalanceQuery asks for the trial balance of some months of a year.
type TrialBalanceQuery struct {
	Year      int
	FromMonth int // 1 … 13
	ToMonth   int
	Fund      string // empty = all
	At        *AsOf
	First     int
	After     *string
}

// TrialBalance (ميزان المراجعة) is read from running sums, whatever the length of history. Debit is
// above zero.
type TrialBalance struct {
	Year     int
	Position kernel.Position
	Debit    kernel.Money
	Credit   kernel.Money
	Balanced bool // debit equals credit in every fund
	Rows     *kernel.Connection[TrialBalanceRow]
}

// TrialBalanceRow is one account of one fund.
type TrialBalanceRow struct {
	Fund, Account                   SegmentLabel
	Opening, Debit, Credit, Closing kernel.Money
}

// ID names the row.
func (r *TrialBalanceRow) ID() string { return r.Fund.Code + "/" + r.Account.Code }

// TrialBalance reads it.
func (r *Reports) TrialBalance(ctx context.Context, by Officer, q TrialBalanceQuery) (*TrialBalance, error) {
	page, err := kernel.NewPage(q.First, q.After, 2)
	if err != nil {
		return nil, err
	}
	if q.FromMonth < 1 || q.ToMonth > 13 || q.FromMonth > q.ToMonth {
		return nil, kernel.Problem{Code: "finance.months", Path: "fromMonth", Message: kernel.Text{
			Ar: "الأشهر من 1 إلى 13، والأول لا يتجاوز الأخير.", En: "Months run from 1 to 13, the first not after the last.",
		}}
	}
	b := &TrialBalance{Year: q.Year}
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		year, err := r.year(ctx, tx, q.Year)
		if err != nil {
			return err
		}
		then, err := momentOf(ctx, tx, "finance_ledger", "finance_ledger_day", q.At)
		if err != nil {
			return err
		}
		rows, err := r.trialRows(ctx, tx, by, q, then, page, year.Currency, b)
		if err != nil {
			return err
		}
		b.Rows = kernel.NewConnection(page, rows, func(row *TrialBalanceRow) []string { return []string{row.Fund.Code, row.Account.Code} })
		return nil
	})
	return b, err
}

// trialRows reads totals and a page of rows in one statement.
func (r *Reports) trialRows(ctx context.Context, tx pgx.Tx, by Officer, q TrialBalanceQuery, then moment, page kernel.Page, currency string, b *TrialBalance) ([]TrialBalanceRow, error) {
	rows, err := tx.Query(ctx, `
		with account as (
			select fund, account,
				coalesce(sum(debit - credit) filter (where (year, period) < ($1, $2)), 0)::bigint as opening,
				coalesce(sum(debit)  filter (where year = $1 and period between $2 and $3), 0)::bigint as debit,
				coalesce(sum(credit) filter (where year = $1 and period between $2 and $3), 0)::bigint as credit
			  from `+then.balances(q.Year)+`
			 where (year, period) <= ($1, $3) and currency = $4 and ($5 = '' or fund = $5) and unit ^@ any($9::text[])
			 group by fund, account
		), fund as (
			select sum(debit) as debit, sum(credit) as credit, sum(opening + debit - credit) as net from account group by fund
		)
		select `+then.position("finance_ledger")+`, coalesce((select sum(debit) from fund), 0)::bigint, coalesce((select sum(credit) from fund), 0)::bigint,
			not exists (select from fund where debit <> credit or net <> 0), a.fund, a.account, a.opening, a.debit, a.credit
		  from (select true) one left join (
			select * from account where ($6::text is null or (fund, account) > ($6, $7)) order by fund, account limit $8
		  ) a on true
		 order by a.fund, a.account`,
		q.Year, q.FromMonth, q.ToMonth, currency, q.Fund, page.Key(0), page.Key(1), page.First+1, by.Units[MayReadFinance])
	if err != nil {
		return nil, fmt.Errorf("read the trial balance of %d: %w", q.Year, err)
	}
	defer rows.Close()
	m := func(amount int64) kernel.Money { return kernel.Money{Amount: amount, Currency: currency} }
	var all []TrialBalanceRow
	for rows.Next() {
		var position, debits, credits int64
		var fund, item *string
		var opening, debit, credit *int64
		if err := rows.Scan(&position, &debits, &credits, &b.Balanced, &fund, &item, &opening, &debit, &credit); err != nil {
			return nil, fmt.Errorf("read the trial balance of %d: %w", q.Year, err)
		}
		b.Position, b.Debit, b.Credit = r.position(position), m(debits), m(credits)
		if fund == nil {
			continue // no account has moved yet
		}
		all = append(all, TrialBalanceRow{
			Fund: SegmentLabel{Segment: Fund, Code: *fund}, Account: SegmentLabel{Segment: Item, Code: *item},
			Opening: m(*opening), Debit: m(*debit), Credit: m(*credit), Closing: m(*opening + *debit - *credit),
		})
	}
	return all, rows.Err()
}

// BudgetLedgerSheet is the trial balance of the memorandum accounts.
type BudgetLedgerSheet struct {
	Year     int
	Position kernel.Position
	Accounts []MemorandumAccount
	Net      kernel.Money // zero
}

// MemorandumAccount is one account of the budget ledger; credit is below zero.
type MemorandumAccount struct {
	Of      Account
	Balance kernel.Money
}

// Account is its name for programs.
func (a *MemorandumAccount) Account() string { return string(a.Of) }

// Name is the account's name for people.
func (a *MemorandumAccount) Name() kernel.Text { return accountWords(a.Of) }

// BudgetLedger sums the memorandum accounts of a year, or of one of its lines.
func (r *Reports) BudgetLedger(ctx context.Context, by Officer, year int, key string, at *AsOf) (*BudgetLedgerSheet, error) {
	b := &BudgetLedgerSheet{Year: year}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		y, err := r.year(ctx, tx, year)
		if err != nil {
			return err
		}
		then, err := momentOf(ctx, tx, "finance_line", "finance_line_day", at)
		if err != nil {
			return err
		}
		var position int64
		var balances []int64
		err = tx.QueryRow(ctx, `
			select `+then.position("finance_line")+`,
				array(select coalesce(sum(l.memorandum[a]), 0)::bigint
				        from generate_series(1, $3::int) a left join (select * from `+then.lines(year)+`) l on l.year = $1 and ($2 = '' or l.key = $2) and l.unit ^@ any($4::text[])
				       group by a order by a)`, year, key, len(Accounts), by.Units[MayReadFinance]).Scan(&position, &balances)
		if err != nil {
			return fmt.Errorf("read the budget ledger of %d: %w", year, err)
		}
		b.Position, b.Net.Currency = r.position(position), y.Currency
		for i, a := range Accounts {
			b.Accounts = append(b.Accounts, MemorandumAccount{Of: a, Balance: kernel.Money{Amount: balances[i], Currency: y.Currency}})
			b.Net.Amount += balances[i]
		}
		return nil
	})
	return b, err
}

// LedgerQuery asks for the ledger of one account in posting order.
type LedgerQuery struct {
	Account string
	Fund    string // empty = all
	Year    int    // 0 = all
	At      *AsOf
	First   int
	After   *string
}

// LedgerSheetLine is one line of an entry with the balance of its account and fund after it.
type LedgerSheetLine struct {
	Position               kernel.Position
	Line                   int
	Journal, Number        string
	Date                   kernel.Date
	Fund, Account          string
	Codes                  Codes
	Narration, Payee, Key  string
	Debit, Credit, Balance kernel.Money
}

// ID names the line.
func (l *LedgerSheetLine) ID() string { return string(l.AppendID(nil)) }

// AppendID appends the line's name.
func (l *LedgerSheetLine) AppendID(b []byte) []byte {
	return strconv.AppendInt(append(strconv.AppendInt(b, l.Position.N, 10), '/'), int64(l.Line), 10)
}

// Combination is the whole account combination, its parts in order.
func (l *LedgerSheetLine) Combination() string { return string(l.AppendCombination(nil)) }

// AppendCombination appends the whole account combination.
func (l *LedgerSheetLine) AppendCombination(b []byte) []byte {
	start := len(b)
	for _, segment := range Segments {
		if code := l.Codes.Of(segment); code != "" {
			if len(b) > start {
				b = append(b, '-')
			}
			b = append(b, code...)
		}
	}
	return b
}

// Ledger reads the general ledger (الأستاذ العام) of an account.
func (r *Reports) Ledger(ctx context.Context, by Officer, q LedgerQuery) (*kernel.Connection[LedgerSheetLine], error) {
	page, err := kernel.NewPage(q.First, q.After, 2)
	if err != nil {
		return nil, err
	}
	position, err := wholeOr(page.Key(0), 0)
	if err != nil {
		return nil, err
	}
	line, err := wholeOr(page.Key(1), 0)
	if err != nil {
		return nil, err
	}
	var c *kernel.Connection[LedgerSheetLine]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		then, err := momentOf(ctx, tx, "finance_ledger", "finance_ledger_day", q.At)
		if err != nil {
			return err
		}
		w := &where{}
		w.and("account = ?", q.Account)
		w.within(by, "unit")
		if q.Fund != "" {
			w.and("fund = ?", q.Fund)
		}
		if then.set {
			w.and("position <= ?::bigint", then.known)
		}
		from, balance := "read.finance_ledger_line line", balanceFor(by, 2)
		if then.dated() { // one look at the account's lines, so that each balance is of what is true on the day
			w.and("on_date <= ?::date", date(then.on))
			from = `(select *, sum(debit - credit) over (partition by fund, currency order by position, line)::bigint as then_balance
				from read.finance_ledger_line where ` + w.String() + `) line`
			balance, w.terms = "then_balance", nil
		}
		if q.Year != 0 {
			w.and("year = ?", q.Year)
		}
		w.and("(position, line) > (?::bigint, ?::int)", position, line)
		c, err = list(ctx, tx, page,
			func(l *LedgerSheetLine, k kernel.Key) kernel.Key { return k.Int(l.Position.N).Int(int64(l.Line)) },
			r.ledgerLine, `
			select position, line, journal, number, on_date, fund, account, codes, payee, key, narration, currency, debit, credit, `+balance+`
			  from `+from+` where `+w.String()+`
			 order by position, line limit `+w.limit(), w.args...)
		return err
	})
	return c, err
}

// balanceFor is SQL for the balance of a line's account after it: of the whole government, or, for
// who reads less, of the entries they may read. scope is the number of the argument with their units.
func balanceFor(by Officer, scope int) string {
	if by.readsAll() {
		return "balance"
	}
	return fmt.Sprintf(`(select sum(b.debit - b.credit)::bigint from read.finance_ledger_line b
				where b.account = line.account and b.fund = line.fund and b.currency = line.currency
				and (b.position, b.line) <= (line.position, line.line) and b.unit ^@ any($%d::text[]))`, scope)
}

func (r *Reports) ledgerLine(l *LedgerSheetLine) ([]any, func()) {
	columns := []any{
		&l.Position.N, &l.Line, &l.Journal, &l.Number, (*day)(&l.Date), &l.Fund, &l.Account, &l.Codes, &l.Payee, &l.Key, &l.Narration,
		&l.Balance.Currency, &l.Debit.Amount, &l.Credit.Amount, &l.Balance.Amount,
	}
	return columns, func() {
		l.Position = r.position(l.Position.N)
		l.Debit.Currency, l.Credit.Currency = l.Balance.Currency, l.Balance.Currency
	}
}
