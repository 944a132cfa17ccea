package finance

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Reports answers questions from the read models; screens and the command line ask the same ones.
// Whoever asks must be allowed to read finance; the refusal is a kernel.Problem. A report shows
// the state of its view, or, where AsOf is given, what was true and known at an earlier place.
type Reports struct {
	db     *database.DB
	log    eventstore.Store // only for recording, in the access lane, who saw personal data
	tenant uuid.UUID
	epoch  int32
	sealer Sealer
	now    func() time.Time
	zone   *time.Location
}

// NewReports reads the module's views from db; the log tells in which epoch positions are.
func (m *Module) NewReports(ctx context.Context, db *database.DB) (*Reports, error) {
	_, epoch, err := m.log.Head(ctx, eventstore.Main)
	if err != nil {
		return nil, fmt.Errorf("read the log's epoch: %w", err)
	}
	return &Reports{db: db, log: m.log, tenant: m.tenant, epoch: epoch, sealer: m.sealer, now: m.clock, zone: m.zone}, nil
}

// read runs do for an officer who may read finance.
func (r *Reports) read(ctx context.Context, by Officer, do func(pgx.Tx) error) error {
	if !by.May(MayReadFinance) {
		return kernel.Problem{Code: "forbidden", Message: kernel.Text{
			Ar: "ليس لك حق الاطلاع على المالية.", En: "You may not read finance.",
		}}
	}
	return r.db.Read(ctx, database.Session{Actor: by.ID, OnBehalfOf: by.OnBehalfOf, Scope: by.Units[MayReadFinance]}, do)
}

// position is a place in the main lane.
func (r *Reports) position(n int64) kernel.Position {
	return kernel.Position{Lane: eventstore.Main.String(), Epoch: r.epoch, N: n}
}

// reached is SQL for the position a view has come to, in the statement that reads the view.
func reached(view string) string {
	return `coalesce((select position from es.projection where name = '` + view + `' and status = 'live'), 0)`
}

// today is the calendar day in the office's zone.
func (r *Reports) today() kernel.Date { return kernel.DateOf(r.now().In(r.zone)) }

// day scans a date that may be null.
type day kernel.Date

// ScanDate takes a date from the database.
func (d *day) ScanDate(v pgtype.Date) error {
	*d = day{}
	if v.Valid {
		*d = day(kernel.DateOf(v.Time))
	}
	return nil
}

// scan says where the columns of a row go, once for all rows, and what completes a row that was
// read.
type scan[T any] func(*T) (targets []any, complete func())

// list reads one page; sql orders its rows by the page's key and has the limit as its last argument.
func list[T any](ctx context.Context, tx pgx.Tx, p kernel.Page, key func(*T, kernel.Key) kernel.Key, of scan[T], sql string, args ...any) (*kernel.Connection[T], error) {
	rows, err := tx.Query(ctx, sql, append(args, p.First+1)...)
	if err != nil {
		return nil, fmt.Errorf("read a page: %w", err)
	}
	all := make([]T, 0, min(p.First+1, 64))
	if err := each(rows, of, func(one *T) { all = append(all, *one) }); err != nil {
		return nil, fmt.Errorf("read a page: %w", err)
	}
	return kernel.NewKeyedConnection(p, all, key), nil
}

// each reads every row into one value with one set of targets, and shows it to row, which copies it.
func each[T any](rows pgx.Rows, of scan[T], row func(*T)) error {
	var one, empty T
	targets, complete := of(&one)
	_, err := pgx.ForEachRow(rows, targets, func() error {
		complete()
		row(&one)
		one = empty // nothing of this row's slices is scanned into again
		return nil
	})
	return err
}

// SegmentFilter keeps lines whose segment has a value, or a value that begins so.
type SegmentFilter struct {
	Segment Segment
	Code    string
	Prefix  bool
}

// where builds a condition with numbered arguments.
type where struct {
	terms []string
	args  []any
}

// and adds a condition; every ? of it stands for the next argument.
func (w *where) and(term string, args ...any) {
	for _, a := range args {
		w.args = append(w.args, a)
		term = strings.Replace(term, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	w.terms = append(w.terms, term)
}

// newestFirst begins the condition of a list ordered by position, the newest first, at the page asked for.
func newestFirst(first int, after *string, position string) (kernel.Page, *where, error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return kernel.Page{}, nil, err
	}
	before, err := wholeOr(page.Key(0), 1<<62)
	if err != nil {
		return kernel.Page{}, nil, err
	}
	w := &where{}
	w.and(position+" < ?", before)
	return page, w, nil
}

func (w *where) String() string {
	if len(w.terms) == 0 {
		return "true"
	}
	return strings.Join(w.terms, " and ")
}

// within keeps rows whose column names a unit that the officer may read; the same rule stands behind
// it once more, in the row-level security of the tables.
func (w *where) within(by Officer, column string) {
	if !by.readsAll() {
		w.and(column+" ^@ any(?::text[])", by.Units[MayReadFinance])
	}
}

// readsAll tells that the officer reads the whole government's finance.
func (o Officer) readsAll() bool { return o.Covers(MayReadFinance, "") }

// limit is the placeholder of the argument after all others.
func (w *where) limit() string { return fmt.Sprintf("$%d", len(w.args)+1) }
