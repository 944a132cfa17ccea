package finance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/vault"
	"diwan/modules/kernel"
)

// A changed bank account needs a second person and a week of waiting; until then payments go to the
// account before.
func TestAChangedBankAccountIsPaidToAWeekAfterItsSecondPerson(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		ctx, m := o.ctx(), o.m
		propose := ProposeBankAccount{Command: uuid.New(), Payee: o.supplier, IBAN: "JO94CBJO0010000000000131000302", On: "2026-06-01"}
		o.must(m.ProposeBankAccount(ctx, o.dima, propose))
		propose.Command = uuid.New()
		r, err := m.ProposeBankAccount(ctx, o.dima, propose)
		o.refused("finance.bank_change_waiting", "iban", r, err)

		decide := func() DecideBankAccount {
			return DecideBankAccount{Command: uuid.New(), Payee: o.supplier, Account: 2, On: "2026-06-02", Reason: "no letter"}
		}
		dima := o.dima
		dima.Permissions = map[Permission]bool{MayApproveBankAccount: true}
		dima.Units = Everywhere(dima.Permissions)
		r, err = m.ApproveBankAccount(ctx, dima, decide())
		o.refused("finance.same_person", "account", r, err)
		o.must(m.ApproveBankAccount(ctx, o.huda, decide()))
		r, err = m.RejectBankAccount(ctx, o.huda, decide())
		o.refused("finance.bank_account_decided", "account", r, err)
		unknown := decide()
		unknown.Account = 3
		r, err = m.ApproveBankAccount(ctx, o.huda, unknown)
		o.refused("finance.bank_account_unknown", "account", r, err)

		pay := func(day string) int {
			v := o.prepared("1.000", day)
			o.must(m.AuditVoucher(ctx, o.omar, act(v, day)))
			o.must(m.ApproveVoucher(ctx, o.huda, act(v, day)))
			receipt, err := m.PayVoucher(ctx, o.lina, act(v, day))
			o.must(receipt, err)
			for _, e := range receipt.Events {
				var paid VoucherPaid
				if e.Type == paid.EventType() {
					if err := json.Unmarshal(e.Data, &paid); err != nil {
						t.Fatal(err)
					}
					return paid.PayeeAccount
				}
			}
			t.Fatal("no payment was recorded")
			return 0
		}
		if n := pay("2026-06-08"); n != 1 {
			t.Errorf("six days after the change the payment went to account %d", n)
		}
		if n := pay("2026-06-09"); n != 2 {
			t.Errorf("after the waiting time the payment went to account %d", n)
		}
	})
}

// Over any history of proposals and decisions, the account in use was approved by another person
// than its proposer, and its waiting time is over.
func TestNoPaymentGoesToAnAccountThatOnePersonMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := accountHistory(t, func(p Payee, by Officer, on kernel.Date) (BankAccountApproved, error) {
			return p.approveAccount(p.Waiting(), 7, by, on)
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAnApprovalWithoutASecondPersonOrWithoutWaitingIsFound(t *testing.T) {
	mustFind(t, func(t *rapid.T) error {
		return accountHistory(t, func(p Payee, by Officer, on kernel.Date) (BankAccountApproved, error) {
			return p.approveAccount(p.Waiting(), 7, Officer{ID: "somebody else"}, on) // whoever asks
		})
	})
	mustFind(t, func(t *rapid.T) error {
		return accountHistory(t, func(p Payee, by Officer, on kernel.Date) (BankAccountApproved, error) {
			return p.approveAccount(p.Waiting(), 0, by, on)
		})
	})
}

func accountHistory(t *rapid.T, approve func(Payee, Officer, kernel.Date) (BankAccountApproved, error)) error {
	p := Payee{}.evolve(PayeeRegistered{Kind: Company})
	day := on(t, "2026-01-01")
	proposers, approvers, since := map[int]string{}, map[int]string{}, map[int]kernel.Date{}
	for range rapid.IntRange(1, 12).Draw(t, "steps") {
		by := Officer{ID: rapid.SampledFrom([]string{"dima", "huda"}).Draw(t, "person")}
		day = day.AddDays(rapid.IntRange(0, 9).Draw(t, "days"))
		if p.Waiting() == 0 {
			e, err := p.proposeAccount("JO", "", by, day)
			if err != nil {
				return err
			}
			p, proposers[e.Account] = p.evolve(e), by.ID
		} else if e, err := approve(p, by, day); err == nil {
			p = p.evolve(e)
			approvers[e.Account], since[e.Account] = by.ID, day
		}
		n := p.AccountOn(day)
		if n == 0 {
			continue
		}
		if proposers[n] == approvers[n] {
			return fmt.Errorf("%s proposed and approved account %d", proposers[n], n)
		}
		if len(approvers) > 1 && n > 1 && day.Before(since[n].AddDays(7)) {
			return fmt.Errorf("account %d is used on %s, approved on %s", n, day, since[n])
		}
	}
	return nil
}

// sealing lends the vault to finance, as main does.
type sealing struct{ *vault.Vault }

func (s sealing) Open(ctx context.Context, _ uuid.UUID, sealed []byte) ([]byte, error) {
	return s.Vault.Open(ctx, sealed)
}

// A natural person's name, number and account are nowhere in the log to be read, come back with the
// key, and do not come back without it. Payments go on: no decision needs them.
func TestANaturalPersonsDataIsSealedAndGoesWithTheKey(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	dir := t.TempDir()
	masters, err := vault.MasterFile{Path: filepath.Join(dir, "master")}.LoadOrCreate()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := vault.Open(t.Context(), db, masters, vault.Forgotten{Path: filepath.Join(dir, "forgotten")})
	if err != nil {
		t.Fatal(err)
	}
	o.m.SealWith(sealing{keys})

	person := uuid.New()
	secrets := PersonalData{Name: "سعاد عبدالله الرفاعي", National: "9871002345", IBAN: "JO94CBJO0010000000000131000302"}
	receipt, err := o.m.RegisterPayee(o.ctx(), o.dima, RegisterPayee{Command: uuid.New(), Kind: Person, Person: person, Personal: secrets})
	id := o.must(receipt, err)
	o.must(o.m.ProposeBankAccount(o.ctx(), o.dima, ProposeBankAccount{Command: uuid.New(), Payee: id, IBAN: secrets.IBAN, On: "2026-01-02"}))
	o.must(o.m.ApproveBankAccount(o.ctx(), o.huda, DecideBankAccount{Command: uuid.New(), Payee: id, Account: 1, On: "2026-01-03"}))
	recorded, err := o.log.ReadStream(o.ctx(), receipt.Events[0].Tenant, payeeStream(id), 0)
	if err != nil {
		t.Fatal(err)
	}
	var back PersonalData
	for _, e := range recorded {
		for _, secret := range []string{secrets.Name, secrets.National, secrets.IBAN} {
			if bytes.Contains(e.Data, []byte(secret)) || bytes.Contains(e.Sealed, []byte(secret)) {
				t.Errorf("%s stands open in %s", secret, e.Type)
			}
		}
		if e.Sealed == nil {
			continue
		}
		plain, err := keys.Open(o.ctx(), e.Sealed)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(plain, &back); err != nil {
			t.Fatal(err)
		}
	}
	if back != secrets {
		t.Errorf("opened %+v, sealed %+v", back, secrets)
	}

	if _, err := keys.Forget(o.ctx(), person, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Open(o.ctx(), recorded[0].Sealed); !errors.Is(err, vault.ErrErased) {
		t.Errorf("after the key was destroyed: %v", err)
	}
	v := o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Payee: id, Year: 2026, Lines: []ChargeInput{{Key: roadsParts, Amount: "40.000"}}}))
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "")))
	o.must(o.m.PayVoucher(o.ctx(), o.lina, act(v, "")))
}
