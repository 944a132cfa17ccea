package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/kernel"
)

// thousand is how many checks or standings make one step, whose time in milliseconds is thus that of
// one in microseconds.
const thousand = 1000

// The government of the figures: bodies with units, and people who hold three roles of thirty acts
// each somewhere in it.
const (
	benchBodies = 20
	benchUnits  = 25 // of each body
	benchPeople = 500
	benchRoles  = 20
	benchActs   = 30 // of each role
)

// accessFigure is the rule asked as a request asks it: the standing of whoever acts, and whether they
// may do one thing to one object. Its limit is one look into a map of as many people.
func accessFigure(r *rig) (side, side) {
	var m *access.Module
	check := func(ctx context.Context, length time.Duration) (sample, error) {
		var err error
		if m == nil {
			if m, err = r.staffed(ctx); err != nil {
				return sample{}, err
			}
		}
		return loop(ctx, r.options.Writers, length, thousand, func(_ context.Context, caller, n int) error {
			for i := range thousand {
				who := (caller*7 + n + i) % benchPeople
				s, ok := m.Standing(personName(who), access.Acting{})
				on := access.Object{Unit: fmt.Sprintf("%d.", 2500+who%benchBodies)}
				if !ok || !s.May(actName(who%benchRoles, i%benchActs), on).Allowed {
					return fmt.Errorf("%s was refused", personName(who))
				}
			}
			return nil
		})
	}
	return check, r.lookups
}

// lookups is the limit: the same names made, and one look into a map.
func (r *rig) lookups(ctx context.Context, length time.Duration) (sample, error) {
	people := map[string]string{}
	for i := range benchPeople {
		people[personName(i)] = fmt.Sprintf("%d.", 2500+i%benchBodies)
	}
	return loop(ctx, r.options.Writers, length, thousand, func(_ context.Context, caller, n int) error {
		for i := range thousand {
			who := (caller*7 + n + i) % benchPeople
			if people[personName(who)] != fmt.Sprintf("%d.", 2500+who%benchBodies) || actName(who%benchRoles, i%benchActs) == "" {
				return fmt.Errorf("%s is not there", personName(who))
			}
		}
		return nil
	})
}

// standingFigure is what somebody may do, worked out without memory. Its limit is a map of the same
// acts made anew.
func standingFigure(r *rig) (side, side) {
	var m *access.Module
	ours := func(ctx context.Context, length time.Duration) (sample, error) {
		var err error
		if m == nil {
			if m, err = r.staffed(ctx); err != nil {
				return sample{}, err
			}
		}
		return loop(ctx, r.options.Writers, length, thousand, func(_ context.Context, caller, n int) error {
			for i := range thousand {
				who := personName((caller*7 + n + i) % benchPeople)
				if s, ok := m.Book().Afresh(who, access.Acting{}, benchDay()); !ok || len(s.Roles) != 3 {
					return fmt.Errorf("%s holds nothing", who)
				}
			}
			return nil
		})
	}
	return ours, func(ctx context.Context, length time.Duration) (sample, error) {
		var names []string
		for a := range 3 * benchActs {
			names = append(names, actName(a/benchActs, a%benchActs))
		}
		return loop(ctx, r.options.Writers, length, thousand, func(context.Context, int, int) error {
			for range thousand {
				acts := make(map[string]bool, len(names))
				for _, name := range names {
					acts[name] = true
				}
				if len(acts) != len(names) {
					return fmt.Errorf("%d acts", len(acts))
				}
			}
			return nil
		})
	}
}

func benchDay() time.Time        { return time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC) }
func personName(n int) string    { return fmt.Sprintf("person%d", n) }
func actName(role, n int) string { return fmt.Sprintf("bench%d.act%d", role, n) }

// staffed is access over a log in memory, with a government and its people.
func (r *rig) staffed(ctx context.Context) (*access.Module, error) {
	log, err := eventstore.NewMemory(slices.Concat(access.Categories(), directory.Categories())...)
	if err != nil {
		return nil, err
	}
	r.ends = append(r.ends, func() { _ = log.Close() })
	var acts []access.Act
	for role := range benchRoles {
		for n := range benchActs {
			acts = append(acts, access.Act{Name: actName(role, n), Kind: access.Reading, Title: kernel.Text{Ar: "عمل", En: "Act"}})
		}
	}
	m := access.New(log, uuid.Nil, benchDay, time.UTC, access.NewCatalogue(access.Acts(), acts))
	if err := found(ctx, directory.New(log, uuid.Nil, benchDay, time.UTC)); err != nil {
		return nil, err
	}
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	by := access.Program("bench", all...)
	for role := range benchRoles {
		var held []string
		for n := range benchActs {
			held = append(held, actName(role, n))
		}
		if _, err := m.SetRole(ctx, by, access.SetRole{Command: uuid.New(), Role: fmt.Sprintf("role%d", role), Title: kernel.Text{Ar: "دور", En: "Role"}, Permissions: held, From: "2026-01-01"}); err != nil {
			return nil, err
		}
	}
	for i := range benchPeople {
		if _, err := m.RegisterPerson(ctx, by, access.RegisterPerson{Command: uuid.New(), Person: personName(i), Name: kernel.Text{Ar: "شخص", En: "Person"}, On: "2026-01-01"}); err != nil {
			return nil, err
		}
		for g, unit := range []string{fmt.Sprintf("body%d", i%benchBodies), fmt.Sprintf("unit%d-%d", i%benchBodies, i%benchUnits), "state"} {
			if _, err := m.GrantRole(ctx, by, access.GrantRole{Command: uuid.New(), Person: personName(i), Role: fmt.Sprintf("role%d", (i+g)%benchRoles), Unit: unit, From: "2026-01-01"}); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// found builds the tree of bodies and units.
func found(ctx context.Context, m *directory.Module) error {
	if err := m.PublishShipped(ctx); err != nil {
		return err
	}
	by := directory.Clerk{ID: "bench", Permissions: directory.Permissions()}
	name := kernel.Text{Ar: "جهة", En: "Body"}
	if _, err := m.FoundBody(ctx, by, directory.FoundBody{Command: uuid.New(), ID: "state", Code: "jo", Name: name, Kind: "state", From: "2000-01-01", Basis: "law"}); err != nil {
		return err
	}
	for b := range benchBodies {
		body, chapter := fmt.Sprintf("body%d", b), fmt.Sprint(2500+b)
		if _, err := m.FoundBody(ctx, by, directory.FoundBody{Command: uuid.New(), ID: body, Parent: "state", Code: chapter, Name: name, Kind: "ministry", Chapter: chapter, From: "2000-01-01", Basis: "law"}); err != nil {
			return err
		}
		for u := range benchUnits {
			if _, err := m.FoundUnit(ctx, by, directory.FoundUnit{Command: uuid.New(), ID: fmt.Sprintf("unit%d-%d", b, u), Parent: body, Code: fmt.Sprint(4400 + u), Name: name, Level: 2, Centre: fmt.Sprint(4400 + u), From: "2000-01-01", Basis: "law"}); err != nil {
				return err
			}
		}
	}
	return nil
}
