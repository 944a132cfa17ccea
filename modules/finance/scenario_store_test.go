package finance

import (
	"context"
	"os"
	"testing"

	"diwan/database/dbtest"
	"diwan/eventstore"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// onBothStores runs a scenario on the memory store and on PostgreSQL: what an office meets must not
// depend on where the log is kept.
func onBothStores(t *testing.T, scenario func(t *testing.T, log eventstore.Store)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { scenario(t, memoryLog(t)) })
	t.Run("postgres", func(t *testing.T) {
		log, err := eventstore.OpenPostgres(context.Background(), dbtest.New(t), Categories()...)
		scenario(t, opened(t, log, err))
	})
}

func memoryLog(t testing.TB) eventstore.Store {
	t.Helper()
	log, err := eventstore.NewMemory(Categories()...)
	return opened(t, log, err)
}

func opened(t testing.TB, log eventstore.Store, err error) eventstore.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Errorf("close the log: %v", err)
		}
	})
	return log
}
