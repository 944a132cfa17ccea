package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"diwan/database"
	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// Replay is what came out of building a view afresh beside the one people read.
type Replay struct {
	View        string
	Batch       int   // events per Apply
	Position    int64 // how far both went
	Differences []Difference
}

// Difference names the first row, in the order of its text, that only one side has.
type Difference struct {
	Table              string
	LiveRows, Rows     int64
	LiveHash, Hash     string
	OnlyLive, OnlyAnew string // empty when that side has no row of its own
}

// String is a sentence that names the row.
func (d Difference) String() string {
	return fmt.Sprintf("table %s: live has %d rows (%s), rebuilt %d (%s); only live: %s; only rebuilt: %s",
		d.Table, d.LiveRows, d.LiveHash, d.Rows, d.Hash, orNone(d.OnlyLive), orNone(d.OnlyAnew))
}

func orNone(row string) string {
	if row == "" {
		return "none"
	}
	return row
}

var errUndo = errors.New("undo")

// Check builds a view from the first event in batches of the given size, up to where its live
// generation stands, and compares all tables row for row. The live generation stands still
// meanwhile; nothing of the check stays.
func Check(ctx context.Context, db *database.DB, store eventstore.Store, v View, batch int) (Replay, error) {
	out := Replay{View: v.Name, Batch: batch}
	if err := checkViews([]View{v}); err != nil {
		return out, err
	}
	err := db.Project(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectGeneration+` where name = $1 and status = 'live' for update`, v.Name)
		if err != nil {
			return fmt.Errorf("hold view %s: %w", v.Name, err)
		}
		g, err := pgx.CollectExactlyOneRow(rows, scanGeneration)
		if err != nil {
			return fmt.Errorf("find the live generation of view %s: %w", v.Name, err)
		}
		if g.version != v.Version {
			return fmt.Errorf("view %s: version %d is live, this program has %d", v.Name, g.version, v.Version)
		}
		out.Position = g.position
		if err := replay(ctx, tx, store, &v, batch, g.position); err != nil {
			return err
		}
		for _, t := range v.Tables {
			d, same, err := compare(ctx, tx, t.Name, generationTable(g.number)(t.Name), replayTable(t.Name))
			if err != nil {
				return err
			}
			if !same {
				out.Differences = append(out.Differences, d)
			}
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return out, err
}

func replayTable(table string) string { return "read." + table + "_replay" }

// replay builds the view into tables that live as long as the transaction.
func replay(ctx context.Context, tx pgx.Tx, store eventstore.Store, v *View, batch int, end int64) error {
	if err := createTables(ctx, tx, v, replayTable); err != nil {
		return err
	}
	if err := createIndexes(ctx, tx, v, replayTable); err != nil {
		return err
	}
	whole := max(1, 1000/batch) * batch // pages are whole batches
	for at := int64(0); at < end; {
		page, err := store.Read(ctx, v.Lane, at, int(min(int64(whole), end-at)))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return fmt.Errorf("view %s stands at %d and the log ends at %d", v.Name, end, at)
		}
		for events := range slices.Chunk(page, batch) {
			if err := v.Apply(ctx, &Batch{Tx: tx, Events: events, view: v, name: replayTable}); err != nil {
				return fmt.Errorf("rebuild view %s at position %d: %w", v.Name, events[0].Position, err)
			}
		}
		at = page[len(page)-1].Position
	}
	return nil
}

// compare hashes both tables and, when they differ, finds the first row on each side.
func compare(ctx context.Context, tx pgx.Tx, table, live, anew string) (d Difference, same bool, err error) {
	d.Table = table
	summary := func(name string) (rows int64, hash string, err error) {
		err = tx.QueryRow(ctx, `
			select count(*), coalesce(md5(string_agg(t::text, e'\n' order by t::text collate "C")), '') from `+name+` t`).Scan(&rows, &hash)
		if err != nil {
			err = fmt.Errorf("hash %s: %w", name, err)
		}
		return rows, hash, err
	}
	if d.LiveRows, d.LiveHash, err = summary(live); err != nil {
		return d, false, err
	}
	if d.Rows, d.Hash, err = summary(anew); err != nil {
		return d, false, err
	}
	if d.LiveRows == d.Rows && d.LiveHash == d.Hash {
		return d, true, nil
	}
	only := func(a, b string) (row string, err error) {
		err = tx.QueryRow(ctx, `
			select coalesce((select r from (select t::text r from `+a+` t except all select t::text from `+b+` t) x
			                  order by r collate "C" limit 1), '')`).Scan(&row)
		return row, err
	}
	if d.OnlyLive, err = only(live, anew); err == nil {
		d.OnlyAnew, err = only(anew, live)
	}
	if err != nil {
		return d, false, fmt.Errorf("find the row of %s that differs: %w", table, err)
	}
	return d, false, nil
}
