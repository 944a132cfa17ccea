package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Ask answers one document as the person who wants the file. Refusals come back as kernel.Problems.
type Ask func(ctx context.Context, document string, variables map[string]any) (data json.RawMessage, err error)

// pageRows is how many rows are asked for at a time.
const pageRows = 200

// Cell is one value of a row: its text, and the currency of an amount.
type Cell struct {
	Text     string
	Currency string
}

// part is one page of a list.
type part struct {
	rows     [][]Cell
	next     string
	more     bool
	position string
}

// Read asks for a list page after page and hands on every row. It tells the first page's position
// before the first row, and returns the last one's.
func Read(ctx context.Context, ask Ask, s sheet.Sheet, variables map[string]any, language string, begin func(position string, first []Cell) error, row func([]Cell) error, progress func(rows int64)) (last string, err error) {
	asked := map[string]any{}
	for name, value := range variables {
		asked[name] = value
	}
	columns := s.Columns(variables)
	sought := soughtIn(asked)
	asked["first"], asked["after"] = pageRows, nil
	for n, begun := int64(0), false; ; {
		p, err := read(ctx, ask, s, columns, asked, language)
		if err != nil {
			return "", err
		}
		if !begun {
			var first []Cell
			if len(p.rows) > 0 {
				first = p.rows[0]
			}
			if err := begin(p.position, first); err != nil {
				return "", err
			}
			begun = true
		}
		for _, cells := range p.rows {
			if !sought.in(cells) {
				continue
			}
			if err := row(cells); err != nil {
				return "", err
			}
		}
		n += int64(len(p.rows))
		if progress != nil {
			progress(n)
		}
		if !p.more {
			return p.position, nil
		}
		asked["after"] = p.next
	}
}

func read(ctx context.Context, ask Ask, s sheet.Sheet, columns []sheet.Column, variables map[string]any, language string) (part, error) {
	data, err := ask(ctx, s.Document, variables)
	if err != nil {
		return part{}, err
	}
	var answer any
	if err := json.Unmarshal(data, &answer); err != nil {
		return part{}, fmt.Errorf("read a page of %s: %w", s.Name, err)
	}
	connection, ok := at(answer, s.Rows).(map[string]any)
	if !ok {
		return part{}, errors.New("a page of " + s.Name + " has no rows: nothing is there, or it may not be seen")
	}
	var p part
	nodes, _ := connection["nodes"].([]any)
	info, _ := connection["pageInfo"].(map[string]any)
	p.more, _ = info["hasNextPage"].(bool)
	p.next, _ = info["endCursor"].(string)
	p.position = textOf(at(answer, s.Position))
	if s.Position == nil {
		p.position = ""
	}
	for _, node := range nodes {
		cells := make([]Cell, len(columns))
		for i, c := range columns {
			cells[i] = cellOf(c, at(node, c.Path), language)
		}
		p.rows = append(p.rows, cells)
	}
	return p, nil
}

// at follows a path into an answer; nil where it ends early.
func at(value any, path []string) any {
	for _, step := range path {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func cellOf(c sheet.Column, value any, language string) Cell {
	object, _ := value.(map[string]any)
	switch c.Kind {
	case sheet.Money:
		return Cell{textOf(object["amount"]), textOf(object["currency"])}
	case sheet.Named:
		return Cell{Text: kernel.Text{Ar: textOf(object["ar"]), En: textOf(object["en"])}.In(language)}
	}
	return Cell{Text: textOf(value)}
}

// textOf is a value as text; numbers of an answer are small whole ones.
func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return fmt.Sprint(value)
}
