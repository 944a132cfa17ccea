package finance

import (
	"fmt"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// batchSize is how many budget lines one command books.
const batchSize = 100

// outcome is what became of a line.
type outcome int

const (
	lineUnchanged outcome = iota
	lineAccepted
	lineRefused
)

// batch is one command of an import and the places of its streams.
type batch struct {
	number   int
	started  BudgetImportStarted
	by       Officer
	today    kernel.Date
	source   string // the import's key
	lines    []importLine
	file     *budgetFile
	currency string // stated by the map; empty = the year's own

	touches  touches
	document int
	rules    int
	years    map[int]int
	places   []int

	outcomes []outcome
	problems []error
}

// prepare touches what the batch's lines need: their years, the codes they use, themselves.
func (b *batch) prepare(stream eventstore.Stream) {
	b.document, b.rules = b.touches.add(stream), b.touches.add(RulesStream)
	b.years = map[int]int{}
	for _, l := range b.lines {
		b.years[l.year] = b.touches.add(YearStream(l.year))
		for _, s := range Segments {
			if code := l.codes.Of(s); code != "" {
				b.touches.add(SegmentStream(s, code))
			}
		}
		b.places = append(b.places, b.touches.add(LineStream(l.year, l.key)))
	}
}

// decide books the lines that can be and notes why the others cannot; a refused line does not hold
// up the rest. Lines of a batch that was booked before are left alone, unless they were refused then.
func (b *batch) decide(d *eventstore.Decision) error {
	b.outcomes, b.problems = make([]outcome, len(b.lines)), make([]error, len(b.lines))
	state := eventstore.StateOf[BudgetImport](d, b.document)
	again := state.Batches >= b.number
	if !state.Started {
		d.Record(b.document, b.started)
	}
	var refused []string
	changed := false
	for i, l := range b.lines {
		name := fmt.Sprintf("%d/%s", l.year, l.key)
		if again && state.Refused[name] != b.number {
			continue
		}
		var err error
		if b.outcomes[i], err = b.book(d, i); err != nil {
			b.problems[i], b.outcomes[i] = err, lineRefused
			refused = append(refused, name)
		}
		changed = changed || b.outcomes[i] != lineRefused
	}
	if !again || changed {
		d.Record(b.document, BudgetBatchImported{Batch: b.number, Lines: len(b.lines), Refused: refused})
	}
	return nil
}

// book books one line. Nothing is recorded when it is refused.
func (b *batch) book(d *eventstore.Decision, i int) (outcome, error) {
	l := b.lines[i]
	line := eventstore.StateOf[BudgetLine](d, b.places[i])
	if line.Exists() && line.Codes != l.codes {
		e := ambiguous(l.row, l.key)
		return lineRefused, kernel.Problem{Code: e.Code, Message: e.Message}
	}
	year := eventstore.StateOf[FiscalYear](d, b.years[l.year])
	opens := !year.Exists()
	currency, err := b.admit(d, l, year)
	if err != nil {
		return lineRefused, err
	}
	move, err := b.move(line, l)
	if err != nil {
		return lineRefused, err
	}
	if line.Exists() && move == nil {
		return lineUnchanged, nil
	}
	if opens {
		first, _ := kernel.NewDate(l.year, time.January, 1)
		opened, err := year.open(l.year, currency, first, b.by.Sign())
		if err != nil {
			return lineRefused, err
		}
		d.Record(b.years[l.year], opened)
	}
	if !line.Exists() {
		b.addValues(d, l)
		d.Record(b.places[i], BudgetLineOpened{
			Year: l.year, Key: l.key, Codes: l.codes, Currency: currency, Economic: b.economic(d, l),
		})
	}
	if move != nil {
		d.Record(b.places[i], move)
		if _, law := move.(AppropriationEnacted); law {
			closeProvisional(d, b.places[i], b.source)
		}
	}
	return lineAccepted, nil
}

// admit checks the line's year, codes and currency as they stand. A budget law opens its year.
func (b *batch) admit(d *eventstore.Decision, l importLine, year FiscalYear) (currency string, err error) {
	currency = year.Currency
	if !year.Exists() {
		if currency = b.currency; currency == "" {
			currency = standardCurrency
		}
		first, _ := kernel.NewDate(l.year, time.January, 1)
		last, _ := kernel.NewDate(l.year, time.December, 31)
		year = FiscalYear{From: first, To: last}
	} else if b.currency != "" && b.currency != currency {
		return "", refused("finance.currency_differs", "", "عملة الملف %s وعملة السنة المالية %s.", "The file is in %s, the fiscal year in %s.", b.currency, currency)
	}
	on := year.Day(kernel.Date{}, b.today)
	if year.Exists() {
		if _, err := year.Admit(on, b.by); err != nil {
			return "", err
		}
	}
	for _, s := range Segments {
		code := l.codes.Of(s)
		if code == "" {
			continue
		}
		value := eventstore.StateOf[SegmentValue](d, b.touches.index[SegmentStream(s, code)])
		if value.Exists() && !on.Within(value.From, value.To) {
			return "", value.Postable(s, code, on)
		}
	}
	return currency, eventstore.StateOf[Rules](d, b.rules).Check(l.codes, on)
}

// move is the appropriation a line's figure makes; nil when the line has it already.
func (b *batch) move(line BudgetLine, l importLine) (eventstore.Event, error) {
	if !line.Exists() {
		line.Key = l.key // about to be opened
	}
	switch {
	case b.started.Vintage == Original && (l.amount == 0 || line.Original == l.amount):
		return nil, nil
	case b.started.Vintage == Original:
		return asEvent(line.Enact(l.amount, b.source))
	case b.started.Additions && l.amount == 0:
		return nil, nil
	case b.started.Additions:
		return asEvent(line.Supplement(l.amount, b.source))
	}
	difference := l.amount - line.Original - line.Supplementary
	if difference == 0 {
		return nil, nil
	}
	return asEvent(line.Supplement(difference, b.source))
}

// asEvent makes a refused move no event at all.
func asEvent[E eventstore.Event](e E, err error) (eventstore.Event, error) {
	if err != nil {
		return nil, err
	}
	return e, nil
}

// addValues puts the codes into the chart that it does not know, with the names the file gives them.
func (b *batch) addValues(d *eventstore.Decision, l importLine) {
	for _, s := range Segments {
		code := l.codes.Of(s)
		if code == "" {
			continue
		}
		at := b.touches.index[SegmentStream(s, code)]
		value, said := eventstore.StateOf[SegmentValue](d, at), b.file.values[s][code]
		if !value.Exists() {
			e := SegmentValueAdded{Segment: s, Code: code, Name: said.name}
			if s == Item {
				e.Economic = l.economic
			}
			d.Record(at, e)
		}
		if said.cofog != "" && value.Cofog == "" {
			d.Record(at, CofogMapped{Cofog: said.cofog})
		}
	}
}

// economic is the natural account's economic type as the chart has it, else the file's.
func (b *batch) economic(d *eventstore.Decision, l importLine) EconomicType {
	if l.codes.Item != "" {
		if v := eventstore.StateOf[SegmentValue](d, b.touches.index[SegmentStream(Item, l.codes.Item)]); v.Economic != "" {
			return v.Economic
		}
	}
	return l.economic
}
