package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEachOfTheDemosPeopleSignsIn(t *testing.T) {
	people := demo(t)
	for _, one := range people.All() {
		got, err := people.SignIn(t.Context(), one.ID, DemoPassword)
		if err != nil || got.ID != one.ID || got.Name.Ar == "" || got.Name.En == "" || got.Role.ID == "" {
			t.Errorf("%s: %+v, %v", one.ID, got, err)
		}
	}
}

func TestAWrongNameAndAWrongPasswordGetTheSameAnswer(t *testing.T) {
	people := demo(t)
	for _, try := range [][2]string{
		{"rana", "diwan-demo-2025"},
		{"rana", ""},
		{"nobody", DemoPassword},
		{"", ""},
		{"RANA", DemoPassword},
		{"nobody", "nobody's password"},
		{"rana", DemoPassword + strings.Repeat("x", 10<<20)},
		{"rana\x00", DemoPassword},
	} {
		if _, err := people.SignIn(t.Context(), try[0], try[1]); !errors.Is(err, ErrSignIn) || err.Error() != ErrSignIn.Error() {
			t.Errorf("%q with %.20q: %v", try[0], try[1], err)
		}
	}
}

// An unknown name costs one check of a password of the same cost as a known one.
func TestAnUnknownNameIsCheckedAtTheSameCost(t *testing.T) {
	people := demo(t)
	cost := func(hash string) string { return strings.Join(strings.Split(hash, "$")[:4], "$") }
	for id, hash := range people.hashes {
		if cost(hash) != cost(people.nobody) {
			t.Errorf("%s costs %s, an unknown name %s", id, cost(hash), cost(people.nobody))
		}
	}
}

func TestTheSameArabicPasswordInTwoSpellingsIsOne(t *testing.T) {
	hash, err := hashPassword("لا إله")
	if err != nil {
		t.Fatal(err)
	}
	if fits, err := checkPassword(hash, "\ufefb إله"); err != nil || !fits { // the ligature lam-alef
		t.Errorf("the ligature's spelling: %v, %v", fits, err)
	}
}

func TestNoMorePasswordsAreCheckedAtOnceThanAllowed(t *testing.T) {
	g := newGate(1)
	leave, err := g.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.enter(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("a second one came in: %v", err)
	}
	leave()
	if _, err := g.enter(t.Context()); err != nil {
		t.Errorf("the place was not given back: %v", err)
	}
}

func TestSessionsEndByIdlenessByAgeAndByHand(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	s := NewSessions(func() time.Time { return now }, 30*time.Minute, 12*time.Hour)
	begin := func() string {
		token, err := s.Begin("rana")
		if err != nil || len(token) < 43 {
			t.Fatalf("token %q, %v", token, err)
		}
		return token
	}
	token := begin()
	for range 23 {
		now = now.Add(29 * time.Minute)
		if _, ok := s.Find(token); !ok {
			t.Fatalf("ended early at %s", now)
		}
	}
	now = now.Add(55 * time.Minute)
	if _, ok := s.Find(token); ok {
		t.Error("idle for 55 minutes and still there")
	}
	token = begin()
	for end := now.Add(12 * time.Hour); now.Before(end); now = now.Add(20 * time.Minute) {
		s.Find(token)
	}
	if _, ok := s.Find(token); ok {
		t.Error("12 hours old and still there")
	}
	first, second := begin(), begin()
	s.End(first)
	if _, ok := s.Find(first); ok {
		t.Error("ended by hand and still there")
	}
	if one, ok := s.Find(second); !ok || one.Person != "rana" {
		t.Error("the other session went too")
	}
	s.EndAll("rana")
	if _, ok := s.Find(second); ok {
		t.Error("all ended and one still there")
	}
	if _, ok := s.Find(""); ok {
		t.Error("no token is a session")
	}
	for hash := range s.byHash {
		t.Errorf("left over: %x", hash)
	}
}

// No role of the demo holds two steps of one document.
func TestNoDemoRoleHoldsTwoStepsOfOneDocument(t *testing.T) {
	chains := [][]string{
		{"finance.invoice.register", "finance.invoice.verify"},
		{"finance.voucher.prepare", "finance.voucher.audit", "finance.voucher.approve", "finance.voucher.approve_above", "finance.voucher.pay", "finance.voucher.reverse"},
		{"finance.journal.draft", "finance.journal.post"},
		{"finance.order.draft", "finance.order.certify"},
		{"finance.virement.propose", "finance.virement.approve"},
		{"finance.payee.register", "finance.payee.approve_bank"},
	}
	for _, r := range DemoRoles() {
		for _, chain := range chains {
			var held []string
			for _, p := range chain {
				if slices.Contains(r.Permissions, p) {
					held = append(held, p)
				}
			}
			if len(held) > 1 {
				t.Errorf("%s holds %v", r.ID, held)
			}
		}
	}
	for _, p := range DemoPeople() {
		if p.Role.ID == "" || p.Role.ID == "audit_bureau" && !slices.Equal(p.Role.Permissions, []string{"finance.read", "directory.read"}) {
			t.Errorf("%s has role %+v", p.ID, p.Role)
		}
	}
}

func demo(t *testing.T) *People {
	t.Helper()
	people, err := NewPeople(DemoPeople(), DemoPassword, 2)
	if err != nil {
		t.Fatal(err)
	}
	return people
}
