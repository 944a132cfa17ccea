package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// places tells where the documents of a batch of the timeline belong.
type places struct {
	b       *projections.Batch
	known   map[eventstore.Stream]string
	changed map[eventstore.Stream]bool // to be written
	moved   map[eventstore.Stream]bool // what happened before has to move along
}

func newPlaces(b *projections.Batch) *places {
	return &places{b, map[eventstore.Stream]string{}, map[eventstore.Stream]bool{}, map[eventstore.Stream]bool{}}
}

// gistOf reads as much of an event as a timeline needs. Some events say "lines" for a count.
func gistOf(e *eventstore.Recorded) (gist, error) {
	var g gist
	if e.Stream.Category == "finance.import" {
		return g, nil
	}
	if err := json.Unmarshal(e.Data, &g); err != nil {
		return g, fmt.Errorf("read %s at %d: %w", e.Type, e.Position, err)
	}
	return g, nil
}

// belongs tells whether streams of a category belong to a unit; others are everybody's.
func belongs(category string) bool {
	switch category {
	case "finance.budget", "finance.order", "finance.virement", "finance.reservation", "finance.commitment", "finance.invoice",
		"finance.voucher", "finance.journal", "finance.import", "finance.invoice_number",
		"finance.treasury_account", "finance.batch", "finance.statement",
		"finance.cashier_book", "finance.receipt", "finance.advance", "finance.trust", "finance.budget_request":
		return true
	}
	return false
}

// load reads the places of the batch's streams and of the lines they name.
func (p *places) load(ctx context.Context) error {
	asked := map[eventstore.Stream]bool{}
	var categories, keys []string
	ask := func(s eventstore.Stream) {
		if !asked[s] {
			asked[s] = true
			categories, keys = append(categories, s.Category), append(keys, s.Key)
		}
	}
	for i := range p.b.Events {
		e := &p.b.Events[i]
		if !belongs(e.Stream.Category) {
			continue
		}
		g, err := gistOf(e)
		if err != nil {
			return err
		}
		ask(e.Stream)
		if g.Book != "" {
			ask(eventstore.Stream{Category: "finance.cashier_book", Key: g.Book})
		}
		year, lines := g.lines()
		for _, l := range lines {
			if l.Codes == (Codes{}) {
				ask(LineStream(year, l.Key))
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	rows, err := p.b.Tx.Query(ctx, `
		select u.category, u.key, u.unit from `+p.b.Table("finance_event_unit")+` u
		  join unnest($1::text[], $2::text[]) as a(category, key) using (category, key)`, categories, keys)
	if err != nil {
		return fmt.Errorf("read where documents belong: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s eventstore.Stream
		var unit string
		if err := rows.Scan(&s.Category, &s.Key, &unit); err != nil {
			return fmt.Errorf("read where documents belong: %w", err)
		}
		p.known[s] = unit
	}
	return rows.Err()
}

func (g *gist) lines() (year int, lines []gistLine) {
	if len(g.Content.Lines) > 0 {
		return g.Content.Year, g.Content.Lines
	}
	return g.Year, g.Lines
}

// of is the unit of an event's stream after the event.
func (p *places) of(e *eventstore.Recorded, g *gist) string {
	if !belongs(e.Stream.Category) {
		return ""
	}
	before, known := p.known[e.Stream]
	unit := before
	year, lines := g.lines()
	switch begins := e.Stream.Category == "finance.budget"; {
	case e.Stream.Category == "finance.budget_request": // its key names the chapter
		unit = kernel.BudgetUnit(strings.Split(e.Stream.Key+"/", "/")[1], "")
	case g.Codes != (Codes{}): // a budget line, a book, an advance, a trust
		unit = g.Codes.unit()
	case g.Book != "": // a receipt belongs where its book does
		unit = p.known[eventstore.Stream{Category: "finance.cashier_book", Key: g.Book}]
	case begins || len(lines) == 0 || year == 0 && lines[0].Codes == (Codes{}):
		// what follows a document's first event says nothing about where it belongs
	default:
		units := make([]string, len(lines))
		for i, l := range lines {
			units[i] = p.line(year, l)
		}
		unit = unitAbove(units)
	}
	if unit == "" {
		unit = kernel.WholeGovernment
	}
	if !known || unit != before {
		p.known[e.Stream], p.changed[e.Stream] = unit, true
		p.moved[e.Stream] = p.moved[e.Stream] || known
	}
	return unit
}

func (p *places) line(year int, l gistLine) string {
	if l.Codes != (Codes{}) {
		return l.Codes.unit()
	}
	if unit, known := p.known[eventstore.Stream{Category: "finance.budget", Key: strconv.Itoa(year) + "/" + l.Key}]; known {
		return unit
	}
	return kernel.WholeGovernment
}

// save writes what is new, and moves what happened before along with its document.
func (p *places) save(ctx context.Context) error {
	var categories, keys, units []string
	for s := range p.changed {
		categories, keys, units = append(categories, s.Category), append(keys, s.Key), append(units, p.known[s])
	}
	if len(keys) == 0 {
		return nil
	}
	_, err := p.b.Tx.Exec(ctx, `
		insert into `+p.b.Table("finance_event_unit")+` select * from unnest($1::text[], $2::text[], $3::text[])
		on conflict (category, key) do update set unit = excluded.unit`, categories, keys, units)
	if err != nil {
		return fmt.Errorf("write where documents belong: %w", err)
	}
	for s := range p.moved {
		if !p.moved[s] {
			continue
		}
		if _, err := p.b.Tx.Exec(ctx, `update `+p.b.Table("finance_event")+` set unit = $3 where category = $1 and key = $2 and unit <> $3`,
			s.Category, s.Key, p.known[s]); err != nil {
			return fmt.Errorf("move what happened to %s: %w", s, err)
		}
	}
	return nil
}
