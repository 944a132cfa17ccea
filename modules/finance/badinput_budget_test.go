package finance

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// form under test: a command with one line, of which one field at a time is spoiled.
type spoiled struct {
	command     uuid.UUID
	year        int
	on, expires string
	subject     string
	line        LineInput
	lines       int // how often the line stands in the document
	payee       string
	id          string // of the document that is changed
}

// ask sends the spoiled form as every command of the budget side that has such a line, but those
// skipped.
func (o *bureau) ask(in spoiled, contract, skip string) map[string]error {
	lines := []LineInput{}
	for range in.lines {
		lines = append(lines, in.line)
	}
	errs := map[string]error{}
	act := func(name string, f func(uuid.UUID) (eventstore.Receipt, error)) {
		if contains(skip, name) {
			return
		}
		id := in.command
		if id == uuid.Nil {
			id = command()
		}
		_, errs[name] = f(id)
	}
	act("RecordCommitment", func(c uuid.UUID) (eventstore.Receipt, error) {
		return o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: c, Year: in.year, On: in.on, Subject: in.subject, Payee: in.payee, Lines: lines})
	})
	act("AmendCommitment", func(c uuid.UUID) (eventstore.Receipt, error) {
		id := contract
		if in.id != "" {
			id = in.id
		}
		return o.AmendCommitment(o.ctx, rana(), AmendCommitment{Command: c, ID: id, On: in.on, Reason: in.subject, Lines: lines})
	})
	act("ReserveFunds", func(c uuid.UUID) (eventstore.Receipt, error) {
		return o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: c, Year: in.year, On: in.on, Expires: in.expires, Subject: in.subject, Lines: lines})
	})
	act("ProposeVirement", func(c uuid.UUID) (eventstore.Receipt, error) {
		return o.ProposeVirement(o.ctx, rana(), ProposeVirement{Command: c, Year: in.year, On: in.on, Reason: in.subject, Lines: append([]LineInput{{line2, "-1.000"}}, lines...)})
	})
	act("FreezeBudget", func(c uuid.UUID) (eventstore.Receipt, error) {
		return o.FreezeBudget(o.ctx, sami(), FreezeBudget{Command: c, Year: in.year, On: in.on, Reason: in.subject, Lines: lines})
	})
	act("UnfreezeBudget", func(c uuid.UUID) (eventstore.Receipt, error) {
		return o.UnfreezeBudget(o.ctx, sami(), FreezeBudget{Command: c, Year: in.year, On: in.on, Reason: in.subject, Lines: lines})
	})
	act("DraftOrder", func(c uuid.UUID) (eventstore.Receipt, error) {
		order := make([]OrderLineInput, len(lines))
		for i, l := range lines {
			order[i] = OrderLineInput{Key: l.Key, Months: []int{1}, Amount: l.Amount}
		}
		return o.DraftOrder(o.ctx, rana(), DraftOrder{Command: c, Year: in.year, Kind: GeneralOrder, Subject: in.subject, Lines: order})
	})
	return errs
}

// Every wrong input gets a sentence naming the field and the reason, in every form, and changes
// nothing.
func TestWrongInputGetsASentenceAndChangesNothing(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000", line2, "100.000")
	o.release(line1, "50.000")
	o.release(line2, "50.000")
	contract := command()
	o.must(o.commit(contract, line1, "5.000"))
	before := o.head()

	good := spoiled{year: 2026, expires: "2026-12-31", subject: "عقد صيانة", line: LineInput{line1, "1.000"}, lines: 1}
	for name, c := range map[string]struct {
		spoil func(*spoiled)
		codes string // any of them
		paths string // any of them; empty = the document as a whole
		skip  string // commands that have no such field, or take such a value
	}{
		"negative amount":        {func(s *spoiled) { s.line.Amount = "-1.000" }, "finance.amount_not_positive finance.virement_unbalanced", "lines.0.amount lines", "AmendCommitment"},
		"zero amount":            {func(s *spoiled) { s.line.Amount = "0" }, "finance.amount_not_positive", "lines.0.amount lines.1.amount", ""},
		"1e18":                   {func(s *spoiled) { s.line.Amount = "1e18" }, "money.not_a_number", "lines.0.amount lines.1.amount", ""},
		"too large":              {func(s *spoiled) { s.line.Amount = "9223372036854775807" }, "money.too_large", "lines.0.amount lines.1.amount", ""},
		"large":                  {func(s *spoiled) { s.line.Amount = "9000000000000" }, "money.too_large", "lines.0.amount lines.1.amount", ""},
		"text":                   {func(s *spoiled) { s.line.Amount = "مئة دينار" }, "money.not_a_number", "lines.0.amount lines.1.amount", ""},
		"no amount":              {func(s *spoiled) { s.line.Amount = "" }, "money.empty", "lines.0.amount lines.1.amount", ""},
		"four decimals":          {func(s *spoiled) { s.line.Amount = "1.0005" }, "money.precision", "lines.0.amount lines.1.amount", ""},
		"mark in an amount":      {func(s *spoiled) { s.line.Amount = "1\u200f.000" }, "money.not_a_number", "lines.0.amount lines.1.amount", ""},
		"no key":                 {func(s *spoiled) { s.line.Key = "" }, "field.missing", "lines.0.key lines.1.key", ""},
		"unknown line":           {func(s *spoiled) { s.line.Key = "01-2501-4401-001-999999-001" }, "finance.line_unknown", "lines.0 lines.0.key lines.1.amount", ""},
		"right-to-left mark":     {func(s *spoiled) { s.line.Key = "01-2501-4401-001-2211\u200f05-001" }, "code.hidden_character", "lines.0.key lines.1.key", ""},
		"zero-width space":       {func(s *spoiled) { s.line.Key += "\u200b" }, "code.hidden_character", "lines.0.key lines.1.key", ""},
		"long key":               {func(s *spoiled) { s.line.Key = strings.Repeat("1", 300) }, "code.too_long", "lines.0.key lines.1.key", ""},
		"31 February":            {func(s *spoiled) { s.on = "2026-02-31" }, "date.not_a_day", "on", "DraftOrder"},
		"date as text":           {func(s *spoiled) { s.on = "غداً" }, "date.not_a_day", "on", "DraftOrder"},
		"31 February as expiry":  {func(s *spoiled) { s.expires = "2026-02-31" }, "date.not_a_day", "expires", "RecordCommitment AmendCommitment ProposeVirement FreezeBudget UnfreezeBudget DraftOrder"},
		"no expiry":              {func(s *spoiled) { s.expires = "" }, "field.missing", "expires", "RecordCommitment AmendCommitment ProposeVirement FreezeBudget UnfreezeBudget DraftOrder"},
		"another year's day":     {func(s *spoiled) { s.on = "2025-12-31" }, "finance.date_outside_year", "on", "DraftOrder"},
		"a year not opened":      {func(s *spoiled) { s.year = 2031 }, "finance.year_not_open", "year on.year", "AmendCommitment"},
		"an impossible year":     {func(s *spoiled) { s.year = 26 }, "finance.year_impossible", "year", "AmendCommitment"},
		"no subject":             {func(s *spoiled) { s.subject = "" }, "field.missing", "subject reason", ""},
		"10 MB of text":          {func(s *spoiled) { s.subject = strings.Repeat("س", 5<<20) }, "text.too_long", "subject reason", ""},
		"bytes that are no text": {func(s *spoiled) { s.subject = "\xff\xfe" }, "text.not_text", "subject reason", ""},
		"no lines":               {func(s *spoiled) { s.lines = 0 }, "finance.lines_count finance.virement_unbalanced", "lines", ""},
		"a thousand lines":       {func(s *spoiled) { s.lines = 1000 }, "finance.lines_count", "lines", ""},
		"mark in the payee":      {func(s *spoiled) { s.payee = "4\u200e711" }, "code.hidden_character", "payee", "AmendCommitment ReserveFunds ProposeVirement FreezeBudget UnfreezeBudget DraftOrder"},
		"unknown document":       {func(s *spoiled) { s.id = "nothing" }, "finance.document_unknown", "id", "RecordCommitment ReserveFunds ProposeVirement FreezeBudget UnfreezeBudget DraftOrder"},
	} {
		in := good
		c.spoil(&in)
		for act, err := range o.ask(in, contract.String(), c.skip) {
			problems := kernel.ProblemsOf(err)
			if len(problems) == 0 {
				t.Errorf("%s, %s: got %v", act, name, err)
				continue
			}
			found := false
			for _, p := range problems {
				if p.Message.Ar == "" || p.Message.En == "" || len(p.Message.En) > 500 {
					t.Errorf("%s, %s: a sentence is missing or endless: %+v", act, name, p)
				}
				found = found || contains(c.codes, p.Code) && contains(c.paths, p.Path)
			}
			if !found {
				t.Errorf("%s, %s: got %v, want %s at %s", act, name, err, c.codes, c.paths)
			}
		}
		if o.head() != before {
			t.Fatalf("%s: something was written", name)
		}
	}
}

func contains(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

// Every command of the budget side is refused to whoever may not do it, before anything is looked at.
func TestWithoutPermissionNothingIsLookedAt(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	nobody := officer("nour", MayReadFinance)
	c := command()
	for name, act := range map[string]func() (eventstore.Receipt, error){
		"OpenYear":        func() (eventstore.Receipt, error) { return o.OpenYear(o.ctx, nobody, OpenYear{Command: c}) },
		"SoftClosePeriod": func() (eventstore.Receipt, error) { return o.SoftClosePeriod(o.ctx, nobody, ChangePeriod{Command: c}) },
		"ClosePeriod":     func() (eventstore.Receipt, error) { return o.ClosePeriod(o.ctx, nobody, ChangePeriod{Command: c}) },
		"ReopenPeriod":    func() (eventstore.Receipt, error) { return o.ReopenPeriod(o.ctx, nobody, ChangePeriod{Command: c}) },
		"AddSegmentValue": func() (eventstore.Receipt, error) {
			return o.AddSegmentValue(o.ctx, nobody, AddSegmentValue{Command: c})
		},
		"RenameSegmentValue": func() (eventstore.Receipt, error) {
			return o.RenameSegmentValue(o.ctx, nobody, ChangeSegmentValue{Command: c})
		},
		"DeactivateSegmentValue": func() (eventstore.Receipt, error) {
			return o.DeactivateSegmentValue(o.ctx, nobody, ChangeSegmentValue{Command: c})
		},
		"MapToCofog": func() (eventstore.Receipt, error) { return o.MapToCofog(o.ctx, nobody, ChangeSegmentValue{Command: c}) },
		"MapToGfsm":  func() (eventstore.Receipt, error) { return o.MapToGfsm(o.ctx, nobody, ChangeSegmentValue{Command: c}) },
		"ConfigureSegment": func() (eventstore.Receipt, error) {
			return o.ConfigureSegment(o.ctx, nobody, ConfigureSegment{Command: c})
		},
		"ChooseBudgetKey": func() (eventstore.Receipt, error) {
			return o.ChooseBudgetKey(o.ctx, nobody, ChooseBudgetKey{Command: c})
		},
		"SetValidityRule": func() (eventstore.Receipt, error) {
			return o.SetValidityRule(o.ctx, nobody, SetValidityRule{Command: c})
		},
		"ChooseCeiling": func() (eventstore.Receipt, error) { return o.ChooseCeiling(o.ctx, nobody, ChooseCeiling{Command: c}) },
		"SetVirementRule": func() (eventstore.Receipt, error) {
			return o.SetVirementRule(o.ctx, nobody, SetVirementRule{Command: c})
		},
		"DraftOrder":   func() (eventstore.Receipt, error) { return o.DraftOrder(o.ctx, nobody, DraftOrder{Command: c}) },
		"CertifyOrder": func() (eventstore.Receipt, error) { return o.CertifyOrder(o.ctx, nobody, StepOrder{Command: c}) },
		"CancelOrder":  func() (eventstore.Receipt, error) { return o.CancelOrder(o.ctx, nobody, StepOrder{Command: c}) },
		"ProposeVirement": func() (eventstore.Receipt, error) {
			return o.ProposeVirement(o.ctx, nobody, ProposeVirement{Command: c})
		},
		"ApproveVirement": func() (eventstore.Receipt, error) { return o.ApproveVirement(o.ctx, nobody, StepVirement{Command: c}) },
		"RejectVirement":  func() (eventstore.Receipt, error) { return o.RejectVirement(o.ctx, nobody, StepVirement{Command: c}) },
		"FreezeBudget":    func() (eventstore.Receipt, error) { return o.FreezeBudget(o.ctx, nobody, FreezeBudget{Command: c}) },
		"UnfreezeBudget":  func() (eventstore.Receipt, error) { return o.UnfreezeBudget(o.ctx, nobody, FreezeBudget{Command: c}) },
		"ReserveFunds":    func() (eventstore.Receipt, error) { return o.ReserveFunds(o.ctx, nobody, ReserveFunds{Command: c}) },
		"ReleaseReservation": func() (eventstore.Receipt, error) {
			return o.ReleaseReservation(o.ctx, nobody, EndReservation{Command: c})
		},
		"ExpireReservation": func() (eventstore.Receipt, error) {
			return o.ExpireReservation(o.ctx, nobody, EndReservation{Command: c})
		},
		"RecordCommitment": func() (eventstore.Receipt, error) {
			return o.RecordCommitment(o.ctx, nobody, RecordCommitment{Command: c})
		},
		"AmendCommitment": func() (eventstore.Receipt, error) {
			return o.AmendCommitment(o.ctx, nobody, AmendCommitment{Command: c})
		},
		"ReleaseCommitment": func() (eventstore.Receipt, error) {
			return o.ReleaseCommitment(o.ctx, nobody, ReleaseCommitment{Command: c})
		},
	} {
		_, err := act()
		problems := kernel.ProblemsOf(err)
		if len(problems) != 1 || problems[0].Code != "finance.not_permitted" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if o.head() != 0 {
		t.Error("something was written")
	}
}

// Wrong input of the forms that set up a year, the chart and its rules.
func TestWrongInputOfYearChartAndRules(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
	before := o.head()
	for name, c := range map[string]struct {
		path, code string
		act        func(uuid.UUID) (eventstore.Receipt, error)
	}{
		"a year of two digits": {"year", "finance.year_impossible", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.OpenYear(o.ctx, mazen(), OpenYear{Command: c, Year: 26})
		}},
		"an unknown currency": {"currency", "money.currency_unknown", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.OpenYear(o.ctx, mazen(), OpenYear{Command: c, Year: 2027, Currency: "دينار"})
		}},
		"31 February as start": {"from", "date.not_a_day", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.OpenYear(o.ctx, mazen(), OpenYear{Command: c, Year: 2027, From: "2027-02-31"})
		}},
		"a start in mid-month": {"from", "finance.year_start", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.OpenYear(o.ctx, mazen(), OpenYear{Command: c, Year: 2027, From: "2027-01-15"})
		}},
		"reopening without a reason": {"reason", "field.missing", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ReopenPeriod(o.ctx, mazen(), ChangePeriod{Command: c, Year: 2026, Period: 1})
		}},
		"a ninth segment": {"segment", "finance.segment_name", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.AddSegmentValue(o.ctx, dima(), AddSegmentValue{Command: c, Segment: "party", Code: "1", NameAr: "س"})
		}},
		"an economic type": {"economic", "finance.economic_type", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.AddSegmentValue(o.ctx, dima(), AddSegmentValue{Command: c, Segment: Item, Code: "1", NameAr: "س", Economic: "mixed"})
		}},
		"a name of 10 MB": {"name_ar", "text.too_long", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.AddSegmentValue(o.ctx, dima(), AddSegmentValue{Command: c, Segment: Item, Code: "1", NameAr: strings.Repeat("س", 5<<20)})
		}},
		"a code length of 0": {"length", "finance.segment_length", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ConfigureSegment(o.ctx, dima(), ConfigureSegment{Command: c, Segment: Item, NameAr: "البند"})
		}},
		"a key without parts": {"parts", "field.missing", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ChooseBudgetKey(o.ctx, dima(), ChooseBudgetKey{Command: c, FromYear: 2027})
		}},
		"a part twice": {"parts", "finance.key_parts", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ChooseBudgetKey(o.ctx, dima(), ChooseBudgetKey{Command: c, FromYear: 2027, Parts: []KeyPart{{Segment: Item}, {Segment: Item}}})
		}},
		"a rule's effect": {"effect", "finance.rule_effect", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.SetValidityRule(o.ctx, dima(), SetValidityRule{Command: c, ID: "r", Effect: "maybe"})
		}},
		"a rule's dates": {"to", "date.ends_before_start", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.SetValidityRule(o.ctx, dima(), SetValidityRule{Command: c, ID: "r", Effect: Deny, From: "2026-02-01", To: "2026-01-01"})
		}},
		"a mark in a pattern": {"pattern.item", "code.hidden_character", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.SetValidityRule(o.ctx, dima(), SetValidityRule{Command: c, ID: "r", Effect: Deny, Pattern: Codes{Item: "22\u200f*"}})
		}},
		"a ceiling": {"ceiling", "finance.ceiling", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ChooseCeiling(o.ctx, dima(), ChooseCeiling{Command: c, Economic: Current, Ceiling: "none", From: "2026-01-01"})
		}},
		"a rule with no words": {"message_ar", "field.missing", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.SetVirementRule(o.ctx, dima(), SetVirementRule{Command: c, ID: "r", From: "2026-01-01"})
		}},
		"an order's kind": {"kind", "finance.order_kind", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.DraftOrder(o.ctx, rana(), DraftOrder{Command: c, Year: 2026, Kind: "odd", Subject: "س"})
		}},
		"a thirteenth month": {"lines.0.months", "finance.month_impossible", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.DraftOrder(o.ctx, rana(), DraftOrder{Command: c, Year: 2026, Kind: GeneralOrder, Subject: "س", Lines: []OrderLineInput{{line1, []int{13}, "1"}}})
		}},
		"no month": {"lines.0.months", "field.missing", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.DraftOrder(o.ctx, rana(), DraftOrder{Command: c, Year: 2026, Kind: GeneralOrder, Subject: "س", Lines: []OrderLineInput{{line1, nil, "1"}}})
		}},
		"cancelling an order without a reason": {"reason", "field.missing", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.CancelOrder(o.ctx, rana(), StepOrder{Command: c, ID: "x"})
		}},
		"an unknown order": {"id", "finance.document_unknown", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.CertifyOrder(o.ctx, sami(), StepOrder{Command: c, ID: "x"})
		}},
		"an unknown virement": {"id", "finance.document_unknown", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ApproveVirement(o.ctx, sami(), StepVirement{Command: c, ID: "x"})
		}},
		"an unknown reservation": {"id", "finance.document_unknown", func(c uuid.UUID) (eventstore.Receipt, error) {
			return o.ReleaseReservation(o.ctx, rana(), EndReservation{Command: c, ID: "x", Reason: "س"})
		}},
	} {
		_, err := c.act(command())
		if p := o.refused(c.code, err); p.Path != c.path {
			t.Errorf("%s: refused at %q, want %q", name, p.Path, c.path)
		}
	}
	if o.head() != before {
		t.Error("something was written")
	}
}
