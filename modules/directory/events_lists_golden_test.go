package directory

import (
	"slices"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// otherSamples is one event of each type of lists, calendar and terms, as the golden files hold them.
func otherSamples(t *testing.T) []eventstore.Event {
	day := on(t, "2026-03-21")
	name := kernel.Text{Ar: "عيد الفطر", En: "Eid al-Fitr"}
	content := TermContent{"finance", name, kernel.Text{Ar: "تعريف", En: "Definition"}, Words{[]string{"مرادف"}, []string{"synonym"}}}
	tally := Tally{5, 3, 1, 1}
	return []eventstore.Event{
		ListVersionPublished{"currency", name, "2026", day, "ISO 4217", []ListValue{{"JOD", name, "A", map[string]string{"decimals": "3"}}}, []RetiredValue{{"XXX", "JOD"}}},
		WeekendSet{day, []string{"friday", "saturday"}, "قرار"},
		OfficeHoursSet{day, on(t, "2026-04-21"), "09:30", "14:30", name, "قرار"},
		HolidayDeclared{"h-1", day, name, true, "بلاغ"},
		HolidayMoved{"h-1", day, true, "إعلان"},
		HolidayWithdrawn{"h-1", "إلغاء"},
		WorkingDayDeclared{day, "بلاغ"},
		TermProposed{"t-1", content, "t-0", "works", day, on(t, "2026-04-01"), TermRule{[]string{"works", "health"}, 60, 50, 10}},
		TermCommented{"works", "ملاحظة", day},
		TermVoted{"works", VoteFor, day},
		TermAccepted{day, tally},
		TermRejected{day, tally, true},
		TermAdopted{"t-1", content, "terms.csv", day},
		TermRevised{content, "terms.csv", day},
		TermSuperseded{"t-2", day},
		TermMerged{"t-2", day},
		TermSynonymsChanged{Words{[]string{"مرادف"}, []string{"synonym"}}, day},
		TermRuleSet{day, TermRule{[]string{"works", "health"}, 60, 50, 10}},
		TermNamed{"t-1"},
	}
}

func otherEvents() []eventstore.EventType {
	return slices.Concat(listEvents(), calendarEvents(), termEvents(), policyEvents(), termNameEvents())
}

func TestEveryOtherStoredShapeIsRead(t *testing.T) {
	everyShapeIsRead(t, otherEvents(), otherSamples(t))
}
