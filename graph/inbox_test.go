package graph

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"diwan/projections/inbox"
	"diwan/projections/projectionstest"
	"diwan/projections/search"
)

// box is what a person's inbox shows.
type box struct {
	Inbox struct {
		Nodes []struct{ Kind, Document, Section, Step, Number, Subject, Reason, Urgency string }
	}
	InboxCount struct{ Approve, Sign, Complete, Read, Total, Overdue int }
	Notices    struct {
		Nodes []struct {
			Document string
			Happened struct{ En string }
			Unread   int
			Newest   string
		}
	}
}

func (c *caller) box() box {
	c.o.t.Helper()
	var b box
	c.ask(&b, `{ inbox { nodes { kind document section step number subject reason urgency } } inboxCount { approve sign complete read total overdue }
		notices { nodes { document happened { en } unread newest } } }`, nil)
	return b
}

// asks tells whether a document waits for the caller's step.
func (b box) asks(document, step string) bool {
	for _, n := range b.Inbox.Nodes {
		if n.Document == document && n.Step == step {
			return true
		}
	}
	return false
}

func TestAVoucherWalksFromInboxToInbox(t *testing.T) {
	o := openOffice(t)
	rana, omar, huda, samar, zaid := o.as("rana"), o.as("omar"), o.as("huda"), o.as("samar"), o.as("zaid")
	_, voucher := o.claim(rana, omar, "12,500.000")
	after := rana.after
	step := func(c *caller, asked, section, act, kind string, input map[string]any) {
		t.Helper()
		c.after = after
		b := c.box()
		if !b.asks(voucher, asked) {
			t.Fatalf("%s: nobody is asked to %s: %+v", act, asked, b)
		}
		if one := b.Inbox.Nodes[0]; one.Section != section || one.Number == "" || one.Subject != "المطالبة 7" {
			t.Errorf("%s shows %+v, want section %s", act, one, section)
		}
		input["id"] = voucher
		c.done(act, kind, input)
		after = c.after
		if b := c.box(); b.asks(voucher, asked) {
			t.Errorf("after %s it still waits there", act)
		}
	}
	const acting = "ActOnVoucherInput"
	step(omar, "audit", "APPROVE", "auditVoucher", acting, map[string]any{})
	step(huda, "approve", "APPROVE", "returnVoucher", acting, map[string]any{"reason": "المرفق ناقص"})
	if omar.after = after; omar.box().asks(voucher, "correct") {
		t.Error("a return waits for somebody else than its preparer")
	}
	step(rana, "correct", "COMPLETE", "reviseVoucher", "ReviseVoucherInput", map[string]any{"narration": "المطالبة 7"})
	step(omar, "audit", "APPROVE", "auditVoucher", acting, map[string]any{})
	step(huda, "approve", "APPROVE", "approveVoucher", acting, map[string]any{})
	step(samar, "sign", "SIGN", "approveVoucher", acting, map[string]any{})
	step(zaid, "pay", "SIGN", "payVoucher", acting, map[string]any{"reference": "RTGS-9"})

	// Rana is told what others did, one row for the voucher, until she has read it.
	rana.after = after
	b := rana.box()
	row := -1
	for i, n := range b.Notices.Nodes {
		if n.Document == voucher {
			row = i
		}
	}
	if row < 0 || b.Notices.Nodes[row].Happened.En != "Paid" || b.Notices.Nodes[row].Unread < 5 {
		t.Fatalf("the preparer is told %+v", b.Notices)
	}
	var marked struct {
		MarkRead struct{ Problems []struct{ Code string } }
	}
	rana.ask(&marked, `mutation($m: [ReadMarkInput!]!) { markRead(marks: $m) { problems { code } } }`, map[string]any{
		"m": []any{map[string]any{"kind": "voucher", "document": voucher, "position": b.Notices.Nodes[row].Newest}},
	})
	if read := rana.box(); read.InboxCount.Read != b.InboxCount.Read-1 || read.Notices.Nodes[row].Unread != 0 {
		t.Errorf("after reading it is told %+v", read.Notices)
	}
	must(t, o.views.Wait(t.Context(), search.ViewName, o.head(t)))
	projectionstest.Equal(t, o.db, o.log, inbox.View(), search.View()) // however the log is cut
	for _, n := range zaid.box().Notices.Nodes {
		if n.Document == voucher {
			t.Error("the payer is told of the payer's own act")
		}
	}
}

func TestTheInboxShowsNothingToThoseWhoTakeNoStep(t *testing.T) {
	o := openOffice(t)
	rana, omar := o.as("rana"), o.as("omar")
	o.claim(rana, omar, "100.000")
	nour := o.as("nour")
	nour.after = rana.after
	if b := nour.box(); len(b.Inbox.Nodes) > 0 || b.InboxCount.Total > 0 || len(b.Notices.Nodes) > 0 {
		t.Errorf("the Audit Bureau's reader is shown %+v", b)
	}
	for _, n := range rana.box().Inbox.Nodes {
		if n.Step == "audit" {
			t.Error("the preparer is asked to audit")
		}
	}
}

func TestSearchFindsByNumberSpellingAndStemWithinRights(t *testing.T) {
	o := openOffice(t)
	rana, omar := o.as("rana"), o.as("omar")
	commitment, voucher := o.claim(rana, omar, "100.000")
	type found struct {
		Search []struct {
			Kind  string
			Count int
			Hits  []struct {
				Target, Number, Why string
				Marks               []string
			}
		}
	}
	find := func(c *caller, text string) found {
		t.Helper()
		var f found
		deadline := 200
		for { // search follows the log by itself; nobody waits for it
			c.ask(&f, `query($t: String!) { search(text: $t) { kind count hits { target number why marks } } }`, map[string]any{"t": text})
			if len(f.Search) > 0 || deadline == 0 {
				return f
			}
			deadline--
		}
	}
	hit := func(f found, target string) string {
		for _, g := range f.Search {
			for _, h := range g.Hits {
				if h.Target == target {
					return h.Why
				}
			}
		}
		return ""
	}
	must(t, o.views.Wait(t.Context(), "search", o.head(t)))
	number := rana.document(t, "commitment", commitment)
	for text, why := range map[string]string{number: "NUMBER", "صيانة طريق": "WORD", "الصيانه": "STEM", "للطريق": "STEM", "صيانت": "SPELLING", "Roads Comp": "WORD"} {
		if got := hit(find(rana, text), commitment); got != why {
			t.Errorf("%q finds the commitment by %q, want %s", text, got, why)
		}
	}
	if got := hit(find(rana, "شركه الطرق"), voucher); got == "" {
		t.Error("the voucher is not found by its payee's name in another spelling")
	}
	for _, text := range []string{"", "'", "\\", "a'&!|b:*", "﷽", "%", "((", "\u202e"} {
		rana.ask(&found{}, `query($t: String!) { search(text: $t) { kind count } }`, map[string]any{"t": text})
	}
	if r := o.anonymous().ask(nil, `{ search(text: "صيانة") { kind count } }`, nil); len(r.Errors) == 0 {
		t.Error("somebody who has not signed in may search")
	}
}

// document reads a document's number.
func (c *caller) document(t *testing.T, field, id string) string {
	t.Helper()
	var out map[string]json.RawMessage
	c.ask(&out, `query($id: ID!) { `+field+`(id: $id) { number } }`, map[string]any{"id": id})
	var d struct{ Number string }
	must(t, json.Unmarshal(out[field], &d))
	return d.Number
}

func TestADraftIsKeptAndJoinedOverTheAPI(t *testing.T) {
	o := openOffice(t)
	rana, huda := o.as("rana"), o.as("huda")
	id := uuid.NewString()
	save := func(c *caller, seen int, content string) (out struct {
		SaveDraft struct {
			Draft    *struct{ Version, Content string }
			Taken    []string
			Clashes  []struct{ Path, Was, Theirs, Yours string }
			Problems []struct{ Code string }
		}
	},
	) {
		t.Helper()
		c.ask(&out, `mutation($in: SaveDraftInput!) { saveDraft(input: $in) { draft { version content } taken clashes { path was theirs yours } problems { code } } }`,
			map[string]any{"in": map[string]any{"id": id, "kind": "finance.journal", "title": "قيد", "seen": seen, "content": content}})
		return out
	}
	save(rana, 0, `{"a":"1","b":"1"}`)
	if out := save(huda, 1, `{}`); len(out.SaveDraft.Problems) != 1 {
		t.Errorf("somebody else's draft is answered with %+v", out)
	}
	rana.ask(&struct{}{}, `mutation($id: UUID!) { lendDraft(id: $id, hands: ["huda"]) { problems { code } } }`, map[string]any{"id": id})
	save(huda, 1, `{"a":"2","b":"1"}`)
	joined := save(rana, 1, `{"a":"1","b":"3"}`)
	if joined.SaveDraft.Draft.Content != `{"a":"2","b":"3"}` {
		t.Errorf("joined to %s", joined.SaveDraft.Draft.Content)
	}
	if clash := save(rana, 1, `{"a":"9","b":"3"}`); len(clash.SaveDraft.Clashes) != 1 || clash.SaveDraft.Clashes[0].Theirs != `"2"` {
		t.Errorf("a clash is answered with %+v", clash)
	}
}

// A list of vouchers shows where each stands, in the words of the tracker of the one document.
func TestAListShowsTheWayOfEachDocument(t *testing.T) {
	o := openOffice(t)
	rana, omar := o.as("rana"), o.as("omar")
	o.claim(rana, omar, "100.000")
	_, last := o.claim(rana, omar, "200.000")
	type way struct {
		Number string
		Steps  []struct {
			State, Step string
			ByName      *struct{ En string }
		}
	}
	var all struct {
		Vouchers struct {
			Nodes []struct {
				ID      string
				Tracker *way
			}
		}
		Commitments struct{ Nodes []struct{ Tracker *way } }
		Tracker     *way
	}
	const steps = `{ number steps { state step byName { en } } }`
	omar.after = rana.after
	omar.ask(&all, `query($id: ID!) {
		vouchers { nodes { id tracker `+steps+` } } commitments { nodes { tracker `+steps+` } } tracker(kind: "voucher", document: $id) `+steps+`
	}`, map[string]any{"id": last})
	if len(all.Vouchers.Nodes) < 2 || all.Tracker == nil || len(all.Tracker.Steps) == 0 {
		t.Fatalf("the answer is %+v", all)
	}
	for _, v := range all.Vouchers.Nodes {
		if v.Tracker == nil || len(v.Tracker.Steps) < 2 {
			t.Errorf("voucher %s has the way %+v", v.ID, v.Tracker)
			continue
		}
		if v.ID == last && !reflect.DeepEqual(v.Tracker, all.Tracker) {
			t.Errorf("the list shows %+v, the document %+v", v.Tracker, all.Tracker)
		}
	}
	for _, c := range all.Commitments.Nodes {
		if c.Tracker == nil {
			t.Error("a commitment has no way")
		}
	}
}
