package access

import (
	"regexp"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// form gathers what is wrong with a command's input, field by field.
type form struct{ problems kernel.Problems }

func (f *form) result() error {
	if len(f.problems) == 0 {
		return nil
	}
	return f.problems
}

func (f *form) add(path string, err error) {
	for _, p := range kernel.ProblemsOf(err) {
		f.problems = append(f.problems, p.At(path))
	}
}

// permit refuses whoever may not do the act where it is done; nothing else is then looked at.
func (f *form) permit(by *Standing, act string, on Object) bool {
	v := by.May(act, on)
	switch {
	case v.Allowed:
		return true
	case v.Why == ProofTooOld:
		f.add("", refused("step_up_required", "", "أثبت هويتك من جديد ثم أعد المحاولة.", "Prove again who you are, then try again."))
	default:
		f.add("", Forbidden(act))
	}
	return false
}

const (
	longestName   = 200
	longestReason = 2000
)

func (f *form) missing(path string, field kernel.Text) {
	f.add("", refused("field.missing", path, "%[1]s: الحقل فارغ.", "%[2]s: the field is empty.", field.Ar, field.En))
}

func (f *form) visible(path string, field kernel.Text, value string, longest int) string {
	text, err := kernel.VisibleText(value, path, field)
	f.add("", err)
	if utf8.RuneCountInString(text) > longest {
		f.add("", refused("text.too_long", path, "%[1]s: النص أطول من %[3]d حرف.", "%[2]s: the text is longer than %[3]d characters.", field.Ar, field.En, longest))
		return ""
	}
	return text
}

// name reads what people are called; one of the two languages is enough.
func (f *form) name(path string, value kernel.Text) kernel.Text {
	field := kernel.Text{Ar: "الاسم", En: "Name"}
	if value.Ar == "" && value.En == "" {
		f.missing(path, field)
	}
	return kernel.Text{Ar: f.visible(path+".ar", field, value.Ar, longestName), En: f.visible(path+".en", field, value.En, longestName)}
}

// title reads what may be left out.
func (f *form) title(path string, value kernel.Text) kernel.Text {
	field := kernel.Text{Ar: "المسمى", En: "Title"}
	return kernel.Text{Ar: f.visible(path+".ar", field, value.Ar, longestName), En: f.visible(path+".en", field, value.En, longestName)}
}

// reason reads why something is done; it is required.
func (f *form) reason(value string) string {
	field := kernel.Text{Ar: "السبب", En: "Reason"}
	text := f.visible("reason", field, value, longestReason)
	if text == "" {
		f.missing("reason", field)
	}
	return text
}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9._-]{0,49}$`)

// id reads a sign-in name or the name of a role: what people type and programs compare.
func (f *form) id(path, value string) string {
	if !identifier.MatchString(value) {
		f.add("", refused("access.name_form", path,
			"يتكون الاسم من أحرف لاتينية صغيرة وأرقام ونقطة وشرطة، ويبدأ بحرف، وطوله 50 على الأكثر.",
			"A name has small Latin letters, digits, dots and dashes, begins with a letter and has at most 50 characters."))
		return ""
	}
	return value
}

// day reads a day; empty is the given one.
func (f *form) day(path, value string, otherwise kernel.Date) kernel.Date {
	if value == "" {
		return otherwise
	}
	d, err := kernel.ParseDate(value)
	if err != nil {
		f.add("", refused("date.form", path, "«%s» ليس تاريخاً بصيغة YYYY-MM-DD.", "%q is not a date of the form YYYY-MM-DD.", value))
	}
	return d
}

// period reads a first day, today when it is left out, and a last day, none when it is.
func (f *form) period(from, to string, today kernel.Date) Period {
	return Period{From: f.day("from", from, today), To: f.day("to", to, kernel.Date{})}
}
