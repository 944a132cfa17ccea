package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Module takes the commands of finance for one tenant.
type Module struct {
	log    eventstore.Store
	tenant uuid.UUID
	clock  func() time.Time
	zone   *time.Location
	sealer Sealer
}

// New returns the module over a log. clock gives the moment, zone the calendar day it falls on.
func New(log eventstore.Store, tenant uuid.UUID, clock func() time.Time, zone *time.Location) *Module {
	return &Module{log: log, tenant: tenant, clock: clock, zone: zone}
}

// today is the calendar day in the office's zone.
func (m *Module) today() kernel.Date { return kernel.DateOf(m.clock().In(m.zone)) }

// dayOr reads a day that may be left out; today then.
func (m *Module) dayOr(f *form, text string) kernel.Date {
	if d := f.optionalDate("on", fieldName("on"), text); !d.IsZero() {
		return d
	}
	return m.today()
}

// execute hands a decision to the log. act and in are the command's content, so that the same id
// with other content is refused.
func (m *Module) execute(ctx context.Context, by Officer, id uuid.UUID, act string, in any, t *touches, decide func(*eventstore.Decision) error) (eventstore.Receipt, error) {
	if id == uuid.Nil {
		return eventstore.Receipt{}, kernel.Problem{Code: "command.id_missing", Path: "command", Message: kernel.Text{
			Ar: "رقم الأمر (UUID) ناقص.",
			En: "The command id (a UUID) is missing.",
		}}
	}
	content, err := json.Marshal(struct {
		Act string `json:"act"`
		In  any    `json:"in"`
	}{act, in})
	if err != nil {
		return eventstore.Receipt{}, fmt.Errorf("write the content of %s: %w", act, err)
	}
	receipt, err := m.commit(ctx, by, eventstore.Command{
		ID: id, Tenant: m.tenant, Actor: by.ID, OnBehalfOf: by.OnBehalfOf, Content: content, Touches: t.list,
		Decide: inScope(by, act, t.list, decide),
	}, act)
	if err != nil && kernel.ProblemsOf(err) == nil {
		return receipt, fmt.Errorf("%s: %w", act, err)
	}
	return receipt, err
}

// touches collects the streams of a command, each once.
type touches struct {
	list  []eventstore.Touch
	index map[eventstore.Stream]int
}

// add returns the place of a stream among the touches, at whatever version it has.
func (t *touches) add(s eventstore.Stream) int { return t.expect(s, eventstore.AnyVersion) }

// expect is add for a stream that a screen saw at a version; 0 in an input means it saw none.
func (t *touches) expect(s eventstore.Stream, version int64) int {
	if i, there := t.index[s]; there {
		return i
	}
	if t.index == nil {
		t.index = map[eventstore.Stream]int{}
	}
	i := len(t.list)
	t.list = append(t.list, eventstore.Touch{Stream: s, Expected: version})
	t.index[s] = i
	return i
}

// seen turns the version an input carries into an expectation: 0 = the caller did not look.
func seen(version int64) int64 {
	if version == 0 {
		return eventstore.AnyVersion
	}
	return version
}
