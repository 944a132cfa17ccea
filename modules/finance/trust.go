package finance

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Trust is money held for somebody else (أمانة), stream finance.trust/{id}. It lies in a fund of its own,
// outside the budget, and is never below zero.
type Trust struct {
	Opened  TrustOpened
	Balance int64
	Asked   []TrustPaymentRequested // by number; amount 0: decided
	Last    kernel.Date
}

// Known tells that the trust was opened.
func (t Trust) Known() bool { return t.Opened.Beneficiary != "" }

func (t Trust) evolve(e eventstore.Event) Trust {
	switch e := e.(type) {
	case TrustOpened:
		t.Opened, t.Last = e, e.On
	case DepositReceived:
		t.Balance, t.Last = e.Balance, e.On
	case TrustPaymentRequested:
		t.Asked, t.Last = append(slices.Clip(t.Asked), e), e.On
	case TrustPaymentRefused:
		t = t.decided(e.Payment, e.On)
	case TrustPaid:
		t = t.decided(e.Payment, e.On)
		t.Balance = e.Balance
	}
	return t
}

func (t Trust) decided(payment int, on kernel.Date) Trust {
	t.Asked = slices.Clone(t.Asked)
	t.Asked[payment-1].Amount = 0
	t.Last = on
	return t
}

// Free is what may still be asked for: the balance without what requests hold.
func (t Trust) Free() int64 {
	free := t.Balance
	for _, p := range t.Asked {
		free -= p.Amount
	}
	return free
}

// request decides that a payment is asked for and held.
func (t Trust) request(p TrustPaymentRequested) (TrustPaymentRequested, error) {
	if !t.Known() {
		return p, missing("id")
	}
	if p.On.Before(t.Last) {
		return p, earlier("on", p.On, t.Last)
	}
	if free := t.Free(); p.Amount > free {
		money := func(n int64) string { return kernel.GroupAmount(n, t.Opened.Currency) }
		return p, refused("finance.trust_insufficient", "amount",
			"المطلوب %s، والمتاح في الأمانة %s.", "%s asked; %s is free in the trust.", money(p.Amount), money(free))
	}
	p.Payment = len(t.Asked) + 1
	return p, nil
}

// asked is a payment that waits for another person's decision.
func (t Trust) asked(n int, by Officer, payee Payee, on kernel.Date) (TrustPaymentRequested, error) {
	if !t.Known() {
		return TrustPaymentRequested{}, missing("id")
	}
	if n < 1 || n > len(t.Asked) || t.Asked[n-1].Amount == 0 {
		return TrustPaymentRequested{}, refused("finance.trust_payment_unknown", "payment",
			"لا دفعة برقم %d تنتظر القرار.", "No payment no. %d waits for a decision.", n)
	}
	p := t.Asked[n-1]
	switch {
	case by.Signed(p.By):
		return p, refused("finance.same_person", "payment",
			"طلب %s هذه الدفعة، فيقررها شخص ثانٍ.", "%s asked for this payment; a second person decides on it.", p.By.Person)
	case payee.isOfficer(by, p.Payee):
		return p, refused("finance.payment_to_oneself", "payment", "لا يقرر أحد دفعة لنفسه.", "Nobody decides on a payment to himself.")
	case on.Before(t.Last):
		return p, earlier("on", on, t.Last)
	}
	return p, nil
}

func trustStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.trust", Key: id}
}
