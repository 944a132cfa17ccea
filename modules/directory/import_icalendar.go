package directory

import (
	"strings"
	"unicode"

	"diwan/modules/kernel"
)

// isICalendar tells whether a file is a calendar in the form of RFC 5545.
func isICalendar(data []byte) bool {
	return strings.HasPrefix(strings.ToUpper(string(data[:min(len(data), 15)])), "BEGIN:VCALENDAR")
}

// longestHoliday bounds an event of a calendar file, in days.
const longestHoliday = 31

// icalendarHolidays reads the events of a calendar (RFC 5545) as holidays, a row for each of their
// days: whole days, or days with hours, which count whole. Tentative events wait for the moon,
// cancelled ones are skipped. An event that repeats is refused: its days are announced year by year.
func icalendarHolidays(data []byte) ([]holidayRow, error) {
	var rows []holidayRow
	var event *icalEvent
	ended := false
	for _, l := range unfolded(string(data)) {
		name, value, found := strings.Cut(l.text, ":")
		if !found {
			if strings.TrimSpace(l.text) == "" {
				continue
			}
			return nil, badCalendar()
		}
		name, _, _ = strings.Cut(strings.ToUpper(name), ";")
		switch {
		case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
			if event != nil {
				return nil, badCalendar()
			}
			event = &icalEvent{line: l.number}
		case name == "END" && strings.EqualFold(value, "VEVENT"):
			if event == nil {
				return nil, badCalendar()
			}
			rows, event = append(rows, event.rows()...), nil
		case name == "END" && strings.EqualFold(value, "VCALENDAR"):
			ended = true
		case event != nil:
			event.set(name, value)
		}
	}
	if event != nil || !ended {
		return nil, badCalendar()
	}
	return rows, nil
}

func badCalendar() kernel.Problem {
	return refusal("import.icalendar", "", "الملف ليس تقويماً تاماً بصيغة iCalendar.", "The file is no whole calendar in the form of iCalendar.")
}

// icalLine is one line of content, put together from the lines it was folded into.
type icalLine struct {
	number int
	text   string
}

func unfolded(text string) []icalLine {
	var lines []icalLine
	for i, raw := range strings.Split(text, "\n") {
		raw = strings.TrimSuffix(raw, "\r")
		if (strings.HasPrefix(raw, " ") || strings.HasPrefix(raw, "\t")) && len(lines) > 0 {
			lines[len(lines)-1].text += raw[1:]
			continue
		}
		lines = append(lines, icalLine{i + 1, raw})
	}
	return lines
}

// icalEvent is as much of an event as a holiday needs.
type icalEvent struct {
	line             int
	start, end       string
	names            []string
	status           string
	repeats, endsDay bool
}

func (e *icalEvent) set(name, value string) {
	switch name {
	case "DTSTART":
		e.start = value
	case "DTEND":
		e.end, e.endsDay = value, !strings.Contains(value, "T")
	case "SUMMARY":
		e.names = append(e.names, plainICal(value))
	case "STATUS":
		e.status = strings.ToUpper(value)
	case "RRULE", "RDATE":
		e.repeats = true
	}
}

// plainICal takes the escapes out of a text.
func plainICal(s string) string {
	return strings.TrimSpace(strings.NewReplacer(`\\`, `\`, `\,`, ",", `\;`, ";", `\n`, " ", `\N`, " ").Replace(s))
}

// icalDay is 20260525 or 20260525T000000Z as 2026-05-25.
func icalDay(value string) string {
	day, _, _ := strings.Cut(value, "T")
	if len(day) != 8 {
		return value
	}
	return day[:4] + "-" + day[4:6] + "-" + day[6:]
}

func (e *icalEvent) rows() []holidayRow {
	if e.status == "CANCELLED" {
		return []holidayRow{{line: e.line, blank: true}}
	}
	var name kernel.Text
	for _, n := range e.names {
		if strings.ContainsFunc(n, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			name.Ar = n
		} else {
			name.En = n
		}
	}
	row := holidayRow{line: e.line}
	row.read(icalDay(e.start), []kernel.Text{name}, e.status == "TENTATIVE")
	if e.repeats {
		row.problems = append(row.problems, refusal("import.repeats", "date", "حدث متكرر: تُعلن أيامه سنة بسنة.", "The event repeats; its days are announced year by year."))
	}
	last := row.day
	if e.end != "" && row.problems == nil {
		var f form
		last = f.day("date", kernel.Text{Ar: "اليوم الأخير", En: "Last day"}, icalDay(e.end))
		row.problems = f.problems
		if e.endsDay && row.problems == nil { // the end of a whole-day event is the day after
			last = last.AddDays(-1)
		}
		if row.day.AddDays(longestHoliday).Before(last) {
			row.problems = append(row.problems, refusal("import.too_long", "date", "العطلة أطول من 31 يوماً.", "The holiday is longer than 31 days."))
		}
	}
	rows := []holidayRow{row}
	for day := row.day.AddDays(1); row.problems == nil && !day.After(last); day = day.AddDays(1) {
		next := holidayRow{line: e.line, day: day, holidays: []HolidayDeclared{row.holidays[0]}}
		next.holidays[0].Day = day
		rows = append(rows, next)
	}
	return rows
}
