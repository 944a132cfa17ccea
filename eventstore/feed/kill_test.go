package feed_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"

	"github.com/google/uuid"
)

const letters = 30

var lastLetter = fmt.Sprintf("main.1.%d", letters)

// victim consumes the log, says what it was given, and kills itself at the third acknowledgement.
func victim() int {
	var config database.Config
	if err := json.Unmarshal([]byte(os.Getenv("DIWAN_TEST_VICTIM")), &config); err != nil {
		return 2
	}
	db, err := database.Open(context.Background(), config)
	if err != nil {
		return 2
	}
	store, err := eventstore.NewMemory(books()...)
	if err != nil {
		return 2
	}
	for range letters {
		if _, err := enter(context.Background(), store, uuid.New(), "test.incoming", "roads", registered{}); err != nil {
			return 2
		}
	}
	acked := 0
	s := subscriber(db, store, feed.Config{
		Consumer: "archive", Hold: 150 * time.Millisecond, Save: time.Nanosecond,
		Hook: func(string) {
			if acked++; acked == 3 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
		},
	})
	messages, err := s.Subscribe(context.Background(), "main")
	if err != nil {
		return 2
	}
	for m := range messages {
		fmt.Println(m.Metadata[feed.MetaPosition], m.UUID)
		m.Ack()
		if m.Metadata[feed.MetaPosition] == lastLetter {
			if err := s.Close(); err != nil {
				return 2
			}
			return 0
		}
	}
	return 2
}

// kill -9 between acknowledgement and checkpoint, again and again: the message comes again with the
// same id, and none is left out.
func TestKilledBeforeTheCheckpointTheMessageComesAgain(t *testing.T) {
	t.Parallel()
	config := dbtest.NewConfig(t)
	encoded, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	again, kills := 0, 0
	for ; ids[lastLetter] == ""; kills++ {
		child := exec.Command(os.Args[0], "-test.run", "^$")
		child.Env = append(os.Environ(), "DIWAN_TEST_VICTIM="+string(encoded))
		out, err := child.Output()
		status, ok := child.ProcessState.Sys().(syscall.WaitStatus)
		if err != nil && (!ok || status.Signal() != syscall.SIGKILL) {
			t.Fatalf("the consumer ended by itself: %v\n%s", err, out)
		}
		for line := range strings.Lines(string(out)) {
			position, id, _ := strings.Cut(strings.TrimSpace(line), " ")
			if ids[position] != "" {
				again++
				if ids[position] != id {
					t.Errorf("%s came as %s and as %s", position, ids[position], id)
				}
			}
			ids[position] = id
		}
	}
	if len(ids) != letters || again == 0 {
		t.Errorf("%d of %d letters over %d kills, %d came again", len(ids), letters, kills, again)
	}
}
