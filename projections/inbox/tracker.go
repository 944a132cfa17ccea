package inbox

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/paper"
)

// Tracker is the way of one document (متابعة المعاملة): what was done, what waits and for whom.
type Tracker struct {
	ID       string // kind and document
	Kind     string
	Document string
	Number   string
	Money    *MoneyState // nil for documents that hold no money
	Steps    []TrackedStep
	Position kernel.Position
}

// Title is what kind of document it is.
func (t *Tracker) Title() kernel.Text { return kindWords(t.Kind) }

// MoneyState is where a document's money is.
type MoneyState string

// The states of money, as people are told them.
const (
	Free     MoneyState = "free"
	Reserved MoneyState = "reserved"
	Spent    MoneyState = "spent"
)

// TrackedState is how a step stands.
type TrackedState string

// The states of a step.
const (
	Done    TrackedState = "done"
	Waiting TrackedState = "waiting"
	Delayed TrackedState = "delayed" // Diwan's own turn, and late
	Refused TrackedState = "refused"
	Undone  TrackedState = "undone"
)

// TrackedStep is one step: of those taken, in their order, and at the end the one that waits.
type TrackedStep struct {
	State      TrackedState
	Step       string
	What       kernel.Text
	By         *string // who took it, or to whom it went back
	OnBehalfOf *string
	ByName     *kernel.Text
	Whom       *kernel.Text // whose turn it is, by role
	Reason     string
	At         time.Time // when it was taken, or since when it waits
	Due        kernel.Date
}

// stepTable keeps every step of every document.
func stepTable() projections.Table {
	return projections.Table{Name: "inbox_step", Columns: `
		kind         text        not null,
		document     text        not null,
		position     bigint      not null,
		step         text        not null,
		actor        text        not null,
		on_behalf_of text        not null,
		reason       text        not null,
		at           timestamptz not null,
		unit         text        not null, -- of the document
		primary key (kind, document, position)`, Policies: []string{inScope()}}
}

// took keeps a step, and moves those before it when the document has moved to another unit.
func (w *writer) took(f paper.Fact) {
	w.do(`
		insert into `+w.step+`
		select kind, document, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, unit from `+w.item+` where kind = $1 and document = $2`,
		f.Kind, f.ID, f.Position, f.Step, f.By, f.For, f.Reason, f.At)
	if begins(f) {
		w.do(`
			update `+w.step+` s set unit = i.unit from `+w.item+` i
			 where s.kind = $1 and s.document = $2 and i.kind = $1 and i.document = $2 and s.unit <> i.unit`, f.Kind, f.ID)
	}
}

// mayRead is the right to see a document's way: reading finance where it belongs. $1 and $2 are
// permissions and prefixes.
const mayRead = `exists (select from unnest($1::text[], $2::text[]) as held(permission, prefix)
	where held.permission = 'finance.read' and (i.unit = '' or i.unit ^@ held.prefix))`

// Track answers the way of a document; nil when it is not there, and for those who may not see it.
func (x *Inbox) Track(ctx context.Context, a projections.Asker, kind, document string) (*Tracker, error) {
	all, err := x.TrackAll(ctx, a, kind, []string{document})
	if err != nil {
		return nil, err
	}
	return all[document], nil
}

// TrackAll answers the ways of documents of one kind, with two statements for all of them. Those that are
// not there, or that the asker may not see, are left out.
func (x *Inbox) TrackAll(ctx context.Context, a projections.Asker, kind string, documents []string) (map[string]*Tracker, error) {
	permissions, prefixes := a.Held()
	all := map[string]*Tracker{}
	waiting := map[string]TrackedStep{}
	err := x.db.Read(ctx, a.Session, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select i.document, i.number, i.waiting, i.step, i.permission, i.person, i.reason, i.since, i.due from read.inbox_item i
			 where i.kind = $3 and i.document = any ($4) and `+mayRead, permissions, prefixes, kind, documents)
		if err != nil {
			return err
		}
		var document, number, step, permission, person, reason string
		var waits bool
		var since time.Time
		var due *time.Time
		_, err = pgx.ForEachRow(rows, []any{&document, &number, &waits, &step, &permission, &person, &reason, &since, &due}, func() error {
			all[document] = &Tracker{ID: kind + "/" + document, Kind: kind, Document: document, Number: number}
			if waits {
				waiting[document] = x.waitingStep(kind, step, permission, person, reason, since, due)
			}
			return nil
		})
		if err != nil || len(all) == 0 {
			return err
		}
		return x.steps(ctx, tx, kind, all)
	})
	if err != nil {
		return nil, fmt.Errorf("track %d documents of kind %s: %w", len(documents), kind, err)
	}
	for document, t := range all {
		t.Money = moneyOf(kind, t.Steps)
		if next, waits := waiting[document]; waits {
			t.Steps = append(t.Steps, next)
		}
	}
	return all, nil
}

// steps reads what was done to the documents.
func (x *Inbox) steps(ctx context.Context, tx pgx.Tx, kind string, all map[string]*Tracker) error {
	rows, err := tx.Query(ctx, `
		select document, step, actor, on_behalf_of, reason, at, position from read.inbox_step
		 where kind = $1 and document = any ($2) order by document, position`, kind, slices.Sorted(maps.Keys(all)))
	if err != nil {
		return err
	}
	var document, step, actor, principal, reason string
	var at time.Time
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&document, &step, &actor, &principal, &reason, &at, &n}, func() error {
		t := all[document]
		t.Position = kernel.Position{Lane: "main", Epoch: x.epoch, N: n}
		t.Steps = append(t.Steps, TrackedStep{
			Step: step, Reason: reason, At: at, By: named(actor), OnBehalfOf: named(principal), What: stepWords(step), State: stateOf(step),
		})
		return nil
	})
	return err
}

// waitingStep is the step that nobody has taken yet.
func (x *Inbox) waitingStep(kind, step, permission, person, reason string, since time.Time, due *time.Time) TrackedStep {
	next := TrackedStep{State: Waiting, Step: step, What: askWords(step), By: named(person), Reason: reason, At: since}
	if permission != "" {
		whom := roleWords(permission)
		next.Whom = &whom
	}
	if due != nil {
		next.Due = kernel.DateOf(*due)
		if kind == "reservation" && due.Before(x.today()) { // Diwan lets it go by itself
			next.State, next.By = Delayed, nil
		}
	}
	return next
}

func named(person string) *string {
	if person == "" {
		return nil
	}
	return &person
}

// stateOf tells whether a step carried a document on, sent it back, or gave back what it held.
func stateOf(step string) TrackedState {
	switch step {
	case "returned", "rejected", "disputed":
		return Refused
	case "cancelled", "reversed", "released", "ended", "expired", "voucher_dropped", "restored":
		return Undone
	}
	return Done
}

// moneyOf tells where the money of a document is after its steps; nil for documents that hold none.
func moneyOf(kind string, steps []TrackedStep) *MoneyState {
	var state MoneyState
	switch kind {
	case "reservation", "commitment", "invoice", "voucher":
		state = Free
	default:
		return nil
	}
	for _, s := range steps {
		switch kind + " " + s.Step {
		case "reservation opened", "commitment opened", "commitment restored", "invoice verified", "voucher prepared", "voucher reversed":
			state = Reserved
		case "reservation ended", "reservation expired", "commitment released", "invoice cancelled":
			state = Free
		case "voucher paid":
			state = Spent
		}
	}
	return &state
}

// stepWords says what a step was.
func stepWords(step string) kernel.Text {
	switch step {
	case "drafted":
		return kernel.Text{Ar: "أُعدّ", En: "Drafted"}
	case "proposed":
		return kernel.Text{Ar: "اقتُرح", En: "Proposed"}
	case "opened":
		return kernel.Text{Ar: "فُتح", En: "Opened"}
	case "registered":
		return kernel.Text{Ar: "سُجّل", En: "Registered"}
	case "prepared":
		return kernel.Text{Ar: "أُعدّ وقُدّم", En: "Prepared and submitted"}
	case "revised":
		return kernel.Text{Ar: "صُوّب وقُدّم من جديد", En: "Corrected and submitted again"}
	case "submitted":
		return kernel.Text{Ar: "قُدّم", En: "Submitted"}
	case "soft_closed":
		return kernel.Text{Ar: "أُغلق إغلاقاً أولياً", En: "Soft-closed"}
	case "reopen_asked":
		return kernel.Text{Ar: "طُلبت إعادة فتحه", En: "Reopening asked for"}
	case "vouchered":
		return kernel.Text{Ar: "أُعدّ له مستند صرف", En: "A voucher was prepared for it"}
	case "voucher_dropped":
		return kernel.Text{Ar: "سقط مستند صرفه", En: "Its voucher was dropped"}
	case "consumed":
		return kernel.Text{Ar: "صُرف منه", En: "Drawn on"}
	case "restored":
		return kernel.Text{Ar: "أُعيد إليه ما صُرف", En: "What was drawn came back"}
	}
	return newsWords(step)
}
