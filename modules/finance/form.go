package finance

import (
	"strconv"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// form gathers what is wrong with a command's input, field by field, so that a screen can show all
// of it at once.
type form struct{ problems kernel.Problems }

// result is nil when nothing was wrong.
func (f *form) result() error {
	if len(f.problems) == 0 {
		return nil
	}
	return f.problems
}

// add takes a refusal in at a path; an error of another kind is none of the form's.
func (f *form) add(path string, err error) {
	for _, p := range kernel.ProblemsOf(err) {
		f.problems = append(f.problems, p.At(path))
	}
}

func (f *form) refuse(path, code string, message kernel.Text) {
	f.problems = append(f.problems, kernel.Problem{Code: code, Path: path, Message: message})
}

// permit refuses an officer without the permission; nothing else is then looked at.
func (f *form) permit(by Officer, p Permission) bool {
	if by.ID != "" && by.May(p) && (!p.ofTheGovernment() || by.Covers(p, kernel.WholeGovernment)) {
		return true
	}
	f.problems = append(f.problems, forbidden(p))
	return false
}

// longestText bounds free text such as a subject or a reason.
const longestText = 2000

// text reads free text: required, and not longer than a page.
func (f *form) text(path string, field kernel.Text, value string) string {
	if value == "" {
		f.missing(path, field)
		return ""
	}
	return f.optionalText(path, field, value)
}

// optionalText reads free text that may be absent.
func (f *form) optionalText(path string, field kernel.Text, value string) string {
	switch {
	case !utf8.ValidString(value):
		f.refuse(path, "text.not_text", kernel.Text{
			Ar: field.Ar + ": النص غير مقروء بترميز UTF-8.",
			En: field.En + ": the text is not readable as UTF-8.",
		})
		return ""
	case utf8.RuneCountInString(value) > longestText:
		n := strconv.Itoa(longestText)
		f.refuse(path, "text.too_long", kernel.Text{
			Ar: field.Ar + ": النص أطول من " + n + " حرف.",
			En: field.En + ": the text is longer than " + n + " characters.",
		})
		return ""
	}
	return value
}

func (f *form) missing(path string, field kernel.Text) {
	f.refuse(path, "field.missing", kernel.Text{Ar: field.Ar + ": الحقل فارغ.", En: field.En + ": the field is empty."})
}

// longestCode bounds the codes and keys of documents; imports with a map have no such bound.
const longestCode = 200

// code reads a required code.
func (f *form) code(path string, field kernel.Text, value string) string {
	before := len(f.problems)
	code := f.optionalCode(path, field, value)
	if code == "" && len(f.problems) == before {
		f.missing(path, field)
	}
	return code
}

// optionalCode reads a code that may be absent.
func (f *form) optionalCode(path string, field kernel.Text, value string) string {
	code, err := kernel.NormaliseCode(value, "", field)
	if err != nil {
		f.add(path, err)
		return ""
	}
	if len(code) > longestCode {
		n := strconv.Itoa(longestCode)
		f.refuse(path, "code.too_long", kernel.Text{
			Ar: field.Ar + ": الرمز أطول من " + n + " خانة.",
			En: field.En + ": the code is longer than " + n + " bytes.",
		})
		return ""
	}
	return code
}

// date reads a required day.
func (f *form) date(path string, field kernel.Text, value string) kernel.Date {
	if value == "" {
		f.missing(path, field)
		return kernel.Date{}
	}
	return f.optionalDate(path, field, value)
}

// optionalDate reads a day that may be absent.
func (f *form) optionalDate(path string, field kernel.Text, value string) kernel.Date {
	if value == "" {
		return kernel.Date{}
	}
	d, err := kernel.ParseDate(value)
	if err != nil {
		shown := value
		if len(shown) > 40 {
			shown = "…"
		}
		f.refuse(path, "date.not_a_day", kernel.Text{
			Ar: field.Ar + ": «" + shown + "» ليس يوماً في التقويم. يُكتب هكذا: 2026-11-24.",
			En: field.En + ": “" + shown + "” is not a day of the calendar. Write it as 2026-11-24.",
		})
	}
	return d
}

// year reads a fiscal year's number.
func (f *form) year(path string, value int) int {
	if value < 1900 || value > 2200 {
		f.refuse(path, "finance.year_impossible", kernel.Text{
			Ar: "السنة المالية: " + strconv.Itoa(value) + " ليست سنة بين 1900 و2200.",
			En: "Fiscal year: " + strconv.Itoa(value) + " is not a year from 1900 to 2200.",
		})
	}
	return value
}

// Names of fields as sentences show them.
func fieldName(path string) kernel.Text {
	switch path {
	case "id":
		return kernel.Text{Ar: "رقم المستند", En: "Document id"}
	case "key":
		return kernel.Text{Ar: "بند الموازنة", En: "Budget line"}
	case "subject":
		return kernel.Text{Ar: "الموضوع", En: "Subject"}
	case "reason":
		return kernel.Text{Ar: "السبب", En: "Reason"}
	case "on":
		return kernel.Text{Ar: "التاريخ", En: "Date"}
	case "expires":
		return kernel.Text{Ar: "تاريخ الانتهاء", En: "Expiry date"}
	case "from":
		return kernel.Text{Ar: "من تاريخ", En: "From"}
	case "to":
		return kernel.Text{Ar: "إلى تاريخ", En: "To"}
	case "payee":
		return kernel.Text{Ar: "المستفيد", En: "Payee"}
	case "reference":
		return kernel.Text{Ar: "المرجع", En: "Reference"}
	case "code":
		return kernel.Text{Ar: "الرمز", En: "Code"}
	case "name":
		return kernel.Text{Ar: "الاسم", En: "Name"}
	case "parent":
		return kernel.Text{Ar: "الرمز الأعلى", En: "Parent code"}
	case "rule":
		return kernel.Text{Ar: "رمز القاعدة", En: "Rule id"}
	case "message":
		return kernel.Text{Ar: "نص القاعدة", En: "Rule's sentence"}
	case "cofog":
		return kernel.Text{Ar: "تصنيف الوظائف", En: "Function of government"}
	case "gfsm":
		return kernel.Text{Ar: "التصنيف الاقتصادي", En: "Economic class"}
	case "currency":
		return kernel.Text{Ar: "العملة", En: "Currency"}
	}
	return kernel.Text{Ar: path, En: path}
}
