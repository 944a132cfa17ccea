package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// EntryLine is one line of a manual entry as it is typed: one of Debit and Credit is empty.
type EntryLine struct {
	Codes         Codes
	Debit, Credit string
	Payee         string
}

// DraftJournal writes a manual entry, or writes a draft anew.
type DraftJournal struct {
	Command   uuid.UUID
	ID        string // of the draft to write anew; empty = a new one, under the command's id
	On        string // empty = today
	Lines     []EntryLine
	Narration string
	Submit    bool // submit in the same step
	Adjusts   bool // for the adjustment period, on the year's last day
	Seen      int64
}

// DraftJournal keeps a manual entry without effect. It already has to balance and to name open
// accounts, so that whoever posts it does not find out.
func (m *Module) DraftJournal(ctx context.Context, by Officer, in DraftJournal) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDraftJournal) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.optionalCode("id", fieldName("id"), in.ID)
	if id == "" {
		id = in.Command.String()
	}
	narration, on := f.narration("narration", in.Narration), f.optionalDate("on", fieldName("on"), in.On)
	if on.IsZero() {
		on = m.today()
	}
	f.lines(len(in.Lines), 2)
	var lines []LedgerLine
	for i, l := range in.Lines[:min(len(in.Lines), mostLines)] {
		lines = append(lines, f.entryLine(i, l))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	journal, year := t.expect(journalStream(id), seen(in.Seen)), t.add(YearStream(on.Year()))
	touchLines(&t, lines)
	return m.execute(ctx, by, in.Command, "DraftJournal", in, &t, func(d *eventstore.Decision) error {
		j := eventstore.StateOf[JournalEntry](d, journal)
		if err := j.mayDraft(in.ID != "", by); err != nil {
			return err
		}
		y := eventstore.StateOf[FiscalYear](d, year)
		if _, err := y.AdmitEntry(on, in.Adjusts, by); err != nil {
			return at("on", err)
		}
		e := JournalDrafted{On: on, Currency: y.Currency, Narration: narration, By: by.Sign()}
		var err error
		if e.Lines, err = readEntry(lines, in.Lines, y.Currency); err != nil {
			return err
		}
		if err := checkEntry(d, &t, year, on, in.Adjusts, y.Currency, e.Lines, by); err != nil {
			return err
		}
		d.Record(journal, e)
		if in.Adjusts {
			d.Record(journal, JournalForAdjustment{By: by.Sign()})
		}
		if in.Submit {
			d.Record(journal, JournalSubmitted{On: on, By: by.Sign()})
		}
		return nil
	})
}

// entryLine reads all of a typed line but its amount, which needs the year's currency.
func (f *form) entryLine(i int, l EntryLine) LedgerLine {
	if (l.Debit == "") == (l.Credit == "") {
		f.add(linePath(i, "debit"), refused("finance.entry_line_sides", "",
			"السطر %d: مبلغ واحد، إما مدين وإما دائن.", "Line %d: one amount, either debit or credit.", i+1))
	}
	line := LedgerLine{
		Line: i + 1, Codes: f.codes(linePath(i, "codes"), l.Codes),
		Payee: f.optionalCode(linePath(i, "payee"), fieldName("payee"), l.Payee),
	}
	for _, s := range []Segment{Fund, Item} {
		if l.Codes.Of(s) == "" {
			f.missing(linePath(i, "codes."+string(s)), StandardRules().Segments[s].Name)
		}
	}
	return line
}

// readEntry reads the amounts of an entry and refuses one that does not balance.
func readEntry(lines []LedgerLine, typed []EntryLine, currency string) ([]LedgerLine, error) {
	var f form
	entry := make([]LedgerLine, len(lines))
	for i, l := range lines {
		if typed[i].Debit != "" {
			l.Debit = f.payment(linePath(i, "debit"), typed[i].Debit, currency)
		} else {
			l.Credit = f.payment(linePath(i, "credit"), typed[i].Credit, currency)
		}
		entry[i] = l
	}
	if err := f.result(); err != nil {
		return nil, err
	}
	return entry, balanced(entry, currency)
}

// ActOnJournal names an entry for one of the steps below.
type ActOnJournal struct {
	Command uuid.UUID
	ID      string
	Reason  string // of a return or reversal
	On      string // empty = today, of a posting the draft's own day
	Seen    int64
}

// SubmitJournal hands the draft to whoever posts.
func (m *Module) SubmitJournal(ctx context.Context, by Officer, in ActOnJournal) (eventstore.Receipt, error) {
	return m.actOnJournal(ctx, by, in, "SubmitJournal", MayDraftJournal, func(j JournalEntry) (eventstore.Event, error) {
		if err := j.mustBe(JournalIsDraft); err != nil {
			return nil, err
		}
		return JournalSubmitted{On: m.dayAfter(in.On, j.Last), By: by.Sign()}, nil
	})
}

// ReturnJournal sends a submitted entry back to be written anew.
func (m *Module) ReturnJournal(ctx context.Context, by Officer, in ActOnJournal) (eventstore.Receipt, error) {
	return m.actOnJournal(ctx, by, in, "ReturnJournal", MayPostJournal, func(j JournalEntry) (eventstore.Event, error) {
		if err := j.mayPost(by); err != nil {
			return nil, err
		}
		return JournalReturned{Reason: in.Reason, On: m.dayAfter(in.On, j.Last), By: by.Sign()}, nil
	})
}

// dayAfter is the day stated, else today but not before the step it follows.
func (m *Module) dayAfter(stated string, last kernel.Date) kernel.Date {
	on, err := kernel.ParseDate(stated)
	if err != nil {
		on = m.today()
	}
	if on.Before(last) {
		return last
	}
	return on
}

func (m *Module) actOnJournal(ctx context.Context, by Officer, in ActOnJournal, act string, p Permission, decide func(JournalEntry) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	f.optionalDate("on", fieldName("on"), in.On)
	if act == "ReturnJournal" {
		f.text("reason", fieldName("reason"), in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	journal := t.expect(journalStream(id), seen(in.Seen))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		e, err := decide(eventstore.StateOf[JournalEntry](d, journal))
		if err != nil {
			return err
		}
		d.Record(journal, e)
		return nil
	})
}

// PostJournal posts a submitted entry under the next number, by another person, on the draft's day.
func (m *Module) PostJournal(ctx context.Context, by Officer, in ActOnJournal) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPostJournal) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return untilStill(func() (eventstore.Receipt, error) {
		draft, err := prior[JournalEntry](ctx, m, by, "PostJournal", journalCategory(), journalStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		var t touches
		journal := t.expect(journalStream(id), seen(in.Seen))
		year := draft.Draft.On.Year()
		p := posting{
			journal: id, fiscal: year, into: journal,
			year: t.add(YearStream(year)), series: t.add(seriesStream(journalSeries, year)),
		}
		touchLines(&t, draft.Draft.Lines)
		return m.execute(ctx, by, in.Command, "PostJournal", in, &t, func(d *eventstore.Decision) error {
			j := eventstore.StateOf[JournalEntry](d, journal)
			if err := j.mayPost(by); err != nil {
				return err
			}
			if !t.has(j.Draft.On.Year(), j.Draft.Lines) {
				return errMoved
			}
			if err := checkEntry(d, &t, p.year, j.Draft.On, j.Adjusts, j.Draft.Currency, j.Draft.Lines, by); err != nil {
				return err
			}
			p := p
			p.adjustment = j.Adjusts
			_, err := p.post(d, by, j.Draft.On, j.Draft.Currency, JournalSource{Kind: ManualEntry, ID: id}, "", j.Draft.Lines, j.Draft.Narration)
			return err
		})
	})
}

// ReverseJournal posts the mirror of a posted manual entry in an open period and links the two.
func (m *Module) ReverseJournal(ctx context.Context, by Officer, in ActOnJournal) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReverseJournal) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	reason := f.text("reason", fieldName("reason"), in.Reason)
	on := m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	journal := t.expect(journalStream(id), seen(in.Seen))
	p := touchPosting(&t, in.Command, on.Year())
	return m.execute(ctx, by, in.Command, "ReverseJournal", in, &t, func(d *eventstore.Decision) error {
		j := eventstore.StateOf[JournalEntry](d, journal)
		if err := j.mayReverse(by, on); err != nil {
			return err
		}
		source := JournalSource{Kind: MirrorEntry, ID: id}
		if _, err := p.post(d, by, on, j.Posted.Currency, source, id, mirrored(j.Posted.Lines), reason); err != nil {
			return err
		}
		d.Record(journal, JournalReversed{Mirror: p.journal, Reason: reason, On: on, By: by.Sign()})
		return nil
	})
}

// touchLines adds the chart's streams of every line.
func touchLines(t *touches, lines []LedgerLine) {
	for _, l := range lines {
		touchCombination(t, l.Codes)
	}
}

// has tells whether the streams of an entry are all among the touches.
func (t *touches) has(year int, lines []LedgerLine) bool {
	var need touches
	need.add(YearStream(year))
	touchLines(&need, lines)
	for stream := range need.index {
		if _, there := t.index[stream]; !there {
			return false
		}
	}
	return true
}

// checkEntry refuses an entry outside open periods, in another currency than its year's, or on
// combinations that may not be posted to.
func checkEntry(d *eventstore.Decision, t *touches, year int, on kernel.Date, adjusts bool, currency string, lines []LedgerLine, by Officer) error {
	y := eventstore.StateOf[FiscalYear](d, year)
	if _, err := y.AdmitEntry(on, adjusts, by); err != nil {
		return at("on", err)
	}
	if currency != y.Currency {
		return refused("finance.currency_differs", "currency",
			"عملة المستند %s وعملة السنة المالية %s.", "The document is in %s, the fiscal year in %s.", currency, y.Currency)
	}
	for i, l := range lines {
		if err := checkCombination(d, t, l.Codes, on); err != nil {
			return at(linePath(i, "codes"), err)
		}
	}
	return nil
}
