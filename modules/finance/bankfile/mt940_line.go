package bankfile

import (
	"regexp"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// Field 61: value date, entry day, side, funds code, amount, type, the customer's reference and the
// bank's (SWIFT MT940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x]).
func field61() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(\d{1,12},\d{0,3})([A-Z][A-Z0-9]{3})(.*)$`)
}

// entry61 reads the first line of a field 61; m are its parts, nil when it has another form.
func entry61(m []string, text, currency string, row int) (Line, error) {
	if m == nil {
		return Line{}, problem("bankfile.bad_line", at(row, "line"),
			"الحقل :61: «%[1]s» لا يُقرأ: المنتظر تاريخ الحق والجهة والمبلغ بفاصلة ورمز النوع.",
			"Field :61: “%[1]s” cannot be read: a value date, a side, an amount with a comma and a type are expected.", excerpt(text))
	}
	l := Line{Currency: currency, Code: m[6], Row: row}
	var err error
	if l.Value, err = shortDay(m[1], at(row, "value")); err != nil {
		return l, err
	}
	if l.Booked, err = entryDay(m[2], l.Value, at(row, "booked")); err != nil {
		return l, err
	}
	if l.Amount, err = comma(m[5], currency, at(row, "amount")); err != nil {
		return l, err
	}
	l.Reversal = m[3][0] == 'R'
	l.Pending = m[3][0] == 'E' // expected, not booked
	// A reversed credit takes money out, a reversed debit brings it back.
	if m[3] == "D" || m[3] == "RC" || m[3] == "ED" {
		l.Amount = -l.Amount
	}
	customer, bank, _ := strings.Cut(m[7], "//")
	if customer = strings.TrimSpace(customer); customer != "NONREF" {
		l.EndToEnd = customer
	}
	l.Reference = strings.TrimSpace(bank)
	return l, nil
}

// balance reads a field 60 or 62: side, day, currency, amount.
func balance(text string, row int) (Balance, error) {
	if len(text) < 11 || text[0] != 'C' && text[0] != 'D' {
		return Balance{}, problem("bankfile.bad_balance", at(row, "balance"),
			"الرصيد «%[1]s» لا يُقرأ: المنتظر الجهة والتاريخ والعملة والمبلغ.",
			"The balance “%[1]s” cannot be read: a side, a day, a currency and an amount are expected.", excerpt(text))
	}
	b := Balance{Currency: text[7:10]}
	var err error
	if b.Date, err = shortDay(text[1:7], at(row, "date")); err != nil {
		return b, err
	}
	if b.Amount, err = comma(text[10:], b.Currency, at(row, "balance")); err != nil {
		return b, err
	}
	if text[0] == 'D' {
		b.Amount = -b.Amount
	}
	return b, nil
}

// comma reads an amount as SWIFT writes it: a comma always, decimals as many as there are.
func comma(text, currency, path string) (int64, error) {
	minor, err := kernel.ParseStyledAmount(strings.TrimSuffix(text, ","), currency, kernel.AmountStyle{Decimal: ',', Thousands: '.'})
	if err != nil {
		return 0, moved(err, path)
	}
	return minor, nil
}

// shortDay reads YYMMDD; statements are of this century, or of the last two decades of the one before.
func shortDay(text, path string) (kernel.Date, error) {
	century := "20"
	if text[:1] >= "8" {
		century = "19"
	}
	d, err := kernel.ParseDate(century + text[:2] + "-" + text[2:4] + "-" + text[4:])
	if err != nil {
		return d, badDate(path, text)
	}
	return d, nil
}

// entryDay reads MMDD: the day of that name nearest to the value date, before or after new year.
func entryDay(text string, value kernel.Date, path string) (kernel.Date, error) {
	if text == "" {
		return value, nil
	}
	month, day := time.Month(10*(text[0]-'0')+text[1]-'0'), int(10*(text[2]-'0')+text[3]-'0')
	var nearest kernel.Date
	for year := value.Year() - 1; year <= value.Year()+1; year++ {
		d, err := kernel.NewDate(year, month, day)
		if err == nil && (nearest.IsZero() || apart(d, value) < apart(nearest, value)) {
			nearest = d
		}
	}
	if nearest.IsZero() {
		return nearest, badDate(path, text)
	}
	return nearest, nil
}

// apart is how many days lie between two days.
func apart(a, b kernel.Date) time.Duration {
	at := func(d kernel.Date) time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC) }
	return at(a).Sub(at(b)).Abs()
}

// describe reads a field 86. Where it is cut into subfields ("?20…", the German form), the purpose,
// the other side's name and account are taken apart; elsewhere the text stands as it is.
func (l *Line) describe(text []string) {
	whole := strings.Join(text, "")
	if len(whole) < 4 || whole[3] != '?' {
		l.Text = strings.TrimSpace(strings.Join(append([]string{l.Text}, text...), " "))
		return
	}
	var purpose, name strings.Builder
	for _, sub := range strings.Split(whole[4:], "?") {
		if len(sub) < 2 {
			continue
		}
		switch code := sub[:2]; {
		case code >= "20" && code <= "29", code >= "60" && code <= "63":
			purpose.WriteString(sub[2:])
		case code == "31", code == "38":
			l.Counterparty.Account = sub[2:]
		case code == "32", code == "33":
			name.WriteString(sub[2:])
		}
	}
	l.Text, l.Counterparty.Name = strings.TrimSpace(purpose.String()), strings.TrimSpace(name.String())
	if _, rest, ok := strings.Cut(l.Text, "EREF+"); ok {
		rest, _, _ = strings.Cut(rest, "+")
		if fields := strings.Fields(rest); len(fields) > 0 {
			l.EndToEnd = strings.TrimSuffix(fields[0], "KREF")
		}
	}
}
