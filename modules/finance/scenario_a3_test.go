package finance

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

// A3: two officers commit the last 100.000 at once, 500 times over, while 32 work: each time one has
// it and the other is told that nothing is left.
func TestScenarioA3TheLastHundred(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		const rounds, workers = 500, 32
		codes := Codes{Fund: "01", Chapter: "2501", Programme: "4401", Activity: "001", Source: "001"}
		keys := make([]string, rounds)
		var amounts []string
		for i := range keys {
			keys[i] = StandardRules().Key(2026, codes.With(Item, itemCode(i)))
			amounts = append(amounts, keys[i], "100.000")
		}
		o.enact(Original, amounts...)
		for from := 0; from < rounds; from += 100 {
			o.releaseAll(keys[from:from+100], "100.000")
		}

		type attempt struct {
			round int
			err   error
		}
		asked, answered := make(chan int), make(chan attempt, 2*rounds)
		var wg sync.WaitGroup
		for range workers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for round := range asked {
					_, err := o.commit(command(), keys[round], "100.000")
					answered <- attempt{round, err}
				}
			}()
		}
		for round := range rounds {
			asked <- round
			asked <- round
		}
		close(asked)
		wg.Wait()
		close(answered)

		won := make([]int, rounds)
		for a := range answered {
			if a.err == nil {
				won[a.round]++
				continue
			}
			problems := kernel.ProblemsOf(a.err)
			if len(problems) != 1 || problems[0].Code != "finance.budget_insufficient" || problems[0].Details["available"] != "0.000" {
				t.Fatalf("round %d: got %v, want that 0.000 is left", a.round, a.err)
			}
		}
		for round, n := range won {
			if n != 1 {
				t.Fatalf("round %d had %d successes", round, n)
			}
			o.figure("available now", o.line(keys[round]).AvailableNow(), "0.000")
		}
	})
}

// A3, second half: 150 commitments of 1.000 on 100.000.
func TestScenarioA3ExactlyAHundred(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "100.000")
		o.release(line1, "100.000")
		var succeeded, refused atomic.Int64
		var wg sync.WaitGroup
		for range 150 {
			wg.Add(1)
			go func(id uuid.UUID) {
				defer wg.Done()
				switch _, err := o.commit(id, line1, "1.000"); {
				case err == nil:
					succeeded.Add(1)
				case kernel.ProblemsOf(err) != nil && kernel.ProblemsOf(err)[0].Code == "finance.budget_insufficient":
					refused.Add(1)
				default:
					t.Error(err)
				}
			}(command())
		}
		wg.Wait()
		if succeeded.Load() != 100 || refused.Load() != 50 {
			t.Errorf("%d succeeded and %d were refused", succeeded.Load(), refused.Load())
		}
		l := o.line(line1)
		o.figure("committed", l.Committed, "100.000")
		o.figure("available now", l.AvailableNow(), "0.000")
	})
}

func itemCode(i int) string {
	digits := []byte("220000")
	for at := 5; i > 0; at-- {
		digits[at] += byte(i % 10)
		i /= 10
	}
	return string(digits)
}
