package signin

import (
	"context"
	"testing"
	"time"
)

func TestANewPersonChoosesTheirOwnPassword(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	i, err := o.Invite(ctx, "ahmad", "laila", false)
	must(t, err)
	if i.NeedsTwo || i.Code == "" {
		t.Fatalf("the invitation is %+v", i)
	}
	refusedWith(t, "password_common", second(o.WithInvitation(ctx, i.Code, "", "laila2026laila2026", o.desk(), "")))
	e, err := o.WithInvitation(ctx, i.Code, "", other, o.desk(), "")
	must(t, err)
	if one, ok := o.find(o.House, e.Tokens.Session); !ok || one.Person != "laila" {
		t.Errorf("she is %+v", one)
	}
	refusedWith(t, "invitation_refused", second(o.WithInvitation(ctx, i.Code, "", other, o.desk(), "")))
	must(t, second(o.WithPassword(ctx, "laila", other, o.desk(), "")))
	o.recorded("laila", "signin.recovery_started")
	o.recorded("laila", "signin.recovery_used")
}

func TestAnInvitationEndsAndIsReplacedByTheNext(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	lost, err := o.Invite(ctx, "ahmad", "laila", false)
	must(t, err)
	late, err := o.Invite(ctx, "ahmad", "laila", false)
	must(t, err)
	refusedWith(t, "invitation_refused", second(o.WithInvitation(ctx, lost.Code, "", other, o.desk(), "")))
	o.pass(invitationLife)
	refusedWith(t, "invitation_refused", second(o.WithInvitation(ctx, late.Code, "", other, o.desk(), "")))
	refusedWith(t, "invitation_own", second(o.Invite(ctx, "laila", "laila", false)))
	refusedWith(t, "person_unknown", second(o.Invite(ctx, "ahmad", "nobody", false)))
}

// Whoever approves payments gets back in only when two administrators agree, each with half a code.
func TestAnApproversRecoveryNeedsTwo(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	before := o.enter("huda")
	o.withApp("huda")
	i, err := o.Invite(ctx, "ahmad", "huda", true)
	must(t, err)
	if !i.NeedsTwo {
		t.Fatal("one administrator is enough")
	}
	refusedWith(t, "invitation_refused", second(o.WithInvitation(ctx, i.Code, "", other, o.desk(), "")))
	refusedWith(t, "invitation_same_person", second(o.ApproveInvitation(ctx, "ahmad", i.ID)))
	refusedWith(t, "invitation_own", second(o.ApproveInvitation(ctx, "huda", i.ID)))
	agreed, err := o.ApproveInvitation(ctx, "laila", i.ID)
	must(t, err)
	refusedWith(t, "invitation_unknown", second(o.ApproveInvitation(ctx, "laila", i.ID)))
	for _, halves := range [][2]string{{i.Code, ""}, {i.Code, i.Code}, {agreed.Code, i.Code}, {agreed.Code, agreed.Code}} {
		refusedWith(t, "invitation_refused", second(o.WithInvitation(ctx, halves[0], halves[1], other, o.desk(), "")))
	}
	e, err := o.WithInvitation(ctx, i.Code, agreed.Code, other, o.desk(), "")
	must(t, err)
	if e.Tokens.Session == "" {
		t.Errorf("the factors she lost are still asked for: %v", e.Next)
	}
	if _, ok := o.find(o.House, before.Tokens.Session); ok {
		t.Error("a session from before the recovery still holds")
	}
	waiting, err := o.Invitations(ctx)
	if err != nil || len(waiting) != 0 {
		t.Errorf("waiting are %v, %v", waiting, err)
	}
	o.recorded("huda", "signin.recovery_approved")
}

// A forgotten password does not take the second factor away.
func TestARecoveryThatClearsNothingStillAsksTheSecondFactor(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	phone, _ := o.withApp("rana")
	i, err := o.Invite(ctx, "ahmad", "rana", false)
	must(t, err)
	e, err := o.WithInvitation(ctx, i.Code, "", other, o.desk(), "")
	must(t, err)
	if e.Tokens.Session != "" || e.Half == "" {
		t.Fatal("the second factor is not asked")
	}
	o.pass(time.Minute)
	must(t, second(o.WithCode(ctx, e.Half, phone.code(), false, o.desk(), "")))
}
