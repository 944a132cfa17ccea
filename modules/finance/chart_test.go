package finance

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"diwan/modules/kernel"
)

func TestTheBudgetKeyIsTheChosenSegments(t *testing.T) {
	full := Codes{Fund: "01", Chapter: "2501", Centre: "0012", Programme: "4401", Activity: "001", Item: "22110501", Source: "001", Governorate: "11"}
	rules := StandardRules()
	if key := rules.Key(2026, full); key != line1 {
		t.Errorf("the standard key is %s", key)
	}
	rules = rules.evolve(BudgetKeyChosen{FromYear: 2027, Parts: []KeyPart{{Segment: Chapter}, {Segment: Item, Length: 3}}})
	if key := rules.Key(2026, full); key != line1 {
		t.Errorf("2026 changed its key to %s", key)
	}
	if key := rules.Key(2027, full); key != "2501-221" {
		t.Errorf("2027 has the key %s", key)
	}
	_, line := KeyOf(full, rules.KeyParts(2027))
	if line != (Codes{Chapter: "2501", Item: "221"}) {
		t.Errorf("the line's codes are %+v", line)
	}
}

func TestValidityRulesAllowAndDenyByPatternAndDate(t *testing.T) {
	day := func(s string) kernel.Date { return on(t, s) }
	roads := Codes{Fund: "01", Chapter: "2501", Item: "221105"}
	rules := StandardRules()
	if !rules.Test(roads, day("2026-06-01")).Valid {
		t.Error("without rules a combination is invalid")
	}
	rules = rules.evolve(ValidityRuleSet{ID: "no_fuel", Effect: Deny, Pattern: Codes{Chapter: "25*", Item: "2211*"}, From: day("2026-03-01"), To: day("2026-08-31"), Message: kernel.Text{Ar: "الوقود موقوف", En: "Fuel is suspended"}})
	for at, valid := range map[string]bool{"2026-02-28": true, "2026-03-01": false, "2026-08-31": false, "2026-09-01": true} {
		if v := rules.Test(roads, day(at)); v.Valid != valid || !valid && v.Rule != "no_fuel" {
			t.Errorf("on %s: %+v", at, v)
		}
	}
	if p := kernel.ProblemsOf(rules.Check(roads, day("2026-05-01"))); len(p) != 1 || p[0].Message.En != "Fuel is suspended" || p[0].Details["rule"] != "no_fuel" {
		t.Errorf("refused with %v", p)
	}
	if !rules.Test(roads.With(Item, "222101"), day("2026-05-01")).Valid {
		t.Error("the rule reaches items it does not match")
	}
	rules = rules.evolve(ValidityRuleSet{ID: "budget_fund", Effect: Allow, Pattern: Codes{Fund: "01"}})
	if v := rules.Test(roads.With(Item, "222101"), day("2026-05-01")); !v.Valid || v.Rule != "budget_fund" {
		t.Errorf("allowed combination: %+v", v)
	}
	if rules.Test(roads.With(Fund, "05").With(Item, "222101"), day("2026-05-01")).Valid {
		t.Error("a combination no allowing rule matches is valid")
	}
	rules = rules.evolve(ValidityRuleSet{ID: "no_fuel", Effect: Deny, Pattern: Codes{Item: "9*"}})
	if !rules.Test(roads, day("2026-05-01")).Valid {
		t.Error("a rule set again still holds in its old form")
	}
}

func TestPatternsMatchByPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[0-9]{0,6}`).Draw(t, "code")
		cut := rapid.IntRange(0, len(code)).Draw(t, "cut")
		c := Codes{}.With(Item, code)
		if !c.Match(Codes{Item: code[:cut] + "*"}) || !c.Match(Codes{}) || !c.Match(Codes{Item: "*"}) {
			t.Fatalf("%q is not matched by its own prefix", code)
		}
		if other := rapid.StringMatching(`[0-9]{1,6}`).Draw(t, "other"); c.Match(Codes{Item: other}) != (other == code) || c.Match(Codes{Item: other + "*"}) != strings.HasPrefix(code, other) {
			t.Fatalf("%q against %q", code, other)
		}
	})
}

func TestSegmentValuesAreDatedAndNeverDeleted(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	add := func(in AddSegmentValue) error {
		in.Command, in.Segment = command(), Item
		_, err := o.AddSegmentValue(o.ctx, dima(), in)
		return err
	}
	if err := add(AddSegmentValue{Code: "221", NameAr: "استخدام السلع والخدمات", Heading: true}); err != nil {
		t.Fatal(err)
	}
	if err := add(AddSegmentValue{Code: "٢٢١١٠٥", NameAr: "محروقات", NameEn: "Fuel", Parent: "221", Economic: Current, From: "2026-01-01"}); err != nil {
		t.Fatal(err)
	}
	o.refused("finance.segment_exists", add(AddSegmentValue{Code: "221105", NameAr: "محروقات"}))
	o.refused("finance.segment_parent", add(AddSegmentValue{Code: "221106", NameAr: "قطع", Parent: "221105"}))
	o.refused("code.too_long", add(AddSegmentValue{Code: "221106017", NameAr: "قطع"}))
	o.refused("code.hidden_character", add(AddSegmentValue{Code: "2211\u200d07", NameAr: "قطع"}))
	o.refused("date.ends_before_start", add(AddSegmentValue{Code: "221108", NameAr: "قطع", From: "2026-02-01", To: "2026-01-01"}))
	o.refused("field.missing", add(AddSegmentValue{Code: "221109"}))

	change := func(act func(ChangeSegmentValue) error, in ChangeSegmentValue) error {
		in.Command, in.Segment = command(), Item
		return act(in)
	}
	rename := func(in ChangeSegmentValue) error { _, err := o.RenameSegmentValue(o.ctx, dima(), in); return err }
	end := func(in ChangeSegmentValue) error { _, err := o.DeactivateSegmentValue(o.ctx, dima(), in); return err }
	gfsm := func(in ChangeSegmentValue) error { _, err := o.MapToGfsm(o.ctx, dima(), in); return err }
	if err := change(rename, ChangeSegmentValue{Code: "221105", NameAr: "وقود", From: "2026-07-01"}); err != nil {
		t.Fatal(err)
	}
	if err := change(gfsm, ChangeSegmentValue{Code: "221105", Class: "22"}); err != nil {
		t.Fatal(err)
	}
	o.refused("finance.segment_unknown", change(rename, ChangeSegmentValue{Code: "999", NameAr: "وقود", From: "2026-07-01"}))
	o.refused("finance.mapping_segment", func() error {
		_, err := o.MapToCofog(o.ctx, dima(), ChangeSegmentValue{Command: command(), Segment: Item, Code: "221105", Class: "04"})
		return err
	}())
	value := func() SegmentValue {
		v, err := now[SegmentValue](o.ctx, o.Module, segmentCategory(), SegmentStream(Item, "221105"))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := value(); v.Name(on(t, "2026-06-30")).Ar != "محروقات" || v.Name(on(t, "2026-07-01")).Ar != "وقود" || v.Gfsm != "22" {
		t.Errorf("names %+v, class %s", v.Names, v.Gfsm)
	}

	o.enact(Original, line1, "100.000")
	o.release(line1, "100.000")
	o.must(o.commit(command(), line1, "1.000"))
	if err := change(end, ChangeSegmentValue{Code: "221105", From: "2026-06-15", Reason: "دُمج في بند آخر"}); err != nil {
		t.Fatal(err)
	}
	_, err := o.commit(command(), line1, "1.000")
	if p := o.refused("finance.combination_invalid", err); p.Details["rule"] != "inactive/item/221105" || p.Path != "lines.0" {
		t.Errorf("refused by %v at %s", p.Details, p.Path)
	}
	if v := value(); v.Postable(Item, "221105", on(t, "2026-06-14")) != nil || v.Postable(Item, "221105", on(t, "2026-06-15")) == nil {
		t.Error("the code's last day is wrong")
	}
	if verdict, err := o.TestCombination(o.ctx, Codes{Item: "221105"}, on(t, "2026-06-15")); err != nil || verdict.Valid {
		t.Errorf("the tester says %+v (%v)", verdict, err)
	}
}

func TestTheCeilingFollowsTheDatedPolicy(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000", line3, "100.000")
	if l := o.line(line3); l.Economic != Capital {
		t.Fatalf("a non-financial asset is %s", l.Economic)
	}
	_, err := o.commit(command(), line3, "60.000")
	o.refused("finance.budget_insufficient", err)
	o.must(o.ChooseCeiling(o.ctx, dima(), ChooseCeiling{Command: command(), Economic: Capital, Ceiling: ByAppropriation, From: "2026-06-15"}))
	_, err = o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: command(), Year: 2026, On: "2026-06-14", Subject: "عقد", Lines: lineInputs(line3, "60.000")})
	o.refused("finance.budget_insufficient", err)
	o.must(o.commit(command(), line3, "60.000"))
	_, err = o.commit(command(), line3, "40.001")
	o.refused("finance.budget_insufficient", err)
	_, err = o.commit(command(), line1, "0.001")
	o.refused("finance.budget_insufficient", err)
	l := o.line(line3)
	if _, err := l.Oblige(1, 1, "i", "c", ByAppropriation); err == nil {
		t.Error("a claim was verified out of money that is not released")
	}
}

// The chart, the policies and the fiscal year are everybody's: a right to change them that holds in one
// chapter changes none of them.
func TestWhatIsEverybodysIsNotChangedFromOneChapter(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	within := o.mazen
	within.Permissions = map[Permission]bool{MayChangeChart: true, MaySetPolicy: true, MayOpenYear: true, MayClosePeriod: true}
	within.Units = map[Permission][]string{}
	for p := range within.Permissions {
		within.Units[p] = []string{"2501."}
	}
	r, err := o.m.SetValidityRule(o.ctx(), within, SetValidityRule{Command: command(), ID: "r", Effect: Deny, Pattern: Codes{Chapter: "2601"}})
	o.refused("finance.not_permitted", "*", r, err)
	r, err = o.m.SetApprovalLimit(o.ctx(), within, SetApprovalLimit{Command: command(), Role: "treasury", Limit: "unlimited", From: "2026-01-01"})
	o.refused("finance.not_permitted", "*", r, err)
	r, err = o.m.OpenYear(o.ctx(), within, OpenYear{Command: command(), Year: 2027})
	o.refused("finance.not_permitted", "*", r, err)
	r, err = o.m.ClosePeriod(o.ctx(), within, ChangePeriod{Command: command(), Year: 2026, Period: 1})
	o.refused("finance.not_permitted", "*", r, err)
}
