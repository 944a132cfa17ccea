// Package desk keeps what lies on a person's desk: drafts, saved views, preferences, read marks.
//
// Three things to know. None of it is a fact of the office, so it stands in plain tables and not in
// the log, and none of it is needed to prove anything. Every row belongs to one person, and row-level
// security keeps it there; a draft can be lent, a view can be given to a role or as a link. Two
// people's changes of one draft are joined field by field, and what cannot be joined comes back as
// data with all three wordings.
package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/database"
	"diwan/modules/kernel"
)

// Person is who sits at the desk.
type Person struct {
	Session database.Session
	Roles   []string
}

// Desk answers and keeps.
type Desk struct {
	db  *database.DB
	now func() time.Time
}

// New returns the desk of everybody over one database.
func New(db *database.DB, now func() time.Time) *Desk { return &Desk{db: db, now: now} }

func (d *Desk) read(ctx context.Context, p Person, do func(pgx.Tx) error) error {
	return d.db.Read(ctx, p.Session, do)
}

// write runs do; an id that is already somebody else's is refused without telling whose.
func (d *Desk) write(ctx context.Context, p Person, do func(pgx.Tx) error) error {
	err := d.db.Write(ctx, p.Session, do)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "42501" || pg.Code == "23505") {
		return refusal("not_yours", "id", "هذا الرقم ليس لشيء على هذا المكتب.", "This number names nothing on this desk.")
	}
	return err
}

// refusal is what the desk does not take, at an input field.
func refusal(code, path, ar, en string, figures ...any) error {
	return kernel.Problem{Code: "desk." + code, Path: path, Message: kernel.Text{
		Ar: fmt.Sprintf(ar, figures...), En: fmt.Sprintf(en, figures...),
	}}
}

// named refuses an empty or endless word.
func named(path, value string, longest int) error {
	switch n := len([]rune(value)); {
	case n == 0:
		return refusal("missing", path, "هذا الحقل فارغ.", "This field is empty.")
	case n > longest:
		return refusal("too_long", path, "أطول ما يُقبل %d حرفاً، والمكتوب %d.", "At most %d characters, and this has %d.", longest, n)
	}
	return visible(path, value)
}

// visible refuses characters that do not show: a name lent to a colleague is read by two people.
func visible(path string, values ...string) error {
	for _, value := range values {
		if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) }) {
			return refusal("hidden_character", path, "في النص حرف لا يظهر. يُكتب من جديد بدونه.", "The text holds a character that does not show. Type it again without it.")
		}
	}
	return nil
}
