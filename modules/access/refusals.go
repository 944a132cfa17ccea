package access

import (
	"fmt"

	"diwan/modules/kernel"
)

// refused is a refusal in both languages; the figures stand in both sentences in one order.
func refused(code, path, ar, en string, figures ...any) kernel.Problem {
	return kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: fmt.Sprintf(ar, figures...), En: fmt.Sprintf(en, figures...)}}
}

// Forbidden is the refusal of an act that somebody's roles do not hold.
func Forbidden(act string) kernel.Problem {
	return refused("forbidden", "", "ليس لك حق هذا الإجراء (%s).", "You may not do this (%s).", act)
}

func unknownPerson(path, id string) kernel.Problem {
	return refused("access.person_unknown", path, "لم يُعثر على شخص باسم الدخول «%s».", "Nothing found: nobody signs in as %q.", id)
}

func unknownRole(path, id string) kernel.Problem {
	return refused("access.role_unknown", path, "لم يُعثر على دور باسم «%s».", "Nothing found: there is no role %q.", id)
}

func ownRights(path string) kernel.Problem {
	return refused("access.own_rights", path,
		"لا يغيّر أحد حقوقه بنفسه. يطلبها من مسؤول آخر.", "Nobody changes their own rights. Ask another administrator.")
}

func rolesMeet(path, who, a, b string) kernel.Problem {
	return refused("access.roles_may_not_meet", path,
		"لا يجتمع الدوران %[2]s و%[3]s لدى شخص واحد، وهذا يجمعهما لدى %[1]s.",
		"The roles %[2]s and %[3]s may not meet in one person, and this would bring them together in %[1]s.", who, a, b)
}
