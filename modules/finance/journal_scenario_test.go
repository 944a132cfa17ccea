package finance

import (
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

func entryOf(day string, amounts ...EntryLine) DraftJournal {
	return DraftJournal{Command: uuid.New(), On: day, Lines: amounts, Narration: "Correction of the classification", Submit: true}
}

func debit(item, amount string) EntryLine {
	return EntryLine{Codes: Codes{Fund: "01", Item: item}, Debit: amount}
}

func credit(item, amount string) EntryLine {
	return EntryLine{Codes: Codes{Fund: "01", Item: item}, Credit: amount}
}

// A6 of the finance notes.
func TestA6ManualJournal(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		ctx, m := o.ctx(), o.m
		for period := 1; period <= 5; period++ {
			o.must(m.ClosePeriod(ctx, o.mazen, ChangePeriod{Command: uuid.New(), Year: 2026, Period: period}))
		}

		r, err := m.DraftJournal(ctx, o.rana, entryOf("", debit("221105", "100.000"), credit("111001", "99.999")))
		p := o.refused("finance.entry_not_balanced", "lines", r, err)
		if p.Details["difference"] != "0.001" {
			t.Errorf("details: %v", p.Details)
		}
		r, err = m.DraftJournal(ctx, o.rana, entryOf("", debit("221105", "10.0005"), credit("111001", "10.000")))
		o.refused("money.precision", "lines.0.debit", r, err)
		r, err = m.DraftJournal(ctx, o.rana, entryOf("2026-05-31", debit("221105", "1.000"), credit("111001", "1.000")))
		o.refused("finance.period_closed", "on", r, err)
		r, err = m.DraftJournal(ctx, o.rana, entryOf("", debit("221105", "1.000")))
		o.refused("finance.lines_missing", "lines", r, err)
		r, err = m.DraftJournal(ctx, o.rana, entryOf("", debit("229999", "1.000"), credit("111001", "1.000")))
		o.refused("finance.segment_unknown", "lines.0.codes.item", r, err)

		// The debits and credits of one fund do not make up for another's.
		inTrust := credit("111001", "1.000")
		inTrust.Codes.Fund = "05"
		r, err = m.DraftJournal(ctx, o.rana, entryOf("", debit("221105", "1.000"), inTrust))
		o.refused("finance.entry_not_balanced", "lines", r, err)

		// "١٠٠٫٥٠٠" is 100.500, and the same command twice is one entry.
		draft := entryOf("", debit("221105", "١٠٠٫٥٠٠"), credit("111001", "100.5"))
		id := o.must(m.DraftJournal(ctx, o.rana, draft))
		again, err := m.DraftJournal(ctx, o.rana, draft)
		if err != nil || !again.Replayed {
			t.Errorf("the same command again: replayed %v, %v", again.Replayed, err)
		}
		if got := o.entry(id).Draft.Lines[0].Debit; got != 100_500 {
			t.Errorf("read as %d fils", got)
		}
		other := draft
		other.Narration = "Something else"
		if _, err := m.DraftJournal(ctx, o.rana, other); err == nil {
			t.Error("the command's id was taken for another content")
		}

		rana := o.rana
		rana.Permissions = map[Permission]bool{MayPostJournal: true}
		rana.Units = Everywhere(rana.Permissions)
		r, err = m.PostJournal(ctx, rana, ActOnJournal{Command: uuid.New(), ID: id})
		o.refused("finance.same_person", "id", r, err)
		post := ActOnJournal{Command: uuid.New(), ID: id}
		o.must(m.PostJournal(ctx, o.huda, post))
		if again, err := m.PostJournal(ctx, o.huda, post); err != nil || !again.Replayed {
			t.Errorf("posting again: replayed %v, %v", again.Replayed, err)
		}
		r, err = m.PostJournal(ctx, o.mazen, ActOnJournal{Command: uuid.New(), ID: id})
		o.refused("finance.journal_stage", "id", r, err)
		r, err = m.DraftJournal(ctx, o.rana, DraftJournal{Command: uuid.New(), ID: id, Lines: draft.Lines})
		o.refused("finance.journal_stage", "id", r, err)
		if b := o.books(); b.entries != 1 || b.byAccount["01/221105"] != 100_500 {
			t.Errorf("%d entries, 221105 stands at %d", b.entries, b.byAccount["01/221105"])
		}

		// An account that was closed meanwhile is not posted to.
		late := o.must(m.DraftJournal(ctx, o.rana, entryOf("", debit("221106", "5.000"), credit("111001", "5.000"))))
		o.given(SegmentStream(Item, "221106"), SegmentValueDeactivated{From: on(t, "2026-06-01"), Reason: "merged"})
		r, err = m.PostJournal(ctx, o.huda, ActOnJournal{Command: uuid.New(), ID: late})
		o.refused("finance.segment_inactive", "lines.0.codes.item", r, err)

		// Reversal: a linked mirror, once, by another person, and not of a document's entry.
		reverse := func() ActOnJournal { return ActOnJournal{Command: uuid.New(), ID: id, Reason: "wrong line"} }
		r, err = m.ReverseJournal(ctx, o.huda, reverse())
		o.refused("finance.same_person", "id", r, err)
		o.must(m.ReverseJournal(ctx, o.mazen, reverse()))
		r, err = m.ReverseJournal(ctx, o.mazen, reverse())
		o.refused("finance.journal_reversed", "id", r, err)
		e := o.entry(id)
		if mirror := o.entry(e.Reversed).Posted; mirror.Reverses != id || mirror.Lines[0].Credit != 100_500 || e.Posted.Lines[0].Debit != 100_500 {
			t.Errorf("mirror %+v of %+v", mirror, e.Posted)
		}
		if b := o.books(); b.byAccount["01/221105"] != 0 {
			t.Errorf("221105 stands at %d after the reversal", b.byAccount["01/221105"])
		}
		v := o.voucher(o.paid("1.000", "2026-06-15"))
		r, err = m.ReverseJournal(ctx, o.mazen, ActOnJournal{Command: uuid.New(), ID: v.Payment, Reason: "x"})
		o.refused("finance.journal_of_document", "id", r, err)
	})
}

func TestAReturnedDraftIsWrittenAnewByItsWriter(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	id := o.must(o.m.DraftJournal(o.ctx(), o.rana, entryOf("", debit("221105", "1.000"), credit("111001", "1.000"))))
	o.must(o.m.ReturnJournal(o.ctx(), o.huda, ActOnJournal{Command: uuid.New(), ID: id, Reason: "which month?"}))
	again := entryOf("", debit("221105", "2.000"), credit("111001", "2.000"))
	again.ID = id
	r, err := o.m.DraftJournal(o.ctx(), Officer{ID: "sara", Permissions: o.rana.Permissions, Units: o.rana.Units}, again)
	o.refused("finance.draft_of_another", "id", r, err)
	again.Submit = false
	o.must(o.m.DraftJournal(o.ctx(), o.rana, again))
	r, err = o.m.PostJournal(o.ctx(), o.huda, ActOnJournal{Command: uuid.New(), ID: id})
	o.refused("finance.journal_stage", "id", r, err)
	o.must(o.m.SubmitJournal(o.ctx(), o.rana, ActOnJournal{Command: uuid.New(), ID: id}))
	o.must(o.m.PostJournal(o.ctx(), o.huda, ActOnJournal{Command: uuid.New(), ID: id}))
	if got := o.entry(id).Posted; got.Number != "1/2026" || got.Lines[0].Debit != 2_000 {
		t.Errorf("posted %+v", got)
	}
}
