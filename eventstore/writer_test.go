package eventstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

type spent struct {
	Amount int64 `json:"amount"`
}

func (spent) EventType() string { return "test.spent" }

// purse holds 100 and counts what was spent of it.
func purse() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[spent](1, nil))
	return eventstore.CategoryOf("test.purse", eventstore.Main, codec, int64(100), func(left int64, e eventstore.Event) int64 {
		return left - e.(spent).Amount
	})
}

func spend(id uuid.UUID, key string, amount int64) eventstore.Command {
	return eventstore.Command{
		ID: id, Actor: "rana", Content: fmt.Appendf(nil, "spend %d", amount),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "test.purse", Key: key}, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			if left := eventstore.StateOf[int64](d, 0); amount > left {
				return kernel.Problem{Code: "test.empty", Message: kernel.Text{En: fmt.Sprintf("%d left", left)}}
			}
			d.Record(0, spent{amount})
			return nil
		},
	}
}

func TestThirtyTwoCallersSpendExactlyWhatIsThere(t *testing.T) {
	store, err := eventstore.NewMemory(purse())
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	won, lost := 0, 0
	for range 32 {
		wait.Go(func() {
			for range 5 {
				_, err := store.Execute(context.Background(), spend(uuid.Must(uuid.NewV7()), "one", 1))
				mu.Lock()
				switch {
				case err == nil:
					won++
				case len(kernel.ProblemsOf(err)) == 1:
					lost++
				default:
					t.Errorf("neither success nor refusal: %v", err)
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if won != 100 || lost != 60 {
		t.Errorf("100 dinars allow 100 of 160 to win: %d won, %d lost", won, lost)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Execute(context.Background(), spend(uuid.New(), "one", 1)); !errors.Is(err, eventstore.ErrShutDown) {
		t.Errorf("a closed store answered %v", err)
	}
}
