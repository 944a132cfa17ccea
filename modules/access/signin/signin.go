// Package signin is how people prove who they are, and how long that holds.
//
// Three things to know. Nothing that is stored opens anything: tokens, codes and keys are kept as
// hashes, passwords as argon2id, seeds of authenticator apps sealed with the person's key. Whoever
// fails learns nothing: an unknown name costs the same time and gets the same answer. Failures slow
// down the place they come from, never the device its owner is known on, and never a passkey.
//
// It asks the rest of Diwan only who somebody is (People), and records what auditors need in the
// lane access. Time is an argument of every rule and the clock an argument of New.
package signin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Person is what sign-in knows about somebody.
type Person struct {
	ID     string
	Name   kernel.Text
	Post   kernel.Text
	Rights string   // changes when their roles do: the session then gets a new id
	Acts   []string // permissions held now
}

// May tells whether the person holds one of the acts.
func (p Person) May(acts []string) bool {
	for _, held := range p.Acts {
		for _, act := range acts {
			if held == act {
				return true
			}
		}
	}
	return false
}

// People tells who somebody is. It answers from memory, because it is asked at every request; ok is
// false for somebody who is not there or may not work at present.
type People interface {
	Person(id string) (p Person, ok bool)
}

// Sealer encrypts with a person's key; vault.ErrErased for somebody who was forgotten.
type Sealer interface {
	Seal(ctx context.Context, person uuid.UUID, plain []byte) ([]byte, error)
	Open(ctx context.Context, person uuid.UUID, sealed []byte) ([]byte, error)
}

// Config is what sign-in is wired from.
type Config struct {
	DB     *database.DB
	Log    eventstore.Store
	Tenant uuid.UUID
	People People
	Sealer Sealer
	Clock  func() time.Time
	Zone   *time.Location
	// Busy is how many passwords are checked at once; 0 = 2.
	Busy int
	// Cost of a password's hash; the zero Cost is the house's.
	Cost Cost
	// URL is the address people type, "https://diwan.example.jo". Passkeys and other issuers are
	// bound to it. Without it only this machine's own browsers can use them, under localhost.
	URL string
	// Services tells the terms of programs' accounts; nil where there are none.
	Services Services
	// Issuers vouch for people, beside Diwan's own passwords.
	Issuers []Issuer
	Trouble *slog.Logger // what goes wrong where nobody waits for an answer
}

// House is sign-in for one installation. Any number of nodes run one each on the same database.
type House struct {
	config   Config
	clock    func() time.Time
	Sessions *Sessions
	throttle *throttle
	policies *policies
	gate     *gate
	seals    *seals
	reporter *reporter
	issuers  map[string]*issuer
	services *serviceRates
	words    words
	nobody   string // checked when a name is unknown, so that this takes as long
}

// New opens sign-in. The first node of an installation makes the key of its signed cookies.
func New(ctx context.Context, c Config) (*House, error) {
	if c.Busy <= 0 {
		c.Busy = 2
	}
	if c.Cost == (Cost{}) {
		c.Cost = HouseCost
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Trouble == nil {
		c.Trouble = slog.Default()
	}
	h := &House{config: c, clock: onwards(c.Clock), gate: newGate(c.Busy), words: commonWords(), services: newServiceRates()}
	h.policies = &policies{house: h}
	h.throttle = newThrottle(h.clock)
	h.reporter = newReporter(h)
	_, epoch, err := c.Log.Head(ctx, eventstore.Main)
	if err != nil {
		return nil, fmt.Errorf("open sign-in: %w", err)
	}
	h.Sessions = newSessions(h, epoch)
	if h.seals, err = h.openSeals(ctx); err != nil {
		return nil, fmt.Errorf("open sign-in: %w", err)
	}
	if h.nobody, err = hashPassword("nobody's password", c.Cost); err != nil {
		return nil, fmt.Errorf("open sign-in: %w", err)
	}
	if h.issuers, err = h.openIssuers(c.Issuers); err != nil {
		return nil, fmt.Errorf("open sign-in: %w", err)
	}
	return h, nil
}

// Run reports refusals that were counted, and sweeps what is over, until ctx ends.
func (h *House) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			h.report(context.WithoutCancel(ctx))
			return nil
		case <-tick.C:
			h.report(ctx)
			if err := h.sweep(ctx); err != nil && ctx.Err() == nil {
				h.config.Trouble.WarnContext(ctx, "what is over was not swept from sign-in's tables", "error", err)
			}
		}
	}
}

func (h *House) report(ctx context.Context) {
	if err := h.reporter.flush(ctx); err != nil {
		h.config.Trouble.ErrorContext(ctx, "refused sign-ins were not recorded", "error", err)
	}
}

// sweep removes what nobody needs any more.
func (h *House) sweep(ctx context.Context) error {
	now := h.clock()
	return h.write(ctx, func(tx pgx.Tx) error {
		for _, old := range []struct {
			sql    string
			before time.Time
		}{
			{`delete from signin.used where expires_at < $1`, now},
			{`delete from signin.attempt where at < $1`, now.Add(-forgetAttempts)},
			{`delete from signin.session where used_at < $1`, now.Add(-7 * 24 * time.Hour)},
		} {
			if _, err := tx.Exec(ctx, old.sql, old.before); err != nil {
				return err
			}
		}
		return nil
	})
}

// once marks something as used; false when it had been. It is a write in the caller's transaction.
func once(ctx context.Context, tx pgx.Tx, hash []byte, until time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `insert into signin.used (hash, expires_at) values ($1, $2) on conflict do nothing`, hash, until)
	return err == nil && tag.RowsAffected() == 1, err
}

// session is sign-in's own: its tables show themselves to nobody else.
func session() database.Session {
	return database.Session{Actor: database.System.Actor, Purpose: "sign-in"}
}

func (h *House) read(ctx context.Context, do func(pgx.Tx) error) error {
	return h.config.DB.Read(ctx, session(), do)
}

func (h *House) write(ctx context.Context, do func(pgx.Tx) error) error {
	return h.config.DB.Write(ctx, session(), do)
}

// vaultID is a person's name in the vault of keys.
func vaultID(person string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:diwan:person:"+person))
}

// onwards is a clock that never goes back while the program runs, so that a clock that is set back
// makes no session younger.
func onwards(clock func() time.Time) func() time.Time {
	if clock == nil {
		clock = time.Now
	}
	var newest newestTime
	return func() time.Time { return newest.of(clock()) }
}

func notFound(err error) bool { return errors.Is(err, pgx.ErrNoRows) }

// Rights is the fingerprint of what a person may do now; ok is false for somebody who is not there.
func (h *House) Rights(person string) (rights string, ok bool) {
	p, ok := h.config.People.Person(person)
	return p.Rights, ok
}
