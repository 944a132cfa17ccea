package finance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// budgetSamples is one event of each type of the budget side with every field filled in, as the
// golden files hold it.
func budgetSamples(t *testing.T) []eventstore.Event {
	day := func(s string) kernel.Date { return on(t, s) }
	by := Signature{Person: "rana", OnBehalfOf: "huda"}
	name := kernel.Text{Ar: "مديرية الطرق", En: "Directorate of Roads"}
	codes := Codes{Fund: "01", Chapter: "2501", Centre: "0012", Programme: "4401", Activity: "001", Item: "221105", Source: "001", Governorate: "11"}
	lines := []LineAmount{{Key: line1, Amount: 1_234_500}, {Key: line2, Amount: 1}}
	m := ColumnMap{Columns: map[string]string{"IMPORTE": "amount"}, Decimal: ".", Thousands: ",", Multiplier: 1000, Currency: "JOD", Encoding: "utf-8", Delimiter: ";"}
	return []eventstore.Event{
		FiscalYearOpened{2026, "JOD", day("2026-01-01"), day("2026-12-31"), []Period{{1, day("2026-01-01"), day("2026-01-31")}, {13, day("2026-12-31"), day("2026-12-31")}}, by},
		PeriodSoftClosed{1, by},
		PeriodClosed{1, by},
		PeriodReopenAsked{1, "تصحيح التدقيق", by},
		PeriodReopened{1, by},
		SegmentConfigured{Item, name, 8, "000"},
		BudgetKeyChosen{2027, []KeyPart{{Chapter, 0}, {Item, 6}}},
		ValidityRuleSet{"no_capital", Deny, Codes{Item: "31*"}, day("2026-01-01"), day("2026-12-31"), name},
		SegmentValueAdded{Item, "221105", name, "221", true, Current, day("2026-01-01"), day("2026-12-31")},
		SegmentValueRenamed{name, day("2026-07-01")},
		SegmentValueDeactivated{day("2027-01-01"), "دُمج"},
		CofogMapped{"04.5"},
		GfsmMapped{"22"},
		CeilingChosen{Capital, ByAppropriation, day("2026-01-01")},
		VirementRuleSet{"capital_to_current", Capital, Current, Codes{Item: "31*"}, Codes{Item: "22*"}, Chapter, day("2026-01-01"), day("2026-12-31"), name},
		BudgetLineOpened{2026, line1, codes, "JOD", Current},
		AppropriationEnacted{1_234_500, "5f0c"},
		SupplementaryEnacted{-500, "5f0d"},
		VirementApplied{"v-1", -200_000},
		AppropriationFrozen{100, "قرار مجلس الوزراء", by},
		AppropriationUnfrozen{100, "قرار مجلس الوزراء", by},
		AllotmentReleased{"o-1", 3, 83_334},
		AllotmentWithdrawn{"o-1", 83_334},
		FundsReserved{"r-1", 400_000},
		ReservationReleased{"r-1", 400_000},
		CommitmentRecorded{"c-1", 2_000_000},
		CommitmentReduced{"c-1", 1},
		ObligationRecorded{"i-1", "c-1", 1_250_500, 1_250_000},
		ObligationReversed{"i-1", "c-1", 1_250_500, 1_250_000},
		PaymentRecorded{"p-1", 250_750},
		PaymentReversed{"p-1", 250_750},
		FinancialOrderDrafted{"o-1", 2026, "JOD", GeneralOrder, "الأمر المالي العام", []OrderLine{{line1, 1, 83_334}}, by},
		FinancialOrderCertified{"7/2026", day("2026-01-05"), by},
		FinancialOrderCancelled{"خطأ", true, by},
		VirementProposed{"v-1", 2026, "JOD", "نقص الوقود", []LineAmount{{line1, -200_000}, {line2, 200_000}}, by},
		VirementApproved{"3/2026", day("2026-06-15"), by},
		VirementRejected{"لا يكفي", by},
		ReservationOpened{"r-1", "12/2026", 2026, "JOD", "طلب شراء", day("2026-06-15"), day("2026-09-30"), lines, by},
		ReservationConverted{"c-1", by},
		ReservationEnded{true, "أُلغي الشراء", by},
		CommitmentOpened{"c-1", "3318/2026", 2026, "JOD", "عقد صيانة", "payee-1", "PO-77", "r-1", day("2026-06-15"), lines, by},
		CommitmentAmended{"زيادة", day("2026-06-16"), lines, by},
		CommitmentConsumed{"i-1", lines},
		CommitmentRestored{"i-1", lines},
		CommitmentReleased{"انتهى العقد", day("2026-06-30"), lines, by},
		NumberGiven{3318, "c-1"},
		BudgetImportStarted{"gastos.csv", "ab12", Supplementary, true, 2026, m, by},
		BudgetBatchImported{2, 100, []string{"2026/" + line1}},
		ImportRowsQuarantined{[]QuarantinedRow{{17, "import.negative", []string{"2026", "-5"}}}},
		ImportSourceKept{"sha256:" + strings.Repeat("0", 64), []string{"year", "amount"}},
		BudgetImportFinished{10, 5, 1, 1, 2, 1, map[string]int64{"2026": 1_234_500}},
		ColumnMapRemembered{m},
	}
}

func TestEveryStoredShapeOfTheBudgetSideIsRead(t *testing.T) {
	everyShapeIsRead(t, budgetEvents(), budgetSamples(t))
}

// everyShapeIsRead requires that every shape ever stored can still be read, and today's is written
// byte for byte as its golden file has it. The files are never changed or removed.
func everyShapeIsRead(t *testing.T, types []eventstore.EventType, all []eventstore.Event) {
	codec := eventstore.NewCodec(types...)
	samples := map[string]eventstore.Event{}
	for _, e := range all {
		samples[e.EventType()] = e
		if filled := reflect.ValueOf(e); filled.Kind() == reflect.Struct {
			for i := range filled.NumField() {
				if filled.Field(i).IsZero() {
					t.Errorf("the sample of %s leaves %s empty", e.EventType(), filled.Type().Field(i).Name)
				}
			}
		}
	}
	for _, typ := range codec.Types() {
		sample, there := samples[typ.Name]
		if !there {
			t.Errorf("%s has no sample", typ.Name)
			continue
		}
		for shape := int16(1); shape <= typ.Schema; shape++ {
			path := filepath.Join("testdata", "events", fmt.Sprintf("%s.v%d.json", typ.Name, shape))
			golden, err := os.ReadFile(path)
			if err != nil {
				_, _, data, _ := codec.Encode(sample)
				t.Errorf("%s is missing; today's shape is %s", path, data)
				continue
			}
			read, err := codec.Decode(typ.Name, shape, golden)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			if shape == typ.Schema {
				if !reflect.DeepEqual(read, sample) {
					t.Errorf("%s is read as\n%+v, the sample is\n%+v", path, read, sample)
				}
				var compact bytes.Buffer
				_, _, data, err := codec.Encode(sample)
				if err != nil || json.Compact(&compact, golden) != nil || !bytes.Equal(compact.Bytes(), data) {
					t.Errorf("%s holds\n%s, written today is\n%s (%v)", path, strings.TrimSpace(compact.String()), data, err)
				}
			}
		}
	}
}
