package graph

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/netip"
	"time"

	"diwan/modules/access"
	"diwan/modules/access/signin"
)

// SignInServices tells sign-in the terms of programs' accounts.
type SignInServices struct {
	Book *access.Book
	Zone *time.Location // where a last day ends
}

// Service returns the terms; ok is false for people, and for terms that do not say a key.
func (s SignInServices) Service(id string) (t signin.ServiceTerms, ok bool) {
	opened, is := s.Book.ServiceTerms(id)
	if !is {
		return signin.ServiceTerms{}, false
	}
	key, err := base64.StdEncoding.DecodeString(opened.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return signin.ServiceTerms{}, false
	}
	last := opened.Expires
	t = signin.ServiceTerms{Key: key, Rate: opened.Rate, Until: time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, s.Zone)}
	for _, one := range opened.Networks {
		network, err := netip.ParsePrefix(one)
		if err != nil {
			return signin.ServiceTerms{}, false
		}
		t.Networks = append(t.Networks, network)
	}
	return t, true
}
