package finance

import (
	"fmt"

	"diwan/modules/kernel"
)

// refused is a refusal at an input field; both sentences take the same figures in the same order.
func refused(code, path, ar, en string, figures ...any) kernel.Problem {
	if len(figures) > 0 {
		ar, en = fmt.Sprintf(ar, figures...), fmt.Sprintf(en, figures...)
	}
	return kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: ar, En: en}}
}

// earlier refuses a step dated before the one it follows.
func earlier(path string, on, last kernel.Date) kernel.Problem {
	return refused("finance.date_before_last_step", path,
		"التاريخ %s قبل الخطوة السابقة للمستند، وهي يوم %s.",
		"%s is before the document's last step, which was on %s.", on, last)
}

// missing refuses a document that nobody ever wrote.
func missing(path string) kernel.Problem {
	return refused("finance.document_unknown", path, "لم يُعثر على شيء بهذا الرقم.", "Nothing found under this number.")
}
