package finance

import (
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// linesInEvent bounds one StatementLinesRead.
const linesInEvent = 200

// Statement is a bank's statement of one of our accounts (كشف حساب), stream finance.statement/{id}:
// in quarantine, or taken into the book and matched with its entries line by line.
type Statement struct {
	Imported StatementImported
	Stage    StatementStage
	Lines    []StatementLine
	Matched  map[int]int          // line → group
	Groups   map[int]LinesMatched // those that stand
	Last     int                  // the highest group ever given
	By       []Signature          // who imported and matched
}

// StatementStage is where a statement stands.
type StatementStage string

// The stages of a statement.
const (
	StatementIsRead       StatementStage = "read"
	StatementInQuarantine StatementStage = "quarantined"
	StatementIsAccepted   StatementStage = "accepted"
	StatementIsReconciled StatementStage = "reconciled"
)

// Name is the stage in words that complete «the statement is …».
func (s StatementStage) Name() kernel.Text {
	switch s {
	case StatementIsRead:
		return kernel.Text{Ar: "مقروء", En: "read"}
	case StatementInQuarantine:
		return kernel.Text{Ar: "محجور", En: "in quarantine"}
	case StatementIsAccepted:
		return kernel.Text{Ar: "قيد المطابقة", En: "being reconciled"}
	case StatementIsReconciled:
		return kernel.Text{Ar: "مطابَق ومعتمد", En: "reconciled"}
	}
	return kernel.Text{}
}

// Known tells that the statement was imported.
func (s Statement) Known() bool { return s.Stage != "" }

func (s Statement) evolve(e eventstore.Event) Statement {
	switch e := e.(type) {
	case StatementImported:
		s.Imported, s.Stage, s.By = e, StatementIsRead, []Signature{e.By}
	case StatementLinesRead:
		s.Lines = append(slices.Clip(s.Lines), e.Lines...)
	case StatementAccepted:
		s.Stage = StatementIsAccepted
	case StatementQuarantined:
		s.Stage = StatementInQuarantine
	case LinesMatched:
		s.Matched, s.Groups = cloned(s.Matched), cloned(s.Groups)
		for _, l := range e.Lines {
			s.Matched[l] = e.Group
		}
		s.Groups[e.Group], s.Last = e, e.Group
		s.By = append(slices.Clip(s.By), e.By)
	case LinesUnmatched:
		s.Matched, s.Groups = cloned(s.Matched), cloned(s.Groups)
		for _, l := range s.Groups[e.Group].Lines {
			delete(s.Matched, l)
		}
		delete(s.Groups, e.Group)
		s.By = append(slices.Clip(s.By), e.By)
	case ReconciliationApproved:
		s.Stage = StatementIsReconciled
	}
	return s
}

// cloned copies a map, an empty one of nil.
func cloned[K comparable, V any](m map[K]V) map[K]V {
	c := make(map[K]V, len(m)+1)
	for k, v := range m {
		c[k] = v
	}
	return c
}

func (s Statement) mustBe(stage StatementStage) error {
	if !s.Known() {
		return missing("id")
	}
	if s.Stage == stage {
		return nil
	}
	is, want := s.Stage.Name(), stage.Name()
	return kernel.Problem{Code: "finance.statement_stage", Path: "id", Message: kernel.Text{
		Ar: fmt.Sprintf("الكشف %s، ولا يصلح له هذا الإجراء إلا وهو: %s.", is.Ar, want.Ar),
		En: fmt.Sprintf("The statement is %s; it would have to be %s.", is.En, want.En),
	}}
}

// follows tells why a statement is not the next one of its account's book; nil when it is.
func (s StatementImported) follows(a TreasuryAccount) []QuarantineReason {
	var why []QuarantineReason
	say := func(p kernel.Problem) { why = append(why, QuarantineReason{p.Code, p.Message}) }
	if s.Currency != a.Opened.Currency {
		say(refused("finance.currency_differs", "", "الكشف بعملة %s والحساب بعملة %s.", "The statement is in %s, the account in %s.", s.Currency, a.Opened.Currency))
		return why
	}
	if s.Opening != a.Closing {
		say(refused("finance.statement_gap", "",
			"رصيد الكشف الافتتاحي %s، وآخر رصيد ختامي في الدفتر %s يوم %s. ينقص كشف بينهما أو تكرر.",
			"The statement opens with %s; the book last closed with %s on %s. A statement between them is missing, or one came twice.",
			kernel.GroupAmount(s.Opening, s.Currency), kernel.GroupAmount(a.Closing, a.Opened.Currency), a.Day))
	}
	return why
}

// match decides that lines and entries are the same movements.
func (s Statement) match(lines []int, entries []MatchedEntry, auto bool, by Officer, on kernel.Date) (LinesMatched, error) {
	if err := s.mustBe(StatementIsAccepted); err != nil {
		return LinesMatched{}, err
	}
	var sum, booked int64
	for i, n := range lines {
		path := fmt.Sprintf("lines.%d", i)
		switch {
		case n < 1 || n > len(s.Lines):
			return LinesMatched{}, refused("finance.statement_line_unknown", path, "ليس في الكشف سطر برقم %d.", "The statement has no line no. %d.", n)
		case s.Matched[n] != 0:
			return LinesMatched{}, refused("finance.line_matched", path, "السطر %d مطابَق من قبل.", "Line %d is matched already.", n)
		case s.Lines[n-1].Pending:
			return LinesMatched{}, refused("finance.line_pending", path, "السطر %d معلن ولم يُقيَّد بعد.", "Line %d is announced and not booked yet.", n)
		case slices.Contains(lines[:i], n):
			return LinesMatched{}, refused("finance.line_matched", path, "السطر %d مذكور مرتين.", "Line %d is named twice.", n)
		}
		sum += s.Lines[n-1].Amount
	}
	for _, e := range entries {
		booked += e.Amount
	}
	if sum != booked {
		money := func(n int64) string { return kernel.GroupAmount(n, s.Imported.Currency) }
		return LinesMatched{}, refused("finance.match_differs", "lines",
			"مجموع أسطر الكشف %s ومجموع القيود %s، والفرق %s.",
			"The statement's lines make %s and the entries %s; they differ by %s.", money(sum), money(booked), money(sum-booked))
	}
	return LinesMatched{Group: s.Last + 1, Lines: lines, Entries: entries, Auto: auto, On: on, By: by.Sign()}, nil
}

// approve is the second person's step, once every line that counts is matched.
func (s Statement) approve(by Officer, on kernel.Date) (ReconciliationApproved, error) {
	if err := s.mustBe(StatementIsAccepted); err != nil {
		return ReconciliationApproved{}, err
	}
	open := 0
	for i, l := range s.Lines {
		if !l.Pending && s.Matched[i+1] == 0 {
			open++
		}
	}
	if open > 0 {
		return ReconciliationApproved{}, refused("finance.lines_unmatched", "id",
			"في الكشف %d سطر بلا مطابقة.", "The statement has %d lines that are not matched.", open)
	}
	for _, worked := range s.By {
		if by.Signed(worked) {
			return ReconciliationApproved{}, refused("finance.same_person", "id",
				"استورد %s هذا الكشف أو طابقه، فيعتمده شخص ثانٍ.", "%s imported or matched this statement; a second person approves it.", worked.Person)
		}
	}
	return ReconciliationApproved{On: on, By: by.Sign()}, nil
}

func statementStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.statement", Key: id}
}
