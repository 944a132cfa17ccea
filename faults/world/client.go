package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/modules/kernel"
)

// Patience is how long a client waits for one answer before it calls the outcome unknown.
const Patience = 10 * time.Second

// Ask executes one move and journals it before and after, whatever happens.
func Ask(ctx context.Context, store eventstore.Store, j *history.Journal, id uuid.UUID, asked json.RawMessage) error {
	if err := j.Asked(id, asked); err != nil {
		return err
	}
	return answer(ctx, store, j, id, asked)
}

func answer(ctx context.Context, store eventstore.Store, j *history.Journal, id uuid.UUID, asked json.RawMessage) error {
	cmd, err := Command(id, asked)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	receipt, err := store.Execute(limited, cmd)
	l := history.Line{ID: id, Outcome: history.OK, First: receipt.First, Last: receipt.Last}
	switch problems := kernel.ProblemsOf(err); {
	case err == nil:
	case problems != nil && strings.HasPrefix(problems[0].Code, "log."):
		// The log itself could not take it: nothing was done, and the same id may be asked again.
		l = history.Line{ID: id, Outcome: history.Unknown, Code: problems[0].Code}
	case problems != nil:
		l = history.Line{ID: id, Outcome: history.Refused, Code: problems[0].Code}
	case errors.Is(err, eventstore.ErrUnknown), errors.Is(err, eventstore.ErrBusy), errors.Is(err, eventstore.ErrShutDown):
		l = history.Line{ID: id, Outcome: history.Unknown}
	default:
		return fmt.Errorf("command %s: neither success, refusal nor unknown: %w", id, err)
	}
	return j.Answered(l)
}

// Run asks random moves until ctx ends.
func Run(ctx context.Context, store eventstore.Store, j *history.Journal, r *rand.Rand) error {
	for ctx.Err() == nil {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		// A started question is asked to its end, so that the journal stays true.
		if err := Ask(context.WithoutCancel(ctx), store, j, id, Random(r)); err != nil {
			return err
		}
	}
	return nil
}

// Settle asks again, with the same ids, whatever has no definite answer yet. Afterwards nothing is
// unknown, or the error says what remained so.
func Settle(ctx context.Context, store eventstore.Store, j *history.Journal, lines []history.Line) error {
	open := map[uuid.UUID]json.RawMessage{}
	for _, l := range lines {
		switch {
		case l.Asked != nil:
			open[l.ID] = l.Asked
		case l.Outcome == history.OK || l.Outcome == history.Refused:
			delete(open, l.ID)
		}
	}
	for id, asked := range open {
		if err := answer(ctx, store, j, id, asked); err != nil {
			return err
		}
	}
	return nil
}
