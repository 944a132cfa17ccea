package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Level is how strongly somebody proved who they are.
type Level int16

// The levels.
const (
	ByKey     Level = 0 // a service account
	Password  Level = 1
	TwoFactor Level = 2
	Passkey   Level = 3 // cannot be phished
)

// Session is one sign-in.
type Session struct {
	ID              uuid.UUID // for lists; it opens nothing
	Person          string
	Principal       string // acting for, under a delegation
	Level           Level
	Means           []string // "password", "totp", "recovery_code", "passkey", "issuer"
	Rights          string
	Since           time.Time
	AuthenticatedAt time.Time
	StepUpUntil     time.Time // approvals may be given until then
	Used            time.Time
	Device          string
	Network         string

	issuer, subject, issuerSession string
	hash, approval                 []byte
}

// Tokens are what a browser gets and nobody else ever sees.
type Tokens struct {
	Session  string // for every request
	Approval string // beside it for approvals; browsers send it only from Diwan's own pages
}

// opening is a session about to begin.
type opening struct {
	person, rights                 string
	level                          Level
	means                          []string
	from                           Origin
	issuer, subject, issuerSession string
	stepUp                         bool   // this sign-in counts as step-up
	replaces                       string // token of the session this browser had
}

// drawToken returns 256 random bits as text, and their hash.
func drawToken() (token string, hash []byte, err error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return "", nil, fmt.Errorf("draw a token: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, hashOf(token), nil
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// tokenLength is that of 256 bits in base64.
const tokenLength = 43

// begin opens a session in the caller's transaction; the one this browser had ends.
func (s *Sessions) begin(ctx context.Context, tx pgx.Tx, o opening, p Policy) (Tokens, Session, error) {
	now := s.clock()
	var t Tokens
	one := Session{
		ID: uuid.Must(uuid.NewV7()), Person: o.person, Level: o.level, Means: o.means, Rights: o.rights, Since: now, AuthenticatedAt: now,
		StepUpUntil: now, Used: now, Device: o.from.Agent, Network: o.from.Network,
		issuer: o.issuer, subject: o.subject, issuerSession: o.issuerSession,
	}
	if o.stepUp {
		one.StepUpUntil = now.Add(p.stepUp())
	}
	var err error
	if t.Session, one.hash, err = drawToken(); err != nil {
		return Tokens{}, Session{}, err
	}
	if t.Approval, one.approval, err = drawToken(); err != nil {
		return Tokens{}, Session{}, err
	}
	if len(o.replaces) == tokenLength {
		if _, err := tx.Exec(ctx, `update signin.session set ended_at = $2 where hash = $1 and ended_at is null`, hashOf(o.replaces), now); err != nil {
			return Tokens{}, Session{}, err
		}
		s.drop(hashOf(o.replaces))
	}
	_, err = tx.Exec(ctx, `insert into signin.session (id, hash, approval_hash, person, level, means, rights, since, authenticated_at,
		step_up_until, used_at, device, network, issuer, subject, issuer_session, epoch)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $8, $10, $11, $12, $13, $14, $15)`,
		one.ID, one.hash, one.approval, one.Person, one.Level, one.Means, one.Rights, now, one.StepUpUntil, one.Device, one.Network,
		one.issuer, one.subject, one.issuerSession, s.epoch)
	if err != nil {
		return Tokens{}, Session{}, fmt.Errorf("open a session: %w", err)
	}
	return t, one, nil
}

// Approves tells whether an approval may be given now: stepped up, and by a page of Diwan's own.
func (s Session) Approves(approvalCookie string, now time.Time) bool {
	return now.Before(s.StepUpUntil) && len(approvalCookie) == tokenLength && len(s.approval) > 0 &&
		subtle.ConstantTimeCompare(hashOf(approvalCookie), s.approval) == 1
}

// over tells whether a session's time is up.
func (s Session) over(now time.Time, p Policy) bool {
	longest := p.absolute()
	if s.Level == ByKey {
		longest = serviceLife
	}
	return now.Sub(s.Used) >= p.idle() || now.Sub(s.Since) >= longest
}
