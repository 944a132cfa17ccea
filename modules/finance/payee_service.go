package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RegisterPayee opens a payee under the command's id: a company or body by its public name, a natural person by sealed data.
type RegisterPayee struct {
	Command  uuid.UUID
	Kind     PayeeKind
	Name     kernel.Text // of a company; a person's goes to Personal
	Register string      // number in the companies' register
	Personal PersonalData
	Person   uuid.UUID // whose key seals Personal; nil = one of its own
	Officer  string    // when the payee works here: who
	On       string    // empty = today
}

// RegisterPayee opens a payee without a bank account; nothing can be paid to it before one is
// approved.
func (m *Module) RegisterPayee(ctx context.Context, by Officer, in RegisterPayee) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRegisterPayee) {
		return eventstore.Receipt{}, f.result()
	}
	e := PayeeRegistered{
		Kind: in.Kind, Register: f.optionalCode("register", kernel.Text{Ar: "رقم التسجيل", En: "Register number"}, in.Register),
		Officer: f.optionalCode("officer", kernel.Text{Ar: "الموظف", En: "Officer"}, in.Officer),
		On:      m.dayOr(&f, in.On), By: by.Sign(),
	}
	id := in.Command.String()
	switch in.Kind {
	case Company:
		e.Name = f.name("name", in.Name)
	case Person:
		in.Personal.Name = f.text("personal.name", fieldName("name"), in.Personal.Name)
		in.Personal.National = f.code("personal.national", kernel.Text{Ar: "الرقم الوطني", En: "National number"}, in.Personal.National)
		in.Personal.IBAN = ""
		if in.Person == uuid.Nil {
			in.Person = uuid.NewSHA1(in.Command, []byte("person"))
		}
		e.Person = in.Person.String()
	default:
		f.add("kind", refused("finance.payee_kind", "", "نوع المستفيد شركة (company) أو شخص (person).", "A payee is a company or a person."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var sealed []byte
	if in.Kind == Person {
		var err error
		if sealed, err = m.seal(ctx, in.Person, in.Personal); err != nil {
			return eventstore.Receipt{}, err
		}
	}
	var t touches
	payee := t.add(payeeStream(id))
	return m.execute(ctx, by, in.Command, "RegisterPayee", in, &t, func(d *eventstore.Decision) error {
		if eventstore.StateOf[Payee](d, payee).Known() {
			return refused("finance.payee_exists", "command", "لمستفيد آخر هذا الرقم.", "Another payee has this number.")
		}
		d.RecordSealed(payee, e, sealed)
		return nil
	})
}

// ProposeBankAccount asks for a payee's bank account, the first or another one.
type ProposeBankAccount struct {
	Command uuid.UUID
	Payee   string
	IBAN    string
	Bank    string // BIC or name
	On      string
	Seen    int64 // version of the payee the screen was opened on; 0 = not looked at
}

// ProposeBankAccount records the account; it is paid to only after a second person approved it and,
// for a changed account, the waiting time of the policy is over.
func (m *Module) ProposeBankAccount(ctx context.Context, by Officer, in ProposeBankAccount) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRegisterPayee) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("payee", fieldName("payee"), in.Payee)
	iban, err := ParseIBAN(in.IBAN, "iban")
	f.add("", err)
	bank := f.optionalText("bank", kernel.Text{Ar: "البنك", En: "Bank"}, in.Bank)
	on := m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	known, err := now[Payee](ctx, m, payeeCategory(), payeeStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	shown, sealed := iban, []byte(nil)
	if known.Kind == Person {
		person, err := uuid.Parse(known.Person)
		if err != nil {
			return eventstore.Receipt{}, fmt.Errorf("read the person of payee %s: %w", id, err)
		}
		if sealed, err = m.seal(ctx, person, PersonalData{IBAN: iban}); err != nil {
			return eventstore.Receipt{}, err
		}
		shown = ""
	}
	var t touches
	payee := t.expect(payeeStream(id), seen(in.Seen))
	return m.execute(ctx, by, in.Command, "ProposeBankAccount", in, &t, func(d *eventstore.Decision) error {
		e, err := eventstore.StateOf[Payee](d, payee).proposeAccount(shown, bank, by, on)
		if err != nil {
			return err
		}
		d.RecordSealed(payee, e, sealed)
		return nil
	})
}

// DecideBankAccount names a proposed account for its second person.
type DecideBankAccount struct {
	Command uuid.UUID
	Payee   string
	Account int    // 1, 2, 3 …
	Reason  string // of a rejection
	On      string
	Seen    int64
}

// ApproveBankAccount is the second person's yes.
func (m *Module) ApproveBankAccount(ctx context.Context, by Officer, in DecideBankAccount) (eventstore.Receipt, error) {
	return m.decideBankAccount(ctx, by, in, "ApproveBankAccount", func(p Payee, policy PaymentPolicy, on kernel.Date) (eventstore.Event, error) {
		rules, err := policy.RulesOn(on)
		if err != nil {
			return nil, err
		}
		return p.approveAccount(in.Account, rules.BankChangeDays, by, on)
	})
}

// RejectBankAccount is the second person's no, with the reason.
func (m *Module) RejectBankAccount(ctx context.Context, by Officer, in DecideBankAccount) (eventstore.Receipt, error) {
	var f form
	f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.decideBankAccount(ctx, by, in, "RejectBankAccount", func(p Payee, _ PaymentPolicy, on kernel.Date) (eventstore.Event, error) {
		return p.rejectAccount(in.Account, in.Reason, by, on)
	})
}

func (m *Module) decideBankAccount(ctx context.Context, by Officer, in DecideBankAccount, act string, decide func(Payee, PaymentPolicy, kernel.Date) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayApproveBankAccount) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("payee", fieldName("payee"), in.Payee)
	on := m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	payee, policy := t.expect(payeeStream(id), seen(in.Seen)), t.add(paymentPolicyStream())
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		e, err := decide(eventstore.StateOf[Payee](d, payee), eventstore.StateOf[PaymentPolicy](d, policy), on)
		if err != nil {
			return err
		}
		d.Record(payee, e)
		return nil
	})
}

// seal encrypts personal data with the person's key.
func (m *Module) seal(ctx context.Context, person uuid.UUID, data any) ([]byte, error) {
	if m.sealer == nil {
		return nil, refused("finance.vault_missing", "kind",
			"لا خزنة مفاتيح في هذا التشغيل، فلا تُحفظ بيانات شخصية.", "This installation has no key vault; personal data is not kept.")
	}
	plain, err := json.Marshal(data)
	if err != nil {
		return nil, fmt.Errorf("write personal data: %w", err)
	}
	sealed, err := m.sealer.Seal(ctx, person, plain)
	if err != nil {
		return nil, fmt.Errorf("seal personal data: %w", err)
	}
	return sealed, nil
}

// name reads what something is called; one of the two languages is enough.
func (f *form) name(path string, value kernel.Text) kernel.Text {
	if value.Ar == "" && value.En == "" {
		f.missing(path, fieldName("name"))
	}
	return kernel.Text{
		Ar: f.optionalText(path+".ar", fieldName("name"), value.Ar),
		En: f.optionalText(path+".en", fieldName("name"), value.En),
	}
}
