package finance

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"diwan/modules/kernel"
)

// findStyle reads the decimal and grouping signs off the amounts in the file's beginning. A number
// that holds both signs settles it; else a comma that does not part thousands is decimal. What the
// file does not settle is read as 1,234.500.
func findStyle(t *tableFile, c *columns) (decimal, thousands rune) {
	r := csv.NewReader(bytes.NewReader(t.sample))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = t.csv.Comma, -1, true
	if _, err := r.Read(); err != nil {
		return '.', ','
	}
	for {
		cells, err := r.Read()
		if err != nil {
			return '.', ','
		}
		for _, a := range c.amounts {
			if d, g, settled := styleOf(at0(cells, a.index)); settled {
				return d, g
			}
		}
	}
}

// styleOf is what one number says of its signs.
func styleOf(text string) (decimal, thousands rune, settled bool) {
	if !utf8.ValidString(text) {
		text, _ = charmap.Windows1256.NewDecoder().String(text)
	}
	text = strings.TrimSpace(kernel.WesternDigits(text))
	if strings.Trim(text, "0123456789.,-−") != "" {
		return 0, 0, false
	}
	comma, point := strings.LastIndexByte(text, ','), strings.LastIndexByte(text, '.')
	switch {
	case comma >= 0 && point >= 0 && comma > point:
		return ',', '.', true
	case comma >= 0 && point >= 0:
		return '.', ',', true
	case comma >= 0 && strings.Count(text, ",") == 1 && len(text)-comma-1 != 3:
		return ',', '.', true
	case point >= 0 && strings.Count(text, ".") > 1:
		return ',', '.', true
	}
	return 0, 0, false
}
