package kernel

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountsAreReadExactly(t *testing.T) {
	for _, c := range []struct {
		in, currency string
		want         int64
	}{
		{"1234.5", "JOD", 1_234_500},
		{"1,234.500", "JOD", 1_234_500},
		{"١٠٠٫٥٠٠", "JOD", 100_500},
		{"١٬٢٣٤٫٥", "JOD", 1_234_500},
		{"۱۲۳۴", "JOD", 1_234_000},
		{" 0.001 ", "JOD", 1},
		{"-0.250", "JOD", -250},
		{"−7", "USD", -700},
		{"1000", "JPY", 1000},
		{"9223372036854775.807", "JOD", math.MaxInt64},
		{"-9223372036854775.808", "JOD", math.MinInt64},
	} {
		got, err := ParseAmount(c.in, c.currency)
		if err != nil || got != c.want {
			t.Errorf("%q %s: read %d (%v), want %d", c.in, c.currency, got, err, c.want)
		}
	}
}

func TestWhatIsNoAmountIsRefusedWithASentence(t *testing.T) {
	for _, c := range []struct{ in, currency, code string }{
		{"", "JOD", "money.empty"},
		{"   ", "JOD", "money.empty"},
		{"10.0005", "JOD", "money.precision"},
		{"10.5000", "JOD", "money.precision"},
		{"1.5", "JPY", "money.precision"},
		{"1.234", "EUR", "money.precision"},
		{"1e18", "JOD", "money.not_a_number"},
		{"nfp", "JOD", "money.not_a_number"},
		{"مئة", "JOD", "money.not_a_number"},
		{"--5", "JOD", "money.not_a_number"},
		{"+5", "JOD", "money.not_a_number"},
		{"5-", "JOD", "money.not_a_number"},
		{"1.2.3", "JOD", "money.not_a_number"},
		{"1,23", "JOD", "money.not_a_number"},
		{"12,34,567", "JOD", "money.not_a_number"},
		{",123", "JOD", "money.not_a_number"},
		{"10.", "JOD", "money.not_a_number"},
		{".5", "JOD", "money.not_a_number"},
		{"-", "JOD", "money.not_a_number"},
		{"NaN", "JOD", "money.not_a_number"},
		{"0x10", "JOD", "money.not_a_number"},
		{"1\u200f00", "JOD", "money.not_a_number"},
		{"9223372036854775.808", "JOD", "money.too_large"},
		{"100000000000000000000000000000000000000000000000000000000000000000000000", "JOD", "money.too_large"},
		{"1", "XXX", "money.currency_unknown"},
	} {
		_, err := ParseAmount(c.in, c.currency)
		problems := ProblemsOf(err)
		if len(problems) != 1 || problems[0].Code != c.code {
			t.Errorf("%q %s: got %v, want refusal %s", c.in, c.currency, err, c.code)
			continue
		}
		if problems[0].Message.Ar == "" || problems[0].Message.En == "" {
			t.Errorf("%q: the refusal has no sentence in both languages: %+v", c.in, problems[0].Message)
		}
	}
}

func TestAmountsInTheStyleOfAFile(t *testing.T) {
	european := AmountStyle{Decimal: ',', Thousands: '.'}
	thousands := AmountStyle{Multiplier: 1000}
	for _, c := range []struct {
		in       string
		style    AmountStyle
		currency string
		want     int64
	}{
		{"1.234,50", european, "EUR", 123_450},
		{"4706", thousands, "AUD", 470_600_000},
		{"12.3456", thousands, "AUD", 1_234_560},
		{"0.50000", thousands, "AUD", 50_000},
		{"1 234,5", AmountStyle{Decimal: ',', Thousands: ' '}, "EUR", 123_450},
	} {
		got, err := ParseStyledAmount(c.in, c.currency, c.style)
		if err != nil || got != c.want {
			t.Errorf("%q: read %d (%v), want %d", c.in, got, err, c.want)
		}
	}
	if _, err := ParseStyledAmount("0.123456", "AUD", thousands); ProblemsOf(err) == nil || ProblemsOf(err)[0].Code != "money.precision" {
		t.Errorf("123.456 dollars: got %v, want money.precision", err)
	}
}

func TestWrittenAmountsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money{
			Amount:   rapid.Int64().Draw(t, "amount"),
			Currency: rapid.SampledFrom([]string{"JOD", "KWD", "USD", "EUR", "JPY"}).Draw(t, "currency"),
		}
		for _, text := range []string{m.Decimal(), GroupAmount(m.Amount, m.Currency)} {
			if back, err := ParseAmount(text, m.Currency); err != nil || back != m.Amount {
				t.Fatalf("%d %s is written %q and read back as %d (%v)", m.Amount, m.Currency, text, back, err)
			}
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back Money
		if err := json.Unmarshal(data, &back); err != nil || back != m {
			t.Fatalf("%v is stored as %s and read back as %v (%v)", m, data, back, err)
		}
	})
}

func TestMoneyInJSON(t *testing.T) {
	data, err := json.Marshal(Money{Amount: 1_234_500, Currency: "JOD"})
	if err != nil || string(data) != `{"amount":"1234.500","currency":"JOD"}` {
		t.Fatalf("got %s (%v)", data, err)
	}
	for _, bad := range []string{`{"amount":1234.5,"currency":"JOD"}`, `{"amount":"1.2345","currency":"JOD"}`, `{"amount":"1"}`, `"1 JOD"`} {
		var m Money
		if err := json.Unmarshal([]byte(bad), &m); err == nil {
			t.Errorf("%s was read as %v", bad, m)
		}
	}
}

func TestSumsAreChecked(t *testing.T) {
	if _, ok := AddAmounts(math.MaxInt64, 1); ok {
		t.Error("the largest amount plus one fils was accepted")
	}
	if _, ok := AddAmounts(math.MinInt64, -1); ok {
		t.Error("the smallest amount minus one fils was accepted")
	}
	if _, err := (Money{1, "JOD"}).Plus(Money{1, "USD"}); err == nil {
		t.Error("dinars and dollars were added")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		sum, ok := AddAmounts(a, b)
		overflows := b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b
		if ok == overflows || ok && sum != a+b {
			t.Fatalf("%d + %d = %d, ok %v", a, b, sum, ok)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1234.500", "١٬٢٣٤٫٥", "1e18", "-0", "−1", ",", "9223372036854775.808", "1\u200f0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseAmount(s, "JOD")
		if err != nil {
			if ProblemsOf(err) == nil {
				t.Fatalf("%q: refused without a sentence: %v", s, err)
			}
			return
		}
		if back, err := ParseAmount(FormatAmount(n, "JOD"), "JOD"); err != nil || back != n {
			t.Fatalf("%q is %d, written back %d (%v)", s, n, back, err)
		}
	})
}
