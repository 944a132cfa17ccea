package finance

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Payee is who is paid (المستفيد), stream finance.payee/{id}. The name and number of a natural
// person are not in it: they are sealed, and no decision needs them.
type Payee struct {
	Kind     PayeeKind
	Person   string // whose key seals the personal data
	Officer  string // when the payee is an officer of ours: who
	Accounts []PayeeAccount
}

// PayeeAccount is one bank account of a payee, in the order they were proposed.
type PayeeAccount struct {
	Proposed   Signature
	Approved   bool
	Rejected   bool
	UsableFrom kernel.Date // set by the approval
}

// Known tells that the payee was registered.
func (p Payee) Known() bool { return p.Kind != "" }

// AccountOn returns the number of the account that a payment of that day goes to, 0 when there is
// none: the newest approved one whose waiting time is over.
func (p Payee) AccountOn(day kernel.Date) int {
	use := 0
	for i, a := range p.Accounts {
		if a.Approved && !day.Before(a.UsableFrom) && (use == 0 || !a.UsableFrom.Before(p.Accounts[use-1].UsableFrom)) {
			use = i + 1
		}
	}
	return use
}

// Waiting returns the number of the account that waits for its second person, 0 when none does.
func (p Payee) Waiting() int {
	for i, a := range p.Accounts {
		if !a.Approved && !a.Rejected {
			return i + 1
		}
	}
	return 0
}

func (p Payee) evolve(e eventstore.Event) Payee {
	switch e := e.(type) {
	case PayeeRegistered:
		p.Kind, p.Person, p.Officer = e.Kind, e.Person, e.Officer
	case BankAccountProposed:
		p.Accounts = append(slices.Clip(p.Accounts), PayeeAccount{Proposed: e.By})
	case BankAccountApproved:
		p.Accounts = slices.Clone(p.Accounts)
		p.Accounts[e.Account-1].Approved = true
		p.Accounts[e.Account-1].UsableFrom = e.UsableFrom
	case BankAccountRejected:
		p.Accounts = slices.Clone(p.Accounts)
		p.Accounts[e.Account-1].Rejected = true
	}
	return p
}

// proposeAccount decides that one more account waits; two changes never wait at once.
func (p Payee) proposeAccount(iban, bank string, by Officer, on kernel.Date) (BankAccountProposed, error) {
	if err := p.mustBeKnown("payee"); err != nil {
		return BankAccountProposed{}, err
	}
	if n := p.Waiting(); n > 0 {
		return BankAccountProposed{}, refused("finance.bank_change_waiting", "iban",
			"حساب مقترح قبل هذا ينتظر الاعتماد (رقم %d). يُعتمد أو يُرفض أولاً.",
			"An account proposed before this one waits for approval (no. %d). Approve or reject it first.", n)
	}
	return BankAccountProposed{Account: len(p.Accounts) + 1, IBAN: iban, Bank: bank, On: on, By: by.Sign()}, nil
}

// approveAccount is the second person's step. A changed account waits days more before it is paid
// to; the first account of a payee does not, since nobody was paid elsewhere before.
func (p Payee) approveAccount(account, days int, by Officer, on kernel.Date) (BankAccountApproved, error) {
	if err := p.mustDecideOn(account, by); err != nil {
		return BankAccountApproved{}, err
	}
	usable := on
	if slices.ContainsFunc(p.Accounts, func(a PayeeAccount) bool { return a.Approved }) {
		usable = on.AddDays(days)
	}
	return BankAccountApproved{Account: account, UsableFrom: usable, On: on, By: by.Sign()}, nil
}

// rejectAccount ends a proposal; it too is a second person's step.
func (p Payee) rejectAccount(account int, reason string, by Officer, on kernel.Date) (BankAccountRejected, error) {
	if err := p.mustDecideOn(account, by); err != nil {
		return BankAccountRejected{}, err
	}
	return BankAccountRejected{Account: account, Reason: reason, On: on, By: by.Sign()}, nil
}

func (p Payee) mustDecideOn(account int, by Officer) error {
	if err := p.mustBeKnown("payee"); err != nil {
		return err
	}
	if account < 1 || account > len(p.Accounts) {
		return refused("finance.bank_account_unknown", "account",
			"ليس للمستفيد حساب برقم %d.", "The payee has no account no. %d.", account)
	}
	a := p.Accounts[account-1]
	if a.Approved || a.Rejected {
		return refused("finance.bank_account_decided", "account",
			"بُتّ في الحساب رقم %d من قبل.", "Account no. %d was decided on before.", account)
	}
	if by.Signed(a.Proposed) {
		return refused("finance.same_person", "account",
			"اقترح %s هذا الحساب، فيعتمده أو يرفضه شخص ثانٍ.",
			"%s proposed this account; a second person approves or rejects it.", a.Proposed.Person)
	}
	return nil
}

func (p Payee) mustBeKnown(path string) error {
	if p.Known() {
		return nil
	}
	return refused("finance.payee_unknown", path, "لم يُعثر على مستفيد بهذا الرقم.", "Nothing found: no payee has this number.")
}

// isOfficer tells that a payment to this payee would go to the officer himself, or his principal.
func (p Payee) isOfficer(by Officer, id string) bool {
	return p.Officer != "" && by.Is(p.Officer) || by.Payee != "" && by.Payee == id
}

func payeeStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.payee", Key: id}
}
