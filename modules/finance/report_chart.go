package finance

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// SegmentSheet is a value of the chart as a screen shows it.
type SegmentSheet struct {
	Segment            Segment
	Code               string
	Name               kernel.Text
	ParentCode         string
	Heading            bool
	ValidFrom, ValidTo kernel.Date
}

// ID names the value.
func (s *SegmentSheet) ID() string { return string(s.Segment) + "/" + s.Code }

// Posting tells whether entries may be made on it.
func (s *SegmentSheet) Posting() bool { return !s.Heading }

// Parent is the value above it.
func (s *SegmentSheet) Parent() *string {
	if s.ParentCode == "" {
		return nil
	}
	return &s.ParentCode
}

// SegmentValues lists the values of one segment in code order.
func (r *Reports) SegmentValues(ctx context.Context, by Officer, of Segment, first int, after *string) (*kernel.Connection[SegmentSheet], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	var c *kernel.Connection[SegmentSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(s *SegmentSheet, k kernel.Key) kernel.Key { return k.Text(s.Code) },
			func(s *SegmentSheet) ([]any, func()) {
				return []any{&s.Segment, &s.Code, &s.Name.Ar, &s.Name.En, &s.ParentCode, &s.Heading, (*day)(&s.ValidFrom), (*day)(&s.ValidTo)}, func() {}
			}, `
			select segment, code, name_ar, name_en, parent, heading, valid_from, valid_to
			  from read.finance_segment where segment = $1 and code > $2 order by code limit $3`, string(of), textOr(page.Key(0)))
		return err
	})
	return c, err
}

// TimelineEvent is one thing that happened to a document.
type TimelineEvent struct {
	Position   kernel.Position
	Type       string
	Version    int64
	Actor      Signer
	OnBehalfOf *Signer
	At         time.Time
	Why        string
}

// ID is the event's position.
func (e *TimelineEvent) ID() string { return itoa(e.Position.N) }

// Number is what people quote, and diwan prove takes.
func (e *TimelineEvent) Number() int64 { return e.Position.N }

// Title says what happened in words.
func (e *TimelineEvent) Title() kernel.Text { return eventWords(e.Type) }

// Reason is the reason given, when there was one.
func (e *TimelineEvent) Reason() *string {
	if e.Why == "" {
		return nil
	}
	return &e.Why
}

// History lists what happened to one stream, such as finance.voucher and its id, the newest first.
func (r *Reports) History(ctx context.Context, by Officer, category, key string, first int, after *string) (*kernel.Connection[TimelineEvent], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	before, err := wholeOr(page.Key(0), 1<<62)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(category, "finance.") {
		return nil, fmt.Errorf("%s is not a category of finance", category)
	}
	var c *kernel.Connection[TimelineEvent]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(e *TimelineEvent, k kernel.Key) kernel.Key { return k.Int(e.Version) },
			func(e *TimelineEvent) ([]any, func()) {
				return []any{&e.Position.N, &e.Type, &e.Version, &e.Actor, &e.OnBehalfOf, &e.At, &e.Why},
					func() { e.Position = r.position(e.Position.N) }
			}, `
			select position, type, version, actor, nullif(on_behalf_of, ''), at, reason
			  from read.finance_event where category = $1 and key = $2 and version < $3 and (unit = '' or unit ^@ any($4::text[]))
			 order by version desc limit $5`, category, key, before, by.Units[MayReadFinance])
		return err
	})
	return c, err
}

// Sees tells whether an officer sees anything of a document.
func (r *Reports) Sees(ctx context.Context, by Officer, kind DocumentKind, key string) (seen bool, err error) {
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select exists (select from read.finance_event where category = $1 and key = $2)`, string(kind), key).Scan(&seen)
	})
	return seen, err
}
