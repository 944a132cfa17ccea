package eventstore

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
)

// streamNames remembers which stream a number stands for; that never changes. Bounded: at twice the
// size it keeps, the older half is dropped.
type streamNames struct {
	mu           sync.Mutex
	young, older map[int64]Stream
}

const namesKept = 50_000

func newStreamNames() *streamNames {
	return &streamNames{young: map[int64]Stream{}, older: map[int64]Stream{}}
}

func (n *streamNames) put(no int64, s Stream) {
	if len(n.young) >= namesKept {
		n.young, n.older = map[int64]Stream{}, n.young
	}
	n.young[no] = s
}

func (n *streamNames) get(no int64) (Stream, bool) {
	if s, known := n.young[no]; known {
		return s, true
	}
	s, known := n.older[no]
	if known {
		n.put(no, s)
	}
	return s, known
}

// learn remembers the streams of a commit.
func (n *streamNames) learn(streams []newStream) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, s := range streams {
		n.put(s.no, s.id.stream)
	}
}

// fill names the events it can and returns the numbers it does not know.
func (n *streamNames) fill(page eventPage) (unknown []int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := map[int64]bool{}
	for i, no := range page.numbers {
		s, known := n.get(no)
		if !known && !asked[no] {
			asked[no] = true
			unknown = append(unknown, no)
		}
		page.events[i].Stream = s
	}
	return unknown
}

// name names the streams of a page, with one look-up for those not remembered.
func (p *postgres) name(ctx context.Context, conn *pgx.Conn, lane Lane, page eventPage) error {
	names := p.names[lane]
	unknown := names.fill(page)
	if len(unknown) == 0 {
		return nil
	}
	rows, err := conn.Query(ctx, `select stream_no, category, key from es.stream where log_id = $1 and stream_no = any($2)`, lane, unknown)
	if err != nil {
		return err
	}
	found := make(map[int64]Stream, len(unknown))
	kinds := map[string]string{} // few, so each is kept once
	var no int64
	var s Stream
	_, err = pgx.ForEachRow(rows, []any{&no, &s.Category, &s.Key}, func() error {
		if kind, known := kinds[s.Category]; known {
			s.Category = kind
		} else {
			kinds[s.Category] = s.Category
		}
		found[no] = s
		return nil
	})
	if err != nil {
		return err
	}
	for i, no := range page.numbers {
		if page.events[i].Stream.Category != "" {
			continue
		}
		s, known := found[no]
		if !known {
			return fmt.Errorf("position %d belongs to stream number %d, which is not in the stream table", page.events[i].Position, no)
		}
		page.events[i].Stream = s
	}
	names.mu.Lock()
	defer names.mu.Unlock()
	for no, s := range found {
		names.put(no, s)
	}
	return nil
}
