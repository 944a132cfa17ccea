package feed

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/modules/kernel"
)

// A message's id is the ordinary name-based UUID of its position, which other programs can recompute.
func TestTheIdOfAMessageIsTheNameBasedOneOfItsPosition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := kernel.Position{
			Lane:  rapid.SampledFrom([]string{"main", "telemetry", "access"}).Draw(t, "lane"),
			Epoch: rapid.Int32Min(1).Draw(t, "epoch"), N: rapid.Int64Min(1).Draw(t, "number"),
		}
		if got, want := MessageID(at), uuid.NewSHA1(namespace, []byte("message\n"+at.String())); got != want {
			t.Fatalf("%s has id %s, want %s", at, got, want)
		}
	})
}
