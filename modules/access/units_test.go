package access

import (
	"encoding/json"
	"slices"
	"testing"

	"diwan/eventstore"
)

// told is a tree as the directory tells it, event by event.
func told(t *testing.T, events ...[2]string) *tree {
	t.Helper()
	tree := newTree()
	for _, e := range events {
		if !json.Valid([]byte(e[1])) {
			t.Fatalf("%s is not JSON", e[1])
		}
		if _, err := tree.fold(&eventstore.Recorded{Type: "directory." + e[0], Data: []byte(e[1])}); err != nil {
			t.Fatal(err)
		}
	}
	return tree
}

func government() [][2]string {
	return [][2]string{
		{"body_founded", `{"act":"1","from":"2000-01-01","id":"state","code":"jo"}`},
		{"body_founded", `{"act":"2","from":"2000-01-01","id":"works","parent":"state","code":"2501","chapter":"2501"}`},
		{"body_founded", `{"act":"3","from":"2000-01-01","id":"housing","parent":"state","code":"2502","chapter":"2502"}`},
		{"body_founded", `{"act":"4","from":"2000-01-01","id":"bureau","parent":"works","code":"9"}`},
		{"unit_founded", `{"act":"5","from":"2000-01-01","id":"roads","parent":"works","code":"10","centre":"250110"}`},
		{"unit_founded", `{"act":"6","from":"2000-01-01","id":"section","parent":"roads","code":"1"}`},
	}
}

func TestAUnitCoversItsPathAndItsMoney(t *testing.T) {
	tree := told(t, government()...)
	for unit, want := range map[string][]string{
		"state": {""}, "jo": {""}, "works": {"jo.2501.", "2501."}, "jo.2501": {"jo.2501.", "2501."},
		"roads": {"jo.2501.10.", "2501.250110."}, "section": {"jo.2501.10.1."}, "bureau": {"jo.2501.9."},
	} {
		if got, ok := tree.Reach(unit, on(t, "2026-11-24")); !ok || !slices.Equal(got, want) {
			t.Errorf("%s covers %q, %v; expected %q", unit, got, ok, want)
		}
	}
	if _, ok := tree.Reach("nowhere", on(t, "2026-11-24")); ok {
		t.Error("a unit that was never founded covers something")
	}
	if _, ok := tree.Reach("works", on(t, "1999-12-31")); ok {
		t.Error("a unit covers something before its first day")
	}
}

func TestAScopeFollowsMovesAndMergers(t *testing.T) {
	tree := told(t, append(government(),
		[2]string{"unit_moved", `{"act":"7","from":"2026-07-01","id":"roads","parent":"housing","code":"70"}`},
		[2]string{"unit_merged", `{"act":"8","from":"2026-09-01","id":"works","into":"housing"}`},
		[2]string{"unit_closed", `{"act":"9","from":"2026-10-01","id":"section"}`},
	)...)
	reach := func(unit, day string) []string {
		prefixes, _ := tree.Reach(unit, on(t, day))
		return prefixes
	}
	if got := reach("roads", "2026-06-30"); !slices.Equal(got, []string{"jo.2501.10.", "2501.250110."}) {
		t.Errorf("before the move: %q", got)
	}
	if got := reach("roads", "2026-07-01"); !slices.Equal(got, []string{"jo.2502.70.", "2502.250110."}) {
		t.Errorf("after the move: %q", got)
	}
	if got := reach("housing", "2026-09-01"); !slices.Contains(got, "2501.") || !slices.Contains(got, "2502.") {
		t.Errorf("the successor does not see what its predecessor left: %q", got)
	}
	if got := reach("works", "2026-09-01"); got != nil {
		t.Errorf("a unit that was merged still covers %q", got)
	}
	if got := reach("section", "2026-10-01"); got != nil {
		t.Errorf("a closed unit still covers %q", got)
	}
	if _, err := tree.fold(&eventstore.Recorded{Type: "directory.act_withdrawn", Data: []byte(`{"act":"8","reason":"x"}`)}); err != nil {
		t.Fatal(err)
	}
	if got := reach("works", "2026-09-01"); !slices.Contains(got, "2501.") {
		t.Errorf("a merger that was withdrawn still holds: %q", got)
	}
}
