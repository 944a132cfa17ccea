package storetest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"diwan/eventstore"
)

func frames(t *testing.T, b *bench) {
	s := b.open()
	ctx := context.Background()
	first, last, err := s.AppendFrames(ctx, [][]byte{{1}, {}, {3, 0, 255}})
	if err != nil || first != 1 || last != 3 {
		t.Fatalf("three frames got %d to %d, %v", first, last, err)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 10 {
				if _, _, err := s.AppendFrames(ctx, [][]byte{fmt.Appendf(nil, "%d/%d/a", i, j), fmt.Appendf(nil, "%d/%d/b", i, j)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	var all []eventstore.Frame
	for {
		page, err := s.ReadFrames(ctx, int64(len(all)), 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		all = append(all, page...)
	}
	if len(all) != 163 || !bytes.Equal(all[2].Raw, []byte{3, 0, 255}) || len(all[1].Raw) != 0 {
		t.Fatalf("%d frames came back", len(all))
	}
	for i, f := range all {
		if f.Position != int64(i)+1 || f.Salt == [16]byte{} || i > 0 && f.RecordedAt.Before(all[i-1].RecordedAt) {
			t.Errorf("frame %d is %+v", i+1, f)
		}
		if i >= 3 && i%2 == 1 && !bytes.Equal(bytes.TrimSuffix(f.Raw, []byte("a")), bytes.TrimSuffix(all[i+1].Raw, []byte("b"))) {
			t.Errorf("what was appended together stands apart: %s and %s", f.Raw, all[i+1].Raw)
		}
	}
	if head, _, err := s.Head(ctx, eventstore.Telemetry); head != 163 || err != nil {
		t.Errorf("the lane's head is %d, %v", head, err)
	}
}

func watch(t *testing.T, b *bench) {
	s := b.open()
	ctx, cancel := context.WithCancel(context.Background())
	main, telemetry := s.Watch(ctx, eventstore.Main), s.Watch(ctx, eventstore.Telemetry)
	b.ok(s, putInto(drawer("a"), 1))
	<-main
	b.ok(s, putInto(drawer("a"), 2))
	b.ok(s, putInto(drawer("a"), 3))
	<-main
	if _, _, err := s.AppendFrames(ctx, [][]byte{{1}}); err != nil {
		t.Fatal(err)
	}
	<-telemetry
	cancel()
	for range main { // closed when the context ends
	}
	for range telemetry {
	}
}

func watchAcross(t *testing.T, b *bench) {
	writes, sees := b.open(), b.open()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	grown := sees.Watch(ctx, eventstore.Main)
	for i := range int64(3) {
		b.ok(writes, putInto(drawer("a"), i))
		for seen := int64(0); seen <= i; {
			<-grown
			head, _, err := sees.Head(ctx, eventstore.Main)
			if err != nil {
				t.Fatal(err)
			}
			seen = head
		}
	}
}
