package bus_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/eventstore/feed/bus"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("DIWAN_TEST_NATS"); dir != "" {
		os.Exit(serve(dir))
	}
	os.Exit(dbtest.Main(m))
}

// serve is the child process: a real nats-server with JetStream on disk.
func serve(dir string) int {
	port, err := strconv.Atoi(os.Getenv("DIWAN_TEST_PORT"))
	if err != nil {
		return 2
	}
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir, SyncAlways: true, NoSigs: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	go s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		return 2
	}
	fmt.Println("ready")
	_, _ = os.Stdin.Read(make([]byte, 1)) // lives as long as its parent holds the pipe
	return 0
}

// natsServer is one server that can be killed and started again on the same store.
type natsServer struct {
	t    *testing.T
	dir  string
	port int
	cmd  *exec.Cmd
}

func startNATS(t *testing.T) *natsServer {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &natsServer{t: t, dir: t.TempDir(), port: l.Addr().(*net.TCPAddr).Port}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.start()
	t.Cleanup(s.kill)
	return s
}

func (s *natsServer) url() string { return fmt.Sprintf("nats://127.0.0.1:%d", s.port) }

func (s *natsServer) start() {
	s.t.Helper()
	s.cmd = exec.Command(os.Args[0], "-test.run", "^$")
	s.cmd.Env = append(os.Environ(), "DIWAN_TEST_NATS="+s.dir, "DIWAN_TEST_PORT="+strconv.Itoa(s.port))
	s.cmd.Stderr = os.Stderr
	if _, err := s.cmd.StdinPipe(); err != nil {
		s.t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		s.t.Fatalf("nats-server did not start: %q %v", line, err)
	}
}

// kill is kill -9.
func (s *natsServer) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

type paid struct {
	Voucher int `json:"voucher"`
}

func (paid) EventType() string { return "test.paid" }

const payees = 5

func pay(t *testing.T, store eventstore.Store, voucher int) {
	t.Helper()
	_, err := store.Execute(context.Background(), eventstore.Command{
		ID: uuid.Must(uuid.NewV7()), Actor: "lina", Content: []byte("pay"),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "test.voucher", Key: strconv.Itoa(voucher % payees)}, Expected: eventstore.AnyVersion}},
		Decide:  func(d *eventstore.Decision) error { d.Record(0, paid{voucher}); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
}

// F14 on one node: the server is killed and started again while events are forwarded and a consumer
// refuses some. Another ministry gets every event, the same id each time, in order for each payee.
func TestNoIntegrationEventIsLostWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	codec := eventstore.NewCodec(eventstore.Type[paid](1, nil))
	store, err := eventstore.NewMemory(eventstore.CategoryOf("test.voucher", eventstore.Main, codec, 0, func(n int, _ eventstore.Event) int { return n + 1 }))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	db, nats := dbtest.New(t), startNATS(t)
	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Open(bus.Config{Backend: "jetstream", URL: nats.url(), AckWait: 2 * time.Second, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.Publisher()
	if err != nil {
		t.Fatal(err)
	}
	in, err := b.Subscriber("audit-bureau")
	if err != nil {
		t.Fatal(err)
	}
	const topic, n = "finance.payments", 120
	arrived, err := in.Subscribe(t.Context(), topic)
	if err != nil {
		t.Fatal(err)
	}

	// Two forwarders in turn: the first is stopped in the middle, as when its node restarts.
	forward := func(ctx context.Context) chan error {
		from := feed.NewSubscriber(db, store, feed.Config{Consumer: "payments", Hold: time.Second, Log: quiet})
		done := make(chan error, 1)
		go func() {
			done <- feed.Forward(ctx, from, "main/test.voucher", out, func(*message.Message) string { return topic })
			_ = from.Close()
		}()
		return done
	}
	ctx, stop := context.WithCancel(t.Context())
	forwarding := forward(ctx)
	for v := range n / 2 {
		pay(t, store, v)
	}

	ids, newest, seen, refused := map[int64]string{}, map[string]int64{}, 0, 0
	for len(ids) < n {
		m := <-arrived
		e, err := feed.Event(m)
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen%10 == 3 {
			refused++
			m.Nack()
			continue
		}
		if id, again := ids[e.Position]; again {
			if id != m.UUID {
				t.Errorf("position %d came as %s and as %s", e.Position, id, m.UUID)
			}
		} else if e.Version != newest[e.Stream.Key]+1 {
			t.Errorf("payee %s: version %d came after %d", e.Stream.Key, e.Version, newest[e.Stream.Key])
		}
		grown := ids[e.Position] == ""
		ids[e.Position] = m.UUID
		newest[e.Stream.Key] = max(newest[e.Stream.Key], e.Version)
		m.Ack()
		if !grown {
			continue
		}
		switch len(ids) {
		case n / 4, n / 3, 2 * n / 3:
			nats.kill()
			if len(ids) == n/4 { // events while the server is away
				for v := n / 2; v < n; v++ {
					pay(t, store, v)
				}
			}
			nats.start()
		case n / 2:
			stop()
			<-forwarding
			ctx, stop = context.WithCancel(t.Context())
			forwarding = forward(ctx)
		}
	}
	for key, v := range newest {
		if v != n/payees {
			t.Errorf("payee %s has %d of %d payments", key, v, n/payees)
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
	stop()
	<-forwarding
	if err := in.Close(); err != nil {
		t.Log(err) // draining a connection that was cut may take longer than it allows
	}
	if err := out.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheSameMessageTwiceIsStoredOnce(t *testing.T) {
	t.Parallel()
	nats := startNATS(t)
	b, err := bus.Open(bus.Config{Backend: "jetstream", URL: nats.url(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.Publisher()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"one", "one", "one", "two"} {
		if err := out.Publish("finance.payments", message.NewMessage(id, []byte(id))); err != nil {
			t.Fatal(err)
		}
	}
	in, err := b.Subscriber("audit-bureau")
	if err != nil {
		t.Fatal(err)
	}
	arrived, err := in.Subscribe(t.Context(), "finance.payments")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one", "two"} {
		m := <-arrived
		if m.UUID != want {
			t.Errorf("got %s, want %s", m.UUID, want)
		}
		m.Ack()
	}
}

func TestTheBusIsChosenByConfiguration(t *testing.T) {
	t.Parallel()
	b, err := bus.Open(bus.Config{Backend: "channel"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := b.Subscriber("screen")
	if err != nil {
		t.Fatal(err)
	}
	arrived, err := in.Subscribe(t.Context(), "changes")
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.Publisher()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if err := out.Publish("changes", message.NewMessage("one", nil)); err != nil {
			t.Error(err)
		}
	}()
	m := <-arrived
	m.Ack()
	if m.UUID != "one" {
		t.Errorf("got %s", m.UUID)
	}
	for _, wrong := range []bus.Config{{}, {Backend: "kafka"}, {Backend: "jetstream"}} {
		if _, err := bus.Open(wrong); err == nil {
			t.Errorf("%+v was accepted", wrong)
		}
	}
}
