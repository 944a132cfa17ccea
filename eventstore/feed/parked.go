package feed

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"diwan/database"
	"diwan/eventstore"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/jackc/pgx/v5"
)

// Parked is an event that a process could not handle. It waits until somebody lets the process try
// again.
type Parked struct {
	Process  string
	Lane     eventstore.Lane
	Position int64
	Type     string
	Reason   string
	Since    time.Time
}

// Parked lists what waits, oldest first.
func (ps *Processes) Parked(ctx context.Context) ([]Parked, error) {
	var all []Parked
	err := ps.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select consumer, lane, position, type, reason, parked_at from es.parked
			 where done_at is null order by parked_at, position, consumer`)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Parked])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	return all, nil
}

// Again lets a process handle a parked event once more. When that succeeds the event is no longer
// listed; otherwise the newest reason is kept.
func (ps *Processes) Again(ctx context.Context, process string, lane eventstore.Lane, position int64) error {
	for i := range ps.all {
		if ps.all[i].Name == process {
			return ps.again(ctx, &ps.all[i], lane, position)
		}
	}
	return fmt.Errorf("there is no process %q", process)
}

func (ps *Processes) again(ctx context.Context, p *Process, lane eventstore.Lane, position int64) error {
	events, err := ps.store.Read(ctx, lane, position-1, 1)
	if err != nil {
		return err
	}
	if len(events) != 1 || events[0].Position != position {
		return fmt.Errorf("lane %s has no event at position %d", lane, position)
	}
	_, failed := middleware.Recoverer(func(*message.Message) ([]*message.Message, error) {
		return nil, p.Handle(ctx, events[0])
	})(nil)
	err = ps.db.Project(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update es.parked set reason = coalesce($4, reason), done_at = case when $4::text is null then clock_timestamp() end
			 where consumer = $1 and lane = $2 and position = $3 and done_at is null`, p.Name, lane, position, sentence(failed))
		if err == nil && tag.RowsAffected() == 0 {
			return fmt.Errorf("it is not parked")
		}
		return err
	})
	if failed != nil {
		return fmt.Errorf("process %s still fails at position %d: %w", p.Name, position, failed)
	}
	if err != nil {
		return fmt.Errorf("note that process %s handled position %d: %w", p.Name, position, err)
	}
	return nil
}

func sentence(err error) *string {
	if err == nil {
		return nil
	}
	s := err.Error()
	return &s
}

// parking is where Watermill's poison middleware puts events.
type parking struct {
	db  *database.DB
	log *slog.Logger
}

// Publish notes the events; topic is the process.
func (p *parking) Publish(process string, messages ...*message.Message) error {
	for _, m := range messages {
		e, err := Event(m)
		if err != nil {
			return err
		}
		reason := m.Metadata[middleware.ReasonForPoisonedKey]
		ctx, stop := context.WithTimeout(context.WithoutCancel(m.Context()), 10*time.Second) // the attempt's own time is over
		defer stop()
		err = p.db.Project(ctx, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `
				insert into es.parked (consumer, topic, lane, position, type, reason) values ($1, $2, $3, $4, $5, $6)
				on conflict (consumer, lane, position) do update set reason = excluded.reason, done_at = null`,
				process, m.Metadata[middleware.PoisonedTopicKey], e.Lane, e.Position, e.Type, reason)
			return err
		})
		if err != nil {
			return fmt.Errorf("park position %d of process %s: %w", e.Position, process, err)
		}
		p.log.Error("process parked an event", "process", process, "lane", e.Lane.String(), "position", e.Position, "event", e.Type, "reason", reason)
	}
	return nil
}

// Close does nothing.
func (p *parking) Close() error { return nil }
