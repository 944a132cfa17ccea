package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// touchCombination adds the chart's streams that say whether a combination may be posted to.
func touchCombination(t *touches, codes Codes) {
	t.add(RulesStream)
	for _, s := range Segments {
		if code := codes.Of(s); code != "" {
			t.add(SegmentStream(s, code))
		}
	}
}

// checkCombination refuses a combination that names no fund or natural account, has a code that is
// unknown, a heading or not in force on the day, or breaks a validity rule. Its streams were touched.
func checkCombination(d *eventstore.Decision, t *touches, codes Codes, on kernel.Date) error {
	for _, s := range []Segment{Fund, Item} {
		if codes.Of(s) == "" {
			name := StandardRules().Segments[s].Name
			return kernel.Problem{Code: "field.missing", Path: string(s), Message: kernel.Text{
				Ar: name.Ar + ": الحقل فارغ.", En: name.En + ": the field is empty.",
			}}
		}
	}
	for _, s := range Segments {
		code := codes.Of(s)
		if code == "" {
			continue
		}
		value := eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(s, code)))
		if err := value.Postable(s, code, on); err != nil {
			return err
		}
	}
	return eventstore.StateOf[Rules](d, t.add(RulesStream)).Check(codes, on)
}

// at moves the refusals inside err under a path; an error of another kind stays as it is.
func at(path string, err error) error {
	problems := kernel.ProblemsOf(err)
	if problems == nil {
		return err
	}
	moved := make(kernel.Problems, len(problems))
	for i, p := range problems {
		moved[i] = p.At(path)
	}
	return moved
}
