package signin

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func (o *office) find(h *House, token string) (Session, bool) {
	o.t.Helper()
	one, ok, err := h.Sessions.Find(context.Background(), token)
	must(o.t, err)
	return one, ok
}

func TestASessionEndsHalfAnHourAfterItsLastUseAndAfterTwelveHours(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	for range 23 {
		o.pass(29 * time.Minute)
		if _, ok := o.find(o.House, e.Tokens.Session); !ok {
			t.Fatal("it ended early")
		}
	}
	o.pass(55 * time.Minute)
	if _, ok := o.find(o.House, e.Tokens.Session); ok {
		t.Error("idle for 55 minutes and still there")
	}
	e = o.enter("rana")
	for end := o.clock().Add(12 * time.Hour); o.clock().Before(end); o.pass(20 * time.Minute) {
		o.find(o.House, e.Tokens.Session)
	}
	if _, ok := o.find(o.House, e.Tokens.Session); ok {
		t.Error("12 hours old and still there")
	}
}

func TestASessionOutlivesARestartAndHoldsOnEveryNode(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	restarted := o.node()
	one, ok := o.find(restarted, e.Tokens.Session)
	if !ok || one.Person != "rana" || one.Level != Password {
		t.Fatalf("after a restart it is %+v, %v", one, ok)
	}
}

// A restore raises the log's epoch: whoever was signed in then signs in again.
func TestARestoreEndsEverySession(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	restored := o.node()
	restored.Sessions.epoch++
	if _, ok := o.find(restored, e.Tokens.Session); ok {
		t.Error("a session from before a restore still holds")
	}
}

func TestAnEndOnOneNodeIsAnEndOnTheOtherWithinFiveSeconds(t *testing.T) {
	o := openOffice(t)
	there := o.node()
	first, second := o.enter("rana"), o.enter("rana")
	for _, token := range []string{first.Tokens.Session, second.Tokens.Session} {
		if _, ok := o.find(there, token); !ok {
			t.Fatal("the other node does not know the session")
		}
	}
	must(t, o.SignOutEverywhere(context.Background(), "rana"))
	if _, ok := o.find(o.House, first.Tokens.Session); ok {
		t.Error("on this node it still holds")
	}
	o.pass(5 * time.Second)
	for _, token := range []string{first.Tokens.Session, second.Tokens.Session} {
		if _, ok := o.find(there, token); ok {
			t.Error("five seconds later it still holds on the other node")
		}
	}
	o.recorded("rana", "signin.signed_out")
}

func TestAPersonSeesTheirSessionsAndEndsOne(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	first, second, stranger := o.enter("rana"), o.enter("rana"), o.enter("huda")
	all, err := o.Sessions.Of(ctx, "rana")
	if err != nil || len(all) != 2 {
		t.Fatalf("she sees %v, %v", all, err)
	}
	if ended, err := o.Sessions.End(ctx, "rana", stranger.Session.ID); err != nil || ended {
		t.Errorf("she ended another's session: %v, %v", ended, err)
	}
	if ended, err := o.Sessions.End(ctx, "rana", first.Session.ID); err != nil || !ended {
		t.Errorf("she could not end her own: %v", err)
	}
	if _, ok := o.find(o.House, first.Tokens.Session); ok {
		t.Error("the ended session still holds")
	}
	for _, e := range []Entry{second, stranger} {
		if _, ok := o.find(o.House, e.Tokens.Session); !ok {
			t.Error("another session went too")
		}
	}
}

// Whoever planted a session id, or copied an old one, holds nothing after the next sign-in, step-up
// or change of roles.
func TestASessionGetsANewIDAtSignInStepUpAndChangeOfRoles(t *testing.T) {
	o := openOffice(t)
	o.content()
	ctx := context.Background()
	planted := o.enter("rana")
	fresh, err := o.WithPassword(ctx, "rana", strong, o.desk(), planted.Tokens.Session)
	must(t, err)
	if _, ok := o.find(o.House, planted.Tokens.Session); ok || fresh.Tokens.Session == planted.Tokens.Session {
		t.Error("the id from before the sign-in still holds")
	}
	one, _ := o.find(o.House, fresh.Tokens.Session)
	stepped, after, err := o.StepUp(ctx, one, fresh.Tokens.Session, Proof{Password: strong}, o.desk())
	must(t, err)
	if _, ok := o.find(o.House, fresh.Tokens.Session); ok {
		t.Error("the id from before the step-up still holds")
	}
	if _, ok := o.find(o.House, stepped.Session); !ok {
		t.Fatal("the new id does not hold")
	}
	if _, _, err := o.StepUp(ctx, one, fresh.Tokens.Session, Proof{Password: strong}, o.desk()); err == nil {
		t.Error("the old id stepped up again")
	}
	renewed, changed, err := o.Sessions.Renewed(ctx, after, stepped.Session, "second")
	if err != nil || renewed.Session == "" || changed.Rights != "second" {
		t.Fatalf("the change of roles gave %+v, %v", changed, err)
	}
	if again, _, err := o.Sessions.Renewed(ctx, after, stepped.Session, "second"); err != nil || again.Session != "" {
		t.Errorf("a second request at once got another id: %v", err)
	}
	o.pass(overlap + freshFor)
	if _, ok := o.find(o.House, stepped.Session); ok {
		t.Error("the id from before the change of roles still holds")
	}
	if _, ok := o.find(o.House, renewed.Session); !ok {
		t.Error("the newest id does not hold")
	}
}

// Whoever reads the database, or a backup of it, cannot take a session over: neither the stored hash
// nor any other column is a token.
func TestAStolenDatabaseOpensNoSession(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	var text string
	must(t, o.read(context.Background(), func(tx pgx.Tx) error {
		return tx.QueryRow(context.Background(), `select string_agg(s::text, ' ') from signin.session s`).Scan(&text)
	}))
	if text == "" {
		t.Fatal("nothing is stored")
	}
	for _, token := range []string{e.Tokens.Session, e.Tokens.Approval} {
		if len(token) != tokenLength || contains(text, token) {
			t.Errorf("the token %s is stored", token)
		}
	}
	if _, ok := o.find(o.House, string(e.Session.hash)); ok {
		t.Error("the hash opens the session")
	}
}

// A request reads the database at most every three seconds and writes at most once a minute.
func TestUsingASessionHardlyTouchesTheDatabase(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	written := func() (at time.Time, versions int64) {
		must(t, o.read(context.Background(), func(tx pgx.Tx) error {
			return tx.QueryRow(context.Background(), `select used_at, xmin::text::bigint from signin.session where id = $1`, e.Session.ID).Scan(&at, &versions)
		}))
		return
	}
	_, before := written()
	for range 50 {
		o.pass(time.Second)
		o.find(o.House, e.Tokens.Session)
	}
	if _, after := written(); after != before {
		t.Error("fifty requests within a minute were written down")
	}
	o.pass(20 * time.Second)
	o.find(o.House, e.Tokens.Session)
	if at, after := written(); after == before || !at.Equal(o.clock()) {
		t.Error("after a minute the use was not written down")
	}
}

func TestAClockThatIsSetBackMakesNoSessionYounger(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	o.pass(29 * time.Minute)
	o.find(o.House, e.Tokens.Session)
	o.pass(29 * time.Minute)
	o.find(o.House, e.Tokens.Session)
	o.pass(-2 * time.Hour)
	o.find(o.House, e.Tokens.Session)
	o.pass(2*time.Hour + 31*time.Minute)
	if _, ok := o.find(o.House, e.Tokens.Session); ok {
		t.Error("setting the clock back gave it another half hour")
	}
}

func TestOnlyTokensOfSessionsAreFound(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	for _, token := range []string{"", "x", e.Tokens.Approval, e.Tokens.Session[1:], e.Tokens.Session + "=", e.Session.ID.String(), uuid.NewString()} {
		if _, ok := o.find(o.House, token); ok {
			t.Errorf("%q is a session", token)
		}
	}
}
