package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// CycleSheet is the preparation of one year's budget as a screen shows it.
type CycleSheet struct {
	Year      int
	Currency  string
	Subject   string
	Deadline  kernel.Date
	Strict    bool
	Date      kernel.Date
	IssuedBy  Signer
	StateCode string
	Locked    *int // the version with the cabinet
	Law       string
	Version   int64
	Position  kernel.Position
	trail
}

// State is the stage in the office's words.
func (s *CycleSheet) State() kernel.Text { return stateWords("cycle_" + s.StateCode) }

// CeilingSheet is the most a chapter, or one programme of it, may ask for.
type CeilingSheet struct {
	Chapter   SegmentLabel
	Programme *SegmentLabel // nil: the whole chapter
	Economic  *EconomicType // nil: current and capital together
	Amounts   []kernel.Money
	Date      kernel.Date
	SetBy     Signer
}

// DraftPart is what one version of the draft took from one request.
type DraftPart struct {
	Version   int
	Chapter   SegmentLabel
	Programme SegmentLabel
	Round     int
	Current   []kernel.Money
	Capital   []kernel.Money
	Date      kernel.Date
	MadeBy    Signer
}

// BreachSheet is a ceiling that a request goes beyond.
type BreachSheet struct {
	Programme *SegmentLabel // nil: the chapter's ceiling
	Economic  *EconomicType // nil: of both together
	Over      []kernel.Money
}

// money gives three years their currency.
func (y ThreeYears) money(currency string) []kernel.Money {
	out := make([]kernel.Money, len(y))
	for i, n := range y {
		out[i] = kernel.Money{Amount: n, Currency: currency}
	}
	return out
}

func labelOr(s Segment, code string) *SegmentLabel {
	if code == "" {
		return nil
	}
	return &SegmentLabel{Segment: s, Code: code}
}

func economicOr(e EconomicType) *EconomicType {
	if e == "" {
		return nil
	}
	return &e
}

// Cycles lists the preparations, the newest year first; year 0 means all. There is one a year.
func (r *Reports) Cycles(ctx context.Context, by Officer, year int) ([]CycleSheet, error) {
	all := []CycleSheet{}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select year, currency, subject, deadline, strict, on_date, issued_by, stage, nullif(locked, 0), law, version, position
			  from read.finance_cycle where $1 in (0, year) order by year desc`, year)
		if err != nil {
			return fmt.Errorf("read the preparations of budgets: %w", err)
		}
		return each(rows, func(s *CycleSheet) ([]any, func()) {
			return []any{
				&s.Year, &s.Currency, &s.Subject, (*day)(&s.Deadline), &s.Strict, (*day)(&s.Date), &s.IssuedBy, &s.StateCode,
				&s.Locked, &s.Law, &s.Version, &s.Position.N,
			}, func() { s.Position = r.position(s.Position.N) }
		}, func(s *CycleSheet) {
			s.trail = trail{r, by, CycleDocument, fmt.Sprint(s.Year)}
			all = append(all, *s)
		})
	})
	return all, err
}

// Ceilings are what may be asked for in the cycle, by chapter and programme.
func (s *CycleSheet) Ceilings(ctx context.Context) ([]CeilingSheet, error) {
	all := []CeilingSheet{}
	err := s.reports.read(ctx, s.by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select chapter, programme, economic, amounts, on_date, set_by
			  from read.finance_budget_ceiling where year = $1 and unit ^@ any($2::text[]) order by chapter, programme, economic`, s.Year, s.by.Units[MayReadFinance])
		if err != nil {
			return fmt.Errorf("read the ceilings of %d: %w", s.Year, err)
		}
		var c CeilingSheet
		var chapter, programme string
		var economic EconomicType
		var amounts []int64
		_, err = pgx.ForEachRow(rows, []any{&chapter, &programme, &economic, &amounts, (*day)(&c.Date), &c.SetBy}, func() error {
			c.Chapter, c.Programme = SegmentLabel{Segment: Chapter, Code: chapter}, labelOr(Programme, programme)
			c.Economic, c.Amounts = economicOr(economic), threeOf(amounts).money(s.Currency)
			all = append(all, c)
			return nil
		})
		return err
	})
	return all, err
}

// Drafts are the versions of the draft, request by request, so that any two can be compared.
func (s *CycleSheet) Drafts(ctx context.Context) ([]DraftPart, error) {
	all := []DraftPart{}
	err := s.reports.read(ctx, s.by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select draft, chapter, programme, round, current, capital, on_date, made_by
			  from read.finance_budget_draft where year = $1 and unit ^@ any($2::text[]) order by draft desc, chapter, programme`, s.Year, s.by.Units[MayReadFinance])
		if err != nil {
			return fmt.Errorf("read the drafts of %d: %w", s.Year, err)
		}
		var p DraftPart
		var chapter, programme string
		var current, capital []int64
		_, err = pgx.ForEachRow(rows, []any{&p.Version, &chapter, &programme, &p.Round, &current, &capital, (*day)(&p.Date), &p.MadeBy}, func() error {
			p.Chapter, p.Programme = SegmentLabel{Segment: Chapter, Code: chapter}, SegmentLabel{Segment: Programme, Code: programme}
			p.Current, p.Capital = threeOf(current).money(s.Currency), threeOf(capital).money(s.Currency)
			all = append(all, p)
			return nil
		})
		return err
	})
	return all, err
}

// threeOf reads the column of three years.
func threeOf(amounts []int64) ThreeYears {
	var y ThreeYears
	copy(y[:], amounts)
	return y
}

// Breaches tells which ceilings a request would go beyond, for the screen where it is being typed.
func (r *Reports) Breaches(ctx context.Context, by Officer, year int, chapter, programme string, current, capital []string) ([]BreachSheet, error) {
	found := []BreachSheet{}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		var currency string
		var ceilings, requests []byte
		err := tx.QueryRow(ctx, `
			select c.currency,
			       coalesce((select jsonb_agg(jsonb_build_object('programme', programme, 'economic', economic, 'amounts', to_jsonb(amounts)))
			                   from read.finance_budget_ceiling where year = $1 and chapter = $2), '[]'),
			       coalesce((select jsonb_agg(jsonb_build_object('chapter', chapter, 'programme', programme, 'current', to_jsonb(current), 'capital', to_jsonb(capital)))
			                   from read.finance_budget_request where year = $1 and chapter = $2), '[]')
			  from read.finance_cycle c where c.year = $1`, year, chapter).Scan(&currency, &ceilings, &requests)
		if err == pgx.ErrNoRows {
			return nil // nothing is asked for in that year, so nothing bounds it
		}
		if err != nil {
			return fmt.Errorf("read the ceilings of %s in %d: %w", chapter, year, err)
		}
		c, err := cycleOf(chapter, ceilings, requests)
		if err != nil {
			return err
		}
		var f form
		asksCurrent, asksCapital := f.years("current", current, currency), f.years("capital", capital, currency)
		if err := f.result(); err != nil {
			return err
		}
		for _, b := range c.Breaches(chapter, programme, asksCurrent, asksCapital) {
			found = append(found, b.sheet(currency))
		}
		return nil
	})
	return found, err
}

func (b CeilingBreach) sheet(currency string) BreachSheet {
	return BreachSheet{Programme: labelOr(Programme, b.Programme), Economic: economicOr(b.Economic), Over: b.Over.money(currency)}
}

// cycleOf is as much of a cycle as says what one chapter may ask for.
func cycleOf(chapter string, ceilings, requests []byte) (BudgetCycle, error) {
	var set []BudgetCeilingSet
	var asked []BudgetRequestCounted
	if err := json.Unmarshal(ceilings, &set); err != nil {
		return BudgetCycle{}, fmt.Errorf("read ceilings: %w", err)
	}
	if err := json.Unmarshal(requests, &asked); err != nil {
		return BudgetCycle{}, fmt.Errorf("read requests: %w", err)
	}
	var c BudgetCycle
	for _, e := range set {
		e.Chapter = chapter
		c = c.evolve(e)
	}
	for _, e := range asked {
		c = c.evolve(e)
	}
	return c, nil
}
