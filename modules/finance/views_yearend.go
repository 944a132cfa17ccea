package finance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/projections"
)

// yearEndView keeps how far the close of each year is, and the rules it goes by.
func (r viewReader) yearEndView() projections.View {
	return projections.View{
		Name: "finance_year_end", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{
			{Name: "finance_year_end", Columns: `
				year  int  not null primary key,
				state json not null,
				unit  text not null`},
			{Name: "finance_closing_rules", Columns: `
				position bigint not null primary key,
				rules    json   not null,
				unit     text   not null`},
		},
		Apply: r.applyYearEnd,
	}
}

func (r viewReader) applyYearEnd(ctx context.Context, b *projections.Batch) error {
	ends := map[int]*YearEnd{}
	var s statements
	for i := range b.Events {
		at := &b.Events[i]
		if at.Type == (ClosingRulesSet{}).EventType() {
			s.do(`insert into `+b.Table("finance_closing_rules")+` values ($1, $2, '.')`, at.Position, string(at.Data))
		}
		if at.Stream.Category != "finance.yearend" {
			continue
		}
		event, err := r.event(at)
		if err != nil {
			return err
		}
		year, err := strconv.Atoi(at.Stream.Key)
		if err != nil {
			return fmt.Errorf("stream %s names no year", at.Stream)
		}
		if ends[year] == nil {
			end, err := yearEndIn(ctx, b.Tx, b.Table("finance_year_end"), year)
			if err != nil {
				return err
			}
			ends[year] = &end
		}
		*ends[year] = ends[year].evolve(event)
	}
	for year, end := range ends {
		text, err := json.Marshal(end)
		if err != nil {
			return fmt.Errorf("keep the close of %d: %w", year, err)
		}
		s.do(`insert into `+b.Table("finance_year_end")+` values ($1, $2, '.') on conflict (year) do update set state = excluded.state`, year, string(text))
	}
	return s.send(ctx, b.Tx)
}

// yearEndIn reads a close; an empty one when there is none.
func yearEndIn(ctx context.Context, tx pgx.Tx, table string, year int) (end YearEnd, err error) {
	var text []byte
	err = tx.QueryRow(ctx, `select state from `+table+` where year = $1`, year).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return end, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &end)
	}
	if err != nil {
		return end, fmt.Errorf("read the close of %d: %w", year, err)
	}
	return end, nil
}
