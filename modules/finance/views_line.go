package finance

import (
	"context"
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/projections"
)

// lineView keeps every appropriation line with its segments and the sums of its stages. A batch is
// folded in memory and written with one statement.
func (r viewReader) lineView() projections.View {
	return projections.View{
		Name: "finance_line", Version: 4, Lane: eventstore.Main,
		Tables: append([]projections.Table{{
			Name: "finance_line",
			Columns: `
				year          int    not null,
				key           text   not null,
				fund          text   not null, chapter text not null, centre text not null, programme   text not null,
				activity      text   not null, item    text not null, source text not null, governorate text not null,
				currency      text   not null,
				economic      text   not null,
				original      bigint not null,
				supplementary bigint not null,
				virement      bigint not null,
				frozen        bigint not null,
				released      bigint not null,
				reserved      bigint not null,
				committed     bigint not null,
				obligated     bigint not null,
				paid          bigint not null,
				provisional   bigint not null,
				carried       bigint not null,
				lapsed        bigint not null,
				version       bigint not null,
				memorandum    bigint[] not null, -- balances of the budget ledger, in the order of Accounts
				opened        bigint not null, -- position of the event that opened it
				unit          text   not null generated always as (` + unitOfColumns("chapter", "centre") + `) stored,
				primary key (year, key) with (fillfactor = 70)` + hot,
			Indexes: []string{"(year, programme, item)", "(year, chapter)", "(unit)"},
		}}, lineMoveTables()...),
		Apply: r.applyLines,
	}
}

// lineID names one line.
type lineID struct {
	year int
	key  string
}

// lineDelta is what a batch adds to one line.
type lineDelta struct {
	opened     BudgetLineOpened
	sums       StageSums
	memorandum memorandum // debit is above zero
	version    int64
	at         int64 // position of its opening, when it is in the batch
}

// transfer books the event's moves in the budget ledger. The sums above are kept apart from it on
// purpose: the report compares the two.
func (d *lineDelta) transfer(e eventstore.Event) {
	for _, t := range Transfers(e) {
		d.memorandum[slices.Index(Accounts, t.From)] -= t.Amount
		d.memorandum[slices.Index(Accounts, t.To)] += t.Amount
	}
}

// StageSums are the stages of a line's money in minor units; the other figures follow from them.
type StageSums struct {
	Original, Supplementary, Virement, Frozen, Released, Reserved, Committed, Obligated, Paid int64
	Provisional, Carried, Lapsed                                                              int64
}

// memorandum are the balances of a line's accounts, in the order of Accounts.
type memorandum [9]int64

// add moves the sums by one event of a budget line.
func (s *StageSums) add(e eventstore.Event) {
	switch e := e.(type) {
	case AppropriationEnacted:
		s.Original += e.Amount
	case SupplementaryEnacted:
		s.Supplementary += e.Amount
	case VirementApplied:
		s.Virement += e.Amount
	case AppropriationFrozen:
		s.Frozen += e.Amount
	case AppropriationUnfrozen:
		s.Frozen -= e.Amount
	case AllotmentReleased:
		s.Released += e.Amount
	case AllotmentWithdrawn:
		s.Released -= e.Amount
	case FundsReserved:
		s.Reserved += e.Amount
	case ReservationReleased:
		s.Reserved -= e.Amount
	case CommitmentRecorded:
		s.Committed += e.Amount
	case CommitmentReduced:
		s.Committed -= e.Amount
	case ObligationRecorded:
		s.Committed -= e.FromCommitment
		s.Obligated += e.Amount
	case ObligationReversed:
		s.Committed += e.ToCommitment
		s.Obligated -= e.Amount
	case PaymentRecorded:
		s.Paid += e.Amount
	case PaymentReversed:
		s.Paid -= e.Amount
	case ProvisionalTwelfthAuthorised:
		s.Provisional += e.Amount
		s.Released += e.Amount
	case ProvisionalAuthorityClosed:
		s.Provisional -= e.Amount
	case CommitmentCarriedOut:
		s.Committed -= e.Amount
		s.Carried -= e.Appropriation
		s.Released -= e.Withdrawn
	case CommitmentBroughtIn:
		s.Committed += e.Amount
		s.Released += e.Released
		s.Carried += e.Appropriation
		s.Provisional += e.Provisional
	case AppropriationLapsed:
		s.Lapsed += e.Amount
		s.Frozen -= e.Unfrozen
		s.Released -= e.Withdrawn
	}
}

func (r viewReader) applyLines(ctx context.Context, b *projections.Batch) error {
	deltas := map[lineID]*lineDelta{}
	var order []lineID
	moves, err := openMoves(ctx, b)
	if err != nil {
		return err
	}
	for i := range b.Events {
		recorded := &b.Events[i]
		if err := moves.see(recorded); err != nil {
			return err
		}
		if recorded.Stream.Category != "finance.budget" {
			continue
		}
		e, err := r.event(recorded)
		if err != nil {
			return err
		}
		year, key, err := lineOf(recorded.Stream)
		if err != nil {
			return err
		}
		id := lineID{year, key}
		d := deltas[id]
		if d == nil {
			d = &lineDelta{}
			deltas[id] = d
			order = append(order, id)
		}
		if opened, ok := e.(BudgetLineOpened); ok {
			d.opened, d.at = opened, recorded.Position
		}
		d.sums.add(e)
		d.transfer(e)
		d.version = recorded.Version
		moves.add(id, recorded, e)
	}
	if err := moves.save(ctx); err != nil || len(order) == 0 {
		return err
	}
	return writeLines(ctx, b, order, deltas)
}

// writeLines adds the batch's deltas, one row a line.
func writeLines(ctx context.Context, b *projections.Batch, order []lineID, deltas map[lineID]*lineDelta) error {
	n := len(order)
	years, keys := make([]int32, n), make([]string, n)
	codes := make([][]string, len(Segments))
	for s := range codes {
		codes[s] = make([]string, n)
	}
	currency, economic := make([]string, n), make([]string, n)
	sums, memorandum := make([][]int64, 14), make([][]int64, len(Accounts))
	for a := range memorandum {
		memorandum[a] = make([]int64, n)
	}
	for s := range sums {
		sums[s] = make([]int64, n)
	}
	for i, id := range order {
		d := deltas[id]
		years[i], keys[i] = int32(id.year), id.key
		for s, segment := range Segments {
			codes[s][i] = d.opened.Codes.Of(segment)
		}
		currency[i], economic[i] = d.opened.Currency, string(d.opened.Economic)
		t := d.sums
		for s, v := range []int64{
			t.Original, t.Supplementary, t.Virement, t.Frozen, t.Released, t.Reserved, t.Committed, t.Obligated, t.Paid, t.Provisional, t.Carried, t.Lapsed, d.version, d.at,
		} {
			sums[s][i] = v
		}
		for a := range memorandum {
			memorandum[a][i] = d.memorandum[a]
		}
	}
	_, err := b.Tx.Exec(ctx, `
		insert into `+b.Table("finance_line")+` as line
		select t.y, t.k, t.s1, t.s2, t.s3, t.s4, t.s5, t.s6, t.s7, t.s8, t.c, t.e, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7, t.a8,
			t.a9, t.a10, t.a11, t.a12, t.v, array[t.m1, t.m2, t.m3, t.m4, t.m5, t.m6, t.m7, t.m8, t.m9], t.o
		from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
			$9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
			$17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[],
			$23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[], $29::bigint[], $30::bigint[], $31::bigint[],
			$32::bigint[], $33::bigint[], $34::bigint[], $35::bigint[])
			as t(y, k, s1, s2, s3, s4, s5, s6, s7, s8, c, e, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, v, m1, m2, m3, m4, m5, m6, m7, m8, m9, o)
		on conflict (year, key) do update set
			original      = line.original      + excluded.original,
			supplementary = line.supplementary + excluded.supplementary,
			virement      = line.virement      + excluded.virement,
			frozen        = line.frozen        + excluded.frozen,
			released      = line.released      + excluded.released,
			reserved      = line.reserved      + excluded.reserved,
			committed     = line.committed     + excluded.committed,
			obligated     = line.obligated     + excluded.obligated,
			paid          = line.paid          + excluded.paid,
			provisional   = line.provisional   + excluded.provisional,
			carried       = line.carried       + excluded.carried,
			lapsed        = line.lapsed        + excluded.lapsed,
			version       = excluded.version,
			memorandum    = array(select a + b from unnest(line.memorandum, excluded.memorandum) with ordinality as m(a, b, n) order by n)`,
		years, keys, codes[0], codes[1], codes[2], codes[3], codes[4], codes[5], codes[6], codes[7], currency, economic,
		sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9], sums[10], sums[11], sums[12],
		memorandum[0], memorandum[1], memorandum[2], memorandum[3], memorandum[4], memorandum[5], memorandum[6], memorandum[7], memorandum[8], sums[13])
	if err != nil {
		return fmt.Errorf("write %d budget lines: %w", n, err)
	}
	return nil
}
