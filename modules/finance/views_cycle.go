package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// cycleView keeps the preparation of budgets: circulars, ceilings, what every programme asks for, and what
// each version of the draft took in.
func (r viewReader) cycleView() projections.View {
	return projections.View{
		Name: "finance_cycle", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{
			{Name: "finance_cycle", Columns: `
				year      int    not null primary key,
				currency  text   not null,
				subject   text   not null,
				deadline  date   not null,
				strict    bool   not null,
				on_date   date   not null,
				issued_by text   not null,
				stage     text   not null, -- open, locked, enacted
				locked    int    not null, -- the version sent to the cabinet; 0 = none
				law       text   not null,
				version   bigint not null,
				position  bigint not null`},
			{Name: "finance_budget_ceiling", Columns: `
				year      int      not null,
				chapter   text     not null,
				programme text     not null, -- empty: the whole chapter
				economic  text     not null, -- empty: current and capital together
				amounts   bigint[] not null,
				on_date   date     not null,
				set_by    text     not null,
				unit      text     not null,
				primary key (year, chapter, programme, economic)`},
			{Name: "finance_budget_request", Columns: `
				year         int      not null,
				chapter      text     not null,
				programme    text     not null,
				round        int      not null,
				state        text     not null, -- submitted, returned, approved, enacted
				current      bigint[] not null,
				capital      bigint[] not null,
				lines        int      not null,
				breaches     jsonb    not null,
				reason       text     not null,
				returned_for text     not null,
				on_date      date     not null,
				submitted_by text     not null,
				decided_by   text     not null,
				version      bigint   not null,
				position     bigint   not null, -- of the first round
				unit         text     not null,
				primary key (year, chapter, programme)`},
			{Name: "finance_budget_request_line", Columns: `
				year      int      not null,
				chapter   text     not null,
				programme text     not null,
				line      int      not null,
				key       text     not null,
				codes     jsonb    not null,
				economic  text     not null,
				amounts   bigint[] not null,
				reason    text     not null,
				unit      text     not null,
				primary key (year, chapter, programme, line)`},
			{Name: "finance_budget_draft", Columns: `
				year      int      not null,
				draft     int      not null, -- version 1, 2, 3 …
				chapter   text     not null,
				programme text     not null,
				round     int      not null,
				current   bigint[] not null,
				capital   bigint[] not null,
				on_date   date     not null,
				made_by   text     not null,
				unit      text     not null,
				primary key (year, draft, chapter, programme)`},
		},
		Apply: r.applyCycles,
	}
}

func (r viewReader) applyCycles(ctx context.Context, b *projections.Batch) error {
	w := cycleWriter{b: b}
	for i := range b.Events {
		recorded := &b.Events[i]
		if c := recorded.Stream.Category; c != "finance.budget_cycle" && c != "finance.budget_request" {
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		parts := strings.Split(recorded.Stream.Key, "/")
		year, err := strconv.Atoi(parts[0])
		if err != nil {
			return fmt.Errorf("stream %s does not name a year: %w", recorded.Stream, err)
		}
		if len(parts) == 3 {
			w.request(recorded, year, parts[1], parts[2], event)
		} else {
			w.cycle(recorded, year, event)
		}
	}
	return w.send(ctx, b.Tx)
}

// cycleWriter collects what a batch writes.
type cycleWriter struct {
	statements
	b *projections.Batch
}

func (w *cycleWriter) cycle(at *eventstore.Recorded, year int, event eventstore.Event) {
	cycles := w.b.Table("finance_cycle")
	switch e := event.(type) {
	case BudgetCircularIssued:
		w.do(`insert into `+cycles+` values ($1, $2, $3, $4, $5, $6, $7, 'open', 0, '', $8, $9)`,
			year, e.Currency, e.Subject, date(e.Deadline), e.Strict, date(e.On), e.By.Person, at.Version, at.Position)
		return
	case BudgetCeilingSet:
		w.do(`insert into `+w.b.Table("finance_budget_ceiling")+` values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (year, chapter, programme, economic) do update set amounts = excluded.amounts, on_date = excluded.on_date, set_by = excluded.set_by`,
			year, e.Chapter, e.Programme, string(e.Economic), e.Amounts[:], date(e.On), e.By.Person, kernel.BudgetUnit(e.Chapter, ""))
	case DraftBudgetConsolidated:
		names, rounds := make([]string, 0, len(e.Requests)), make([]int32, 0, len(e.Requests))
		for name, round := range e.Requests {
			names, rounds = append(names, name), append(rounds, int32(round))
		}
		w.do(`insert into `+w.b.Table("finance_budget_draft")+`
			select r.year, $2, r.chapter, r.programme, r.round, r.current, r.capital, $3, $4, r.unit
			  from unnest($5::text[], $6::int[]) as taken (name, round)
			  join `+w.b.Table("finance_budget_request")+` r on r.year = $1 and r.chapter || '/' || r.programme = taken.name and r.round = taken.round`,
			year, e.Version, date(e.On), e.By.Person, names, rounds)
	case BudgetLocked:
		w.do(`update `+cycles+` set stage = 'locked', locked = $2 where year = $1`, year, e.Version)
	case BudgetEnacted:
		w.do(`update `+cycles+` set stage = 'enacted', law = $2 where year = $1`, year, e.Law)
	case RequestEnacted:
		w.do(`update `+w.b.Table("finance_budget_request")+` set state = 'enacted' where year = $1 and chapter || '/' || programme = $2`, year, e.Request)
	}
	w.do(`update `+cycles+` set version = $2 where year = $1`, year, at.Version)
}

func (w *cycleWriter) request(at *eventstore.Recorded, year int, chapter, programme string, event eventstore.Event) {
	requests := w.b.Table("finance_budget_request")
	const one = ` where year = $1 and chapter = $2 and programme = $3`
	switch e := event.(type) {
	case BudgetRequestSubmitted:
		current, capital := totals(e.Lines)
		unit := kernel.BudgetUnit(chapter, "")
		w.do(`insert into `+requests+` values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, '', $10, $11, '', $12, $13, $14)
			on conflict (year, chapter, programme) do update set round = excluded.round, state = excluded.state, current = excluded.current,
				capital = excluded.capital, lines = excluded.lines, breaches = excluded.breaches, reason = excluded.reason,
				on_date = excluded.on_date, submitted_by = excluded.submitted_by, decided_by = '', returned_for = '', version = excluded.version`,
			year, chapter, programme, e.Round, current[:], capital[:], len(e.Lines), breachesJSON(e.Breaches), e.Reason,
			date(e.On), e.By.Person, at.Version, at.Position, unit)
		lines := w.b.Table("finance_budget_request_line")
		w.do(`delete from `+lines+one, year, chapter, programme)
		for _, l := range e.Lines {
			w.do(`insert into `+lines+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
				year, chapter, programme, l.Line, l.Key, codesJSON(l.Codes), string(l.Economic), l.Amounts[:], l.Reason, unit)
		}
	case BudgetRequestReturned:
		w.do(`update `+requests+` set state = 'returned', returned_for = $4, decided_by = $5, version = $6`+one, year, chapter, programme, e.Reason, e.By.Person, at.Version)
	case BudgetRequestApproved:
		w.do(`update `+requests+` set state = 'approved', returned_for = '', decided_by = $4, version = $5`+one, year, chapter, programme, e.By.Person, at.Version)
	}
}

// breachesJSON is what a request goes beyond, for a json column; never null.
func breachesJSON(all []CeilingBreach) string {
	if len(all) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(all) // numbers and texts always marshal
	return string(text)
}
