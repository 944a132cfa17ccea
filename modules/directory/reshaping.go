package directory

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ChangeUnit names a body or unit and what becomes of it from a day on.
type ChangeUnit struct {
	Command  uuid.UUID
	ID       string
	Expected int64 // the version a screen saw; 0 = it did not look
	From     string
	Basis    string

	Name    kernel.Text // of a renaming
	Parent  string      // of a move; empty = as it is
	Code    string      // of a move; empty = as it is
	Chapter string
	Centre  string
	Level   int
	Kind    string
}

func (m *Module) changeUnit(ctx context.Context, by Clerk, act string, in ChangeUnit, read func(*form), step func(*plan, Unit) error) (eventstore.Receipt, error) {
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
		u, err := p.existing("id", in.ID, in.Expected)
		if err != nil {
			return err
		}
		p.look(u.ID)
		return step(p, u)
	})
}

// RenameUnit gives a body or unit another name from a day on.
func (m *Module) RenameUnit(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	var name kernel.Text
	return m.changeUnit(ctx, by, "RenameUnit", in, func(f *form) { name = f.name("name", in.Name) }, func(p *plan, u Unit) error {
		p.record(UnitRenamed{p.now, u.ID, name})
		return nil
	})
}

// MoveUnit puts a body or unit, with all below it, under another parent, or gives it another code.
func (m *Module) MoveUnit(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	code := in.Code
	return m.changeUnit(ctx, by, "MoveUnit", in, func(f *form) {
		if code != "" {
			code = f.treeCode("code", code)
		}
	}, func(p *plan, u Unit) error {
		if u.ID == p.r.root && in.Parent != "" {
			return rootStays()
		}
		e := UnitMoved{p.now, u.ID, u.Parent, u.Code}
		if in.Parent != "" {
			if _, err := p.existing("parent", in.Parent, 0); err != nil {
				return err
			}
			e.Parent = in.Parent
		}
		if code != "" {
			e.Code = code
		}
		if e.Parent == u.Parent && e.Code == u.Code {
			return kernel.Problem{Code: "directory.nothing_moves", Path: "parent", Message: kernel.Text{
				Ar: "الوحدة في مكانها هذا برمزها هذا أصلاً.", En: "The unit stands there under that code already.",
			}}
		}
		p.record(e)
		return nil
	})
}

// CloseUnit ends a body or unit that has nothing open below it and no posts. Its last day is the day
// before.
func (m *Module) CloseUnit(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	return m.changeUnit(ctx, by, "CloseUnit", in, nil, func(p *plan, u Unit) error {
		if u.ID == p.r.root {
			return rootStays()
		}
		p.record(UnitClosed{p.now, u.ID})
		return nil
	})
}

// SetChapter gives a body its chapter of the budget from a day on; an empty one takes it away.
func (m *Module) SetChapter(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	var chapter string
	return m.changeUnit(ctx, by, "SetChapter", in, func(f *form) {
		chapter = f.code("chapter", kernel.Text{Ar: "الفصل", En: "Chapter"}, in.Chapter)
	}, func(p *plan, u Unit) error {
		if !u.Body {
			return refusal("directory.not_a_body", "id", "الفصل للجهات، وهذه وحدة.", "A chapter belongs to a body, and this is a unit.")
		}
		p.record(ChapterSet{p.now, u.ID, chapter})
		return nil
	})
}

// SetCentre gives a unit its financial centre from a day on; an empty one takes it away.
func (m *Module) SetCentre(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	var centre string
	return m.changeUnit(ctx, by, "SetCentre", in, func(f *form) {
		centre = f.code("centre", kernel.Text{Ar: "مركز المسؤولية المالية", En: "Financial centre"}, in.Centre)
	}, func(p *plan, u Unit) error {
		if u.Body {
			return refusal("directory.not_a_unit", "id", "مركز المسؤولية المالية للوحدات، وهذه جهة.", "A financial centre belongs to a unit, and this is a body.")
		}
		p.record(CentreSet{p.now, u.ID, centre})
		return nil
	})
}

// SetLevel gives a unit another level from a day on.
func (m *Module) SetLevel(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	return m.changeUnit(ctx, by, "SetLevel", in, func(f *form) { f.level("level", in.Level) }, func(p *plan, u Unit) error {
		if u.Body {
			return refusal("directory.not_a_unit", "id", "المستوى للوحدات، وهذه جهة.", "A level belongs to a unit, and this is a body.")
		}
		if err := p.lists.valid("unit_level", "level", strconv.Itoa(in.Level), p.from); err != nil {
			return err
		}
		p.record(LevelSet{p.now, u.ID, in.Level})
		p.lookEverBelow(u.ID)
		return nil
	})
}

// SetBodyKind makes a body one of another kind from a day on, as when a department becomes a ministry.
func (m *Module) SetBodyKind(ctx context.Context, by Clerk, in ChangeUnit) (eventstore.Receipt, error) {
	var kind string
	return m.changeUnit(ctx, by, "SetBodyKind", in, func(f *form) {
		kind = f.required("kind", kernel.Text{Ar: "نوع الجهة", En: "Kind of body"}, in.Kind)
	}, func(p *plan, u Unit) error {
		if !u.Body {
			return refusal("directory.not_a_body", "id", "النوع للجهات، وهذه وحدة.", "A kind belongs to a body, and this is a unit.")
		}
		if err := p.lists.valid("body_kind", "kind", kind, p.from); err != nil {
			return err
		}
		p.record(BodyKindSet{p.now, u.ID, kind})
		return nil
	})
}

// lookEverBelow has all units checked that ever stood right below one.
func (p *plan) lookEverBelow(id string) {
	ever, _ := p.r.below.get(id)
	p.look(ever...)
}

func rootStays() kernel.Problem {
	return refusal("directory.root_stays", "id", "قيد الدولة لا يُنقل ولا يُغلق.", "The state itself is neither moved nor closed.")
}

func refusal(code, path, ar, en string) kernel.Problem {
	return kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: ar, En: en}}
}
