package inbox

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
	"diwan/projections"
)

// Notice is what happened last to a document the person had a hand in, with how much of it is unread.
type Notice struct {
	ID       string // kind and document
	Kind     string
	Document string
	Number   string
	Subject  string
	Step     string // what happened last
	Actor    string
	Reason   string
	At       time.Time
	Unread   int
	Newest   int64
	Position kernel.Position
}

// Title is what kind of document it is.
func (n *Notice) Title() kernel.Text { return kindWords(n.Kind) }

// Happened is what happened last.
func (n *Notice) Happened() kernel.Text { return newsWords(n.Step) }

// Notices lists documents with news, the newest first: one row a document.
func (x *Inbox) Notices(ctx context.Context, a projections.Asker, unread bool, first int, after *string) (*kernel.Connection[Notice], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	before := int64(1 << 62)
	if page.After != nil {
		if before, err = strconv.ParseInt(page.After[0], 10, 64); err != nil {
			return nil, kernel.Problem{Code: "cursor", Path: "after", Message: kernel.Text{
				Ar: "علامة الصفحة ليست من هذه القائمة.", En: "The cursor does not come from this list.",
			}}
		}
	}
	var all []Notice
	err = x.db.Read(ctx, a.Session, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select n.kind, n.document, coalesce(i.number, ''), coalesce(i.subject, ''), last.step, last.actor, last.reason, last.at, n.unread, n.newest
			  from (select n.kind, n.document, max(n.position) as newest,
			               count(*) filter (where n.position > coalesce(m.position, 0)) as unread
			          from read.inbox_notice n
			          left join desk.read_mark m on m.owner = $2 and m.kind = n.kind and m.document = n.document
			         where n.person = $1 group by 1, 2) n
			  join read.inbox_notice last on last.person = $1 and last.position = n.newest
			  left join read.inbox_item i on i.kind = n.kind and i.document = n.document
			 where n.newest < $3 and (not $4 or n.unread > 0)
			 order by n.newest desc limit $5`, a.Person(), a.Session.Actor, before, unread, page.First+1)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Notice, error) {
			var n Notice
			err := row.Scan(&n.Kind, &n.Document, &n.Number, &n.Subject, &n.Step, &n.Actor, &n.Reason, &n.At, &n.Unread, &n.Newest)
			n.ID = n.Kind + "/" + n.Document
			n.Position = kernel.Position{Lane: "main", Epoch: x.epoch, N: n.Newest}
			return n, err
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	return kernel.NewConnection(page, all, func(n *Notice) []string { return []string{strconv.FormatInt(n.Newest, 10)} }), nil
}
