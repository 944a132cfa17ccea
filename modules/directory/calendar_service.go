package directory

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SetWeekend dates the free days of the week.
type SetWeekend struct {
	Command uuid.UUID
	Days    []string // "friday"
	From    string
	Basis   string
}

// SetOfficeHours dates the office hours; To bounds hours of a season.
type SetOfficeHours struct {
	Command       uuid.UUID
	Opens, Closes string // 08:30
	From, To      string
	Name          kernel.Text
	Basis         string
}

// DeclareHoliday declares a public holiday of one day or several in a row.
type DeclareHoliday struct {
	Command   uuid.UUID
	Day       string
	Days      int // how many, 1 when left out
	Name      kernel.Text
	Estimated bool
	Basis     string
}

// ChangeHoliday names a holiday and what becomes of it.
type ChangeHoliday struct {
	Command   uuid.UUID
	ID        string
	Day       string // of a move
	Estimated bool
	Reason    string // of a withdrawal, or the announcement behind a move
}

// DeclareWorkingDay has offices work on a free day.
type DeclareWorkingDay struct {
	Command uuid.UUID
	Day     string
	Basis   string
}

func (m *Module) changeCalendar(ctx context.Context, by Clerk, id uuid.UUID, act string, in any, read func(*form), decide func(WorkCalendar) ([]eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeCalendar) {
		return eventstore.Receipt{}, f.result()
	}
	read(&f)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, id, act, in, func(d *eventstore.Decision) error {
		events, err := decide(eventstore.StateOf[WorkCalendar](d, 0))
		if err != nil {
			return err
		}
		for _, e := range events {
			d.Record(0, e)
		}
		return nil
	}, CalendarStream())
}

// SetWeekend says which days of the week are free from a day on. At least two are worked.
func (m *Module) SetWeekend(ctx context.Context, by Clerk, in SetWeekend) (eventstore.Receipt, error) {
	var e WeekendSet
	return m.changeCalendar(ctx, by, in.Command, "SetWeekend", in, func(f *form) {
		e.From, e.Basis = f.day("from", kernel.Text{Ar: "من تاريخ", En: "From"}, in.From), f.text("basis", basisField(), in.Basis)
		for _, name := range weekdays() {
			if slices.Contains(in.Days, name) {
				e.Days = append(e.Days, name)
			}
		}
		for i, name := range in.Days {
			if !slices.Contains(weekdays(), name) {
				f.refuse("days."+strconv.Itoa(i), "directory.weekday", "«"+brief(name)+"» ليس يوماً من الأسبوع.", "“"+brief(name)+"” is no day of the week.")
			}
		}
		if len(e.Days) > 5 {
			f.refuse("days", "directory.weekend_too_long", "العطلة الأسبوعية "+strconv.Itoa(len(e.Days))+" أيام، والحد 5.", "The weekend has "+strconv.Itoa(len(e.Days))+" days; at most 5 are free.")
		}
	}, func(WorkCalendar) ([]eventstore.Event, error) { return []eventstore.Event{e}, nil })
}

// SetOfficeHours says when offices are open from a day on, or between two days.
func (m *Module) SetOfficeHours(ctx context.Context, by Clerk, in SetOfficeHours) (eventstore.Receipt, error) {
	var e OfficeHoursSet
	return m.changeCalendar(ctx, by, in.Command, "SetOfficeHours", in, func(f *form) {
		e = OfficeHoursSet{
			From: f.day("from", kernel.Text{Ar: "من تاريخ", En: "From"}, in.From), To: f.optionalDay("to", kernel.Text{Ar: "إلى تاريخ", En: "To"}, in.To),
			Opens: f.clock("opens", in.Opens), Closes: f.clock("closes", in.Closes), Name: f.optionalName("name", in.Name), Basis: f.text("basis", basisField(), in.Basis),
		}
		if !e.To.IsZero() && e.To.Before(e.From) {
			f.refuse("to", "date.ends_before_start", "تاريخ الانتهاء "+e.To.String()+" قبل تاريخ البدء.", "The end "+e.To.String()+" is before the start.")
		}
		if e.Opens != "" && e.Closes != "" && e.Closes <= e.Opens {
			f.refuse("closes", "directory.hours", "نهاية الدوام "+e.Closes+" ليست بعد بدايته "+e.Opens+".", "Offices would close at "+e.Closes+", not after they open at "+e.Opens+".")
		}
	}, func(WorkCalendar) ([]eventstore.Event, error) { return []eventstore.Event{e}, nil })
}

// DeclareHoliday declares a public holiday.
func (m *Module) DeclareHoliday(ctx context.Context, by Clerk, in DeclareHoliday) (eventstore.Receipt, error) {
	var first HolidayDeclared
	days := max(1, in.Days)
	return m.changeCalendar(ctx, by, in.Command, "DeclareHoliday", in, func(f *form) {
		first = HolidayDeclared{
			ID: in.Command.String(), Day: f.day("day", kernel.Text{Ar: "اليوم", En: "Day"}, in.Day), Name: f.name("name", in.Name),
			Estimated: in.Estimated, Basis: f.text("basis", basisField(), in.Basis),
		}
		if in.Days < 0 || in.Days > 30 {
			f.refuse("days", "directory.holiday_days", "أيام العطلة من 1 إلى 30.", "A holiday has 1 to 30 days.")
		}
	}, func(c WorkCalendar) ([]eventstore.Event, error) {
		var events []eventstore.Event
		for n := range days {
			e := first
			e.Day = first.Day.AddDays(n)
			if n > 0 {
				e.ID += "/" + strconv.Itoa(n+1)
			}
			if err := c.free(e.Day, e.Name, ""); err != nil {
				return nil, err
			}
			events = append(events, e)
		}
		return events, nil
	})
}

// free refuses a holiday that stands on the day already under the same name.
func (c WorkCalendar) free(day kernel.Date, name kernel.Text, but string) error {
	for _, h := range c.On(day) {
		if h.Name == name && h.ID != but {
			return refusal("directory.holiday_exists", "day", "عطلة «"+name.In("ar")+"» معلنة في "+day.String()+".", "“"+name.In("en")+"” is declared on "+day.String()+" already.")
		}
	}
	return nil
}

// MoveHoliday puts a holiday on another day, as when the moon was seen; on its own day it confirms an
// estimated one.
func (m *Module) MoveHoliday(ctx context.Context, by Clerk, in ChangeHoliday) (eventstore.Receipt, error) {
	var e HolidayMoved
	return m.changeCalendar(ctx, by, in.Command, "MoveHoliday", in, func(f *form) {
		e = HolidayMoved{ID: in.ID, Day: f.day("day", kernel.Text{Ar: "اليوم", En: "Day"}, in.Day), Estimated: in.Estimated, Basis: f.text("reason", basisField(), in.Reason)}
	}, func(c WorkCalendar) ([]eventstore.Event, error) {
		h, err := c.holiday(in.ID)
		if err != nil {
			return nil, err
		}
		if h.Day == e.Day && h.Estimated == e.Estimated {
			return nil, refusal("directory.nothing_moves", "day", "العطلة في هذا اليوم أصلاً.", "The holiday is on that day already.")
		}
		return []eventstore.Event{e}, c.free(e.Day, h.Name, h.ID)
	})
}

// WithdrawHoliday takes a holiday back.
func (m *Module) WithdrawHoliday(ctx context.Context, by Clerk, in ChangeHoliday) (eventstore.Receipt, error) {
	var e HolidayWithdrawn
	return m.changeCalendar(ctx, by, in.Command, "WithdrawHoliday", in, func(f *form) {
		e = HolidayWithdrawn{ID: in.ID, Reason: f.required("reason", kernel.Text{Ar: "السبب", En: "Reason"}, in.Reason)}
	}, func(c WorkCalendar) ([]eventstore.Event, error) {
		_, err := c.holiday(in.ID)
		return []eventstore.Event{e}, err
	})
}

// DeclareWorkingDay has offices work on a day that is free otherwise.
func (m *Module) DeclareWorkingDay(ctx context.Context, by Clerk, in DeclareWorkingDay) (eventstore.Receipt, error) {
	var e WorkingDayDeclared
	return m.changeCalendar(ctx, by, in.Command, "DeclareWorkingDay", in, func(f *form) {
		e = WorkingDayDeclared{Day: f.day("day", kernel.Text{Ar: "اليوم", En: "Day"}, in.Day), Basis: f.required("basis", basisField(), in.Basis)}
	}, func(c WorkCalendar) ([]eventstore.Event, error) {
		if c.Working(e.Day) {
			return nil, refusal("directory.already_working", "day", e.Day.String()+" يوم عمل أصلاً.", e.Day.String()+" is a working day already.")
		}
		return []eventstore.Event{e}, nil
	})
}

func (c WorkCalendar) holiday(id string) (Holiday, error) {
	h, ok := c.holidays.get(id)
	if !ok || h.Withdrawn {
		return h, refusal("directory.holiday_unknown", "id", "لا توجد عطلة بهذا الرقم.", "There is no such holiday.")
	}
	return h, nil
}

func basisField() kernel.Text { return kernel.Text{Ar: "السند", En: "Basis"} }

// clock reads a time of day, 08:30.
func (f *form) clock(path, value string) string {
	value = kernel.WesternDigits(value)
	if _, err := time.Parse("15:04", value); err != nil || len(value) != 5 {
		f.refuse(path, "directory.time_of_day", "«"+brief(value)+"» ليست ساعة. تُكتب هكذا: 08:30.", "“"+brief(value)+"” is no time of day. Write it as 08:30.")
		return ""
	}
	return value
}
