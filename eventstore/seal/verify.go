package seal

import (
	"context"
	"fmt"
	"time"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// Check is what a verification relies on and looks at.
type Check struct {
	Name      string                 // of the installation, as in its origins
	Keys      []checkpoint.PublicKey // every key that ever signed
	Lanes     []eventstore.Lane      // nil = all
	Witnesses []*witness.Remote      // asked for the newest checkpoint they cosigned
	// Outside are signed checkpoints kept somewhere the log's operators cannot reach, or the
	// sealer's own memory of what it signed last: whole notes.
	Outside [][]byte
	// Projections compares the read tables with the log; nil = not looked at.
	Projections func(context.Context) (bool, error)
	Progress    func(lane string, done, total int64) // may be nil
	Now         func() time.Time                     // for the figure events per second
}

// Verify recomputes every lane from its columns and compares it with the digests, the kept tree
// hashes, every signed checkpoint and what witnesses say. Its memory does not grow with the log.
// An error means that it could not look; damage is in the report.
func Verify(ctx context.Context, book Book, c Check) (Report, error) {
	if c.Lanes == nil {
		c.Lanes = eventstore.Lanes
	}
	report := Report{OK: true, Lanes: []LaneReport{}, Witnesses: []WitnessReport{}}
	for _, w := range c.Witnesses {
		report.Witnesses = append(report.Witnesses, WitnessReport{Name: w.Name, Asked: true})
	}
	began := c.Now()
	for _, lane := range c.Lanes {
		l := &laneCheck{Check: c, book: book, lane: lane, witnesses: report.Witnesses}
		found, err := l.run(ctx)
		if err != nil {
			return Report{}, fmt.Errorf("verify lane %s: %w", lane, err)
		}
		report.Lanes = append(report.Lanes, found)
		report.Events += found.Size
		report.OK = report.OK && found.Broken == nil
	}
	if took := c.Now().Sub(began); took > 0 {
		report.PerSecond = int64(float64(report.Events) / took.Seconds())
	}
	if c.Projections != nil {
		ok, err := c.Projections(ctx)
		if err != nil {
			return Report{}, fmt.Errorf("compare projections with the log: %w", err)
		}
		report.ProjectionsOK = &ok
		report.OK = report.OK && ok
	}
	return report, nil
}

// outside is a checkpoint that somebody else kept.
type outside struct {
	checkpoint.Checkpoint
	epoch int32
	from  string // who kept it
}

// gatherOutside collects what the sealer's memory, files and witnesses say of this lane.
func (l *laneCheck) gatherOutside(ctx context.Context, epoch int32) ([]outside, error) {
	var found []outside
	take := func(note []byte, from string) error {
		c, err := checkpoint.Peek(note)
		if err != nil {
			return fmt.Errorf("checkpoint from %s: %w", from, err)
		}
		o, err := checkpoint.ParseOrigin(c.Origin)
		if err != nil || o.Name != l.Name || o.Lane != l.lane {
			return nil // speaks of another log
		}
		if _, err := checkpoint.Open(note, l.Keys); err != nil {
			return fmt.Errorf("checkpoint from %s: %w", from, err)
		}
		found = append(found, outside{c, o.Epoch, from})
		return nil
	}
	for _, note := range l.Outside {
		if err := take(note, "outside"); err != nil {
			return nil, err
		}
	}
	for i, w := range l.Check.Witnesses {
		for e := int32(1); e <= epoch; e++ {
			note, ok, err := w.Latest(ctx, checkpoint.Origin{Name: l.Name, Lane: l.lane, Epoch: e}.String())
			if err != nil {
				l.witnesses[i].Asked, l.witnesses[i].Reason = false, err.Error()
				break
			}
			if !ok {
				continue
			}
			if err := take(note, "witness "+w.Name); err != nil {
				return nil, err
			}
			if c, err := checkpoint.Peek(note); err == nil {
				l.report.Cosigned = max(l.report.Cosigned, c.Size)
			}
		}
	}
	return found, nil
}
