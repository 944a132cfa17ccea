package access

import (
	"context"
	"testing"
	"time"

	"diwan/modules/kernel"
)

func TestARoleReachesItsUnitAndWhatIsBelow(t *testing.T) {
	o := staff(t)
	for _, c := range []struct {
		who, act, unit string
		want           Reason
	}{
		{"rana", "roads.prepare", "jo.2501.4401.", ByGrant},
		{"rana", "roads.prepare", "2501.4401.", ByGrant},
		{"rana", "roads.prepare", "2501.44010.", OutOfScope},
		{"rana", "roads.prepare", "2501.", OutOfScope},
		{"rana", "roads.prepare", "2601.4401.", OutOfScope},
		{"rana", "roads.approve", "2501.4401.", NoRole},
		{"omar", "roads.audit", "2501.4401.", ByGrant},
		{"omar", "roads.audit", ".", OutOfScope},
		{"huda", "roads.approve", "", ByGrant},
	} {
		if v := o.as(c.who).May(c.act, Object{Unit: c.unit}); v.Why != c.want || v.Allowed != (c.want == ByGrant) {
			t.Errorf("%s %s in %q: %+v, expected %s", c.who, c.act, c.unit, v, c.want)
		}
	}
}

func TestARoleIsDated(t *testing.T) {
	o := staff(t)
	o.must(o.m.SetRole(o.ctx(), o.admin, SetRole{Command: o.id(), Role: "preparer", Permissions: []string{"roads.read"}, From: "2026-12-01"}))
	if !o.as("rana").May("roads.prepare", Object{}).Allowed {
		t.Error("the new set of permissions holds before its day")
	}
	o.now = time.Date(2026, 11, 30, 21, 30, 0, 0, time.UTC) // the first of December in Amman
	if o.as("rana").May("roads.prepare", Object{}).Allowed {
		t.Error("the old set of permissions holds after its last day")
	}
}

func TestARoleNamesItsPermissionsOneByOne(t *testing.T) {
	o := staff(t)
	for _, name := range []string{"*", "roads.*", "roads.unknown", ""} {
		_, err := o.m.SetRole(o.ctx(), o.admin, SetRole{Command: o.id(), Role: "wide", Title: kernel.Text{En: "wide"}, Permissions: []string{name}})
		o.refused("access.act_unknown", err)
	}
}

func TestARoleTakenAwayIsGoneOnEveryNodeWhileTheSessionIsOpen(t *testing.T) {
	o := staff(t)
	other := NewBook(o.log, o.m.Catalogue(), amman(t)) // of another node
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- other.Run(ctx) }()
	defer func() { cancel(); <-done }()
	for r := other.Moved(); ; r = other.Moved() {
		if s, ok := other.Standing("omar", Acting{}, o.now); ok && s.May("roads.audit", Object{}).Allowed {
			break
		}
		<-r
	}
	moved := other.Moved()
	began := time.Now()
	o.must(o.m.EndGrant(o.ctx(), o.admin, EndGrant{Command: o.id(), Person: "omar", Grant: 1, Reason: "نُقل"}))
	if o.as("omar").May("roads.audit", Object{}).Allowed {
		t.Error("the node that took it away still gives it")
	}
	select {
	case <-moved:
	case <-time.After(5 * time.Second):
		t.Fatal("the other node did not hear of it within five seconds")
	}
	if s, _ := other.Standing("omar", Acting{}, o.now); s.May("roads.audit", Object{}).Allowed {
		t.Errorf("the other node still gives it after %s", time.Since(began))
	}
}

func TestWhoIsSuspendedOrHasLeftMayDoNothing(t *testing.T) {
	o := staff(t)
	o.must(o.m.SuspendPerson(o.ctx(), o.admin, ChangePerson{Command: o.id(), Person: "rana", Reason: "تحقيق"}))
	if _, ok := o.m.Standing("rana", Acting{}); ok {
		t.Error("suspended and still in")
	}
	o.must(o.m.ReinstatePerson(o.ctx(), o.admin, ChangePerson{Command: o.id(), Person: "rana", Reason: "انتهى"}))
	o.as("rana")
	o.must(o.m.EndPerson(o.ctx(), o.admin, ChangePerson{Command: o.id(), Person: "rana", Reason: "تقاعد", Last: "2026-11-24"}))
	o.as("rana") // on the last day
	o.now = o.now.Add(24 * time.Hour)
	if _, ok := o.m.Standing("rana", Acting{}); ok {
		t.Error("left and still in")
	}
	if _, ok := o.m.Standing("nobody", Acting{}); ok {
		t.Error("nobody is somebody")
	}
}

func TestFromSecretUpwardOneMustBeNamed(t *testing.T) {
	o := staff(t)
	letter := Object{Unit: "jo.2501.4401.", Secrecy: Secret, Key: "letter/7"}
	expect := func(why Reason) {
		t.Helper()
		if v := o.as("omar").May("roads.read", letter); v.Why != why {
			t.Errorf("omar: %+v, expected %s", v, why)
		}
	}
	expect(AboveClearance)
	o.must(o.m.GiveClearance(o.ctx(), o.admin, GiveClearance{Command: o.id(), Person: "omar", Level: Secret, Reason: "لجنة"}))
	expect(NotNamed)
	o.must(o.m.ClassifyObject(o.ctx(), o.admin, ClassifyObject{Command: o.id(), Object: letter.Key, Secrecy: Secret, Reason: "أمن"}))
	o.must(o.m.NameReader(o.ctx(), o.admin, NameReader{Command: o.id(), Object: letter.Key, Person: "omar", Reason: "لجنة"}))
	expect(ByGrant)
	o.must(o.m.StrikeReader(o.ctx(), o.admin, NameReader{Command: o.id(), Object: letter.Key, Person: "omar", Reason: "انتهت"}))
	expect(NotNamed)
	if v := o.as("omar").May("roads.read", Object{Unit: letter.Unit, Secrecy: TopSecret}); v.Why != AboveClearance {
		t.Errorf("top secret with clearance secret: %+v", v)
	}
}

func TestApprovalsNeedAFreshProofWhenThePolicySaysSo(t *testing.T) {
	o := staff(t)
	o.must(o.m.SetStepUp(o.ctx(), o.admin, SetStepUp{Command: o.id(), From: "2026-11-24", Needed: true}))
	if v := o.as("huda").May("roads.approve", Object{}); v.Why != ProofTooOld {
		t.Errorf("without a fresh proof: %+v", v)
	}
	if s, _ := o.m.Standing("huda", Acting{SteppedUp: true}); !s.May("roads.approve", Object{}).Allowed {
		t.Error("with a fresh proof she is refused")
	}
	if !o.as("rana").May("roads.prepare", Object{Unit: "2501.4401."}).Allowed {
		t.Error("preparing needs no fresh proof")
	}
}

func TestNamesWithHiddenCharactersAreRefused(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"رنا\u202eانر", "ra\u200bna", "rana\u2066", "ra\u00adna", "rana\ufeff"} {
		_, err := o.m.RegisterPerson(o.ctx(), o.admin, RegisterPerson{Command: o.id(), Person: "rana", Name: kernel.Text{Ar: name}})
		if name == "rana\ufeff" && err == nil {
			continue
		}
		o.refused("text.hidden_character", err)
	}
	for _, id := range []string{"", "Rana", "رنا", "rana ", "r\u200ba", "1rana", "rana/../omar"} {
		_, err := o.m.RegisterPerson(o.ctx(), o.admin, RegisterPerson{Command: o.id(), Person: id, Name: kernel.Text{Ar: "رنا"}})
		o.refused("access.name_form", err)
	}
}

func TestNobodyChangesTheirOwnRights(t *testing.T) {
	o := staff(t)
	o.role("officer", MayGrantRole, MayClear, MayChangePerson, MayClassify)
	o.person("ahmad")
	o.grant("ahmad", "officer", "jo")
	ahmad := o.as("ahmad")
	_, err := o.m.GrantRole(o.ctx(), ahmad, GrantRole{Command: o.id(), Person: "ahmad", Role: "manager", Unit: "jo"})
	o.refused("access.own_rights", err)
	_, err = o.m.GiveClearance(o.ctx(), ahmad, GiveClearance{Command: o.id(), Person: "ahmad", Level: TopSecret, Reason: "أريد"})
	o.refused("access.own_rights", err)
	_, err = o.m.NameReader(o.ctx(), ahmad, NameReader{Command: o.id(), Object: "x", Person: "ahmad", Reason: "أريد"})
	o.refused("access.own_rights", err)
	_, err = o.m.GrantRole(o.ctx(), o.as("rana"), GrantRole{Command: o.id(), Person: "sara", Role: "manager", Unit: "jo"})
	o.refused("forbidden", err)
}

func TestAnAdministratorOfABodyGrantsInsideIt(t *testing.T) {
	o := staff(t)
	o.role("officer", MayGrantRole)
	o.person("ahmad")
	o.grant("ahmad", "officer", "jo.2501")
	_, err := o.m.GrantRole(o.ctx(), o.as("ahmad"), GrantRole{Command: o.id(), Person: "sara", Role: "preparer", Unit: "jo.2601"})
	o.refused("forbidden", err)
	_, err = o.m.GrantRole(o.ctx(), o.as("ahmad"), GrantRole{Command: o.id(), Person: "sara", Role: "preparer", Unit: "jo"})
	o.refused("forbidden", err)
	o.must(o.m.GrantRole(o.ctx(), o.as("ahmad"), GrantRole{Command: o.id(), Person: "sara", Role: "preparer", Unit: "jo.2501.4402"}))
}

func TestTheFirstAdministratorIsRegisteredOnce(t *testing.T) {
	o := newOffice(t)
	o.must(o.m.Found(o.ctx(), Found{Command: o.id(), Person: "ahmad", Name: kernel.Text{Ar: "أحمد"}, Unit: "jo"}))
	if !o.as("ahmad").May(MayGrantRole, Object{Unit: "."}).Allowed {
		t.Error("the first administrator may not grant")
	}
	_, err := o.m.Found(o.ctx(), Found{Command: o.id(), Person: "eve", Name: kernel.Text{Ar: "حواء"}, Unit: "jo"})
	o.refused("access.founded_before", err)
}
