package directory

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// form gathers what is wrong with a command's input, field by field, so that a screen can show all
// of it at once.
type form struct{ problems kernel.Problems }

func (f *form) result() error {
	if len(f.problems) == 0 {
		return nil
	}
	return f.problems
}

func (f *form) refuse(path, code string, ar, en string) {
	f.problems = append(f.problems, kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: ar, En: en}})
}

func (f *form) missing(path string, field kernel.Text) {
	f.refuse(path, "field.missing", field.Ar+": الحقل فارغ.", field.En+": the field is empty.")
}

// permit refuses whoever lacks a permission; nothing else is then looked at.
func (f *form) permit(by Clerk, p Permission) bool {
	if by.ID != "" && by.May(p) {
		return true
	}
	f.problems = append(f.problems, kernel.Problem{Code: "forbidden", Message: kernel.Text{
		Ar: "ليس لك حق هذا الإجراء (" + string(p) + ").", En: "You may not do this (" + string(p) + ").",
	}})
	return false
}

// name reads a name in both languages; the Arabic one is required.
func (f *form) name(path string, in kernel.Text) kernel.Text {
	out := f.optionalName(path, in)
	if strings.TrimSpace(in.Ar) == "" {
		f.missing(path+".ar", kernel.Text{Ar: "الاسم بالعربية", En: "Arabic name"})
	}
	return out
}

func (f *form) optionalName(path string, in kernel.Text) kernel.Text {
	return kernel.Text{
		Ar: f.oneName(path+".ar", kernel.Text{Ar: "الاسم بالعربية", En: "Arabic name"}, in.Ar),
		En: f.oneName(path+".en", kernel.Text{Ar: "الاسم بالإنجليزية", En: "English name"}, in.En),
	}
}

// longestName bounds names of bodies, posts, values and terms, in characters.
const longestName = 300

func (f *form) oneName(path string, field kernel.Text, value string) string {
	name, err := kernel.VisibleText(value, path, field)
	f.problems = append(f.problems, kernel.ProblemsOf(err)...)
	if n := utf8.RuneCountInString(name); n > longestName {
		f.refuse(path, "name.too_long", fmt.Sprintf("%s: الاسم %d حرفاً، والحد %d.", field.Ar, n, longestName),
			fmt.Sprintf("%s: the name has %d characters; at most %d are taken.", field.En, n, longestName))
		return ""
	}
	return name
}

// longestCode bounds a code of the tree; it is one part of a path.
const longestCode = 20

// treeCode reads a code that becomes part of a path: letters, digits and dashes.
func (f *form) treeCode(path, value string) string {
	field := kernel.Text{Ar: "الرمز", En: "Code"}
	code, err := kernel.NormaliseCode(value, path, field)
	if err != nil {
		f.problems = append(f.problems, kernel.ProblemsOf(err)...)
		return ""
	}
	if code == "" {
		f.missing(path, field)
		return ""
	}
	if len(code) > longestCode || strings.Trim(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || strings.ContainsFunc(code, notInPath) {
		f.refuse(path, "directory.code_form", "الرمز «"+brief(code)+"»: حروف لاتينية وأرقام وشرطات، حتى 20 خانة.",
			"Code “"+brief(code)+"”: letters, digits and dashes, at most 20.")
	}
	return code
}

func notInPath(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// code reads a code of another book, such as a chapter of the budget; it may be absent.
func (f *form) code(path string, field kernel.Text, value string) string {
	code, err := kernel.NormaliseCode(value, path, field)
	f.problems = append(f.problems, kernel.ProblemsOf(err)...)
	if len(code) > 100 {
		f.refuse(path, "code.too_long", field.Ar+": الرمز أطول من 100 خانة.", field.En+": the code is longer than 100 bytes.")
		return ""
	}
	return code
}

// text reads free text that may be absent, at most a page.
func (f *form) text(path string, field kernel.Text, value string) string {
	const most = 2000
	switch {
	case !utf8.ValidString(value):
		f.refuse(path, "text.not_text", field.Ar+": النص غير مقروء بترميز UTF-8.", field.En+": the text is not readable as UTF-8.")
		return ""
	case utf8.RuneCountInString(value) > most:
		f.refuse(path, "text.too_long", field.Ar+": النص أطول من "+strconv.Itoa(most)+" حرف.", field.En+": the text is longer than "+strconv.Itoa(most)+" characters.")
		return ""
	}
	return strings.TrimSpace(value)
}

// required is text that must be there.
func (f *form) required(path string, field kernel.Text, value string) string {
	out := f.text(path, field, value)
	if strings.TrimSpace(value) == "" {
		f.missing(path, field)
	}
	return out
}

// day reads a required day.
func (f *form) day(path string, field kernel.Text, value string) kernel.Date {
	if value == "" {
		f.missing(path, field)
		return kernel.Date{}
	}
	return f.optionalDay(path, field, value)
}

func (f *form) optionalDay(path string, field kernel.Text, value string) kernel.Date {
	if value == "" {
		return kernel.Date{}
	}
	d, err := kernel.ParseDate(value)
	if err != nil {
		f.refuse(path, "date.not_a_day", field.Ar+": «"+brief(value)+"» ليس يوماً في التقويم. يُكتب هكذا: 2026-11-24.",
			field.En+": “"+brief(value)+"” is not a day of the calendar. Write it as 2026-11-24.")
	}
	return d
}

// identity reads the id a caller chose, or takes the command's.
func (f *form) identity(path, chosen, command string) string {
	if chosen == "" {
		return command
	}
	if len(chosen) > 64 || strings.ContainsFunc(chosen, notInPath) {
		f.refuse(path, "directory.id_form", "الرقم: حروف لاتينية وأرقام وشرطات، حتى 64 خانة.", "Id: letters, digits and dashes, at most 64.")
	}
	return chosen
}

// brief keeps a quoted input short.
func brief(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
