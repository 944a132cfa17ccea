package directory

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

func text(ar string) kernel.Text { return kernel.Text{Ar: ar, En: ar} }

// week sets the weekend that holds since 2000.
func (o *office) week() {
	o.t.Helper()
	o.must(o.m.SetWeekend(o.ctx, registrar(), SetWeekend{Command: uuid.New(), Days: []string{"friday", "saturday"}, From: "2000-01-01"}))
}

func TestWorkingDaysFollowWeekendAndHolidays(t *testing.T) {
	o := newOffice(t)
	o.week()
	o.must(o.m.DeclareHoliday(o.ctx, registrar(), DeclareHoliday{Command: uuid.New(), Day: "2027-01-05", Name: text("عطلة")}))
	c := o.g.Calendar()
	// A leave over the turn of the year is charged to both.
	if old, next := c.WorkingDays(on(t, "2026-12-27"), on(t, "2026-12-31")), c.WorkingDays(on(t, "2027-01-01"), on(t, "2027-01-07")); old != 5 || next != 4 {
		t.Errorf("charged are %d and %d days", old, next)
	}
	// A referral due in three working days from Thursday is due on Tuesday.
	if due, ok := c.AddWorkingDays(on(t, "2026-06-04"), 3); !ok || due.String() != "2026-06-09" {
		t.Errorf("due on %s", due)
	}
	if due, _ := c.AddWorkingDays(on(t, "2026-06-09"), -3); due.String() != "2026-06-04" {
		t.Errorf("three working days before is %s", due)
	}
	if due, _ := c.AddWorkingDays(on(t, "2026-06-05"), 0); due.String() != "2026-06-07" {
		t.Errorf("the first working day from a Friday is %s", due)
	}
	o.must(o.m.DeclareWorkingDay(o.ctx, registrar(), DeclareWorkingDay{Command: uuid.New(), Day: "2026-06-06", Basis: "بلاغ رئيس الوزراء 12"}))
	if !o.g.Calendar().Working(on(t, "2026-06-06")) {
		t.Error("the declared Saturday is free")
	}
	o.refused("directory.already_working")(o.m.DeclareWorkingDay(o.ctx, registrar(), DeclareWorkingDay{Command: uuid.New(), Day: "2026-06-07", Basis: "س"}))
	o.must(o.m.SetWeekend(o.ctx, registrar(), SetWeekend{Command: uuid.New(), Days: []string{"friday"}, From: "2030-01-01"}))
	if c := o.g.Calendar(); c.Working(on(t, "2029-12-29")) || !c.Working(on(t, "2030-01-05")) {
		t.Error("the weekend's rule is that of the day")
	}
}

func TestAHijriHolidayMovesWhenTheMoonIsSeen(t *testing.T) {
	o := newOffice(t)
	o.week()
	eid := uuid.New()
	o.must(o.m.DeclareHoliday(o.ctx, registrar(), DeclareHoliday{Command: eid, Day: "2026-03-20", Days: 3, Name: text("عيد الفطر"), Estimated: true}))
	o.must(o.m.MoveHoliday(o.ctx, registrar(), ChangeHoliday{Command: uuid.New(), ID: eid.String(), Day: "2026-03-23", Reason: "إعلان دائرة الإفتاء"}))
	c := o.g.Calendar()
	if c.Working(on(t, "2026-03-23")) || len(c.On(on(t, "2026-03-20"))) != 0 || len(c.Holidays(on(t, "2026-01-01"), on(t, "2026-12-31"))) != 3 {
		t.Errorf("the holidays are %+v", c.Holidays(on(t, "2026-01-01"), on(t, "2026-12-31")))
	}
	o.refused("directory.holiday_exists")(o.m.MoveHoliday(o.ctx, registrar(), ChangeHoliday{Command: uuid.New(), ID: eid.String(), Day: "2026-03-22", Reason: "س"}))
	o.must(o.m.WithdrawHoliday(o.ctx, registrar(), ChangeHoliday{Command: uuid.New(), ID: eid.String(), Reason: "إلغاء"}))
	o.refused("directory.holiday_unknown")(o.m.WithdrawHoliday(o.ctx, registrar(), ChangeHoliday{Command: uuid.New(), ID: eid.String(), Reason: "س"}))
	if !o.g.Calendar().Working(on(t, "2026-03-23")) {
		t.Error("a withdrawn holiday is still free")
	}
}

func TestOfficeHoursOfASeasonGoBeforeThoseOfTheYear(t *testing.T) {
	o := newOffice(t)
	o.week()
	hours := func(opens, closes, from, to string) SetOfficeHours {
		return SetOfficeHours{Command: uuid.New(), Opens: opens, Closes: closes, From: from, To: to}
	}
	o.must(o.m.SetOfficeHours(o.ctx, registrar(), hours("08:30", "15:30", "2020-01-01", "")))
	o.must(o.m.SetOfficeHours(o.ctx, registrar(), hours("٠٩:٣٠", "14:30", "2026-02-18", "2026-03-19")))
	o.must(o.m.SetOfficeHours(o.ctx, registrar(), hours("08:00", "15:00", "2026-03-01", "")))
	for day, opens := range map[string]string{"2026-02-17": "08:30", "2026-02-18": "09:30", "2026-03-19": "09:30", "2026-03-22": "08:00"} {
		if h, ok := o.g.Calendar().Hours(on(t, day)); !ok || h.Opens != opens {
			t.Errorf("on %s offices open at %q", day, h.Opens)
		}
	}
	if _, ok := o.g.Calendar().Hours(on(t, "2026-03-20")); ok {
		t.Error("offices are open on a Friday")
	}
	o.refused("directory.hours")(o.m.SetOfficeHours(o.ctx, registrar(), hours("15:00", "08:00", "2026-01-01", "")))
	o.refused("directory.time_of_day")(o.m.SetOfficeHours(o.ctx, registrar(), hours("25:00", "26:00", "2026-01-01", "")))
	o.refused("directory.weekday")(o.m.SetWeekend(o.ctx, registrar(), SetWeekend{Command: uuid.New(), Days: []string{"fri"}, From: "2026-01-01"}))
}

// Adding working days and counting them are each other's opposite.
func TestAddingAndCountingWorkingDaysAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(n int) kernel.Date { d, _ := kernel.NewDate(2026, 1, 1); return d.AddDays(n) }
		c := WorkCalendar{}.evolve(WeekendSet{From: day(-1000), Days: []string{"friday", "saturday"}})
		for i := range rapid.IntRange(0, 12).Draw(t, "holidays") {
			c = c.evolve(HolidayDeclared{ID: itoa(int64(i)), Day: day(rapid.IntRange(0, 60).Draw(t, "on"))})
		}
		start, n := day(rapid.IntRange(0, 40).Draw(t, "start")), rapid.IntRange(1, 30).Draw(t, "n")
		due, ok := c.AddWorkingDays(start, n)
		if !ok || !c.Working(due) || c.WorkingDays(start.AddDays(1), due) != n {
			t.Fatalf("%d working days after %s is %s, and between them are %d", n, start, due, c.WorkingDays(start.AddDays(1), due))
		}
		if back, _ := c.AddWorkingDays(due, -n); c.Working(start) && back != start {
			t.Fatalf("and back is %s", back)
		}
	})
}

const holidayFile = `{
    "2026-01-01": "New Year's Day",
    "2026-03-20": "Eid al-Fitr (estimated)",
    "2026-03-21": "Eid al-Fitr Holiday (estimated)",
    "2026-03-22": "Eid al-Fitr Holiday (estimated)",
    "2026-05-25": "Independence Day",
    "2027-01-01": "New Year's Day"
}`

func TestTheSameFileOfHolidaysTwiceChangesNothing(t *testing.T) {
	o := newOffice(t)
	take := func(file string, opts CalendarImport) ImportResult {
		t.Helper()
		r, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(file), opts, nil)
		o.must(eventstore.Receipt{}, err)
		return r
	}
	if r := take(holidayFile, CalendarImport{DryRun: true}); r.Rows != 6 || r.Accepted != 6 || r.Position != "" {
		t.Errorf("tried: %+v", r)
	}
	if head, _, _ := o.log.Head(o.ctx, eventstore.Main); head != 0 {
		t.Errorf("a dry run wrote %d events", head)
	}
	if r := take(holidayFile, CalendarImport{Year: 2026}); r.Accepted != 5 || r.Skipped != 1 {
		t.Errorf("first: %+v", r)
	}
	if r := take(holidayFile, CalendarImport{}); r.Accepted != 1 || r.Unchanged != 5 {
		t.Errorf("again: %+v", r)
	}
	head, _, _ := o.log.Head(o.ctx, eventstore.Main)
	if r := take(holidayFile, CalendarImport{}); r.Accepted != 0 || r.Unchanged != 6 {
		t.Errorf("a third time: %+v", r)
	}
	if again, _, _ := o.log.Head(o.ctx, eventstore.Main); again != head {
		t.Errorf("the same file moved the log from %d to %d", head, again)
	}
	h := o.g.Calendar().On(on(t, "2026-03-20"))
	if len(h) != 1 || h[0].Name.Ar != "عيد الفطر" || h[0].Name.En != "Eid al-Fitr" || !h[0].Estimated {
		t.Errorf("20 March is %+v", h)
	}
	// The next file knows the moon: the feast is a day later, and no longer an estimate.
	r := take(`{"2026-01-01":"New Year's Day",
"2026-03-21": "Eid al-Fitr", "2026-03-22": "Eid al-Fitr Holiday", "2026-03-23": "Eid al-Fitr Holiday", "2026-05-25": "Independence Day"}`, CalendarImport{})
	c := o.g.Calendar()
	if r.Accepted != 3 || r.Unchanged != 2 || len(c.On(on(t, "2026-03-20"))) != 0 || len(c.On(on(t, "2026-03-23"))) != 1 || len(c.Holidays(on(t, "2026-01-01"), on(t, "2026-12-31"))) != 5 {
		t.Errorf("moved: %+v, and the holidays are %+v", r, c.Holidays(on(t, "2026-01-01"), on(t, "2026-12-31")))
	}
}

func TestBadRowsOfACalendarAreNamedByTheirLine(t *testing.T) {
	o := newOffice(t)
	r, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader("date;name_ar;name_en\n2026-02-30;عطلة;x\n\n2026-05-01;عيد\u202eالعمال;x\n2026-05-01;عيد العمال;Labour Day\n;عطلة;\n"), CalendarImport{}, nil)
	o.must(eventstore.Receipt{}, err)
	if r.Accepted != 1 || r.Refused != 3 || len(r.Errors) < 3 || r.Errors[0].Row != 2 || r.Errors[0].Code != "date.not_a_day" || r.Errors[1].Row != 4 || r.Errors[1].Code != "text.hidden_character" || r.Errors[2].Row != 6 {
		t.Errorf("%+v", r)
	}
	for file, code := range map[string]string{"": "import.empty", "{": "import.json", `{"2026-01-01": 5}`: "import.json", "a,b\n1,2": "import.header", "\xff\xfe1": "import.encoding"} {
		_, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(file), CalendarImport{}, nil)
		o.refused(code)(eventstore.Receipt{}, err)
	}
}

// A hundred years of a country's holidays, from the data beside the repository.
func TestAHundredYearsOfHolidaysAreTakenIn(t *testing.T) {
	shared := os.Getenv("DIWAN_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(shared, "data", "hr", "holidays", "JO_COMMON.json"))
	if err != nil {
		t.Skipf("skipped: the shared data are not here: %v", err)
	}
	o := newOffice(t)
	o.week()
	r, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(string(data)), CalendarImport{}, nil)
	o.must(eventstore.Receipt{}, err)
	if r.Refused != 0 || r.Accepted != r.Rows || r.Rows < 1000 {
		t.Errorf("of %d days %d were taken in: %+v", r.Rows, r.Accepted, r.Errors[:min(5, len(r.Errors))])
	}
	for _, h := range o.g.Calendar().Holidays(on(t, "1950-01-01"), on(t, "2050-12-31")) {
		if h.Name.Ar == h.Name.En {
			t.Fatalf("%s has no name in Arabic: %s", h.Day, h.Name.En)
		}
	}
}
