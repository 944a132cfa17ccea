package graph

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"diwan/modules/access"
	"diwan/modules/directory"
)

// The directory over the API: an act, its refusal as data, and the tree of two days.
func TestTheDirectoryIsChangedAndAskedByDay(t *testing.T) {
	o := openOffice(t)
	dima, nour := o.as("dima"), o.as("nour")
	must(t, o.registrar.PublishShipped(context.Background()))
	var after string
	done := func(act, kind string, in map[string]any) {
		t.Helper()
		in["command"] = uuid.NewString()
		var answer map[string]struct {
			Position string
			Problems []struct{ Code, Message string }
		}
		dima.ask(&answer, `mutation($in: `+kind+`!) { `+act+`(input: $in) { position problems { code message } } }`, map[string]any{"in": in})
		if a := answer[act]; len(a.Problems) > 0 || a.Position == "" {
			t.Fatalf("%s is answered with %+v", act, a)
		}
		after = answer[act].Position
	}
	found := func(id, parent, code, name, kind, from string) {
		t.Helper()
		in := map[string]any{"id": id, "code": code, "name": map[string]any{"ar": name, "en": id}, "kind": kind, "from": from}
		if parent != "" {
			in["parent"] = parent
		}
		done("foundBody", "FoundBodyInput", in)
	}
	found("jo", "", "jo", "الدولة", "state", "2000-01-01")
	found("works", "jo", "2501", "وزارة الأشغال", "ministry", "2000-01-01")
	done("renameUnit", "ChangeUnitInput", map[string]any{"id": "works", "from": "2025-01-01", "name": map[string]any{"ar": "وزارة الأشغال والإسكان", "en": "Works"}})

	var seen struct {
		Then, Now struct {
			Path string
			Name struct{ Ar string }
		}
		Units struct{ Nodes []struct{ ID string } }
	}
	nour.ask(&seen, `query($p: Position!) @after(position: $p) {
		then: unit(id: "works", at: "2024-12-31") { path name { ar } }
		now: unit(id: "works") { path name { ar } }
		units(search: "الاسكان") { nodes { id } }
	}`, map[string]any{"p": after})
	if seen.Then.Name.Ar != "وزارة الأشغال" || seen.Now.Name.Ar != "وزارة الأشغال والإسكان" || seen.Now.Path != "jo.2501" || len(seen.Units.Nodes) != 1 || seen.Units.Nodes[0].ID != "works" {
		t.Errorf("the API shows %+v", seen)
	}
	var act struct {
		RenameUnit struct {
			Problems []struct{ Code, Path, Message string }
		}
	}
	dima.ask(&act, `mutation($in: ChangeUnitInput!) { renameUnit(input: $in) { problems { code path message } } }`, map[string]any{
		"in": map[string]any{"command": uuid.NewString(), "id": "works", "from": "2026-01-01", "name": map[string]any{"ar": "وزارة\u202e الأشغال", "en": "x"}},
	})
	if p := act.RenameUnit.Problems; len(p) != 1 || p[0].Code != "text.hidden_character" || p[0].Path != "name.ar" {
		t.Errorf("a name with a hidden character is answered with %+v", p)
	}
}

// The directory is told what the person may do in it, and nothing else.
func TestAClerkHasThePersonsPermissionsInTheDirectory(t *testing.T) {
	c := clerkOf(As(t.Context(), access.Program("dima", "directory.read", "finance.read")))
	if c.ID != "dima" || !c.May(directory.MayRead) || c.May(directory.MayChangeStructure) || len(c.Permissions) != 1 {
		t.Errorf("the clerk is %+v", c)
	}
}
