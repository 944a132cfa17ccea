package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// Progress is how far a build has come.
type Progress struct {
	View           string
	Position, Head int64
	Done           bool // readers see the new generation
}

// keepBuilding makes sure the view has a generation of this program's version, builds it, and drops
// what was replaced, for ever.
func (r *Runner) keepBuilding(ctx context.Context, p *projection) {
	for ctx.Err() == nil {
		pause := poll
		g, err := r.arrange(ctx, p)
		if err == nil && g != nil && g.fault == nil && p.build.TryLock() {
			err = r.fill(ctx, p, g, func(Progress) {})
			p.build.Unlock()
		}
		var fault *Fault
		switch {
		case err == nil, ctx.Err() != nil:
		case errors.Is(err, errNotClaimed), passing(sqlState(err)):
			pause = 250 * time.Millisecond
		case errors.As(err, &fault):
			r.log().ErrorContext(ctx, "building a view stopped", "view", fault.View, "position", fault.Position,
				"event", fault.EventType, "reason", fault.Reason)
		default:
			r.log().WarnContext(ctx, "building a view waits", "view", p.view.Name, "error", err)
		}
		wait(ctx, p.wakeBuild, pause)
	}
}

// arrange returns the generation to build, or nil when there is none: it begins one for a new view
// or version, gives up what an older program left unfinished, stands back for a newer one, and
// drops what was replaced long enough ago.
func (r *Runner) arrange(ctx context.Context, p *projection) (*generation, error) {
	all, err := r.load(ctx, p)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if g := &all[i]; g.status == retired && time.Since(g.changedAt) > r.Keep {
			if err := r.db.Project(ctx, func(tx pgx.Tx) error { return discard(ctx, tx, g) }); err != nil {
				return nil, err // long readers hold it: later
			}
		}
	}
	now, next := withStatus(all, live), withStatus(all, building)
	switch {
	case next != nil && next.version == p.view.Version:
		return next, nil
	case next != nil && next.version > p.view.Version, now != nil && now.version >= p.view.Version:
		return nil, nil
	}
	return r.begin(ctx, p, next)
}

// begin starts a new generation, in place of an unfinished one if there is one.
func (r *Runner) begin(ctx context.Context, p *projection, unfinished *generation) (g *generation, err error) {
	err = r.db.Project(ctx, func(tx pgx.Tx) error {
		if unfinished != nil {
			if err := discard(ctx, tx, unfinished); err != nil {
				return err
			}
		}
		all, err := generations(ctx, tx, p.view.Name)
		if err != nil {
			return err
		}
		g, err = begin(ctx, tx, p.view, all)
		return err
	})
	switch sqlState(err) {
	case "23505", "42P07": // another process began it at the same moment
		return nil, errNotClaimed
	}
	return g, err
}

// fill brings a generation to the head and makes it live.
func (r *Runner) fill(ctx context.Context, p *projection, g *generation, progress func(Progress)) error {
	stream := p.tail.from(ctx, g.position, r.Page)
	defer func() { stream.stop() }()
	for retry := 50 * time.Millisecond; ; {
		head, _, err := r.store.Head(ctx, g.lane)
		if err != nil {
			return fmt.Errorf("build view %s: %w", g.view, err)
		}
		progress(Progress{View: g.view, Position: g.position, Head: head})
		if head-g.position > int64(r.Page) { // what is left must fit the one transaction of the swap
			page, open := <-stream.next
			if !open {
				return stream.err
			}
			if err := r.step(ctx, p.view, g, page); err != nil {
				return err
			}
			continue
		}
		if !g.indexed {
			if err := r.index(ctx, p.view, g); err != nil {
				return err
			}
			continue
		}
		err = r.swap(ctx, p, g)
		if err == nil {
			progress(Progress{View: g.view, Position: g.position, Head: g.position, Done: true})
			return nil
		}
		if sqlState(err) != "55P03" { // a long reader holds the view: try again, ever more rarely
			return err
		}
		wait(ctx, nil, retry)
		retry = min(2*retry, 2*time.Second)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// index adds the secondary indexes to a generation that is nearly complete.
func (r *Runner) index(ctx context.Context, v *View, g *generation) error {
	err := r.db.Project(ctx, func(tx pgx.Tx) error {
		if err := claim(ctx, tx, g); err != nil {
			return err
		}
		if err := createIndexes(ctx, tx, v, generationTable(g.number)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update es.projection set indexed = true where name = $1 and generation = $2`, g.view, g.number)
		return err
	})
	g.indexed = g.indexed || err == nil
	return err
}

// swap makes a generation the one readers see: one transaction holds both checkpoints, applies what
// the live one has and the new one lacks, and flips. It waits for readers a quarter of a second at
// most, so nobody queues behind it for longer.
func (r *Runner) swap(ctx context.Context, p *projection, g *generation) error {
	position, reached, inApply := g.position, g.reachedAt, false
	var last *eventstore.Recorded
	err := r.db.Project(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local lock_timeout = '250ms'`); err != nil {
			return fmt.Errorf("limit waiting for locks: %w", err)
		}
		rows, err := tx.Query(ctx, selectGeneration+` where name = $1 and status <> 'retired' order by generation for update`, g.view)
		if err != nil {
			return fmt.Errorf("take the checkpoints of view %s: %w", g.view, err)
		}
		all, err := pgx.CollectRows(rows, scanGeneration)
		if err != nil {
			return err
		}
		old, now := withStatus(all, live), withStatus(all, building)
		if now == nil || now.number != g.number || now.position != position || now.fault != nil {
			return errNotClaimed
		}
		var oldTables []string
		if old != nil {
			oldTables = old.tables
		}
		for old != nil && position < old.position {
			page, err := r.store.Read(ctx, g.lane, position, min(r.Page, int(old.position-position)))
			if err != nil {
				return err
			}
			if err := r.write(ctx, tx, p.view, generationTable(g.number), page, false); err != nil {
				inApply, last = !tx.Conn().IsClosed(), &page[0]
				return err
			}
			last = &page[len(page)-1]
			position, reached = last.Position, last.RecordedAt
		}
		if position > g.position {
			if err := checkpoint(ctx, tx, g, last); err != nil {
				return err
			}
		}
		r.at(SwapBeforeFlip)
		if err := show(ctx, tx, p.view, g.number, oldTables); err != nil {
			return err
		}
		if err := force(ctx, tx, p.view, generationTable(g.number)); err != nil {
			return err
		}
		return flip(ctx, tx, g)
	})
	if err = judge(ctx, err, inApply); err != nil {
		var own *applyError
		if errors.As(err, &own) && inApply {
			return r.recordFault(ctx, g, last, own)
		}
		return err
	}
	g.position, g.reachedAt, g.status = position, reached, live
	p.mark.reach(g)
	p.nudge()
	return nil
}

// flip changes the states of both generations.
func flip(ctx context.Context, tx pgx.Tx, g *generation) error {
	for _, change := range []struct{ from, to string }{{live, retired}, {building, live}} {
		_, err := tx.Exec(ctx, `update es.projection set status = $3, changed_at = clock_timestamp() where name = $1 and status = $2`,
			g.view, change.from, change.to)
		if err != nil {
			return fmt.Errorf("make the %s generation of view %s %s: %w", change.from, g.view, change.to, err)
		}
	}
	return nil
}

// Rebuild builds a view anew from the first event beside the one people read, and swaps. It joins a
// build that is going on. When ctx ends the unfinished generation is removed and nothing has changed.
// A view that fails on an event ends the rebuild with its *Fault.
func (r *Runner) Rebuild(ctx context.Context, view string, progress func(Progress)) error {
	p, err := r.projection(view)
	if err != nil {
		return err
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	g, err := r.beginRebuild(ctx, p)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		done, err := r.driveRebuild(ctx, p, g.number, progress)
		if ctx.Err() != nil {
			break
		}
		if done || err != nil && !errors.Is(err, errNotClaimed) && !passing(sqlState(err)) {
			return err
		}
		if err != nil {
			wait(ctx, nil, 100*time.Millisecond)
		}
	}
	return errors.Join(context.Cause(ctx), r.abandon(context.WithoutCancel(ctx), g))
}

// beginRebuild finds the build to join or begins one.
func (r *Runner) beginRebuild(ctx context.Context, p *projection) (*generation, error) {
	for {
		all, err := r.load(ctx, p)
		if err != nil {
			return nil, err
		}
		if now := withStatus(all, live); now != nil && now.version > p.view.Version {
			return nil, fmt.Errorf("view %s is served by a newer program (version %d, this one has %d)", p.view.Name, now.version, p.view.Version)
		}
		next := withStatus(all, building)
		if next != nil && next.version == p.view.Version && next.fault == nil {
			return next, nil
		}
		g, err := r.begin(ctx, p, next)
		if err == nil || ctx.Err() != nil || !errors.Is(err, errNotClaimed) && !passing(sqlState(err)) {
			return g, err
		}
		wait(ctx, nil, 100*time.Millisecond)
	}
}

// driveRebuild builds, or watches whoever does; done when the generation is live or gone.
func (r *Runner) driveRebuild(ctx context.Context, p *projection, number int, progress func(Progress)) (done bool, err error) {
	all, err := r.load(ctx, p)
	if err != nil {
		return false, err
	}
	for i := range all {
		g := &all[i]
		switch {
		case g.number != number:
		case g.status != building:
			progress(Progress{View: g.view, Position: g.position, Head: g.position, Done: true})
			return true, nil
		case g.fault != nil:
			return true, g.fault
		case p.build.TryLock():
			defer p.build.Unlock()
			err := r.fill(ctx, p, g, progress)
			var fault *Fault
			return err == nil || errors.As(err, &fault), err
		default:
			head, _, err := r.store.Head(ctx, g.lane)
			progress(Progress{View: g.view, Position: g.position, Head: head})
			wait(ctx, nil, 50*time.Millisecond)
			return false, err
		}
	}
	return true, fmt.Errorf("the rebuild of view %s was cancelled elsewhere", p.view.Name)
}

// abandon removes an unfinished generation; a new process would otherwise complete it.
func (r *Runner) abandon(ctx context.Context, g *generation) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	for {
		err := r.db.Project(ctx, func(tx pgx.Tx) error {
			all, err := generations(ctx, tx, g.view)
			if err != nil || withStatus(all, live) == nil {
				return err // there is nothing else to read: leave it to be completed
			}
			for i := range all {
				if all[i].number == g.number && all[i].status == building {
					return discard(ctx, tx, &all[i])
				}
			}
			return nil
		})
		if !passing(sqlState(err)) {
			return err
		}
		wait(ctx, nil, 100*time.Millisecond)
	}
}
