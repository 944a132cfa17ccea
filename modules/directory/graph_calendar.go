package directory

import (
	"context"

	"diwan/modules/kernel"
)

// OfficeDay is one day of the working calendar.
type OfficeDay struct {
	c   WorkCalendar
	Day kernel.Date
}

// Working tells whether offices work.
func (d *OfficeDay) Working() bool { return d.c.Working(d.Day) }

// Weekday is the day of the week, "sunday".
func (d *OfficeDay) Weekday() string { return weekday(d.Day) }

// Hours are the office hours; nil on a free day.
func (d *OfficeDay) Hours() *Hours {
	h, ok := d.c.Hours(d.Day)
	if !ok {
		return nil
	}
	return &h
}

// Holidays are the public holidays of the day.
func (d *OfficeDay) Holidays() []Holiday {
	if all := d.c.On(d.Day); all != nil {
		return all
	}
	return []Holiday{}
}

// OfficeDay answers a day of the calendar, today when none is given.
func (q *Query) OfficeDay(_ context.Context, day *kernel.Date) (*OfficeDay, error) {
	return &OfficeDay{q.Registry.Calendar(), q.day(day)}, nil
}

// Holidays lists the public holidays between two days.
func (q *Query) Holidays(_ context.Context, from, to kernel.Date, first int, after *string) (*HolidayConnection, error) {
	return paged(q.Registry.Calendar().Holidays(from, to), first, after, 2, func(h *Holiday) []string { return []string{h.Day.String(), h.ID} })
}

// longestCount bounds what is counted day by day.
const longestCount = 366 * 100

// WorkingDays counts the working days between two days, both included.
func (q *Query) WorkingDays(_ context.Context, from, to kernel.Date) (int, error) {
	if from.AddDays(longestCount).Before(to) {
		return 0, refusal("directory.span_too_long", "to", "تُعد الأيام لمئة سنة على الأكثر.", "Days are counted over a hundred years at most.")
	}
	return q.Registry.Calendar().WorkingDays(from, to), nil
}

// AddWorkingDays answers the n-th working day after a day, or before it when n is negative.
func (q *Query) AddWorkingDays(_ context.Context, day kernel.Date, days int) (*kernel.Date, error) {
	if days > longestCount || days < -longestCount {
		return nil, refusal("directory.span_too_long", "days", "تُعد الأيام لمئة سنة على الأكثر.", "Days are counted over a hundred years at most.")
	}
	due, ok := q.Registry.Calendar().AddWorkingDays(day, days)
	if !ok {
		return nil, nil
	}
	return &due, nil
}
