package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ReserveFunds asks to hold money until a day. The reservation's id is the command's.
type ReserveFunds struct {
	Command uuid.UUID
	Year    int
	On      string
	Expires string // last day it holds
	Subject string
	Lines   []LineInput
}

// ReserveFunds holds the money under the next number.
func (m *Module) ReserveFunds(ctx context.Context, by Officer, in ReserveFunds) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReserveFunds) {
		return eventstore.Receipt{}, f.result()
	}
	year, keys := f.year("year", in.Year), f.keys(in.Lines)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	expires := f.date("expires", fieldName("expires"), in.Expires)
	subject := f.text("subject", fieldName("subject"), in.Subject)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today, id := m.today(), in.Command.String()
	var t touches
	document, at := t.add(ReservationStream(id)), t.addSetting(year)
	series := t.add(seriesStream(reservationSeries, year))
	places := t.addLines(year, keys)
	return m.execute(ctx, by, in.Command, "ReserveFunds", in, &t, func(d *eventstore.Decision) error {
		var f form
		s := at.of(d, stated, today)
		f.admit(s, by)
		lines := f.read(in.Lines, keys, places, s.year.Currency, false)
		if expires.Before(s.on) {
			f.refuse("expires", "finance.expiry_before_date", kernel.Text{
				Ar: "تاريخ الانتهاء " + expires.String() + " قبل تاريخ الحجز " + s.on.String() + ".",
				En: "The expiry date " + expires.String() + " is before the reservation's date " + s.on.String() + ".",
			})
		}
		if err := f.result(); err != nil {
			return err
		}
		number := takeNumber(d, series, year, id)
		d.Record(document, ReservationOpened{
			ID: id, Number: number, Year: year, Currency: s.year.Currency, Subject: subject,
			On: s.on, Expires: expires, Lines: lineAmounts(lines), By: by.Sign(),
		})
		for _, l := range lines {
			line := eventstore.StateOf[BudgetLine](d, l.touch)
			err := s.admitNew(line)
			var e FundsReserved
			if err == nil {
				e, err = line.Reserve(l.Amount, id, s.rules.Ceiling(line.Economic, s.on))
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
		return f.result()
	})
}

// EndReservation names a reservation to be freed.
type EndReservation struct {
	Command uuid.UUID
	ID      string
	Seen    int64
	Reason  string
}

// ReleaseReservation frees a reservation before its day.
func (m *Module) ReleaseReservation(ctx context.Context, by Officer, in EndReservation) (eventstore.Receipt, error) {
	return m.endReservation(ctx, by, in, false)
}

// ExpireReservation frees a reservation after its last day; before it, it is refused.
func (m *Module) ExpireReservation(ctx context.Context, by Officer, in EndReservation) (eventstore.Receipt, error) {
	return m.endReservation(ctx, by, in, true)
}

func (m *Module) endReservation(ctx context.Context, by Officer, in EndReservation, expired bool) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReserveFunds) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	act, reason := "ExpireReservation", ""
	if !expired {
		act, reason = "ReleaseReservation", f.text("reason", fieldName("reason"), in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	before, err := prior[Reservation](ctx, m, by, act, reservationCategory(), ReservationStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if before.State == "" {
		return eventstore.Receipt{}, documentUnknown()
	}
	today := m.today()
	var t touches
	document := t.expect(ReservationStream(id), seen(in.Seen))
	t.addLines(before.Year, lineKeys(before.Lines))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		r := eventstore.StateOf[Reservation](d, document)
		e, err := r.end(expired, reason, today, by.Sign())
		if err != nil {
			return err
		}
		d.Record(document, e)
		return eachLine(d, &t, r.Year, r.Lines, func(l BudgetLine, amount int64) (eventstore.Event, error) {
			return l.ReleaseReservation(amount, id)
		})
	})
}
