package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"
	"time"
)

// Sessions are the sign-ins that stand. They live in memory, for the demo: a restart signs everybody
// out. Only a token's hash is kept, so whoever reads the memory cannot take a session over.
type Sessions struct {
	mu       sync.Mutex
	byHash   map[[32]byte]Session
	clock    func() time.Time
	idle     time.Duration
	absolute time.Duration
}

// Session is one sign-in.
type Session struct {
	Person string
	Since  time.Time
	Used   time.Time // last request; idle time runs from it
}

// NewSessions returns sessions that end after idle time without a request, and absolutely.
func NewSessions(clock func() time.Time, idle, absolute time.Duration) *Sessions {
	return &Sessions{byHash: map[[32]byte]Session{}, clock: clock, idle: idle, absolute: absolute}
}

// Begin opens a session and returns its token: 256 random bits. It is shown once and not kept.
func (s *Sessions) Begin(person string) (token string, err error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("draw a session token: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	now := s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(now)
	s.byHash[sha256.Sum256([]byte(token))] = Session{Person: person, Since: now, Used: now}
	return token, nil
}

// Find returns the session of a token and counts as its use; ok is false when there is none or its
// time is over.
func (s *Sessions) Find(token string) (Session, bool) {
	hash, now := sha256.Sum256([]byte(token)), s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.byHash[hash]
	if !ok {
		return Session{}, false
	}
	if s.over(one, now) {
		delete(s.byHash, hash)
		return Session{}, false
	}
	if now.After(one.Used) { // a clock that was set back does not make a session older or younger
		one.Used = now
		s.byHash[hash] = one
	}
	return one, true
}

// End closes the session of a token.
func (s *Sessions) End(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byHash, sha256.Sum256([]byte(token)))
}

// EndAll closes all of a person's sessions.
func (s *Sessions) EndAll(person string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, one := range s.byHash {
		if one.Person == person {
			delete(s.byHash, hash)
		}
	}
}

func (s *Sessions) over(one Session, now time.Time) bool {
	return now.Sub(one.Used) >= s.idle || now.Sub(one.Since) >= s.absolute
}

func (s *Sessions) sweep(now time.Time) {
	for hash, one := range s.byHash {
		if s.over(one, now) {
			delete(s.byHash, hash)
		}
	}
}
