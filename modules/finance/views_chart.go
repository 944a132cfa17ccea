package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/projections"
)

// chartView keeps the chart of accounts and the fiscal years with their periods.
func (r viewReader) chartView() projections.View {
	return projections.View{
		Name: "finance_chart", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{
			{Name: "finance_segment", Columns: `
				segment    text not null,
				code       text not null,
				name_ar    text not null,
				name_en    text not null,
				parent     text not null,
				heading    bool not null,
				economic   text not null,
				valid_from date,
				valid_to   date,
				primary key (segment, code)`},
			{Name: "finance_year", Columns: `
				year     int  not null primary key,
				currency text not null,
				first    date not null,
				last     date not null`},
			{Name: "finance_period", Columns: `
				year   int  not null,
				period int  not null,
				first  date not null,
				last   date not null,
				state  text not null,
				primary key (year, period)`},
			{Name: "finance_budget_key", Columns: `
				from_year int    not null primary key,
				segments  text[] not null,
				lengths   int[]  not null`},
		},
		Apply: r.applyChart,
	}
}

func (r viewReader) applyChart(ctx context.Context, b *projections.Batch) error {
	segment, year := b.Table("finance_segment"), b.Table("finance_year")
	period, budgetKey := b.Table("finance_period"), b.Table("finance_budget_key")
	var s statements
	for i := range b.Events {
		recorded := &b.Events[i]
		switch recorded.Stream.Category {
		case "finance.segment", "finance.year", "finance.rules":
		default:
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		switch e := event.(type) {
		case SegmentValueAdded:
			s.do(`insert into `+segment+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
				string(e.Segment), e.Code, e.Name.Ar, e.Name.En, e.Parent, e.Heading, string(e.Economic), date(e.From), date(e.To))
		case SegmentValueRenamed:
			of, code := segmentOf(recorded.Stream)
			s.do(`update `+segment+` set name_ar = $3, name_en = $4 where segment = $1 and code = $2`, of, code, e.Name.Ar, e.Name.En)
		case SegmentValueDeactivated:
			of, code := segmentOf(recorded.Stream)
			s.do(`update `+segment+` set valid_to = $3::date - 1 where segment = $1 and code = $2`, of, code, date(e.From))
		case BudgetKeyChosen:
			var segments []string
			var lengths []int32
			for _, part := range e.Parts {
				segments, lengths = append(segments, string(part.Segment)), append(lengths, int32(part.Length))
			}
			s.do(`insert into `+budgetKey+` values ($1, $2, $3)
				on conflict (from_year) do update set segments = excluded.segments, lengths = excluded.lengths`,
				e.FromYear, segments, lengths)
		case FiscalYearOpened:
			s.do(`insert into `+year+` values ($1, $2, $3, $4)`, e.Year, e.Currency, date(e.From), date(e.To))
			for _, p := range e.Periods {
				s.do(`insert into `+period+` values ($1, $2, $3, $4, 'open')`, e.Year, p.No, date(p.From), date(p.To))
			}
		case PeriodSoftClosed:
			s.do(`update `+period+` set state = 'soft_closed' where year = $1::int and period = $2`, recorded.Stream.Key, e.Period)
		case PeriodClosed:
			s.do(`update `+period+` set state = 'closed' where year = $1::int and period = $2`, recorded.Stream.Key, e.Period)
		case PeriodReopenAsked:
			s.do(`update `+period+` set state = 'reopening' where year = $1::int and period = $2`, recorded.Stream.Key, e.Period)
		case PeriodReopened:
			s.do(`update `+period+` set state = 'open' where year = $1::int and period = $2`, recorded.Stream.Key, e.Period)
		}
	}
	return s.send(ctx, b.Tx)
}

// segmentOf reads segment and code from a segment value's stream key, "programme/4705".
func segmentOf(stream eventstore.Stream) (segment, code string) {
	for i := range len(stream.Key) {
		if stream.Key[i] == '/' {
			return stream.Key[:i], stream.Key[i+1:]
		}
	}
	return stream.Key, ""
}
