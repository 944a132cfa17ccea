package signin

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// samples is one event of each type with every field filled in.
func samples(t *testing.T) []eventstore.Event {
	id := uuid.MustParse("0192f000-0000-7000-8000-000000000001")
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	from, err := kernel.ParseDate("2026-12-01")
	must(t, err)
	return []eventstore.Event{
		SignedIn{id, TwoFactor, []string{"password", "totp"}, "192.0.2.7", "Firefox Linux", true},
		SignInRefused{412, 400, []string{"192.0.2.7"}, at, at.Add(time.Minute), true},
		SteppedUp{id, "passkey"},
		SignedOut{2, "all"},
		PasswordChanged{true},
		FactorAdded{"passkey", "مفتاح المكتب"},
		FactorRemoved{"passkey", "مفتاح المكتب"},
		RecoveryStarted{id, true, true},
		RecoveryApproved{id},
		RecoveryUsed{&id, 9},
		AccountSuspended{},
		AccountRestored{},
		PolicySet{Policy{from, []string{"finance.voucher.approve"}, true, 15, 30, 720}},
	}
}

// Every shape that was ever stored is read, and today's is written as the file says.
func TestEveryStoredShapeIsRead(t *testing.T) {
	codec := eventstore.NewCodec(EventTypes()...)
	all := map[string]eventstore.Event{}
	for _, e := range samples(t) {
		all[e.EventType()] = e
	}
	for _, typ := range codec.Types() {
		sample, there := all[typ.Name]
		if !there {
			t.Errorf("%s has no sample", typ.Name)
			continue
		}
		path := filepath.Join("testdata", "events", typ.Name+".v1.json")
		_, _, written, err := codec.Encode(sample)
		must(t, err)
		golden, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s is missing; today's shape is %s", path, written)
			continue
		}
		read, err := codec.Decode(typ.Name, 1, golden)
		if err != nil || !reflect.DeepEqual(read, sample) {
			t.Errorf("%s is read as %+v (%v), the sample is %+v", path, read, err, sample)
		}
		var compact bytes.Buffer
		if json.Compact(&compact, golden) != nil || !bytes.Equal(compact.Bytes(), written) {
			t.Errorf("%s holds %s, written today is %s", path, compact.String(), written)
		}
	}
}
