package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RecordCommitment asks to bind money of a year, on one budget line or several, all or nothing. The
// commitment's id is the command's.
type RecordCommitment struct {
	Command     uuid.UUID
	Year        int
	On          string // empty = today, or the nearest day of the year
	Subject     string
	Payee       string
	Reference   string // the contract's or order's own number
	Reservation string // the reservation it comes from; what the commitment does not need returns
	Lines       []LineInput
}

// RecordCommitment checks every line against its ceiling and binds the money under the next number.
func (m *Module) RecordCommitment(ctx context.Context, by Officer, in RecordCommitment) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRecordCommitment) {
		return eventstore.Receipt{}, f.result()
	}
	year, keys := f.year("year", in.Year), f.keys(in.Lines)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	subject := f.text("subject", fieldName("subject"), in.Subject)
	payee := f.optionalCode("payee", fieldName("payee"), in.Payee)
	reference := f.optionalCode("reference", fieldName("reference"), in.Reference)
	source := f.optionalCode("reservation", fieldName("id"), in.Reservation)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today, id := m.today(), in.Command.String()
	return untilStill(func() (eventstore.Receipt, error) {
		var t touches
		document, at := t.add(CommitmentStream(id)), t.addSetting(year)
		series := t.add(seriesStream(commitmentSeries, year))
		places := t.addLines(year, keys)
		from := -1
		if source != "" {
			held, err := prior[Reservation](ctx, m, by, "RecordCommitment", reservationCategory(), ReservationStream(source))
			if err != nil {
				return eventstore.Receipt{}, err
			}
			from = t.add(ReservationStream(source))
			t.addLines(year, lineKeys(held.Lines))
		}
		return m.execute(ctx, by, in.Command, "RecordCommitment", in, &t, func(d *eventstore.Decision) error {
			var f form
			s := at.of(d, stated, today)
			f.admit(s, by)
			lines := f.read(in.Lines, keys, places, s.year.Currency, false)
			if err := f.result(); err != nil {
				return err
			}
			e := CommitmentOpened{
				ID: id, Year: year, Currency: s.year.Currency, Subject: subject, Payee: payee, Reference: reference,
				Reservation: source, On: s.on, Lines: lineAmounts(lines), By: by.Sign(),
			}
			e.Number = takeNumber(d, series, year, id)
			d.Record(document, e)
			if from >= 0 {
				if err := convertReservation(d, &t, from, year, id, s.on, by); err != nil {
					return err
				}
			}
			commitLines(d, &f, s, lines, id)
			return f.result()
		})
	})
}

// commitLines binds money on each line, or gathers every line's refusal.
func commitLines(d *eventstore.Decision, f *form, s setting, lines []touchedLine, commitment string) {
	for _, l := range lines {
		line := eventstore.StateOf[BudgetLine](d, l.touch)
		err := s.admitNew(line)
		var e CommitmentRecorded
		if err == nil {
			e, err = line.Commit(l.Amount, commitment, s.rules.Ceiling(line.Economic, s.on))
		}
		if err == nil {
			err = s.rules.Check(line.Codes, s.on)
		}
		if err != nil {
			f.add(l.path, err)
			continue
		}
		d.Record(l.touch, e)
	}
}

// AmendCommitment asks to raise lines of a commitment, or lower them with negative amounts.
type AmendCommitment struct {
	Command uuid.UUID
	ID      string
	Seen    int64 // version the screen was opened on; 0 = not looked at
	On      string
	Reason  string
	Lines   []LineInput
}

// AmendCommitment holds raises against the budget and gives reductions free.
func (m *Module) AmendCommitment(ctx context.Context, by Officer, in AmendCommitment) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRecordCommitment) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	keys := f.keys(in.Lines)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	reason := f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	before, err := prior[Commitment](ctx, m, by, "AmendCommitment", commitmentCategory(), CommitmentStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if !before.Exists() {
		return eventstore.Receipt{}, documentUnknown()
	}
	today := m.today()
	var t touches
	document, at := t.expect(CommitmentStream(id), seen(in.Seen)), t.addSetting(before.Year)
	places := t.addLines(before.Year, keys)
	return m.execute(ctx, by, in.Command, "AmendCommitment", in, &t, func(d *eventstore.Decision) error {
		var f form
		s, c := at.of(d, stated, today), eventstore.StateOf[Commitment](d, document)
		f.admit(s, by)
		lines := f.read(in.Lines, keys, places, s.year.Currency, true)
		if err := f.result(); err != nil {
			return err
		}
		if err := c.amend(lines); err != nil {
			return err
		}
		d.Record(document, CommitmentAmended{Reason: reason, On: s.on, Lines: lineAmounts(lines), By: by.Sign()})
		var raises []touchedLine
		for _, l := range lines {
			if l.Amount > 0 {
				raises = append(raises, l)
				continue
			}
			if l.Amount < 0 {
				e, err := eventstore.StateOf[BudgetLine](d, l.touch).Reduce(-l.Amount, id)
				if err != nil {
					f.add(l.path, err)
					continue
				}
				d.Record(l.touch, e)
			}
		}
		commitLines(d, &f, s, raises, id)
		return f.result()
	})
}

// ReleaseCommitment asks to give free what a commitment has outstanding.
type ReleaseCommitment struct {
	Command uuid.UUID
	ID      string
	Seen    int64
	On      string
	Reason  string
}

// ReleaseCommitment gives all that no claim has taken back to the lines.
func (m *Module) ReleaseCommitment(ctx context.Context, by Officer, in ReleaseCommitment) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRecordCommitment) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	reason := f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	return untilStill(func() (eventstore.Receipt, error) {
		before, err := prior[Commitment](ctx, m, by, "ReleaseCommitment", commitmentCategory(), CommitmentStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !before.Exists() {
			return eventstore.Receipt{}, documentUnknown()
		}
		var t touches
		document, at := t.expect(CommitmentStream(id), seen(in.Seen)), t.addSetting(before.Year)
		for _, l := range before.Lines {
			t.add(LineStream(before.Year, l.Key))
		}
		return m.execute(ctx, by, in.Command, "ReleaseCommitment", in, &t, func(d *eventstore.Decision) error {
			var f form
			s, c := at.of(d, stated, today), eventstore.StateOf[Commitment](d, document)
			f.admit(s, by)
			lines := c.outstanding()
			if len(lines) == 0 {
				f.add("", documentDone(kernel.Text{Ar: "مستنفد", En: "used up"}))
			}
			if err := f.result(); err != nil {
				return err
			}
			d.Record(document, CommitmentReleased{Reason: reason, On: s.on, Lines: lines, By: by.Sign()})
			return eachLine(d, &t, c.Year, lines, func(l BudgetLine, amount int64) (eventstore.Event, error) {
				return l.Reduce(amount, id)
			})
		})
	})
}
