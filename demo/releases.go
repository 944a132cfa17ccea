package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
)

// quarter is a part of the year whose allotments are released together.
type quarter struct {
	no     int
	months []int
	start  string
}

func quarters() []quarter {
	return []quarter{
		{1, []int{1, 2, 3}, "2026-01-04"},
		{2, []int{4, 5, 6}, "2026-04-01"},
		{3, []int{7, 8, 9}, "2026-07-01"},
		{4, []int{10, 11}, "2026-10-01"},
	}
}

// release is what a quarter opens of a line.
func (q quarter) release(l line) int64 { return l.dinars * 1000 / 12 * int64(len(q.months)) }

// releases draws a general order for every chapter and quarter and has it certified the same day;
// December's are drawn and wait.
func (s *seeding) releases() {
	for _, q := range quarters() {
		for _, c := range chapters() {
			name := fmt.Sprintf("order/%s/%d", c.code, q.no)
			s.order(name, q.start, fmt.Sprintf("مخصصات الربع %d، الفصل %s", q.no, c.code), c.code, q)
			s.act(q.start, name+"/certify", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				return s.m.CertifyOrder(s.ctx, p("sami"), finance.StepOrder{Command: id, ID: ID(name).String(), On: q.start})
			})
		}
	}
	for _, c := range chapters()[1:3] {
		s.order("order/"+c.code+"/december", "2026-11-22", "مخصصات كانون الأول، الفصل "+c.code, c.code, quarter{4, []int{12}, "2026-11-22"})
	}
}

func (s *seeding) order(name, on, subject, chapter string, q quarter) {
	s.act(on, name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		in := finance.DraftOrder{Command: id, Year: Year, Kind: finance.GeneralOrder, Subject: subject}
		for _, l := range lines() {
			if l.programme.chapter == chapter {
				in.Lines = append(in.Lines, finance.OrderLineInput{Key: l.key(), Months: q.months, Amount: fils(q.release(l))})
			}
		}
		return s.m.DraftOrder(s.ctx, p(staffOf(chapter).preparer), in)
	})
}
