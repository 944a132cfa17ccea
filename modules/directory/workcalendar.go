package directory

import (
	"slices"
	"strings"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// WorkCalendar says which days offices work (تقويم الدوام). It is a value: the state of its stream,
// and what readers ask. A day is free when the weekend rule of that day says so or a public holiday
// falls on it, and a declared working day is neither.
type WorkCalendar struct {
	weekends timeline[[]string]
	hours    []OfficeHoursSet
	holidays shelf[Holiday]
	byDay    shelf[[]string] // ids of what is on a day
	working  shelf[string]   // declared working days, with their basis
	order    []string        // ids of all holidays ever declared
}

// Holiday is a public holiday on its day.
type Holiday struct {
	ID        string
	Day       kernel.Date
	Name      kernel.Text
	Estimated bool
	Withdrawn bool
	Basis     string
}

// Hours are when offices are open on a day; Name says why they differ, as in Ramadan.
type Hours struct {
	Opens, Closes string
	Name          kernel.Text
}

// CalendarStream holds the national calendar.
func CalendarStream() eventstore.Stream {
	return eventstore.Stream{Category: "directory.calendar", Key: "national"}
}

func calendarCategory() eventstore.Category {
	return eventstore.CategoryOf("directory.calendar", eventstore.Main, eventstore.NewCodec(calendarEvents()...), WorkCalendar{}, WorkCalendar.evolve)
}

func (c WorkCalendar) evolve(event eventstore.Event) WorkCalendar {
	switch e := event.(type) {
	case WeekendSet:
		c.weekends = c.weekends.with(dated[[]string]{From: e.From, Value: e.Days, No: 1})
	case OfficeHoursSet:
		c.hours = append(slices.Clone(c.hours), e)
	case HolidayDeclared:
		c.order = append(c.order[:len(c.order):len(c.order)], e.ID)
		c = c.put(Holiday{ID: e.ID, Day: e.Day, Name: e.Name, Estimated: e.Estimated, Basis: e.Basis})
	case HolidayMoved:
		h, _ := c.holidays.get(e.ID)
		c = c.lift(h)
		h.Day, h.Estimated, h.Basis = e.Day, e.Estimated, e.Basis
		c = c.put(h)
	case HolidayWithdrawn:
		h, _ := c.holidays.get(e.ID)
		c = c.lift(h)
		h.Withdrawn = true
		c.holidays = c.holidays.put(e.ID, h)
	case WorkingDayDeclared:
		c.working = c.working.put(e.Day.String(), e.Basis)
	}
	return c
}

func (c WorkCalendar) put(h Holiday) WorkCalendar {
	c.holidays, c.byDay = c.holidays.put(h.ID, h), index(c.byDay, h.Day.String(), h.ID)
	return c
}

// lift takes a holiday off its day.
func (c WorkCalendar) lift(h Holiday) WorkCalendar {
	ids, _ := c.byDay.get(h.Day.String())
	c.byDay = c.byDay.put(h.Day.String(), slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == h.ID }))
	return c
}

// Weekend are the free days of the week on a day.
func (c WorkCalendar) Weekend(day kernel.Date) []string {
	days, _ := c.weekends.on(day, 0)
	return slices.Clone(days)
}

// Working tells whether offices work on a day.
func (c WorkCalendar) Working(day kernel.Date) bool {
	if _, declared := c.working.get(day.String()); declared {
		return true
	}
	if ids, _ := c.byDay.get(day.String()); len(ids) > 0 {
		return false
	}
	free, _ := c.weekends.on(day, 0)
	return !slices.Contains(free, weekday(day))
}

// WorkingDays counts the working days from a day to another, both included; 0 when to is before from.
func (c WorkCalendar) WorkingDays(from, to kernel.Date) int {
	n := 0
	for day := from; !day.After(to); day = day.AddDays(1) {
		if c.Working(day) {
			n++
		}
	}
	return n
}

// mostFree ends a search for a working day: no calendar has that many free days in a row.
const mostFree = 400

// AddWorkingDays is the n-th working day after a day, or before it when n is negative. With n = 0 it
// is the day itself, or the first working day after it. ok is false when there is none.
func (c WorkCalendar) AddWorkingDays(day kernel.Date, n int) (_ kernel.Date, ok bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n == 0 {
		if c.Working(day) {
			return day, true
		}
		n = 1
	}
	for free := 0; n > 0; {
		day = day.AddDays(step)
		if c.Working(day) {
			n, free = n-1, 0
			continue
		}
		if free++; free > mostFree {
			return day, false
		}
	}
	return day, true
}

// Hours are the office hours of a working day: those set for a time before those set for good, and
// of each the newest. ok is false on a free day and before any were set.
func (c WorkCalendar) Hours(day kernel.Date) (h Hours, ok bool) {
	if !c.Working(day) {
		return h, false
	}
	var best *OfficeHoursSet
	for i := range c.hours {
		one := &c.hours[i]
		if !day.Within(one.From, one.To) {
			continue
		}
		if best == nil || best.To.IsZero() && !one.To.IsZero() || best.To.IsZero() == one.To.IsZero() && (!one.To.IsZero() || !one.From.Before(best.From)) {
			best = one
		}
	}
	if best == nil {
		return h, false
	}
	return Hours{best.Opens, best.Closes, best.Name}, true
}

// On are the public holidays of a day.
func (c WorkCalendar) On(day kernel.Date) []Holiday {
	var all []Holiday
	ids, _ := c.byDay.get(day.String())
	for _, id := range ids {
		h, _ := c.holidays.get(id)
		all = append(all, h)
	}
	return all
}

// Holidays are those between two days, both included, in order.
func (c WorkCalendar) Holidays(from, to kernel.Date) []Holiday {
	var all []Holiday
	for _, id := range c.order {
		if h, _ := c.holidays.get(id); !h.Withdrawn && h.Day.Within(from, to) {
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b Holiday) int { return compareDays(a.Day, b.Day) })
	return all
}

// weekday is the stored name of a day of the week.
func weekday(d kernel.Date) string {
	return strings.ToLower(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Weekday().String())
}

func weekdays() []string {
	return []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
}
