package bankfile

import (
	"fmt"
	"strconv"

	"diwan/modules/kernel"
)

// problem is a refusal with its sentence in both languages; the figures stand in both.
func problem(code, path, ar, en string, figures ...any) kernel.Problem {
	return kernel.Problem{Code: code, Path: path, Message: kernel.Text{
		Ar: fmt.Sprintf(ar, figures...), En: fmt.Sprintf(en, figures...),
	}}
}

// at names a field of a row of the file: "rows.12.amount".
func at(row int, field string) string { return "rows." + strconv.Itoa(row) + "." + field }

// excerpt is text short enough to stand in a sentence.
func excerpt(s string) string {
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func badDate(path, text string) kernel.Problem {
	return problem("bankfile.bad_date", path,
		"«%[1]s» ليس يوماً من التقويم.", "“%[1]s” is not a day of the calendar.", excerpt(text))
}

func moved(err error, path string) error {
	if all := kernel.ProblemsOf(err); len(all) == 1 {
		return all[0].At(path)
	}
	return err
}
