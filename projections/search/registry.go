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
	ID    string      `json:"id"`
	Code  string      `json:"code"`
	Name  kernel.Text `json:"name"`
	Title kernel.Text `json:"title"`
}

// registry indexes bodies, units, posts and people.
func (w *writer) registry(ctx context.Context, e *eventstore.Recorded) error {
	kind := ""
	switch e.Type {
	case "directory.body_founded":
		kind = "body"
	case "directory.unit_founded", "directory.unit_renamed":
		kind = "unit"
	case "directory.post_founded", "directory.post_renamed":
		kind = "post"
	case "access.person_registered", "access.person_renamed":
		kind = "person"
	default:
		return nil
	}
	var n named
	if err := json.Unmarshal(e.Data, &n); err != nil {
		return fmt.Errorf("read %s at %d: %w", e.Type, e.Position, err)
	}
	if n.Name == (kernel.Text{}) {
		n.Name = n.Title
	}
	if n.Name == (kernel.Text{}) {
		return nil
	}
	one := entry{kind: kind, id: n.ID, ar: n.Name.Ar, en: n.Name.En, number: n.Code, permission: "directory.read"}
	if kind == "person" {
		one.id, one.detail = e.Stream.Key, joined(n.Title.Ar, n.Title.En)
	}
	if err := w.renamed(ctx, &one); err != nil {
		return err
	}
	w.keep(one, e.Position, 0, nil, "")
	return nil
}

// renamed keeps the code of something that only gets another name, and the name it was known under
// before among what finds it; a body that is renamed as a unit stays a body.
func (w *writer) renamed(ctx context.Context, one *entry) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	var kind, ar, en, number, detail string
	err := w.tx.QueryRow(ctx, `
		select kind, title_ar, title_en, number, detail from `+w.entry+` where id = $1 and (kind = $2 or kind = 'body' and $2 = 'unit')`,
		one.id, one.kind).Scan(&kind, &ar, &en, &number, &detail)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the entry of %s: %w", one.id, err)
	}
	one.kind = kind
	if one.number == "" {
		one.number = number
	}
	if one.detail == "" {
		one.detail = joined(detail, ar, en)
	}
	return nil
}
