package finance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Rules is the chart's shape and the dated rules of the budget, all in one stream
// (finance.rules/chart), because nearly every decision looks at them.
type Rules struct {
	Segments  map[Segment]SegmentConfigured
	Keys      []BudgetKeyChosen // newest last
	Validity  []ValidityRuleSet
	Ceilings  []CeilingChosen
	Virements []VirementRuleSet
	Twelfths  []TwelfthRuleSet
	Closings  []ClosingRulesSet
}

// RulesStream is the one stream of rules.
var RulesStream = eventstore.Stream{Category: "finance.rules", Key: "chart"}

// StandardRules is the chart before anybody configured it: Jordan's eight segments, the budget key
// at article level, every combination valid, commitments held against released allotments.
func StandardRules() Rules {
	segment := func(s Segment, ar, en string, length int, standard string) SegmentConfigured {
		return SegmentConfigured{Segment: s, Name: kernel.Text{Ar: ar, En: en}, Length: length, Default: standard}
	}
	return Rules{
		Segments: map[Segment]SegmentConfigured{
			Fund:        segment(Fund, "الصندوق", "Fund", 2, "01"),
			Chapter:     segment(Chapter, "الفصل", "Chapter", 4, ""),
			Centre:      segment(Centre, "المركز المالي", "Financial centre", 4, ""),
			Programme:   segment(Programme, "البرنامج", "Programme", 4, ""),
			Activity:    segment(Activity, "النشاط أو المشروع", "Activity or project", 3, "001"),
			Item:        segment(Item, "البند", "Item", 8, ""),
			Source:      segment(Source, "مصدر التمويل", "Source of funds", 3, "001"),
			Governorate: segment(Governorate, "المحافظة", "Governorate", 2, ""),
		},
		Keys: []BudgetKeyChosen{{Parts: []KeyPart{
			{Segment: Fund}, {Segment: Chapter}, {Segment: Programme}, {Segment: Activity}, {Segment: Item, Length: 6}, {Segment: Source},
		}}},
	}
}

// KeyParts are the parts of the budget key in a year.
func (r Rules) KeyParts(year int) []KeyPart {
	parts := r.Keys[0].Parts
	for _, k := range r.Keys {
		if k.FromYear <= year {
			parts = k.Parts
		}
	}
	return parts
}

// Key names the budget line of a combination in a year: "01-2501-4401-001-221105-001".
func (r Rules) Key(year int, codes Codes) string {
	key, _ := KeyOf(codes, r.KeyParts(year))
	return key
}

// longestKey bounds a line's name in streams and indexes; what is longer is named by its hash. The
// line's codes stand in full in BudgetLineOpened.
const longestKey = 200

// KeyOf joins the key's parts of a combination, and returns the combination reduced to them.
func KeyOf(codes Codes, parts []KeyPart) (key string, line Codes) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		code := codes.Of(p.Segment)
		if runes := []rune(code); p.Length > 0 && len(runes) > p.Length {
			code = string(runes[:p.Length])
		}
		texts[i] = code
		line = line.With(p.Segment, code)
	}
	key = strings.Join(texts, "-")
	if len(key) > longestKey {
		sum := sha256.Sum256([]byte(key))
		key = "#" + hex.EncodeToString(sum[:16])
	}
	return key, line
}

// Ceiling is what commitments on lines of an economic type are held against on a day.
func (r Rules) Ceiling(economic EconomicType, on kernel.Date) Ceiling {
	ceiling, since := ByAllotment, kernel.Date{}
	for _, c := range r.Ceilings {
		if c.Economic == economic && c.From.Within(since, on) {
			ceiling, since = c.Ceiling, c.From
		}
	}
	return ceiling
}

// Verdict is what the rules say of a combination, and the rule that decided.
type Verdict struct {
	Valid bool
	Rule  string // empty when no rule speaks of it
}

// Test tells whether a combination is valid on a day: a denying rule that matches decides; else,
// where allowing rules are in force, one of them must match.
func (r Rules) Test(codes Codes, on kernel.Date) Verdict {
	verdict, allowing := Verdict{Valid: true}, false
	allowed := ""
	for _, rule := range r.Validity {
		if !on.Within(rule.From, rule.To) {
			continue
		}
		matches := codes.Match(rule.Pattern)
		if rule.Effect == Deny && matches {
			return Verdict{Rule: rule.ID}
		}
		if rule.Effect == Allow {
			allowing = true
			if matches && allowed == "" {
				allowed = rule.ID
			}
		}
	}
	if allowing {
		verdict = Verdict{Valid: allowed != "", Rule: allowed}
	}
	return verdict
}

// Check refuses a combination that is not valid on a day, with the rule's own sentence.
func (r Rules) Check(codes Codes, on kernel.Date) error {
	verdict := r.Test(codes, on)
	if verdict.Valid {
		return nil
	}
	p := kernel.Problem{
		Code: "finance.combination_invalid",
		Message: kernel.Text{
			Ar: fmt.Sprintf("لا تسمح قواعد دليل الحسابات بهذا التركيب في %s.", on),
			En: fmt.Sprintf("The chart's rules do not allow this combination on %s.", on),
		},
		Details: map[string]string{"rule": verdict.Rule},
	}
	for _, rule := range r.Validity {
		if rule.ID == verdict.Rule && rule.Message != (kernel.Text{}) {
			p.Message = rule.Message
		}
	}
	return p
}

// CheckVirement refuses a transfer from one line to another that a rule in force forbids.
func (r Rules) CheckVirement(from, to BudgetLine, on kernel.Date) error {
	for _, rule := range r.Virements {
		if on.Within(rule.From, rule.To) && rule.speaksOf(from, to) {
			return kernel.Problem{
				Code:    "finance.virement_forbidden",
				Message: rule.Message,
				Details: map[string]string{"rule": rule.ID, "from": from.Key, "to": to.Key},
			}
		}
	}
	return nil
}

func (rule VirementRuleSet) speaksOf(from, to BudgetLine) bool {
	return (rule.FromEconomic == "" || rule.FromEconomic == from.Economic) &&
		(rule.ToEconomic == "" || rule.ToEconomic == to.Economic) &&
		(rule.Across == "" || from.Codes.Of(rule.Across) != to.Codes.Of(rule.Across)) &&
		from.Codes.Match(rule.FromPattern) && to.Codes.Match(rule.ToPattern)
}

func (r Rules) evolve(e eventstore.Event) Rules {
	switch e := e.(type) {
	case SegmentConfigured:
		segments := make(map[Segment]SegmentConfigured, len(r.Segments))
		for s, c := range r.Segments {
			segments[s] = c
		}
		segments[e.Segment] = e
		r.Segments = segments
	case BudgetKeyChosen:
		r.Keys = append(r.Keys[:len(r.Keys):len(r.Keys)], e)
	case ValidityRuleSet:
		r.Validity = replaced(r.Validity, e, func(o ValidityRuleSet) bool { return o.ID == e.ID })
	case CeilingChosen:
		r.Ceilings = append(r.Ceilings[:len(r.Ceilings):len(r.Ceilings)], e)
	case TwelfthRuleSet:
		r.Twelfths = append(r.Twelfths[:len(r.Twelfths):len(r.Twelfths)], e)
	case ClosingRulesSet:
		r.Closings = append(r.Closings[:len(r.Closings):len(r.Closings)], e)
	case VirementRuleSet:
		r.Virements = replaced(r.Virements, e, func(o VirementRuleSet) bool { return o.ID == e.ID })
	}
	return r
}

// replaced returns the rules with the new one in place of the one with its id, or at the end.
func replaced[R any](rules []R, rule R, same func(R) bool) []R {
	out := make([]R, 0, len(rules)+1)
	found := false
	for _, o := range rules {
		if same(o) {
			o, found = rule, true
		}
		out = append(out, o)
	}
	if !found {
		out = append(out, rule)
	}
	return out
}

func rulesCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[SegmentConfigured](1, nil),
		eventstore.Type[BudgetKeyChosen](1, nil),
		eventstore.Type[ValidityRuleSet](1, nil),
		eventstore.Type[CeilingChosen](1, nil),
		eventstore.Type[VirementRuleSet](1, nil),
		eventstore.Type[TwelfthRuleSet](1, nil),
		eventstore.Type[ClosingRulesSet](1, nil),
	)
	return eventstore.CategoryOf("finance.rules", eventstore.Main, codec, StandardRules(), Rules.evolve)
}
