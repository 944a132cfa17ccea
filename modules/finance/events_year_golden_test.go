package finance

import (
	"testing"

	"diwan/eventstore"
)

// yearSamples is one event of each type of what passes from year to year.
func yearSamples(t *testing.T) []eventstore.Event {
	by := Signature{Person: "dima", OnBehalfOf: "huda"}
	lines := []LineAmount{{Key: line1, Amount: 1_500_000}, {Key: line2, Amount: 1}}
	return []eventstore.Event{
		TwelfthRuleSet{on(t, "2027-01-01"), 12, []EconomicType{Current, Capital}},
		ProvisionalSpendingBegun{"تأخر قانون الموازنة", on(t, "2026-01-01"), by},
		TwelfthsAuthorised{2, by},
		ProvisionalSpendingEnded{"قانون رقم 1 لسنة 2026", on(t, "2026-03-01"), by},
		ProvisionalTwelfthAuthorised{1, 120_000_000, 12, 10_000_000},
		ProvisionalAuthorityClosed{"5f0c", 20_000_000},
		CommitmentCarriedForward{"c-2", FirstCharge, on(t, "2026-12-31"), lines, by},
		CommitmentBroughtForward{"c-2", "1/2027", 2027, "JOD", "عقد صيانة", "payee-1", "PO-77", "c-1", on(t, "2027-01-01"), lines, by},
		CommitmentCarriedOut{"c-1", 1_500_000, 1_500_000, 250},
		CommitmentBroughtIn{"c-2", 1_500_000, 1_000_000, 500_000, 1_500_000},
		AppropriationLapsed{2_300_000, 100_000, 200_000},
		ClosingRulesSet{on(t, "2026-01-01"), []string{"11*"}, []string{"22*", "311*"}, []string{"3399*"}, "341001"},
		NewCommitmentsStopped{on(t, "2026-12-15"), by},
		NewClaimsStopped{by},
		FiscalYearClosed{"ab12", by},
		JournalForAdjustment{by},
		YearEndStarted{2026, FirstCharge, DecideEach, on(t, "2026-12-15"), on(t, "2027-01-31"), on(t, "2026-12-15"), by},
		YearEndWaiverAsked{"advances", "تُسدد في كانون الثاني", by},
		YearEndWaived{"advances", by},
		YearEndCommitmentDecided{"c-1", CarryThem, "العمل مستمر", by},
		YearEndConfirmed{10, on(t, "2027-02-01"), by},
		YearEndStepCompleted{7, 12, 2_300_000, "ab12", on(t, "2027-02-01"), by},
		FinalAccountProduced{1, 2, 3, 4, 5, 6, 7, 8, "ab12", "cd34", on(t, "2027-02-01"), by},
	}
}

func TestEveryStoredShapeOfTheYearIsRead(t *testing.T) {
	everyShapeIsRead(t, yearEvents(), yearSamples(t))
}
