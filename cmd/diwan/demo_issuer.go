package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"strconv"

	"diwan/demo"
	"diwan/demo/issuer"
	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// demoIssuer starts another service beside the demo that vouches for its people, so that signing in
// by OpenID Connect can be tried. It lives at the next free port until ctx ends, and asks no password.
func demoIssuer(ctx context.Context, t *terminal, diwan net.Addr) (one signin.Issuer, ended <-chan error, err error) {
	at, ok := diwan.(*net.TCPAddr)
	if !ok {
		return one, nil, errors.New("the demo's issuer needs a demo on a port")
	}
	l, err := listen(net.JoinHostPort("127.0.0.1", strconv.Itoa(at.Port+1)), true)
	if err != nil {
		return one, nil, err
	}
	var people []issuer.Person
	for _, p := range demo.People() {
		people = append(people, issuer.Person{ID: p.ID, Name: p.Name.Ar + " · " + p.Name.En})
	}
	home := "http://localhost:" + strconv.Itoa(at.Port) + "/sign-in/issuers/demo"
	one = signin.Issuer{
		ID: "demo", Name: kernel.Text{Ar: "جهة الدخول التجريبية", En: "The demo's issuer"}, URL: "http://" + l.Addr().String(),
		ClientID: "diwan", ClientSecret: rand.Text(), PersonClaim: "preferred_username",
	}
	i, err := issuer.New(one.URL, people, issuer.Client{ID: one.ClientID, Secret: one.ClientSecret, Redirects: []string{home + "/callback"}, Logout: home + "/logout"})
	if err != nil {
		return one, nil, errors.Join(err, l.Close())
	}
	served := make(chan error, 1)
	go func() { served <- serveHTTP(ctx, l, i.Handler()) }()
	t.progress("the demo's issuer is at %s; open Diwan at http://localhost:%d to use it", one.URL, at.Port)
	return one, served, nil
}
