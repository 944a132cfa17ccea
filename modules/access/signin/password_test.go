package signin

import (
	"context"
	"strings"
	"testing"

	"diwan/modules/kernel"
)

// An unknown name, a wrong password, a person without a password and a suspended account get one
// answer, byte for byte.
func TestNamesAreNotToldApart(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	must(t, o.Suspend(ctx, "ahmad", "huda"))
	for i, try := range [][2]string{
		{"rana", "wrong"},
		{"rana", ""},
		{"nobody", strong},
		{"", ""},
		{"RANA", strong},
		{"nobody", "nobody's password"},
		{"ahmad", strong},
		{"huda", strong},
		{"rana\x00", strong},
		{"rana", strong + strings.Repeat("x", 10<<20)},
		{strings.Repeat("r", 1<<20), strong},
	} {
		_, err := o.WithPassword(ctx, try[0], try[1], o.at(strings.Repeat("1", 1)+"0.0.0."+string(rune('1'+i%9))+":1"), "")
		if p := kernel.ProblemsOf(err); len(p) != 1 || p[0].Code != ErrRefused.Code || p[0].Message != ErrRefused.Message || len(p[0].Details) > 0 {
			t.Errorf("%.20q with %.20q is told %v", try[0], try[1], err)
		}
	}
}

// An unknown name costs one check of a password of the same cost as a known one.
func TestAnUnknownNameIsCheckedAtTheSameCost(t *testing.T) {
	o := openOffice(t)
	cost := func(hash string) string { return strings.Join(strings.Split(hash, "$")[:4], "$") }
	a, _, err := o.account(context.Background(), "rana")
	must(t, err)
	if cost(a.password) != cost(o.nobody) {
		t.Errorf("she costs %s, an unknown name %s", cost(a.password), cost(o.nobody))
	}
	if HouseCost.Memory < 19*1024 {
		t.Error("the house's hashes are cheaper than OWASP's least")
	}
}

func TestTheSameArabicPasswordInTwoSpellingsIsOne(t *testing.T) {
	hash, err := hashPassword("لا إله", cheap)
	must(t, err)
	if fits, err := checkPassword(hash, "\ufefb إله"); err != nil || !fits { // the ligature lam-alef
		t.Errorf("the ligature's spelling: %v, %v", fits, err)
	}
}

func TestLongPasswordsAreTakenAndGuessableOnesRefused(t *testing.T) {
	w := commonWords()
	rana := Person{ID: "rana.khatib", Name: kernel.Text{Ar: "رنا الخطيب", En: "Rana Al-Khatib"}}
	for _, good := range []string{
		strong, other, "correct horse battery staple", "قطار المساء يصل متأخراً", strings.Repeat("كلمة غريبة ", 20),
		"x7#pQ!m2vL9@zR4t", "four umbrellas under one sky",
	} {
		if err := checkChoice(good, rana, true, w); err != nil {
			t.Errorf("%.40q: %v", good, err)
		}
	}
	for bad, code := range map[string]string{
		"short":                            "password_short",
		"fourteen chars":                   "password_short",
		"١٢٣٤٥٦٧٨٩٠١٢٣٤٥":                  "password_common",
		"123456789012345":                  "password_common",
		"password12345678":                 "password_common",
		"P@ssw0rd2026!!!!":                 "password_common",
		"ديوان الأردن 2026":                "password_common",
		"amman2026amman!!":                 "password_common",
		"ministry.finance.2026":            "password_common",
		"rana.khatib.2026":                 "password_common",
		"الخطيب1234567890":                 "password_common",
		"abababababababab":                 "password_common",
		"aaaaaaaaaaaaaaaa":                 "password_common",
		"qwertyuiopasdfghjkl":              "password_common",
		"abcdefghijklmnop":                 "password_common",
		"line\nbreak in the password":      "password_unreadable",
		"\xff\xfe broken text is not text": "password_unreadable",
		strings.Repeat("long ", 300):       "password_long",
	} {
		err := checkChoice(bad, rana, true, w)
		if all := kernel.ProblemsOf(err); len(all) != 1 || all[0].Code != code {
			t.Errorf("%.40q is answered %v, want %s", bad, err, code)
		}
	}
	if err := checkChoice("eight!xy", rana, false, w); err != nil {
		t.Errorf("eight letters beside a second factor: %v", err)
	}
	refusedWith(t, "password_short", checkChoice("eight!xy", rana, true, w))
	if err := checkChoice(strings.Repeat("ب ت ث ", 12), rana, true, w); err != nil {
		t.Errorf("72 letters: %v", err)
	}
}

func TestAPersonChangesTheirPassword(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	here, elsewhere := o.enter("rana"), o.enter("rana")
	one, _ := o.find(o.House, here.Tokens.Session)
	err := o.ChangePassword(ctx, one, "wrong", other, o.desk())
	refusedWith(t, "password_refused", err)
	if kernel.ProblemsOf(err)[0].Path != "old" {
		t.Error("the refusal does not stand at the old password")
	}
	refusedWith(t, "password_short", o.ChangePassword(ctx, one, strong, "too short", o.desk()))
	must(t, o.ChangePassword(ctx, one, strong, other, o.desk()))
	if _, ok := o.find(o.House, elsewhere.Tokens.Session); ok {
		t.Error("another session outlived the old password")
	}
	if _, ok := o.find(o.House, here.Tokens.Session); !ok {
		t.Error("the session she changed it in ended")
	}
	if _, err := o.WithPassword(ctx, "rana", strong, o.desk(), ""); err == nil {
		t.Error("the old password still opens")
	}
	if _, err := o.WithPassword(ctx, "rana", other, o.desk(), ""); err != nil {
		t.Errorf("the new password: %v", err)
	}
	o.recorded("rana", "signin.password_changed")
}

func TestASuspendedPersonIsOutUntilRestored(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	e := o.enter("rana")
	must(t, o.Suspend(ctx, "ahmad", "rana"))
	if _, ok := o.find(o.House, e.Tokens.Session); ok {
		t.Error("her session still holds")
	}
	_, err := o.WithPassword(ctx, "rana", strong, o.desk(), "")
	refusedWith(t, "sign_in_refused", err)
	must(t, o.Restore(ctx, "ahmad", "rana"))
	o.enter("rana")
	o.recorded("rana", "signin.account_suspended")
	o.recorded("rana", "signin.account_restored")
}
