package access

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Mutation carries out the module's commands. Who tells who acts; every method answers refusals as
// problems of the payload.
type Mutation struct {
	Module *Module
	Who    func(context.Context) *Standing
}

// Done is the answer to a command: what it recorded and where the log stands, or why not.
type Done struct {
	ID       *string // of the command; a delegation or an emergency that it began has the same
	Position *kernel.Position
	Replayed bool
	Recorded []kernel.Change
	Problems []kernel.Refusal
}

// carryOut carries out one command and puts its answer together.
func carryOut[I any](ctx context.Context, m *Mutation, id uuid.UUID, in I, do func(context.Context, *Standing, I) (eventstore.Receipt, error)) (*Done, error) {
	receipt, err := do(ctx, m.Who(ctx), in)
	if err != nil {
		problems, err := refusalsOf(err)
		return &Done{Recorded: []kernel.Change{}, Problems: problems}, err
	}
	command := id.String()
	d := &Done{
		ID: &command, Position: &kernel.Position{Lane: receipt.Lane.String(), Epoch: receipt.Epoch, N: receipt.Last},
		Replayed: receipt.Replayed, Recorded: make([]kernel.Change, len(receipt.Events)), Problems: []kernel.Refusal{},
	}
	for i := range receipt.Events {
		e := &receipt.Events[i]
		d.Recorded[i] = kernel.Change{
			Type: e.Type, Version: e.Version, Actor: e.Actor, At: e.RecordedAt,
			Position: kernel.Position{Lane: e.Lane.String(), Epoch: receipt.Epoch, N: e.Position},
		}
		if e.OnBehalfOf != "" {
			d.Recorded[i].OnBehalfOf = &e.OnBehalfOf
		}
	}
	return d, nil
}

// refusalsOf turns an error into problems; a failure that is no answer stays an error.
func refusalsOf(err error) ([]kernel.Refusal, error) {
	var all []kernel.Refusal
	for _, p := range kernel.ProblemsOf(err) {
		all = append(all, p)
	}
	switch {
	case all != nil:
		return all, nil
	case errors.Is(err, eventstore.ErrReusedID):
		return []kernel.Refusal{refused("command.id_reused", "command", "رقم الأمر استُعمل لأمر آخر. لم يُقيَّد شيء.", "This command id was used for another command. Nothing was recorded.")}, nil
	case errors.Is(err, eventstore.ErrBusy):
		return []kernel.Refusal{refused("try_again", "", "السجل مشغول ولم يُقيَّد شيء. أعد المحاولة.", "The log is busy and nothing was recorded. Try again.")}, nil
	case errors.Is(err, eventstore.ErrUnknown):
		return []kernel.Refusal{refused("outcome_unknown", "", "لم تُعرف النتيجة بعد. أعد إرسال الأمر نفسه لتعرفها.", "The outcome is not known yet. Send the same command again to learn it.")}, nil
	}
	return nil, err
}

// RoleInput is what a role's holders may do from a day on, as it is written.
type RoleInput struct {
	Command     uuid.UUID
	Role        string
	Title       *kernel.Text
	Permissions []string
	Limit       *string // left out: nothing
	Unlimited   bool
	From        string
}

// SetRole defines a role or dates another set of permissions for it.
func (m *Mutation) SetRole(ctx context.Context, input RoleInput) (*Done, error) {
	in := SetRole{Command: input.Command, Role: input.Role, Permissions: input.Permissions, From: input.From}
	if input.Title != nil {
		in.Title = *input.Title
	}
	switch {
	case input.Unlimited:
		in.Limit = Unlimited
	case input.Limit != nil && *input.Limit != "":
		amount, err := kernel.ParseAmount(*input.Limit, limitCurrency)
		if err != nil {
			var f form
			f.add("limit", err)
			if problems, err := refusalsOf(f.result()); err == nil {
				return &Done{Recorded: []kernel.Change{}, Problems: problems}, nil
			}
			return nil, err
		}
		in.Limit = amount
	}
	return carryOut(ctx, m, in.Command, in, m.Module.SetRole)
}
