package bankfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"diwan/modules/kernel"
)

// LargestFile is the most that one file may hold, in bytes.
const LargestFile = 64 << 20

// Read reads every statement of a file, whatever its form. A table needs a profile of the bank; the
// other forms say themselves what they are. The error is a Problem or Problems that name the place.
func Read(r io.Reader, profile *Profile) ([]Statement, error) {
	limited := &limit{r: r, left: LargestFile}
	b := bufio.NewReaderSize(limited, 1<<16)
	head, err := b.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, limited.or(err)
	}
	var all []Statement
	switch text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case len(text) == 0:
		return nil, problem("bankfile.empty", "", "الملف فارغ.", "The file is empty.")
	case text[0] == '<':
		all, err = readCAMT(b)
	case bytes.Contains(text, []byte(":20:")):
		all, err = readMT940(b)
	case profile != nil:
		all, err = readTable(b, *profile)
	default:
		return nil, problem("bankfile.unknown_form", "",
			"الملف ليس كشفاً معروفاً: المقبول camt.053 وcamt.054 وMT940، أو جدول CSV لبنك له نموذج أعمدة.",
			"This is no statement Diwan knows: it takes camt.053, camt.054, MT940, or a CSV table of a bank whose columns are described.")
	}
	if err != nil {
		return nil, limited.or(err)
	}
	if len(all) == 0 {
		return nil, problem("bankfile.no_statement", "", "الملف سليم وليس فيه أي كشف.", "The file is sound and holds no statement.")
	}
	return all, nil
}

// limit ends a file that is too large with a refusal.
type limit struct {
	r    io.Reader
	left int64
	over bool
}

func (l *limit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		var one [1]byte
		if n, err := l.r.Read(one[:]); n == 0 {
			return 0, err
		}
		l.over = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// or is the refusal of a file that is too large, else err.
func (l *limit) or(err error) error {
	if l.over {
		return problem("bankfile.too_long", "", "الملف أكبر من %[1]d ميغابايت.", "The file is larger than %[1]d MB.", LargestFile>>20)
	}
	if kernel.ProblemsOf(err) != nil {
		return err
	}
	return problem("bankfile.broken", "", "تعذّرت قراءة الملف: %[1]s", "The file cannot be read: %[1]s", err.Error())
}
