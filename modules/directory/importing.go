package directory

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// ImportResult is what an import did, row by row where it could not.
type ImportResult struct {
	Kind        string            `json:"kind"`
	Rows        int               `json:"rows"`
	Accepted    int               `json:"accepted"`
	Unchanged   int               `json:"unchanged"`
	Refused     int               `json:"refused"`
	Skipped     int               `json:"skipped"`
	Quarantined int               `json:"quarantined"`
	Errors      []ImportError     `json:"errors"`
	Totals      map[string]string `json:"totals"`
	Position    string            `json:"position"`
	DryRun      bool              `json:"dry_run"`
}

// ImportError is why a row was refused; Row is its line in the file.
type ImportError struct {
	Row     int         `json:"row"`
	Column  string      `json:"column"`
	Code    string      `json:"code"`
	Message kernel.Text `json:"message"`
}

func (r *ImportResult) refuse(row int, problems kernel.Problems) {
	r.Refused++
	for _, p := range problems {
		column := strings.ReplaceAll(p.Path, ".", "_")
		if name, is := strings.CutPrefix(column, "name_"); is && r.Kind == "terms" {
			column = "term_" + name
		}
		r.Errors = append(r.Errors, ImportError{Row: row, Column: column, Code: p.Code, Message: p.Message})
	}
}

// largestFile bounds a file that is read whole.
const largestFile = 64 << 20

// readFile reads a file whole, without the mark of its byte order.
func readFile(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the file: %w", err)
	case len(data) > largestFile:
		return nil, refusal("import.too_large", "", "الملف أكبر من 64 ميغابايت.", "The file is larger than 64 MB.")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, refusal("import.encoding", "", "الملف ليس بترميز UTF-8.", "The file is not in UTF-8.")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, refusal("import.empty", "", "الملف فارغ.", "The file is empty.")
	}
	return data, nil
}

// tableRow is a row of a CSV file by its column names.
type tableRow struct {
	line  int
	cells map[string]string
	blank bool
}

// readTable reads a CSV file with a header; comma, semicolon or tab is found from the header. known
// are the columns it may have.
func readTable(data []byte, known []string) ([]tableRow, error) {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	comma := ','
	for _, c := range []rune{';', '\t'} {
		if bytes.Count(header, []byte(string(c))) > bytes.Count(header, []byte(string(comma))) {
			comma = c
		}
	}
	in := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, true
	names, err := in.Read()
	if err != nil {
		return nil, refusal("import.header", "", "سطر العناوين غير مقروء.", "The header cannot be read.")
	}
	found := 0
	for i := range names {
		names[i] = strings.ToLower(strings.TrimSpace(names[i]))
		for _, k := range known {
			if names[i] == k {
				found++
			}
		}
	}
	if found == 0 {
		return nil, refusal("import.header", "", "لا يوجد في سطر العناوين عمود معروف: "+strings.Join(known, "، ")+".", "The header names no known column: "+strings.Join(known, ", ")+".")
	}
	var rows []tableRow
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return nil, refusal("import.csv", "", fmt.Sprintf("السطر %d غير مقروء.", line), fmt.Sprintf("Line %d cannot be read.", line))
		}
		row := tableRow{line: line, cells: map[string]string{}, blank: true}
		for i, cell := range record {
			if i < len(names) {
				row.cells[names[i]] = strings.TrimSpace(cell)
			}
			row.blank = row.blank && strings.TrimSpace(cell) == ""
		}
		rows = append(rows, row)
	}
}

// first is the first of several columns that a row fills.
func (r tableRow) first(columns ...string) string {
	for _, c := range columns {
		if r.cells[c] != "" {
			return r.cells[c]
		}
	}
	return ""
}
