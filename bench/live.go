package bench

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"diwan/eventstore"
	"diwan/eventstore/feed"
)

// paced is how many events a second the live figure appends.
const paced = 200

// liveFigure takes the time from the moment a command is handed to the store to the moment a
// subscriber in this process holds its event, at a steady pace; its limit is the same pace without
// anybody listening.
func liveFigure(r *rig) (side, side) {
	return func(ctx context.Context, length time.Duration) (sample, error) { return r.live(ctx, length, true) },
		func(ctx context.Context, length time.Duration) (sample, error) { return r.live(ctx, length, false) }
}

func (r *rig) live(ctx context.Context, length time.Duration, listening bool) (sample, error) {
	if err := r.empty(ctx); err != nil {
		return sample{}, err
	}
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return sample{}, err
	}
	defer store.Close()
	beside, end := context.WithCancel(ctx)
	defer end()
	if r.options.Beside != nil {
		if err := r.options.Beside(beside, r.db, store); err != nil {
			return sample{}, err
		}
	}
	warm, n := paced/5, int(length.Seconds()*paced)
	arrived, err := r.arrivals(ctx, store, warm+n, listening)
	if err != nil {
		return sample{}, err
	}
	sent, answered := make([]time.Time, warm+n), make([]time.Time, warm+n)
	pace := time.NewTicker(time.Second / paced)
	defer pace.Stop()
	var wait sync.WaitGroup
	var failed error
	var mu sync.Mutex
	for range warm + n {
		<-pace.C
		cmd, err := commit("live", 1)
		if err != nil {
			return sample{}, err
		}
		wait.Go(func() {
			before := time.Now()
			receipt, err := store.Execute(ctx, cmd)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
				return
			}
			sent[receipt.Last-1], answered[receipt.Last-1] = before, time.Now()
		})
	}
	wait.Wait()
	if failed != nil {
		return sample{}, failed
	}
	if listening {
		answered = <-arrived
	}
	s := sample{done: int64(n), took: answered[warm+n-1].Sub(sent[warm])}
	for i := warm; i < warm+n; i++ {
		s.latencies = append(s.latencies, answered[i].Sub(sent[i]))
	}
	return s, nil
}

// arrivals notes when each event reaches a subscriber.
func (r *rig) arrivals(ctx context.Context, store eventstore.Store, n int, listening bool) (<-chan []time.Time, error) {
	if !listening {
		return nil, nil
	}
	s := feed.NewSubscriber(nil, store, feed.Config{AtHead: true, Log: slog.New(slog.DiscardHandler)})
	messages, err := s.Subscribe(ctx, "main")
	if err != nil {
		return nil, fmt.Errorf("listen to the log: %w", err)
	}
	all := make(chan []time.Time, 1)
	go func() {
		at := make([]time.Time, 0, n)
		for m := range messages {
			at = append(at, time.Now())
			m.Ack()
			if len(at) == n {
				break
			}
		}
		all <- at
		_ = s.Close() // it has delivered all
	}()
	return all, nil
}
