package directory

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Mutation carries out the directory's acts. Clerk tells who acts; every method answers refusals as
// problems of the payload.
type Mutation struct {
	Module *Module
	Clerk  func(context.Context) Clerk
}

// Act is the answer to a command: what it recorded and where the log stands, or why not.
type Act struct {
	ID       *string // of the act; WithdrawAct takes it, and what an act founds without an id of its own has it
	Position *kernel.Position
	Replayed bool
	Recorded []kernel.Change
	Problems []kernel.Refusal
}

// carryOut carries out one command and puts its answer together.
func carryOut[I any](ctx context.Context, m *Mutation, id uuid.UUID, in I, do func(context.Context, Clerk, I) (eventstore.Receipt, error)) (*Act, error) {
	receipt, err := do(ctx, m.Clerk(ctx), in)
	if err != nil {
		problems, err := m.refusals(ctx, err)
		return &Act{Recorded: []kernel.Change{}, Problems: problems}, err
	}
	act := id.String()
	a := &Act{
		ID: &act, Position: &kernel.Position{Lane: receipt.Lane.String(), Epoch: receipt.Epoch, N: receipt.Last},
		Replayed: receipt.Replayed, Recorded: make([]kernel.Change, len(receipt.Events)), Problems: []kernel.Refusal{},
	}
	for i := range receipt.Events {
		e := &receipt.Events[i]
		a.Recorded[i] = kernel.Change{
			Type: e.Type, Version: e.Version, Actor: e.Actor, At: e.RecordedAt, OnBehalfOf: some(e.OnBehalfOf),
			Position: kernel.Position{Lane: e.Lane.String(), Epoch: receipt.Epoch, N: e.Position},
		}
	}
	return a, nil
}

// refusals are those of an error; an edit begun on an older screen is told what happened since.
func (m *Mutation) refusals(ctx context.Context, err error) ([]kernel.Refusal, error) {
	all, err := refusalsOf(err)
	for i := range all {
		p, plain := all[i].(kernel.Problem)
		if !plain || p.Code != "conflict" {
			continue
		}
		if all[i], err = m.Module.conflictOf(ctx, p); err != nil {
			return nil, err
		}
	}
	return all, err
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
		return []kernel.Refusal{refusal("command.id_reused", "command", "رقم الأمر استُعمل لأمر آخر. لم يُقيَّد شيء.", "This command id was used for another command. Nothing was recorded.")}, nil
	case errors.Is(err, eventstore.ErrBusy):
		return []kernel.Refusal{refusal("try_again", "", "السجل مشغول ولم يُقيَّد شيء. أعد المحاولة.", "The log is busy and nothing was recorded. Try again.")}, nil
	case errors.Is(err, eventstore.ErrUnknown):
		return []kernel.Refusal{refusal("outcome_unknown", "", "لم تُعرف النتيجة بعد. أعد إرسال الأمر نفسه لتعرفها.", "The outcome is not known yet. Send the same command again to learn it.")}, nil
	}
	return nil, err
}
