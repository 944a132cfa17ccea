package access

import "diwan/eventstore"

// EventType names are stored for ever.
func (PersonRegistered) EventType() string    { return "access.person_registered" }
func (PersonRenamed) EventType() string       { return "access.person_renamed" }
func (PersonSuspended) EventType() string     { return "access.person_suspended" }
func (PersonReinstated) EventType() string    { return "access.person_reinstated" }
func (PersonLeft) EventType() string          { return "access.person_left" }
func (ClearanceGiven) EventType() string      { return "access.clearance_given" }
func (RoleGranted) EventType() string         { return "access.role_granted" }
func (GrantEnded) EventType() string          { return "access.grant_ended" }
func (DelegationGiven) EventType() string     { return "access.delegation_given" }
func (DelegationReceived) EventType() string  { return "access.delegation_received" }
func (DelegationWithdrawn) EventType() string { return "access.delegation_withdrawn" }
func (ServiceOpened) EventType() string       { return "access.service_opened" }
func (ServiceKeyReplaced) EventType() string  { return "access.service_key_replaced" }
func (RoleDefined) EventType() string         { return "access.role_defined" }
func (RoleRetitled) EventType() string        { return "access.role_retitled" }
func (RoleSet) EventType() string             { return "access.role_set" }
func (RoleHeld) EventType() string            { return "access.role_held" }
func (RoleLeft) EventType() string            { return "access.role_left" }
func (RolesSeparated) EventType() string      { return "access.roles_separated" }
func (RolesJoined) EventType() string         { return "access.roles_joined" }
func (ObjectClassified) EventType() string    { return "access.object_classified" }
func (ReaderNamed) EventType() string         { return "access.reader_named" }
func (ReaderStruck) EventType() string        { return "access.reader_struck" }
func (EmergencyAsked) EventType() string      { return "access.emergency_asked" }
func (EmergencyAgreed) EventType() string     { return "access.emergency_agreed" }
func (EmergencyObjected) EventType() string   { return "access.emergency_objected" }
func (EmergencyUnanswered) EventType() string { return "access.emergency_unanswered" }
func (ApprovalsNeedStepUp) EventType() string { return "access.approvals_need_step_up" }

// accessEvents is the table of the stored events.
func accessEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[PersonRegistered](1, nil),
		eventstore.Type[PersonRenamed](1, nil),
		eventstore.Type[PersonSuspended](1, nil),
		eventstore.Type[PersonReinstated](1, nil),
		eventstore.Type[PersonLeft](1, nil),
		eventstore.Type[ClearanceGiven](1, nil),
		eventstore.Type[RoleGranted](1, nil),
		eventstore.Type[GrantEnded](1, nil),
		eventstore.Type[DelegationGiven](1, nil),
		eventstore.Type[DelegationReceived](1, nil),
		eventstore.Type[DelegationWithdrawn](1, nil),
		eventstore.Type[ServiceOpened](1, nil),
		eventstore.Type[ServiceKeyReplaced](1, nil),
		eventstore.Type[RoleDefined](1, nil),
		eventstore.Type[RoleRetitled](1, nil),
		eventstore.Type[RoleSet](1, nil),
		eventstore.Type[RoleHeld](1, nil),
		eventstore.Type[RoleLeft](1, nil),
		eventstore.Type[RolesSeparated](1, nil),
		eventstore.Type[RolesJoined](1, nil),
		eventstore.Type[ObjectClassified](1, nil),
		eventstore.Type[ReaderNamed](1, nil),
		eventstore.Type[ReaderStruck](1, nil),
		eventstore.Type[EmergencyAsked](1, nil),
		eventstore.Type[EmergencyAgreed](1, nil),
		eventstore.Type[EmergencyObjected](1, nil),
		eventstore.Type[EmergencyUnanswered](1, nil),
		eventstore.Type[ApprovalsNeedStepUp](1, nil),
	}
}

// Categories lists the module's streams.
func Categories() []eventstore.Category {
	codec := eventstore.NewCodec(accessEvents()...)
	return []eventstore.Category{
		eventstore.CategoryOf("access.person", eventstore.Main, codec, person{}, person.evolve),
		eventstore.CategoryOf("access.role", eventstore.Main, codec, role{}, role.evolve).WithSnapshot("role.1"),
		eventstore.CategoryOf("access.duties", eventstore.Main, codec, duties{}, duties.evolve),
		eventstore.CategoryOf("access.object", eventstore.Main, codec, object{}, object.evolve),
		eventstore.CategoryOf("access.emergency", eventstore.Main, codec, emergency{}, emergency.evolve),
		eventstore.CategoryOf("access.policy", eventstore.Main, codec, policy{}, policy.evolve),
	}
}

func personStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "access.person", Key: id}
}

func roleStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "access.role", Key: id}
}

func objectStream(key string) eventstore.Stream {
	return eventstore.Stream{Category: "access.object", Key: key}
}

func emergencyStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "access.emergency", Key: id}
}

// dutiesStream holds every pair of roles that may not meet: a grant looks at all of them.
func dutiesStream() eventstore.Stream {
	return eventstore.Stream{Category: "access.duties", Key: "roles"}
}

func policyStream() eventstore.Stream {
	return eventstore.Stream{Category: "access.policy", Key: "sessions"}
}
