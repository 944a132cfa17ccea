package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ConfigureSegment sets a segment's greatest code length, its names and its default code.
type ConfigureSegment struct {
	Command        uuid.UUID
	Segment        Segment
	NameAr, NameEn string
	Length         int
	Default        string
}

// ConfigureSegment changes the shape of one segment of the chart.
func (m *Module) ConfigureSegment(ctx context.Context, by Officer, in ConfigureSegment) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MayChangeChart, in.Command, "ConfigureSegment", in, func(f *form) eventstore.Event {
		f.segment("segment", in.Segment)
		if in.Length < 1 || in.Length > 30 {
			f.refuse("length", "finance.segment_length", kernel.Text{Ar: "طول الرمز من 1 إلى 30.", En: "The code's length is from 1 to 30."})
		}
		return SegmentConfigured{
			Segment: in.Segment, Name: f.names(in.NameAr, in.NameEn), Length: in.Length,
			Default: f.optionalCode("default", fieldName("code"), in.Default),
		}
	})
}

// ChooseBudgetKey says which segments name a budget line from a year on.
type ChooseBudgetKey struct {
	Command  uuid.UUID
	FromYear int
	Parts    []KeyPart
}

// ChooseBudgetKey changes the budget key of years that follow; lines that exist keep their names.
func (m *Module) ChooseBudgetKey(ctx context.Context, by Officer, in ChooseBudgetKey) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MaySetPolicy, in.Command, "ChooseBudgetKey", in, func(f *form) eventstore.Event {
		f.year("from_year", in.FromYear)
		used := map[Segment]bool{}
		for _, p := range in.Parts {
			f.segment("parts", p.Segment)
			if used[p.Segment] || p.Length < 0 {
				f.refuse("parts", "finance.key_parts", kernel.Text{Ar: "كل جزء مرة واحدة في مفتاح الموازنة.", En: "Each segment stands once in the budget key."})
			}
			used[p.Segment] = true
		}
		if len(in.Parts) == 0 {
			f.missing("parts", kernel.Text{Ar: "مفتاح الموازنة", En: "Budget key"})
		}
		return BudgetKeyChosen{FromYear: in.FromYear, Parts: in.Parts}
	})
}

// SetValidityRule allows or denies combinations of codes between dates.
type SetValidityRule struct {
	Command              uuid.UUID
	ID                   string
	Effect               Effect
	Pattern              Codes
	From, To             string
	MessageAr, MessageEn string
}

// SetValidityRule sets a rule, or replaces the one with its id.
func (m *Module) SetValidityRule(ctx context.Context, by Officer, in SetValidityRule) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MayChangeChart, in.Command, "SetValidityRule", in, func(f *form) eventstore.Event {
		if in.Effect != Allow && in.Effect != Deny {
			f.refuse("effect", "finance.rule_effect", kernel.Text{Ar: "القاعدة تسمح أو تمنع.", En: "A rule allows or denies."})
		}
		e := ValidityRuleSet{
			ID: f.code("id", fieldName("rule"), in.ID), Effect: in.Effect, Pattern: f.pattern("pattern", in.Pattern),
			From: f.optionalDate("from", fieldName("from"), in.From), To: f.optionalDate("to", fieldName("to"), in.To),
			Message: kernel.Text{
				Ar: f.optionalText("message_ar", fieldName("message"), in.MessageAr),
				En: f.optionalText("message_en", fieldName("message"), in.MessageEn),
			},
		}
		f.period(e.From, e.To)
		return e
	})
}

// TestCombination tells what the rules say of a combination on a day, and which rule decides. It
// changes nothing.
func (m *Module) TestCombination(ctx context.Context, codes Codes, on kernel.Date) (Verdict, error) {
	rules, err := now[Rules](ctx, m, rulesCategory(), RulesStream)
	if err != nil {
		return Verdict{}, err
	}
	return rules.Test(codes, on), nil
}

// ChooseCeiling says what commitments on lines of an economic type are held against, from a day on.
type ChooseCeiling struct {
	Command  uuid.UUID
	Economic EconomicType
	Ceiling  Ceiling
	From     string
}

// ChooseCeiling dates the policy of commitments.
func (m *Module) ChooseCeiling(ctx context.Context, by Officer, in ChooseCeiling) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MaySetPolicy, in.Command, "ChooseCeiling", in, func(f *form) eventstore.Event {
		if in.Economic != Current && in.Economic != Capital {
			f.refuse("economic", "finance.economic_type", kernel.Text{Ar: "النوع جارٍ أو رأسمالي.", En: "The type is current or capital."})
		}
		if in.Ceiling != ByAllotment && in.Ceiling != ByAppropriation {
			f.refuse("ceiling", "finance.ceiling", kernel.Text{
				Ar: "السقف المخصصات المفرج عنها أو اعتماد السنة.", En: "The ceiling is the released allotments or the year's appropriation.",
			})
		}
		return CeilingChosen{Economic: in.Economic, Ceiling: in.Ceiling, From: f.date("from", fieldName("from"), in.From)}
	})
}

// SetVirementRule forbids transfers between two kinds of lines between dates.
type SetVirementRule struct {
	Command                  uuid.UUID
	ID                       string
	FromEconomic, ToEconomic EconomicType
	FromPattern, ToPattern   Codes
	Across                   Segment // forbids only transfers that cross this segment's codes
	From, To                 string
	MessageAr, MessageEn     string
}

// SetVirementRule sets a rule, or replaces the one with its id.
func (m *Module) SetVirementRule(ctx context.Context, by Officer, in SetVirementRule) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MaySetPolicy, in.Command, "SetVirementRule", in, func(f *form) eventstore.Event {
		if in.Across != "" {
			f.segment("across", in.Across)
		}
		e := VirementRuleSet{
			ID: f.code("id", fieldName("rule"), in.ID), FromEconomic: in.FromEconomic, ToEconomic: in.ToEconomic,
			FromPattern: f.pattern("from_pattern", in.FromPattern), ToPattern: f.pattern("to_pattern", in.ToPattern), Across: in.Across,
			From: f.date("from", fieldName("from"), in.From), To: f.optionalDate("to", fieldName("to"), in.To),
			Message: kernel.Text{
				Ar: f.text("message_ar", fieldName("message"), in.MessageAr), En: f.text("message_en", fieldName("message"), in.MessageEn),
			},
		}
		f.period(e.From, e.To)
		return e
	})
}

// pattern reads a pattern of codes.
func (f *form) pattern(path string, in Codes) Codes {
	for _, s := range Segments {
		in = in.With(s, f.optionalCode(path+"."+string(s), fieldName("code"), in.Of(s)))
	}
	return in
}

// setRule records one rule into the stream of rules.
func (m *Module) setRule(ctx context.Context, by Officer, p Permission, id uuid.UUID, act string, in any, read func(*form) eventstore.Event) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	e := read(&f)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	rules := t.add(RulesStream)
	return m.execute(ctx, by, id, act, in, &t, func(d *eventstore.Decision) error {
		d.Record(rules, e)
		return nil
	})
}
