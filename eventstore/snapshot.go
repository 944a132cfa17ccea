package eventstore

import (
	"context"
	"sync"
	"time"

	"diwan/faultpoint"
)

// snapshotEvery is how many events a stream grows before its state is saved again.
const snapshotEvery = 200

// snapshots saves states beside the writer; the queue is short and a full one drops, because a
// snapshot is only a cache.
type snapshots struct {
	log   backend
	queue chan snapshotJob
	wait  sync.WaitGroup
}

type snapshotJob struct {
	lane    Lane
	no      int64
	version int64
	state   any
	cat     *Category
}

func newSnapshots(log backend) *snapshots {
	s := &snapshots{log: log, queue: make(chan snapshotJob, 64)}
	s.wait.Go(s.run)
	return s
}

func (s *snapshots) run() {
	for job := range s.queue {
		data, err := job.cat.encodeSnapshot(job.state)
		if err != nil {
			continue // the stream is then read whole, which is slower and right
		}
		faultpoint.Reached(faultpoint.SnapshotBeforeSave)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		_ = s.log.saveSnapshot(ctx, job.lane, job.no, job.cat.Snapshot, job.version, data) // a cache
		cancel()
	}
}

func (s *snapshots) close() {
	close(s.queue)
	s.wait.Wait()
}

// snapshot offers the states that have grown enough since they were last saved.
func (w *writer) snapshot(p *plan) {
	for i := range p.batch.events {
		e := &p.batch.events[i]
		c := w.cells[streamID{e.Tenant, e.Stream}]
		if c == nil || c.category.Snapshot == "" || c.version-c.saved < snapshotEvery {
			continue
		}
		select {
		case w.snapshots.queue <- snapshotJob{w.lane, c.no, c.version, c.state, c.category}:
			c.saved = c.version
		default:
		}
	}
}
