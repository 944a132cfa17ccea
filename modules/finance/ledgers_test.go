package finance

import (
	"fmt"

	"diwan/eventstore"
)

// ledgers are the two books, kept by nothing but the events: the financial ledger per fund and
// account, the budget ledger per memorandum account.
type ledgers struct {
	byFund    map[string]int64 // Σ debit − Σ credit
	byAccount map[string]int64 // fund/item → debit − credit
	byPeriod  map[string]int64 // period/item → debit − credit
	budget    map[Account]int64
	entries   int
}

func newLedgers() *ledgers {
	return &ledgers{byFund: map[string]int64{}, byAccount: map[string]int64{}, byPeriod: map[string]int64{}, budget: map[Account]int64{}}
}

func (l *ledgers) add(e eventstore.Event) {
	for _, t := range Transfers(e) {
		l.budget[t.From] -= t.Amount
		l.budget[t.To] += t.Amount
	}
	posted, ok := e.(JournalPosted)
	if !ok {
		return
	}
	l.entries++
	for _, line := range posted.Lines {
		amount := line.Debit - line.Credit
		l.byFund[line.Codes.Fund] += amount
		l.byAccount[line.Codes.Fund+"/"+line.Codes.Item] += amount
		l.byPeriod[fmt.Sprintf("%d/%s", posted.Period, line.Codes.Item)] += amount
	}
}

// trialBalance says what does not sum to zero; nil when both books balance.
func (l *ledgers) trialBalance() error {
	for fund, sum := range l.byFund {
		if sum != 0 {
			return fmt.Errorf("the financial ledger is out by %d in fund %s", sum, fund)
		}
	}
	var sum int64
	for _, amount := range l.budget {
		sum += amount
	}
	if sum != 0 {
		return fmt.Errorf("the budget ledger is out by %d", sum)
	}
	return nil
}

func (o *office) books() *ledgers {
	o.t.Helper()
	l := newLedgers()
	for _, e := range o.everything() {
		l.add(e)
	}
	if err := l.trialBalance(); err != nil {
		o.t.Fatal(err)
	}
	return l
}
