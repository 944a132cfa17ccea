package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"

	"diwan/eventstore/feed"
	"diwan/eventstore/feed/bus"
	"diwan/modules/finance"
)

// With DIWAN_NATS_URL set, what finance records reaches another system over a real JetStream, and
// what concerns only persons does not leave.
func TestIntegrationEventsReachJetStream(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: starts PostgreSQL and a NATS server, which the fast part leaves out")
	}
	nats, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	go nats.Start()
	defer nats.Shutdown()
	if !nats.ReadyForConnections(20 * time.Second) {
		t.Fatal("the NATS server does not come up")
	}
	home := filepath.Join(openFolder(t), "home")
	term := &terminal{out: t.Output(), err: t.Output(), env: func(name string) string {
		return map[string]string{"DIWAN_HOME": home, "DIWAN_NATS_URL": nats.ClientURL()}[name]
	}}
	a, err := open(t.Context(), term)
	if err != nil {
		t.Fatal(err)
	}
	defer a.end(term)
	may := map[finance.Permission]bool{finance.MayOpenYear: true}
	by := finance.Officer{ID: "mazen", Permissions: may, Units: finance.Everywhere(may)}
	if _, err := a.finance.OpenYear(t.Context(), by, finance.OpenYear{Command: uuid.New(), Year: 2026}); err != nil {
		t.Fatal(err)
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- a.forward(ctx) }()
	elsewhere, err := bus.Open(bus.Config{Backend: "jetstream", URL: nats.ClientURL()})
	if err != nil {
		t.Fatal(err)
	}
	in, err := elsewhere.Subscriber("another-system")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	messages, err := in.Subscribe(ctx, "diwan.finance.year")
	if err != nil {
		t.Fatal(err)
	}
	m := <-messages
	m.Ack()
	if m.Metadata.Get(feed.MetaType) != "finance.fiscal_year_opened" || m.Metadata.Get(feed.MetaKey) != "2026" {
		t.Errorf("what arrived is %v, want the year 2026", m.Metadata)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("the forwarding ended badly: %v", err)
	}
}
