package finance

import (
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// cycleSamples is one event of each type of the preparation with every field filled in.
func cycleSamples(t *testing.T) []eventstore.Event {
	day := func(s string) kernel.Date { return on(t, s) }
	by := Signature{Person: "sami", OnBehalfOf: "aya"}
	codes := Codes{Fund: "01", Chapter: "2501", Centre: "0012", Programme: "4401", Activity: "001", Item: "221105", Source: "001", Governorate: "11"}
	years := ThreeYears{600_000, 610_000, 620_000}
	return []eventstore.Event{
		BudgetCircularIssued{2027, "JOD", "بلاغ موازنة 2027", day("2026-07-31"), true, day("2026-06-01"), by},
		BudgetCeilingSet{"2501", "4401", Current, years, day("2026-06-02"), by},
		BudgetRequestSubmitted{
			2027, "2501", "4401", 1,
			[]RequestLine{{1, roadsFuel, codes, Current, years, "أسعار الوقود"}},
			600_000,
			[]CeilingBreach{{"2501", "4401", Current, ThreeYears{1, 0, 2}}},
			"جسران جرفهما السيل", day("2026-06-15"), by,
		},
		BudgetRequestReturned{1, "تنقص المبررات", day("2026-06-20"), by},
		BudgetRequestApproved{2, day("2026-06-25"), by},
		BudgetRequestCounted{"2501", "4401", 2, years, ThreeYears{100_000, 0, 0}, 2, true},
		DraftBudgetConsolidated{1, map[string]int{"2501/4401": 2}, years, ThreeYears{100_000, 0, 0}, day("2026-08-01"), by},
		BudgetLocked{1, day("2026-09-01"), by},
		BudgetEnacted{"قانون رقم 1 لسنة 2027", 1, day("2027-01-01"), by},
		RequestEnacted{"2501/4401", 2},
	}
}

func TestEveryStoredShapeOfThePreparationIsRead(t *testing.T) {
	everyShapeIsRead(t, cycleEvents(), cycleSamples(t))
}
