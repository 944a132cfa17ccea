package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
)

// AsOf builds a view as it stood at a position of its lane and hands its tables to do; name gives a
// table's name there. Readers of the live view notice nothing, and nothing of it stays. The time it
// takes grows with the position.
func AsOf(ctx context.Context, db *database.DB, store eventstore.Store, v View, position int64, do func(tx pgx.Tx, name func(table string) string) error) error {
	if err := checkViews([]View{v}); err != nil {
		return err
	}
	head, _, err := store.Head(ctx, v.Lane)
	if err != nil {
		return err
	}
	if position < 0 || position > head {
		return fmt.Errorf("view %s cannot be shown at position %d: the log ends at %d", v.Name, position, head)
	}
	err = db.Project(ctx, func(tx pgx.Tx) error {
		if err := replay(ctx, tx, store, &v, 500, position); err != nil {
			return err
		}
		if err := do(tx, replayTable); err != nil {
			return err
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}
