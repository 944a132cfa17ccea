package access

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// AskEmergency is the emergency way in (كسر الزجاج): reading what one may not read, with a reason.
type AskEmergency struct {
	Command uuid.UUID
	Unit    string
	Secrecy Secrecy
	Reason  string
}

// AskEmergency opens reading in a unit for an hour, up to a grade. From secret upward a second person
// agrees first. Every use is an event of its own and goes to the inbox of audit at once.
func (m *Module) AskEmergency(ctx context.Context, by *Standing, in AskEmergency) (eventstore.Receipt, error) {
	var f form
	if !by.gives(MayGoEmergency) || by.OnBehalfOf != "" { // where it leads is what it is for
		f.add("", Forbidden(MayGoEmergency))
		return eventstore.Receipt{}, f.result()
	}
	m.within(&f, "unit", in.Unit)
	reason := f.reason(in.Reason)
	if !in.Secrecy.valid() {
		f.add("", refused("access.secrecy_unknown", "secrecy", "درجات السرية من 0 إلى 3.", "Grades of secrecy are 0 to 3."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	id, acts, at := in.Command.String(), m.acts.ofKinds(Reading), m.clock().UTC()
	return m.execute(ctx, by, in.Command, "AskEmergency", in, []eventstore.Stream{emergencyStream(id)}, func(d *eventstore.Decision) error {
		return record(d, 0)(eventstore.StateOf[emergency](d, 0).ask(by.Person, in.Unit, in.Secrecy, acts, reason, at))
	})
}

// AnswerEmergency is the second person's answer.
type AnswerEmergency struct {
	Command   uuid.UUID
	Emergency string
	Agree     bool
	Reason    string // of an objection
}

// AnswerEmergency agrees or objects.
func (m *Module) AnswerEmergency(ctx context.Context, by *Standing, in AnswerEmergency) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayAnswerEmergency, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	reason := in.Reason
	if !in.Agree {
		reason = f.reason(in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	at := m.clock().UTC()
	return m.execute(ctx, by, in.Command, "AnswerEmergency", in, []eventstore.Stream{emergencyStream(in.Emergency)}, func(d *eventstore.Decision) error {
		e := eventstore.StateOf[emergency](d, 0)
		if isSelf(by, e.Asked.Person) {
			return e.mustAwait(e.Asked.Person)
		}
		if in.Agree {
			return record(d, 0)(e.agree(by.Person, at))
		}
		return record(d, 0)(e.object(by.Person, reason, at))
	})
}

// Unanswered records every emergency that nobody has looked at in time, once each.
func (m *Module) Unanswered(ctx context.Context) error {
	at := m.clock().UTC()
	for id, e := range m.book.waitingEmergencies() {
		if e.Late || at.Before(e.Asked.Answer) {
			continue
		}
		by := Program("emergency-clock")
		command := uuid.NewSHA1(m.tenant, []byte("access.emergency_unanswered\n"+id))
		_, err := m.execute(ctx, by, command, "Unanswered", id, []eventstore.Stream{emergencyStream(id)}, func(d *eventstore.Decision) error {
			if e := eventstore.StateOf[emergency](d, 0); e.waits() && !e.Late {
				d.Record(0, EmergencyUnanswered{At: at})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
