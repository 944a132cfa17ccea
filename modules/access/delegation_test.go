package access

import (
	"testing"
	"time"

	"diwan/modules/kernel"
)

// Huda goes on leave and hands approvals to Sara.
func onLeave(t *testing.T) (o *office, delegation string) {
	t.Helper()
	o = staff(t)
	r := o.must(o.m.Delegate(o.ctx(), o.as("huda"), Delegate{Command: o.id(), Delegate: "sara", Kinds: []Kind{Approving}, From: "2026-11-24", To: "2026-11-30", Reason: "إجازة"}))
	return o, r.Events[0].Command.String()
}

func (o *office) acting(who, principal string) (Standing, bool) {
	return o.m.Standing(who, Acting{OnBehalfOf: principal})
}

func TestADelegateActsForThePrincipalAndNotAsHerself(t *testing.T) {
	o, _ := onLeave(t)
	s, ok := o.acting("sara", "huda")
	if !ok {
		t.Fatal("the delegation does not hold")
	}
	if v := s.May("roads.approve", Object{Unit: "2501.4401."}); v.Why != ByDelegation || s.OnBehalfOf != "huda" || s.Person != "sara" {
		t.Errorf("%+v by %s for %s", v, s.Person, s.OnBehalfOf)
	}
	if v := s.May("roads.read", Object{}); v.Allowed {
		t.Error("a kind that was not handed over is there")
	}
	if v := s.May("roads.approve", Object{Unit: "2601."}); v.Allowed {
		t.Error("the delegate reaches further than the principal")
	}
	if o.as("sara").May("roads.approve", Object{}).Allowed {
		t.Error("the delegate has it without naming the principal")
	}
	if _, ok := o.acting("rana", "huda"); ok {
		t.Error("somebody else acts for huda")
	}
}

func TestADelegationEnds(t *testing.T) {
	for name, end := range map[string]func(o *office, delegation string){
		"with its last day": func(o *office, _ string) { o.now = o.now.Add(7 * 24 * time.Hour) },
		"when it is withdrawn": func(o *office, delegation string) {
			o.must(o.m.WithdrawDelegation(o.ctx(), o.as("huda"), WithdrawDelegation{Command: o.id(), Delegation: delegation, Reason: "عادت"}))
		},
		"with the principal's suspension": func(o *office, _ string) {
			o.must(o.m.SuspendPerson(o.ctx(), o.admin, ChangePerson{Command: o.id(), Person: "huda", Reason: "تحقيق"}))
		},
		"with the delegate's suspension": func(o *office, _ string) {
			o.must(o.m.SuspendPerson(o.ctx(), o.admin, ChangePerson{Command: o.id(), Person: "sara", Reason: "تحقيق"}))
		},
		"with the principal's grant": func(o *office, _ string) {
			o.must(o.m.EndGrant(o.ctx(), o.admin, EndGrant{Command: o.id(), Person: "huda", Grant: 1, Reason: "نُقلت"}))
		},
		"when the two roles may not meet any more": func(o *office, _ string) {
			o.must(o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "manager", B: "auditor", Reason: "رقابة"}))
			_, err := o.m.GrantRole(o.ctx(), o.admin, GrantRole{Command: o.id(), Person: "sara", Role: "auditor", Unit: "jo.2501"})
			o.refused("access.roles_may_not_meet", err) // exercised for a principal counts as held
			o.must(o.m.JoinRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "auditor", B: "manager", Reason: "x"}))
			o.grant("sara", "auditor", "jo.2501")
			o.must(o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "auditor", B: "manager", Reason: "رقابة"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, delegation := onLeave(t)
			end(o, delegation)
			if s, ok := o.acting("sara", "huda"); ok && s.May("roads.approve", Object{}).Allowed {
				t.Error("sara still approves for huda")
			}
		})
	}
}

func TestADelegationIsNotDelegatedOn(t *testing.T) {
	o, _ := onLeave(t)
	s, _ := o.acting("sara", "huda")
	_, err := o.m.Delegate(o.ctx(), &s, Delegate{Command: o.id(), Delegate: "rana", Kinds: []Kind{Approving}, To: "2026-11-30", Reason: "x"})
	o.refused("access.onward_delegation", err)
	_, err = o.m.Delegate(o.ctx(), o.as("sara"), Delegate{Command: o.id(), Delegate: "rana", Kinds: []Kind{Approving}, To: "2026-11-30", Reason: "x"})
	o.refused("access.acts_missing", err)
}

func TestADelegateStaysWithinTheirOwnClearance(t *testing.T) {
	o, _ := onLeave(t)
	o.must(o.m.GiveClearance(o.ctx(), o.admin, GiveClearance{Command: o.id(), Person: "huda", Level: Secret, Reason: "لجنة"}))
	if s, _ := o.acting("sara", "huda"); s.May("roads.approve", Object{Secrecy: Restricted}).Why != AboveClearance {
		t.Error("the delegate inherited the principal's clearance")
	}
	o.must(o.m.GiveClearance(o.ctx(), o.admin, GiveClearance{Command: o.id(), Person: "sara", Level: TopSecret, Reason: "لجنة"}))
	if s, _ := o.acting("sara", "huda"); s.Clearance != Secret {
		t.Errorf("acting for one who is cleared for secret: %d", s.Clearance)
	}
}

func TestADelegationMayNotBringSeparatedRolesTogether(t *testing.T) {
	o := staff(t)
	o.must(o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "preparer", B: "auditor", Reason: "من أعدّ لا يدقق"}))
	_, err := o.m.Delegate(o.ctx(), o.as("omar"), Delegate{Command: o.id(), Delegate: "rana", Kinds: []Kind{Approving}, To: "2026-11-30", Reason: "إجازة"})
	o.refused("access.roles_may_not_meet", err)
	_, err = o.m.GrantRole(o.ctx(), o.admin, GrantRole{Command: o.id(), Person: "rana", Role: "auditor", Unit: "jo.2601"})
	o.refused("access.roles_may_not_meet", err)
}

func TestRolesThatSomebodyHoldsTogetherAreNotSeparated(t *testing.T) {
	o := staff(t)
	o.grant("omar", "preparer", "jo.2601")
	_, err := o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "preparer", B: "auditor", Reason: "رقابة"})
	o.refused("access.roles_may_not_meet", err)
	o.must(o.m.EndGrant(o.ctx(), o.admin, EndGrant{Command: o.id(), Person: "omar", Grant: 2, Reason: "رقابة"}))
	o.must(o.m.SeparateRoles(o.ctx(), o.admin, SeparateRoles{Command: o.id(), A: "preparer", B: "auditor", Reason: "رقابة"}))
}

func TestTheEmergencyWayIn(t *testing.T) {
	o := staff(t)
	o.role("duty_officer", MayGoEmergency)
	o.role("controller", MayAnswerEmergency)
	o.grant("sara", "duty_officer", "jo")
	o.grant("omar", "controller", "jo")
	file := Object{Unit: "2501.4401.", Secrecy: Restricted}
	if o.as("sara").May("roads.read", file).Allowed {
		t.Fatal("sara reads without an emergency")
	}
	_, err := o.m.AskEmergency(o.ctx(), o.as("sara"), AskEmergency{Command: o.id(), Unit: "jo.2501", Secrecy: Restricted})
	o.refused("field.missing", err)
	asked := o.id()
	o.must(o.m.AskEmergency(o.ctx(), o.as("sara"), AskEmergency{Command: asked, Unit: "jo.2501", Secrecy: Restricted, Reason: "حادث على الطريق"}))
	sara := o.as("sara")
	if v := sara.May("roads.read", file); v.Why != ByEmergency {
		t.Errorf("the way in is not open: %+v", v)
	}
	for act, object := range map[string]Object{
		"roads.prepare": file, "roads.read": {Unit: "2601.", Secrecy: Open}, MayReadAccess: {Unit: "2501.", Secrecy: Secret},
	} {
		if sara.May(act, object).Allowed {
			t.Errorf("the emergency opens %s on %+v", act, object)
		}
	}
	_, err = o.m.AnswerEmergency(o.ctx(), Program("sara", MayAnswerEmergency), AnswerEmergency{Command: o.id(), Emergency: asked.String(), Agree: true})
	o.refused("access.same_person", err)
	o.now = o.now.Add(time.Hour)
	if o.as("sara").May("roads.read", file).Allowed {
		t.Error("it stays open after an hour")
	}
	if err := o.m.Unanswered(o.ctx()); err != nil || o.m.book.emergencies[asked.String()].Late {
		t.Errorf("late after an hour: %v", err)
	}
	o.now = o.now.Add(23 * time.Hour)
	for range 2 {
		if err := o.m.Unanswered(o.ctx()); err != nil {
			t.Fatal(err)
		}
	}
	if !o.m.book.emergencies[asked.String()].Late {
		t.Error("nobody looked at it for a day and it is not said")
	}
	o.must(o.m.AnswerEmergency(o.ctx(), o.as("omar"), AnswerEmergency{Command: o.id(), Emergency: asked.String(), Agree: true}))
}

func TestAnEmergencyInSecretThingsWaitsForASecondPerson(t *testing.T) {
	o := staff(t)
	o.role("duty_officer", MayGoEmergency)
	o.grant("sara", "duty_officer", "jo")
	secret := Object{Unit: "2501.4401.", Secrecy: Secret, Key: "letter/7"}
	asked := o.id()
	o.must(o.m.AskEmergency(o.ctx(), o.as("sara"), AskEmergency{Command: asked, Unit: "jo.2501", Secrecy: Secret, Reason: "حادث"}))
	if o.as("sara").May("roads.read", secret).Allowed {
		t.Error("open before the second person agreed")
	}
	o.must(o.m.AnswerEmergency(o.ctx(), Program("omar", MayAnswerEmergency), AnswerEmergency{Command: o.id(), Emergency: asked.String(), Agree: true}))
	if !o.as("sara").May("roads.read", secret).Allowed {
		t.Error("closed though the second person agreed")
	}
	again := o.id()
	o.must(o.m.AskEmergency(o.ctx(), o.as("sara"), AskEmergency{Command: again, Unit: "jo.2601", Reason: "حادث"}))
	o.must(o.m.AnswerEmergency(o.ctx(), Program("omar", MayAnswerEmergency), AnswerEmergency{Command: o.id(), Emergency: again.String(), Reason: "لا حاجة"}))
	if o.as("sara").May("roads.read", Object{Unit: "2601."}).Allowed {
		t.Error("open though the second person objected")
	}
}

func TestAServiceAccountHasAnOwnerAKeyAndAnEnd(t *testing.T) {
	o := staff(t)
	good := OpenService{Person: "service.payroll", Name: kernel.Text{Ar: "رواتب", En: "Payroll"}, Owner: "huda", Key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", Networks: []string{"10.4.0.0/16"}, Rate: 60, Expires: "2027-11-24"}
	for code, spoil := range map[string]func(*OpenService){
		"access.service_key":     func(s *OpenService) { s.Key = "a password" },
		"access.service_network": func(s *OpenService) { s.Networks = []string{"everywhere"} },
		"access.service_rate":    func(s *OpenService) { s.Rate = 0 },
		"access.service_expiry":  func(s *OpenService) { s.Expires = "2027-11-25" },
		"access.person_unknown":  func(s *OpenService) { s.Owner = "nobody" },
		"field.missing":          func(s *OpenService) { s.Networks = nil },
	} {
		bad := good
		spoil(&bad)
		bad.Command = o.id()
		_, err := o.m.OpenService(o.ctx(), o.admin, bad)
		o.refused(code, err)
	}
	good.Command = o.id()
	o.must(o.m.OpenService(o.ctx(), o.admin, good))
	o.grant("service.payroll", "preparer", "jo.2501")
	if !o.as("service.payroll").May("roads.prepare", Object{Unit: "2501."}).Allowed {
		t.Error("the service may not do what it was granted")
	}
	o.now = o.now.AddDate(1, 0, 1)
	if _, ok := o.m.Standing("service.payroll", Acting{}); ok {
		t.Error("the service goes on after its last day")
	}
}
