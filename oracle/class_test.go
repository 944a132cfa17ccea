package oracle

import (
	"context"

	"github.com/google/uuid"

	"diwan/modules/access"
	"diwan/modules/kernel"
)

// class is a class of user: how they come to act, and the bodies whose finance they may read.
type class struct {
	name    string
	person  string // empty = has not signed in
	behalf  string
	sees    []string
	refused bool // may do nothing at all, although known
}

// classes are the fourteen of the model, the delegate twice, and somebody who holds every act there is, in
// one unit.
func classes() []class {
	return []class{
		{name: "anonymous"},
		{name: "bidder", person: "bidder"},
		{name: "clerk of the unit", person: "own", sees: []string{"2501"}},
		{name: "clerk of another unit", person: "other", sees: []string{"2601"}},
		{name: "manager above", person: "above", sees: bodies()},
		{name: "personnel", person: "personnel"},
		{name: "payroll", person: "payroll"},
		{name: "auditor", person: "auditor", sees: bodies()},
		{name: "registry clerk with clearance", person: "cleared"},
		{name: "registry clerk without clearance", person: "uncleared"},
		{name: "delegate", person: "delegate", behalf: "own", sees: []string{"2501"}},
		{name: "delegate after the last day", person: "late", behalf: "other", refused: true},
		{name: "emergency", person: "duty", sees: []string{"2701"}},
		{name: "service account", person: "service.reports", sees: []string{"2501"}},
		{name: "administrator", person: "administrator"},
		{name: "every act in one unit", person: "zealous", sees: []string{"2501"}},
	}
}

// people registers all of them, through the commands everybody uses.
func (w *world) people() {
	w.t.Helper()
	ctx := context.Background()
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	by, id := access.Program("root", all...), uuid.New
	role := func(name string, acts ...string) {
		w.must(w.access.SetRole(ctx, by, access.SetRole{Command: id(), Role: name, Title: kernel.Text{En: name}, Permissions: acts, From: "2026-01-01"}))
	}
	role("reader", "finance.read", "finance.voucher.prepare", "finance.voucher.audit")
	role("personnel", "directory.read")
	role("duty", access.MayGoEmergency)
	role("everything", w.all()...)
	role("administrator", access.MayReadAccess, access.MayGrantRole, access.MayRegisterPerson, access.MayDefineRole)
	grant := func(person, role, unit string) {
		w.must(w.access.GrantRole(ctx, by, access.GrantRole{Command: id(), Person: person, Role: role, Unit: unit, From: "2026-01-01"}))
	}
	for _, c := range classes() {
		if c.person != "" && c.person != "service.reports" {
			w.must(w.access.RegisterPerson(ctx, by, access.RegisterPerson{Command: id(), Person: c.person, Name: kernel.Text{En: c.name}, On: "2026-01-01"}))
		}
	}
	w.must(w.access.OpenService(ctx, by, access.OpenService{
		Command: id(), Person: "service.reports", Name: kernel.Text{En: "Reports"}, Owner: "above", Key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
		Networks: []string{"10.0.0.0/8"}, Rate: 60, Expires: "2026-12-31",
	}))
	grant("own", "reader", "jo.2501")
	grant("other", "reader", "jo.2601")
	grant("above", "reader", "jo")
	grant("auditor", "reader", "jo")
	grant("personnel", "personnel", "jo")
	grant("payroll", "personnel", "jo.2501")
	grant("cleared", "personnel", "jo.2501")
	grant("uncleared", "personnel", "jo.2501")
	grant("duty", "duty", "jo")
	grant("service.reports", "reader", "jo.2501")
	grant("administrator", "administrator", "jo")
	grant("zealous", "everything", "jo.2501")
	for _, body := range bodies() {
		w.must(w.access.RegisterPerson(ctx, by, access.RegisterPerson{Command: id(), Person: clerk(body), Name: kernel.Text{En: "clerk of " + body}, On: "2026-01-01"}))
		grant(clerk(body), "personnel", "jo."+body)
	}
	w.must(w.access.GiveClearance(ctx, by, access.GiveClearance{Command: id(), Person: "cleared", Level: access.TopSecret, Reason: "registry"}))
	kinds := []access.Kind{access.Reading, access.Preparing, access.Approving}
	w.must(w.access.Delegate(ctx, w.standing("own", ""), access.Delegate{Command: id(), Delegate: "delegate", Kinds: kinds, From: "2026-06-01", To: "2026-06-30", Reason: "leave"}))
	w.must(w.access.Delegate(ctx, w.standing("other", ""), access.Delegate{Command: id(), Delegate: "late", Kinds: kinds, From: "2026-05-01", To: "2026-06-14", Reason: "leave"}))
	w.must(w.access.AskEmergency(ctx, w.standing("duty", ""), access.AskEmergency{Command: id(), Unit: "jo.2701", Reason: "an accident"}))
}

// clerk is somebody of a body whom acts on people are about; no class of user.
func clerk(body string) string { return "clerk." + body }

// all is every act of every module.
func (w *world) all() (names []string) {
	for _, a := range w.access.Catalogue().All() {
		names = append(names, a.Name)
	}
	return names
}

// standing is what somebody may do now; nil when it is nothing.
func (w *world) standing(person, behalf string) *access.Standing {
	s, ok := w.access.Standing(person, access.Acting{OnBehalfOf: behalf})
	if person == "" || !ok {
		return nil
	}
	return &s
}
