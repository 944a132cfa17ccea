package finance

import (
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// paymentSamples is one event of each type of the payment side with every field filled in.
func paymentSamples(t *testing.T) []eventstore.Event {
	day := func(s string) kernel.Date { return on(t, s) }
	by := Signature{Person: "rana", OnBehalfOf: "huda"}
	name := kernel.Text{Ar: "شركة طرق الشمال", En: "North Roads"}
	codes := Codes{Fund: "01", Chapter: "2501", Centre: "0012", Programme: "4401", Activity: "001", Item: "22110501", Source: "001", Governorate: "11"}
	charges := []ChargeLine{{1, roadsFuel, codes, 412_750_000}}
	kept := []Deduction{{"tax", kernel.Text{Ar: "ضريبة", En: "Tax"}, "332001", 20_637_500}}
	content := VoucherContent{ForInvoice, "i-1", "c-1", "p-1", 2026, "JOD", charges, 412_750_000, kept, 392_112_500, "المستخلص السابع"}
	entry := []LedgerLine{{1, codes, 412_750_000, 0, "p-1", roadsFuel}, {2, codes.With(Item, "331001"), 0, 412_750_000, "p-1", ""}}
	return []eventstore.Event{
		PayeeRegistered{Company, "0192f000-0000-7000-8000-000000000002", name, "10231", "rana", day("2026-01-02"), by},
		BankAccountProposed{1, "JO94CBJO0010000000000131000302", "CBJO", day("2026-01-03"), by},
		BankAccountApproved{1, day("2026-01-12"), day("2026-01-05"), by},
		BankAccountRejected{2, "لا كتاب من البنك", day("2026-01-05"), by},
		InvoiceRegistered{"p-1", "77/26", day("2026-03-01"), day("2026-03-02"), day("2026-04-15"), 2026, "c-1", "JOD", charges, 412_750_000, "المستخلص السابع", by},
		InvoiceNumberTaken{"i-1"},
		InvoiceNumberFreed{"i-1"},
		InvoiceVerified{day("2026-03-05"), "j-1", by},
		InvoiceDisputed{"الكمية أقل", day("2026-03-05"), by},
		InvoiceCancelled{"سُجلت مرتين", day("2026-03-05"), by},
		InvoiceVouchered{"v-1"},
		InvoiceVoucherDropped{"v-1"},
		VoucherPrepared{"11874/2026", content, day("2026-03-08"), by},
		VoucherRevised{content, day("2026-03-10"), by},
		VoucherAudited{day("2026-03-11"), "j-2", by},
		VoucherApproved{AtApproval, 10_000_000, true, day("2026-03-12"), by},
		VoucherReturned{AtAudit, "تنقص صورة محضر الاستلام", "j-3", day("2026-03-09"), by},
		VoucherCancelled{AtTreasury, "تغيّر الحساب", "j-4", day("2026-03-13"), by},
		VoucherPaid{day("2026-03-15"), "111001", "RTGS-5512", 1, "j-5", by},
		VoucherReversed{"صُرفت مرتين", day("2026-05-12"), "j-6", 392_112_500, by},
		RefundReceived{100_000_000, day("2026-05-20"), "111001", "IN-7", "j-7", 292_112_500, by},
		JournalDrafted{day("2026-06-15"), "JOD", entry, "تصحيح التبويب", by},
		JournalSubmitted{day("2026-06-15"), by},
		JournalReturned{"أي شهر؟", day("2026-06-16"), by},
		JournalPosted{"512/2026", 2026, 6, day("2026-06-15"), JournalSource{InvoiceEntry, "i-1"}, "j-0", "JOD", entry, "تصحيح التبويب", by},
		JournalReversed{"j-8", "البند خطأ", day("2026-06-20"), by},
		ApprovalLimitSet{"finance_manager", 10_000_000, day("2026-01-01"), by},
		PaymentRulesSet{day("2026-01-01"), 7, "331001", "131001", []string{"111001"}, []DeductionRule{{"tax", kernel.Text{Ar: "ضريبة", En: "Tax"}, "332001"}}, by},
		WaitingTimeSet{day("2026-01-01"), 7, by},
	}
}

func TestEveryStoredShapeOfThePaymentSideIsRead(t *testing.T) {
	everyShapeIsRead(t, paymentEvents(), paymentSamples(t))
}
