package access

import "diwan/modules/kernel"

// Secrecy is a grade of secrecy (درجة السرية) and, of a person, the highest grade they are cleared
// for. The words for the grades are a code list of the directory; their order is here.
type Secrecy int

// The grades. From Secret upward an object is open only to those who are named in its list.
const (
	Open       Secrecy = 0 // عادي
	Restricted Secrecy = 1 // محدود
	Secret     Secrecy = 2 // سري
	TopSecret  Secrecy = 3 // سري للغاية
)

// Words names the grade.
func (s Secrecy) Words() kernel.Text {
	switch s {
	case Open:
		return kernel.Text{Ar: "عادي", En: "open"}
	case Restricted:
		return kernel.Text{Ar: "محدود", En: "restricted"}
	case Secret:
		return kernel.Text{Ar: "سري", En: "secret"}
	}
	return kernel.Text{Ar: "سري للغاية", En: "top secret"}
}

// valid tells whether the grade is one of the four.
func (s Secrecy) valid() bool { return s >= Open && s <= TopSecret }
