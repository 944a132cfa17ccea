package finance

import "strings"

// Segment is one part of an account combination. The names are stored and are the column names of
// imports and exports.
type Segment string

// The eight segments in the order of every key and report.
const (
	Fund        Segment = "fund"        // الصندوق
	Chapter     Segment = "chapter"     // الفصل
	Centre      Segment = "centre"      // المركز المالي
	Programme   Segment = "programme"   // البرنامج
	Activity    Segment = "activity"    // النشاط أو المشروع
	Item        Segment = "item"        // المجموعة والمادة والبند
	Source      Segment = "source"      // مصدر التمويل
	Governorate Segment = "governorate" // المحافظة
)

// Segments lists all eight in order.
var Segments = []Segment{Fund, Chapter, Centre, Programme, Activity, Item, Source, Governorate}

// Codes is a combination of segment values, or a pattern of them. A part that is not given is empty.
type Codes struct {
	Fund        string `json:"fund,omitempty"`
	Chapter     string `json:"chapter,omitempty"`
	Centre      string `json:"centre,omitempty"`
	Programme   string `json:"programme,omitempty"`
	Activity    string `json:"activity,omitempty"`
	Item        string `json:"item,omitempty"`
	Source      string `json:"source,omitempty"`
	Governorate string `json:"governorate,omitempty"`
}

// Of returns one segment's code.
func (c Codes) Of(s Segment) string {
	if p := c.part(s); p != nil {
		return *p
	}
	return ""
}

// With returns the codes with one segment's code replaced.
func (c Codes) With(s Segment, code string) Codes {
	if p := c.part(s); p != nil {
		*p = code
	}
	return c
}

func (c *Codes) part(s Segment) *string {
	switch s {
	case Fund:
		return &c.Fund
	case Chapter:
		return &c.Chapter
	case Centre:
		return &c.Centre
	case Programme:
		return &c.Programme
	case Activity:
		return &c.Activity
	case Item:
		return &c.Item
	case Source:
		return &c.Source
	case Governorate:
		return &c.Governorate
	}
	return nil
}

// Match tells whether the codes fit a pattern: an empty part or "*" fits everything, "22*" fits
// every code that begins so, any other part fits only itself.
func (c Codes) Match(pattern Codes) bool {
	for _, s := range Segments {
		p := pattern.Of(s)
		if prefix, open := strings.CutSuffix(p, "*"); open {
			if !strings.HasPrefix(c.Of(s), prefix) {
				return false
			}
		} else if p != "" && p != c.Of(s) {
			return false
		}
	}
	return true
}

// EconomicType is current or capital spending; it follows from the natural account.
type EconomicType string

// The economic types.
const (
	Current EconomicType = "current" // نفقات جارية
	Capital EconomicType = "capital" // نفقات رأسمالية
)

// Ceiling is what a commitment is held against.
type Ceiling string

// The ceilings of a budget line.
const (
	ByAllotment     Ceiling = "allotment"     // the released allotments
	ByAppropriation Ceiling = "appropriation" // the whole year's appropriation
)

// Effect of a validity rule.
type Effect string

// The effects; a combination is valid when a rule allows it, or no rule does anything else, and
// no rule denies it.
const (
	Allow Effect = "allow"
	Deny  Effect = "deny"
)

// OrderKind is the kind of a financial order.
type OrderKind string

// General orders release for a whole chapter, special ones for named purposes.
const (
	GeneralOrder OrderKind = "general"
	SpecialOrder OrderKind = "special"
)

// Vintage says which law a budget file states.
type Vintage string

// The vintages of an import.
const (
	Original      Vintage = "original"
	Supplementary Vintage = "supplementary"
)
