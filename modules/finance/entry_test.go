package finance

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyContent draws a voucher with up to five lines in two funds and up to three deductions.
func anyContent(t *rapid.T) VoucherContent {
	c := VoucherContent{Payee: "p1", Currency: "JOD"}
	for i := range rapid.IntRange(1, 5).Draw(t, "lines") {
		amount := rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1, largestAmount)).Draw(t, "amount")
		c.Lines = append(c.Lines, ChargeLine{
			Line: i + 1, Amount: amount,
			Codes: Codes{Fund: rapid.SampledFrom([]string{"01", "02"}).Draw(t, "fund"), Programme: rapid.SampledFrom([]string{"4401", "4402"}).Draw(t, "programme"), Item: "221105"},
		})
		c.Gross += amount
	}
	c.Net = c.Gross
	for range rapid.IntRange(0, 3).Draw(t, "deductions") {
		if c.Net < 2 {
			break
		}
		amount := rapid.Int64Range(1, c.Net-1).Draw(t, "deduction")
		c.Deductions = append(c.Deductions, Deduction{Code: "tax", Item: rapid.SampledFrom([]string{"332001", "332002"}).Draw(t, "item"), Amount: amount})
		c.Net -= amount
	}
	return c
}

// cuts sums an entry per fund and programme and item.
func cuts(lines []LedgerLine) (byCut, byItem map[string]int64) {
	byCut, byItem = map[string]int64{}, map[string]int64{}
	for _, l := range lines {
		byCut[l.Codes.Fund+"/"+l.Codes.Programme] += l.Debit - l.Credit
		byItem[l.Codes.Item] += l.Debit - l.Credit
	}
	return byCut, byItem
}

func TestEntriesOfDocumentsBalanceInEveryCutAndPayExactlyTheNet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyContent(t)
		payment := payableAgainstBank(c, "331001", "111001")
		recovery := recoverableAgainstExpense(c, "131001")
		refund := bankAgainstRecoverable(c, rapid.Int64Range(1, c.Net).Draw(t, "refund"), "111001", "131001")
		for name, entry := range map[string][]LedgerLine{
			"verification": expenseAgainstPayable(c.Lines, c.Payee, "331001"), "payment": payment, "recovery": recovery, "refund": refund,
			"mirror": mirrored(payment),
		} {
			if err := balanced(entry, "JOD"); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			byCut, _ := cuts(entry)
			for cut, sum := range byCut {
				if sum != 0 {
					t.Fatalf("%s is out by %d in %s", name, sum, cut)
				}
			}
		}
		_, byItem := cuts(payment)
		if byItem["111001"] != -c.Net || byItem["331001"] != c.Gross {
			t.Fatalf("the bank paid %d of %d", -byItem["111001"], c.Net)
		}
		if _, byItem := cuts(recovery); byItem["131001"] != c.Net {
			t.Fatalf("%d is to be recovered of %d", byItem["131001"], c.Net)
		}
	})
}

func TestPartsOfASpreadSumExactlyAndNoneIsAboveItsWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := spreadsExactly(t, spread); err != nil {
			t.Fatal(err)
		}
	})
}

// A spread that forgets what its divisions left over is found.
func TestASpreadThatDropsTheRemainderIsFound(t *testing.T) {
	mustFind(t, func(t *rapid.T) error {
		return spreadsExactly(t, func(amount int64, weights []int64) []int64 {
			parts := spread(amount, weights)
			for i, w := range weights { // the floor of each share, and nothing more
				share := new(big.Int).Mul(big.NewInt(amount), big.NewInt(w))
				total := big.NewInt(1)
				for _, w := range weights {
					total.Add(total, big.NewInt(w))
				}
				parts[i] = share.Div(share, total).Int64()
			}
			return parts
		})
	})
}

func spreadsExactly(t *rapid.T, spread func(int64, []int64) []int64) error {
	weights := rapid.SliceOfN(rapid.Int64Range(0, largestAmount), 1, 6).Draw(t, "weights")
	var total int64
	for _, w := range weights {
		total += w
	}
	amount := rapid.Int64Range(0, total).Draw(t, "amount")
	var sum int64
	for i, part := range spread(amount, weights) {
		if part < 0 || part > weights[i] {
			return refused("test", "", "", "part %d is %d of %d", i, part, weights[i])
		}
		sum += part
	}
	if sum != amount {
		return refused("test", "", "", "the parts sum to %d, not %d", sum, amount)
	}
	return nil
}

// An entry that does not balance in one fund is refused, also when another fund makes up for it; a
// book that took it would say so.
func TestAnUnbalancedEntryIsRefusedAndWouldBeSeenInTheTrialBalance(t *testing.T) {
	bad := []LedgerLine{
		{Codes: Codes{Fund: "01", Item: "1"}, Debit: 5}, {Codes: Codes{Fund: "02", Item: "1"}, Credit: 5},
	}
	if balanced(bad, "JOD") == nil {
		t.Error("funds 01 and 02 were balanced against each other")
	}
	books := newLedgers()
	books.add(JournalPosted{Lines: bad})
	if books.trialBalance() == nil {
		t.Error("the trial balance did not see it")
	}
	for _, lines := range [][]LedgerLine{
		nil,
		{{Codes: Codes{Fund: "01"}, Debit: 5}},
		{{Debit: 5, Credit: 5}, {Debit: 5, Credit: 5}},
		{{}, {}},
		{{Debit: -5}, {Credit: -5}},
		{{Debit: 1 << 62}, {Debit: 1 << 62}, {Credit: 1}},
	} {
		if balanced(lines, "JOD") == nil {
			t.Errorf("%+v passed", lines)
		}
	}
}
