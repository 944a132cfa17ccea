package access

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SetStepUp says from which day on approvals need a fresh proof of who acts.
type SetStepUp struct {
	Command uuid.UUID
	From    string
	Needed  bool
}

// SetStepUp dates the policy of sessions.
func (m *Module) SetStepUp(ctx context.Context, by *Standing, in SetStepUp) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	from := f.day("from", in.From, m.today())
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "SetStepUp", in, []eventstore.Stream{policyStream()}, func(d *eventstore.Decision) error {
		d.Record(0, ApprovalsNeedStepUp{From: from, Needed: in.Needed})
		return nil
	})
}

// Found is the first administrator of an installation.
type Found struct {
	Command uuid.UUID
	Person  string
	Name    kernel.Text
	Unit    string // the root of the government
}

// AdministratorRole is the role that founding defines: everything of access, nothing of anybody else.
const AdministratorRole = "administrator"

// Found registers the first administrator. It is done once: when the administrator's role is there,
// people are registered by an administrator.
func (m *Module) Found(ctx context.Context, in Found) (eventstore.Receipt, error) {
	var f form
	id, name, today := f.id("person", in.Person), f.name("name", in.Name), m.today()
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	set := RoleSet{From: today}
	for _, a := range Acts() {
		set.Permissions = append(set.Permissions, a.Name)
	}
	by := Program("founding")
	streams := []eventstore.Stream{roleStream(AdministratorRole), personStream(id)}
	return m.execute(ctx, by, in.Command, "Found", in, streams, func(d *eventstore.Decision) error {
		if eventstore.StateOf[role](d, 0).known() {
			return refused("access.founded_before", "person", "سُجّل المسؤول الأول من قبل. يسجّل المسؤولون غيره.", "The first administrator was registered before. Others are registered by an administrator.")
		}
		e, err := eventstore.StateOf[person](d, 1).register(id, name, kernel.Text{Ar: "مسؤول النظام", En: "Administrator"}, today)
		if err != nil {
			return err
		}
		period := Period{From: today}
		d.Record(0, RoleDefined{Title: kernel.Text{Ar: "مسؤول النظام", En: "Administrator"}})
		d.Record(0, set)
		d.Record(1, e)
		d.Record(1, RoleGranted{Grant: 1, Role: AdministratorRole, Unit: in.Unit, Period: period})
		d.Record(0, RoleHeld{Person: id, Grant: 1, Period: period})
		return nil
	})
}
