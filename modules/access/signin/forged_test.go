package signin

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// FuzzForgedTokens changes what a browser carries for Diwan: no cookie, half sign-in, ceremony, app
// enrolment, flow or device that Diwan did not make is ever taken for one.
func FuzzForgedTokens(f *testing.F) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	s, err := newSeals([]byte(strings.Repeat("k", 32)))
	if err != nil {
		f.Fatal(err)
	}
	stranger, err := newSeals([]byte(strings.Repeat("s", 32)))
	if err != nil {
		f.Fatal(err)
	}
	kinds := []string{deviceSeal, halfSeal, ceremonySeal, totpSeal, flowSeal}
	made := map[string]string{} // canonical bytes → kind
	for _, kind := range kinds {
		token, err := s.seal(kind, now.Add(time.Hour), half{Person: "rana"})
		if err != nil {
			f.Fatal(err)
		}
		made[token] = kind
		f.Add(token)
		foreign, err := stranger.seal(kind, now.Add(time.Hour), half{Person: "rana"})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(foreign)
	}
	for _, odd := range []string{"", "=", "e30", "null", strings.Repeat("A", 43), strings.Repeat("A", longestSeal+1)} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for _, kind := range kinds {
			var into half
			if _, _, ok := s.open(kind, token, now, &into); ok && made[token] != kind {
				t.Errorf("%q is taken for a %s", token, kind)
			}
		}
	})
}

// Every bit of a token counts, and so does its kind and its end.
func TestATokenWithOneChangedBitIsNone(t *testing.T) {
	o := openOffice(t)
	now := o.clock()
	token, err := o.seals.seal(halfSeal, now.Add(time.Minute), half{Person: "rana"})
	must(t, err)
	var into half
	if _, _, ok := o.seals.open(halfSeal, token, now, &into); !ok || into.Person != "rana" {
		t.Fatal("the token itself is refused")
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	must(t, err)
	for bit := range len(raw) * 8 {
		changed := append([]byte(nil), raw...)
		changed[bit/8] ^= 1 << (bit % 8)
		if _, _, ok := o.seals.open(halfSeal, base64.RawURLEncoding.EncodeToString(changed), now, &into); ok {
			t.Fatalf("with bit %d changed it is taken", bit)
		}
	}
	if _, _, ok := o.seals.open(ceremonySeal, token, now, &into); ok {
		t.Error("it is taken for another kind")
	}
	if _, _, ok := o.seals.open(halfSeal, token, now.Add(time.Minute), &into); ok {
		t.Error("it has no end")
	}
}

// All nodes share the key of signed cookies, and a stolen database does not hold it.
func TestNodesKnowEachOthersDevices(t *testing.T) {
	o := openOffice(t)
	e := o.enter("rana")
	if !o.node().From("10.1.1.1:1", "", e.Device).Known("rana") {
		t.Error("the other node does not know the device")
	}
	again, err := o.WithPassword(context.Background(), "huda", strong, o.From("10.1.1.1:1", "", e.Device), "")
	must(t, err)
	shared := o.From("10.1.1.1:1", "", again.Device)
	if !shared.Known("rana") || !shared.Known("huda") || shared.Known("ahmad") {
		t.Error("a shared machine forgets who signs in on it")
	}
}
