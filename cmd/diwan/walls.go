package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/database"
)

// examineWalls looks for ways around row-level security in the catalogue of the database.
func examineWalls(ctx context.Context, db *database.DB) finding {
	f := finding{Name: "row security", OK: true, Detail: "no way around it stands in the catalogue"}
	var open []string
	err := db.Read(ctx, database.System, func(tx pgx.Tx) (err error) {
		open, err = database.Holes(ctx, tx)
		return err
	})
	switch {
	case err != nil:
		return finding{Name: f.Name, Detail: oneLine(err.Error())}
	case len(open) > 0:
		f.OK, f.Detail = false, fmt.Sprintf("%s (%d findings)", open[0], len(open))
		f.Fix = "take back what was granted or created by hand; diwan rebuild makes the tables of a view anew"
	}
	return f
}
