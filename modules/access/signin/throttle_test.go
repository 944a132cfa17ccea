package signin

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"diwan/modules/kernel"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// An attacker with 10,000 addresses, knocking every second for three hours, gets at most 100 guesses in
// any hour at one account, while the owner signs in on a known device every ten minutes without ever
// waiting. Time is simulated; the counters are the real ones in the database.
func TestTenThousandAddressesGuessAtMostAHundredTimesAnHour(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	first := o.enter("rana")
	home := o.From("10.1.2.3:4444", "", first.Device)
	if !home.Known("rana") || home.Known("huda") {
		t.Fatal("the device she signed in on is not known")
	}
	var guesses []time.Time
	for second := range 3 * 3600 {
		o.pass(time.Second)
		attacker := o.at(fmt.Sprintf("198.%d.%d.7:1", 18+second%2, (second/2)%5000%256+second%10000/256%4))
		_, err := o.WithPassword(ctx, "rana", "guess "+fmt.Sprint(second), attacker, "")
		switch kernel.ProblemsOf(err)[0].Code {
		case "sign_in_refused":
			guesses = append(guesses, o.clock())
		case "sign_in_wait":
		default:
			t.Fatal(err)
		}
		if second%600 == 0 {
			if _, err := o.WithPassword(ctx, "rana", strong, home, ""); err != nil {
				t.Fatalf("after %d seconds of the attack the owner is told %v", second, err)
			}
		}
	}
	for i := range guesses {
		n := 0
		for _, at := range guesses[i:] {
			if at.Sub(guesses[i]) < time.Hour {
				n++
			}
		}
		if n > 100 {
			t.Fatalf("%d guesses in the hour from %s", n, guesses[i])
		}
	}
	if len(guesses) < 20 {
		t.Errorf("only %d guesses were let in: the owner on a new device would be locked out", len(guesses))
	}
	must(t, o.reporter.flush(ctx))
	o.recorded("rana", "signin.refused")
}

// A thousand attempts at the same instant are not all let in: each is charged before it is made.
func TestAttemptsAtOnceAreEachCharged(t *testing.T) {
	o := openOffice(t)
	let := make(chan bool, 60)
	for i := range 60 {
		go func() {
			_, err := o.WithPassword(context.Background(), "rana", "wrong", o.at(fmt.Sprintf("198.51.100.%d:1", i)), "")
			all := kernel.ProblemsOf(err)
			let <- len(all) == 1 && all[0].Code == "sign_in_refused"
		}()
	}
	n := 0
	for range 60 {
		if <-let {
			n++
		}
	}
	if n == 0 || n > accountBudget.free+1 {
		t.Errorf("%d of 60 were let in, the budget has %d", n, accountBudget.free)
	}
}

// Whatever is knocked at, a passkey ceremony is never refused for failures elsewhere, and an office
// behind one address is not locked out by one colleague's mistakes.
func TestOneAccountsFailuresDoNotLockItsNeighbours(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	for range 30 {
		_, _ = o.WithPassword(ctx, "rana", "wrong", o.desk(), "")
	}
	if _, err := o.WithPassword(ctx, "huda", strong, o.desk(), ""); err != nil {
		t.Errorf("her neighbour is told %v", err)
	}
	if _, err := o.WithPassword(ctx, "rana", strong, o.desk(), ""); err == nil {
		t.Error("thirty wrong guesses cost nothing")
	}
	if _, err := o.BeginWithPasskey("http://localhost:8080"); err != nil {
		t.Errorf("the passkey is barred: %v", err)
	}
}

// In any hour at most 100 charges pass one account's budget, however they are spread; the planted
// budget without a wait is found.
func TestNoPatternOfKnockingBeatsTheBudget(t *testing.T) {
	knock := func(b budget) func(*rapid.T) error {
		return func(t *rapid.T) error {
			now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
			var s tally
			var let []time.Time
			pause := time.Duration(rapid.IntRange(0, 70).Draw(t, "pause")) * time.Second
			for _, longer := range rapid.SliceOfN(rapid.IntRange(0, 40), 400, 400).Draw(t, "longer") {
				now = now.Add(pause + time.Duration(longer)*time.Second/10)
				if s.wait(now) > 0 {
					continue
				}
				s = b.charge(s, now)
				let = append(let, now)
			}
			for i := range let {
				n := 0
				for _, at := range let[i:] {
					if at.Sub(let[i]) < time.Hour {
						n++
					}
				}
				if n > 100 {
					return fmt.Errorf("%d in an hour", n)
				}
			}
			return nil
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		if err := knock(accountBudget)(rt); err != nil {
			rt.Fatal(err)
		}
	})
	planted := accountBudget
	planted.most = time.Second
	found := false
	for seed := 0; seed < 1000 && !found; seed++ {
		found = rapid.Custom(func(rt *rapid.T) bool { return knock(planted)(rt) != nil }).Example(seed)
	}
	if !found {
		t.Error("the planted budget, whose wait does not grow, was not found")
	}
}

// Strangers who crowd the door never keep a known device waiting.
func TestAKnownDeviceHasAPlaceOfItsOwn(t *testing.T) {
	g := newGate(1)
	leave, err := g.enter(context.Background(), false)
	must(t, err)
	defer leave()
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := g.enter(ended, false); err == nil {
		t.Error("a second stranger came in")
	}
	again, err := g.enter(context.Background(), true)
	if err != nil {
		t.Fatalf("the owner waits: %v", err)
	}
	again()
}

func TestOnePlaceIsAnIPv4AddressOrAnIPv6Customer(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7:443": "192.0.2.7", "[::ffff:192.0.2.7]:1": "192.0.2.7", "[2001:db8:1:2:3:4:5:6]:9": "2001:db8:1:2::/64",
		"[2001:db8:1:2:ffff::1%eth0]:9": "2001:db8:1:2::/64", "nonsense": "unknown", "": "unknown", "@": "unknown",
	} {
		if got := NetworkOf(address); got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
}
