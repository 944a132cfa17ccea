package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/graph/officer"
	"diwan/modules/access"
)

// told asks one document as a standing and reads its data; refusals by code are returned.
func (o *office) told(t *testing.T, by *access.Standing, out any, document string, variables map[string]any) (codes []string) {
	t.Helper()
	answer := NewLocal(o.config).Ask(t.Context(), by, "ar", document, variables)
	for _, e := range answer.Errors {
		code, _ := e.Extensions["code"].(string)
		if code == "" || code == "internal" {
			t.Fatalf("%s", e.Message)
		}
		codes = append(codes, code)
	}
	if out != nil && len(answer.Data) > 0 {
		must(t, json.Unmarshal(answer.Data, out))
	}
	return codes
}

type decided struct {
	ID       string
	Position string
	Problems []struct{ Code, Path, Message string }
}

// decide carries out one command of access.
func (o *office) decide(t *testing.T, by *access.Standing, act, kind string, in map[string]any) decided {
	t.Helper()
	in["command"] = uuid.NewString()
	var out map[string]decided
	if codes := o.told(t, by, &out, `mutation($in: `+kind+`!) { `+act+`(input: $in) { id position problems { code path message } } }`, map[string]any{"in": in}); codes != nil {
		return decided{Problems: []struct{ Code, Path, Message string }{{Code: codes[0]}}}
	}
	return out[act]
}

// decider is whoever may decide everything of access.
func decider() *access.Standing {
	var all []string
	for _, a := range officer.Catalogue().All() {
		if strings.HasPrefix(a.Name, "access.") {
			all = append(all, a.Name)
		}
	}
	return access.Program("decider", all...)
}

func (o *office) standing(t *testing.T, person, behalf string) *access.Standing {
	t.Helper()
	s, ok := o.config.Access.Standing(person, access.Acting{OnBehalfOf: behalf, SteppedUp: true})
	if !ok {
		t.Fatalf("%s may do nothing", person)
	}
	return &s
}

// A person is registered, given a role, sees what it gives, and loses it again; every step is told.
func TestAPersonIsGivenRightsAndTheyAreExplained(t *testing.T) {
	o := openOffice(t)
	by := decider()
	done := func(act, kind string, in map[string]any) decided {
		t.Helper()
		d := o.decide(t, by, act, kind, in)
		if len(d.Problems) > 0 || d.Position == "" {
			t.Fatalf("%s is answered with %+v", act, d)
		}
		return d
	}
	done("registerPerson", "RegisterPersonInput", map[string]any{"person": "maha", "name": map[string]any{"ar": "مها سالم", "en": "Maha Salem"}, "on": "2026-01-01"})
	done("setRole", "SetRoleInput", map[string]any{"role": "clerk", "title": map[string]any{"ar": "كاتب", "en": "Clerk"}, "permissions": []string{"finance.read", "finance.voucher.prepare"}, "limit": "1500.500", "from": "2026-01-01"})
	done("grantRole", "GrantRoleInput", map[string]any{"person": "maha", "role": "clerk", "unit": "jo.2501", "from": "2026-01-01"})
	done("giveClearance", "GiveClearanceInput", map[string]any{"person": "maha", "level": "RESTRICTED", "reason": "عمله", "from": "2026-01-01"})
	if d := o.decide(t, by, "grantRole", "GrantRoleInput", map[string]any{"person": "maha", "role": "clerk", "unit": "jo.2501", "from": "2026-02-01"}); len(d.Problems) != 1 || d.Problems[0].Code != "access.granted_before" || d.Problems[0].Path != "role" {
		t.Errorf("a grant given twice is answered with %+v", d)
	}
	if d := o.decide(t, by, "setRole", "SetRoleInput", map[string]any{"role": "clerk", "permissions": []string{}, "limit": "1.2345"}); len(d.Problems) != 1 || !strings.HasPrefix(d.Problems[0].Path, "limit") {
		t.Errorf("a limit finer than the currency is answered with %+v", d)
	}
	var seen struct {
		Person struct {
			Name      struct{ Ar string }
			State     string
			Clearance struct{ Level string }
			Grants    []struct {
				No   int
				Role struct{ Title struct{ Ar string } }
				Unit struct{ Name struct{ Ar string } }
				From string
			}
		}
		WhatSees struct {
			Works        bool
			AllowedCount int
			Verdicts     struct {
				Nodes []struct {
					Act     struct{ Name string }
					Allowed bool
					Why     string
					Reason  struct{ Ar string }
				}
			}
		}
	}
	o.told(t, by, &seen, `query { person(id: "maha") { name { ar } state clearance { level } grants { no role { title { ar } } unit { name { ar } } from } }
		whatSees(question: {person: "maha", kind: PREPARING}) { works allowedCount verdicts { nodes { act { name } allowed why reason { ar } } } } }`, nil)
	p := seen.Person
	if p.Name.Ar != "مها سالم" || p.State != "ACTIVE" || p.Clearance.Level != "RESTRICTED" || len(p.Grants) != 1 || p.Grants[0].Role.Title.Ar != "كاتب" || p.Grants[0].From != "2026-01-01" {
		t.Errorf("maha is shown as %+v", p)
	}
	if w := seen.WhatSees; !w.Works || w.AllowedCount != 1 || w.Verdicts.Nodes[0].Act.Name != "finance.voucher.prepare" || w.Verdicts.Nodes[0].Why != "grant" || !strings.Contains(w.Verdicts.Nodes[0].Reason.Ar, "كاتب") {
		t.Errorf("what maha sees is answered with %+v", w)
	}
	ended := done("endGrant", "EndGrantInput", map[string]any{"person": "maha", "grant": 1, "reason": "انتقال"})
	var steps struct {
		AccessSteps struct {
			Nodes []struct {
				Title, Detail struct{ Ar string }
				Reason        string
			}
		}
	}
	o.told(t, by, &steps, `query($p: Position!) @after(position: $p) { accessSteps(of: PERSON, id: "maha") { nodes { title { ar } detail { ar } reason } } }`, map[string]any{"p": ended.Position})
	if n := steps.AccessSteps.Nodes; len(n) != 4 || n[0].Title.Ar != "إنهاء منح" || n[0].Reason != "انتقال" || !strings.Contains(n[2].Detail.Ar, "كاتب") {
		t.Errorf("what happened to maha is told as %+v", n)
	}
}

// What somebody may not look at is answered as if it were absent, and the record of decisions with it.
func TestOthersRightsAreNotTold(t *testing.T) {
	o := openOffice(t)
	rana := o.standing(t, "rana", "")
	var seen struct {
		Own, Other  *struct{ ID string }
		AccessSteps struct{ Nodes []struct{ Type string } }
	}
	o.told(t, rana, &seen, `{ own: person(id: "rana") { id } other: person(id: "huda") { id } accessSteps(of: PERSON, id: "huda") { nodes { type } } }`, nil)
	if seen.Own == nil || seen.Other != nil || len(seen.AccessSteps.Nodes) != 0 {
		t.Errorf("rana is told %+v", seen)
	}
	if codes := o.told(t, rana, nil, `{ people { nodes { id } } }`, nil); len(codes) != 1 || codes[0] != "forbidden" {
		t.Errorf("the list of people is answered with %v", codes)
	}
}

// Going the emergency way reaches the inbox of whoever watches, at once; their answer reaches the one who went.
func TestAnEmergencyReachesWhoeverWatches(t *testing.T) {
	o := openOffice(t)
	watcher, duty := access.Program("rima", access.MayAnswerEmergency, access.MayReadAccess), access.Program("sara", access.MayGoEmergency)
	asked := o.decide(t, duty, "askEmergency", "AskEmergencyInput", map[string]any{"unit": "jo.2501", "secrecy": "RESTRICTED", "reason": "حريق في المستودع"})
	if len(asked.Problems) > 0 {
		t.Fatalf("asking is answered with %+v", asked)
	}
	type box struct {
		Inbox struct {
			Nodes []struct{ Kind, Document, Step, Subject string }
		}
	}
	var seen, hers, others box
	const question = `query($p: Position!) @after(position: $p) { inbox { nodes { kind document step subject } } }`
	at := map[string]any{"p": asked.Position}
	o.told(t, watcher, &seen, question, at)
	if n := seen.Inbox.Nodes; len(n) != 1 || n[0].Kind != "emergency" || n[0].Document != asked.ID || n[0].Subject != "حريق في المستودع" {
		t.Fatalf("the watcher's inbox holds %+v", n)
	}
	o.told(t, access.Program("sara", access.MayGoEmergency, access.MayAnswerEmergency), &hers, question, at)
	o.told(t, o.standing(t, "rana", ""), &others, question, at)
	for _, n := range append(hers.Inbox.Nodes, others.Inbox.Nodes...) {
		if n.Kind == "emergency" {
			t.Error("an emergency waits for whoever asked for it, or for somebody who does not watch")
		}
	}
	answered := o.decide(t, watcher, "answerEmergency", "AnswerEmergencyInput", map[string]any{"emergency": asked.ID, "agree": false, "reason": "لا حريق"})
	if len(answered.Problems) > 0 {
		t.Fatalf("answering is answered with %+v", answered)
	}
	var after struct {
		Inbox     struct{ Nodes []struct{ Kind string } }
		Emergency struct {
			State      string
			AnsweredBy struct{ ID string }
		}
	}
	o.told(t, watcher, &after, `query($p: Position!, $id: ID!) @after(position: $p) { inbox { nodes { kind } } emergency(id: $id) { state answeredBy { id } } }`, map[string]any{"p": answered.Position, "id": asked.ID})
	if len(after.Inbox.Nodes) != 0 || after.Emergency.State != "OBJECTED" || after.Emergency.AnsweredBy.ID != "rima" {
		t.Errorf("afterwards %+v", after)
	}
	var news struct {
		Notices struct{ Nodes []struct{ Kind string } }
	}
	o.told(t, duty, &news, `query($p: Position!) @after(position: $p) { notices { nodes { kind } } }`, map[string]any{"p": answered.Position})
	if len(news.Notices.Nodes) != 1 || news.Notices.Nodes[0].Kind != "emergency" {
		t.Errorf("whoever went is told %+v", news.Notices.Nodes)
	}
}
