package signin

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// app is a person's authenticator app.
type app struct {
	o      *office
	secret string
}

func (a app) code() string { return a.at(0) }

func (a app) at(shift time.Duration) string {
	a.o.t.Helper()
	code, err := totp.GenerateCode(a.secret, a.o.clock().Add(shift))
	must(a.o.t, err)
	return code
}

// withApp enrols a person's authenticator app.
func (o *office) withApp(person string) (app, []string) {
	o.t.Helper()
	e, err := o.EnrolTOTP(context.Background(), person)
	must(o.t, err)
	a := app{o, e.Secret}
	codes, err := o.ConfirmTOTP(context.Background(), person, e.Ceremony, a.code())
	must(o.t, err)
	o.pass(time.Minute) // the first code is used up
	return a, codes
}

// begin is the first step of a sign-in that has a second.
func (o *office) begin(person string) Entry {
	o.t.Helper()
	e, err := o.WithPassword(context.Background(), person, strong, o.desk(), "")
	must(o.t, err)
	if e.Half == "" || e.Tokens.Session != "" {
		o.t.Fatalf("the password alone opened %+v", e)
	}
	return e
}

func TestAnAppIsEnrolledAndThenAsked(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	e, err := o.EnrolTOTP(ctx, "rana")
	must(t, err)
	if !strings.HasPrefix(e.Address, "otpauth://totp/Diwan:rana?") || !strings.HasPrefix(e.Picture, "data:image/png;base64,") || len(e.Secret) < 32 {
		t.Errorf("the app is set up with %.80q", e)
	}
	_, err = o.ConfirmTOTP(ctx, "huda", e.Ceremony, app{o, e.Secret}.code())
	refusedWith(t, "sign_in_over", err)
	_, err = o.ConfirmTOTP(ctx, "rana", e.Ceremony, "000000")
	refusedWith(t, "code_refused", err)
	if entry := o.enter("rana"); entry.Half != "" {
		t.Error("an app that was not confirmed is asked for")
	}
	phone, codes := o.withApp("rana")
	if len(codes) != 10 {
		t.Errorf("%d recovery codes came", len(codes))
	}
	first := o.begin("rana")
	if len(first.Next) != 2 || first.Next[0] != "totp" {
		t.Errorf("next is %v", first.Next)
	}
	done, err := o.WithCode(ctx, first.Half, phone.code(), false, o.desk(), "")
	must(t, err)
	one, ok := o.find(o.House, done.Tokens.Session)
	if !ok || one.Level != TwoFactor || !one.Approves(done.Tokens.Approval, o.clock()) {
		t.Errorf("the session is %+v", one)
	}
	o.recorded("rana", "signin.factor_added")
}

// A code counts once, a step early or late, never two; in Arabic digits too.
func TestACodeCountsOnce(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	phone, _ := o.withApp("rana")
	try := func(code string) error {
		o.pass(20 * time.Minute) // so that no budget is met
		code = strings.ReplaceAll(code, "now", phone.code())
		first := o.begin("rana")
		_, err := o.WithCode(ctx, first.Half, code, false, o.desk(), "")
		return err
	}
	must(t, try("now"))
	must(t, try(strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩").Replace("now")))
	for replayed := range 40 {
		o.pass(90 * time.Second)
		code := phone.code()
		first, again := o.begin("rana"), o.begin("rana")
		if _, err := o.WithCode(ctx, first.Half, code, false, o.desk(), ""); err != nil {
			t.Fatal(err)
		}
		_, err := o.WithCode(ctx, again.Half, code, false, o.desk(), "")
		refusedWith(t, "code_refused", err)
		_ = replayed
		o.pass(40 * time.Minute)
	}
	for _, shift := range []time.Duration{-30 * time.Second, 30 * time.Second} {
		o.pass(20 * time.Minute)
		first := o.begin("rana")
		if _, err := o.WithCode(ctx, first.Half, phone.at(shift), false, o.desk(), ""); err != nil {
			t.Errorf("a code %s away: %v", shift, err)
		}
	}
	for _, shift := range []time.Duration{-90 * time.Second, 90 * time.Second, time.Hour} {
		o.pass(20 * time.Minute)
		first := o.begin("rana")
		_, err := o.WithCode(ctx, first.Half, phone.at(shift), false, o.desk(), "")
		refusedWith(t, "code_refused", err)
	}
}

// Of many that send one code at the same instant, one comes in.
func TestACodeSentManyTimesAtOnceOpensOneSession(t *testing.T) {
	o := openOffice(t)
	phone, _ := o.withApp("rana")
	var firsts []Entry
	for range 5 {
		firsts = append(firsts, o.begin("rana"))
	}
	code, came := phone.code(), make(chan bool, len(firsts))
	for _, f := range firsts {
		go func() {
			e, err := o.WithCode(context.Background(), f.Half, code, false, o.desk(), "")
			came <- err == nil && e.Tokens.Session != ""
		}()
	}
	n := 0
	for range firsts {
		if <-came {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d came in with one code", n)
	}
}

func TestCodesAreNotGuessed(t *testing.T) {
	o := openOffice(t)
	o.withApp("rana")
	guesses := 0
	for range 3600 / 5 {
		o.pass(5 * time.Second)
		first, err := o.WithPassword(context.Background(), "rana", strong, o.desk(), "")
		must(t, err)
		_, err = o.WithCode(context.Background(), first.Half, "123456", false, o.desk(), "")
		if problem := err.Error(); strings.HasPrefix(problem, "code_refused") {
			guesses++
		}
	}
	if guesses > 20 {
		t.Errorf("%d guesses in an hour by one who knows the password", guesses)
	}
}

func TestTheFirstStepOfASignInIsNoSessionAndEndsInFiveMinutes(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	phone, _ := o.withApp("rana")
	first := o.begin("rana")
	if _, ok := o.find(o.House, first.Half); ok {
		t.Error("half a sign-in is a session")
	}
	must(t, second(o.WithCode(ctx, first.Half, phone.code(), false, o.desk(), "")))
	o.pass(time.Minute)
	refusedWith(t, "sign_in_over", second(o.WithCode(ctx, first.Half, phone.code(), false, o.desk(), "")))
	late := o.begin("rana")
	o.pass(5 * time.Minute)
	refusedWith(t, "sign_in_over", second(o.WithCode(ctx, late.Half, phone.code(), false, o.desk(), "")))
}

func second[A any](_ A, err error) error { return err }

func TestTenRecoveryCodesOpenOnceEach(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	_, codes := o.withApp("rana")
	seen := map[string]bool{}
	for i, code := range codes {
		o.pass(time.Hour)
		if seen[code] || len(code) != 17 {
			t.Errorf("the code %q", code)
		}
		seen[code] = true
		typed := []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", " "), strings.ReplaceAll(code, "-", "")}[i%4]
		must(t, second(o.WithCode(ctx, o.begin("rana").Half, typed, true, o.desk(), "")))
		if i < 9 {
			refusedWith(t, "code_refused", second(o.WithCode(ctx, o.begin("rana").Half, typed, true, o.desk(), "")))
		}
	}
	if next := o.begin("rana").Next; len(next) != 1 || next[0] != "totp" {
		t.Errorf("with no codes left next is %v", next)
	}
	o.recorded("rana", "signin.recovery_used")
	fresh, err := o.RecoveryCodes(ctx, "rana")
	must(t, err)
	refusedWith(t, "code_refused", second(o.WithCode(ctx, o.begin("rana").Half, codes[0], true, o.desk(), "")))
	must(t, second(o.WithCode(ctx, o.begin("rana").Half, fresh[0], true, o.desk(), "")))
}

func TestAFactorIsRemovedUnlessWhatIsLeftIsTooWeak(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	o.withApp("rana")
	must(t, o.choose(ctx, "rana", "rana", "eight!xy", true))
	refusedWith(t, "password_too_short_alone", o.RemoveTOTP(ctx, "rana", "rana"))
	must(t, o.choose(ctx, "rana", "rana", other, true))
	must(t, o.RemoveTOTP(ctx, "rana", "rana"))
	refusedWith(t, "factor_unknown", o.RemoveTOTP(ctx, "rana", "rana"))
	refusedWith(t, "factor_unknown", o.RemovePasskey(ctx, "rana", "rana", "AAAA"))
	f, err := o.Factors(ctx, "rana")
	if err != nil || f.TOTP != nil || f.Password == nil || f.Approver {
		t.Errorf("her factors are %+v, %v", f, err)
	}
	o.recorded("rana", "signin.factor_removed")
}
