package access

import (
	"slices"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// limitCurrency is the currency of approval limits.
const limitCurrency = "JOD"

// RoleSheet is a role on a day.
type RoleSheet struct {
	ID   string
	r    role
	day  kernel.Date
	book *Book
}

// Title is what the role is called.
func (s *RoleSheet) Title() kernel.Text { return s.r.Title }

// Set is what its holders may do on the day; nil before its first day.
func (s *RoleSheet) Set() *RoleSetSheet {
	set := s.r.on(s.day)
	if set.From.IsZero() {
		return nil
	}
	return &RoleSetSheet{set, s.book}
}

// Sets are all its sets, the newest first; one may hold from a later day on.
func (s *RoleSheet) Sets() []RoleSetSheet {
	all := make([]RoleSetSheet, 0, len(s.r.Sets))
	for _, set := range slices.Backward(s.r.Sets) {
		all = append(all, RoleSetSheet{set, s.book})
	}
	return all
}

// RoleSetSheet is what a role's holders may do from a day on.
type RoleSetSheet struct {
	set  RoleSet
	book *Book
}

// From is its first day.
func (s *RoleSetSheet) From() kernel.Date { return s.set.From }

// Acts are what may be done.
func (s *RoleSetSheet) Acts() []Act { return s.book.named(s.set.Permissions) }

// Unlimited tells that final approvals have no upper bound.
func (s *RoleSetSheet) Unlimited() bool { return s.set.Limit == Unlimited }

// Limit is the most its holders approve finally; nil for nothing, and where there is no bound.
func (s *RoleSetSheet) Limit() *kernel.Money {
	if s.set.Limit == 0 || s.set.Limit == Unlimited {
		return nil
	}
	return &kernel.Money{Amount: s.set.Limit, Currency: limitCurrency}
}

// HolderCount is how many hold it on the day.
func (s *RoleSheet) HolderCount() int { return len(s.r.heldBy(Period{s.day, s.day})) }

// Apart are the roles it may not meet in one person.
func (s *RoleSheet) Apart() []RoleRef {
	s.book.mu.RLock()
	pairs := s.book.duties.Pairs
	s.book.mu.RUnlock()
	all := []RoleRef{}
	for _, pair := range pairs {
		switch s.ID {
		case pair.A:
			all = append(all, s.book.roleRef(pair.B))
		case pair.B:
			all = append(all, s.book.roleRef(pair.A))
		}
	}
	return all
}

// RoleHolderSheet is somebody who holds, held or will hold a role.
type RoleHolderSheet struct {
	Person PersonRef
	No     int
	Unit   ScopeUnit
	dated
}

// EmergencyState is where one use of the emergency way in stands.
type EmergencyState string

// The states of an emergency.
const (
	EmergencyWaits EmergencyState = "waiting"   // nothing is open before the second person agrees
	EmergencyOpen  EmergencyState = "open"      // reading is open
	EmergencyEnded EmergencyState = "ended"     // its hour is over
	EmergencyNo    EmergencyState = "objected"  // the second person said no
	EmergencyAlone EmergencyState = "unwatched" // over, and nobody has looked at it yet
)

// EmergencySheet is one use of the emergency way in, at a moment.
type EmergencySheet struct {
	ID   string
	m    emergency
	at   time.Time
	day  kernel.Date
	book *Book
}

// Person is who asked.
func (s *EmergencySheet) Person() PersonRef { return s.book.personRef(s.m.Asked.Person) }

// Unit is where reading was asked for.
func (s *EmergencySheet) Unit() ScopeUnit { return ScopeUnit{s.m.Asked.Unit, s.day} }

// Grade is up to which grade.
func (s *EmergencySheet) Grade() Grade { return Grade{s.m.Asked.Secrecy} }

// Reason is why.
func (s *EmergencySheet) Reason() string { return s.m.Asked.Reason }

// AskedAt is when it was asked for.
func (s *EmergencySheet) AskedAt() time.Time { return s.m.Asked.At }

// Until is when reading ends; nil while it has not begun.
func (s *EmergencySheet) Until() *time.Time { return someTime(s.m.Until) }

// AnswerBy is when a second person must have looked at it.
func (s *EmergencySheet) AnswerBy() time.Time { return s.m.Asked.Answer }

// AnsweredBy is the second person.
func (s *EmergencySheet) AnsweredBy() *PersonRef { return s.book.somebody(s.m.By) }

// Late tells that nobody answered in time.
func (s *EmergencySheet) Late() bool { return s.m.Late }

// Waits tells that the second person has not answered.
func (s *EmergencySheet) Waits() bool { return s.m.waits() }

// State is where it stands.
func (s *EmergencySheet) State() EmergencyState {
	switch {
	case s.m.Denied:
		return EmergencyNo
	case s.m.openAt(s.at):
		return EmergencyOpen
	case s.m.Until.IsZero():
		return EmergencyWaits
	case s.m.waits():
		return EmergencyAlone
	}
	return EmergencyEnded
}

// ObjectSheet is a graded object and its need-to-know list.
type ObjectSheet struct {
	Key  string
	o    object
	day  kernel.Date
	book *Book
}

// Grade is its grade of secrecy.
func (s *ObjectSheet) Grade() Grade { return Grade{s.o.Secrecy} }

// Readers are those on its list.
func (s *ObjectSheet) Readers() []ReaderSheet {
	all := make([]ReaderSheet, 0, len(s.o.Readers))
	for _, r := range s.o.Readers {
		all = append(all, ReaderSheet{Person: s.book.personRef(r.Person), dated: dated{r.Period, s.day}})
	}
	slices.SortFunc(all, func(a, b ReaderSheet) int { return strings.Compare(a.Person.ID, b.Person.ID) })
	return all
}

// ReaderSheet is a person on a need-to-know list.
type ReaderSheet struct {
	Person PersonRef
	dated
}

// ApartSheet are two roles that may not meet in one person.
type ApartSheet struct{ A, B RoleRef }
