package finance

import (
	"fmt"
	"strings"

	"diwan/modules/kernel"
)

// ibanLength is the registered length of the countries payments mostly go to; elsewhere 15–34.
func ibanLength(country string) (int, bool) {
	switch country {
	case "JO", "KW":
		return 30, true
	case "PS", "QA", "EG":
		return 29, true
	case "LB":
		return 28, true
	case "SA", "TN", "SE", "ES":
		return 24, true
	case "AE", "IQ", "IL", "OM":
		return 23, true
	case "BH", "DE", "GB":
		return 22, true
	case "FR", "IT", "MR":
		return 27, true
	case "TR":
		return 26, true
	}
	return 0, false
}

// ParseIBAN reads an account number as people type it: spaces, small letters and Arabic digits are
// accepted; a hidden character, a wrong length or a wrong checksum (ISO 7064 mod 97) is refused.
func ParseIBAN(s, path string) (string, error) {
	refuse := func(code, ar, en string) error {
		return kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: ar, En: en}}
	}
	code, err := kernel.NormaliseCode(s, path, kernel.Text{Ar: "رقم الآيبان", En: "IBAN"})
	if err != nil {
		return "", err
	}
	iban := strings.ToUpper(strings.ReplaceAll(code, " ", ""))
	if iban == "" {
		return "", refuse("finance.iban_missing", "رقم الآيبان فارغ.", "The IBAN is empty.")
	}
	if len(iban) < 15 || len(iban) > 34 || !ibanShape(iban) {
		return "", refuse("finance.iban_malformed",
			"رقم الآيبان حرفان للدولة ورقمان للتحقق ثم رمز الحساب، من 15 إلى 34 خانة.",
			"An IBAN is two letters, two check digits and the account, 15 to 34 characters in all.")
	}
	if want, known := ibanLength(iban[:2]); known && len(iban) != want {
		return "", refuse("finance.iban_length",
			fmt.Sprintf("آيبان %s من %d خانة والمكتوب %d.", iban[:2], want, len(iban)),
			fmt.Sprintf("An IBAN of %s has %d characters; this one has %d.", iban[:2], want, len(iban)))
	}
	if ibanRemainder(iban) != 1 {
		return "", refuse("finance.iban_checksum",
			"رقم التحقق في الآيبان لا يطابق بقيته. تلزم مقارنته بكتاب البنك.",
			"The IBAN's check digits do not fit the rest. Compare it with the bank's letter.")
	}
	return iban, nil
}

func ibanShape(iban string) bool {
	for i := range len(iban) {
		digit := iban[i] >= '0' && iban[i] <= '9'
		letter := iban[i] >= 'A' && iban[i] <= 'Z'
		switch {
		case i < 2 && !letter, i >= 2 && i < 4 && !digit, !digit && !letter:
			return false
		}
	}
	return true
}

// ibanRemainder is the number, country and check digits moved to its end and letters written as
// 10 … 35, modulo 97.
func ibanRemainder(iban string) int {
	r := 0
	for _, c := range []byte(iban[4:] + iban[:4]) {
		if c >= 'A' {
			r = (r*100 + int(c-'A') + 10) % 97
		} else {
			r = (r*10 + int(c-'0')) % 97
		}
	}
	return r
}
