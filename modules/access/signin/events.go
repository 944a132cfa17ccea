package signin

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// The facts auditors need. They hold no secret and no password, not even a wrong one.
type (
	// SignedIn: a session began (دخول).
	SignedIn struct {
		Session uuid.UUID `json:"session"`
		Level   Level     `json:"level"`
		Means   []string  `json:"means"`
		Network string    `json:"network"`
		Device  string    `json:"device,omitempty"`
		Known   bool      `json:"known_device"`
	}
	// SignInRefused: attempts on a name that failed, counted together (محاولات دخول مرفوضة).
	SignInRefused struct {
		Count    int       `json:"count"`
		Networks int       `json:"networks"`
		Some     []string  `json:"some_networks"` // the first few
		Since    time.Time `json:"since"`
		Until    time.Time `json:"until"`
		Slowed   bool      `json:"slowed"` // further attempts from strange places had to wait
	}
	// SteppedUp: the person proved again who they are, before an approval (تأكيد الهوية).
	SteppedUp struct {
		Session uuid.UUID `json:"session"`
		Means   string    `json:"means"`
	}
	// SignedOut: sessions were ended by hand (خروج).
	SignedOut struct {
		Sessions int64  `json:"sessions"`
		Why      string `json:"why"` // "own", "all", "issuer", "suspended", "recovery"
	}
	// PasswordChanged: the person chose a password.
	PasswordChanged struct {
		First bool `json:"first"`
	}
	// FactorAdded: a second factor or a passkey (عامل تحقق).
	FactorAdded struct {
		Kind  string `json:"kind"` // "totp", "passkey", "recovery_codes", "issuer"
		Label string `json:"label,omitempty"`
	}
	// FactorRemoved is the opposite.
	FactorRemoved struct {
		Kind  string `json:"kind"`
		Label string `json:"label,omitempty"`
	}
	// RecoveryStarted: somebody else opened a way back in (استعادة الدخول).
	RecoveryStarted struct {
		Invitation uuid.UUID `json:"invitation"`
		Clears     bool      `json:"clears_factors"`
		NeedsTwo   bool      `json:"needs_two"`
	}
	// RecoveryApproved: the second person agreed.
	RecoveryApproved struct {
		Invitation uuid.UUID `json:"invitation"`
	}
	// RecoveryUsed: the person took it, by an invitation or with a recovery code.
	RecoveryUsed struct {
		Invitation *uuid.UUID `json:"invitation,omitempty"`
		CodesLeft  int        `json:"codes_left"`
	}
	// AccountSuspended and AccountRestored: signing in was forbidden and allowed again.
	AccountSuspended struct{}
	// AccountRestored is the opposite of AccountSuspended.
	AccountRestored struct{}
	// PolicySet: what sign-in asks of people from a day on (سياسة الدخول).
	PolicySet struct{ Policy }
)

// EventType is the stored name.
func (SignedIn) EventType() string { return "signin.signed_in" }

// EventType is the stored name.
func (SignInRefused) EventType() string { return "signin.refused" }

// EventType is the stored name.
func (SteppedUp) EventType() string { return "signin.stepped_up" }

// EventType is the stored name.
func (SignedOut) EventType() string { return "signin.signed_out" }

// EventType is the stored name.
func (PasswordChanged) EventType() string { return "signin.password_changed" }

// EventType is the stored name.
func (FactorAdded) EventType() string { return "signin.factor_added" }

// EventType is the stored name.
func (FactorRemoved) EventType() string { return "signin.factor_removed" }

// EventType is the stored name.
func (RecoveryStarted) EventType() string { return "signin.recovery_started" }

// EventType is the stored name.
func (RecoveryApproved) EventType() string { return "signin.recovery_approved" }

// EventType is the stored name.
func (RecoveryUsed) EventType() string { return "signin.recovery_used" }

// EventType is the stored name.
func (AccountSuspended) EventType() string { return "signin.account_suspended" }

// EventType is the stored name.
func (AccountRestored) EventType() string { return "signin.account_restored" }

// EventType is the stored name.
func (PolicySet) EventType() string { return "signin.policy_set" }

// EventTypes is the table of what sign-in stores.
func EventTypes() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[SignedIn](1, nil),
		eventstore.Type[SignInRefused](1, nil),
		eventstore.Type[SteppedUp](1, nil),
		eventstore.Type[SignedOut](1, nil),
		eventstore.Type[PasswordChanged](1, nil),
		eventstore.Type[FactorAdded](1, nil),
		eventstore.Type[FactorRemoved](1, nil),
		eventstore.Type[RecoveryStarted](1, nil),
		eventstore.Type[RecoveryApproved](1, nil),
		eventstore.Type[RecoveryUsed](1, nil),
		eventstore.Type[AccountSuspended](1, nil),
		eventstore.Type[AccountRestored](1, nil),
		eventstore.Type[PolicySet](1, nil),
	}
}

// Categories are sign-in's streams: each person's in the lane access, one a month so that none grows
// long, and the policy in the lane main. Nothing is decided on them, so their state is nothing.
func Categories() []eventstore.Category {
	codec := eventstore.NewCodec(EventTypes()...)
	nothing := func(s struct{}, _ eventstore.Event) struct{} { return s }
	return []eventstore.Category{
		eventstore.CategoryOf("signin.person", eventstore.Access, codec, struct{}{}, nothing),
		eventstore.CategoryOf("signin.policy", eventstore.Main, codec, struct{}{}, nothing),
	}
}

// tell records a fact about a person; when it cannot be recorded, what it is about does not happen.
func (h *House) tell(ctx context.Context, by, person string, e eventstore.Event) error {
	month := h.clock().In(h.config.Zone).Format("2006-01")
	return h.record(ctx, by, uuid.Must(uuid.NewV7()), eventstore.Stream{Category: "signin.person", Key: person + "/" + month}, e)
}

func (h *House) record(ctx context.Context, by string, id uuid.UUID, stream eventstore.Stream, e eventstore.Event) error {
	content, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("record %s: %w", e.EventType(), err)
	}
	_, err = h.config.Log.Execute(ctx, eventstore.Command{
		ID: id, Tenant: h.config.Tenant, Actor: by, Content: append([]byte(e.EventType()+" "), content...),
		Touches: []eventstore.Touch{{Stream: stream, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			d.Record(0, e)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("record %s: %w", e.EventType(), err)
	}
	return nil
}
