package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// Audience is for whom a saved view is.
type Audience string

// The audiences of a view.
const (
	ForUser Audience = "user" // its owner
	ForRole Audience = "role" // everybody with a role
	ForLink Audience = "link" // whoever has the link
)

// SavedView is a list as somebody arranged it: the filters of its address, and its columns (عرض محفوظ).
type SavedView struct {
	ID        uuid.UUID
	Owner     string
	Page      string
	Name      string
	Params    string
	Columns   string
	Audience  Audience
	Role      string
	Preferred bool
	ChangedAt time.Time
}

// SaveView keeps a view; the same id again changes it.
type SaveView struct {
	ID        uuid.UUID
	Page      string
	Name      string
	Params    string
	Columns   *string
	Audience  Audience
	Role      *string
	Preferred *bool
}

// SavedAs is what became of it.
type SavedAs struct {
	View     *SavedView
	Problems []kernel.Refusal
}

const viewColumns = `id, owner, page, name, params, columns, audience, role, preferred, changed_at`

func scanView(row pgx.Row, v *SavedView) error {
	return row.Scan(&v.ID, &v.Owner, &v.Page, &v.Name, &v.Params, &v.Columns, &v.Audience, &v.Role, &v.Preferred, &v.ChangedAt)
}

// SavedViews lists the person's views of a page and those given to a role of theirs, by name.
func (d *Desk) SavedViews(ctx context.Context, by Person, page string) ([]SavedView, error) {
	var all []SavedView
	err := d.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select `+viewColumns+` from desk.saved_view
			 where page = $1 and (owner = $2 or audience = 'role' and role = any ($3))
			 order by preferred desc, name, id limit 200`, page, by.Session.Actor, by.Roles)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (SavedView, error) {
			var one SavedView
			return one, scanView(row, &one)
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the views of %s: %w", page, err)
	}
	return all, nil
}

// SavedView reads one by its link; nil when it is not there or is somebody's own.
func (d *Desk) SavedView(ctx context.Context, by Person, id uuid.UUID) (*SavedView, error) {
	var found []SavedView
	err := d.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select `+viewColumns+` from desk.saved_view
			 where id = $1 and (owner = $2 or audience = 'link' or audience = 'role' and role = any ($3))`, id, by.Session.Actor, by.Roles)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (SavedView, error) {
			var one SavedView
			return one, scanView(row, &one)
		})
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// SaveView keeps a view of the person's own.
func (d *Desk) SaveView(ctx context.Context, by Person, in SaveView) (*SavedView, error) {
	for _, check := range []error{
		named("page", in.Page, longestCode), named("name", in.Name, longestCode), visible("params", in.Params, textOr(in.Columns), textOr(in.Role)),
	} {
		if check != nil {
			return nil, check
		}
	}
	role := textOr(in.Role)
	switch {
	case len(in.Params) > longestParams || len(textOr(in.Columns)) > longestParams:
		return nil, refusal("too_long", "params", "شروط العرض أطول من %d حرف.", "The view's conditions are longer than %d characters.", longestParams)
	case (in.Audience == ForRole) != (role != ""):
		return nil, refusal("role_missing", "role", "العرض المشترك يُعطى لدور واحد.", "A view for a role names the role, and no other view does.")
	case in.Audience == ForRole && !holds(by.Roles, role):
		return nil, refusal("role_not_yours", "role", "يُعطى العرض لدور يحمله صاحبه.", "A view is given to a role that its owner holds.")
	}
	preferred := in.Preferred != nil && *in.Preferred
	var kept SavedView
	err := d.write(ctx, by, func(tx pgx.Tx) error {
		var count int
		if err := tx.QueryRow(ctx, `select count(*) from desk.saved_view where owner = $1 and id <> $2`, by.Session.Actor, in.ID).Scan(&count); err != nil {
			return err
		}
		if count >= mostDrafts {
			return refusal("too_many", "", "العروض المحفوظة %d، وهو أقصى ما يُحفظ.", "%d views are kept, which is the most.", count)
		}
		if preferred {
			_, err := tx.Exec(ctx, `update desk.saved_view set preferred = false where owner = $1 and page = $2 and preferred`, by.Session.Actor, in.Page)
			if err != nil {
				return err
			}
		}
		return scanView(tx.QueryRow(ctx, `
			insert into desk.saved_view as v values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			on conflict (id) do update set name = excluded.name, params = excluded.params, columns = excluded.columns,
				audience = excluded.audience, role = excluded.role, preferred = excluded.preferred, changed_at = excluded.changed_at
			returning `+viewColumns,
			in.ID, by.Session.Actor, in.Page, in.Name, in.Params, textOr(in.Columns), string(in.Audience), role, preferred, d.now()), &kept)
	})
	if err != nil {
		return nil, fmt.Errorf("save view %s: %w", in.ID, err)
	}
	return &kept, nil
}

// RemoveView removes a view of the person's own.
func (d *Desk) RemoveView(ctx context.Context, by Person, id uuid.UUID) error {
	return d.write(ctx, by, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from desk.saved_view where id = $1`, id); err != nil {
			return fmt.Errorf("remove view %s: %w", id, err)
		}
		return nil
	})
}

func holds(roles []string, role string) bool {
	for _, one := range roles {
		if one == role {
			return true
		}
	}
	return false
}
