package bench

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

// sample is what one side did in one turn.
type sample struct {
	done      int64 // commands or events
	took      time.Duration
	latencies []time.Duration
}

func (s sample) rate() float64 { return float64(s.done) / s.took.Seconds() }

// warmUp comes before the measured time: plans, caches and connections settle.
const warmUp = 250 * time.Millisecond

// loop lets callers work for a while, each sending its next call when it has its answer, and counts
// what was done after the warm-up.
func loop(ctx context.Context, callers int, length time.Duration, each int64, call func(ctx context.Context, caller, n int) error) (sample, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	from := time.Now().Add(warmUp)
	until := from.Add(length)
	taken := make([][]time.Duration, callers)
	var wait sync.WaitGroup
	for c := range callers {
		wait.Go(func() {
			for n := 0; ; n++ {
				before := time.Now()
				if err := call(ctx, c, n); err != nil {
					cancel(err)
					return
				}
				now := time.Now()
				if now.After(until) || ctx.Err() != nil {
					return
				}
				if now.After(from) {
					taken[c] = append(taken[c], now.Sub(before))
				}
			}
		})
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return sample{}, err
	}
	s := sample{took: length, latencies: slices.Concat(taken...)}
	s.done = int64(len(s.latencies)) * each
	return s, nil
}

// quantile is the p-th percentile of sorted latencies, in milliseconds.
func quantile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return round(float64(sorted[(len(sorted)-1)*p/100].Microseconds()) / 1000)
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

func roundAll(all []float64) []float64 {
	rounded := make([]float64, len(all))
	for i, v := range all {
		rounded[i] = round(v)
	}
	return rounded
}
