package kernel

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AmountStyle is how a source writes numbers.
type AmountStyle struct {
	Decimal    rune  // the decimal sign; 0 = "."
	Thousands  rune  // the grouping sign; 0 = ","
	Multiplier int64 // amounts are in thousands: 1000; 0 = 1
}

// ParseAmount reads an amount as people type it: 1234.5, 1,234.500, ١٬٢٣٤٫٥٠٠, −5. More decimals
// than the currency has are refused, never rounded, and so is everything that is not a plain
// number. The error is a Problem without a path.
func ParseAmount(s, currency string) (int64, error) {
	return ParseStyledAmount(s, currency, AmountStyle{})
}

// ParseStyledAmount reads an amount written in a style. The Arabic signs and digits are read in
// every style.
func ParseStyledAmount(s, currency string, style AmountStyle) (int64, error) {
	if err := CheckCurrency(currency); err != nil {
		return 0, err
	}
	exponent, _ := currencyExponent(currency)
	if style.Decimal == 0 {
		style.Decimal = '.'
	}
	if style.Thousands == 0 {
		style.Thousands = ','
	}
	if style.Multiplier == 0 {
		style.Multiplier = 1
	}
	if len(s) > longestAmount {
		return 0, tooLarge(s)
	}
	text := strings.TrimSpace(s)
	if text == "" {
		return 0, Problem{Code: "money.empty", Message: Text{Ar: "المبلغ فارغ.", En: "The amount is empty."}}
	}
	negative, whole, fraction, ok := cutNumber(WesternDigits(text), style)
	if !ok {
		return 0, Problem{Code: "money.not_a_number", Message: Text{
			Ar: "«" + excerpt(text) + "» ليس مبلغاً. المبلغ أرقام وفاصلة عشرية، مثل 1234.500.",
			En: "“" + excerpt(text) + "” is not an amount. An amount is digits and a decimal point, such as 1234.500.",
		}}
	}
	if len(fraction) > exponent && style.Multiplier == 1 {
		return 0, tooPrecise(text, currency, exponent)
	}
	if len(whole)+len(fraction) > 60 {
		return 0, tooLarge(text)
	}
	n, _ := new(big.Int).SetString(whole+fraction, 10)
	n.Mul(n, big.NewInt(style.Multiplier))
	for range exponent {
		n.Mul(n, big.NewInt(10))
	}
	if len(fraction) > 0 {
		rest := new(big.Int)
		n.QuoRem(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(fraction))), nil), rest)
		if rest.Sign() != 0 {
			return 0, tooPrecise(text, currency, exponent)
		}
	}
	if negative {
		n.Neg(n)
	}
	if !n.IsInt64() {
		return 0, tooLarge(text)
	}
	return n.Int64(), nil
}

// longestAmount in bytes is far above any number that people or files write.
const longestAmount = 1000

// cutNumber takes a number apart; grouping, where used, must be in threes from the decimal sign.
func cutNumber(s string, style AmountStyle) (negative bool, whole, fraction string, ok bool) {
	for _, minus := range []string{"-", "−"} {
		if rest, cut := strings.CutPrefix(s, minus); cut {
			s, negative = rest, true
			break
		}
	}
	var groups []int // number of digits in each group of the whole part
	digits, inFraction := 0, false
	var w, f strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' && inFraction:
			f.WriteRune(r)
		case r >= '0' && r <= '9':
			w.WriteRune(r)
			digits++
		case (r == style.Decimal || r == arabicDecimal) && !inFraction:
			inFraction = true
		case (r == style.Thousands || r == arabicThousands) && !inFraction:
			groups = append(groups, digits)
			digits = 0
		default:
			return false, "", "", false
		}
	}
	if w.Len() == 0 || inFraction && f.Len() == 0 {
		return false, "", "", false
	}
	if len(groups) > 0 {
		if groups[0] < 1 || groups[0] > 3 || digits != 3 {
			return false, "", "", false
		}
		for _, n := range groups[1:] {
			if n != 3 {
				return false, "", "", false
			}
		}
	}
	return negative, w.String(), f.String(), true
}

func tooPrecise(text, currency string, exponent int) Problem {
	n := strconv.Itoa(exponent)
	return Problem{Code: "money.precision", Message: Text{
		Ar: "«" + excerpt(text) + "» فيه منازل عشرية أكثر من منازل " + currency + " وهي " + n + ". لا يُقرَّب المبلغ.",
		En: "“" + excerpt(text) + "” has more decimals than " + currency + " has (" + n + "). Amounts are not rounded.",
	}}
}

func tooLarge(text string) Problem {
	return Problem{Code: "money.too_large", Message: Text{
		Ar: "المبلغ «" + excerpt(text) + "» أكبر مما يُقيَّد.",
		En: "The amount “" + excerpt(text) + "” is larger than can be recorded.",
	}}
}

// excerpt keeps what a sentence quotes short, and free of characters that do not show.
func excerpt(s string) string {
	const most = 40
	n := 0
	for i := range s { // what is not shown is not looked at: s may be megabytes
		if n++; n > most+1 {
			s = s[:i]
			break
		}
	}
	s = strings.Map(func(r rune) rune {
		if hidden(r) || r == utf8.RuneError {
			return '�'
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
