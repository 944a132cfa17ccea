package access

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// Acting is how somebody acts: for themselves, or for a principal, and how fresh their proof is.
type Acting struct {
	OnBehalfOf string
	SteppedUp  bool // they have proved again who they are, for acts of approval
}

// Standing is what somebody may do at a moment: roles, scopes, clearance and delegation resolved. It
// is a value nobody changes; a right that is taken away is missing in the next one.
type Standing struct {
	Person      string
	OnBehalfOf  string // the principal, when acting under a delegation
	Name, Title kernel.Text
	Roles       []string
	Limit       int64 // the most they approve finally, in minor units
	Clearance   Secrecy
	Delegated   Period // of the delegation acted under
	At          time.Time

	held      []holding
	stepUp    map[string]bool // acts that need a fresh proof of who acts
	steppedUp bool
	lists     map[string]object // need-to-know lists, of the book
	day       kernel.Date
	open      *emergency
	openReach []string
	worked    *resolved
}

// Once returns what work makes from the standing, such as another module's idea of who acts. It
// is worked out once for as long as the standing stays what it is; work must depend on nothing else,
// and is not called again. An open emergency is never remembered.
func (s *Standing) Once(work func(*Standing) any) any {
	if s.worked == nil || s.open != nil {
		return work(s)
	}
	i := 0
	if s.steppedUp {
		i = 1
	}
	s.worked.once[i].Do(func() { s.worked.value[i] = work(s) })
	return s.worked.value[i]
}

// holding is one grant that holds: what it gives and where. What a role gives is worked out once for
// all who hold it, so that a standing costs as much as its grants are many.
type holding struct {
	acts     map[string]bool // of the role on that day, shared by all who hold it
	only     []string        // of these, under a delegation; nil = all
	prefixes []string        // of unit paths and of budget units; an empty one is everywhere
	grant    grant
}

func (h *holding) gives(act string) bool {
	return h.acts[act] && (h.only == nil || slices.Contains(h.only, act))
}

// covers tells whether a unit lies within.
func (h *holding) covers(unit string) bool {
	for _, prefix := range h.prefixes {
		if unit == "" || strings.HasPrefix(unit, prefix) {
			return true
		}
	}
	return false
}

// Object is what an act is done to, as far as access is concerned.
type Object struct {
	// Unit is the path of the unit it belongs to, ended by a dot ("jo.47.4705."), or its budget unit
	// ("2501.4401."). The government as a whole is "."; what belongs to no unit is empty.
	Unit    string
	Secrecy Secrecy
	Key     string // names its need-to-know list, "tarasol.letter/…"; needed from secret upward
}

// Reason says why a verdict is what it is.
type Reason string

// The reasons.
const (
	ByGrant        Reason = "grant"
	ByDelegation   Reason = "delegation"
	ByEmergency    Reason = "emergency"
	NoRole         Reason = "no_role"
	OutOfScope     Reason = "out_of_scope"
	AboveClearance Reason = "above_clearance"
	NotNamed       Reason = "not_named"
	ProofTooOld    Reason = "step_up_required"
)

// Verdict is the answer of the rule.
type Verdict struct {
	Allowed bool
	Why     Reason
	Role    string // by which role, in which unit; of what is allowed by a grant or a delegation
	Unit    string
}

// May is the rule: the role gives the act, the object lies in the scope of that role, the clearance
// reaches its grade, from secret upward the reader is named, and the session is strong enough. It is
// pure, and the one truth for commands; lists have the same rule in SQL (Filter).
func (s *Standing) May(act string, on Object) Verdict {
	v := s.ordinarily(act, on)
	if !v.Allowed && v.Why != ProofTooOld && s.inEmergency(act, on) {
		return Verdict{Allowed: true, Why: ByEmergency, Unit: s.open.Asked.Unit}
	}
	return v
}

func (s *Standing) ordinarily(act string, on Object) Verdict {
	var by *holding
	held := false
	for i := range s.held {
		h := &s.held[i]
		if !h.gives(act) {
			continue
		}
		if held = true; h.covers(on.Unit) {
			by = h
			break
		}
	}
	switch {
	case !held:
		return Verdict{Why: NoRole}
	case by == nil:
		return Verdict{Why: OutOfScope}
	case on.Secrecy > s.Clearance:
		return Verdict{Why: AboveClearance}
	case on.Secrecy >= Secret && !s.named(on.Key):
		return Verdict{Why: NotNamed}
	case s.stepUp[act] && !s.steppedUp:
		return Verdict{Why: ProofTooOld}
	}
	v := Verdict{Allowed: true, Why: ByGrant, Role: by.grant.Role, Unit: by.grant.Unit}
	if s.OnBehalfOf != "" {
		v.Why = ByDelegation
	}
	return v
}

// named tells whether the person, and the principal acted for, stand on an object's list.
func (s *Standing) named(key string) bool {
	list, there := s.lists[key]
	return there && list.named(s.Person, s.day) && (s.OnBehalfOf == "" || list.named(s.OnBehalfOf, s.day))
}

func (s *Standing) inEmergency(act string, on Object) bool {
	if s.open == nil || on.Secrecy > s.open.Asked.Secrecy {
		return false
	}
	for _, prefix := range s.openReach {
		if on.Unit == "" || strings.HasPrefix(on.Unit, prefix) {
			for _, a := range s.open.Asked.Acts {
				if a == act {
					return true
				}
			}
		}
	}
	return false
}

// Holds tells whether the act is held anywhere at all; where is the object's question.
func (s *Standing) Holds(act string) bool {
	if s.gives(act) {
		return true
	}
	if s.open != nil {
		for _, a := range s.open.Asked.Acts {
			if a == act {
				return true
			}
		}
	}
	return false
}

// gives tells whether one of the grants gives the act.
func (s *Standing) gives(act string) bool {
	for i := range s.held {
		if s.held[i].gives(act) {
			return true
		}
	}
	return false
}

// Acts lists what is held anywhere, without the emergency.
func (s *Standing) Acts() []string {
	var names []string
	for i := range s.held {
		for name := range s.held[i].acts {
			if s.held[i].gives(name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Scope lists the prefixes of units in which an act is held; one empty prefix is everywhere.
func (s *Standing) Scope(act string) []string {
	scope := []string{}
	for i := range s.held {
		if s.held[i].gives(act) {
			scope = append(scope, s.held[i].prefixes...)
		}
	}
	return scope
}

// Emergency tells that the emergency way in is open.
func (s *Standing) Emergency() bool { return s.open != nil }

// Rights names everything held in one line that changes when anything held does; sessions are given
// a new token then.
func (s *Standing) Rights() string {
	var b strings.Builder
	for _, act := range s.Acts() {
		b.WriteString(act)
		for _, prefix := range s.Scope(act) {
			b.WriteString(" " + prefix)
		}
		b.WriteByte(';')
	}
	sum := sha256.Sum256([]byte(b.String()))
	return strings.Join(s.Roles, " ") + " " + hex.EncodeToString(sum[:8])
}
