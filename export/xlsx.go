package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"diwan/export/sheet"
)

// Excel writes a list as a workbook, row after row, in bounded memory.
type Excel struct {
	head    Head
	columns []sheet.Column
	file    *excelize.File
	rows    *excelize.StreamWriter
	row     int
	styles  map[sheet.Kind]int
	money   map[int]int // by decimals
}

const sheetName = "ديوان"

// NewExcel begins a workbook; first is the first row, from which currencies are known.
func NewExcel(h Head, columns []sheet.Column, first []Cell) (*Excel, error) {
	f := excelize.NewFile()
	e := &Excel{head: h, columns: columns, file: f, row: 1, styles: map[sheet.Kind]int{}, money: map[int]int{}}
	if err := e.begin(first); err != nil {
		return nil, fmt.Errorf("begin a workbook: %w", err)
	}
	return e, nil
}

func (e *Excel) begin(first []Cell) (err error) {
	if err := e.file.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	rtl := e.head.Language == "ar"
	if err := e.file.SetSheetView(sheetName, 0, &excelize.ViewOptions{RightToLeft: &rtl}); err != nil {
		return err
	}
	if e.rows, err = e.file.NewStreamWriter(sheetName); err != nil {
		return err
	}
	for i, c := range e.columns {
		if err := e.rows.SetColWidth(i+1, i+1, float64(widthOf(c))); err != nil {
			return err
		}
	}
	lines := e.head.Lines()
	panes := &excelize.Panes{Freeze: true, YSplit: len(lines) + 2, TopLeftCell: "A" + strconv.Itoa(len(lines)+3), ActivePane: "bottomLeft"}
	if err := e.rows.SetPanes(panes); err != nil {
		return err
	}
	title, err := e.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	if err != nil {
		return err
	}
	if err := e.line(title, e.head.Title()); err != nil {
		return err
	}
	for _, l := range lines {
		if err := e.line(0, l); err != nil {
			return err
		}
	}
	return e.heads(first)
}

// line writes one line of the head.
func (e *Excel) line(style int, text string) error {
	return e.next([]any{excelize.Cell{StyleID: style, Value: text}})
}

func (e *Excel) heads(first []Cell) error {
	style, err := e.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
		Border: []excelize.Border{{Type: "bottom", Style: 6, Color: "17201C"}}, // double, as on an official sheet
	})
	if err != nil {
		return err
	}
	cells := make([]any, len(e.columns))
	for i, c := range e.columns {
		currency := ""
		if i < len(first) {
			currency = first[i].Currency
		}
		cells[i] = excelize.Cell{StyleID: style, Value: e.head.column(c, currency)}
	}
	return e.next(cells)
}

// Row writes one row.
func (e *Excel) Row(cells []Cell) error {
	row := make([]any, len(cells))
	for i, c := range cells {
		switch e.columns[i].Kind {
		case sheet.Money:
			style, err := e.amount(c.Text)
			if err != nil {
				return err
			}
			row[i] = excelize.Cell{StyleID: style, Value: exact(c.Text)}
		case sheet.Number:
			row[i] = exact(c.Text)
		default:
			row[i] = c.Text // a text cell is never read as a formula
		}
	}
	return e.next(row)
}

// amount is the style of an amount: grouped, with all its decimals, the minus in red.
func (e *Excel) amount(decimal string) (int, error) {
	_, fraction, _ := strings.Cut(decimal, ".")
	n := len(fraction)
	if style, known := e.money[n]; known {
		return style, nil
	}
	format := "#,##0"
	if n > 0 {
		format += "." + strings.Repeat("0", n)
	}
	format += ";[Red]-" + format
	style, err := e.file.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Horizontal: "right"}})
	if err != nil {
		return 0, err
	}
	e.money[n] = style
	return style, nil
}

func (e *Excel) next(cells []any) error {
	err := e.rows.SetRow("A"+strconv.Itoa(e.row), cells)
	e.row++
	return err
}

// End writes the workbook.
func (e *Excel) End(to io.Writer) error {
	if err := e.rows.Flush(); err != nil {
		return fmt.Errorf("end a workbook: %w", err)
	}
	if err := e.file.Write(to); err != nil {
		return fmt.Errorf("end a workbook: %w", err)
	}
	return e.file.Close()
}

// exact gives a number cell when a spreadsheet, which holds fifteen digits of any number, holds all
// digits of this one, and text otherwise: no digit is ever lost.
func exact(decimal string) any {
	if !number(decimal) {
		return decimal
	}
	held, err := strconv.ParseFloat(decimal, 64)
	plain := decimal
	if strings.Contains(plain, ".") {
		plain = strings.TrimRight(strings.TrimRight(plain, "0"), ".")
	}
	if err != nil || strconv.FormatFloat(held, 'f', -1, 64) != plain || len(strings.Trim(strings.ReplaceAll(plain, ".", ""), "-0")) > 15 {
		return decimal
	}
	return held
}

func widthOf(c sheet.Column) int {
	switch {
	case c.Width > 0:
		return c.Width
	case c.Kind == sheet.Money:
		return 18
	case c.Kind == sheet.Named:
		return 36
	}
	return 16
}
