package eventstore_test

import (
	"context"
	"os"
	"testing"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/storetest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func TestMemoryKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Log { return eventstore.NewMemoryLog() })
}

func TestPostgresKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Log { return postgresLog{dbtest.New(t)} })
}

type postgresLog struct{ db *database.DB }

func (p postgresLog) Open(all ...eventstore.Category) (eventstore.Store, error) {
	return eventstore.OpenPostgres(context.Background(), p.db, all...)
}
