package directory

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ChangePost names a post and what becomes of it from a day on.
type ChangePost struct {
	Command  uuid.UUID
	ID       string
	Expected int64
	From     string
	Basis    string

	Title kernel.Text // of a renaming
	Unit  string      // of a move
	Code  string      // of a move; empty = as it is
}

// FillPost puts a person into a post from a day on, and to a last day when one is known.
type FillPost struct {
	Command uuid.UUID
	Post    string
	Person  string
	Acting  bool // acts in it (بالوكالة) beside its holder or while there is none
	From    string
	To      string
	Basis   string
}

// LeavePost ends a person's time in a post; From is the first day without them.
type LeavePost struct {
	Command uuid.UUID
	Post    string
	Tenure  string
	From    string
	Basis   string
}

func (m *Module) changePost(ctx context.Context, by Clerk, act string, in ChangePost, read func(*form), step func(*plan, Post) error) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	i := f.instrument(in.Command, in.From, in.Basis)
	if read != nil {
		read(&f)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, act, in, i, func(p *plan) error {
		one, err := p.existingPost("id", in.ID, in.Expected)
		if err != nil {
			return err
		}
		p.lookPosts(one.ID)
		return step(p, one)
	})
}

// RenamePost gives a post another title from a day on.
func (m *Module) RenamePost(ctx context.Context, by Clerk, in ChangePost) (eventstore.Receipt, error) {
	var title kernel.Text
	return m.changePost(ctx, by, "RenamePost", in, func(f *form) { title = f.name("title", in.Title) }, func(p *plan, one Post) error {
		p.record(PostRenamed{p.now, one.ID, title})
		return nil
	})
}

// MovePost gives a post to another unit from a day on, its holder with it.
func (m *Module) MovePost(ctx context.Context, by Clerk, in ChangePost) (eventstore.Receipt, error) {
	code := in.Code
	return m.changePost(ctx, by, "MovePost", in, func(f *form) {
		if code != "" {
			code = f.treeCode("code", code)
		}
	}, func(p *plan, one Post) error {
		e := PostMoved{p.now, one.ID, one.Unit, one.Code}
		if in.Unit != "" {
			if _, err := p.existing("unit", in.Unit, 0); err != nil {
				return err
			}
			e.Unit = in.Unit
		}
		if code != "" {
			e.Code = code
		}
		p.record(e)
		return nil
	})
}

// ClosePost ends a post that nobody holds from that day on.
func (m *Module) ClosePost(ctx context.Context, by Clerk, in ChangePost) (eventstore.Receipt, error) {
	return m.changePost(ctx, by, "ClosePost", in, nil, func(p *plan, one Post) error {
		p.record(PostClosed{p.now, one.ID})
		return nil
	})
}

// FillPost puts a person into a post. A post has one holder on a day, and at most one who acts in it.
func (m *Module) FillPost(ctx context.Context, by Clerk, in FillPost) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayFillPost) {
		return eventstore.Receipt{}, f.result()
	}
	e := PostHeld{
		Instrument: f.instrument(in.Command, in.From, in.Basis), ID: in.Post, Tenure: in.Command.String(), Acting: in.Acting,
		Person: strings.TrimSpace(f.required("person", kernel.Text{Ar: "الشخص", En: "Person"}, in.Person)),
		To:     f.optionalDay("to", kernel.Text{Ar: "إلى تاريخ", En: "To"}, in.To),
	}
	if !e.To.IsZero() && e.To.Before(e.From) {
		f.refuse("to", "date.ends_before_start", "تاريخ الانتهاء "+e.To.String()+" قبل تاريخ البدء "+e.From.String()+".",
			"The end "+e.To.String()+" is before the start "+e.From.String()+".")
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "FillPost", in, e.Instrument, func(p *plan) error {
		if _, err := p.existingPost("post", e.ID, 0); err != nil {
			return err
		}
		p.record(e)
		p.lookPosts(e.ID)
		return nil
	})
}

// LeavePost ends a tenure. From a day before it began it counts as never begun.
func (m *Module) LeavePost(ctx context.Context, by Clerk, in LeavePost) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayFillPost) {
		return eventstore.Receipt{}, f.result()
	}
	e := PostLeft{Instrument: f.instrument(in.Command, in.From, in.Basis), ID: in.Post, Tenure: in.Tenure}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "LeavePost", in, e.Instrument, func(p *plan) error {
		for _, h := range p.on().Tenures(e.ID) {
			if h.Tenure == e.Tenure {
				p.record(e)
				p.lookPosts(e.ID)
				return nil
			}
		}
		return refusal("directory.tenure_unknown", "tenure", "لا يوجد إشغال بهذا الرقم للوظيفة.", "The post has no such tenure.")
	})
}

// WithdrawAct names an act to be taken back.
type WithdrawAct struct {
	Command uuid.UUID
	Act     string
	Reason  string
}

// WithdrawAct takes an act back whole, as when a decision is postponed or was entered wrongly. It is
// refused when something else has come to stand on it.
func (m *Module) WithdrawAct(ctx context.Context, by Clerk, in WithdrawAct) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	e := ActWithdrawn{Act: in.Act, Reason: f.required("reason", kernel.Text{Ar: "السبب", En: "Reason"}, in.Reason)}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "WithdrawAct", in, func(d *eventstore.Decision) error {
		r := eventstore.StateOf[register](d, 0)
		p, err := r.planWithdrawal(e)
		if err != nil {
			return err
		}
		if err := p.keepsWithin(by, MayChangeStructure, r); err != nil {
			return err
		}
		events, err := p.finish(treeRules())
		if err != nil {
			return err
		}
		for _, one := range events {
			d.Record(0, one)
		}
		return nil
	}, TreeStream())
}
