package kernel

// currencyExponent is ISO 4217's number of decimals of each currency Diwan keeps accounts in.
func currencyExponent(currency string) (int, bool) {
	switch currency {
	case "JOD", "KWD", "BHD", "OMR", "IQD", "LYD", "TND":
		return 3, true
	case "USD", "EUR", "GBP", "PLN", "SAR", "AED", "QAR", "EGP", "SYP", "LBP", "YER", "SDG", "MAD", "DZD", "MRU",
		"ILS", "TRY", "CHF", "SEK", "NOK", "DKK", "CAD", "AUD", "NZD", "CNY", "INR", "PKR", "ALL",
		"DEM": // withdrawn; old statements carry it
		return 2, true
	case "JPY", "KRW":
		return 0, true
	}
	return 0, false
}

// Exponent returns how many decimals a currency has; ok is false for one Diwan does not know.
func Exponent(currency string) (decimals int, ok bool) { return currencyExponent(currency) }

// CheckCurrency refuses a currency Diwan does not know.
func CheckCurrency(currency string) error {
	if _, ok := currencyExponent(currency); ok {
		return nil
	}
	return Problem{Code: "money.currency_unknown", Message: Text{
		Ar: "العملة «" + currency + "» غير معروفة. الرمز ثلاثة أحرف مثل JOD.",
		En: "Currency “" + currency + "” is not known. The code has three letters, such as JOD.",
	}}
}
