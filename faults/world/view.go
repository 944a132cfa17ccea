package world

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"diwan/database"
	"diwan/eventstore"
	"diwan/projections"

	"github.com/jackc/pgx/v5"
)

// View is the read model of the lines: what each one holds and how often it moved.
func View() projections.View {
	return projections.View{
		Name: "world_line", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{Name: "world_line", Columns: "key text primary key, amount bigint not null, moves bigint not null", Policies: projections.Anybody()}},
		Apply:  apply,
	}
}

type change struct{ amount, moves int64 }

func apply(ctx context.Context, b *projections.Batch) error {
	sum := map[string]change{}
	var keys []string
	for i := range b.Events {
		e := &b.Events[i]
		if e.Type != (Drawn{}).EventType() {
			continue
		}
		var d Drawn
		if err := json.Unmarshal(e.Data, &d); err != nil {
			return fmt.Errorf("read position %d: %w", e.Position, err)
		}
		c, seen := sum[e.Stream.Key]
		if !seen {
			keys = append(keys, e.Stream.Key)
		}
		sum[e.Stream.Key] = change{c.amount - d.Amount, c.moves + 1}
	}
	amounts, moves := make([]int64, len(keys)), make([]int64, len(keys))
	for i, k := range keys {
		amounts[i], moves[i] = sum[k].amount, sum[k].moves
	}
	_, err := b.Tx.Exec(ctx, fmt.Sprintf(`
		insert into %s as l (key, amount, moves)
		select key, %d + amount, moves from unnest($1::text[], $2::bigint[], $3::bigint[]) as c(key, amount, moves)
		on conflict (key) do update set amount = l.amount + excluded.amount - %[2]d, moves = l.moves + excluded.moves`,
		b.Table("world_line"), Opening), keys, amounts, moves)
	return err
}

// Shown reads one line from the view; a line that never moved shows its opening.
func Shown(ctx context.Context, db *database.DB, key string) (string, error) {
	amount := int64(Opening)
	err := db.Read(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, "select coalesce((select amount from read.world_line where key = $1), $2)", key, Opening).Scan(&amount)
	})
	return strconv.FormatInt(amount, 10), err
}
