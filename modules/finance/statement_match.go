package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// matchedAtOnce bounds how many lines one command matches by name.
const matchedAtOnce = 100

// matchByName matches the lines that bring back a name we gave: the payment of exactly that voucher, by
// exactly that amount. What does not agree stays for a person. It returns how many lines are matched by
// name; done again it changes nothing.
func (m *Module) matchByName(ctx context.Context, by Officer, id string, on kernel.Date) (int, error) {
	s, err := now[Statement](ctx, m, statementCategory(), statementStream(id))
	if err != nil {
		return 0, err
	}
	var candidates []int
	for _, l := range s.Lines {
		if _, ours := voucherOf(l.EndToEnd); ours && s.Matched[l.Line] == 0 && l.Amount < 0 && !l.Pending {
			candidates = append(candidates, l.Line)
		}
	}
	for first := 0; first < len(candidates); first += matchedAtOnce {
		part := candidates[first:min(first+matchedAtOnce, len(candidates))]
		if err := m.matchLines(ctx, by, id, s, part, on); err != nil {
			return 0, err
		}
	}
	if s, err = now[Statement](ctx, m, statementCategory(), statementStream(id)); err != nil {
		return 0, err
	}
	matched := 0
	for _, g := range s.Groups {
		if g.Auto {
			matched += len(g.Lines)
		}
	}
	return matched, nil
}

// matchLines matches a part of the candidates in one command. A line whose voucher does not agree is
// left out; when none agrees nothing is written.
func (m *Module) matchLines(ctx context.Context, by Officer, id string, s Statement, lines []int, on kernel.Date) error {
	_, err := untilStill(func() (eventstore.Receipt, error) {
		var t touches
		statement, account := t.add(statementStream(id)), t.add(treasuryAccountStream(s.Imported.Treasury))
		payments := map[int]string{}
		for _, n := range lines {
			voucher, _ := voucherOf(s.Lines[n-1].EndToEnd)
			v, err := now[Voucher](ctx, m, voucherCategory(), voucherStream(voucher))
			if err != nil {
				return eventstore.Receipt{}, err
			}
			if v.Payment == "" || v.PaidAs != s.Lines[n-1].EndToEnd {
				continue
			}
			t.add(voucherStream(voucher))
			t.add(journalStream(v.Payment))
			payments[n] = v.Payment
		}
		if len(payments) == 0 {
			return eventstore.Receipt{}, nil
		}
		command := uuid.NewSHA1(uuid.MustParse(id), fmt.Appendf(nil, "match %v %d", lines, s.Last))
		return m.execute(ctx, by, command, "MatchByName", lines, &t, func(d *eventstore.Decision) error {
			item := eventstore.StateOf[TreasuryAccount](d, account).Opened.Item
			for _, n := range lines {
				if payments[n] == "" {
					continue
				}
				voucher, _ := voucherOf(s.Lines[n-1].EndToEnd)
				if eventstore.StateOf[Voucher](d, t.add(voucherStream(voucher))).Payment != payments[n] {
					return errMoved
				}
				journal := t.add(journalStream(payments[n]))
				entry, err := eventstore.StateOf[JournalEntry](d, journal).movement(payments[n], item)
				if err != nil || entry.Amount != s.Lines[n-1].Amount {
					continue
				}
				e, err := eventstore.StateOf[Statement](d, statement).match([]int{n}, []MatchedEntry{entry}, true, by, on)
				if err != nil {
					continue
				}
				d.Record(statement, e)
				d.Record(journal, EntryCleared{Statement: id, Group: e.Group})
			}
			return nil
		})
	})
	return err
}

// movement is what a posted entry moves on a bank account, which no statement has shown yet.
func (j JournalEntry) movement(id, item string) (MatchedEntry, error) {
	if j.Stage != JournalIsPosted {
		return MatchedEntry{}, refused("finance.entry_not_posted", "", "القيد غير مرحّل.", "The entry is not posted.")
	}
	if j.Cleared != "" {
		return MatchedEntry{}, refused("finance.entry_cleared", "",
			"القيد %s ظهر في كشف بنكي من قبل.", "Entry %s stands on a bank statement already.", j.Posted.Number)
	}
	e := MatchedEntry{Journal: id}
	touched := false
	for _, l := range j.Posted.Lines {
		if l.Codes.Item == item {
			e.Amount += l.Debit - l.Credit
			touched = true
		}
	}
	if !touched {
		return e, refused("finance.entry_elsewhere", "",
			"القيد %s لا يمس حساب البنك هذا.", "Entry %s does not touch this bank account.", j.Posted.Number)
	}
	return e, nil
}

// MatchLines is a person's match of lines and entries, many to many.
type MatchLines struct {
	Command  uuid.UUID
	ID       string // of the statement
	Lines    []int
	Journals []string
	Seen     int64
	On       string
}

// MatchLines says that the lines and the entries are the same movements.
func (m *Module) MatchLines(ctx context.Context, by Officer, in MatchLines) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReconcile) {
		return eventstore.Receipt{}, f.result()
	}
	id, on := f.code("id", fieldName("id"), in.ID), m.dayOr(&f, in.On)
	if n := len(in.Lines) + len(in.Journals); len(in.Lines) == 0 || n < 2 || n > mostLines {
		f.add("lines", refused("finance.match_size", "",
			"المطابقة سطر مع قيد على الأقل، و%d معاً على الأكثر.", "A match has at least a line and an entry, and at most %d of both.", mostLines))
	}
	for i, j := range in.Journals {
		in.Journals[i] = f.code(fmt.Sprintf("journals.%d", i), kernel.Text{Ar: "القيد", En: "Entry"}, j)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	known, err := now[Statement](ctx, m, statementCategory(), statementStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if !known.Known() {
		return eventstore.Receipt{}, missing("id")
	}
	var t touches
	statement, account := t.expect(statementStream(id), seen(in.Seen)), t.add(treasuryAccountStream(known.Imported.Treasury))
	places := make([]int, len(in.Journals))
	for i, j := range in.Journals {
		places[i] = t.add(journalStream(j))
	}
	return m.execute(ctx, by, in.Command, "MatchLines", in, &t, func(d *eventstore.Decision) error {
		item := eventstore.StateOf[TreasuryAccount](d, account).Opened.Item
		var f form
		entries := make([]MatchedEntry, len(places))
		for i, p := range places {
			e, err := eventstore.StateOf[JournalEntry](d, p).movement(in.Journals[i], item)
			f.add(fmt.Sprintf("journals.%d", i), err)
			entries[i] = e
		}
		if err := f.result(); err != nil {
			return err
		}
		e, err := eventstore.StateOf[Statement](d, statement).match(in.Lines, entries, false, by, on)
		if err != nil {
			return err
		}
		d.Record(statement, e)
		for _, p := range places {
			d.Record(p, EntryCleared{Statement: id, Group: e.Group})
		}
		return nil
	})
}

// ActOnStatement names a statement for one of the steps below.
type ActOnStatement struct {
	Command uuid.UUID
	ID      string
	Group   int    // of a match to take back
	Reason  string // why
	Seen    int64
	On      string
}

// UnmatchLines takes a match back, with the reason, while the reconciliation is not approved.
func (m *Module) UnmatchLines(ctx context.Context, by Officer, in ActOnStatement) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReconcile) {
		return eventstore.Receipt{}, f.result()
	}
	id, reason := f.code("id", fieldName("id"), in.ID), f.text("reason", fieldName("reason"), in.Reason)
	on := m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := now[Statement](ctx, m, statementCategory(), statementStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		var t touches
		statement := t.expect(statementStream(id), seen(in.Seen))
		for _, e := range known.Groups[in.Group].Entries {
			t.add(journalStream(e.Journal))
		}
		return m.execute(ctx, by, in.Command, "UnmatchLines", in, &t, func(d *eventstore.Decision) error {
			s := eventstore.StateOf[Statement](d, statement)
			if err := s.mustBe(StatementIsAccepted); err != nil {
				return err
			}
			g, there := s.Groups[in.Group]
			if !there {
				return refused("finance.match_unknown", "group", "ليس في الكشف مطابقة برقم %d.", "The statement has no match no. %d.", in.Group)
			}
			d.Record(statement, LinesUnmatched{Group: in.Group, Reason: reason, On: on, By: by.Sign()})
			for _, e := range g.Entries {
				place, touched := t.index[journalStream(e.Journal)]
				if !touched {
					return errMoved
				}
				d.Record(place, EntryUncleared{Statement: id, Group: in.Group})
			}
			return nil
		})
	})
}

// ApproveReconciliation is the second person's step on a statement whose every line is matched.
func (m *Module) ApproveReconciliation(ctx context.Context, by Officer, in ActOnStatement) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayApproveReconciled) {
		return eventstore.Receipt{}, f.result()
	}
	id, on := f.code("id", fieldName("id"), in.ID), m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	statement := t.expect(statementStream(id), seen(in.Seen))
	return m.execute(ctx, by, in.Command, "ApproveReconciliation", in, &t, func(d *eventstore.Decision) error {
		e, err := eventstore.StateOf[Statement](d, statement).approve(by, on)
		if err != nil {
			return err
		}
		d.Record(statement, e)
		return nil
	})
}
