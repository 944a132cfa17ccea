package finance

import (
	"fmt"

	"diwan/modules/kernel"
)

// insufficient is the refusal everybody meets: the key, what is available, what was asked and what
// is missing, in the sentence and as figures.
func insufficient(l BudgetLine, asked, available int64) kernel.Problem {
	money := func(n int64) string { return kernel.GroupAmount(n, l.Currency) }
	short := asked - available
	return kernel.Problem{
		Code: "finance.budget_insufficient",
		Message: kernel.Text{
			Ar: fmt.Sprintf("لا يكفي المتاح على البند %s: المطلوب %s والمتاح %s، وينقص %s.", l.Key, money(asked), money(available), money(short)),
			En: fmt.Sprintf("Not enough available on line %s: %s asked, %s left, %s short.", l.Key, money(asked), money(available), money(short)),
		},
		Details: map[string]string{
			"key":       l.Key,
			"available": kernel.FormatAmount(available, l.Currency),
			"asked":     kernel.FormatAmount(asked, l.Currency),
			"shortfall": kernel.FormatAmount(short, l.Currency),
			"currency":  l.Currency,
		},
	}
}

// Stages that a move can ask too much of.
var (
	frozenStage     = stage{"finance.frozen_exceeded", kernel.Text{Ar: "المجمّد", En: "frozen"}}
	unreleasedStage = stage{"finance.unreleased_exceeded", kernel.Text{Ar: "غير المفرج عنه", En: "not released yet"}}
	reservedStage   = stage{"finance.reserved_exceeded", kernel.Text{Ar: "المحجوز", En: "reserved"}}
	committedStage  = stage{"finance.committed_exceeded", kernel.Text{Ar: "الملتزم به", En: "committed"}}
	obligatedStage  = stage{"finance.obligated_exceeded", kernel.Text{Ar: "المستحق غير المدفوع", En: "verified and not paid"}}
	paidStage       = stage{"finance.paid_exceeded", kernel.Text{Ar: "المدفوع", En: "paid"}}
)

type stage struct {
	code string
	name kernel.Text
}

// beyondStage refuses a move of more than a stage holds.
func beyondStage(l BudgetLine, s stage, asked, holds int64) kernel.Problem {
	money := func(n int64) string { return kernel.GroupAmount(n, l.Currency) }
	return kernel.Problem{
		Code: s.code,
		Message: kernel.Text{
			Ar: fmt.Sprintf("البند %s: المطلوب %s و%s %s.", l.Key, money(asked), s.name.Ar, money(holds)),
			En: fmt.Sprintf("Line %s: %s asked, %s %s.", l.Key, money(asked), money(holds), s.name.En),
		},
		Details: map[string]string{
			"key":      l.Key,
			"asked":    kernel.FormatAmount(asked, l.Currency),
			"holds":    kernel.FormatAmount(holds, l.Currency),
			"currency": l.Currency,
		},
	}
}

func notPositive() kernel.Problem {
	return kernel.Problem{Code: "finance.amount_not_positive", Message: kernel.Text{
		Ar: "المبلغ صفر أو سالب. المطلوب مبلغ أكبر من صفر.",
		En: "The amount is zero or negative. An amount above zero is needed.",
	}}
}

func lineUnknown() kernel.Problem {
	return kernel.Problem{Code: "finance.line_unknown", Message: kernel.Text{
		Ar: "لا اعتماد على هذا البند في السنة.",
		En: "There is no appropriation on this line in the year.",
	}}
}

func alreadyEnacted(l BudgetLine) kernel.Problem {
	original := kernel.GroupAmount(l.Original, l.Currency)
	return kernel.Problem{Code: "finance.already_enacted", Message: kernel.Text{
		Ar: fmt.Sprintf("للبند %s اعتماد أصلي قدره %s. التعديل بملحق موازنة.", l.Key, original),
		En: fmt.Sprintf("Line %s already has an original appropriation of %s. Change it by a supplementary budget.", l.Key, original),
	}}
}

// forbidden refuses an officer without the permission.
func forbidden(p Permission) kernel.Problem {
	return kernel.Problem{
		Code: "finance.not_permitted",
		Message: kernel.Text{
			Ar: "هذا الإجراء ليس ضمن الصلاحيات المسندة.",
			En: "This act is not among the permissions held.",
		},
		Details: map[string]string{"permission": string(p)},
	}
}

// samePerson refuses the second step of a document to whoever did an earlier one.
func samePerson(first kernel.Text) kernel.Problem {
	return kernel.Problem{Code: "finance.same_person", Message: kernel.Text{
		Ar: first.Ar + " لا يعتمد المستند نفسه. الاعتماد لشخص آخر.",
		En: first.En + " cannot approve the same document. Approval lies with another person.",
	}}
}
