package seal

import (
	"context"
	"testing"

	"diwan/eventstore"
)

// BenchmarkVerify reports verified events a second over a PostgreSQL log of 100,000.
func BenchmarkVerify(b *testing.B) {
	c := newCourt(b, 0)
	for range 100 {
		c.spend(b, 1000)
	}
	c.seal(b)
	b.ResetTimer()
	var events, seconds float64
	for b.Loop() {
		report := c.verify(b, c.check())
		if !report.OK {
			b.Fatal(asJSON(b, report))
		}
		events += float64(report.Events)
		seconds += float64(report.Events) / float64(report.PerSecond)
	}
	b.ReportMetric(events/seconds, "events/s")
}

// BenchmarkSeal reports sealed events a second, database and signature included.
func BenchmarkSeal(b *testing.B) {
	c := newCourt(b, 0)
	for b.Loop() {
		b.StopTimer()
		c.spend(b, 10_000)
		b.StartTimer()
		if _, err := c.sealer.Seal(context.Background(), eventstore.Main); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
