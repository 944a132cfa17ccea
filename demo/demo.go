// Package demo fills an empty log with a small plausible government: a fiscal year with its budget
// law, releases and documents in every state, made through the ordinary commands of the modules.
//
// Three things to know. Everything comes from fixed seeds and fixed days, so two demos are the same
// to the last fils and document number. Every command's id follows from its name (UUID v5), so a
// seeding that was cut off goes on where it stopped, and a second one changes nothing. Nothing here
// reaches around a rule: what the people of the demo may not do, the seeding cannot do either.
package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// Modules are those whose commands make the demo.
type Modules struct {
	Access    *access.Module
	Finance   *finance.Module
	Directory *directory.Module
}

// Seed fills the log. progress, when not nil, is told after every command how many of how many are
// done. An error names the command that failed; seeding again goes on there.
func Seed(ctx context.Context, m Modules, progress func(done, total int)) error {
	s := &seeding{ctx: ctx, access: m.Access, m: m.Finance, d: m.Directory}
	if err := m.Access.Book().CatchUp(ctx); err != nil {
		return fmt.Errorf("seed the demo: %w", err)
	}
	s.plan()
	if s.finished() {
		if progress != nil {
			progress(len(s.acts), len(s.acts))
		}
		return nil
	}
	for i, a := range s.acts {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("seed the demo: %w", err)
		}
		if err := a.run(); err != nil {
			return fmt.Errorf("seed the demo: %s: %w", a.name, err)
		}
		if progress != nil {
			progress(i+1, len(s.acts))
		}
	}
	return nil
}

// namespace is the root of the demo's command ids.
func namespace() uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:diwan:demo")) }

// ID is the id of the demo's command of a name, and of the document it makes.
func ID(name string) uuid.UUID { return uuid.NewSHA1(namespace(), []byte(name)) }

// seeded is the source of one part's draws; parts do not disturb each other.
func seeded(part string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(part)) // a hash in memory takes everything
	return rand.New(rand.NewPCG(Year, h.Sum64()))
}

// seeding is one run.
type seeding struct {
	ctx    context.Context
	m      *finance.Module
	d      *directory.Module
	access *access.Module
	acts   []namedAct

	waiting  []waiting // for orders to the bank
	answered string    // the order whose every payment the bank has answered for
}

// namedAct is one command of the plan.
type namedAct struct {
	name string
	on   kernel.Date // zero for the groundwork, which comes first
	run  func() error
}

// act plans a command under a name that is its id. Acts with a day are ordered by it later.
func (s *seeding) act(on, name string, run func(by func(string) finance.Officer, id uuid.UUID) (eventstore.Receipt, error)) {
	s.acts = append(s.acts, namedAct{name: name, on: day(on), run: func() error {
		_, err := run(s.by, ID(name))
		return err
	}})
}

func (s *seeding) by(person string) finance.Officer { return officer.Finance(s.standing(person)) }

// day reads one of the plan's own days.
func day(s string) kernel.Date {
	if s == "" {
		return kernel.Date{}
	}
	d, err := kernel.ParseDate(s)
	if err != nil {
		panic("the demo's plan: " + err.Error()) // the plan is this program's own
	}
	return d
}

// finished tells whether the plan's last command was executed before: asked again it is answered,
// asked for the first time out of turn it is refused and changes nothing.
func (s *seeding) finished() bool {
	return len(s.acts) > 0 && s.acts[len(s.acts)-1].run() == nil
}
