package signin

import (
	"context"
	"fmt"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// logoutEvent is what a logout token says (OpenID Connect Back-Channel Logout 1.0).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// IssuerLogout ends the sessions that an issuer says are over. The token is the proof; it counts once.
func (h *House) IssuerLogout(ctx context.Context, id, raw string) error {
	i := h.issuers[id]
	if i == nil {
		return ErrIssuer
	}
	p, err := i.described(ctx)
	if err != nil {
		return err
	}
	token, c, err := h.verified(oidc.ClientContext(ctx, i.Client), i, p, raw)
	if err != nil {
		return err
	}
	if _, says := c.Events[logoutEvent]; !says || c.Nonce != "" || c.ID == "" {
		return ErrIssuer // an ordinary token is no logout
	}
	type row struct {
		Person string
		ID     uuid.UUID
	}
	var ended []row
	err = h.write(ctx, func(tx pgx.Tx) error {
		if fresh, err := once(ctx, tx, hashOf("logout "+i.URL+" "+c.ID), token.Expiry); err != nil || !fresh {
			return orRefuse(err, ErrIssuer)
		}
		rows, err := tx.Query(ctx, `update signin.session set ended_at = $1 where issuer = $2 and ended_at is null
			and ($3 = '' or subject = $3) and ($4 = '' or issuer_session = $4) returning person, id`, h.clock(), i.URL, token.Subject, c.SessionID)
		if err != nil {
			return err
		}
		ended, err = pgx.CollectRows(rows, pgx.RowToStructByPos[row])
		return err
	})
	if err != nil {
		return problemOr(err, "end an issuer's sessions")
	}
	people := map[string]int64{}
	for _, r := range ended {
		people[r.Person]++
		h.Sessions.dropWhere(func(one Session) bool { return one.ID == r.ID })
	}
	for person, n := range people {
		if err := h.tell(ctx, "issuer:"+i.ID, person, SignedOut{Sessions: n, Why: "issuer"}); err != nil {
			return fmt.Errorf("end an issuer's sessions: %w", err)
		}
	}
	return nil
}
