package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RequestLineInput is one line as it is typed into the grid.
type RequestLineInput struct {
	Codes    Codes // chapter and programme are the request's
	Economic EconomicType
	Amounts  []string // the budget year and the two after it
	Reason   string
}

// SubmitBudgetRequest is what a body asks for one programme.
type SubmitBudgetRequest struct {
	Command   uuid.UUID
	Year      int
	Chapter   string
	Programme string
	Lines     []RequestLineInput
	Reason    string // of going beyond a ceiling
	Seen      int64
	On        string // empty = today
}

// SubmitBudgetRequest asks, or asks anew in another round while the request is not approved. Beyond a
// ceiling it is refused where the circular says so, and elsewhere needs a reason.
func (m *Module) SubmitBudgetRequest(ctx context.Context, by Officer, in SubmitBudgetRequest) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRequestBudget) {
		return eventstore.Receipt{}, f.result()
	}
	e := BudgetRequestSubmitted{
		Year: f.year("year", in.Year), Chapter: f.code("chapter", StandardRules().Segments[Chapter].Name, in.Chapter),
		Programme: f.code("programme", StandardRules().Segments[Programme].Name, in.Programme),
		Reason:    f.optionalText("reason", fieldName("reason"), in.Reason), On: m.dayOr(&f, in.On), By: by.Sign(),
	}
	f.lines(len(in.Lines), 1)
	var t touches
	codes := make([]Codes, min(len(in.Lines), mostLines))
	for i := range codes {
		l := in.Lines[i]
		codes[i] = f.codes(linePath(i, "codes"), l.Codes).With(Chapter, e.Chapter).With(Programme, e.Programme)
		if l.Economic != Current && l.Economic != Capital {
			f.add(linePath(i, "economic"), economicUnknown())
		}
		f.optionalText(linePath(i, "reason"), fieldName("reason"), l.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	name := requestName(e.Chapter, e.Programme)
	request, cycle, rules := t.expect(requestStream(e.Year, name), seen(in.Seen)), t.add(cycleStream(e.Year)), t.add(RulesStream)
	for i := range codes {
		for _, s := range Segments {
			if codes[i].Of(s) == "" {
				codes[i] = codes[i].With(s, StandardRules().Segments[s].Default)
			}
			if code := codes[i].Of(s); code != "" {
				t.add(SegmentStream(s, code))
			}
		}
	}
	return m.execute(ctx, by, in.Command, "SubmitBudgetRequest", in, &t, func(d *eventstore.Decision) error {
		c, r, e := eventstore.StateOf[BudgetCycle](d, cycle), eventstore.StateOf[BudgetRequest](d, request), e
		if err := c.mustBe(CycleIsOpen); err != nil {
			return err
		}
		if err := r.maySubmit(c, e.On); err != nil {
			return err
		}
		var err error
		if e.Lines, err = requestLines(d, &t, eventstore.StateOf[Rules](d, rules), e, in.Lines, codes, c.Circular.Currency); err != nil {
			return err
		}
		current, capital := totals(e.Lines)
		e.Round, e.Total, e.Breaches = r.Asked.Round+1, current[0]+capital[0], c.Breaches(e.Chapter, e.Programme, current, capital)
		if err := c.mayBreach(e); err != nil {
			return err
		}
		d.Record(request, e)
		d.Record(cycle, BudgetRequestCounted{
			Chapter: e.Chapter, Programme: e.Programme, Round: e.Round, Current: current, Capital: capital, Lines: len(e.Lines),
		})
		return nil
	})
}

// maySubmit: until the deadline, and not what is approved.
func (r BudgetRequest) maySubmit(c BudgetCycle, on kernel.Date) error {
	switch {
	case r.Approved:
		return refused("finance.request_approved", "programme",
			"ووفق على طلب هذا البرنامج. يُعدَّل بعد إعادته.", "The request of this programme is approved. It is changed after it was returned.")
	case on.After(c.Circular.Deadline) && r.Asked.Round == 0:
		return refused("finance.circular_deadline", "on",
			"انتهى موعد الطلبات يوم %s.", "The last day for requests was %s.", c.Circular.Deadline)
	}
	return nil
}

// mayBreach refuses what goes beyond a ceiling, or beyond it without a reason.
func (c BudgetCycle) mayBreach(e BudgetRequestSubmitted) error {
	if len(e.Breaches) == 0 || !c.Circular.Strict && e.Reason != "" {
		return nil
	}
	b := e.Breaches[0]
	y := 0
	for y < 2 && b.Over[y] == 0 {
		y++
	}
	over, of := kernel.GroupAmount(b.Over[y], c.Circular.Currency), b.Chapter
	if b.Programme != "" {
		of = requestName(b.Chapter, b.Programme)
	}
	p := refused("finance.ceiling_exceeded", "lines",
		"الطلب فوق سقف %s لسنة %d بمبلغ %s.", "The request is above the ceiling of %s for %d by %s.", of, c.Circular.Year+y, over)
	if !c.Circular.Strict {
		p.Path = "reason"
		p.Message.Ar += " يلزم ذكر السبب."
		p.Message.En += " A reason is needed."
	}
	p.Details = map[string]string{"over": kernel.FormatAmount(b.Over[y], c.Circular.Currency), "year": fmt.Sprint(c.Circular.Year + y)}
	return p
}

// requestLines reads the lines of a request and names the budget line of each.
func requestLines(d *eventstore.Decision, t *touches, rules Rules, e BudgetRequestSubmitted, in []RequestLineInput, codes []Codes, currency string) ([]RequestLine, error) {
	var f form
	lines := make([]RequestLine, len(codes))
	keys := map[string]int{}
	for i, c := range codes {
		for _, s := range Segments {
			if code := c.Of(s); code != "" {
				f.add(linePath(i, "codes"), eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(s, code))).Postable(s, code, e.On))
			}
		}
		key, line := KeyOf(c, rules.KeyParts(e.Year))
		if before, twice := keys[key]; twice {
			f.add(linePath(i, "codes"), refused("finance.line_twice", "", "البند %s مذكور في السطر %d أيضاً.", "Line %s stands in row %d too.", key, before+1))
		}
		keys[key] = i
		f.add(linePath(i, "codes"), rules.Check(c, e.On))
		lines[i] = RequestLine{
			Line: i + 1, Key: key, Codes: line, Economic: in[i].Economic, Reason: in[i].Reason,
			Amounts: f.years(linePath(i, "amounts"), in[i].Amounts, currency),
		}
		if lines[i].Amounts == (ThreeYears{}) {
			f.add(linePath(i, "amounts"), notPositive())
		}
	}
	return lines, f.result()
}

// DecideBudgetRequest names a request for the budget department.
type DecideBudgetRequest struct {
	Command   uuid.UUID
	Year      int
	Chapter   string
	Programme string
	Reason    string // of a return
	Seen      int64
	On        string
}

// ApproveBudgetRequest takes a request into the draft.
func (m *Module) ApproveBudgetRequest(ctx context.Context, by Officer, in DecideBudgetRequest) (eventstore.Receipt, error) {
	return m.decideRequest(ctx, by, in, "ApproveBudgetRequest", func(r BudgetRequest, on kernel.Date) (eventstore.Event, bool) {
		return BudgetRequestApproved{Round: r.Asked.Round, On: on, By: by.Sign()}, true
	})
}

// ReturnBudgetRequest sends a request back to its body, with the reason, approved or not.
func (m *Module) ReturnBudgetRequest(ctx context.Context, by Officer, in DecideBudgetRequest) (eventstore.Receipt, error) {
	var f form
	f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.decideRequest(ctx, by, in, "ReturnBudgetRequest", func(r BudgetRequest, on kernel.Date) (eventstore.Event, bool) {
		return BudgetRequestReturned{Round: r.Asked.Round, Reason: in.Reason, On: on, By: by.Sign()}, false
	})
}

func (m *Module) decideRequest(ctx context.Context, by Officer, in DecideBudgetRequest, act string, event func(BudgetRequest, kernel.Date) (eventstore.Event, bool)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareBudget) {
		return eventstore.Receipt{}, f.result()
	}
	year, on := f.year("year", in.Year), m.dayOr(&f, in.On)
	chapter := f.code("chapter", StandardRules().Segments[Chapter].Name, in.Chapter)
	programme := f.code("programme", StandardRules().Segments[Programme].Name, in.Programme)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	name := requestName(chapter, programme)
	var t touches
	request, cycle := t.expect(requestStream(year, name), seen(in.Seen)), t.add(cycleStream(year))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		c, r := eventstore.StateOf[BudgetCycle](d, cycle), eventstore.StateOf[BudgetRequest](d, request)
		if err := c.mustBe(CycleIsOpen); err != nil {
			return err
		}
		e, approved := event(r, on)
		switch {
		case r.Asked.Round == 0:
			return missing("programme")
		case r.Decided && r.Approved == approved:
			return refused("finance.request_decided", "programme", "بُتّ في هذا الطلب من قبل.", "This request was decided on before.")
		case by.Signed(r.Asked.By):
			return refused("finance.same_person", "programme",
				"قدّم %s هذا الطلب، فيبت فيه شخص ثانٍ.", "%s submitted this request; a second person decides on it.", r.Asked.By.Person)
		case on.Before(r.Asked.On):
			return earlier("on", on, r.Asked.On)
		}
		d.Record(request, e)
		counted := c.Requests[name]
		counted.Approved = approved
		d.Record(cycle, counted)
		return nil
	})
}
