package finance

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// Numbers of a year have no gap and no double, under many hands at once and with refusals between.
func TestVoucherNumbersHaveNoGapUnderManyHands(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		const hands, each = 8, 12
		var wait sync.WaitGroup
		for hand := range hands {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for n := range each {
					amount := "1.000"
					if (hand+n)%3 == 0 {
						amount = "-1.000" // refused: takes no number
					}
					_, _ = o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{
						Command: uuid.New(), Payee: o.supplier, Year: 2026, Lines: []ChargeInput{{Key: roadsParts, Amount: amount}},
					})
				}
			}()
		}
		wait.Wait()
		next := 0
		for _, e := range o.everything() {
			if prepared, ok := e.(VoucherPrepared); ok {
				next++
				if want := fmt.Sprintf("%d/2026", next); prepared.Number != want {
					t.Fatalf("number %s, want %s", prepared.Number, want)
				}
			}
		}
		if next != hands*each*2/3 {
			t.Errorf("%d vouchers", next)
		}
	})
}
