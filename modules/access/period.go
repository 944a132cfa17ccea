package access

import "diwan/modules/kernel"

// Period is the days on which something holds, both included; an open end is the zero day.
type Period struct {
	From kernel.Date `json:"from"`
	To   kernel.Date `json:"to"`
}

// On tells whether the period holds on a day.
func (p Period) On(day kernel.Date) bool { return day.Within(p.From, p.To) }

// Meets tells whether two periods have a day in common.
func (p Period) Meets(other Period) bool {
	return (p.To.IsZero() || !p.To.Before(other.From)) && (other.To.IsZero() || !other.To.Before(p.From))
}

// Empty tells that no day lies in the period.
func (p Period) Empty() bool { return !p.To.IsZero() && p.To.Before(p.From) }

// until returns the period with an earlier last day.
func (p Period) until(last kernel.Date) Period {
	if p.To.IsZero() || last.Before(p.To) {
		p.To = last
	}
	return p
}

// String is the period in the form "2026-01-01 … 2026-12-31".
func (p Period) String() string {
	if p.To.IsZero() {
		return p.From.String() + " …"
	}
	return p.From.String() + " … " + p.To.String()
}
