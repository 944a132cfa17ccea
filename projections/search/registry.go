package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// named is what the registry's and access's events say of names. A person's name is what they sign
// with in the office and stands open in their events.
type named struct {
	Act       string      `json:"act"`
	From      kernel.Date `json:"from"`
	ID        string      `json:"id"`
	Code      string      `json:"code"`
	Name      kernel.Text `json:"name"`
	Title     kernel.Text `json:"title"`
	Continues bool        `json:"continues"`
}

// registry indexes bodies, units, posts and people.
func (w *writer) registry(ctx context.Context, e *eventstore.Recorded) error {
	kind, ends := "", false
	switch e.Type {
	case "access.person_registered", "access.person_renamed":
		return w.person(ctx, e)
	case "directory.body_founded":
		kind = "body"
	case "directory.unit_founded":
		kind = "unit"
	case "directory.post_founded":
		kind = "post"
	case "directory.unit_renamed", "directory.post_renamed", "directory.unit_moved", "directory.post_moved":
	case "directory.unit_closed", "directory.unit_merged", "directory.post_closed", "directory.unit_split":
		ends = true
	case "directory.act_withdrawn":
		return w.withdrawn(ctx, e)
	default:
		return nil
	}
	n, err := readNamed(e)
	if err != nil || ends && n.Continues {
		return err
	}
	w.do(`insert into `+w.name+` values ($1, $2, $3::date, $4, $5, $6, $7, $8, $9)`, n.ID, n.Act, n.From.String(), e.Position, kind, n.Name.Ar, n.Name.En, n.Code, ends)
	return w.days(ctx, n.ID, e.Position)
}

func readNamed(e *eventstore.Recorded) (n named, err error) {
	if err := json.Unmarshal(e.Data, &n); err != nil {
		return n, fmt.Errorf("read %s at %d: %w", e.Type, e.Position, err)
	}
	if n.Name == (kernel.Text{}) {
		n.Name = n.Title
	}
	return n, nil
}

// withdrawn takes back what an act was to change: what it named, and what it ended.
func (w *writer) withdrawn(ctx context.Context, e *eventstore.Recorded) error {
	n, err := readNamed(e)
	if err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	rows, err := w.tx.Query(ctx, `delete from `+w.name+` where act = $1 returning id`, n.Act)
	if err != nil {
		return fmt.Errorf("take back the names of %s: %w", n.Act, err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("take back the names of %s: %w", n.Act, err)
	}
	for _, id := range ids {
		if err := w.days(ctx, id, e.Position); err != nil {
			return err
		}
	}
	return nil
}

// dated is one thing that is said of a body, a unit or a post from a day on.
type dated struct {
	from, kind, ar, en, code string
	ends                     bool
}

// days writes what a body, a unit or a post is called, day by day. The names before are among what
// finds it; before it is founded and after its end nothing does.
func (w *writer) days(ctx context.Context, id string, position int64) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	rows, err := w.tx.Query(ctx, `select from_on::text, kind, name_ar, name_en, code, ends from `+w.name+` where id = $1 order by from_on, position`, id)
	if err != nil {
		return fmt.Errorf("read the names of %s: %w", id, err)
	}
	said, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d dated, err error) {
		return d, row.Scan(&d.from, &d.kind, &d.ar, &d.en, &d.code, &d.ends)
	})
	if err != nil {
		return fmt.Errorf("read the names of %s: %w", id, err)
	}
	w.do(`delete from `+w.entry+` where id = $1 and kind in ('body', 'unit', 'post')`, id)
	now := entry{id: id, permission: names}
	for i, d := range said {
		if d.ends {
			break
		}
		if d.kind != "" {
			now.kind = d.kind
		}
		if d.code != "" {
			now.number = d.code
		}
		if d.ar != "" || d.en != "" {
			if (now.ar != "" || now.en != "") && (now.ar != d.ar || now.en != d.en) {
				now.detail = joined(now.detail, now.ar, now.en)
			}
			now.ar, now.en = d.ar, d.en
		}
		if now.from, now.until = d.from, ""; i+1 < len(said) {
			now.until = said[i+1].from
		}
		if now.kind == "" || now.from == now.until || now.ar == "" && now.en == "" { // its founding was withdrawn, or more is said of the day
			continue
		}
		w.keep(now, position, 0, nil, "")
	}
	return nil
}

// person indexes somebody under their name; the one before still finds them.
func (w *writer) person(ctx context.Context, e *eventstore.Recorded) error {
	n, err := readNamed(e)
	if err != nil || n.Name == (kernel.Text{}) {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	one := entry{kind: "person", id: e.Stream.Key, ar: n.Name.Ar, en: n.Name.En, number: n.Code, permission: names, detail: joined(n.Title.Ar, n.Title.En)}
	var ar, en, number, detail string
	err = w.tx.QueryRow(ctx, `select title_ar, title_en, number, detail from `+w.entry+` where id = $1 and kind = 'person'`, one.id).Scan(&ar, &en, &number, &detail)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
	case err != nil:
		return fmt.Errorf("read the entry of %s: %w", one.id, err)
	default:
		if one.number == "" {
			one.number = number
		}
		if one.detail == "" {
			one.detail = joined(detail, ar, en)
		}
	}
	w.keep(one, e.Position, 0, nil, "")
	return nil
}
