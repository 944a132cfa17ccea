package access

import (
	"slices"
	"testing"

	"diwan/modules/kernel"
)

// verdictsOf are a simulation's answers by act.
func verdictsOf(t *testing.T, s Simulation) map[string]VerdictSheet {
	t.Helper()
	page, err := s.Verdicts(500, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]VerdictSheet{}
	for _, v := range page.Nodes {
		all[v.Act.Name] = v
	}
	return all
}

// What the simulator says of a person is what the person's commands meet, act by act and place by place.
func TestTheSimulatorAnswersAsCommandsAreDecided(t *testing.T) {
	o := staff(t)
	for _, who := range []string{"rana", "omar", "huda", "sara"} {
		s := o.as(who)
		for _, on := range []Object{{}, {Unit: "."}, {Unit: "2501.4401."}, {Unit: "2501.9999."}, {Unit: "2601."}, {Unit: "2501.", Secrecy: Secret, Key: "letter/1"}} {
			sim := o.m.book.Simulate(Hypothesis{Person: who}, on, o.m.acts.All(), o.now)
			for act, v := range verdictsOf(t, sim) {
				if want := s.May(act, on); v.Allowed() != want.Allowed || v.v.Why != want.Why {
					t.Errorf("%s %s on %+v: the simulator says %s, a command %s", who, act, on, v.v.Why, want.Why)
				}
				if reason := v.Reason(); reason.Ar == "" || reason.En == "" {
					t.Errorf("%s %s is answered without a sentence in both languages: %+v", who, act, reason)
				}
			}
		}
	}
}

// Roles supposed in a unit give what a person would have who was granted them there.
func TestSupposedRolesGiveWhatAGrantGives(t *testing.T) {
	o := staff(t)
	supposed := o.m.book.Simulate(Hypothesis{Roles: []string{"preparer"}, Unit: "jo.2501.4401"}, Object{Unit: "2501.4401."}, o.m.acts.All(), o.now)
	rana := o.m.book.Simulate(Hypothesis{Person: "rana"}, Object{Unit: "2501.4401."}, o.m.acts.All(), o.now)
	real := verdictsOf(t, rana)
	for act, v := range verdictsOf(t, supposed) {
		r := real[act]
		if v.Allowed() != r.Allowed() {
			t.Errorf("%s: supposed %t, granted %t", act, v.Allowed(), r.Allowed())
		}
	}
	if supposed.AllowedCount() != 2 {
		t.Errorf("a preparer may do %d acts", supposed.AllowedCount())
	}
}

func TestTheSimulatorSaysWhyNot(t *testing.T) {
	o, _ := onLeave(t)
	why := func(about Hypothesis, act string, on Object) string {
		v := verdictsOf(t, o.m.book.Simulate(about, on, o.m.acts.All(), o.now))[act]
		return v.Why()
	}
	for _, c := range []struct {
		about Hypothesis
		act   string
		on    Object
		want  string
	}{
		{Hypothesis{Person: "rana"}, "roads.approve", Object{}, "no_role"},
		{Hypothesis{Person: "rana"}, "roads.prepare", Object{Unit: "2601."}, "out_of_scope"},
		{Hypothesis{Person: "rana"}, "roads.read", Object{Unit: "2501.4401.", Secrecy: Restricted}, "above_clearance"},
		{Hypothesis{Person: "sara", Behalf: "huda"}, "roads.approve", Object{Unit: "2501.4401."}, "delegation"},
		{Hypothesis{Person: "sara", Behalf: "rana"}, "roads.approve", Object{}, "nothing"},
		{Hypothesis{Person: "nobody"}, "roads.read", Object{}, "nothing"},
	} {
		if got := why(c.about, c.act, c.on); got != c.want {
			t.Errorf("%+v %s: %s, want %s", c.about, c.act, got, c.want)
		}
	}
	// Sara becomes an auditor, whose role may not meet a manager's: what she was handed stays out, and is said.
	o.must(o.m.WithdrawDelegation(o.ctx(), o.as("huda"), WithdrawDelegation{Command: o.id(), Delegation: o.m.book.people["huda"].Given[0].ID, Reason: "x"}))
	o.must(o.m.Delegate(o.ctx(), o.as("huda"), Delegate{Command: o.id(), Delegate: "sara", Kinds: []Kind{Approving, Reading}, From: "2026-11-24", To: "2026-11-30", Reason: "إجازة"}))
	o.grant("sara", "auditor", "jo.2501")
	o.must(o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "auditor", B: "manager", Reason: "x"}))
	if got := why(Hypothesis{Person: "sara", Behalf: "huda"}, "roads.approve", Object{}); got != "roles_apart" {
		t.Errorf("what separation keeps out is answered with %s", got)
	}
}

// Whoever may look in one ministry sees its people, those who hold nothing yet, and nobody else's.
func TestPeopleAreShownWhereTheReaderMayLook(t *testing.T) {
	o := staff(t)
	o.person("dana")
	o.grant("dana", "preparer", "jo.2601")
	o.role("watcher", MayReadAccess)
	o.person("rima")
	o.grant("rima", "watcher", "jo.2501")
	var seen []string
	for _, p := range o.m.book.PeopleOn(o.as("rima"), PeopleQuery{}, o.m.today()) {
		seen = append(seen, p.ID)
	}
	slices.Sort(seen)
	if want := []string{"huda", "omar", "rana", "rima", "sara"}; !slices.Equal(seen, want) {
		t.Errorf("rima sees %v, want %v", seen, want)
	}
	day := o.m.today()
	if o.m.book.PersonOn(o.as("rima"), "dana", day) != nil || o.m.book.PersonOn(o.as("rana"), "huda", day) != nil {
		t.Error("a person is shown to somebody who may not look")
	}
	if o.m.book.PersonOn(o.as("rana"), "rana", day) == nil {
		t.Error("nobody sees their own rights")
	}
	found := o.m.book.PeopleOn(o.admin, PeopleQuery{Search: "da", Unit: "jo.2601", Role: "preparer"}, day)
	if len(found) != 1 || found[0].ID != "dana" || len(found[0].Grants()) != 1 || !func() bool { g := found[0].Grants()[0]; return g.Holds() }() {
		t.Errorf("the search finds %+v", found)
	}
	if role := o.m.book.RoleOn("preparer", day); role.HolderCount() != 2 || role.Set() == nil || role.Title() != (kernel.Text{Ar: "preparer", En: "preparer"}) {
		t.Error("the role is not told as it stands")
	}
	if got := o.m.book.HoldersOf(o.as("rima"), "preparer", day); len(got) != 1 || got[0].Person.ID != "rana" {
		t.Errorf("the role's holders are shown beyond the reader's scope: %+v", got)
	}
}
