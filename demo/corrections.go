package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
)

// find is the line of a programme, activity and article.
func find(programme, activity, item string) line {
	for _, l := range lines() {
		if l.programme.code == programme && l.activity.code == activity && l.item.code == item {
			return l
		}
	}
	panic("the demo's plan: no line " + programme + "/" + activity + "/" + item)
}

// reservations hold money for purchases in preparation: some still, one given free, two turned into
// commitments.
func (s *seeding) reservations() {
	for i, r := range []struct {
		line      line
		on        string
		converted string // the day it became a commitment
		released  string
	}{
		{find("4401", "001", "221106"), "2026-02-08", "2026-02-22", ""},
		{find("4502", "001", "221108"), "2026-05-10", "2026-05-24", ""},
		{find("4601", "001", "221109"), "2026-08-09", "", "2026-09-06"},
		{find("4401", "001", "221110"), "2026-10-18", "", ""},
		{find("4502", "001", "221112"), "2026-11-08", "", ""},
		{find("4702", "001", "221105"), "2026-11-15", "", ""},
	} {
		name := fmt.Sprintf("reservation/%d", i+1)
		amount := fils(r.line.dinars * 1000 / 12 / 8)
		in := []finance.LineInput{{Key: r.line.key(), Amount: amount}}
		s.act(r.on, name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.ReserveFunds(s.ctx, p(staffOf(r.line.programme.chapter).preparer), finance.ReserveFunds{
				Command: id, Year: Year, On: r.on, Expires: "2026-12-31", Subject: "طلب شراء: " + r.line.item.ar, Lines: in,
			})
		})
		if r.converted != "" {
			s.act(r.converted, name+"/commit", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				return s.m.RecordCommitment(s.ctx, p(staffOf(r.line.programme.chapter).preparer), finance.RecordCommitment{
					Command: id, Year: Year, On: r.converted, Subject: "أمر شراء: " + r.line.item.ar, Reservation: ID(name).String(),
					Payee: payeeID(supplierOf(r.line.item.code)), Lines: in,
				})
			})
		}
		if r.released != "" {
			s.act(r.released, name+"/release", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				return s.m.ReleaseReservation(s.ctx, p(staffOf(r.line.programme.chapter).preparer), finance.EndReservation{Command: id, ID: ID(name).String(), Reason: "اشتُريت الكتب من عقد قائم."})
			})
		}
	}
}

// corrections change the budget in the year: virements, a freeze, a supplement with its order.
func (s *seeding) corrections() {
	s.virement("1", "2026-08-16", find("4601", "001", "221103"), find("4601", "001", "221109"), "approve", "2026-08-18")
	s.virement("2", "2026-09-13", find("4401", "001", "221107"), find("4401", "001", "221110"), "approve", "2026-09-15")
	s.virement("3", "2026-10-04", find("4502", "001", "221103"), find("4502", "001", "221112"), "reject", "2026-10-06")
	s.virement("4", "2026-11-19", find("4701", "001", "221106"), find("4701", "001", "221105"), "", "")

	frozen := []line{find("1401", "001", "221107"), find("4402", "001", "221107"), find("4503", "001", "221107")}
	held := func(part int64) (in []finance.LineInput) {
		for _, l := range frozen {
			in = append(in, finance.LineInput{Key: l.key(), Amount: fils(l.dinars * 1000 / 100 * part)})
		}
		return in
	}
	s.act("2026-07-05", "freeze", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.FreezeBudget(s.ctx, p("sami"), finance.FreezeBudget{Command: id, Year: Year, On: "2026-07-05", Reason: "بلاغ ترشيد الإنفاق", Lines: held(6)})
	})
	s.act("2026-10-11", "unfreeze", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.UnfreezeBudget(s.ctx, p("sami"), finance.FreezeBudget{Command: id, Year: Year, On: "2026-10-11", Reason: "رفع جزئي للتجميد", Lines: held(2)[:2]})
	})

	medicine := find("4502", "001", "221108")
	s.file("2026-09-01", "supplement", "year,fund,chapter,programme,activity,item,source,amount\n"+
		fmt.Sprintf("%d,01,2601,4502,001,221108,001,480000.000\n%d,01,2601,4501,001,221108,001,120000.000\n", Year, Year),
		finance.ImportOptions{File: "supplement-1-2026.csv", Year: Year, Vintage: finance.Supplementary, Additions: true})
	s.act("2026-09-02", "order/supplement", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.DraftOrder(s.ctx, p(staffOf("2601").manager), finance.DraftOrder{
			Command: id, Year: Year, Kind: finance.SpecialOrder, Subject: "أمر مالي خاص: أدوية ملحق الموازنة",
			Lines: []finance.OrderLineInput{{Key: medicine.key(), Months: []int{9}, Amount: "240000"}},
		})
	})
	s.act("2026-09-03", "order/supplement/certify", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.CertifyOrder(s.ctx, p("sami"), finance.StepOrder{Command: id, ID: ID("order/supplement").String(), On: "2026-09-03"})
	})
}

func (s *seeding) virement(no, proposed string, from, to line, end, ended string) {
	name := "virement/" + no
	amount := from.dinars * 1000 / 24
	s.act(proposed, name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ProposeVirement(s.ctx, p(staffOf(from.programme.chapter).preparer), finance.ProposeVirement{
			Command: id, Year: Year, On: proposed, Reason: "وفر في " + from.item.ar + " وحاجة في " + to.item.ar,
			Lines: []finance.LineInput{{Key: from.key(), Amount: fils(-amount)}, {Key: to.key(), Amount: fils(amount)}},
		})
	})
	in := func(id uuid.UUID) finance.StepVirement {
		return finance.StepVirement{Command: id, ID: ID(name).String(), On: ended}
	}
	switch end {
	case "approve":
		s.act(ended, name+"/approve", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.ApproveVirement(s.ctx, p("sami"), in(id))
		})
	case "reject":
		s.act(ended, name+"/reject", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			step := in(id)
			step.Reason = "تُستعمل وفورات عقد التغذية أولاً."
			return s.m.RejectVirement(s.ctx, p("sami"), step)
		})
	}
}

// revenue posts the treasury's receipts of every month as manual entries, so that the bank has what
// is paid; the newest waits for posting, one is a draft, one was wrong and is reversed.
func (s *seeding) revenue() {
	var law int64
	for _, l := range lines() {
		law += l.dinars * 1000
	}
	for month := 1; month <= 11; month++ {
		name, when := fmt.Sprintf("journal/revenue/%d", month), workday(day(fmt.Sprintf("2026-%02d-05", month))).String()
		s.entry(name, when, "111001", "411001", law/12, fmt.Sprintf("إيرادات الخزينة لشهر %d", month), true)
		if month < 11 {
			s.post(name, when, "mazen")
		}
	}
	s.entry("journal/wrong", "2026-10-12", "111002", "411001", 75_000_000, "منحة واردة", true)
	s.post("journal/wrong", "2026-10-12", "mazen")
	s.act("2026-10-14", "journal/wrong/reverse", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ReverseJournal(s.ctx, p(staffOf("1501").manager), finance.ActOnJournal{Command: id, ID: ID("journal/wrong").String(), On: "2026-10-14", Reason: "قُيدت المنحة مرتين."})
	})
	s.entry("journal/draft", "2026-11-17", "111002", "111001", 12_500_000, "نقل إلى حساب المنح", false)
}

func (s *seeding) entry(name, on, debit, credit string, amount int64, narration string, submit bool) {
	account := func(item string) finance.Codes {
		return finance.Codes{Fund: "01", Chapter: "1501", Programme: "1402", Activity: "001", Item: item, Source: "001"}
	}
	s.act(on, name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.DraftJournal(s.ctx, p(staffOf("1501").preparer), finance.DraftJournal{
			Command: id, On: on, Narration: narration, Submit: submit,
			Lines: []finance.EntryLine{{Codes: account(debit), Debit: fils(amount)}, {Codes: account(credit), Credit: fils(amount)}},
		})
	})
}

func (s *seeding) post(name, on, person string) {
	s.act(on, name+"/post", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.PostJournal(s.ctx, p(person), finance.ActOnJournal{Command: id, ID: ID(name).String()})
	})
}
