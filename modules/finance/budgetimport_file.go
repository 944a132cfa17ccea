package finance

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"diwan/modules/kernel"
)

// tableFile reads a delimited file row by row, in constant memory. Encoding and delimiter are found
// from the file unless they are given: UTF-8 with or without a mark, UTF-16 with one, Windows-1256;
// comma, semicolon, tab or bar.
type tableFile struct {
	csv      *csv.Reader
	header   []string
	sample   []byte // the file's beginning, to find the style of its numbers
	arabic   bool   // Windows-1256 throughout
	guess    bool   // cells that are not UTF-8 are Windows-1256
	width    int
	nextLine int // line after the record before
	blanks   int // blank lines seen and not yet reported
}

// sampleSize is how much of the beginning is looked at.
const sampleSize = 128 << 10

// longestRow bounds one row of a file.
const longestRow = 1 << 20

func openTable(r io.Reader, encoding, delimiter string) (*tableFile, error) {
	t := &tableFile{}
	in := bufio.NewReaderSize(r, sampleSize)
	head, err := in.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("read the beginning of the file: %w", err)
	}
	var text io.Reader = in
	switch strings.ToLower(strings.ReplaceAll(encoding, "_", "-")) {
	case "", "auto":
		t.guess = true
		if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
			text = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in)
		}
	case "utf-8", "utf8", "ascii":
	case "utf-16", "utf16", "utf-16le":
		text = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(in)
	case "windows-1256", "cp1256", "1256":
		t.arabic = true
	default:
		return nil, fileProblem("import.encoding_unknown",
			"الترميز «"+encoding+"» غير معروف. المقروء: utf-8 وutf-16 وwindows-1256.",
			"Encoding “"+encoding+"” is not known. Read are utf-8, utf-16 and windows-1256.")
	}
	body := bufio.NewReaderSize(text, sampleSize)
	if mark, _ := body.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = body.Discard(3)
	}
	peeked, err := body.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("read the beginning of the file: %w", err)
	}
	t.sample = bytes.Clone(peeked)
	comma, err := findDelimiter(t.sample, delimiter)
	if err != nil {
		return nil, err
	}
	t.csv = csv.NewReader(body)
	t.csv.Comma, t.csv.FieldsPerRecord, t.csv.ReuseRecord = comma, -1, true
	header, _, err := t.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fileProblem("import.empty", "الملف فارغ.", "The file is empty.")
		}
		return nil, fileProblem("import.header_unreadable", "سطر العناوين غير مقروء.", "The header line is not readable.")
	}
	t.header = append([]string(nil), header...)
	t.width = len(t.header)
	return t, nil
}

// findDelimiter takes the sign that parts the first line most often, outside quotes.
func findDelimiter(sample []byte, stated string) (rune, error) {
	if stated != "" {
		if stated == `\t` || strings.EqualFold(stated, "tab") {
			stated = "\t"
		}
		r, size := utf8.DecodeRuneInString(stated)
		if size != len(stated) || r == '"' || r == '\r' || r == '\n' || r == utf8.RuneError {
			return 0, fileProblem("import.delimiter", "الفاصل بين الأعمدة حرف واحد.", "The delimiter is a single character.")
		}
		return r, nil
	}
	count := map[byte]int{}
	quoted := false
	for _, c := range bytes.TrimLeft(sample, "\r\n \t") {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
			count[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t', '|'} {
		if count[c] > count[best] {
			best = c
		}
	}
	return rune(best), nil
}

// errRow is a row that cannot be read as a row; the next one can.
var errRow = errors.New("the row cannot be read")

// next returns a row's cells, good until the next call, and its line number in the file.
func (t *tableFile) next() (cells []string, line int, err error) {
	cells, err = t.csv.Read()
	if err != nil {
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			t.nextLine = broken.Line + 1
			return nil, broken.StartLine, fmt.Errorf("%w: %w", errRow, broken.Err)
		}
		return nil, 0, err
	}
	line, _ = t.csv.FieldPos(0)
	if t.nextLine > 0 {
		t.blanks += max(0, line-t.nextLine)
	}
	t.nextLine = line + 1
	size := 0
	for i, c := range cells {
		t.nextLine += strings.Count(c, "\n")
		size += len(c)
		if t.arabic || t.guess && !utf8.ValidString(c) {
			if cells[i], err = charmap.Windows1256.NewDecoder().String(c); err != nil {
				return nil, line, fmt.Errorf("%w: %w", errRow, err)
			}
		}
	}
	if size > longestRow {
		return nil, line, fmt.Errorf("%w: longer than %d bytes", errRow, longestRow)
	}
	return cells, line, nil
}

// takeBlanks reports the blank lines passed over since it was last asked.
func (t *tableFile) takeBlanks() int {
	n := t.blanks
	t.blanks = 0
	return n
}

// fileProblem refuses the file as a whole.
func fileProblem(code, ar, en string) kernel.Problem {
	return kernel.Problem{Code: code, Path: "file", Message: kernel.Text{Ar: ar, En: en}}
}
