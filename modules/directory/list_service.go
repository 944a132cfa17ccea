package directory

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// PublishList publishes a version of a code list.
type PublishList struct {
	Command uuid.UUID
	List    string
	Title   kernel.Text // empty = as it is
	Version string
	From    string
	Source  string
	Values  []ListValueInput
	Retired []RetiredValue
}

// ListValueInput is a value that a version adds or changes.
type ListValueInput struct {
	Code       string
	Name       kernel.Text
	Parent     string
	Attributes []Attribute
}

// Attribute is a named property of a value, such as a currency's decimals.
type Attribute struct{ Name, Value string }

// mostValues bounds one version.
const mostValues = 20_000

// PublishList publishes a version of a list from a day on; a name that is new begins a list. Values
// are added, changed or retired, and never deleted.
func (m *Module) PublishList(ctx context.Context, by Clerk, in PublishList) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayChangeList) {
		return eventstore.Receipt{}, f.result()
	}
	e := ListVersionPublished{
		List: f.listName("list", in.List), Title: f.optionalName("title", in.Title),
		Version: f.requiredCode("version", kernel.Text{Ar: "النسخة", En: "Version"}, in.Version),
		From:    f.day("from", kernel.Text{Ar: "من تاريخ", En: "From"}, in.From),
		Source:  f.text("source", kernel.Text{Ar: "المصدر", En: "Source"}, in.Source), Retired: in.Retired,
	}
	if len(in.Values) > mostValues {
		f.refuse("values", "directory.too_many", "القيم أكثر من "+strconv.Itoa(mostValues)+".", "There are more than "+strconv.Itoa(mostValues)+" values.")
		return eventstore.Receipt{}, f.result()
	}
	for i, v := range in.Values {
		path := "values." + strconv.Itoa(i)
		value := ListValue{
			Code: f.requiredCode(path+".code", kernel.Text{Ar: "الرمز", En: "Code"}, v.Code), Name: f.name(path+".name", v.Name),
			Parent: f.code(path+".parent", kernel.Text{Ar: "الرمز الأعلى", En: "Parent code"}, v.Parent),
		}
		for _, a := range v.Attributes {
			if value.Attributes == nil {
				value.Attributes = map[string]string{}
			}
			value.Attributes[f.requiredCode(path+".attributes", kernel.Text{Ar: "الخاصية", En: "Attribute"}, a.Name)] = f.text(path+".attributes", kernel.Text{Ar: "الخاصية", En: "Attribute"}, a.Value)
		}
		e.Values = append(e.Values, value)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "PublishList", in, func(d *eventstore.Decision) error {
		state := eventstore.StateOf[lists](d, 0)
		version := e
		if list, there := state.find(e.List); e.Title == (kernel.Text{}) && there {
			version.Title = list.Title()
		}
		if err := state.publish(version); err != nil {
			return err
		}
		d.Record(0, version)
		return nil
	}, ListsStream())
}

// PublishShipped publishes the versions of lists that come with the program and that this log does
// not have yet, and gives a calendar without any weekend the usual one, Friday and Saturday. A list that the government has changed since keeps its changes: a shipped version
// that would come before them is left out.
func (m *Module) PublishShipped(ctx context.Context) error {
	shipped, err := shippedLists()
	if err != nil {
		return err
	}
	program := Clerk{ID: "program"}
	for _, e := range shipped {
		id := uuid.NewSHA1(m.tenant, []byte("directory.list\n"+e.List+"\n"+e.Version))
		_, err := m.execute(ctx, program, id, "PublishShipped", []string{e.List, e.Version}, func(d *eventstore.Decision) error {
			if eventstore.StateOf[lists](d, 0).publish(e) == nil {
				d.Record(0, e)
			}
			return nil
		}, ListsStream())
		if err != nil {
			return err
		}
	}
	since, err := kernel.NewDate(2000, 1, 1)
	if err != nil {
		return err
	}
	id := uuid.NewSHA1(m.tenant, []byte("directory.calendar\nweekend"))
	_, err = m.execute(ctx, program, id, "PublishShipped", "weekend", func(d *eventstore.Decision) error {
		if len(eventstore.StateOf[WorkCalendar](d, 0).weekends) == 0 {
			d.Record(0, WeekendSet{From: since, Days: []string{"friday", "saturday"}})
		}
		return nil
	}, CalendarStream())
	return err
}

func (f *form) listName(path, value string) string {
	name := f.requiredCode(path, kernel.Text{Ar: "القائمة", En: "List"}, value)
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			f.refuse(path, "directory.list_name", "اسم القائمة: حروف لاتينية صغيرة وأرقام وشرطة سفلية.", "A list's name has small letters, digits and underscores.")
			break
		}
	}
	return name
}

// requiredCode is a code that must be there.
func (f *form) requiredCode(path string, field kernel.Text, value string) string {
	before := len(f.problems)
	code := f.code(path, field, value)
	if code == "" && len(f.problems) == before {
		f.missing(path, field)
	}
	return code
}

// attributesOf lists a value's attributes by name.
func attributesOf(all map[string]string) []Attribute {
	out := make([]Attribute, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, Attribute{name, all[name]})
	}
	return out
}
