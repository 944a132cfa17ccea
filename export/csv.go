package export

import (
	"encoding/csv"
	"io"
	"strings"
)

// CSV writes rows that a spreadsheet opens as text and numbers, never as formulas.
type CSV struct{ out *csv.Writer }

// NewCSV begins a file with its head. With mark it begins with a byte order mark, which Excel needs to
// read Arabic; other programs do not want it.
func NewCSV(to io.Writer, mark bool, head ...string) (*CSV, error) {
	if mark {
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return nil, err
		}
	}
	c := &CSV{csv.NewWriter(to)}
	c.out.UseCRLF = true
	if len(head) == 0 {
		return c, nil
	}
	return c, c.Write(head...)
}

// Write adds one row.
func (c *CSV) Write(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = Inert(cell)
	}
	return c.out.Write(safe)
}

// End writes what is left.
func (c *CSV) End() error {
	c.out.Flush()
	return c.out.Error()
}

// Inert keeps a spreadsheet from reading a cell as a formula: text that begins as one gets a quote
// before it, as people type it. Numbers stay numbers.
func Inert(cell string) string {
	if cell == "" || number(cell) {
		return cell
	}
	if strings.ContainsRune("=+-@\t\r\n|%", rune(cell[0])) || strings.HasPrefix(cell, "−") || strings.HasPrefix(cell, "＝") ||
		strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠") {
		return "'" + cell
	}
	return cell
}

// number tells whether a cell is a plain decimal number.
func number(cell string) bool {
	digits := strings.TrimPrefix(cell, "-")
	whole, fraction, found := strings.Cut(digits, ".")
	return onlyDigits(whole) && (!found || onlyDigits(fraction))
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
