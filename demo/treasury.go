package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// byBatch is the day from which suppliers are paid by batches; before it each voucher was paid alone.
func byBatch() kernel.Date { return day("2026-11-01") }

// treasuryID is the id of an account of the treasury.
func treasuryID(item string) string { return ID("treasury/" + item).String() }

// treasuries opens the books of the treasury's accounts at what they held on the first of November.
func (s *seeding) treasuries() {
	for i, a := range []struct{ item, opening string }{{"111001", fils(treasuryOpening)}, {"111002", "18,400,000.000"}} {
		var name kernel.Text
		for _, known := range accounts() {
			if known.code == a.item {
				name = kernel.Text{Ar: known.ar, En: known.en}
			}
		}
		s.act("2026-11-01", "treasury/"+a.item, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.OpenTreasuryAccount(s.ctx, p("mazen"), finance.OpenTreasuryAccount{
				Command: id, Name: name, IBAN: iban(900 + i), BIC: "CBJOJOAX", Item: a.item, Opening: a.opening, On: "2026-11-01",
			})
		})
	}
}

// waiting is a voucher that waits for treasury on a day.
type waiting struct {
	voucher string
	on      kernel.Date
}

// orders gathers what waits for treasury into one order to the bank a week. Lina builds, Zaid releases;
// of the first the bank has answered for every payment and sent one back, the last is not released yet.
func (s *seeding) orders() {
	batches := map[kernel.Date][]string{}
	for _, w := range s.waiting {
		thursday := w.on
		for workday(thursday.AddDays(1)) == thursday.AddDays(1) {
			thursday = thursday.AddDays(1)
		}
		if !thursday.AddDays(3).After(today()) {
			batches[thursday] = append(batches[thursday], w.voucher)
		}
	}
	first := true
	for on := byBatch(); !on.After(today()); on = on.AddDays(1) {
		if vouchers := batches[on]; len(vouchers) > 0 {
			s.toTheBank(on, vouchers, first)
			first = false
		}
	}
}

func (s *seeding) toTheBank(on kernel.Date, vouchers []string, answered bool) {
	name, sunday := "batch/"+on.String(), on.AddDays(3)
	s.act(on.String(), name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		in := finance.BuildBatch{Command: id, Treasury: treasuryID("111001"), PayOn: sunday.String(), On: on.String()}
		for _, v := range vouchers {
			in.Vouchers = append(in.Vouchers, ID(v).String())
		}
		return s.m.BuildBatch(s.ctx, p("lina"), in)
	})
	if sunday.AddDays(3).After(today()) {
		return
	}
	s.act(sunday.String(), name+"/release", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ReleaseBatch(s.ctx, p("zaid"), finance.ActOnBatch{Command: id, ID: ID(name).String(), On: sunday.String()})
	})
	if !answered {
		return
	}
	s.answered = name
	monday := sunday.AddDays(1).String()
	for i, v := range vouchers {
		s.act(monday, fmt.Sprintf("%s/answer/%d", name, i+1), func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			in := finance.AnswerBatch{Command: id, ID: ID(name).String(), Voucher: ID(v).String(), On: monday}
			if i == 1 {
				in.Rejected, in.Code, in.Reason = true, "AC04", "الحساب مغلق لدى البنك المستفيد."
			}
			return s.m.AnswerBatch(s.ctx, p("lina"), in)
		})
	}
}
