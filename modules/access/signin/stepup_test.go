package signin

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

func TestAnApprovalNeedsAProofOfTheLastQuarterOfAnHour(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	phone, codes := o.withApp("huda")
	e, err := o.WithCode(ctx, o.begin("huda").Half, phone.code(), false, o.desk(), "")
	must(t, err)
	one, _ := o.find(o.House, e.Tokens.Session)
	if !one.Approves(e.Tokens.Approval, o.clock()) {
		t.Error("the sign-in itself is no proof")
	}
	for _, planted := range []string{"", e.Tokens.Session, one.ID.String()} {
		if one.Approves(planted, o.clock()) {
			t.Errorf("%q does for the approval's cookie", planted)
		}
	}
	o.pass(15 * time.Minute)
	one, _ = o.find(o.House, e.Tokens.Session)
	if one.Approves(e.Tokens.Approval, o.clock()) {
		t.Error("a quarter of an hour later it still holds")
	}
	refusedWith(t, "factor_needed", stepped(o.StepUp(ctx, one, e.Tokens.Session, Proof{Password: strong}, o.desk())))
	refusedWith(t, "code_refused", stepped(o.StepUp(ctx, one, e.Tokens.Session, Proof{Code: "000000"}, o.desk())))
	next, after, err := o.StepUp(ctx, one, e.Tokens.Session, Proof{Code: phone.code()}, o.desk())
	must(t, err)
	if !after.Approves(next.Approval, o.clock()) || after.Approves(e.Tokens.Approval, o.clock()) {
		t.Error("the new cookie does not approve, or the old one does")
	}
	refusedWith(t, "code_refused", stepped(o.StepUp(ctx, after, next.Session, Proof{Code: phone.code()}, o.desk()))) // a replay
	must(t, stepped(o.StepUp(ctx, after, next.Session, Proof{Code: codes[0], Recovery: true}, o.desk())))
	o.recorded("huda", "signin.stepped_up")
}

func stepped(_ Tokens, _ Session, err error) error { return err }

// By the house's policy a password is no proof for an approval; where the policy is content with it,
// it is, until the person has something better.
func TestWhetherAPasswordApprovesIsThePolicys(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	e := o.enter("huda")
	if e.Session.Approves(e.Tokens.Approval, o.clock()) {
		t.Error("a password approves")
	}
	if means, err := o.StepUpMeans(ctx, "huda"); err != nil || len(means) != 0 {
		t.Errorf("she can step up by %v, %v", means, err)
	}
	next, after, err := o.StepUp(ctx, e.Session, e.Tokens.Session, Proof{Password: strong}, o.desk())
	must(t, err)
	if after.Approves(next.Approval, o.clock()) || !after.Fresh(o.clock(), HousePolicy()) {
		t.Error("typing the password again approves, or does not even open her account page")
	}
	o.content()
	o.pass(freshFor)
	e = o.enter("huda")
	if !e.Session.Approves(e.Tokens.Approval, o.clock()) {
		t.Error("the policy is content with a password, and it does not approve")
	}
	if means, err := o.StepUpMeans(ctx, "huda"); err != nil || len(means) != 1 || means[0] != "password" {
		t.Errorf("she can step up by %v, %v", means, err)
	}
	refusedWith(t, "password_refused", stepped(o.StepUp(ctx, e.Session, e.Tokens.Session, Proof{Password: "wrong"}, o.desk())))
}

func TestThePolicyIsDated(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	today := kernel.DateOf(o.clock())
	set := func(p Policy) error { return o.SetPolicy(ctx, "ahmad", uuid.New(), p) }
	later := HousePolicy()
	later.From, later.StepUpMinutes, later.Approvals = today.AddDays(2), 5, []string{"finance.voucher.pay"}
	must(t, set(later))
	now, err := o.Policy(ctx)
	must(t, err)
	if now.StepUpMinutes != 15 || !now.Approval([]string{"finance.voucher.approve", "finance.voucher.approve_above"}) {
		t.Errorf("today holds %+v", now)
	}
	if now.Approval([]string{"finance.voucher.audit", "finance.voucher.approve"}) || now.Approval(nil) {
		t.Error("an act that a clerk may do is an approval")
	}
	o.pass(48 * time.Hour)
	if now, err = o.node().Policy(ctx); err != nil || now.StepUpMinutes != 5 || now.Approval([]string{"finance.voucher.approve"}) {
		t.Errorf("in two days holds %+v, %v", now, err)
	}
	for _, bad := range []func(*Policy){
		func(p *Policy) { p.From = today.AddDays(-1) }, func(p *Policy) { p.From = kernel.Date{} }, func(p *Policy) { p.StepUpMinutes = 0 },
		func(p *Policy) { p.StepUpMinutes = 600 }, func(p *Policy) { p.IdleMinutes = 0 }, func(p *Policy) { p.AbsoluteMinutes = 10 },
	} {
		p := HousePolicy()
		p.From = kernel.DateOf(o.clock())
		bad(&p)
		refusedWith(t, "signin.policy", set(p))
	}
}
