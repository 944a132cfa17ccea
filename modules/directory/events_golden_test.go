package directory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// treeSamples is one event of each type of the tree with every field filled in, as the golden files
// hold it.
func treeSamples(t *testing.T) []eventstore.Event {
	i := Instrument{Act: "0192f000-0000-7000-8000-00000000000a", From: on(t, "2026-07-01"), Basis: "قرار مجلس الوزراء 4417"}
	name := kernel.Text{Ar: "مديرية الطرق", En: "Directorate of Roads"}
	return []eventstore.Event{
		BodyFounded{i, "works", "jo", "2501", name, "ministry", "2501"},
		UnitFounded{i, "roads", "works", "10", name, 3, "0012"},
		UnitRenamed{i, "roads", name},
		UnitMoved{i, "roads", "works", "11"},
		UnitMerged{i, "roads", "bridges"},
		UnitSplit{i, "roads", []string{"rural", "desert"}, true},
		UnitClosed{i, "roads"},
		ChapterSet{i, "works", "2502"},
		CentreSet{i, "roads", "0013"},
		LevelSet{i, "roads", 4},
		BodyKindSet{i, "works", "authority"},
		PostFounded{i, "head", "roads", "1", name},
		PostRenamed{i, "head", name},
		PostMoved{i, "head", "roads", "2"},
		PostClosed{i, "head"},
		PostHeld{i, "head", "tenure-1", "rana", on(t, "2026-12-31"), true},
		PostLeft{i, "head", "tenure-1"},
		ActWithdrawn{"0192f000-0000-7000-8000-00000000000a", "أُجّل القرار"},
	}
}

func TestEveryStoredShapeOfTheTreeIsRead(t *testing.T) {
	everyShapeIsRead(t, treeEvents(), treeSamples(t))
}

// everyShapeIsRead requires that every shape ever stored can still be read, and today's is written
// byte for byte as its golden file has it. The files are never changed or removed.
func everyShapeIsRead(t *testing.T, types []eventstore.EventType, all []eventstore.Event) {
	codec := eventstore.NewCodec(types...)
	samples := map[string]eventstore.Event{}
	for _, e := range all {
		samples[e.EventType()] = e
		filled := reflect.ValueOf(e)
		for i := range filled.NumField() {
			if filled.Field(i).IsZero() {
				t.Errorf("the sample of %s leaves %s empty", e.EventType(), filled.Type().Field(i).Name)
			}
		}
	}
	for _, typ := range codec.Types() {
		sample, there := samples[typ.Name]
		if !there {
			t.Errorf("%s has no sample", typ.Name)
			continue
		}
		for shape := int16(1); shape <= typ.Schema; shape++ {
			path := filepath.Join("testdata", "events", fmt.Sprintf("%s.v%d.json", typ.Name, shape))
			golden, err := os.ReadFile(path)
			if err != nil {
				_, _, data, _ := codec.Encode(sample)
				t.Errorf("%s is missing; today's shape is %s", path, data)
				continue
			}
			read, err := codec.Decode(typ.Name, shape, golden)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			if shape < typ.Schema {
				continue
			}
			if !reflect.DeepEqual(read, sample) {
				t.Errorf("%s is read as\n%+v, the sample is\n%+v", path, read, sample)
			}
			var compact bytes.Buffer
			_, _, data, err := codec.Encode(sample)
			if err != nil || json.Compact(&compact, golden) != nil || !bytes.Equal(compact.Bytes(), data) {
				t.Errorf("%s holds\n%s, written today is\n%s (%v)", path, strings.TrimSpace(compact.String()), data, err)
			}
		}
	}
}
