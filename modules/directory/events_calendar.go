package directory

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// The working calendar (تقويم الدوام), stream directory.calendar/national.
type (
	// WeekendSet says which days of the week are free, from a day on.
	WeekendSet struct {
		From  kernel.Date `json:"from"`
		Days  []string    `json:"days"` // "friday"
		Basis string      `json:"basis,omitempty"`
	}
	// OfficeHoursSet says when offices are open, from a day on, or between two days as in Ramadan.
	OfficeHoursSet struct {
		From   kernel.Date `json:"from"`
		To     kernel.Date `json:"to,omitzero"`
		Opens  string      `json:"opens"` // "08:30"
		Closes string      `json:"closes"`
		Name   kernel.Text `json:"name,omitzero"` // "دوام رمضان"
		Basis  string      `json:"basis,omitempty"`
	}
	// HolidayDeclared declares a public holiday (عطلة رسمية). Estimated is a Hijri one that waits for the moon.
	HolidayDeclared struct {
		ID        string      `json:"id"`
		Day       kernel.Date `json:"day"`
		Name      kernel.Text `json:"name"`
		Estimated bool        `json:"estimated,omitempty"`
		Basis     string      `json:"basis,omitempty"`
	}
	// HolidayMoved puts a holiday on another day, or confirms an estimated one on its own.
	HolidayMoved struct {
		ID        string      `json:"id"`
		Day       kernel.Date `json:"day"`
		Estimated bool        `json:"estimated,omitempty"`
		Basis     string      `json:"basis,omitempty"`
	}
	// HolidayWithdrawn takes a holiday back.
	HolidayWithdrawn struct {
		ID     string `json:"id"`
		Reason string `json:"reason"`
	}
	// WorkingDayDeclared has offices work on a day that would be free.
	WorkingDayDeclared struct {
		Day   kernel.Date `json:"day"`
		Basis string      `json:"basis"`
	}
)

func (WeekendSet) EventType() string         { return "directory.calendar_weekend_set" }
func (OfficeHoursSet) EventType() string     { return "directory.calendar_hours_set" }
func (HolidayDeclared) EventType() string    { return "directory.calendar_holiday_declared" }
func (HolidayMoved) EventType() string       { return "directory.calendar_holiday_moved" }
func (HolidayWithdrawn) EventType() string   { return "directory.calendar_holiday_withdrawn" }
func (WorkingDayDeclared) EventType() string { return "directory.calendar_working_day_declared" }

func calendarEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[WeekendSet](1, nil),
		eventstore.Type[OfficeHoursSet](1, nil),
		eventstore.Type[HolidayDeclared](1, nil),
		eventstore.Type[HolidayMoved](1, nil),
		eventstore.Type[HolidayWithdrawn](1, nil),
		eventstore.Type[WorkingDayDeclared](1, nil),
	}
}
