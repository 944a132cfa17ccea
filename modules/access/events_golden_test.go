package access

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// samples is one event of each type with every field filled in, as the golden files hold it.
func samples(t *testing.T) []eventstore.Event {
	name := kernel.Text{Ar: "رنا الخطيب", En: "Rana Al-Khatib"}
	title := kernel.Text{Ar: "محاسبة", En: "Accountant"}
	period := Period{From: on(t, "2026-01-01"), To: on(t, "2026-12-31")}
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	return []eventstore.Event{
		PersonRegistered{name, title, on(t, "2026-01-01")},
		PersonRenamed{name, title},
		PersonSuspended{"تحقيق"},
		PersonReinstated{"انتهى التحقيق"},
		PersonLeft{on(t, "2026-06-30"), "نُقلت"},
		ClearanceGiven{Secret, period, "عمل اللجنة"},
		RoleGranted{1, "preparer", "jo.2501", period},
		GrantEnded{1, on(t, "2026-06-30"), "نُقلت"},
		DelegationGiven{"d-1", "sara", []string{"finance.voucher.approve"}, period, "إجازة"},
		DelegationReceived{"d-1", "huda", []string{"finance_manager"}, period},
		DelegationWithdrawn{"d-1", on(t, "2026-03-01"), "عادت"},
		ServiceOpened{"rana", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", []string{"10.4.0.0/16"}, 600, on(t, "2026-12-31")},
		ServiceKeyReplaced{"BBBBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", on(t, "2026-12-31")},
		RoleDefined{title},
		RoleRetitled{title},
		RoleSet{on(t, "2026-01-01"), []string{"finance.read"}, 10_000_000},
		RoleHeld{"rana", 1, period},
		RoleLeft{"rana", 1, on(t, "2026-06-30")},
		RolesSeparated{"auditor", "preparer", "من أعدّ لا يدقق"},
		RolesJoined{"auditor", "preparer", "دُمج القسمان"},
		ObjectClassified{TopSecret, "يمس الأمن"},
		ReaderNamed{"rana", period, "عضو اللجنة"},
		ReaderStruck{"rana", "انتهت اللجنة"},
		EmergencyAsked{"rana", "jo.2501", Restricted, []string{"finance.read"}, "حادث", at, at.Add(time.Hour), at.Add(24 * time.Hour)},
		EmergencyAgreed{"huda", at, at.Add(time.Hour)},
		EmergencyObjected{"huda", at, "لا حاجة"},
		EmergencyUnanswered{at},
		ApprovalsNeedStepUp{on(t, "2026-01-01"), true},
	}
}

// Every shape ever stored is read, and today's is written as it stands in its file.
func TestEveryStoredShapeIsRead(t *testing.T) {
	codec := eventstore.NewCodec(accessEvents()...)
	all := map[string]eventstore.Event{}
	for _, e := range samples(t) {
		all[e.EventType()] = e
		for v, i := reflect.ValueOf(e), 0; i < v.NumField(); i++ {
			if v.Field(i).IsZero() {
				t.Errorf("the sample of %s leaves %s empty", e.EventType(), v.Type().Field(i).Name)
			}
		}
	}
	for _, typ := range codec.Types() {
		sample, there := all[typ.Name]
		if !there {
			t.Errorf("%s has no sample", typ.Name)
			continue
		}
		_, _, data, err := codec.Encode(sample)
		if err != nil {
			t.Fatal(err)
		}
		for shape := int16(1); shape <= typ.Schema; shape++ {
			path := filepath.Join("testdata", "events", fmt.Sprintf("%s.v%d.json", typ.Name, shape))
			golden, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%s is missing; today's shape is %s", path, data)
				continue
			}
			read, err := codec.Decode(typ.Name, shape, golden)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			var compact bytes.Buffer
			if shape == typ.Schema && (!reflect.DeepEqual(read, sample) || json.Compact(&compact, golden) != nil || !bytes.Equal(compact.Bytes(), data)) {
				t.Errorf("%s holds\n%s, written today is\n%s", path, strings.TrimSpace(compact.String()), data)
			}
		}
	}
}

func on(t testing.TB, s string) kernel.Date {
	t.Helper()
	d, err := kernel.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
