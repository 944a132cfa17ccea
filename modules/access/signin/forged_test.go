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
	kinds := []string{deviceSeal, halfSeal, ceremonySeal, totpSeal, flowSeal}
	// Diwan's own under the key of k's, for Rana and until nine: written down, because the fuzzer's workers
	// are processes of their own, and each would make others.
	made := map[string]string{
		"Elk-3_U3FMplcFb1JPY1RD-WFiTwwJNzVl8ZN4GXn8y79EQo747jFAHWw8Pc_P-k6Yrn6GACphvZ26k8BB0k44K4Hou6t-KbiMv1lXwHeZtAwwezLeNs2EfJyVaQRd85VCExil0": deviceSeal,
		"G6jYdZnEBuGpOzgujbiIQ_t5PKSPF_IitJrRwa_hw74xg6uUnctiA2VSKoIcJ9c7RnXjQU4OW95qP9mcxdiDMsoOamy3dj6CKJjlwZtQOPfAQvsEis4h5roAXPORgTj6PIhcI0U": halfSeal,
		"578L1PBl0uP9oaTKKfbM9I1tqBJSwNDadCeEIyq00-Qw8vDxk_rbZ-ElMxLJkOfNXCCyeU7Twof8HFMu25LOjBnAgXQVlIeRku3D6yrVRvY3_UB49SzmChlNhFs4-u40src-dF0": ceremonySeal,
		"NRqfNHEbWgSdwMv9N3fKcDN5pynPhSk2cq7bAuzGb8i1hS6afQBbv1ue2jx4bhYKVMdqoPQADklqtM41uLWiUz-eZnVFrF7bjUH0eXqli_ybo26PCbGf3S-UNYVGCSQGAgWhp3c": totpSeal,
		"v5Zim43kOUs4JFw1CO4UpjL_-H8NWmW4u5TyKFNFub9mJlEM5lfIT_MZJesEazP_0AKuIwldkKZP1k3x8fu-16bWr0xEv5U1YZCSGoGUpIbFpZn_gdnz45XNozf_BW7eHjZIqcY": flowSeal,
	}
	for token, kind := range made {
		var into half
		if _, _, ok := s.open(kind, token, now, &into); !ok || into.Person != "rana" {
			f.Fatalf("the %s itself is refused", kind)
		}
		f.Add(token)
	}
	for _, foreign := range []string{ // under the key of s's
		"NkLna-nyUwIqx5hJDbg4ZcofDeD3meG97gs0O9xJ8sRo-u8mrmsUtANJSMmanSHCYSl7GWoC8LYbOoIMt5Cbp7vWRtbBKjH6f2oV43kw4H5SbmFZAn-HG00y7zT5GpK5sUwn4cE",
		"TCfefW_SQpQu2v_Tm2a31stD34YdkBAXN-WaTFLmbjVXaeMFgcTrpCsdHNXJWLsTJw7VLvjx98XgJkDpi4zOYQuoS_RiDFFsxX0NeDrBg86jjbY_33mTQkJe35vNcHMBrYWLxKI",
		"Jo8sQ8cuMScBg2AI1V2PD8arIbPpFn4o1GU6AKXiJzYuILMPPJ0iE5rwvJPx-8HS70j6-X72rJqnlNvM1jEoCfQeHtNwiZEna0Gk1NZH5p4ReZqyoH_sGKTFymQcCzbFj0vhYqI",
		"05ow7BUX9_jNsij755tKJH3QJHVQarDyPmE6byZPIIgctodrWTrapEH_UkEllJHHaoN9EqqOXMRXw8ZDIfQrHplrTFynhBw3FgQZjCgWofGZnNbY6F6EW0ISo9Uwm35aYWqdOKg",
		"d4iqPSRD2EqMQrjed-sfpwcJoYTXUpc6j6lwOHs7rAPptgm0TST4jRlHnbIVOokL-tHNEYCZB2d4FiP2ivclNpPUBvOo2i3Av0UbSOkjI5AyK1-Da9nMsjBiqNssfitrCuIeZ8s",
	} {
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
