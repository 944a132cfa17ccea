package access

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/kernel"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// office is a small installation: a log in memory, a clock that stands, an administrator.
type office struct {
	t     testing.TB
	log   eventstore.Store
	now   time.Time
	m     *Module
	admin *Standing
	n     int
}

func amman(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Amman")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// deeds are acts of an invented module, beside those of access.
func deeds() []Act {
	return []Act{
		{"roads.read", Reading, kernel.Text{Ar: "اطلاع", En: "Read"}},
		{"roads.prepare", Preparing, kernel.Text{Ar: "إعداد", En: "Prepare"}},
		{"roads.audit", Approving, kernel.Text{Ar: "تدقيق", En: "Audit"}},
		{"roads.approve", Approving, kernel.Text{Ar: "اعتماد", En: "Approve"}},
	}
}

func newOffice(t testing.TB) *office {
	t.Helper()
	log, err := eventstore.NewMemory(Categories()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	o := &office{t: t, log: log, now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	o.m = New(log, uuid.Nil, func() time.Time { return o.now }, amman(t), NewCatalogue(Acts(), deeds()))
	var all []string
	for _, a := range Acts() {
		all = append(all, a.Name)
	}
	o.admin = Program("admin", all...)
	return o
}

func (o *office) id() uuid.UUID {
	o.n++
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(fmt.Sprint(o.n)))
}

func (o *office) ctx() context.Context { return context.Background() }

// must fails the test when a command was refused.
func (o *office) must(r eventstore.Receipt, err error) eventstore.Receipt {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// refused fails the test unless a command was refused with a code.
func (o *office) refused(code string, err error) {
	o.t.Helper()
	problems := kernel.ProblemsOf(err)
	if len(problems) == 0 || problems[0].Code != code {
		o.t.Errorf("refused with %v, expected %s", err, code)
	}
	for _, p := range problems {
		if p.Message.Ar == "" || p.Message.En == "" {
			o.t.Errorf("%s speaks one language: %+v", p.Code, p.Message)
		}
	}
}

func (o *office) person(id string) {
	o.t.Helper()
	o.must(o.m.RegisterPerson(o.ctx(), o.admin, RegisterPerson{Command: o.id(), Person: id, Name: kernel.Text{Ar: id, En: id}, On: "2026-01-01"}))
}

func (o *office) role(id string, permissions ...string) {
	o.t.Helper()
	o.must(o.m.SetRole(o.ctx(), o.admin, SetRole{Command: o.id(), Role: id, Title: kernel.Text{Ar: id, En: id}, Permissions: permissions, From: "2026-01-01"}))
}

func (o *office) grant(person, role, unit string) {
	o.t.Helper()
	o.must(o.m.GrantRole(o.ctx(), o.admin, GrantRole{Command: o.id(), Person: person, Role: role, Unit: unit, From: "2026-01-01"}))
}

// as is what somebody may do now.
func (o *office) as(person string) *Standing {
	o.t.Helper()
	s, ok := o.m.Standing(person, Acting{})
	if !ok {
		o.t.Fatalf("%s may do nothing", person)
	}
	return &s
}

// staff is the Directorate of Roads: a preparer, an auditor and a manager of the ministry 2501.
func staff(t testing.TB) *office {
	t.Helper()
	o := newOffice(t)
	o.role("preparer", "roads.read", "roads.prepare")
	o.role("auditor", "roads.read", "roads.audit")
	o.role("manager", "roads.read", "roads.approve")
	for _, id := range []string{"rana", "omar", "huda", "sara"} {
		o.person(id)
	}
	o.grant("rana", "preparer", "jo.2501.4401")
	o.grant("omar", "auditor", "jo.2501")
	o.grant("huda", "manager", "jo.2501")
	return o
}
