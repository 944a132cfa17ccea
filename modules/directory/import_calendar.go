package directory

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// CalendarImport says how a file of holidays is read.
type CalendarImport struct {
	Year   int // only this year's rows; 0 = all
	DryRun bool
}

// holidayRow is a row of the file: the holidays of one day.
type holidayRow struct {
	line     int
	day      kernel.Date
	holidays []HolidayDeclared
	problems kernel.Problems
	blank    bool
}

// ImportCalendar takes public holidays in: a calendar file (.ics), a JSON object of days with their names, apart by
// semicolons, or a CSV with the columns date, name_ar, name_en and estimated. A holiday that the
// calendar has on another day of the year is moved; one that the file lacks stays. The same content
// is taken in once, so what was announced since is not undone by the same file.
func (m *Module) ImportCalendar(ctx context.Context, by Clerk, r io.Reader, opts CalendarImport, progress func(done, total int)) (ImportResult, error) {
	var f form
	if !f.permit(by, MayChangeCalendar) {
		return ImportResult{}, f.result()
	}
	data, err := readFile(r)
	if err != nil {
		return ImportResult{}, err
	}
	rows, err := holidayRows(data)
	if err != nil {
		return ImportResult{}, err
	}
	result := ImportResult{Kind: "calendar", Rows: len(rows), Errors: []ImportError{}, Totals: map[string]string{}, DryRun: opts.DryRun}
	years := map[int][]holidayRow{}
	for _, row := range rows {
		switch {
		case row.blank:
			result.Skipped++
		case row.problems != nil:
			result.refuse(row.line, row.problems)
		case opts.Year != 0 && row.day.Year() != opts.Year:
			result.Skipped++
		default:
			years[row.day.Year()] = append(years[row.day.Year()], row)
		}
	}
	done := 0
	for _, year := range slices.Sorted(maps.Keys(years)) {
		receipt, changed, err := m.importYear(ctx, by, year, years[year], opts.DryRun)
		if err != nil {
			return result, err
		}
		result.Accepted += changed
		result.Unchanged += len(years[year]) - changed
		result.Totals[strconv.Itoa(year)] = strconv.Itoa(len(years[year]))
		if receipt.Last > 0 {
			result.Position = kernel.Position{Lane: receipt.Lane.String(), Epoch: receipt.Epoch, N: receipt.Last}.String()
		}
		if done += len(years[year]); progress != nil {
			progress(done, len(rows))
		}
	}
	return result, nil
}

// importYear takes one year's rows in with one command, named by their content. changed is how many
// rows made a difference.
func (m *Module) importYear(ctx context.Context, by Clerk, year int, rows []holidayRow, dry bool) (receipt eventstore.Receipt, changed int, err error) {
	var content strings.Builder
	for _, row := range rows {
		for _, h := range row.holidays {
			fmt.Fprintf(&content, "%s\t%s\t%s\t%t\n", h.Day, h.Name.Ar, h.Name.En, h.Estimated)
		}
	}
	sum := sha256.Sum256([]byte(content.String()))
	id := uuid.NewSHA1(m.tenant, append([]byte("directory.calendar\n"+strconv.Itoa(year)+"\n"), sum[:]...))
	if dry {
		if _, executed, err := m.log.Outcome(ctx, eventstore.Main, m.tenant, id); err != nil || executed {
			return receipt, 0, err
		}
		events, err := m.log.ReadStream(ctx, m.tenant, CalendarStream(), 0)
		if err != nil {
			return receipt, 0, err
		}
		state, err := calendarCategory().Fold(WorkCalendar{}, events)
		if err != nil {
			return receipt, 0, err
		}
		_, changed = state.(WorkCalendar).takeIn(id, year, rows)
		return receipt, changed, nil
	}
	receipt, err = m.execute(ctx, by, id, "ImportCalendar", map[string]any{"year": year, "content": sum[:]}, func(d *eventstore.Decision) error {
		var events []eventstore.Event
		events, changed = eventstore.StateOf[WorkCalendar](d, 0).takeIn(id, year, rows)
		for _, e := range events {
			d.Record(0, e)
		}
		return nil
	}, CalendarStream())
	if receipt.Replayed {
		changed = 0
	}
	return receipt, changed, err
}

// takeIn decides what a year's rows change: holidays found on their day stay, others of the same name
// move in the order of their days, and the rest is new.
func (c WorkCalendar) takeIn(id uuid.UUID, year int, rows []holidayRow) (events []eventstore.Event, changed int) {
	first, _ := kernel.NewDate(year, 1, 1)
	last, _ := kernel.NewDate(year, 12, 31)
	free := map[string][]Holiday{} // of the calendar, by name
	for _, h := range c.Holidays(first, last) {
		free[h.Name.En+"\n"+h.Name.Ar] = append(free[h.Name.En+"\n"+h.Name.Ar], h)
	}
	touched := map[int]bool{}
	type open struct {
		row int
		h   HolidayDeclared
	}
	var rest []open
	for i, row := range rows {
		for _, h := range row.holidays {
			key := h.Name.En + "\n" + h.Name.Ar
			at := slices.IndexFunc(free[key], func(have Holiday) bool { return have.Day == h.Day })
			if at < 0 {
				rest = append(rest, open{i, h})
				continue
			}
			if have := free[key][at]; have.Estimated != h.Estimated {
				events, touched[i] = append(events, HolidayMoved{ID: have.ID, Day: h.Day, Estimated: h.Estimated}), true
			}
			free[key] = slices.Delete(slices.Clone(free[key]), at, at+1)
		}
	}
	for n, o := range rest {
		key := o.h.Name.En + "\n" + o.h.Name.Ar
		touched[o.row] = true
		if have := free[key]; len(have) > 0 {
			events, free[key] = append(events, HolidayMoved{ID: have[0].ID, Day: o.h.Day, Estimated: o.h.Estimated}), have[1:]
			continue
		}
		o.h.ID = uuid.NewSHA1(id, []byte(strconv.Itoa(n))).String()
		events = append(events, o.h)
	}
	return events, len(touched)
}

// holidayRows reads either form of the file.
func holidayRows(data []byte) ([]holidayRow, error) {
	if isICalendar(data) {
		return icalendarHolidays(data)
	}
	if data[0] == '{' {
		return jsonHolidays(data)
	}
	table, err := readTable(data, []string{"date", "day", "name", "name_ar", "name_en", "estimated"})
	if err != nil {
		return nil, err
	}
	var rows []holidayRow
	for _, r := range table {
		row := holidayRow{line: r.line, blank: r.blank}
		if !r.blank {
			name := kernel.Text{Ar: r.first("name_ar", "name"), En: r.first("name_en", "name")}
			yes := slices.Contains([]string{"1", "true", "yes", "نعم", "تقديري"}, strings.ToLower(r.cells["estimated"]))
			row.read(r.first("date", "day"), []kernel.Text{name}, yes)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// jsonHolidays reads {"2026-01-01": "New Year's Day; …"} and keeps the line of each entry.
func jsonHolidays(data []byte) ([]holidayRow, error) {
	bad := func() error {
		return refusal("import.json", "", "الملف ليس قائمة أيام بصيغة JSON.", "The file is no JSON object of days with their names.")
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := d.Token(); err != nil {
		return nil, bad()
	}
	var rows []holidayRow
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, bad()
		}
		row := holidayRow{line: 1 + strings.Count(string(data[:d.InputOffset()]), "\n")}
		var names string
		if err := d.Decode(&names); err != nil {
			return nil, bad()
		}
		day, _ := key.(string)
		var all []kernel.Text
		for _, name := range strings.Split(names, ";") {
			all = append(all, kernel.Text{En: strings.TrimSpace(name)})
		}
		row.read(day, all, false)
		rows = append(rows, row)
	}
	if _, err := d.Token(); err != nil {
		return nil, bad()
	}
	return rows, nil
}

// read fills a row from its day and names; what is wrong is kept with it.
func (row *holidayRow) read(day string, names []kernel.Text, estimated bool) {
	var f form
	row.day = f.day("date", kernel.Text{Ar: "اليوم", En: "Day"}, day)
	for _, name := range names {
		waits := estimated
		if plain, found := strings.CutSuffix(name.En, "(estimated)"); found {
			name.En, waits = strings.TrimSpace(plain), true
		}
		if name.Ar == "" || name.Ar == name.En {
			name.Ar = arabicHoliday(name.En)
		}
		name = f.name("name", name)
		if slices.ContainsFunc(row.holidays, func(h HolidayDeclared) bool { return h.Name == name }) {
			f.refuse("name", "import.twice", "العطلة مذكورة مرتين في اليوم نفسه.", "The holiday is named twice on one day.")
		}
		row.holidays = append(row.holidays, HolidayDeclared{Day: row.day, Name: name, Estimated: waits})
	}
	row.problems = f.problems
}

// arabicHoliday is the office's name of a holiday that files name in English.
func arabicHoliday(en string) string {
	day := func(ar string) string { return "عطلة " + ar }
	switch strings.ReplaceAll(en, "’", "'") {
	case "New Year's Day":
		return "رأس السنة الميلادية"
	case "Labor Day", "Labour Day":
		return "عيد العمال"
	case "Independence Day":
		return "عيد الاستقلال"
	case "Christmas Day":
		return "عيد الميلاد المجيد"
	case "Eid al-Fitr":
		return "عيد الفطر"
	case "Eid al-Fitr Holiday":
		return day("عيد الفطر")
	case "Arafat Day":
		return "وقفة عرفة"
	case "Eid al-Adha":
		return "عيد الأضحى"
	case "Eid al-Adha Holiday":
		return day("عيد الأضحى")
	case "Islamic New Year":
		return "رأس السنة الهجرية"
	case "Prophet's Birthday":
		return "المولد النبوي الشريف"
	case "Isra' and Mi'raj":
		return "الإسراء والمعراج"
	}
	return en
}
