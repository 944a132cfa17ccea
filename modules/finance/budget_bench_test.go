package finance

import "testing"

// BenchmarkCommit is the cost of one commitment on a hot line, through the module, 32 callers at once.
func BenchmarkCommit(b *testing.B) {
	o := newBureau(b, memoryLog(b))
	o.enact(Original, line1, "900000000.000")
	o.release(line1, "900000000.000")
	b.ReportAllocs()
	b.SetParallelism(16)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := o.commit(command(), line1, "0.001"); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
