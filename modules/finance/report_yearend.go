package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// YearCloseSheet is the close of a year as a screen shows it.
type YearCloseSheet struct {
	end       YearEnd
	currency  string
	Blockers  []Blocker
	Undecided int
	// UndecidedCommitments are the first of them, as many as a screen shows.
	UndecidedCommitments []string
}

// YearClose reads how far the close of a year is and looks for what is open now. Nothing before it is
// started, and nothing for whoever sees a part of the government only.
func (r *Reports) YearClose(ctx context.Context, by Officer, year int) (*YearCloseSheet, error) {
	if !by.Covers(MayReadFinance, kernel.WholeGovernment) {
		return nil, nil
	}
	sheet := &YearCloseSheet{UndecidedCommitments: []string{}}
	err := r.read(ctx, by, func(tx pgx.Tx) (err error) {
		if sheet.end, err = yearEndIn(ctx, tx, "read.finance_year_end", year); err != nil || !sheet.end.Known() {
			return err
		}
		head, err := r.year(ctx, tx, year)
		if err != nil {
			return err
		}
		sheet.currency = head.Currency
		fiscal := FiscalYear{Year: year, Currency: head.Currency, From: head.First, To: head.Last}
		var rules Rules
		rows, err := tx.Query(ctx, `select rules from read.finance_closing_rules order by position`)
		if err != nil {
			return fmt.Errorf("read the closing rules: %w", err)
		}
		texts, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
		if err != nil {
			return fmt.Errorf("read the closing rules: %w", err)
		}
		for _, text := range texts {
			var set ClosingRulesSet
			if err := json.Unmarshal(text, &set); err != nil {
				return fmt.Errorf("read the closing rules: %w", err)
			}
			rules.Closings = append(rules.Closings, set)
		}
		closing, err := rules.Closing(fiscal.To)
		if err != nil {
			return err
		}
		if sheet.end.Finished() {
			return nil
		}
		all, err := blockersIn(ctx, tx, fiscal, closing)
		for _, b := range all {
			if b.Waiver = sheet.end.Waivers[b.Code]; b.Count > 0 {
				sheet.Blockers = append(sheet.Blockers, b)
			}
		}
		if err != nil || sheet.end.Done >= StepCommitments {
			return err
		}
		rows, err = tx.Query(ctx, openCommitments, year)
		if err != nil {
			return fmt.Errorf("read the open commitments of %d: %w", year, err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		for _, id := range ids {
			if sheet.end.fate(id) == DecideEach {
				sheet.Undecided++
				if len(sheet.UndecidedCommitments) < kernel.MostRows {
					sheet.UndecidedCommitments = append(sheet.UndecidedCommitments, id)
				}
			}
		}
		return err
	})
	if err != nil || !sheet.end.Known() {
		return nil, err
	}
	return sheet, nil
}

// Year, Policy, Rule, StopFrom, Complementary, StartedBy and Done are how it was started, and how far it is.
func (s *YearCloseSheet) Year() int                  { return s.end.Started.Year }
func (s *YearCloseSheet) Policy() CarryPolicy        { return s.end.Started.Policy }
func (s *YearCloseSheet) Rule() CommitmentRule       { return s.end.Started.Rule }
func (s *YearCloseSheet) StopFrom() kernel.Date      { return s.end.Started.StopFrom }
func (s *YearCloseSheet) Complementary() kernel.Date { return s.end.Started.Complementary }
func (s *YearCloseSheet) StartedBy() string          { return s.end.Started.By.Person }
func (s *YearCloseSheet) Done() int                  { return s.end.Done }

// YearCloseStep is one step as a screen shows it.
type YearCloseStep struct {
	Number      int
	State       string // DONE, NEXT, LATER
	Count       *int
	Amount      *kernel.Money
	Hash        *string
	On          *kernel.Date
	ConfirmedBy *string
}

// Title names the step.
func (s *YearCloseStep) Title() kernel.Text { return StepTitle(s.Number) }

// Steps lists all ten.
func (s *YearCloseSheet) Steps() []YearCloseStep {
	all := make([]YearCloseStep, StepFinal)
	for i := range all {
		step := &all[i]
		step.Number, step.State = i+1, "LATER"
		if by := s.end.Confirmed[step.Number]; by != (Signature{}) {
			step.ConfirmedBy = &by.Person
		}
		switch {
		case i == s.end.Done:
			step.State = "NEXT"
		case i < s.end.Done:
			done := s.end.Steps[i]
			step.State, step.On = "DONE", &done.On
			if n := int(done.Count); n != 0 {
				step.Count = &n
			}
			if done.Amount != 0 {
				step.Amount = &kernel.Money{Amount: done.Amount, Currency: s.currency}
			}
			if done.Hash != "" {
				step.Hash = &done.Hash
			}
		}
	}
	return all
}

// FinalAccountSheet is the final account as a screen shows it.
type FinalAccountSheet struct {
	Original, Revised, Obligated, Paid, Carried, Lapsed, Revenue, Expense, Result kernel.Money
	Balances, Hash                                                                string
	On                                                                            kernel.Date
}

// Account is the final account; nil until it is produced.
func (s *YearCloseSheet) Account() *FinalAccountSheet {
	a := s.end.Account
	if a.Hash == "" {
		return nil
	}
	m := func(amount int64) kernel.Money { return kernel.Money{Amount: amount, Currency: s.currency} }
	return &FinalAccountSheet{
		Original: m(a.Original), Revised: m(a.Revised), Obligated: m(a.Obligated), Paid: m(a.Paid), Carried: m(a.Carried), Lapsed: m(a.Lapsed),
		Revenue: m(a.Revenue), Expense: m(a.Expense), Result: m(a.Revenue - a.Expense), Balances: a.Balances, Hash: a.Hash, On: a.On,
	}
}

// Reason is why a waiver was asked for.
func (b *Blocker) Reason() *string { return given(b.Waiver.Asked.Reason) }

// AskedBy is who asked for it.
func (b *Blocker) AskedBy() *string { return given(b.Waiver.Asked.By.Person) }

func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
