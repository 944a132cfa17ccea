package export

import (
	"context"
	"fmt"
	"io"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Format is how a file is written.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSVs Format = "csv"
	PDF  Format = "pdf"
)

// MediaType is what the file is to a browser.
func (f Format) MediaType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case PDF:
		return "application/pdf"
	}
	return "text/csv"
}

// mostPrinted is how many rows are printed: some two hundred pages.
const mostPrinted = 5000

// List writes a whole list. mark puts a byte order mark before CSV. It returns how many rows there are.
func List(ctx context.Context, to io.Writer, f Format, ask Ask, h Head, mark bool, printer *Printer, progress func(rows int64)) (rows int64, err error) {
	columns := h.Sheet.Columns(h.Variables)
	count := func(write func([]Cell) error) func([]Cell) error {
		return func(cells []Cell) error {
			rows++
			return write(cells)
		}
	}
	switch f {
	case XLSX:
		var book *Excel
		_, err = Read(ctx, ask, h.Sheet, h.Variables, h.Language, func(position string, first []Cell) error {
			h.Position = position
			book, err = NewExcel(h, columns, first)
			return err
		}, count(func(cells []Cell) error { return book.Row(cells) }), progress)
		if err == nil {
			err = book.End(to)
		}
	case PDF:
		var shown table
		_, err = Read(ctx, ask, h.Sheet, h.Variables, h.Language, func(position string, first []Cell) error {
			h.Position = position
			shown = newTable(h, columns, first)
			return nil
		}, count(func(cells []Cell) error {
			if rows > mostPrinted {
				return tooLong()
			}
			shown.Rows = append(shown.Rows, shown.row(cells))
			return nil
		}), progress)
		if err == nil {
			err = printer.print(ctx, to, "list.html", shown, shown.foot())
		}
	case CSVs:
		err = writeCSV(ctx, to, ask, h, columns, mark, count, progress)
	default:
		err = fmt.Errorf("there is no format %q", f)
	}
	return rows, err
}

// writeCSV writes rows alone, without the head's lines: programs read it.
func writeCSV(ctx context.Context, to io.Writer, ask Ask, h Head, columns []sheet.Column, mark bool, count func(func([]Cell) error) func([]Cell) error, progress func(int64)) error {
	var out *CSV
	_, err := Read(ctx, ask, h.Sheet, h.Variables, h.Language, func(_ string, first []Cell) (err error) {
		heads := make([]string, len(columns))
		for i, c := range columns {
			currency := ""
			if i < len(first) {
				currency = first[i].Currency
			}
			heads[i] = h.column(c, currency)
		}
		out, err = NewCSV(to, mark, heads...)
		return err
	}, count(func(cells []Cell) error {
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.Text
		}
		return out.Write(texts...)
	}), progress)
	if err != nil {
		return err
	}
	return out.End()
}

func tooLong() error {
	return kernel.Problem{Code: "export.too_long", Path: "format", Message: kernel.Text{
		Ar: fmt.Sprintf("القائمة أطول من %d سطر ولا تُطبع كلها. تُضيَّق بالشروط أو تُحفظ Excel.", mostPrinted),
		En: fmt.Sprintf("The list is longer than %d rows and is not printed whole. Narrow it, or save it as Excel.", mostPrinted),
	}}
}
