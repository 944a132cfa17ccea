package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Module takes the commands of the directory for one government.
type Module struct {
	log    eventstore.Store
	tenant uuid.UUID
	clock  func() time.Time
	zone   *time.Location
}

// New returns the module over a log. clock gives the moment, zone the calendar day it falls on.
func New(log eventstore.Store, tenant uuid.UUID, clock func() time.Time, zone *time.Location) *Module {
	return &Module{log: log, tenant: tenant, clock: clock, zone: zone}
}

// today is the calendar day in the office's zone.
func (m *Module) today() kernel.Date { return kernel.DateOf(m.clock().In(m.zone)) }

// execute hands a decision to the log. act and in are the command's content, so that the same id
// with other content is refused.
func (m *Module) execute(ctx context.Context, by Clerk, id uuid.UUID, act string, in any, decide func(*eventstore.Decision) error, streams ...eventstore.Stream) (eventstore.Receipt, error) {
	if id == uuid.Nil {
		return eventstore.Receipt{}, kernel.Problem{Code: "command.id_missing", Path: "command", Message: kernel.Text{
			Ar: "رقم الأمر (UUID) ناقص.", En: "The command id (a UUID) is missing.",
		}}
	}
	content, err := json.Marshal(struct {
		Act string `json:"act"`
		In  any    `json:"in"`
	}{act, in})
	if err != nil {
		return eventstore.Receipt{}, fmt.Errorf("write the content of %s: %w", act, err)
	}
	touches := make([]eventstore.Touch, len(streams))
	for i, s := range streams {
		touches[i] = eventstore.Touch{Stream: s, Expected: eventstore.AnyVersion}
	}
	receipt, err := m.log.Execute(ctx, eventstore.Command{
		ID: id, Tenant: m.tenant, Actor: by.ID, OnBehalfOf: by.OnBehalfOf, Content: content, Touches: touches, Decide: decide,
	})
	if err != nil && kernel.ProblemsOf(err) == nil {
		return receipt, fmt.Errorf("%s: %w", act, err)
	}
	return receipt, err
}

// change carries out an act on the tree: steps plans it, and the rules are held against the result.
func (m *Module) change(ctx context.Context, by Clerk, id uuid.UUID, act string, in any, i Instrument, steps func(*plan) error) (eventstore.Receipt, error) {
	permission := MayChangeStructure
	if act == "FillPost" || act == "LeavePost" {
		permission = MayFillPost
	}
	return m.execute(ctx, by, id, act, in, func(d *eventstore.Decision) error {
		before := eventstore.StateOf[register](d, 0)
		p := newPlan(before, i)
		p.lists = eventstore.StateOf[lists](d, 1)
		if err := steps(p); err != nil {
			return err
		}
		if err := p.keepsWithin(by, permission, before); err != nil {
			return err
		}
		events, err := p.finish(treeRules())
		if err != nil {
			return err
		}
		for _, e := range events {
			d.Record(0, e)
		}
		return nil
	}, TreeStream(), ListsStream())
}

// instrument reads the day an act takes effect and what it rests on.
func (f *form) instrument(id uuid.UUID, from, basis string) Instrument {
	return Instrument{
		Act: id.String(), From: f.day("from", kernel.Text{Ar: "من تاريخ", En: "From"}, from),
		Basis: f.text("basis", kernel.Text{Ar: "السند القانوني", En: "Legal basis"}, basis),
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
