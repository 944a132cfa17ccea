package directory

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

// worksOfficer looks after the structure of the ministry of works and of nothing else.
func worksOfficer() Clerk {
	return Clerk{ID: "samir", Permissions: Permissions(), Reach: map[Permission][]string{MayChangeStructure: {"jo.2501."}, MayFillPost: {"jo.2501."}}}
}

func TestABodysOfficerActsOnlyWithinIt(t *testing.T) {
	o := government(t)
	by := worksOfficer()
	o.must(o.m.FoundUnit(o.ctx, by, FoundUnit{Command: uuid.New(), ID: "tunnels", Parent: "roads", Code: "2", Name: kernel.Text{Ar: "قسم الأنفاق"}, Level: 4, From: "2026-01-01"}))
	o.must(o.m.MoveUnit(o.ctx, by, ChangeUnit{Command: uuid.New(), ID: "tunnels", Parent: "buildings", From: "2026-02-01"}))
	o.must(o.m.FillPost(o.ctx, by, FillPost{Command: uuid.New(), Post: "head-of-roads", Person: "rana", From: "2026-01-01"}))
	outside := o.refused("directory.out_of_scope")
	outside(o.m.FoundUnit(o.ctx, by, FoundUnit{Command: uuid.New(), Parent: "health", Code: "9", Name: kernel.Text{Ar: "مديرية"}, Level: 3, From: "2026-01-01"}))
	outside(o.m.RenameUnit(o.ctx, by, ChangeUnit{Command: uuid.New(), ID: "health", From: "2026-01-01", Name: kernel.Text{Ar: "الصحة"}}))
	outside(o.m.MoveUnit(o.ctx, by, ChangeUnit{Command: uuid.New(), ID: "buildings", Parent: "health", Code: "90", From: "2026-01-01"}))
	outside(o.m.MergeUnits(o.ctx, by, MergeUnits{Command: uuid.New(), Units: []string{"buildings"}, Into: "health", From: "2026-01-01"}))
	o.unit("clinics", "health", "10", "مديرية المراكز", 3, "2000-01-01")
	outside(o.m.MoveUnit(o.ctx, by, ChangeUnit{Command: uuid.New(), ID: "clinics", Parent: "works", Code: "70", From: "2026-01-01"}))
	o.post("head-of-clinics", "clinics", "1", "مدير المراكز", "2000-01-01")
	outside(o.m.FillPost(o.ctx, by, FillPost{Command: uuid.New(), Post: "head-of-clinics", Person: "rana", From: "2026-01-01"}))
	outside(o.m.ClosePost(o.ctx, by, ChangePost{Command: uuid.New(), ID: "head-of-clinics", From: "2026-01-01"}))
	if u, _ := o.at("2026-03-01").Unit("tunnels"); u.Path != "jo.2501.20.2" {
		t.Errorf("what is inside was not moved: %q", u.Path)
	}
}

// An edit begun on an older screen is told what happened since, event by event.
func TestAConflictTellsWhatHappenedSince(t *testing.T) {
	o := government(t)
	before, _ := o.at("2026-01-01").Unit("roads")
	o.must(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "roads", From: "2026-01-01", Name: kernel.Text{Ar: "مديرية الطرق والجسور"}}))
	m := &Mutation{Module: o.m, Clerk: nil}
	_, err := o.m.MoveUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "roads", Expected: before.Version, Code: "15", From: "2026-01-01"})
	all, err := m.refusals(o.ctx, err)
	if err != nil || len(all) != 1 {
		t.Fatalf("the edit is answered with %v %v", all, err)
	}
	c, is := all[0].(kernel.Conflict)
	if !is || c.Expected != before.Version || c.Actual != before.Version+1 || len(c.Changed) != 1 || c.Changed[0].Type != (UnitRenamed{}).EventType() || c.Changed[0].Actor != "dima" {
		t.Errorf("the conflict tells %+v", all[0])
	}
}

const calendarFile = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//office//EN\r\n" +
	"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270525\r\nDTEND;VALUE=DATE:20270526\r\nSUMMARY:Independence Day\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20270309\r\nDTEND;VALUE=DATE:20270312\r\nSUMMARY;LANGUAGE=ar:عيد الفط\r\n ر\r\nSTATUS:TENTATIVE\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20270601T000000Z\r\nSUMMARY:Called off\\, after all\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:4\r\nDTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year's Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestHolidaysComeFromACalendarFile(t *testing.T) {
	o := government(t)
	r, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(calendarFile), CalendarImport{}, nil)
	if err != nil || r.Accepted != 4 || r.Skipped != 1 || r.Refused != 1 || r.Errors[0].Code != "import.repeats" || r.Errors[0].Row != 24 {
		t.Fatalf("the file is answered with %+v %v", r, err)
	}
	if err := o.g.CatchUp(o.ctx); err != nil {
		t.Fatal(err)
	}
	c := o.g.Calendar()
	for _, day := range []string{"2027-03-09", "2027-03-10", "2027-03-11"} {
		if h := c.On(on(t, day)); len(h) != 1 || h[0].Name.Ar != "عيد الفطر" || !h[0].Estimated {
			t.Errorf("%s is %+v", day, h)
		}
	}
	if h := c.On(on(t, "2027-05-25")); len(h) != 1 || h[0].Name.Ar != "عيد الاستقلال" || h[0].Estimated {
		t.Errorf("Independence Day is %+v", h)
	}
	if len(c.On(on(t, "2027-03-12"))) != 0 {
		t.Error("the end of a whole-day event is taken for its last day")
	}
	again, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(calendarFile), CalendarImport{}, nil)
	if err != nil || again.Accepted != 0 {
		t.Errorf("the same file again changes %+v %v", again, err)
	}
	for _, torn := range []string{calendarFile[:len(calendarFile)/2], "BEGIN:VCALENDAR\r\nnonsense\r\n"} {
		if _, err := o.m.ImportCalendar(o.ctx, registrar(), strings.NewReader(torn), CalendarImport{}, nil); kernel.ProblemsOf(err) == nil {
			t.Errorf("a torn file is answered with %v", err)
		}
	}
}
