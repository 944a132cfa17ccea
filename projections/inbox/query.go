package inbox

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/modules/kernel"
	"diwan/projections"
)

// Inbox answers what waits for whom.
type Inbox struct {
	db    *database.DB
	epoch int32
	now   func() time.Time
	zone  *time.Location
}

// New reads the view from db. zone gives the calendar day that due days are compared with.
func New(db *database.DB, epoch int32, now func() time.Time, zone *time.Location) *Inbox {
	return &Inbox{db: db, epoch: epoch, now: now, zone: zone}
}

// Urgency is how little time is left.
type Urgency string

// The urgencies.
const (
	Overdue Urgency = "overdue"
	Soon    Urgency = "soon" // due within two days
	Usual   Urgency = "usual"
)

// Item is one document that waits for a step.
type Item struct {
	ID        string // kind and document
	Section   Section
	Kind      string
	Document  string
	Step      string
	Number    string
	Subject   string
	Payee     *kernel.Text // nil for none, and for a natural person
	Year      int
	Amount    *kernel.Money
	Reason    string // of a return or dispute
	Since     time.Time
	Due       kernel.Date
	Urgency   Urgency
	StartedBy string
	Position  kernel.Position

	permission string
	rank       time.Time
}

// Title is what kind of document it is.
func (i *Item) Title() kernel.Text { return kindWords(i.Kind) }

// Asked is what is asked.
func (i *Item) Asked() kernel.Text { return askWords(i.Step) }

// Counts are the sizes of the sections, and of what happened.
type Counts struct {
	Approve, Sign, Complete, Read, Overdue int
}

// Total is what the spine's counter shows.
func (c *Counts) Total() int { return c.Approve + c.Sign + c.Complete }

// mine is the condition of every question: the step is one of the asker's where they hold it, or went
// back to them, and they signed no earlier one. $1 and $2 permissions and prefixes, $3 person, $4
// everybody acting, $5 today, $6 the most they approve. Nobody is offered a payment to himself, or a
// final approval above his limit.
const mine = `i.waiting and (i.step <> 'sign' or i.gross <= $6)
	and not exists (select from read.inbox_payee own where own.id = i.payee and i.permission <> '' and own.officer = any ($4)
		and i.kind = 'voucher') and (i.opens is null or i.opens <= $5::date) and (i.person = $3 or i.permission = any ($1) and not (i.signed && $4)
	and exists (select from unnest($1::text[], $2::text[]) as held(permission, prefix)
	             where held.permission = i.permission and (i.unit = '' or i.unit ^@ held.prefix)))`

// asked are the arguments of mine.
func (x *Inbox) asked(ctx context.Context, tx pgx.Tx, a projections.Asker) ([]any, error) {
	var dated *int64 // the greatest that dated policy gives to a role held; a role without one lowers nothing
	err := tx.QueryRow(ctx, `
		select max(l.most) from unnest($1::text[]) as held(role),
			lateral (select most from read.inbox_limit where role = held.role and since <= $2 order by since desc limit 1) l`,
		append([]string{}, a.Roles...), x.today()).Scan(&dated)
	if err != nil {
		return nil, fmt.Errorf("read approval limits: %w", err)
	}
	most := a.Limit
	if dated != nil {
		most = min(most, *dated)
	}
	permissions, prefixes := a.Held()
	return []any{permissions, prefixes, a.Person(), a.Everybody(), x.today(), most}, nil
}

func (x *Inbox) today() time.Time {
	y, m, d := x.now().In(x.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Items lists what waits for the asker, the most pressing first; section "" is all of them.
func (x *Inbox) Items(ctx context.Context, a projections.Asker, section Section, first int, after *string) (*kernel.Connection[Item], error) {
	page, err := kernel.NewPage(first, after, 3)
	if err != nil {
		return nil, err
	}
	var from *time.Time
	var kind, document string
	if page.After != nil {
		micros, err := strconv.ParseInt(page.After[0], 10, 64)
		if err != nil || micros < 0 || micros > 1<<55 {
			return nil, kernel.Problem{Code: "cursor", Path: "after", Message: kernel.Text{
				Ar: "علامة الصفحة ليست من هذه القائمة.", En: "The cursor does not come from this list.",
			}}
		}
		at := time.UnixMicro(micros)
		from, kind, document = &at, page.After[1], page.After[2]
	}
	var all []Item
	err = x.db.Read(ctx, a.Session, func(tx pgx.Tx) error {
		args, err := x.asked(ctx, tx, a)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			select i.kind, i.document, i.section, i.step, i.number, i.subject, p.name_ar, p.name_en, i.year, i.amount, i.currency, i.reason,
			       i.since, i.due, i.due < $5::date, i.due <= $5::date + 2, i.started_by, i.position, i.permission, i.rank
			  from read.inbox_item i left join read.inbox_payee p on p.id = i.payee
			 where `+mine+` and ($7 = '' or i.section = $7)
			   and ($8::timestamptz is null or (i.rank, i.kind, i.document) > ($8::timestamptz, $9::text, $10::text))
			 order by i.rank, i.kind, i.document limit $11`,
			append(args, string(section), from, kind, document, page.First+1)...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, x.scan)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the inbox: %w", err)
	}
	return kernel.NewConnection(page, all, func(i *Item) []string {
		return []string{strconv.FormatInt(i.rank.UnixMicro(), 10), i.Kind, i.Document}
	}), nil
}

func (x *Inbox) scan(row pgx.CollectableRow) (Item, error) {
	var i Item
	var ar, en *string
	var amount int64
	var currency string
	var due *time.Time
	var late, soon *bool
	var n int64
	err := row.Scan(&i.Kind, &i.Document, &i.Section, &i.Step, &i.Number, &i.Subject, &ar, &en, &i.Year, &amount, &currency, &i.Reason,
		&i.Since, &due, &late, &soon, &i.StartedBy, &n, &i.permission, &i.rank)
	if err != nil {
		return i, err
	}
	i.ID = i.Kind + "/" + i.Document
	i.Position = kernel.Position{Lane: "main", Epoch: x.epoch, N: n}
	if ar != nil && (*ar != "" || *en != "") {
		i.Payee = &kernel.Text{Ar: *ar, En: *en}
	}
	if currency != "" {
		i.Amount = &kernel.Money{Amount: amount, Currency: currency}
	}
	i.Urgency = Usual
	if due != nil {
		i.Due = kernel.DateOf(*due)
		switch {
		case *late:
			i.Urgency = Overdue
		case *soon:
			i.Urgency = Soon
		}
	}
	return i, nil
}

// Count counts the sections with one statement.
func (x *Inbox) Count(ctx context.Context, a projections.Asker) (Counts, error) {
	var c Counts
	err := x.db.Read(ctx, a.Session, func(tx pgx.Tx) error {
		args, err := x.asked(ctx, tx, a)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `
			select count(*) filter (where section = 'approve'), count(*) filter (where section = 'sign'),
			       count(*) filter (where section = 'complete'), count(*) filter (where due < $5::date)
			  from read.inbox_item i where `+mine, args...).Scan(&c.Approve, &c.Sign, &c.Complete, &c.Overdue)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			select count(*) from (
				select n.kind, n.document, max(n.position) as newest from read.inbox_notice n where n.person = $1 group by 1, 2) n
			  left join desk.read_mark m on m.owner = $2 and m.kind = n.kind and m.document = n.document
			 where n.newest > coalesce(m.position, 0)`, a.Person(), a.Session.Actor).Scan(&c.Read)
	})
	if err != nil {
		return c, fmt.Errorf("count the inbox: %w", err)
	}
	return c, nil
}
