package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// today is the last day of the demo: what would come later is not there yet, so documents wait in
// every state.
func today() kernel.Date { return day("2026-11-22") }

// by is how a planned command names who gives it.
type by = func(person string) finance.Officer

// plan lays out every command of the demo in its order.
func (s *seeding) plan() {
	s.hire()
	s.structure()
	s.year()
	s.rules()
	s.treasuries()
	s.payees()
	s.cash()
	s.releases()
	s.wages()
	s.spending()
	s.orders()
	s.statements()
	s.corrections()
	s.revenue()
	s.preparation()
	s.inOrder()
	s.closing()
}

// inOrder puts the dated commands after the groundwork, in the order of their days.
func (s *seeding) inOrder() {
	sorted := make([]namedAct, 0, len(s.acts))
	for _, a := range s.acts {
		if a.on.IsZero() {
			sorted = append(sorted, a)
		}
	}
	byDay := map[kernel.Date][]namedAct{}
	for _, a := range s.acts {
		if !a.on.IsZero() {
			byDay[a.on] = append(byDay[a.on], a)
		}
	}
	for d := day("2026-01-01"); !d.After(today()); d = d.AddDays(1) {
		sorted = append(sorted, byDay[d]...)
	}
	s.acts = sorted
}

// workday is the day, or the Sunday after it when it is a Friday or Saturday.
func workday(d kernel.Date) kernel.Date {
	for {
		switch time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Weekday() {
		case time.Friday, time.Saturday:
			d = d.AddDays(1)
		default:
			return d
		}
	}
}

// fils writes an amount as forms take it.
func fils(n int64) string { return kernel.FormatAmount(n, "JOD") }

// year opens the year, and enacts its budget law.
func (s *seeding) year() {
	s.act("", "year", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.OpenYear(s.ctx, p("mazen"), finance.OpenYear{Command: id, Year: Year})
	})
	for _, a := range accounts() {
		s.act("", "account/"+a.code, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.AddSegmentValue(s.ctx, p("dima"), finance.AddSegmentValue{Command: id, Segment: finance.Item, Code: a.code, NameAr: a.ar, NameEn: a.en})
		})
	}
	s.file("", "law", law(), finance.ImportOptions{File: "budget-law-2026.csv", Year: Year})
	for _, a := range articles() {
		s.act("", "gfsm/"+a.code, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.MapToGfsm(s.ctx, p("dima"), finance.ChangeSegmentValue{Command: id, Segment: finance.Item, Code: a.code, Class: a.code[:3]})
		})
	}
}

// file imports a budget file; rows that are not booked are a fault of the plan.
func (s *seeding) file(on, name, text string, options finance.ImportOptions) {
	s.act(on, name, func(p by, _ uuid.UUID) (eventstore.Receipt, error) {
		result, err := finance.ImportBudget(s.ctx, s.m, p("sami"), strings.NewReader(text), options, nil)
		if err == nil && result.Accepted+result.Unchanged != result.Rows {
			err = fmt.Errorf("%d of %d rows of %s were booked: %+v", result.Accepted+result.Unchanged, result.Rows, options.File, result.Errors)
		}
		return eventstore.Receipt{}, err
	})
}

// rules are the year's policies: limits, accounts, ceilings, what may not be moved or combined.
func (s *seeding) rules() {
	for _, l := range [][2]string{{"finance_manager", "10,000.000"}, {"spending_officer", "unlimited"}} {
		role, limit := l[0], l[1]
		s.act("", "limit/"+role, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.SetApprovalLimit(s.ctx, p("mazen"), finance.SetApprovalLimit{Command: id, Role: role, Limit: limit, From: "2026-01-01"})
		})
	}
	s.act("", "waiting-time", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetWaitingTime(s.ctx, p("mazen"), finance.SetWaitingTime{Command: id, From: "2026-01-01", Days: 7})
	})
	s.act("", "payment-rules", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetPaymentRules(s.ctx, p("mazen"), finance.SetPaymentRules{
			Command: id, From: "2026-01-01", BankChangeDays: 7, PayableItem: "331001", RecoverItem: "131001", BankItems: []string{"111001", "111002"},
			Deductions: []finance.DeductionRule{
				{Code: "tax", Name: kernel.Text{Ar: "ضريبة الدخل 5%", En: "Income tax 5%"}, Item: "332001"},
				{Code: "retention", Name: kernel.Text{Ar: "محتجزات 10%", En: "Retention 10%"}, Item: "332002"},
				{Code: "social", Name: kernel.Text{Ar: "ضمان وتقاعد", En: "Social security and pension"}, Item: "332003"},
			},
		})
	})
	s.act("", "closing-rules", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetClosingRules(s.ctx, p("mazen"), finance.SetClosingRules{
			Command: id, From: "2026-01-01", Revenue: []string{"411*", "142*"}, Expense: []string{"21*", "22*"}, Result: "351001",
		})
	})
	s.act("", "ceiling/capital", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ChooseCeiling(s.ctx, p("mazen"), finance.ChooseCeiling{Command: id, Economic: finance.Capital, Ceiling: finance.ByAppropriation, From: "2026-01-01"})
	})
	s.act("", "virement-rule", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetVirementRule(s.ctx, p("mazen"), finance.SetVirementRule{
			Command: id, ID: "capital_to_current", FromEconomic: finance.Capital, ToEconomic: finance.Current, From: "2026-01-01",
			MessageAr: "لا تُنقل المخصصات الرأسمالية إلى الجارية.", MessageEn: "Capital appropriations are not moved to current ones.",
		})
	})
	s.act("", "validity-rule", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetValidityRule(s.ctx, p("dima"), finance.SetValidityRule{
			Command: id, ID: "capital_needs_project", Effect: finance.Deny, Pattern: finance.Codes{Activity: "001", Item: "311*"}, From: "2026-01-01",
			MessageAr: "البنود الرأسمالية (311) على مشروع، لا على الأنشطة الجارية.", MessageEn: "Capital items (311) belong to a project, not to running activities.",
		})
	})
}

// closing closes January to September, month by month.
func (s *seeding) closing() {
	for period := 1; period <= 9; period++ {
		s.act("", fmt.Sprintf("close/%d", period), func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.ClosePeriod(s.ctx, p("mazen"), finance.ChangePeriod{Command: id, Year: Year, Period: period})
		})
	}
}

// payees registers the suppliers with their bank accounts, and the transfer of salaries.
func (s *seeding) payees() {
	s.payee("wages", kernel.Text{Ar: "تحويل رواتب الموظفين", En: "Salaries, by transfer to employees' banks"}, "", 1)
	for i, v := range suppliers() {
		s.payee(v.code, kernel.Text{Ar: v.ar, En: v.en}, v.code, i+2)
	}
	s.person()
	s.account("11820", "again", "2026-06-07", 41, "2026-06-09") // a changed account, approved: usable a week later
	s.account("14877", "again", "2026-11-22", 42, "")           // one that waits for its second person
}

// person registers a natural person, whose name and account the vault seals. A log without a vault
// keeps no personal data, and its demo has nobody of that kind.
func (s *seeding) person() {
	s.act("", "payee/person", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		r, err := s.m.RegisterPayee(s.ctx, p("dima"), finance.RegisterPayee{
			Command: id, Kind: finance.Person, On: "2026-01-01",
			Personal: finance.PersonalData{Name: "سعاد عبد الله الرفاعي", National: "9871002345"},
		})
		for _, refusal := range kernel.ProblemsOf(err) {
			if refusal.Code == "finance.vault_missing" {
				return r, nil
			}
		}
		return r, err
	})
}

func payeeID(code string) string { return ID("payee/" + code).String() }

func (s *seeding) payee(code string, name kernel.Text, register string, number int) {
	s.act("", "payee/"+code, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.RegisterPayee(s.ctx, p("dima"), finance.RegisterPayee{Command: id, Kind: finance.Company, Name: name, Register: register, On: "2026-01-01"})
	})
	s.account(code, "first", "", number, "2026-01-01")
}

// account proposes a bank account and, where a day is given, has it approved.
func (s *seeding) account(code, which, proposed string, number int, approved string) {
	on := proposed
	if on == "" {
		on = "2026-01-01"
	}
	s.act(proposed, "account/"+code+"/"+which, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ProposeBankAccount(s.ctx, p("dima"), finance.ProposeBankAccount{Command: id, Payee: payeeID(code), IBAN: iban(number), Bank: "CBJO", On: on})
	})
	if approved == "" {
		return
	}
	n, day := 1, ""
	if proposed != "" {
		n, day = 2, approved
	}
	s.act(day, "account/"+code+"/"+which+"/approve", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ApproveBankAccount(s.ctx, p("huda"), finance.DecideBankAccount{Command: id, Payee: payeeID(code), Account: n, On: approved})
	})
}

// iban is an account number of the demo with its right check digits.
func iban(number int) string {
	for check := 2; check <= 98; check++ {
		candidate := fmt.Sprintf("JO%02dCBJO0010%018d", check, 131_000_000+number)
		if found, err := finance.ParseIBAN(candidate, ""); err == nil {
			return found
		}
	}
	panic("the demo's plan: no check digits fit") // there is always one
}
