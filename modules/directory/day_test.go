package directory_test

import (
	"bytes"
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"diwan/eventstore"
	"diwan/modules/directory"

	"github.com/google/uuid"
)

func TestADayBeginsOnceWhicheverNodeSaysSo(t *testing.T) {
	t.Parallel()
	store, err := eventstore.NewMemory(directory.Categories()...)
	if err != nil {
		t.Fatal(err)
	}
	amman := time.FixedZone("Amman", 3*60*60)
	now := time.Date(2026, time.September, 30, 22, 30, 0, 0, time.UTC) // 1 October in Amman
	calendar := directory.NewCalendar(store, uuid.New(), func() time.Time { return now }, amman)
	var nodes sync.WaitGroup
	for range 4 {
		nodes.Go(func() {
			if _, err := calendar.Begin(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	nodes.Wait()
	now = now.Add(24 * time.Hour)
	if _, err := calendar.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	events, err := store.Read(t.Context(), eventstore.Main, 0, 10)
	if err != nil || len(events) != 2 || events[0].Stream.Key != "2026-10-01" || events[1].Stream.Key != "2026-10-02" {
		t.Fatalf("two days are %d events: %+v (%v)", len(events), events, err)
	}
	golden, err := os.ReadFile("testdata/events/directory.day_begun.v1.json")
	if err != nil || !bytes.Equal(bytes.TrimSpace(golden), events[0].Data) {
		t.Errorf("the stored shape %s is not that of the golden file %s (%v)", events[0].Data, golden, err)
	}
}
