package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// AddSegmentValue puts a code into the chart.
type AddSegmentValue struct {
	Command        uuid.UUID
	Segment        Segment
	Code           string
	NameAr, NameEn string
	Parent         string
	Heading        bool
	Economic       EconomicType // of natural accounts; empty elsewhere
	From, To       string
}

// AddSegmentValue puts a code into the chart, within the segment's length.
func (m *Module) AddSegmentValue(ctx context.Context, by Officer, in AddSegmentValue) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeChart) {
		return eventstore.Receipt{}, f.result()
	}
	f.segment("segment", in.Segment)
	e := SegmentValueAdded{
		Segment: in.Segment, Heading: in.Heading, Economic: in.Economic,
		Code:   f.code("code", fieldName("code"), in.Code),
		Name:   f.names(in.NameAr, in.NameEn),
		Parent: f.optionalCode("parent", fieldName("parent"), in.Parent),
		From:   f.optionalDate("from", fieldName("from"), in.From),
		To:     f.optionalDate("to", fieldName("to"), in.To),
	}
	if e.Economic != "" && e.Economic != Current && e.Economic != Capital {
		f.refuse("economic", "finance.economic_type", kernel.Text{Ar: "النوع جارٍ أو رأسمالي.", En: "The type is current or capital."})
	}
	f.period(e.From, e.To)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	value, rules := t.add(SegmentStream(e.Segment, e.Code)), t.add(RulesStream)
	parent := -1
	if e.Parent != "" {
		parent = t.add(SegmentStream(e.Segment, e.Parent))
	}
	return m.execute(ctx, by, in.Command, "AddSegmentValue", in, &t, func(d *eventstore.Decision) error {
		var above SegmentValue
		if parent >= 0 {
			above = eventstore.StateOf[SegmentValue](d, parent)
		}
		if most := eventstore.StateOf[Rules](d, rules).Segments[e.Segment].Length; len([]rune(e.Code)) > most {
			return refused("code.too_long", "code", "الرمز أطول من %d خانات.", "The code is longer than %d characters.", most)
		}
		added, err := eventstore.StateOf[SegmentValue](d, value).add(e, above)
		if err != nil {
			return err
		}
		d.Record(value, added)
		return nil
	})
}

// ChangeSegmentValue names a code of the chart and what is to change about it.
type ChangeSegmentValue struct {
	Command        uuid.UUID
	Segment        Segment
	Code           string
	From           string // day the change takes effect
	NameAr, NameEn string // of a renaming
	Reason         string // of a deactivation
	Class          string // COFOG or GFSM code of a mapping
}

// RenameSegmentValue gives a code another name from a day on; older reports keep the old one.
func (m *Module) RenameSegmentValue(ctx context.Context, by Officer, in ChangeSegmentValue) (eventstore.Receipt, error) {
	return m.changeValue(ctx, by, "RenameSegmentValue", in, func(f *form) eventstore.Event {
		return SegmentValueRenamed{Name: f.names(in.NameAr, in.NameEn), From: f.date("from", fieldName("from"), in.From)}
	})
}

// DeactivateSegmentValue ends a code: from that day nothing is posted to it, nor committed on a line
// that has it. The code stays in the chart for what was posted before.
func (m *Module) DeactivateSegmentValue(ctx context.Context, by Officer, in ChangeSegmentValue) (eventstore.Receipt, error) {
	return m.changeValue(ctx, by, "DeactivateSegmentValue", in, func(f *form) eventstore.Event {
		return SegmentValueDeactivated{From: f.date("from", fieldName("from"), in.From), Reason: f.text("reason", fieldName("reason"), in.Reason)}
	})
}

// MapToCofog gives a programme its function of government.
func (m *Module) MapToCofog(ctx context.Context, by Officer, in ChangeSegmentValue) (eventstore.Receipt, error) {
	return m.changeValue(ctx, by, "MapToCofog", in, func(f *form) eventstore.Event {
		if in.Segment != Programme {
			f.refuse("segment", "finance.mapping_segment", kernel.Text{Ar: "التصنيف الوظيفي للبرامج.", En: "Functions of government belong to programmes."})
		}
		return CofogMapped{Cofog: f.code("class", fieldName("cofog"), in.Class)}
	})
}

// MapToGfsm gives a natural account its economic class.
func (m *Module) MapToGfsm(ctx context.Context, by Officer, in ChangeSegmentValue) (eventstore.Receipt, error) {
	return m.changeValue(ctx, by, "MapToGfsm", in, func(f *form) eventstore.Event {
		if in.Segment != Item {
			f.refuse("segment", "finance.mapping_segment", kernel.Text{Ar: "التصنيف الاقتصادي للبنود.", En: "Economic classes belong to items."})
		}
		return GfsmMapped{Gfsm: f.code("class", fieldName("gfsm"), in.Class)}
	})
}

func (m *Module) changeValue(ctx context.Context, by Officer, act string, in ChangeSegmentValue, change func(*form) eventstore.Event) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeChart) {
		return eventstore.Receipt{}, f.result()
	}
	f.segment("segment", in.Segment)
	code := f.code("code", fieldName("code"), in.Code)
	e := change(&f)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	value, rules := t.add(SegmentStream(in.Segment, code)), t.add(RulesStream)
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		if err := eventstore.StateOf[SegmentValue](d, value).known(); err != nil {
			return err
		}
		d.Record(value, e)
		if ended, ok := e.(SegmentValueDeactivated); ok {
			d.Record(rules, inactive(in.Segment, code, ended.From))
		}
		return nil
	})
}

// inactive is the rule that keeps commitments off lines with an ended code.
func inactive(s Segment, code string, from kernel.Date) ValidityRuleSet {
	name := StandardRules().Segments[s].Name
	return ValidityRuleSet{
		ID: fmt.Sprintf("inactive/%s/%s", s, code), Effect: Deny, Pattern: Codes{}.With(s, code), From: from,
		Message: kernel.Text{
			Ar: fmt.Sprintf("%s %s غير نافذ من %s.", name.Ar, code, from),
			En: fmt.Sprintf("%s %s is not in force from %s.", name.En, code, from),
		},
	}
}

// segment checks that a segment is one of the eight.
func (f *form) segment(path string, s Segment) {
	if _, ok := StandardRules().Segments[s]; !ok {
		f.refuse(path, "finance.segment_name", kernel.Text{
			Ar: "الجزء «" + brief(string(s)) + "» ليس من أجزاء دليل الحسابات الثمانية.",
			En: "Segment “" + brief(string(s)) + "” is not one of the chart's eight.",
		})
	}
}

// names reads a name in both languages; one of them is enough.
func (f *form) names(ar, en string) kernel.Text {
	name := kernel.Text{Ar: f.optionalText("name_ar", fieldName("name"), ar), En: f.optionalText("name_en", fieldName("name"), en)}
	if ar == "" && en == "" {
		f.missing("name_ar", fieldName("name"))
	}
	return name
}

// period refuses a span that ends before it begins.
func (f *form) period(from, to kernel.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		f.refuse("to", "date.ends_before_start", kernel.Text{
			Ar: "تاريخ الانتهاء " + to.String() + " قبل تاريخ البدء " + from.String() + ".",
			En: "The end " + to.String() + " is before the start " + from.String() + ".",
		})
	}
}
