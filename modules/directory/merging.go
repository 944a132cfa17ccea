package directory

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// MergeUnits ends bodies or units in favour of another one, which takes over all that stands below
// them.
type MergeUnits struct {
	Command uuid.UUID
	Units   []string
	Into    string
	Codes   []Recode // for units and posts whose code the successor has already
	From    string
	Basis   string
}

// Recode gives a unit or post that changes hands another code.
type Recode struct{ ID, Code string }

// SplitUnit founds the successors of a unit and hands them what stands below it.
type SplitUnit struct {
	Command   uuid.UUID
	ID        string
	Expected  int64
	Into      []Part
	Continues bool // the unit itself goes on beside them
	From      string
	Basis     string
}

// Part is one successor of a split unit: a body when the unit is one.
type Part struct {
	ID      string
	Code    string
	Name    kernel.Text
	Kind    string // of a body; empty = the old one's
	Chapter string
	Centre  string
	Takes   []string // units and posts that go to it
}

// MergeUnits merges bodies or units: their units and posts go to the successor on that day, and the
// old ids lead to it from then on.
func (m *Module) MergeUnits(ctx context.Context, by Clerk, in MergeUnits) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	i := f.instrument(in.Command, in.From, in.Basis)
	if len(in.Units) == 0 || len(in.Units) > 100 {
		f.refuse("units", "directory.merge_count", "يُدمج من وحدة واحدة إلى مئة.", "One to a hundred units are merged.")
	}
	codes := map[string]string{}
	for n, c := range in.Codes {
		codes[c.ID] = f.treeCode("codes."+strconv.Itoa(n)+".code", c.Code)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "MergeUnits", in, i, func(p *plan) error {
		into, err := p.existing("into", in.Into, 0)
		if err != nil {
			return err
		}
		p.look(into.ID)
		for n, id := range in.Units {
			path := "units." + strconv.Itoa(n)
			u, err := p.existing(path, id, 0)
			switch {
			case err != nil:
				return err
			case id == p.r.root:
				return rootStays()
			case p.on().Within(into.ID, id):
				return refusal("directory.merge_into_itself", path, "لا تُدمج «"+u.Name.In("ar")+"» في نفسها ولا فيما تحتها.",
					"“"+u.Name.In("en")+"” cannot be merged into itself or what stands below it.")
			}
			p.children(id, func(string) string { return into.ID }, codes)
			p.record(UnitMerged{p.now, id, into.ID})
			p.look(id)
		}
		return nil
	})
}

// SplitUnit splits a body or unit into new ones beside it. What is not handed over stays with it when
// it continues; when it ends, everything must be handed over.
func (m *Module) SplitUnit(ctx context.Context, by Clerk, in SplitUnit) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeStructure) {
		return eventstore.Receipt{}, f.result()
	}
	i := f.instrument(in.Command, in.From, in.Basis)
	if len(in.Into) == 0 || len(in.Into) > 100 || len(in.Into) == 1 && !in.Continues {
		f.refuse("into", "directory.split_count", "تُقسم الوحدة إلى اثنتين فأكثر.", "A unit is split into two or more.")
	}
	parts := slices.Clone(in.Into)
	for n := range parts {
		path := "into." + strconv.Itoa(n)
		fallback := uuid.NewSHA1(in.Command, []byte(strconv.Itoa(n))).String()
		parts[n].ID = f.identity(path+".id", parts[n].ID, fallback)
		parts[n].Code, parts[n].Name = f.treeCode(path+".code", parts[n].Code), f.name(path+".name", parts[n].Name)
		parts[n].Chapter = f.code(path+".chapter", kernel.Text{Ar: "الفصل", En: "Chapter"}, parts[n].Chapter)
		parts[n].Centre = f.code(path+".centre", kernel.Text{Ar: "مركز المسؤولية المالية", En: "Financial centre"}, parts[n].Centre)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.change(ctx, by, in.Command, "SplitUnit", in, i, func(p *plan) error {
		u, err := p.existing("id", in.ID, in.Expected)
		switch {
		case err != nil:
			return err
		case u.ID == p.r.root:
			return rootStays()
		}
		var heirs []string
		for n, part := range parts {
			if err := p.fresh(part.ID); err != nil {
				return err
			}
			if u.Body && part.Kind != "" {
				if err := p.lists.valid("body_kind", "into."+strconv.Itoa(n)+".kind", part.Kind, p.from); err != nil {
					return err
				}
			}
			p.record(part.founded(p.now, u))
			p.look(part.ID)
			heirs = append(heirs, part.ID)
			for k, id := range part.Takes {
				if err := p.hand(id, u.ID, part.ID); err != nil {
					return kernel.ProblemsOf(err)[0].At("into." + strconv.Itoa(n) + ".takes." + strconv.Itoa(k))
				}
			}
		}
		p.record(UnitSplit{p.now, u.ID, heirs, in.Continues})
		p.look(u.ID)
		return nil
	})
}

// founded is the founding of a part beside the unit it comes from.
func (part Part) founded(i Instrument, of Unit) eventstore.Event {
	if !of.Body {
		return UnitFounded{i, part.ID, of.Parent, part.Code, part.Name, of.Level, part.Centre}
	}
	kind := part.Kind
	if kind == "" {
		kind = of.Kind
	}
	return BodyFounded{i, part.ID, of.Parent, part.Code, part.Name, kind, part.Chapter}
}

// hand gives a unit or post that stands right below one unit to another.
func (p *plan) hand(id, from, to string) error {
	if child, open := p.on().Unit(id); open && child.Parent == from {
		p.record(UnitMoved{p.now, id, to, child.Code})
		p.look(id)
		return nil
	}
	if office, open := p.on().Post(id); open && office.Unit == from {
		p.record(PostMoved{p.now, id, to, office.Code})
		p.lookPosts(id)
		return nil
	}
	return refusal("directory.not_below", "", "الرقم "+brief(id)+" ليس لوحدة أو وظيفة تحت الوحدة المقسومة.",
		brief(id)+" is no unit or post right below the unit that is split.")
}
