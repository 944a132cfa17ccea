package finance

import (
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// treasurySamples is one event of each type of treasury with every field filled in.
func treasurySamples(t *testing.T) []eventstore.Event {
	day := func(s string) kernel.Date { return on(t, s) }
	by := Signature{Person: "lina", OnBehalfOf: "zaid"}
	name := kernel.Text{Ar: "الخزينة العامة", En: "Treasury"}
	codes := Codes{Fund: "01", Chapter: "2501", Centre: "0012", Programme: "4401", Activity: "001", Item: "22110501", Source: "001", Governorate: "11"}
	payment := BatchPayment{"v-1", "11874/2026", "p-1", 1, "P0123456789ABCDEFGHIJKLMNOP.1", 1_234_567}
	return []eventstore.Event{
		TreasuryAccountOpened{name, "JO94CBJO0010000000000131000302", "CBJOJOAX", "JOD", "111001", "t-0", 10_000_000, day("2026-01-02"), by},
		TreasuryIBANTaken{"t-1"},
		StatementTaken{"s-1", "27/01", 10_000_000, 9_265_000, day("2026-06-30")},
		BatchBuilt{"17/2026", 2026, "t-1", "JOD", day("2026-06-16"), []BatchPayment{payment}, 1_234_567, day("2026-06-15"), by},
		BatchReleased{"pain.001.001.03", day("2026-06-15"), by},
		BatchDropped{"اليوم عطلة", day("2026-06-15"), by},
		BatchFileProduced{"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 2048},
		BatchAnswered{"v-1", true, "AC01", "رقم الحساب خطأ", day("2026-06-17"), by},
		VoucherScheduled{"b-1", day("2026-06-15"), by},
		VoucherUnscheduled{"b-1", day("2026-06-15"), by},
		PaymentReturned{"b-1", "AC01 رقم الحساب خطأ", "j-9", day("2026-06-17"), by},
		EntryCleared{"s-1", 3},
		EntryUncleared{"s-1", 3},
		StatementImported{"t-1", "253JOD", "27/01", "camt.053.001.08", "9f86d081884c7d65", "JOD", 10_000_000, 9_265_000, day("2026-06-01"), day("2026-06-30"), 3, day("2026-07-01"), by},
		StatementLinesRead{[]StatementLine{{1, -1_234_567, day("2026-06-16"), day("2026-06-17"), true, true, "PMNT-ICDT-DMCT", "B77", payment.EndToEnd}}},
		StatementAccepted{day("2026-07-01"), by},
		StatementQuarantined{[]QuarantineReason{{"finance.statement_gap", kernel.Text{Ar: "ينقص كشف", En: "A statement is missing"}}}, day("2026-07-01"), by},
		LinesMatched{1, []int{1, 2}, []MatchedEntry{{"j-5", -1_234_567}}, true, day("2026-07-01"), by},
		LinesUnmatched{1, "قيد آخر", day("2026-07-02"), by},
		ReconciliationApproved{day("2026-07-03"), by},
		AdvanceRulesSet{day("2026-01-01"), 30, true, "132001", "05", "333001", by},
		AdvanceRequested{"p-1", TemporaryAdvance, "قطع غيار", 2026, "JOD", codes, 500_000, day("2026-06-01"), by},
		AdvanceApproved{10_000_000, day("2026-06-01"), by},
		AdvanceRefused{"لا حاجة", day("2026-06-01"), by},
		AdvanceIssued{"12/2026", day("2026-07-01"), "111001", "RTGS-9", 1, "j-10", day("2026-06-01"), by},
		SettlementProposed{1, []ChargeLine{{1, roadsFuel, codes, 430_250}}, 430_250, "فواتير الطريق", day("2026-06-10"), by},
		SettlementReturned{1, "تنقص فاتورة", day("2026-06-11"), by},
		AdvanceSettled{1, 430_250, 69_750, "j-11", day("2026-06-11"), by},
		AdvanceCashReturned{69_750, 1, "111001", "R-2", "j-12", day("2026-06-12"), by},
		AdvanceTaken{"a-1", day("2026-07-01")},
		AdvanceCleared{"a-1"},
		TrustOpened{"p-1", "تأمين حسن تنفيذ", "JOD", codes, day("2026-06-01"), by},
		DepositReceived{1_000_000, 1_000_000, "111001", "R-1", "j-13", day("2026-06-02"), by},
		TrustPaymentRequested{1, "p-1", 400_000, "انتهى العمل", day("2026-06-02"), by},
		TrustPaymentRefused{1, "لم يُستلم", day("2026-06-03"), by},
		CashierBookOpened{name, "salma", "JOD", codes, "111002", "229001", day("2026-01-02"), by},
		ReceiptIssued{"k-1", "118/2026", 2026, "JOD", ByCheque, "00451", []ReceiptLine{{1, "142001", 25_000, "رسم ترخيص"}}, 25_000, "j-15", day("2026-06-15"), by},
		ReceiptCancelled{"خطأ في المبلغ", "j-16", day("2026-06-15"), by},
		ReceiptBooked{"r-1", 25_000, InCash, day("2026-06-15")},
		CashierDayClosed{day("2026-06-15"), 12, 300_000, 299_500, "نقص في العد", "j-17", by},
		CashDeposited{299_500, "111001", "SLIP-4", 1, "j-18", day("2026-06-16"), by},
		TrustPaid{1, 400_000, 600_000, 1, "111001", "RTGS-10", "j-14", day("2026-06-03"), by},
	}
}

func TestEveryStoredShapeOfTreasuryIsRead(t *testing.T) {
	everyShapeIsRead(t, treasuryEvents(), treasurySamples(t))
}
