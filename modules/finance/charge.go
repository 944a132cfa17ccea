package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ChargeInput is one line of a claim or voucher as it is typed.
type ChargeInput struct {
	Key    string // budget line, "01-2501-4401-001-221105-001"
	Amount string // in the year's currency
	// Codes are the parts of the account that are finer than the budget line, such as the natural
	// account within the article, or the governorate. What is empty is the line's own.
	Codes Codes
}

// chargeTouches are the streams a list of charges looks at.
type chargeTouches struct {
	year int
	at   settingTouches
	keys []string
}

// touchCharges reads the keys and finer codes and touches what decides about them.
func (f *form) touchCharges(t *touches, year int, lines []ChargeInput) chargeTouches {
	f.lines(len(lines), 1)
	c := chargeTouches{year: year, at: t.addSetting(year)}
	for i, l := range lines[:min(len(lines), mostLines)] {
		key := f.code(linePath(i, "key"), fieldName("key"), l.Key)
		c.keys = append(c.keys, key)
		if key != "" {
			t.add(LineStream(year, key))
		}
		for _, s := range Segments {
			if code := f.optionalCode(linePath(i, "codes."+string(s)), StandardRules().Segments[s].Name, l.Codes.Of(s)); code != "" {
				t.add(SegmentStream(s, code))
			}
		}
	}
	return c
}

// read completes each charge from its budget line and checks the amount and the combination.
func (c chargeTouches) read(d *eventstore.Decision, t *touches, lines []ChargeInput, on kernel.Date) (charges []ChargeLine, total int64, err error) {
	var f form
	rules := eventstore.StateOf[Rules](d, c.at.rules)
	currency := eventstore.StateOf[FiscalYear](d, c.at.year).Currency
	if currency == "" {
		return nil, 0, yearNotOpen()
	}
	for i, l := range lines {
		amount := f.payment(linePath(i, "amount"), l.Amount, currency)
		line := eventstore.StateOf[BudgetLine](d, t.add(LineStream(c.year, c.keys[i])))
		if !line.Exists() {
			f.add(linePath(i, "key"), lineUnknown())
			continue
		}
		codes := line.Codes
		for _, s := range Segments {
			finer, _ := kernel.NormaliseCode(l.Codes.Of(s), "", kernel.Text{})
			if finer == "" || finer == codes.Of(s) {
				continue
			}
			f.add(linePath(i, "codes"), eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(s, finer))).Postable(s, finer, on))
			codes = codes.With(s, finer)
		}
		if key := rules.Key(c.year, codes); key != line.Key {
			f.add(linePath(i, "codes"), refused("finance.codes_outside_line", "",
				"الرموز تقع على البند %s لا على %s.", "The codes belong to line %s, not to %s.", key, line.Key))
		}
		f.add(linePath(i, "codes"), rules.Check(codes, on))
		charges = append(charges, ChargeLine{Line: i + 1, Key: line.Key, Codes: codes, Amount: amount})
		total += amount
	}
	if total > largestAmount {
		f.add("lines", refused("money.too_large", "", "مجموع الأسطر أكبر مما يُقيَّد في مستند.", "The lines' total is larger than a document can record."))
	}
	return charges, total, f.result()
}

// byKey adds up charges per budget line, in their order.
func byKey(lines []ChargeLine) []LineAmount {
	var sums []LineAmount
next:
	for _, l := range lines {
		for i := range sums {
			if sums[i].Key == l.Key {
				sums[i].Amount += l.Amount
				continue next
			}
		}
		sums = append(sums, LineAmount{Key: l.Key, Amount: l.Amount})
	}
	return sums
}

// touchKeys touches the budget lines of charges.
func touchKeys(t *touches, year int, lines []ChargeLine) {
	for _, l := range lines {
		t.add(LineStream(year, l.Key))
	}
}

// oblige turns charges into obligations on their budget lines, out of the commitment where there is
// one.
func oblige(d *eventstore.Decision, t *touches, s setting, year int, charges []ChargeLine, document, commitment string) error {
	return eachLine(d, t, year, byKey(charges), func(l BudgetLine, amount int64) (eventstore.Event, error) {
		committed := int64(0)
		if commitment != "" {
			committed = amount
		}
		return l.Oblige(amount, committed, document, commitment, s.rules.Ceiling(l.Economic, s.on))
	})
}
