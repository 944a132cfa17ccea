package access

import (
	"time"

	"diwan/eventstore"
)

// How long the emergency way in stays open, and how soon a second person must have looked at it.
const (
	emergencyOpen   = time.Hour
	emergencyAnswer = 24 * time.Hour
)

// emergency is one use of the emergency way in: stream access.emergency/{id}. It opens reading only,
// for an hour; from secret upward a second person agrees first, below within a day.
type emergency struct {
	Asked  EmergencyAsked
	Until  time.Time // zero: not open
	By     string    // the second person
	Denied bool
	Late   bool // nobody answered in time
}

// known tells that it was asked for.
func (m emergency) known() bool { return m.Asked.Person != "" }

// openAt tells whether it lets its person read at a moment.
func (m emergency) openAt(at time.Time) bool {
	return !m.Denied && !at.Before(m.Asked.At) && at.Before(m.Until)
}

// waits tells whether the second person has not answered yet.
func (m emergency) waits() bool { return m.known() && m.By == "" }

func (m emergency) evolve(e eventstore.Event) emergency {
	switch e := e.(type) {
	case EmergencyAsked:
		m.Asked, m.Until = e, e.Until
	case EmergencyAgreed:
		m.By, m.Until = e.By, e.Until
	case EmergencyObjected:
		m.By, m.Denied = e.By, true
	case EmergencyUnanswered:
		m.Late = true
	}
	return m
}

// ask decides that somebody may go the emergency way, at once or after a second person.
func (m emergency) ask(who, unit string, secrecy Secrecy, acts []string, reason string, at time.Time) (EmergencyAsked, error) {
	if m.known() {
		return EmergencyAsked{}, refused("access.emergency_exists", "command",
			"لهذا الطلب رقم استُعمل من قبل.", "This emergency id was used before.")
	}
	e := EmergencyAsked{Person: who, Unit: unit, Secrecy: secrecy, Acts: acts, Reason: reason, At: at, Answer: at.Add(emergencyAnswer)}
	if secrecy < Secret {
		e.Until = at.Add(emergencyOpen)
	}
	return e, nil
}

// agree is the second person's yes.
func (m emergency) agree(by string, at time.Time) (EmergencyAgreed, error) {
	if err := m.mustAwait(by); err != nil {
		return EmergencyAgreed{}, err
	}
	until := m.Until
	if until.IsZero() {
		until = at.Add(emergencyOpen)
	}
	return EmergencyAgreed{By: by, At: at, Until: until}, nil
}

// object is the second person's no.
func (m emergency) object(by, reason string, at time.Time) (EmergencyObjected, error) {
	if err := m.mustAwait(by); err != nil {
		return EmergencyObjected{}, err
	}
	return EmergencyObjected{By: by, At: at, Reason: reason}, nil
}

func (m emergency) mustAwait(by string) error {
	switch {
	case !m.known():
		return refused("access.emergency_unknown", "emergency", "لم يُعثر على هذا الطلب.", "Nothing found: there is no such emergency.")
	case m.By != "":
		return refused("access.emergency_answered", "emergency", "بُتّ في هذا الطلب من قبل (%s).", "This was answered before (%s).", m.By)
	case by == m.Asked.Person:
		return refused("access.same_person", "emergency",
			"طلبه %s، فيبتّ فيه شخص ثانٍ.", "%s asked for it; a second person answers.", by)
	}
	return nil
}
