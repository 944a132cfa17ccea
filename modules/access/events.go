package access

import (
	"time"

	"diwan/modules/kernel"
)

// Events of stream access.person/{id}: somebody, or a service, that signs in, and what they hold.
type (
	// PersonRegistered begins a person.
	PersonRegistered struct {
		Name  kernel.Text `json:"name"`
		Title kernel.Text `json:"title"` // what their post is called
		On    kernel.Date `json:"on"`
	}
	// PersonRenamed gives a person another name or title.
	PersonRenamed struct {
		Name  kernel.Text `json:"name"`
		Title kernel.Text `json:"title"`
	}
	// PersonSuspended (إيقاف) takes everything away until the person is reinstated.
	PersonSuspended struct {
		Reason string `json:"reason"`
	}
	// PersonReinstated ends a suspension.
	PersonReinstated struct {
		Reason string `json:"reason"`
	}
	// PersonLeft ends a person for good: after the last day nothing they held holds.
	PersonLeft struct {
		Last   kernel.Date `json:"last"`
		Reason string      `json:"reason"`
	}
	// ClearanceGiven sets the highest grade of secrecy a person may see.
	ClearanceGiven struct {
		Level  Secrecy `json:"level"`
		Period Period  `json:"period"`
		Reason string  `json:"reason"`
	}
	// RoleGranted gives a role in a unit and what is below it. Grant counts from 1 in the person.
	RoleGranted struct {
		Grant  int    `json:"grant"`
		Role   string `json:"role"`
		Unit   string `json:"unit"`
		Period Period `json:"period"`
	}
	// GrantEnded ends a grant after its last day.
	GrantEnded struct {
		Grant  int         `json:"grant"`
		Last   kernel.Date `json:"last"`
		Reason string      `json:"reason"`
	}
	// DelegationGiven stands in the principal's stream (تفويض): the delegate may do these acts for
	// the principal, as far as the principal may, while both of them may work.
	DelegationGiven struct {
		Delegation string   `json:"delegation"`
		Delegate   string   `json:"delegate"`
		Acts       []string `json:"acts"`
		Period     Period   `json:"period"`
		Reason     string   `json:"reason"`
	}
	// DelegationReceived stands in the delegate's stream; Roles are those the principal held then.
	DelegationReceived struct {
		Delegation string   `json:"delegation"`
		Principal  string   `json:"principal"`
		Roles      []string `json:"roles"`
		Period     Period   `json:"period"`
	}
	// DelegationWithdrawn ends a delegation after its last day, in both streams.
	DelegationWithdrawn struct {
		Delegation string      `json:"delegation"`
		Last       kernel.Date `json:"last"`
		Reason     string      `json:"reason"`
	}
	// ServiceOpened makes the person a service: it signs in with a key, from its networks, so often
	// a minute, until the day, and somebody answers for it.
	ServiceOpened struct {
		Owner    string      `json:"owner"`
		Key      string      `json:"key"`      // Ed25519 public key in base64
		Networks []string    `json:"networks"` // "10.4.0.0/16"
		Rate     int         `json:"rate"`     // requests a minute
		Expires  kernel.Date `json:"expires"`
	}
	// ServiceKeyReplaced gives a service another key and another last day.
	ServiceKeyReplaced struct {
		Key     string      `json:"key"`
		Expires kernel.Date `json:"expires"`
	}
)

// Events of stream access.role/{id}: a set of named permissions, dated.
type (
	// RoleDefined begins a role.
	RoleDefined struct {
		Title kernel.Text `json:"title"`
	}
	// RoleRetitled gives it another title.
	RoleRetitled struct {
		Title kernel.Text `json:"title"`
	}
	// RoleSet says what the role's holders may do from a day on, instead of before. Limit is the most
	// they approve finally in minor units, 0 being nothing.
	RoleSet struct {
		From        kernel.Date `json:"from"`
		Permissions []string    `json:"permissions"`
		Limit       int64       `json:"limit"`
	}
	// RoleHeld says in the role's stream who was granted it.
	RoleHeld struct {
		Person string `json:"person"`
		Grant  int    `json:"grant"`
		Period Period `json:"period"`
	}
	// RoleLeft says in the role's stream that a grant ends.
	RoleLeft struct {
		Person string      `json:"person"`
		Grant  int         `json:"grant"`
		Last   kernel.Date `json:"last"`
	}
)

// Events of stream access.duties/roles: which roles may not meet in one person.
type (
	// RolesSeparated forbids two roles to meet.
	RolesSeparated struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Reason string `json:"reason"`
	}
	// RolesJoined lets them meet again.
	RolesJoined struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Reason string `json:"reason"`
	}
)

// Events of stream access.object/{key}: the grade of one object and, from secret upward, its list.
type (
	// ObjectClassified sets the grade of secrecy.
	ObjectClassified struct {
		Secrecy Secrecy `json:"secrecy"`
		Reason  string  `json:"reason"`
	}
	// ReaderNamed puts a person on the need-to-know list.
	ReaderNamed struct {
		Person string `json:"person"`
		Period Period `json:"period"`
		Reason string `json:"reason"`
	}
	// ReaderStruck takes a person off it.
	ReaderStruck struct {
		Person string `json:"person"`
		Reason string `json:"reason"`
	}
)

// Events of stream access.emergency/{id}: one use of the emergency way in (كسر الزجاج).
type (
	// EmergencyAsked says who asks to read what, and why. Below secret it opens at once.
	EmergencyAsked struct {
		Person  string    `json:"person"`
		Unit    string    `json:"unit"`
		Secrecy Secrecy   `json:"secrecy"` // up to which grade
		Acts    []string  `json:"acts"`    // of reading, nothing else
		Reason  string    `json:"reason"`
		At      time.Time `json:"at"`
		Until   time.Time `json:"until"`  // zero while a second person must agree first
		Answer  time.Time `json:"answer"` // a second person must have looked at it by then
	}
	// EmergencyAgreed is the second person's yes; it opens what had to wait.
	EmergencyAgreed struct {
		By    string    `json:"by"`
		At    time.Time `json:"at"`
		Until time.Time `json:"until"`
	}
	// EmergencyObjected is the second person's no: it ends at once and becomes a matter for audit.
	EmergencyObjected struct {
		By     string    `json:"by"`
		At     time.Time `json:"at"`
		Reason string    `json:"reason"`
	}
	// EmergencyUnanswered says that nobody looked at it in time.
	EmergencyUnanswered struct {
		At time.Time `json:"at"`
	}
)

// Events of stream access.policy/sessions.
type (
	// ApprovalsNeedStepUp says from which day on acts of approval need a fresh proof of who acts.
	ApprovalsNeedStepUp struct {
		From   kernel.Date `json:"from"`
		Needed bool        `json:"needed"`
	}
)
