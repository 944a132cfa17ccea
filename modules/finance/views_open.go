package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/projections"
)

// openView keeps what of the treasury is not settled yet: advances, statements, cash in hand. It is what
// the close of a year looks for.
func (r viewReader) openView() projections.View {
	return projections.View{
		Name: "finance_open", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{
			Name: "finance_open",
			Columns: `
				kind   text   not null, -- advances, statements, cash
				id     text   not null,
				year   int    not null, -- in which it began
				amount bigint not null, -- still open; of a request what was asked
				open   bool   not null,
				unit   text   not null,
				primary key (kind, id)`,
		}},
		Apply: r.applyOpen,
	}
}

func (r viewReader) applyOpen(ctx context.Context, b *projections.Batch) error {
	var s statements
	table := b.Table("finance_open")
	begin := func(kind, id string, year int, amount int64, open bool, unit string) {
		s.do(`insert into `+table+` values ($1, $2, $3, $4, $5, $6)`, kind, id, year, amount, open, unit)
	}
	set := func(kind, id string, amount int64, open bool) {
		s.do(`update `+table+` set amount = $3, open = $4 where kind = $1 and id = $2`, kind, id, amount, open)
	}
	for i := range b.Events {
		at := &b.Events[i]
		switch at.Stream.Category {
		case "finance.advance", "finance.statement", "finance.cashier_book":
		default:
			continue
		}
		event, err := r.event(at)
		if err != nil {
			return err
		}
		id := at.Stream.Key
		switch e := event.(type) {
		case AdvanceRequested:
			begin("advances", id, e.Year, e.Amount, false, e.Codes.unit())
		case AdvanceIssued:
			s.do(`update `+table+` set open = true where kind = 'advances' and id = $1`, id)
		case AdvanceSettled:
			set("advances", id, e.Outstanding, e.Outstanding > 0)
		case AdvanceCashReturned:
			set("advances", id, e.Outstanding, e.Outstanding > 0)
		case StatementImported:
			begin("statements", id, e.To.Year(), 0, true, ".")
		case ReconciliationApproved:
			set("statements", id, 0, false)
		case CashierBookOpened:
			begin("cash", id, e.On.Year(), 0, false, e.Codes.unit())
		case ReceiptBooked:
			s.do(`update `+table+` set amount = amount + $2, open = amount + $2 <> 0 where kind = 'cash' and id = $1`, id, e.Amount)
		case CashierDayClosed:
			set("cash", id, e.Counted, e.Counted != 0)
		case CashDeposited:
			set("cash", id, e.InHand, e.InHand != 0)
		}
	}
	return s.send(ctx, b.Tx)
}
