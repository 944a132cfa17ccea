package directory

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// registrar may do everything in the directory.
func registrar() Clerk { return Clerk{ID: "dima", Permissions: Permissions()} }

// office is the national registry over a log in memory.
type office struct {
	t   *testing.T
	ctx context.Context
	log eventstore.Store
	m   *Module
	g   *Registry
}

func newOffice(t *testing.T) *office {
	t.Helper()
	log, err := eventstore.NewMemory(Categories()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return officeOn(t, log)
}

func officeOn(t *testing.T, log eventstore.Store) *office {
	tenant := uuid.MustParse("0192f000-0000-7000-8000-000000000001")
	now := func() time.Time { return time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC) }
	return &office{t: t, ctx: t.Context(), log: log, m: New(log, tenant, now, time.UTC), g: NewRegistry(log, tenant)}
}

// must requires that a command was carried out, and brings the registry up to date.
func (o *office) must(receipt eventstore.Receipt, err error) eventstore.Receipt {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.g.CatchUp(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	return receipt
}

// refused requires a refusal with a code, with a sentence in both languages.
func (o *office) refused(code string) func(eventstore.Receipt, error) kernel.Problem {
	o.t.Helper()
	return func(_ eventstore.Receipt, err error) kernel.Problem {
		o.t.Helper()
		problems := kernel.ProblemsOf(err)
		if len(problems) == 0 || problems[0].Code != code || problems[0].Message.Ar == "" || problems[0].Message.En == "" {
			o.t.Fatalf("want the refusal %s, got %v", code, err)
		}
		return problems[0]
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

// at is the tree of a day.
func (o *office) at(day string) Units { return o.g.UnitsAt(on(o.t, day)) }

func (o *office) body(id, parent, code, ar, chapter, from string) eventstore.Receipt {
	o.t.Helper()
	return o.must(o.m.FoundBody(o.ctx, registrar(), FoundBody{
		Command: uuid.New(), ID: id, Parent: parent, Code: code, Name: kernel.Text{Ar: ar, En: id}, Kind: "ministry", Chapter: chapter, From: from,
	}))
}

func (o *office) unit(id, parent, code, ar string, level int, from string) eventstore.Receipt {
	o.t.Helper()
	return o.must(o.m.FoundUnit(o.ctx, registrar(), FoundUnit{
		Command: uuid.New(), ID: id, Parent: parent, Code: code, Name: kernel.Text{Ar: ar, En: id}, Level: level, From: from,
	}))
}

func (o *office) post(id, unit, code, ar, from string) eventstore.Receipt {
	o.t.Helper()
	return o.must(o.m.FoundPost(o.ctx, registrar(), FoundPost{
		Command: uuid.New(), ID: id, Unit: unit, Code: code, Title: kernel.Text{Ar: ar, En: id}, From: from,
	}))
}

// shipped publishes the lists that come with the program.
func (o *office) shipped() {
	o.t.Helper()
	if err := o.m.PublishShipped(o.ctx); err != nil {
		o.t.Fatal(err)
	}
}

// government founds a state with two ministries and a few units, from the year 2000 on.
func government(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.found()
	return o
}

// found is government on an office that is open already.
func (o *office) found() {
	o.t.Helper()
	o.shipped()
	o.body("jo", "", "jo", "المملكة الأردنية الهاشمية", "", "1946-05-25")
	o.body("works", "jo", "2501", "وزارة الأشغال العامة", "2501", "2000-01-01")
	o.body("health", "jo", "2601", "وزارة الصحة", "2601", "2000-01-01")
	o.unit("roads", "works", "10", "مديرية الطرق", 3, "2000-01-01")
	o.unit("bridges", "roads", "1", "قسم الجسور", 4, "2000-01-01")
	o.unit("buildings", "works", "20", "مديرية الأبنية", 3, "2000-01-01")
	o.post("head-of-roads", "roads", "1", "مدير الطرق", "2000-01-01")
}
