package eventstore

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
)

const (
	channel = "diwan_log"
	// notifyEvery bounds how often other programs are told: a NOTIFY takes a lock of the whole
	// server while it commits. It comes after the commit, so no writer waits for it.
	notifyEvery = 100 * time.Millisecond
	// pollEvery finds what no notification told.
	pollEvery = time.Second
)

// watch wakes for this process's commits at once, and for other programs' through one listener for
// all watchers, which begins with the first.
func (p *postgres) watch(ctx context.Context, lane Lane) <-chan struct{} {
	c := p.signals.watch(ctx, lane)
	p.listen.Do(func() { p.wait.Go(p.listener) })
	return c
}

// tell lets other programs know that a lane has grown; it never waits.
func (p *postgres) tell(lane Lane) {
	select {
	case p.grown <- lane:
	default: // the notifier has enough to tell, and they poll
	}
}

func (p *postgres) notify() {
	ctx := p.running
	for {
		lanes := map[Lane]bool{}
		select {
		case <-ctx.Done():
			return
		case lane := <-p.grown:
			lanes[lane] = true
		}
		for more := true; more; {
			select {
			case lane := <-p.grown:
				lanes[lane] = true
			default:
				more = false
			}
		}
		for lane := range lanes {
			_ = p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error { // they also poll
				_, err := conn.Exec(ctx, `select pg_notify($1, $2)`, channel, p.node+" "+lane.String())
				return err
			})
		}
		sleep(ctx, notifyEvery)
	}
}

// listener wakes the watchers for what other programs append. A broken connection is opened again;
// until then the poll serves.
func (p *postgres) listener() {
	ctx := p.running
	heads := map[Lane]int64{}
	var conn *pgx.Conn
	for ctx.Err() == nil {
		if conn == nil || conn.IsClosed() {
			conn = p.listening(ctx)
		}
		if conn == nil {
			sleep(ctx, pollEvery)
			p.poll(ctx, heads)
			continue
		}
		limited, cancel := context.WithTimeout(ctx, pollEvery)
		note, err := conn.WaitForNotification(limited)
		cancel()
		if err != nil {
			p.poll(ctx, heads)
			continue
		}
		node, name, _ := strings.Cut(note.Payload, " ")
		for _, lane := range Lanes {
			if lane.String() == name && node != p.node {
				p.wake(lane)
			}
		}
	}
	if conn != nil {
		_ = conn.PgConn().Conn().Close() // nothing is under way on it
	}
}

func (p *postgres) listening(ctx context.Context) *pgx.Conn {
	conn, err := p.db.Connect(ctx, database.System)
	if err != nil {
		return nil
	}
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		_ = conn.PgConn().Conn().Close() // the poll serves meanwhile
		return nil
	}
	return conn
}

// poll wakes the watchers of every lane whose head is not where the last poll saw it.
func (p *postgres) poll(ctx context.Context, heads map[Lane]int64) {
	for _, lane := range Lanes {
		head, _, err := p.head(ctx, lane)
		if err == nil && head != heads[lane] {
			heads[lane] = head
			p.wake(lane)
		}
	}
}
