package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// This file keeps what a line's sums were after each of its events, so that a report as it was known
// at an earlier place reads one row a line and folds nothing again.

func lineMoveTables() []projections.Table {
	return []projections.Table{{
		Name: "finance_line_move",
		Columns: `
			year       int      not null,
			key        text     not null,
			position   bigint   not null,
			on_date    date     not null, -- when it is true; -infinity: in the whole year
			known_on   date     not null, -- when the office knew it
			sums       bigint[] not null, -- of the line after it, in the order of StageSums
			memorandum bigint[] not null, -- after it
			unit       text     not null,
			primary key (year, key, position)`,
		// Only what was entered on another day than its own has to be looked at beside the last row.
		Indexes: []string{"(year, key) where on_date <> known_on", "(position)"},
	}, dayTable("finance_line_day"), {
		Name: "finance_line_act",
		Columns: `
			command uuid   not null primary key, -- the last one, which the next batch may go on with
			first   bigint not null,
			on_date date,
			unit    text   not null default '.'`,
	}}
}

// lineMoves writes the moves of a batch.
type lineMoves struct {
	b     *projections.Batch
	days  dayMarks
	act   moveAct
	acts  bool // the act is another one than was read
	dated lateDate
	lines map[lineID]*lineState
	rows  []lineMove
}

// moveAct is the command whose events are being read. Its document says on which day it is true.
type moveAct struct {
	command uuid.UUID
	first   int64
	on      kernel.Date
}

// lateDate is the day of a command that an earlier batch wrote moves of, before its document was read.
type lateDate struct {
	on          kernel.Date
	first, last int64
}

// lineState is a line as the batch found it, or left it so far.
type lineState struct {
	sums StageSums
	memo memorandum
	unit string
}

type lineMove struct {
	id       lineID
	position int64
	on       kernel.Date
	whole    bool // true in the whole year
	known    kernel.Date
	sums     StageSums
	memo     memorandum
	unit     string
}

func openMoves(ctx context.Context, b *projections.Batch) (*lineMoves, error) {
	m := &lineMoves{b: b, lines: map[lineID]*lineState{}}
	if err := m.days.open(ctx, b, "finance_line_day"); err != nil {
		return nil, err
	}
	var on day
	rows, err := b.Tx.Query(ctx, `select command, first, on_date from `+b.Table("finance_line_act"))
	if err != nil {
		return nil, fmt.Errorf("read the last act: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&m.act.command, &m.act.first, &on); err != nil {
			return nil, fmt.Errorf("read the last act: %w", err)
		}
		m.act.on = kernel.Date(on)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the last act: %w", err)
	}
	return m, m.load(ctx)
}

// load reads the lines that the batch moves as they stand before it.
func (m *lineMoves) load(ctx context.Context) error {
	var years []int32
	var keys []string
	for i := range m.b.Events {
		s := m.b.Events[i].Stream
		if s.Category != "finance.budget" {
			continue
		}
		year, key, err := lineOf(s)
		if err != nil {
			return err
		}
		id := lineID{year, key}
		if m.lines[id] == nil {
			m.lines[id] = &lineState{}
			years, keys = append(years, int32(year)), append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	rows, err := m.b.Tx.Query(ctx, `
		select l.year, l.key, l.unit, l.memorandum,
			l.original, l.supplementary, l.virement, l.frozen, l.released, l.reserved, l.committed, l.obligated, l.paid,
			l.provisional, l.carried, l.lapsed
		  from `+m.b.Table("finance_line")+` l join unnest($1::int[], $2::text[]) as t(year, key) using (year, key)`, years, keys)
	if err != nil {
		return fmt.Errorf("read %d lines: %w", len(keys), err)
	}
	defer rows.Close()
	for rows.Next() {
		var id lineID
		var memo []int64
		var l lineState
		s := &l.sums
		err := rows.Scan(&id.year, &id.key, &l.unit, &memo,
			&s.Original, &s.Supplementary, &s.Virement, &s.Frozen, &s.Released, &s.Reserved, &s.Committed, &s.Obligated, &s.Paid, &s.Provisional, &s.Carried, &s.Lapsed)
		if err != nil {
			return fmt.Errorf("read %d lines: %w", len(keys), err)
		}
		copy(l.memo[:], memo)
		m.lines[id] = &l
	}
	return rows.Err()
}

// see takes notice of any event: the day it became known, and the day its command says it is true on.
func (m *lineMoves) see(e *eventstore.Recorded) error {
	m.days.see(e)
	if e.Command != m.act.command {
		m.act, m.acts = moveAct{command: e.Command, first: e.Position}, true
	}
	if !m.act.on.IsZero() || e.Stream.Category == "finance.budget" {
		return nil
	}
	switch e.Stream.Category {
	case "finance.order", "finance.virement", "finance.reservation", "finance.commitment", "finance.invoice", "finance.voucher", "finance.journal":
	default:
		return nil
	}
	var said struct {
		On kernel.Date `json:"on"`
	}
	if err := json.Unmarshal(e.Data, &said); err != nil {
		return fmt.Errorf("event %d: %w", e.Position, err)
	}
	if said.On.IsZero() {
		return nil
	}
	m.act.on, m.acts = said.On, true
	for i := len(m.rows) - 1; i >= 0 && m.rows[i].position >= m.act.first; i-- {
		m.rows[i].on = said.On // the document came after its lines
	}
	if begin := m.b.Events[0].Position; m.act.first < begin {
		m.dated = lateDate{said.On, m.act.first, begin - 1}
	}
	return nil
}

// add keeps the line's sums after an event.
func (m *lineMoves) add(id lineID, at *eventstore.Recorded, e eventstore.Event) {
	l := m.lines[id]
	move := lineMove{id: id, position: at.Position, on: m.act.on, known: m.days.today}
	switch e := e.(type) {
	case BudgetLineOpened:
		l.unit, move.whole = e.Codes.unit(), true
	case AppropriationEnacted:
		move.whole = true // the law is of the year, whenever it was passed
	}
	l.sums.add(e)
	for _, t := range Transfers(e) {
		l.memo[slices.Index(Accounts, t.From)] -= t.Amount
		l.memo[slices.Index(Accounts, t.To)] += t.Amount
	}
	move.sums, move.memo, move.unit = l.sums, l.memo, l.unit
	m.rows = append(m.rows, move)
}

func (m *lineMoves) save(ctx context.Context) error {
	if err := m.days.save(ctx, m.b, "finance_line_day"); err != nil {
		return err
	}
	if m.acts {
		_, err := m.b.Tx.Exec(ctx, `with last as (insert into `+m.b.Table("finance_line_act")+` (command, first, on_date) values ($1, $2, $3)
			on conflict (command) do update set on_date = excluded.on_date returning command)
			delete from `+m.b.Table("finance_line_act")+` a using last where a.command <> last.command`, m.act.command, m.act.first, date(m.act.on))
		if err != nil {
			return fmt.Errorf("write the last act: %w", err)
		}
	}
	rows := make([][]any, len(m.rows))
	for i, r := range m.rows {
		on := date(r.on)
		switch {
		case r.whole:
			on = wholeYear()
		case r.on.IsZero():
			on = date(r.known)
		}
		s := r.sums
		rows[i] = []any{
			int32(r.id.year), r.id.key, r.position, on, date(r.known),
			[]int64{s.Original, s.Supplementary, s.Virement, s.Frozen, s.Released, s.Reserved, s.Committed, s.Obligated, s.Paid, s.Provisional, s.Carried, s.Lapsed},
			r.memo[:], r.unit,
		}
	}
	err := m.b.Copy(ctx, "finance_line_move", []string{"year", "key", "position", "on_date", "known_on", "sums", "memorandum", "unit"}, rows)
	if err != nil {
		return fmt.Errorf("write %d moves of lines: %w", len(rows), err)
	}
	return m.late(ctx)
}

// late dates the moves that an earlier batch wrote before their command's document was read.
func (m *lineMoves) late(ctx context.Context) error {
	if m.dated.on.IsZero() {
		return nil
	}
	_, err := m.b.Tx.Exec(ctx, `update `+m.b.Table("finance_line_move")+` set on_date = $1 where position between $2 and $3 and on_date > '-infinity'`,
		date(m.dated.on), m.dated.first, m.dated.last)
	if err != nil {
		return fmt.Errorf("date moves of the act before: %w", err)
	}
	return nil
}

// wholeYear is the day of what is true in the whole year.
func wholeYear() pgtype.Date {
	return pgtype.Date{InfinityModifier: pgtype.NegativeInfinity, Valid: true}
}
