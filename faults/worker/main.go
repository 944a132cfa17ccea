//go:build faults

// The worker is the process that fault tests kill: two nodes of the log on one database, a view, and
// clients that journal every question and answer. It settles what an earlier worker left open
// before it asks anything new.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/eventstore/history"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
	"diwan/faultpoint"
	"diwan/faults/proxy"
	"diwan/faults/world"
	"diwan/projections"
)

func main() {
	var c database.Config
	flag.StringVar(&c.URL, "app", "", "URL of the running role")
	flag.StringVar(&c.ProjectorURL, "projector", "", "URL of the projector")
	sealed := flag.String("sealed", "", "folder of the sealer's keys and memory")
	journal := flag.String("journal", "", "the clients' journal")
	seed := flag.Uint64("seed", 1, "of the clients")
	callers := flag.Int("callers", 8, "clients of each node")
	nodes := flag.Int("nodes", 2, "nodes of the log")
	last := flag.Duration("for", 10*time.Second, "how long the clients ask")
	rebuild := flag.Bool("rebuild", false, "rebuild the view meanwhile")
	flag.Parse()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if err := run(c, *sealed, *journal, *seed, *callers, *nodes, *last, *rebuild); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(c database.Config, sealed, path string, seed uint64, callers, nodes int, last time.Duration, rebuild bool) error {
	ctx := context.Background()
	lines, err := readJournal(path)
	if err != nil {
		return err
	}
	j, err := history.OpenJournal(path)
	if err != nil {
		return err
	}
	c.URL, err = throughProxy(c.URL)
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, c)
	if err != nil {
		return err
	}
	stores := make([]eventstore.Store, nodes)
	for i := range stores {
		if stores[i], err = eventstore.OpenPostgres(ctx, db, world.Lines()); err != nil {
			return err
		}
	}
	if err := world.Settle(ctx, stores[0], j, lines); err != nil {
		return err
	}
	runner, err := projections.New(db, stores[0], world.View())
	if err != nil {
		return err
	}
	runner.Hook = faultpoint.Reached
	sealer, err := newSealer(db, stores[0], sealed)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, last)
	defer cancel()
	var working sync.WaitGroup
	failed := make(chan error, nodes*callers+4)
	working.Go(func() { failed <- runner.Run(limited) })
	working.Go(func() { failed <- sealer.Run(limited) })
	working.Go(func() { failed <- follow(limited, db, stores[0]) })
	if rebuild {
		working.Go(func() {
			for limited.Err() == nil {
				if err := runner.Rebuild(limited, "world_line", nil); err != nil && limited.Err() == nil {
					failed <- fmt.Errorf("rebuild: %w", err)
					return
				}
			}
		})
	}
	for n, store := range stores {
		for k := range callers {
			working.Go(func() {
				r := rand.New(rand.NewPCG(seed, uint64(n*callers+k)))
				failed <- world.Run(limited, store, j, r)
			})
		}
	}
	working.Wait()
	close(failed)
	for err := range failed {
		if err != nil && limited.Err() == nil {
			return err
		}
	}
	for _, store := range stores {
		if err := store.Close(); err != nil {
			return err
		}
	}
	db.Close()
	return j.Close()
}

// newSealer seals often, so that its places come by often.
func newSealer(db *database.DB, store eventstore.Store, dir string) (*seal.Sealer, error) {
	state, err := witness.OpenState(filepath.Join(dir, "state"))
	if err != nil {
		return nil, err
	}
	keys, err := checkpoint.KeyFile{Path: filepath.Join(dir, "log.key")}.LoadOrCreate(time.Now())
	if err != nil {
		return nil, err
	}
	return seal.New(seal.NewPostgres(db, store), seal.Config{
		Keys: keys, State: state, Now: time.Now, Every: 100 * time.Millisecond, Entries: 200, Lanes: []eventstore.Lane{eventstore.Main},
	})
}

// follow is a consumer of the feed that writes down what it got in order; duplicates after a kill
// are expected, gaps are not.
func follow(ctx context.Context, db *database.DB, store eventstore.Store) error {
	sub := feed.NewSubscriber(db, store, feed.Config{Consumer: "world", Hold: time.Second, Hook: faultpoint.Reached})
	defer sub.Close()
	messages, err := sub.Subscribe(ctx, "main")
	if err != nil {
		return err
	}
	for m := range messages {
		m.Ack()
	}
	return nil
}

func readJournal(path string) ([]history.Line, error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return history.ReadJournal(f)
}

// throughProxy puts a proxy between this process and the server when the chosen place lies on the
// line: in the middle of a request, or between the server's commit and the program's learning of it.
func throughProxy(app string) (string, error) {
	var wire struct {
		Place string
		Bytes int64
	}
	if s := os.Getenv("DIWAN_FAULT_WIRE"); s == "" {
		return app, nil
	} else if err := json.Unmarshal([]byte(s), &wire); err != nil {
		return "", fmt.Errorf("read DIWAN_FAULT_WIRE: %w", err)
	}
	u, err := url.Parse(app)
	if err != nil {
		return "", err
	}
	q := u.Query()
	dir, err := os.MkdirTemp("/tmp", "diwan-wire-")
	if err != nil {
		return "", err
	}
	p, err := proxy.Start(dir, filepath.Join(q.Get("host"), ".s.PGSQL."+q.Get("port")))
	if err != nil {
		return "", err
	}
	die := func() {
		if f, err := os.OpenFile(os.Getenv("DIWAN_FAULT_LOG"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			fmt.Fprintln(f, wire.Place)
			f.Close()
		}
		os.RemoveAll(dir)
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	switch wire.Place {
	case faultpoint.WriterMidInsert:
		p.Set(proxy.Fault{CutAfter: wire.Bytes, OnCut: die})
	case faultpoint.WriterAfterCommit:
		p.Set(proxy.Fault{ReplyCut: wire.Bytes, OnCut: die})
	}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	return u.String(), nil
}
