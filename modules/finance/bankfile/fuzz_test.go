package bankfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"diwan/modules/kernel"
)

// Whatever a file holds, it is read or refused with a sentence, and a statement that passes Check adds up.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"iso20022/samples/*.xml", "mt940/*.sta"} {
		found, _ := filepath.Glob(filepath.Join("../../../../shared/data/finance", pattern))
		for _, path := range found {
			if content, err := os.ReadFile(path); err == nil {
				f.Add(content)
			}
		}
	}
	f.Add([]byte(sta))
	f.Add([]byte(rows))
	f.Add([]byte(statement("9265.000", entryXML("1234.567", "DBIT", "V-1"))))
	f.Fuzz(func(t *testing.T, content []byte) {
		all, err := Read(bytes.NewReader(content), bank())
		if err != nil {
			if kernel.ProblemsOf(err) == nil {
				t.Fatalf("refused without a sentence: %v", err)
			}
			return
		}
		for _, s := range all {
			if len(s.Check()) > 0 {
				continue
			}
			sum := s.Opening.Amount
			for _, l := range s.Lines {
				if !l.Pending {
					sum += l.Amount
				}
			}
			if sum != s.Closing.Amount {
				t.Fatalf("accepted, and %d is not %d", sum, s.Closing.Amount)
			}
		}
	})
}
