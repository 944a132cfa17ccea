package export

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"
	"time"
)

// A list of 100,000 rows is saved whole, with memory that does not grow with it where the format allows.
// It is measured, not bounded: the figures stand in docs/performance.md.
func TestAHundredThousandRowsAreSaved(t *testing.T) {
	if os.Getenv("DIWAN_SOAK") == "" {
		t.Skip("a long run: make soak")
	}
	const rows = 100_000
	ask := answering(rows, func(i int) (string, string, string) {
		return fmt.Sprintf("01-2501-4401-001-%06d-001", i), "صيانة الطرق الثانوية والزراعية", fmt.Sprintf("%d.500", i)
	})
	for _, f := range []Format{CSVs, XLSX} {
		h := head("ar")
		h.Variables = map[string]any{"year": 2026}
		size := counter{}
		began := time.Now()
		n, err := List(t.Context(), &size, f, ask, h, true, nil, nil)
		if err != nil || n != rows {
			t.Fatalf("%s: %d rows, %v", f, n, err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Logf("%s: %d rows, %d bytes in %s; %d MiB of heap in use", f, n, size.n, time.Since(began).Round(time.Millisecond), m.HeapInuse>>20)
	}
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

var _ io.Writer = (*counter)(nil)
