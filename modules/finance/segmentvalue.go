package finance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SegmentValue is one code of one segment (قيمة في دليل الحسابات): dated, and never deleted.
type SegmentValue struct {
	Segment  Segment
	Code     string
	Names    []SegmentValueRenamed // newest last; the first is the name it was added with
	Parent   string
	Heading  bool // a parent that takes no postings itself
	Economic EconomicType
	From, To kernel.Date
	Cofog    string
	Gfsm     string
}

// SegmentStream names a segment value's stream. A code longer than an index holds is named by its
// hash; it stands in full in the event.
func SegmentStream(s Segment, code string) eventstore.Stream {
	if len(code) > longestKey {
		sum := sha256.Sum256([]byte(code))
		code = "#" + hex.EncodeToString(sum[:16])
	}
	return eventstore.Stream{Category: "finance.segment", Key: string(s) + "/" + code}
}

// Exists tells whether the code is in the chart.
func (v SegmentValue) Exists() bool { return v.Code != "" }

// Name is the value's name on a day.
func (v SegmentValue) Name(on kernel.Date) kernel.Text {
	var name kernel.Text
	for _, n := range v.Names {
		if n.From.IsZero() || !n.From.After(on) {
			name = n.Name
		}
	}
	return name
}

// Postable refuses a code that is not in the chart, is a heading, or is not in force on a day.
func (v SegmentValue) Postable(s Segment, code string, on kernel.Date) error {
	name := StandardRules().Segments[s].Name
	refuse := func(problem string, ar, en string) error {
		return kernel.Problem{Code: problem, Path: string(s), Message: kernel.Text{
			Ar: fmt.Sprintf("%s %s %s.", name.Ar, code, ar),
			En: fmt.Sprintf("%s %s %s.", name.En, code, en),
		}, Details: map[string]string{"segment": string(s), "code": code}}
	}
	switch {
	case !v.Exists():
		return refuse("finance.segment_unknown", "غير موجود في دليل الحسابات", "is not in the chart of accounts")
	case v.Heading:
		return refuse("finance.segment_heading", "عنوان لا يُرحَّل عليه", "is a heading and takes no postings")
	case !on.Within(v.From, v.To):
		return refuse("finance.segment_inactive", "غير نافذ في "+on.String(), "is not in force on "+on.String())
	}
	return nil
}

func (v SegmentValue) add(e SegmentValueAdded, parent SegmentValue) (SegmentValueAdded, error) {
	if v.Exists() {
		return e, kernel.Problem{Code: "finance.segment_exists", Path: "code", Message: kernel.Text{
			Ar: fmt.Sprintf("الرمز %s موجود في دليل الحسابات.", e.Code),
			En: fmt.Sprintf("Code %s is already in the chart of accounts.", e.Code),
		}}
	}
	if e.Parent != "" && !parent.Heading {
		return e, kernel.Problem{Code: "finance.segment_parent", Path: "parent", Message: kernel.Text{
			Ar: fmt.Sprintf("الرمز الأعلى %s ليس عنواناً في دليل الحسابات.", e.Parent),
			En: fmt.Sprintf("Parent %s is not a heading of the chart of accounts.", e.Parent),
		}}
	}
	return e, nil
}

func (v SegmentValue) known() error {
	if v.Exists() {
		return nil
	}
	return kernel.Problem{Code: "finance.segment_unknown", Path: "code", Message: kernel.Text{
		Ar: "الرمز غير موجود في دليل الحسابات.",
		En: "The code is not in the chart of accounts.",
	}}
}

func (v SegmentValue) evolve(e eventstore.Event) SegmentValue {
	switch e := e.(type) {
	case SegmentValueAdded:
		v = SegmentValue{
			Segment: e.Segment, Code: e.Code, Names: []SegmentValueRenamed{{Name: e.Name}}, Parent: e.Parent,
			Heading: e.Heading, Economic: e.Economic, From: e.From, To: e.To,
		}
	case SegmentValueRenamed:
		v.Names = append(v.Names[:len(v.Names):len(v.Names)], e)
	case SegmentValueDeactivated:
		v.To = e.From.AddDays(-1)
	case CofogMapped:
		v.Cofog = e.Cofog
	case GfsmMapped:
		v.Gfsm = e.Gfsm
	}
	return v
}

func segmentCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[SegmentValueAdded](1, nil),
		eventstore.Type[SegmentValueRenamed](1, nil),
		eventstore.Type[SegmentValueDeactivated](1, nil),
		eventstore.Type[CofogMapped](1, nil),
		eventstore.Type[GfsmMapped](1, nil),
	)
	return eventstore.CategoryOf("finance.segment", eventstore.Main, codec, SegmentValue{}, SegmentValue.evolve)
}
