package finance

import (
	"sync"
	"testing"

	"diwan/modules/kernel"
)

// A4: a document on several lines is all or nothing, and documents that name lines in opposite
// order never meet in a deadlock.
func TestScenarioA4ManyLines(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "100.000", line2, "50.000")
		o.release(line1, "100.000")
		o.release(line2, "50.000")
		before1, before2 := o.line(line1), o.line(line2)
		_, err := o.commit(command(), line1, "60.000", line2, "50.001")
		p := o.refused("finance.budget_insufficient", err)
		if p.Details["key"] != line2 || p.Path != "lines.1" || len(kernel.ProblemsOf(err)) != 1 {
			t.Errorf("the refusal names %s at %s: %v", p.Details["key"], p.Path, err)
		}
		if o.line(line1) != before1 || o.line(line2) != before2 {
			t.Error("a refused document changed a line")
		}

		const pairs = 1000
		o.enact(Supplementary, line1, "10000.000", line2, "10000.000")
		o.release(line1, "10000.000")
		o.release(line2, "10000.000")
		var wg sync.WaitGroup
		work := make(chan [2]string)
		for range 32 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for keys := range work {
					if _, err := o.commit(command(), keys[0], "1.000", keys[1], "2.000"); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		for range pairs {
			work <- [2]string{line1, line2}
			work <- [2]string{line2, line1}
		}
		close(work)
		wg.Wait()
		o.figure("committed on the first line", o.line(line1).Committed, "3000.000")
		o.figure("committed on the second line", o.line(line2).Committed, "3000.000")
	})
}
