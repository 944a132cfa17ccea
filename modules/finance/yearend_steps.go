package finance

import (
	"context"
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// stop lets the year take no new reservation or commitment.
func (c *closing) stop(ctx context.Context, _ *YearEndReport) (YearEndStepCompleted, error) {
	return YearEndStepCompleted{}, c.once(ctx, "stop", func(y FiscalYear) []eventstore.Event {
		if !y.Stopped.IsZero() {
			return nil
		}
		return []eventstore.Event{NewCommitmentsStopped{From: c.end.Started.StopFrom, By: c.by.Sign()}}
	})
}

// release frees what reservations still hold.
func (c *closing) release(ctx context.Context, _ *YearEndReport) (YearEndStepCompleted, error) {
	var done YearEndStepCompleted
	ids, err := c.books.reservations(ctx, c.year)
	if err != nil {
		return done, err
	}
	for _, id := range ids {
		in := EndReservation{Command: c.id("reservation/" + id), ID: id, Reason: yearEndReason(c.year)}
		if _, err := c.m.ReleaseReservation(ctx, c.by, in); err != nil && !ended(err) {
			return done, fmt.Errorf("free reservation %s: %w", id, err)
		}
	}
	return done, nil
}

// yearEndReason is what documents say that the close ends.
func yearEndReason(year int) string {
	return fmt.Sprintf("إقفال السنة المالية %d", year)
}

// check goes on when nothing is open but what two people waived.
func (c *closing) check(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error) {
	if err := c.block(ctx, report); err != nil || report.Waiting != (kernel.Text{}) {
		return YearEndStepCompleted{}, err
	}
	return YearEndStepCompleted{Count: int64(len(c.end.Waivers))}, nil
}

// block reports what is open and not waived.
func (c *closing) block(ctx context.Context, report *YearEndReport) error {
	all, err := c.books.blockers(ctx, c.fiscal, c.rules)
	if err != nil {
		return fmt.Errorf("look for what is open: %w", err)
	}
	open := 0
	for _, b := range all {
		b.Waiver = c.end.Waivers[b.Code]
		if b.Count > 0 {
			report.Blockers = append(report.Blockers, b)
			if !b.Waived() {
				open++
			}
		}
	}
	if open > 0 {
		report.Waiting = kernel.Text{Ar: fmt.Sprintf("موانع الإقفال القائمة: %d.", open), En: fmt.Sprintf("Blockers that stand: %d.", open)}
	}
	return nil
}

// complement lets verified claims be paid until the last day of the complementary period, and no new
// claim come in.
func (c *closing) complement(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error) {
	var err error
	if !c.fiscal.ClaimsStopped && c.m.today().After(c.fiscal.To) {
		err = c.once(ctx, "claims", func(FiscalYear) []eventstore.Event { return []eventstore.Event{NewClaimsStopped{By: c.by.Sign()}} })
	}
	if last := c.end.Started.Complementary; !c.m.today().After(last) {
		report.Waiting = kernel.Text{
			Ar: fmt.Sprintf("الفترة المتممة حتى %s.", last), En: fmt.Sprintf("The complementary period runs until %s.", last),
		}
	}
	return YearEndStepCompleted{}, err
}

// adjust waits for the word that the entries of period 13 are posted, and closes the months.
func (c *closing) adjust(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error) {
	var done YearEndStepCompleted
	if c.end.Confirmed[StepAdjustments] == (Signature{}) {
		report.Waiting = kernel.Text{
			Ar: "تُرحّل قيود التسوية في الفترة 13، ثم يُؤكَّد تمامها.", En: "Adjusting entries are posted in period 13; then somebody confirms that they are.",
		}
		return done, nil
	}
	if err := c.block(ctx, report); err != nil || report.Waiting != (kernel.Text{}) {
		return done, err
	}
	err := c.once(ctx, "months", func(y FiscalYear) (all []eventstore.Event) {
		for _, p := range y.Periods {
			switch {
			case p.No != AdjustmentPeriod && p.State != PeriodShut:
				all = append(all, PeriodClosed{Period: p.No, By: c.by.Sign()})
			case p.No == AdjustmentPeriod && p.State == PeriodOpen:
				all = append(all, PeriodSoftClosed{Period: p.No, By: c.by.Sign()})
			}
		}
		return all
	})
	if err != nil {
		return done, err
	}
	done.Count, err = c.books.adjustments(ctx, c.year)
	return done, err
}

// commitments carries or lapses each, as decided or by rule.
func (c *closing) commitments(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error) {
	var done YearEndStepCompleted
	ids, err := c.books.commitments(ctx, c.year)
	if err != nil {
		return done, err
	}
	for _, id := range ids {
		if c.end.fate(id) == DecideEach {
			report.Undecide = append(report.Undecide, id)
		}
	}
	if n := len(report.Undecide); n > 0 {
		report.Waiting = kernel.Text{Ar: fmt.Sprintf("التزامات لم يُقرر مصيرها: %d.", n), En: fmt.Sprintf("Commitments not decided: %d.", n)}
		return done, nil
	}
	for _, id := range ids {
		if err := c.commitment(ctx, id); err != nil {
			return done, fmt.Errorf("commitment %s: %w", id, err)
		}
	}
	done.Count, done.Amount, err = c.books.carried(ctx, c.year)
	return done, err
}

func (c *closing) commitment(ctx context.Context, id string) error {
	if c.end.fate(id) == CarryThem {
		_, err := c.m.CarryCommitment(ctx, c.by, CarryCommitment{Command: c.id("carry/" + id), ID: id, Policy: c.end.Started.Policy})
		return err
	}
	before, err := now[Commitment](ctx, c.m, commitmentCategory(), CommitmentStream(id))
	if err != nil {
		return err
	}
	var t touches
	document, fiscal := t.add(CommitmentStream(id)), t.add(YearStream(c.year))
	for _, l := range before.Lines {
		t.add(LineStream(c.year, l.Key))
	}
	_, err = c.m.execute(ctx, c.by, c.id("lapse/"+id), "LapseCommitment", id, &t, func(d *eventstore.Decision) error {
		lines := eventstore.StateOf[Commitment](d, document).outstanding()
		if len(lines) == 0 {
			return nil
		}
		d.Record(document, CommitmentReleased{
			Reason: yearEndReason(c.year), On: eventstore.StateOf[FiscalYear](d, fiscal).To, Lines: lines, By: c.by.Sign(),
		})
		return eachLine(d, &t, c.year, lines, func(l BudgetLine, amount int64) (eventstore.Event, error) { return l.Reduce(amount, id) })
	})
	return err
}

// lapse returns what the year did not use, line by line.
func (c *closing) lapse(ctx context.Context, _ *YearEndReport) (YearEndStepCompleted, error) {
	var done YearEndStepCompleted
	err := sweep(ctx, c.books.lines, c.year, func(keys []string) error {
		var t touches
		places := t.addLines(c.year, keys)
		_, err := c.m.execute(ctx, c.by, c.id("lines/"+keys[0]+"/"+keys[len(keys)-1]), "LapseAppropriation", keys, &t, func(d *eventstore.Decision) error {
			for _, at := range places {
				if e := eventstore.StateOf[BudgetLine](d, at).Lapse(); e.Amount > 0 {
					d.Record(at, e)
				}
			}
			return nil
		})
		return err
	})
	if err != nil {
		return done, err
	}
	sums, lines, err := c.books.sums(ctx, c.year)
	done.Count, done.Amount = lines, sums.Lapsed
	return done, err
}

// result closes revenue and expense to the net result, one entry for each fund in each unit, until none
// has a balance.
func (c *closing) result(ctx context.Context, _ *YearEndReport) (YearEndStepCompleted, error) {
	var done YearEndStepCompleted
	for {
		all, err := c.books.balances(ctx, c.year, c.fiscal.Currency)
		if err != nil {
			return done, err
		}
		all = slices.DeleteFunc(all, func(b balance) bool { closes, _ := c.rules.closes(b.Item); return !closes })
		if len(all) == 0 {
			break
		}
		for len(all) > 0 {
			n := 1
			for n < len(all) && n < mostLines/2 && all[n].Fund == all[0].Fund && all[n].Unit == all[0].Unit {
				n++
			}
			if err := c.closeAccounts(ctx, all[:n]); err != nil {
				return done, fmt.Errorf("close the result of fund %s in %s: %w", all[0].Fund, all[0].Unit, err)
			}
			all = all[n:]
		}
	}
	revenue, expense, entries, err := c.books.closed(ctx, c.year, c.rules)
	done.Count, done.Amount = entries, revenue-expense
	return done, err
}

// closeAccounts posts one closing entry.
func (c *closing) closeAccounts(ctx context.Context, all []balance) error {
	var t touches
	id := c.id(fmt.Sprintf("result/%v", all))
	p := touchPosting(&t, id, c.year)
	_, err := c.m.execute(ctx, c.by, id, "CloseResult", all, &t, func(d *eventstore.Decision) error {
		y := eventstore.StateOf[FiscalYear](d, p.year)
		if err := y.AdmitAdjustment(c.by); err != nil {
			return err
		}
		d.Record(p.into, JournalPosted{
			Number: takeNumber(d, p.series, c.year, p.journal), Year: c.year, Period: AdjustmentPeriod, On: y.To,
			Source: JournalSource{Kind: ClosingEntry}, Currency: y.Currency, Lines: closingEntry(all, c.rules.Result),
			Narration: yearEndReason(c.year), By: c.by.Sign(),
		})
		return nil
	})
	return err
}

// closingEntry empties accounts of one fund and unit into the account of the net result.
func closingEntry(all []balance, result string) []LedgerLine {
	var lines []LedgerLine
	var net int64
	for _, b := range all {
		codes := codesOfUnit(b.Unit)
		codes.Fund, codes.Item = b.Fund, b.Item
		lines = append(lines, sided(codes, -b.Amount))
		net += b.Amount
	}
	if net != 0 {
		codes := lines[0].Codes
		codes.Item = result
		lines = append(lines, sided(codes, net))
	}
	return numbered(lines)
}

// sided is one line; debit is above zero.
func sided(codes Codes, amount int64) LedgerLine {
	if amount > 0 {
		return LedgerLine{Codes: codes, Debit: amount}
	}
	return LedgerLine{Codes: codes, Credit: -amount}
}

// openings proves that the next year opens with what this one closes with.
func (c *closing) openings(ctx context.Context, _ *YearEndReport) (YearEndStepCompleted, error) {
	closing, opening, accounts, net, err := c.books.proof(ctx, c.year, c.fiscal.Currency)
	if err == nil && (closing != opening || net != 0) {
		err = refused("finance.openings_differ", "year",
			"الأرصدة الافتتاحية لسنة %d لا تساوي الختامية، أو لا توازن: الصافي %s.",
			"The openings of %d are not this year's closings, or do not balance: net %s.", c.year+1, kernel.GroupAmount(net, c.fiscal.Currency))
	}
	return YearEndStepCompleted{Count: accounts, Amount: net, Hash: closing}, err
}
