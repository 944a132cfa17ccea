package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/projections"
)

// payeeView keeps payees and their bank accounts. A natural person's name and IBAN stand here only
// as the log has them, encrypted with the person's key: when the key is destroyed they are gone
// from here too, without a rebuild.
func (r viewReader) payeeView() projections.View {
	return projections.View{
		Name: "finance_payee", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{
			{Name: "finance_payee", Columns: `
				id            text   not null primary key,
				kind          text   not null, -- company, person
				person        text   not null, -- whose key seals the name
				name_ar       text   not null,
				name_en       text   not null,
				sealed        bytea,
				register      text   not null,
				officer       text   not null,
				registered_by text   not null,
				version       bigint not null,
				position      bigint not null`, Indexes: []string{"(position desc)"}},
			{Name: "finance_payee_account", Columns: `
				payee       text not null,
				account     int  not null,
				iban        text not null,
				sealed      bytea,
				bank        text not null,
				state       text not null, -- proposed, approved, rejected
				usable_from date,
				primary key (payee, account)`},
		},
		Apply: r.applyPayees,
	}
}

func (r viewReader) applyPayees(ctx context.Context, b *projections.Batch) error {
	payee, accounts := b.Table("finance_payee"), b.Table("finance_payee_account")
	var s statements
	for i := range b.Events {
		recorded := &b.Events[i]
		if recorded.Stream.Category != "finance.payee" {
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		id := recorded.Stream.Key
		switch e := event.(type) {
		case PayeeRegistered:
			s.do(`insert into `+payee+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
				id, string(e.Kind), e.Person, e.Name.Ar, e.Name.En, recorded.Sealed, e.Register, e.Officer, e.By.Person, recorded.Version, recorded.Position)
			continue
		case BankAccountProposed:
			s.do(`insert into `+accounts+` values ($1, $2, $3, $4, $5, 'proposed', null)`, id, e.Account, e.IBAN, recorded.Sealed, e.Bank)
		case BankAccountApproved:
			s.do(`update `+accounts+` set state = 'approved', usable_from = $3 where payee = $1 and account = $2`, id, e.Account, date(e.UsableFrom))
		case BankAccountRejected:
			s.do(`update `+accounts+` set state = 'rejected' where payee = $1 and account = $2`, id, e.Account)
		}
		s.do(`update `+payee+` set version = $2 where id = $1`, id, recorded.Version)
	}
	return s.send(ctx, b.Tx)
}
