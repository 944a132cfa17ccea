package kernel

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Money is an exact amount: minor units (fils for JOD) and their currency. There is no float in it
// and none on its way in or out.
type Money struct {
	Amount   int64
	Currency string
}

// ParseMoney reads an amount as people write it, see ParseAmount.
func ParseMoney(amount, currency string) (Money, error) {
	n, err := ParseAmount(amount, currency)
	return Money{Amount: n, Currency: currency}, err
}

// String is the amount with all of its currency's decimals, and the currency: "1234.500 JOD".
func (m Money) String() string { return FormatAmount(m.Amount, m.Currency) + " " + m.Currency }

// Decimal is the amount alone: "1234.500".
func (m Money) Decimal() string { return FormatAmount(m.Amount, m.Currency) }

// AppendDecimal appends the amount alone.
func (m Money) AppendDecimal(b []byte) []byte { return appendAmount(b, m.Amount, m.Currency) }

// Plus adds two amounts of one currency. Another currency, or a sum beyond int64, is an error.
func (m Money) Plus(other Money) (Money, error) {
	if m.Currency != other.Currency {
		return Money{}, fmt.Errorf("add %s to %s: the currencies differ", other, m)
	}
	sum, ok := AddAmounts(m.Amount, other.Amount)
	if !ok {
		return Money{}, fmt.Errorf("add %s to %s: the sum is too large", other, m)
	}
	return Money{Amount: sum, Currency: m.Currency}, nil
}

type moneyJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount":"1234.500","currency":"JOD"}.
func (m Money) MarshalJSON() ([]byte, error) {
	if err := CheckCurrency(m.Currency); err != nil {
		return nil, err
	}
	return json.Marshal(moneyJSON{Amount: m.Decimal(), Currency: m.Currency})
}

// UnmarshalJSON reads the same; the amount must be a string.
func (m *Money) UnmarshalJSON(data []byte) error {
	var j moneyJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("read money: %w", err)
	}
	parsed, err := ParseMoney(j.Amount, j.Currency)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

// FormatAmount writes minor units with all decimals of the currency and an ASCII minus sign. An
// unknown currency is written without decimals.
func FormatAmount(amount int64, currency string) string {
	return string(appendAmount(nil, amount, currency))
}

func appendAmount(b []byte, amount int64, currency string) []byte {
	exponent, _ := currencyExponent(currency)
	var scratch [20]byte
	digits := strconv.AppendInt(scratch[:0], amount, 10)
	if digits[0] == '-' {
		b, digits = append(b, '-'), digits[1:]
	}
	if exponent == 0 {
		return append(b, digits...)
	}
	point := len(digits) - exponent
	if point <= 0 {
		b = append(b, '0')
	} else {
		b = append(b, digits[:point]...)
	}
	b = append(b, '.')
	for ; point < 0; point++ {
		b = append(b, '0')
	}
	return append(b, digits[len(digits)-min(len(digits), exponent):]...)
}

// GroupAmount is FormatAmount with commas between thousands, as sentences show it: "6,000.000".
func GroupAmount(amount int64, currency string) string {
	s := FormatAmount(amount, currency)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if point {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// AddAmounts adds two amounts; ok is false when the sum is beyond int64.
func AddAmounts(a, b int64) (sum int64, ok bool) {
	sum = a + b
	return sum, (sum > a) == (b > 0)
}

// SplitAmount divides an amount into n parts that differ by at most one minor unit and whose sum
// is exactly the amount; the first parts take what is left over (largest remainder).
func SplitAmount(amount int64, n int) ([]int64, error) {
	if n < 1 {
		return nil, fmt.Errorf("split an amount into %d parts", n)
	}
	each, left := amount/int64(n), amount%int64(n)
	unit := int64(1)
	if left < 0 {
		unit, left = -1, -left
	}
	parts := make([]int64, n)
	for i := range parts {
		parts[i] = each
		if int64(i) < left {
			parts[i] += unit
		}
	}
	return parts, nil
}
