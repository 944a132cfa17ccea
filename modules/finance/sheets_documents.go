package finance

import (
	"strings"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// documentSheets are the lists of documents, with the columns of their screens.
func documentSheets() []sheet.Sheet {
	number, state := sheetColumn("الرقم", "Number", sheet.Text, "number"), sheetColumn("الحال", "State", sheet.Named, "state")
	day, total := sheetColumn("التاريخ", "Date", sheet.Date, "date"), sheetColumn("المجموع", "Total", sheet.Money, "total")
	payee := sheetColumn("المستفيد", "Payee", sheet.Named, "payee", "name")
	subject := sheetColumn("الموضوع", "Subject", sheet.Text, "subject")
	return []sheet.Sheet{
		documentSheet("reservations", "الحجوزات", "Reservations", false, "date expires subject",
			number, subject, day, sheetColumn("تنتهي", "Expires", sheet.Date, "expires"), state, total),
		documentSheet("commitments", "الالتزامات", "Commitments", true, "date subject reference outstanding { amount currency }",
			number, subject, payee, sheetColumn("مرجع العقد", "Reference", sheet.Text, "reference"), day, state, total,
			sheetColumn("المتبقي", "Outstanding", sheet.Money, "outstanding")),
		documentSheet("invoices", "المطالبات", "Claims", true, "invoiceDate receivedOn dueOn narration",
			number, payee, sheetColumn("البيان", "Narration", sheet.Text, "narration"), sheetColumn("تاريخ الفاتورة", "Invoice date", sheet.Date, "invoiceDate"),
			sheetColumn("الورود", "Received", sheet.Date, "receivedOn"), sheetColumn("الاستحقاق", "Due", sheet.Date, "dueOn"), state, total),
		documentSheet("virements", "المناقلات", "Virements", false, "date reason",
			number, sheetColumn("السبب", "Reason", sheet.Text, "reason"), day, state, total),
		documentSheet("orders", "الأوامر المالية", "Financial orders", false, "date subject", number, subject, day, state, total),
		documentSheet("batches", "دفعات الصرف", "Payment batches", false, "date payOn treasuryName { ar en }",
			number, sheetColumn("الحساب المسحوب عليه", "Account the money leaves", sheet.Named, "treasuryName"), day,
			sheetColumn("يوم الصرف", "Day of payment", sheet.Date, "payOn"), state, total),
		documentSheet("journals", "سجل القيود", "Register of entries", false, "date narration",
			number, sheetColumn("البيان", "Narration", sheet.Text, "narration"), day, state, total),
		payeesSheet(),
	}
}

// documentSheet is the list under a field of the schema; of are the row's fields beside its number,
// state and total.
func documentSheet(field, ar, en string, ofPayee bool, of string, columns ...sheet.Column) sheet.Sheet {
	ask, give, whose := "", "", ""
	if ofPayee {
		ask, give, whose = ", $payee: ID", ", payee: $payee", " payee { name { ar en } }"
	}
	return sheet.Sheet{
		Name: "finance." + field, Title: kernel.Text{Ar: ar, En: en}, Rows: []string{field},
		Document: strings.Join([]string{
			"query SheetOf", strings.ToUpper(field[:1]), field[1:], "($year: Int, $state: String", ask, ", $first: Int!, $after: String) { ", field,
			"(year: $year, state: $state", give, ", first: $first, after: $after) { nodes { number state { ar en } total { amount currency } ", of, whose,
			" } pageInfo { hasNextPage endCursor } } }",
		}, ""),
		Columns: fixed(columns...),
		Asked: func(v map[string]any) []kernel.Text {
			return append(askedFor(v, "year", "السنة المالية", "Fiscal year"), askedFor(v, "state", "الحال", "State")...)
		},
	}
}

func payeesSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "finance.payees", Title: kernel.Text{Ar: "المستفيدون", En: "Payees"}, Rows: []string{"payees"},
		Document: `query SheetPayees($first: Int!, $after: String) {
			payees(first: $first, after: $after) { nodes { kind name { ar en } register } pageInfo { hasNextPage endCursor } }
		}`,
		Columns: fixed(sheetColumn("الاسم", "Name", sheet.Named, "name"), sheetColumn("رقم السجل", "Register number", sheet.Text, "register"),
			sheetColumn("النوع", "Kind", sheet.Text, "kind")),
	}
}
