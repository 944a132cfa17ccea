package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// setting is what a document's decision stands on besides the lines: the year, the rules and the day.
type setting struct {
	year  FiscalYear
	rules Rules
	on    kernel.Date
}

// settingTouches are the places of year and rules among a command's touches.
type settingTouches struct{ year, rules int }

// addSetting touches a year and the rules as guards.
func (t *touches) addSetting(year int) settingTouches {
	return settingTouches{year: t.add(YearStream(year)), rules: t.add(RulesStream)}
}

// of reads them. A document that states no day takes today's, or the nearest day of the year.
func (s settingTouches) of(d *eventstore.Decision, stated, today kernel.Date) setting {
	year := eventstore.StateOf[FiscalYear](d, s.year)
	return setting{year: year, rules: eventstore.StateOf[Rules](d, s.rules), on: year.Day(stated, today)}
}

// admit refuses a day outside the year or in a closed period.
func (f *form) admit(s setting, by Officer) {
	_, err := s.year.Admit(s.on, by)
	f.add("on", err)
}

// eachLine makes the same move on every stored line of a document.
func eachLine(d *eventstore.Decision, t *touches, year int, lines []LineAmount, move func(BudgetLine, int64) (eventstore.Event, error)) error {
	var f form
	for i, l := range lines {
		at, touched := t.index[LineStream(year, l.Key)]
		if !touched {
			return errMoved
		}
		e, err := move(eventstore.StateOf[BudgetLine](d, at), l.Amount)
		if err != nil {
			f.add(linePath(i, "amount"), err)
			continue
		}
		d.Record(at, e)
	}
	return f.result()
}
