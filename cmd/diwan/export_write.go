package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// rowWriter writes the rows of a data set in one format.
type rowWriter interface {
	write(values []any) error
	end() error
}

func newRowWriter(format string, d dataset, out io.Writer) (rowWriter, error) {
	switch format {
	case "csv":
		w := csv.NewWriter(out)
		var head []string
		for _, f := range d.fields {
			head = append(head, f.name)
		}
		return &csvRows{d, w}, w.Write(head)
	case "json":
		return &jsonRows{set: d, out: bufio.NewWriter(out)}, nil
	case "parquet":
		return newParquetRows(d, out), nil
	}
	return nil, wrongUsage("--format is %q, but must be csv, parquet or json", format)
}

type csvRows struct {
	set dataset
	out *csv.Writer
}

func (w *csvRows) write(values []any) error {
	cells := make([]string, len(values))
	for i, f := range w.set.fields {
		switch {
		case f.kind == money:
			cells[i] = w.set.decimal(values, i)
		case values[i] == nil:
		default:
			cells[i] = fmt.Sprint(values[i])
		}
	}
	return w.out.Write(cells)
}

func (w *csvRows) end() error {
	w.out.Flush()
	return w.out.Error()
}

// jsonRows writes one array, a row a line.
type jsonRows struct {
	set  dataset
	out  *bufio.Writer
	some bool
}

func (w *jsonRows) write(values []any) error {
	row := make([]byte, 0, 256)
	row = append(row, ",\n"...)
	if !w.some {
		row = append(row[:0], "[\n"...)
		w.some = true
	}
	for i, f := range w.set.fields {
		value := values[i]
		if f.kind == money {
			value = w.set.decimal(values, i)
		}
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		row = append(row, "{,"[min(i, 1)])
		row = append(row, strconv.Quote(f.name)+":"...)
		row = append(row, text...)
	}
	_, err := w.out.Write(append(row, '}'))
	return err
}

func (w *jsonRows) end() error {
	closing := "\n]\n"
	if !w.some {
		closing = "[]\n"
	}
	if _, err := w.out.WriteString(closing); err != nil {
		return err
	}
	return w.out.Flush()
}

// parquetScale is the decimals of money columns: enough for every currency Diwan knows.
const parquetScale = 3

// rowGroup bounds how many rows are held in memory.
const rowGroup = 20_000

type parquetRows struct {
	set    dataset
	out    *parquet.Writer
	column []int // of each field: the schema orders by name
	rows   int
}

func newParquetRows(d dataset, out io.Writer) *parquetRows {
	group := parquet.Group{}
	var names []string
	for _, f := range d.fields {
		switch f.kind {
		case text:
			group[f.name] = parquet.String()
		case number:
			group[f.name] = parquet.Int(64)
		case money:
			group[f.name] = parquet.Decimal(parquetScale, 18, parquet.Int64Type)
		}
		names = append(names, f.name)
	}
	slices.Sort(names)
	w := &parquetRows{set: d, out: parquet.NewWriter(out, parquet.NewSchema(strings.ReplaceAll(d.name, "-", "_"), group))}
	for _, f := range d.fields {
		w.column = append(w.column, slices.Index(names, f.name))
	}
	return w
}

func (w *parquetRows) write(values []any) error {
	row := make(parquet.Row, len(values))
	for i, f := range w.set.fields {
		var v parquet.Value
		switch f.kind {
		case text:
			s, _ := values[i].(string)
			v = parquet.ByteArrayValue([]byte(s))
		case number:
			n, _ := values[i].(int64)
			v = parquet.Int64Value(n)
		case money:
			n, err := scaled(w.set.decimal(values, i))
			if err != nil {
				return err
			}
			v = parquet.Int64Value(n)
		}
		row[w.column[i]] = v.Level(0, 0, w.column[i])
	}
	if _, err := w.out.WriteRows([]parquet.Row{row}); err != nil {
		return err
	}
	if w.rows++; w.rows%rowGroup == 0 {
		return w.out.Flush()
	}
	return nil
}

func (w *parquetRows) end() error { return w.out.Close() }

// scaled turns exact decimals into thousandths, whatever the currency's own are.
func scaled(decimal string) (int64, error) {
	whole, fraction, _ := strings.Cut(decimal, ".")
	return strconv.ParseInt(whole+fraction+strings.Repeat("0", parquetScale-len(fraction)), 10, 64)
}
