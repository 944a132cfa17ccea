package finance

import (
	"fmt"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Sheets are finance's lists that people save or print, as their screens show them.
func Sheets() []sheet.Sheet {
	return append([]sheet.Sheet{executionSheet(), trialBalanceSheet(), ledgerSheet(), vouchersSheet()}, documentSheets()...)
}

// Forms are finance's documents on paper.
func Forms() []sheet.Form {
	return []sheet.Form{{
		Name: "finance.voucher", Title: kernel.Text{Ar: "مستند صرف", En: "Payment voucher"}, Root: "voucher", Template: "voucher.html",
		Document: `query PaperVoucher($id: ID!) {
			voucher(id: $id) {
				number date narration invoice state { ar en } payee { name { ar en } } gross { amount currency } net { amount currency } inWords
				lines { key amount { amount currency } codes { code name { ar en } } } deductions { code name { ar en } amount { amount currency } }
				preparedBy { name { ar en } } auditedBy { name { ar en } } approvedBy { name { ar en } } paidBy { name { ar en } }
				history(first: 50) { nodes { title { ar en } actor { name { ar en } } onBehalfOf { name { ar en } } at } }
			}
		}`,
	}}
}

func sheetColumn(ar, en string, kind sheet.Kind, path ...string) sheet.Column {
	return sheet.Column{Title: kernel.Text{Ar: ar, En: en}, Kind: kind, Path: path}
}

func fixed(columns ...sheet.Column) func(map[string]any) []sheet.Column {
	return func(map[string]any) []sheet.Column { return columns }
}

// askedFor says a filter in words, when it was given.
func askedFor(variables map[string]any, name, ar, en string) []kernel.Text {
	value := variables[name]
	if value == nil || value == "" {
		return nil
	}
	return []kernel.Text{{Ar: fmt.Sprintf("%s: %v", ar, value), En: fmt.Sprintf("%s: %v", en, value)}}
}

// askedAsOf says the time of a report, when it is not now.
func askedAsOf(variables map[string]any) []kernel.Text {
	at, _ := variables["at"].(map[string]any)
	said := askedFor(at, "trueOn", "كما هو بتاريخ", "True on")
	if at["knownAt"] != nil {
		return append(said, askedFor(at, "knownAt", "كما عُرف عند القيد", "Known at entry")...)
	}
	return append(said, askedFor(at, "knownOn", "كما عُرف بتاريخ", "Known on")...)
}

func executionSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "finance.execution", Title: kernel.Text{Ar: "تنفيذ الموازنة", En: "Budget execution"},
		Rows: []string{"executionReport", "rows"}, Position: []string{"executionReport", "upTo"},
		Document: `query SheetExecution($year: Int!, $groupBy: [SegmentName!]!, $filter: [SegmentFilter!]!, $belowPercent: Int, $at: AsOf, $first: Int!, $after: String) {
			executionReport(year: $year, groupBy: $groupBy, filter: $filter, belowPercent: $belowPercent, at: $at, first: $first, after: $after) {
				upTo
				rows {
					nodes {
						key
						segments { code name { ar en } }
						stages {
							revised { amount currency } frozen { amount currency } released { amount currency } reserved { amount currency }
							committed { amount currency } unpaid { amount currency } paid { amount currency } availableNow { amount currency }
						}
					}
					pageInfo { hasNextPage endCursor }
				}
			}
		}`,
		Columns: func(variables map[string]any) []sheet.Column {
			var columns []sheet.Column
			groups, _ := variables["groupBy"].([]any)
			for i, g := range groups {
				name := segmentTitle(Segment(fmt.Sprint(g)))
				columns = append(columns, sheetColumn(name.Ar, name.En+" code", sheet.Text, "segments", fmt.Sprint(i), "code"),
					sheetColumn("اسم "+name.Ar, name.En, sheet.Named, "segments", fmt.Sprint(i), "name"))
			}
			if len(groups) == 0 {
				key := sheetColumn("بند الموازنة", "Budget line", sheet.Text, "key")
				key.Width = 34
				columns = append(columns, key)
			}
			for _, stage := range []struct{ path, ar, en string }{
				{"revised", "المخصص المعدل", "Final appropriation"},
				{"frozen", "المجمد", "Frozen"},
				{"released", "المفرج عنه", "Released"},
				{"reserved", "المحجوز", "Reserved"},
				{"committed", "الملتزم به", "Committed"},
				{"unpaid", "المستحق غير المدفوع", "Verified, unpaid"},
				{"paid", "المدفوع", "Paid"},
				{"availableNow", "المتاح", "Available"},
			} {
				columns = append(columns, sheetColumn(stage.ar, stage.en, sheet.Money, "stages", stage.path))
			}
			return columns
		},
		Asked: func(variables map[string]any) []kernel.Text {
			said := askedFor(variables, "year", "السنة المالية", "Fiscal year")
			filters, _ := variables["filter"].([]any)
			for _, f := range filters {
				one, _ := f.(map[string]any)
				name := segmentTitle(Segment(fmt.Sprint(one["segment"])))
				said = append(said, kernel.Text{Ar: fmt.Sprintf("%s: %v", name.Ar, one["code"]), En: fmt.Sprintf("%s: %v", name.En, one["code"])})
			}
			said = append(said, askedFor(variables, "belowPercent", "المتاح دون نسبة من المفرج عنه", "Available below this share of what was released")...)
			return append(said, askedAsOf(variables)...)
		},
	}
}

// segmentTitle is what a segment is called, by its name in the schema or in the chart.
func segmentTitle(s Segment) kernel.Text {
	switch s {
	case Fund, "FUND":
		return kernel.Text{Ar: "الصندوق", En: "Fund"}
	case Chapter, "CHAPTER":
		return kernel.Text{Ar: "الفصل", En: "Chapter"}
	case Centre, "CENTRE":
		return kernel.Text{Ar: "المركز", En: "Centre"}
	case Programme, "PROGRAMME":
		return kernel.Text{Ar: "البرنامج", En: "Programme"}
	case Activity, "ACTIVITY":
		return kernel.Text{Ar: "النشاط", En: "Activity"}
	case Item, "ITEM":
		return kernel.Text{Ar: "المادة", En: "Item"}
	case Source, "SOURCE":
		return kernel.Text{Ar: "مصدر التمويل", En: "Source"}
	case Governorate, "GOVERNORATE":
		return kernel.Text{Ar: "المحافظة", En: "Governorate"}
	}
	return kernel.Text{Ar: string(s), En: string(s)}
}

func trialBalanceSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "finance.trial_balance", Title: kernel.Text{Ar: "ميزان المراجعة", En: "Trial balance"},
		Rows: []string{"trialBalance", "rows"}, Position: []string{"trialBalance", "position"},
		Document: `query SheetTrialBalance($year: Int!, $fromMonth: Int!, $toMonth: Int!, $fund: String, $at: AsOf, $first: Int!, $after: String) {
			trialBalance(year: $year, fromMonth: $fromMonth, toMonth: $toMonth, fund: $fund, at: $at, first: $first, after: $after) {
				position
				rows {
					nodes {
						fund { code name { ar en } } account { code name { ar en } }
						opening { amount currency } debit { amount currency } credit { amount currency } closing { amount currency }
					}
					pageInfo { hasNextPage endCursor }
				}
			}
		}`,
		Columns: fixed(
			sheetColumn("الصندوق", "Fund", sheet.Text, "fund", "code"), sheetColumn("الحساب", "Account", sheet.Text, "account", "code"),
			sheetColumn("اسم الحساب", "Account name", sheet.Named, "account", "name"), sheetColumn("رصيد افتتاحي", "Opening", sheet.Money, "opening"),
			sheetColumn("مدين", "Debit", sheet.Money, "debit"), sheetColumn("دائن", "Credit", sheet.Money, "credit"), sheetColumn("رصيد ختامي", "Closing", sheet.Money, "closing")),
		Asked: func(v map[string]any) []kernel.Text {
			said := append(askedFor(v, "year", "السنة المالية", "Fiscal year"), askedFor(v, "fromMonth", "من شهر", "From month")...)
			said = append(append(said, askedFor(v, "toMonth", "إلى شهر", "To month")...), askedFor(v, "fund", "الصندوق", "Fund")...)
			return append(said, askedAsOf(v)...)
		},
	}
}

func ledgerSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "finance.ledger", Title: kernel.Text{Ar: "دفتر الأستاذ", En: "Ledger"}, Rows: []string{"ledger"},
		Document: `query SheetLedger($account: String!, $year: Int, $fund: String, $at: AsOf, $first: Int!, $after: String) {
			ledger(account: $account, year: $year, fund: $fund, at: $at, first: $first, after: $after) {
				nodes {
					number date combination narration
					debit { amount currency } credit { amount currency } balance { amount currency }
				}
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: fixed(
			sheetColumn("القيد", "Journal", sheet.Text, "number"), sheetColumn("التاريخ", "Date", sheet.Date, "date"), sheetColumn("التوجيه", "Combination", sheet.Text, "combination"),
			sheetColumn("البيان", "Narration", sheet.Text, "narration"), sheetColumn("مدين", "Debit", sheet.Money, "debit"), sheetColumn("دائن", "Credit", sheet.Money, "credit"),
			sheetColumn("الرصيد", "Balance", sheet.Money, "balance")),
		Asked: func(v map[string]any) []kernel.Text {
			said := append(askedFor(v, "account", "الحساب", "Account"), askedFor(v, "year", "السنة المالية", "Fiscal year")...)
			return append(append(said, askedFor(v, "fund", "الصندوق", "Fund")...), askedAsOf(v)...)
		},
	}
}

func vouchersSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "finance.vouchers", Title: kernel.Text{Ar: "مستندات الصرف", En: "Payment vouchers"}, Rows: []string{"vouchers"},
		Document: `query SheetVouchers($year: Int, $state: String, $payee: ID, $first: Int!, $after: String) {
			vouchers(year: $year, state: $state, payee: $payee, first: $first, after: $after) {
				nodes { number date state { ar en } payee { name { ar en } } narration gross { amount currency } net { amount currency } }
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: fixed(
			sheetColumn("الرقم", "Number", sheet.Text, "number"), sheetColumn("التاريخ", "Date", sheet.Date, "date"), sheetColumn("الحال", "State", sheet.Named, "state"),
			sheetColumn("المستفيد", "Payee", sheet.Named, "payee", "name"), sheetColumn("البيان", "Narration", sheet.Text, "narration"),
			sheetColumn("الإجمالي", "Gross", sheet.Money, "gross"), sheetColumn("الصافي", "Net", sheet.Money, "net")),
		Asked: func(v map[string]any) []kernel.Text {
			return append(askedFor(v, "year", "السنة المالية", "Fiscal year"), askedFor(v, "state", "الحال", "State")...)
		},
	}
}
