package finance

import (
	"testing"

	"github.com/google/uuid"
)

func TestTheWaitOfWhatHasNoDueDayIsDecidedWithADate(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.must(o.m.SetWaitingTime(o.ctx(), o.mazen, SetWaitingTime{Command: uuid.New(), From: "2026-06-01", Days: 7}))
	for _, days := range []int{0, -1, 366} {
		r, err := o.m.SetWaitingTime(o.ctx(), o.mazen, SetWaitingTime{Command: uuid.New(), From: "2026-06-01", Days: days})
		o.refused("finance.waiting_days", "days", r, err)
	}
	r, err := o.m.SetWaitingTime(o.ctx(), o.rana, SetWaitingTime{Command: uuid.New(), From: "2026-06-01", Days: 7})
	o.refused("finance.not_permitted", "*", r, err)
}
