package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/seal"
	"diwan/eventstore/vault"
	"diwan/graph/house"
)

// look is what administrators see of the house: the same figures that operators read at /metrics and with
// diwan doctor.
func (a *app) look(sealer *seal.Sealer, doctor func(context.Context) []finding) func(ctx context.Context) (*house.Health, error) {
	return func(ctx context.Context) (*house.Health, error) {
		h := &house.Health{At: time.Now(), Lanes: []house.Lane{}, Views: []house.View{}, Feeds: []house.Feed{}, Checked: []house.Checked{}}
		heads := map[eventstore.Lane]int64{}
		for _, lane := range eventstore.Lanes {
			head, _, err := a.store.Head(ctx, lane)
			if err != nil {
				return nil, fmt.Errorf("read the head of lane %s: %w", lane, err)
			}
			heads[lane] = head
			one := house.Lane{Lane: lane.String(), Head: head}
			if sealer != nil {
				s := sealer.Status(lane)
				one.Sealed, one.Cosigned, one.Fault = s.Sealed, s.Cosigned, s.Fault
				if !s.SealedAt.IsZero() {
					one.SealedAt = &s.SealedAt
				}
			}
			h.Lanes = append(h.Lanes, one)
		}
		if err := a.lookAtViews(ctx, h); err != nil {
			return nil, err
		}
		if err := a.lookAtWork(ctx, h, heads); err != nil {
			return nil, err
		}
		for _, f := range append(doctor(ctx), a.lookAtKeys(), a.lookAtBackup()) {
			h.Checked = append(h.Checked, house.Checked{Name: f.Name, OK: f.OK, Detail: f.Detail, Fix: f.Fix})
		}
		return h, nil
	}
}

func (a *app) lookAtViews(ctx context.Context, h *house.Health) error {
	statuses, err := a.views.Status(ctx)
	if err != nil {
		return fmt.Errorf("read where the views stand: %w", err)
	}
	for _, s := range statuses {
		v := house.View{View: s.View, Position: s.Position, Lag: s.Lag}
		if !s.AsOf.IsZero() {
			v.AsOf = &s.AsOf
		}
		if s.Fault != nil {
			v.Fault = fmt.Sprintf("#%d %s: %s", s.Fault.Position, s.Fault.EventType, oneLine(s.Fault.Reason))
		}
		if b := s.Building; b != nil {
			percent := 100
			if b.Head > 0 {
				percent = int(b.Position * 100 / b.Head)
			}
			v.Building = &percent
		}
		h.Views = append(h.Views, v)
	}
	return nil
}

// lookAtWork reads the consumers of the log and the jobs.
func (a *app) lookAtWork(ctx context.Context, h *house.Health, heads map[eventstore.Lane]int64) error {
	err := a.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select f.consumer, f.topic, f.position, f.moved_at,
				(select count(*) from es.parked p where p.consumer = f.consumer and p.topic = f.topic and p.done_at is null)
			  from es.feed f order by f.consumer, f.topic`)
		if err != nil {
			return err
		}
		var f house.Feed
		_, err = pgx.ForEachRow(rows, []any{&f.Consumer, &f.Topic, &f.Position, &f.MovedAt, &f.Parked}, func() error {
			f.Lag = max(0, heads[eventstore.Main]-f.Position)
			h.Feeds = append(h.Feeds, f)
			return nil
		})
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			select count(*) filter (where status = 'waiting'), count(*) filter (where status = 'running'), count(*) filter (where status = 'failed')
			  from file.job`).Scan(&h.Jobs.Waiting, &h.Jobs.Running, &h.Jobs.Failed)
	})
	if err != nil {
		return fmt.Errorf("read feeds and jobs: %w", err)
	}
	return nil
}

// lookAtKeys says whether the keys of personal data can be read.
func (a *app) lookAtKeys() finding {
	f := finding{Name: "vault", OK: true, Detail: "the keys of personal data can be read"}
	if _, err := (vault.MasterFile{Path: a.settings.masterKey()}).Load(); err != nil {
		f.OK, f.Detail, f.Fix = false, oneLine(err.Error()), "bring the master key back from the backup of keys"
	}
	return f
}

// lookAtBackup says when the last backup of this home was made; the command leaves a note of it.
func (a *app) lookAtBackup() finding {
	f := finding{Name: "backup", Fix: "diwan backup DIR"}
	text, err := os.ReadFile(a.settings.backupNote())
	if err != nil {
		f.Detail = "none was made from here"
		return f
	}
	made, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		f.Detail = "the note of the last one cannot be read"
		return f
	}
	age := time.Since(made)
	f.Detail = fmt.Sprintf("the last one was made %s", made.UTC().Format("2006-01-02 15:04 UTC"))
	if f.OK = age < backupsEvery; f.OK {
		f.Fix = ""
	}
	return f
}

// backupsEvery is the age from which the last backup is too old.
const backupsEvery = 25 * time.Hour
