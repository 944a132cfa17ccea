package desk

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Preference is one choice of a person, on one device or, with Device empty, wherever they are.
type Preference struct {
	Device, Name, Value string
}

// PreferenceInput is one choice to keep.
type PreferenceInput struct {
	Name, Value string
}

// mostPreferences is how many names one device may keep.
const mostPreferences = 100

// Preferences reads what holds on a device: its own choices, and for names it has none of, the
// choices made wherever the person was last.
func (d *Desk) Preferences(ctx context.Context, by Person, device string) ([]Preference, error) {
	var all []Preference
	err := d.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select distinct on (name) device, name, value from desk.preference
			 where owner = $1 and device in ('', $2) order by name, device desc`, by.Session.Actor, device)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Preference])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read preferences: %w", err)
	}
	return all, nil
}

// SetPreferences keeps choices for the device, and as what a new device begins with.
func (d *Desk) SetPreferences(ctx context.Context, by Person, device string, choices []PreferenceInput) error {
	if err := named("device", device, longestCode); err != nil {
		return err
	}
	if len(choices) > mostPreferences {
		return refusal("too_many", "values", "أقصى ما يُحفظ %d تفضيلاً.", "At most %d preferences are kept.", mostPreferences)
	}
	names, values := make([]string, len(choices)), make([]string, len(choices))
	for i, c := range choices {
		if err := named("values", c.Name, longestCode); err != nil {
			return err
		}
		if len(c.Value) > longestParams {
			return refusal("too_long", "values", "قيمة التفضيل أطول من %d حرف.", "A preference is longer than %d characters.", longestParams)
		}
		if err := visible("values", c.Value); err != nil {
			return err
		}
		names[i], values[i] = c.Name, c.Value
	}
	return d.write(ctx, by, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into desk.preference (owner, device, name, value, changed_at)
			select distinct on (device, name) $1, device, name, value, $5
			  from unnest($3::text[], $4::text[]) with ordinality as c(name, value, n), unnest(array['', $2]) as device
			 order by device, name, n desc
			on conflict (owner, device, name) do update set value = excluded.value, changed_at = excluded.changed_at`,
			by.Session.Actor, device, names, values, d.now())
		if err != nil {
			return fmt.Errorf("keep preferences: %w", err)
		}
		_, err = tx.Exec(ctx, `
			delete from desk.preference where owner = $1 and (device, name) in (
				select device, name from desk.preference where owner = $1 order by changed_at desc offset $2)`,
			by.Session.Actor, 10*mostPreferences)
		if err != nil {
			return fmt.Errorf("drop old preferences: %w", err)
		}
		return nil
	})
}

// ReadMark says that a person has read what happened to a document up to a position.
type ReadMark struct {
	Kind, Document string
	Position       int64
}

// MarkRead moves read marks forward; a mark never moves back.
func (d *Desk) MarkRead(ctx context.Context, by Person, marks []ReadMark) error {
	if len(marks) > 500 {
		return refusal("too_many", "marks", "تُعلَّم 500 وثيقة في المرة على الأكثر.", "At most 500 documents are marked at a time.")
	}
	kinds, documents, positions := make([]string, len(marks)), make([]string, len(marks)), make([]int64, len(marks))
	for i, m := range marks {
		if err := visible("marks", m.Kind, m.Document); err != nil {
			return err
		}
		kinds[i], documents[i], positions[i] = m.Kind, m.Document, m.Position
	}
	return d.write(ctx, by, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into desk.read_mark as m
			select $1, kind, document, max(position) from unnest($2::text[], $3::text[], $4::bigint[]) as r(kind, document, position)
			 group by kind, document
			on conflict (owner, kind, document) do update set position = greatest(m.position, excluded.position)`,
			by.Session.Actor, kinds, documents, positions)
		if err != nil {
			return fmt.Errorf("mark as read: %w", err)
		}
		return nil
	})
}
