package directory

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// FoundBody founds a body of the government, from a day on.
type FoundBody struct {
	Command uuid.UUID
	ID      string // empty = the command's
	Parent  string // empty for the first one, the state itself
	Code    string
	Name    kernel.Text
	Kind    string
	Chapter string
	From    string
	Basis   string
}

// FoundUnit founds a unit of a body, from a day on.
type FoundUnit struct {
	Command uuid.UUID
	ID      string
	Parent  string
	Code    string
	Name    kernel.Text
	Level   int
	Centre  string
	From    string
	Basis   string
}

// FoundPost founds a post of a unit, from a day on.
type FoundPost struct {
	Command uuid.UUID
	ID      string
	Unit    string
	Code    string
	Title   kernel.Text
	From    string
	Basis   string
}

// FoundBody founds a ministry, department, independent body or municipality. The first body founded
// is the state, under which all others stand.
func (m *Module) FoundBody(ctx context.Context, by Clerk, in FoundBody) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	e := BodyFounded{
		Instrument: f.instrument(in.Command, in.From, in.Basis), ID: f.identity("id", in.ID, in.Command.String()), Parent: in.Parent,
		Code: f.treeCode("code", in.Code), Name: f.name("name", in.Name),
		Kind:    f.required("kind", kernel.Text{Ar: "نوع الجهة", En: "Kind of body"}, in.Kind),
		Chapter: f.code("chapter", kernel.Text{Ar: "الفصل", En: "Chapter"}, in.Chapter),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "FoundBody", in, e.Instrument, func(p *plan) error {
		if err := p.fresh(e.ID); err != nil {
			return err
		}
		if err := p.lists.valid("body_kind", "kind", e.Kind, e.From); err != nil {
			return err
		}
		switch {
		case e.Parent == "" && p.r.root != "":
			return kernel.Problem{Code: "directory.root_exists", Path: "parent", Message: kernel.Text{
				Ar: "الجهة الأعلى ناقصة: للدولة قيد واحد، وهو موجود.", En: "The parent is missing: the state is founded already, and only it has none.",
			}}
		case e.Parent != "":
			if _, err := p.existing("parent", e.Parent, 0); err != nil {
				return err
			}
		}
		p.record(e)
		p.look(e.ID)
		return nil
	})
}

// FoundUnit founds a directorate, section or division under a body or a unit.
func (m *Module) FoundUnit(ctx context.Context, by Clerk, in FoundUnit) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	e := UnitFounded{
		Instrument: f.instrument(in.Command, in.From, in.Basis), ID: f.identity("id", in.ID, in.Command.String()), Parent: in.Parent,
		Code: f.treeCode("code", in.Code), Name: f.name("name", in.Name), Level: f.level("level", in.Level),
		Centre: f.code("centre", kernel.Text{Ar: "مركز المسؤولية المالية", En: "Financial centre"}, in.Centre),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "FoundUnit", in, e.Instrument, func(p *plan) error {
		if err := p.fresh(e.ID); err != nil {
			return err
		}
		if _, err := p.existing("parent", e.Parent, 0); err != nil {
			return err
		}
		if err := p.lists.valid("unit_level", "level", strconv.Itoa(e.Level), e.From); err != nil {
			return err
		}
		p.record(e)
		p.look(e.ID)
		return nil
	})
}

// FoundPost founds a post of a unit.
func (m *Module) FoundPost(ctx context.Context, by Clerk, in FoundPost) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	e := PostFounded{
		Instrument: f.instrument(in.Command, in.From, in.Basis), ID: f.identity("id", in.ID, in.Command.String()), Unit: in.Unit,
		Code: f.treeCode("code", in.Code), Title: f.name("title", in.Title),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "FoundPost", in, e.Instrument, func(p *plan) error {
		if err := p.fresh(e.ID); err != nil {
			return err
		}
		if _, err := p.existing("unit", e.Unit, 0); err != nil {
			return err
		}
		p.record(e)
		p.lookPosts(e.ID)
		return nil
	})
}

// level reads the rank of a unit: 2 stands right below a body, 9 is the lowest.
func (f *form) level(path string, level int) int {
	if level < 2 || level > 9 {
		f.refuse(path, "directory.level_range", "مستوى الوحدة من 2 إلى 9.", "A unit's level is from 2 to 9.")
	}
	return level
}
