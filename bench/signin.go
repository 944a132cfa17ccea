package bench

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"

	"diwan/modules/access/signin"
)

// signinFigure is coming to work, as the server sees it: the password is checked, a session is opened,
// and the inbox is answered. Its limit is the check of the password alone.
func signinFigure(r *rig) (side, side) {
	var h *house
	client := &http.Client{}
	inboxOf := []byte(`{"query":"{ me { id } inbox(first: 50) { nodes { kind document number subject } } inboxCount { total overdue } }"}`)
	ours := func(ctx context.Context, length time.Duration) (sample, error) {
		var err error
		if h == nil {
			if h, err = r.openHouse(ctx, 20, signin.Cost{}, time.Now); err != nil {
				return sample{}, err
			}
		}
		return loop(ctx, r.options.Writers, length, 1, func(_ context.Context, caller, n int) error {
			who := personName((caller*5 + n) % 20)
			status, cookies, err := h.signIn(client, who, benchPassword)
			if err != nil || status != http.StatusNoContent {
				return fmt.Errorf("%s could not sign in: %d, %w", who, status, err)
			}
			_, answer, _, err := h.post(client, "/graphql", inboxOf, cookies)
			if err != nil || !bytes.Contains(answer, []byte(`"me":{"id":"`+who)) {
				return fmt.Errorf("the inbox of %s is %.200s, %w", who, answer, err)
			}
			return nil
		})
	}
	return ours, func(ctx context.Context, length time.Duration) (sample, error) {
		c := signin.HouseCost
		return loop(ctx, r.options.Writers, length, 1, func(context.Context, int, int) error {
			if len(argon2.IDKey([]byte(benchPassword), []byte("sixteen bytes ..."), c.Passes, c.Memory, c.Threads, 32)) != 32 {
				return fmt.Errorf("no key")
			}
			return nil
		})
	}
}

// unknownFigure tells whether the time of a refusal says that a name is known. The clock of sign-in
// goes on half an hour an attempt, so that nothing is slowed for guessing.
func unknownFigure(r *rig) (side, side) {
	var h *house
	var attempts atomic.Int64
	begin := time.Now()
	clock := func() time.Time { return begin.Add(time.Duration(attempts.Load()) * 31 * time.Minute) }
	client := &http.Client{}
	refused := func(name func(n int) string) side {
		return func(ctx context.Context, length time.Duration) (sample, error) {
			var err error
			if h == nil {
				if h, err = r.openHouse(ctx, 50, signin.Cost{}, clock); err != nil {
					return sample{}, err
				}
			}
			return loop(ctx, r.options.Writers, length, 1, func(_ context.Context, caller, n int) error {
				attempts.Add(1)
				who := name((caller*5 + n) % 50)
				status, _, err := h.signIn(client, who, "not this one at all")
				if err != nil || status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusUnprocessableEntity {
					return fmt.Errorf("%s was answered %d, %w", who, status, err)
				}
				return nil
			})
		}
	}
	return refused(func(n int) string { return fmt.Sprintf("nobody%d", n) }), refused(personName)
}
