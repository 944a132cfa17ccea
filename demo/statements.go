package demo

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// treasuryOpening is what the treasury's main account held when its book began, in fils.
const treasuryOpening = 412_655_318_250

// statements are what the central bank says of the treasury's account: the first order's transfers, money
// that came in, and its charges; then a day that does not follow it, which waits in quarantine. A log
// without a vault keeps no names, and its demo has no statement.
func (s *seeding) statements() {
	if s.answered == "" {
		return
	}
	s.act("2026-11-10", "statement/1", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		batch, err := s.m.Batch(s.ctx, p("lina"), ID(s.answered).String())
		if err != nil {
			return eventstore.Receipt{}, err
		}
		var lines []bankLine
		for i, payment := range batch.Built.Payments {
			if i != 1 { // the one that the bank sent back was never booked
				lines = append(lines, bankLine{-payment.Amount, payment.EndToEnd, "حوالة صادرة"})
			}
		}
		lines = append(lines, bankLine{86_400_000, "", "توريد مديرية ضريبة الدخل"}, bankLine{-12_500, "", "عمولات الحوالات"})
		return s.bank(p("wafa"), id, "27/26", "261109", treasuryOpening, lines)
	})
	s.act("2026-11-19", "statement/2", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.bank(p("wafa"), id, "29/26", "261118", treasuryOpening-9_940_000_000, []bankLine{{-350_000, "", "حوالة صادرة"}})
	})
}

type bankLine struct {
	amount     int64
	name, text string
}

// bank takes a statement written as the central bank writes it (MT940).
func (s *seeding) bank(by finance.Officer, id uuid.UUID, number, day string, opening int64, lines []bankLine) (eventstore.Receipt, error) {
	balance := func(tag string, n int64) string {
		return fmt.Sprintf(":%s:C%sJOD%s\n", tag, day, strings.Replace(fils(n), ".", ",", 1))
	}
	var b strings.Builder
	fmt.Fprintf(&b, ":20:DIWAN%s\n:25:%s\n:28C:%s\n%s", strings.ReplaceAll(number, "/", ""), iban(900), number, balance("60F", opening))
	for i, l := range lines {
		side, amount := "C", l.amount
		if amount < 0 {
			side, amount = "D", -amount
		}
		fmt.Fprintf(&b, ":61:%s%s%s%sNTRFNONREF//CBJ%s%03d\n", day, day[2:], side, strings.Replace(fils(amount), ".", ",", 1), day, i+1)
		purpose := l.text
		if l.name != "" {
			purpose = "EREF+" + l.name + " " + l.text
		}
		fmt.Fprintf(&b, ":86:166?20%s\n", purpose)
		opening += l.amount
	}
	b.WriteString(balance("62F", opening) + "-\n")
	_, err := s.m.ImportStatements(context.WithoutCancel(s.ctx), by, finance.ImportStatements{Command: id, Content: []byte(b.String()), On: "20" + day[:2] + "-" + day[2:4] + "-" + day[4:]})
	for _, refusal := range kernel.ProblemsOf(err) {
		if refusal.Code == "finance.vault_missing" {
			return eventstore.Receipt{}, nil
		}
	}
	return eventstore.Receipt{}, err
}
