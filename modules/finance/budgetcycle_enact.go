package finance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// EnactBudget records the law and opens the year's lines, request by request. Cut off anywhere it goes on
// when it is done again, and a second time changes nothing. It returns how many requests stand in the
// budget now.
func (m *Module) EnactBudget(ctx context.Context, by Officer, in StepCycle) (int, error) {
	var f form
	if !f.permit(by, MayEnactBudget) {
		return 0, f.result()
	}
	year, law, on := f.year("year", in.Year), f.text("law", kernel.Text{Ar: "القانون", En: "Law"}, in.Law), m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return 0, err
	}
	cycle, err := now[BudgetCycle](ctx, m, cycleCategory(), cycleStream(year))
	if err != nil {
		return 0, err
	}
	if cycle.Stage != CycleIsEnacted {
		_, err := m.onCycle(ctx, by, in, "EnactBudget", MayEnactBudget, func(c BudgetCycle, on kernel.Date) (eventstore.Event, error) {
			return c.enact(law, by, on)
		})
		if err != nil {
			return 0, err
		}
		if cycle, err = now[BudgetCycle](ctx, m, cycleCategory(), cycleStream(year)); err != nil {
			return 0, err
		}
	}
	var names []string
	for name := range cycle.Drafts[cycle.Locked-1].Requests {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if cycle.Enacted[name] {
			continue
		}
		if err := m.enactRequest(ctx, by, in.Command, cycle, name, on); err != nil {
			return 0, fmt.Errorf("enact %s: %w", name, err)
		}
	}
	return len(names), nil
}

// enactRequest opens the lines of one request and books their appropriation, in one commit.
func (m *Module) enactRequest(ctx context.Context, by Officer, command uuid.UUID, cycle BudgetCycle, name string, on kernel.Date) error {
	year := cycle.Circular.Year
	request, err := now[BudgetRequest](ctx, m, requestCategory(), requestStream(year, name))
	if err != nil {
		return err
	}
	var t touches
	place, fiscal := t.add(cycleStream(year)), t.add(YearStream(year))
	for _, l := range request.Asked.Lines {
		t.add(LineStream(year, l.Key))
	}
	_, err = m.execute(ctx, by, uuid.NewSHA1(command, []byte(name)), "EnactRequest", name, &t, func(d *eventstore.Decision) error {
		if eventstore.StateOf[BudgetCycle](d, place).Enacted[name] {
			return nil
		}
		if y := eventstore.StateOf[FiscalYear](d, fiscal); !y.Exists() {
			first, err := kernel.NewDate(year, time.January, 1)
			if err != nil {
				return err
			}
			opened, err := y.open(year, cycle.Circular.Currency, first, by.Sign())
			if err != nil {
				return err
			}
			d.Record(fiscal, opened)
		}
		var f form
		for i, l := range request.Asked.Lines {
			if l.Amounts[0] == 0 {
				continue // asked for in later years only
			}
			at := t.add(LineStream(year, l.Key))
			if !eventstore.StateOf[BudgetLine](d, at).Exists() {
				d.Record(at, BudgetLineOpened{Year: year, Key: l.Key, Codes: l.Codes, Currency: cycle.Circular.Currency, Economic: l.Economic})
			}
			e, err := eventstore.StateOf[BudgetLine](d, at).Enact(l.Amounts[0], cycleSource(year))
			if err != nil {
				f.add(linePath(i, "amounts.0"), err)
				continue
			}
			d.Record(at, e)
			closeProvisional(d, at, cycleSource(year))
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(place, RequestEnacted{Request: name, Count: len(request.Asked.Lines)})
		return nil
	})
	return err
}

// cycleSource is where an enacted line says that it comes from.
func cycleSource(year int) string { return fmt.Sprintf("cycle/%d", year) }

// newest is a receipt of the last event of a stream, for an act that takes many commits.
func (m *Module) newest(ctx context.Context, stream eventstore.Stream) (eventstore.Receipt, error) {
	events, err := m.log.ReadStream(ctx, m.tenant, stream, 0)
	if err != nil {
		return eventstore.Receipt{}, fmt.Errorf("read %s: %w", stream, err)
	}
	last, epoch, err := m.log.Head(ctx, eventstore.Main)
	if err != nil {
		return eventstore.Receipt{}, fmt.Errorf("read the log's head: %w", err)
	}
	r := eventstore.Receipt{Lane: eventstore.Main, Epoch: epoch, First: last, Last: last}
	if len(events) > 0 {
		r.Events = events[len(events)-1:]
	}
	return r, nil
}
