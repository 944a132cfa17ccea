package finance

import (
	"math/bits"

	"diwan/modules/kernel"
)

// Entries that documents make keep all segments of the line they belong to and change only the
// natural account, so the ledger balances not only per fund but in any cut: per chapter, programme,
// source or governorate.

// expenseAgainstPayable is the entry of a verified claim: Dr expense, Cr payable to the payee.
func expenseAgainstPayable(lines []ChargeLine, payee, payableItem string) []LedgerLine {
	var entry []LedgerLine
	for _, l := range lines {
		entry = append(entry,
			LedgerLine{Codes: l.Codes, Debit: l.Amount, Payee: payee, Key: l.Key},
			LedgerLine{Codes: l.Codes.With(Item, payableItem), Credit: l.Amount, Payee: payee})
	}
	return numbered(entry)
}

// payableAgainstBank is the entry of a payment: Dr payable gross, Cr bank net, Cr each deduction.
// Deductions are spread over the lines in proportion, exact to the last fils.
func payableAgainstBank(c VoucherContent, payableItem, bankItem string) []LedgerLine {
	var entry []LedgerLine
	kept := spreadDeductions(c)
	for n, l := range c.Lines {
		entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, payableItem), Debit: l.Amount, Payee: c.Payee})
		net := l.Amount
		for i, d := range c.Deductions {
			if part := kept[i][n]; part > 0 {
				net -= part
				entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, d.Item), Credit: part, Payee: c.Payee})
			}
		}
		if net > 0 {
			entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, bankItem), Credit: net})
		}
	}
	return numbered(entry)
}

// recoverableAgainstExpense is the entry that reverses a paid voucher: Cr expense gross, Dr what the
// payee must give back, Dr each deduction that is no longer owed.
func recoverableAgainstExpense(c VoucherContent, recoverItem string) []LedgerLine {
	var entry []LedgerLine
	kept := spreadDeductions(c)
	for n, l := range c.Lines {
		net := l.Amount
		for i, d := range c.Deductions {
			if part := kept[i][n]; part > 0 {
				net -= part
				entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, d.Item), Debit: part, Payee: c.Payee})
			}
		}
		if net > 0 {
			entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, recoverItem), Debit: net, Payee: c.Payee})
		}
		entry = append(entry, LedgerLine{Codes: l.Codes, Credit: l.Amount, Payee: c.Payee, Key: l.Key})
	}
	return numbered(entry)
}

// bankAgainstRecoverable is the entry of a refund, spread over the voucher's lines.
func bankAgainstRecoverable(c VoucherContent, amount int64, bankItem, recoverItem string) []LedgerLine {
	var entry []LedgerLine
	parts := spread(amount, amountsOf(c.Lines))
	for n, l := range c.Lines {
		if parts[n] > 0 {
			entry = append(entry,
				LedgerLine{Codes: l.Codes.With(Item, bankItem), Debit: parts[n]},
				LedgerLine{Codes: l.Codes.With(Item, recoverItem), Credit: parts[n], Payee: c.Payee})
		}
	}
	return numbered(entry)
}

// mirrored swaps the sides of an entry.
func mirrored(lines []LedgerLine) []LedgerLine {
	mirror := make([]LedgerLine, len(lines))
	for i, l := range lines {
		l.Debit, l.Credit = l.Credit, l.Debit
		mirror[i] = l
	}
	return mirror
}

func numbered(lines []LedgerLine) []LedgerLine {
	for i := range lines {
		lines[i].Line = i + 1
	}
	return lines
}

func amountsOf(lines []ChargeLine) []int64 {
	amounts := make([]int64, len(lines))
	for i, l := range lines {
		amounts[i] = l.Amount
	}
	return amounts
}

// spreadDeductions gives each deduction's part on each line; no line is asked for more than it has.
func spreadDeductions(c VoucherContent) [][]int64 {
	left := amountsOf(c.Lines)
	kept := make([][]int64, len(c.Deductions))
	for i, d := range c.Deductions {
		kept[i] = spread(d.Amount, left)
		for n, part := range kept[i] {
			left[n] -= part
		}
	}
	return kept
}

// spread divides an amount in proportion to weights whose sum is at least the amount. The floor of
// each share goes first, then one minor unit each to those that have room, so the sum is exact and
// no part is above its weight.
func spread(amount int64, weights []int64) []int64 {
	var total uint64
	for _, w := range weights {
		total += uint64(w)
	}
	parts := make([]int64, len(weights))
	if total == 0 {
		return parts
	}
	left := amount
	for i, w := range weights {
		high, low := bits.Mul64(uint64(amount), uint64(w))
		share, _ := bits.Div64(high, low, total)
		parts[i] = int64(share)
		left -= parts[i]
	}
	for i := 0; left > 0; i = (i + 1) % len(parts) {
		if parts[i] < weights[i] {
			parts[i]++
			left--
		}
	}
	return parts
}

// balanced refuses an entry that is not one: fewer than two lines, a line with both sides or none,
// a fund whose debits and credits differ.
func balanced(lines []LedgerLine, currency string) error {
	if len(lines) < 2 {
		return refused("finance.entry_too_short", "lines",
			"القيد سطران على الأقل، والمكتوب %d.", "An entry has at least two lines; this one has %d.", len(lines))
	}
	type sides struct{ debit, credit int64 }
	funds := map[string]sides{}
	var order []string
	for i, l := range lines {
		if l.Debit < 0 || l.Credit < 0 || (l.Debit > 0) == (l.Credit > 0) {
			return refused("finance.entry_line_sides", linePath(i, ""),
				"السطر %d: مبلغ واحد أكبر من صفر، إما مدين وإما دائن.",
				"Line %d: exactly one amount above zero, either debit or credit.", i+1)
		}
		f, seen := funds[l.Codes.Fund]
		if !seen {
			order = append(order, l.Codes.Fund)
		}
		var fits [2]bool
		f.debit, fits[0] = kernel.AddAmounts(f.debit, l.Debit)
		f.credit, fits[1] = kernel.AddAmounts(f.credit, l.Credit)
		if l.Debit > 0 && !fits[0] || l.Credit > 0 && !fits[1] {
			return refused("money.too_large", linePath(i, ""),
				"مجموع القيد أكبر مما يُقيَّد.", "The entry's total is larger than can be recorded.")
		}
		funds[l.Codes.Fund] = f
	}
	for _, fund := range order {
		if f := funds[fund]; f.debit != f.credit {
			money := func(n int64) string { return kernel.GroupAmount(n, currency) }
			p := refused("finance.entry_not_balanced", "lines",
				"القيد غير متوازن في الصندوق %s: المدين %s والدائن %s والفرق %s.",
				"The entry does not balance in fund %s: debit %s, credit %s, difference %s.",
				fund, money(f.debit), money(f.credit), money(f.debit-f.credit))
			p.Details = map[string]string{"fund": fund, "difference": kernel.FormatAmount(f.debit-f.credit, currency)}
			return p
		}
	}
	return nil
}
