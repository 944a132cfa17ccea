package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"diwan/modules/access/signin"
	"diwan/modules/finance"
)

// Every document is followed by a hundred sockets, and something happens to one of them ten times a
// second.
const (
	followers   = 100
	happenings  = 100 * time.Millisecond
	socketsEach = 10 // of a person, which is the most a server allows
)

// subscriptionsFigure is how long it takes from the moment an act is handed over to the moment each of
// those who follow its document is told, each after a look at whether they still may see it. Its limit
// is the same messages over as many plain sockets.
func subscriptionsFigure(r *rig) (side, side) {
	var ours, plain *crowd
	return func(ctx context.Context, length time.Duration) (sample, error) {
			if ours == nil {
				c, err := r.followCommitments(ctx)
				if err != nil {
					return sample{}, err
				}
				ours = c
			}
			return ours.tell(ctx, length)
		}, func(ctx context.Context, length time.Duration) (sample, error) {
			if plain == nil {
				c, err := r.followPlainly(ctx)
				if err != nil {
					return sample{}, err
				}
				plain = c
			}
			return plain.tell(ctx, length)
		}
}

// crowd is many sockets that listen in groups, and a way to let something happen for a group.
type crowd struct {
	groups int
	happen func(ctx context.Context, group int) error

	mu      sync.Mutex
	members []int // of each group
	conns   []*websocket.Conn
	sent    []time.Time // when the newest thing of a group was handed over
	all     []time.Duration
	told    chan struct{} // once for each delivery
}

// join lets a socket listen for its group.
func (c *crowd) join(ctx context.Context, conn *websocket.Conn, group int) {
	c.mu.Lock()
	c.members[group]++
	c.conns = append(c.conns, conn)
	c.mu.Unlock()
	go c.listen(ctx, conn, group)
}

func (c *crowd) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.CloseNow() // the figure is taken
	}
}

// settle lets something happen to every group until everybody hears it: a subscription begins beside
// the answer to its greeting.
func (c *crowd) settle(ctx context.Context) error {
	for range 30 {
		for len(c.told) > 0 {
			<-c.told
		}
		missing := 0
		for group := range c.groups {
			if err := c.happen(ctx, group); err != nil {
				return err
			}
			missing += c.members[group]
		}
		for late := time.After(3 * time.Second); missing > 0; missing-- {
			select {
			case <-c.told:
				continue
			case <-late:
			}
			break
		}
		if missing == 0 {
			return nil
		}
	}
	return fmt.Errorf("not all of %d sockets are told", len(c.conns))
}

// heard notes a delivery.
func (c *crowd) heard(group int) {
	now := time.Now()
	c.mu.Lock()
	c.all = append(c.all, now.Sub(c.sent[group]))
	c.mu.Unlock()
	c.told <- struct{}{}
}

// tell lets things happen at a steady pace, one group after the other, and waits until all were told.
func (c *crowd) tell(ctx context.Context, length time.Duration) (sample, error) {
	n, expected := max(c.groups, int(length/happenings)), 0
	c.mu.Lock()
	c.all = nil
	c.mu.Unlock()
	begin := time.Now()
	pace := time.NewTicker(happenings)
	defer pace.Stop()
	for i := range n {
		<-pace.C
		group := i % c.groups
		expected += c.members[group]
		c.mu.Lock()
		c.sent[group] = time.Now()
		c.mu.Unlock()
		if err := c.happen(ctx, group); err != nil {
			return sample{}, err
		}
	}
	late := time.After(30 * time.Second)
	for range expected {
		select {
		case <-c.told:
		case <-late:
			c.mu.Lock()
			defer c.mu.Unlock()
			return sample{}, fmt.Errorf("%d of %d were told", len(c.all), expected)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return sample{done: int64(len(c.all)), took: time.Since(begin), latencies: c.all}, nil
}

func newCrowd(groups int) *crowd {
	return &crowd{groups: groups, members: make([]int, groups), sent: make([]time.Time, groups), told: make(chan struct{}, 1<<20)}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// followCommitments opens the sockets of a whole served Diwan, each with one subscription.
func (r *rig) followCommitments(ctx context.Context) (*crowd, error) {
	sockets := r.options.Writers
	c := newCrowd(max(1, sockets/followers))
	h, err := r.openHouse(ctx, (sockets+socketsEach-1)/socketsEach, signin.Cost{Memory: 8, Passes: 1, Threads: 1}, time.Now)
	if err != nil {
		return nil, err
	}
	by, ids, err := h.furnished(ctx, c.groups)
	if err != nil {
		return nil, err
	}
	if err := h.views.CatchUp(ctx); err != nil {
		return nil, err
	}
	r.options.Tell(fmt.Sprintf("opening %d sockets", sockets))
	before := heap()
	r.ends = append(r.ends, c.leave)
	listening := context.WithoutCancel(ctx)
	group, opening := errgroup.WithContext(ctx)
	group.SetLimit(16)
	for person := range (sockets + socketsEach - 1) / socketsEach {
		group.Go(func() error {
			status, cookies, err := h.signIn(&http.Client{}, personName(person), benchPassword)
			if err != nil || status != http.StatusNoContent {
				return fmt.Errorf("%s could not sign in: %d, %w", personName(person), status, err)
			}
			for n := person * socketsEach; n < min(sockets, (person+1)*socketsEach); n++ {
				conn, err := dial(opening, h.address, "/graphql", http.Header{"Cookie": {strings.Join(cookies, "; ")}, "Origin": {"http://" + h.address}}, "graphql-transport-ws")
				if err != nil {
					return err
				}
				if err := subscribe(opening, conn, ids[n%c.groups]); err != nil {
					return err
				}
				c.join(listening, conn, n%c.groups)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	r.bytesEach = (heap() - before) / int64(sockets)
	r.options.Tell(fmt.Sprintf("%d sockets are open, %d bytes each, both ends counted", sockets, r.bytesEach))
	c.happen = func(ctx context.Context, group int) error {
		_, err := h.finance.AmendCommitment(ctx, by, finance.AmendCommitment{
			Command: uuid.New(), ID: ids[group], Reason: "more", Lines: []finance.LineInput{{Key: benchLine, Amount: "0.001"}},
		})
		return err
	}
	return c, c.settle(ctx)
}

// subscribe greets and begins to follow a commitment. The ping is answered after it has begun.
func subscribe(ctx context.Context, conn *websocket.Conn, id string) error {
	payload, err := json.Marshal(map[string]any{
		"query": `subscription($id: ID!) { documentChanged(kind: COMMITMENT, id: $id) { id version position } }`, "variables": map[string]string{"id": id},
	})
	if err != nil {
		return err
	}
	for _, text := range []string{`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":` + string(payload) + `}`, `{"type":"ping"}`} {
		if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
			return err
		}
	}
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		if strings.Contains(string(text), `"type":"error"`) {
			return fmt.Errorf("following %s was answered %s", id, text)
		}
		if strings.Contains(string(text), `"type":"pong"`) {
			return nil
		}
	}
}

// listen hears until the socket ends.
func (c *crowd) listen(ctx context.Context, conn *websocket.Conn, group int) {
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if strings.Contains(string(text), `"type":"next"`) {
			c.heard(group)
		}
	}
}

func dial(ctx context.Context, address, path string, header http.Header, protocols ...string) (*websocket.Conn, error) {
	conn, _, err := websocket.Dial(ctx, "ws://"+address+path, &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols})
	return conn, err
}

// followPlainly opens as many sockets to a handler that only sends.
func (r *rig) followPlainly(ctx context.Context) (*crowd, error) {
	sockets := r.options.Writers
	c := newCrowd(max(1, sockets/followers))
	var mu sync.Mutex
	members := make([][]*websocket.Conn, c.groups)
	opened := make(chan struct{}, sockets)
	address, err := r.listen(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		conn, err := websocket.Accept(w, request, nil)
		if err != nil {
			return
		}
		mu.Lock()
		group := len(opened) % c.groups
		members[group] = append(members[group], conn)
		opened <- struct{}{}
		mu.Unlock()
		_ = conn.Write(request.Context(), websocket.MessageText, []byte(fmt.Sprint(group)))
		<-conn.CloseRead(request.Context()).Done()
	}))
	if err != nil {
		return nil, err
	}
	r.ends = append(r.ends, c.leave)
	listening := context.WithoutCancel(ctx)
	for range sockets {
		conn, err := dial(ctx, address, "/", nil)
		if err != nil {
			return nil, err
		}
		_, text, err := conn.Read(ctx)
		if err != nil {
			return nil, err
		}
		group := 0
		if _, err := fmt.Sscan(string(text), &group); err != nil {
			return nil, err
		}
		c.join(listening, conn, group)
	}
	message := []byte(`{"id":"1","type":"next","payload":{"data":{"documentChanged":{"id":"0192f000-0000-7000-8000-000000000001","version":"12","position":"1.1234"}}}}`)
	c.happen = func(ctx context.Context, group int) error {
		for _, conn := range members[group] {
			if err := conn.Write(ctx, websocket.MessageText, message); err != nil {
				return err
			}
		}
		return nil
	}
	return c, nil
}
