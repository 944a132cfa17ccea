package main

import (
	"context"
	"encoding/json"
	"os"
	"runtime"
	"time"

	"github.com/google/uuid"

	"diwan/demo"
	"diwan/graph"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// openSignIn wires how people prove who they are.
func (a *app) openSignIn(ctx context.Context, issuers ...signin.Issuer) (err error) {
	zone, err := time.LoadLocation("Asia/Amman")
	if err != nil {
		return missing(err, "the office's time zone is not known to this machine (apt-get install tzdata)")
	}
	configured, err := a.settings.readIssuers()
	if err != nil {
		return err
	}
	a.signIn, err = signin.New(ctx, signin.Config{
		DB: a.db, Log: a.store, Tenant: government(), People: graph.SignInPeople{Access: a.access}, Sealer: personalData{a.keys},
		Services: graph.SignInServices{Book: a.access.Book(), Zone: zone},
		Clock:    time.Now, Zone: zone, Busy: runtime.NumCPU(), URL: a.settings.url, Issuers: append(configured, issuers...),
	})
	if err != nil {
		return missing(err, "sign-in cannot be opened")
	}
	return nil
}

// demoSignIn lets the demo's people in with the password of its README, and lets them approve by
// typing it again: none of them has a second factor until they add one.
func (a *app) demoSignIn(ctx context.Context) error {
	var names []string
	for _, p := range demo.People() {
		names = append(names, p.ID)
	}
	if err := a.signIn.GivePasswords(ctx, names, access.DemoPassword); err != nil {
		return err
	}
	set, err := a.signIn.Policies(ctx)
	if err != nil || len(set) > 0 {
		return err
	}
	p := signin.HousePolicy()
	p.From, p.SecondFactor = kernel.DateOf(time.Now()), false
	return a.signIn.SetPolicy(ctx, "system", uuid.NewSHA1(government(), []byte("demo sign-in policy")), p)
}

// readIssuers reads the file of DIWAN_ISSUERS: a JSON list of services that vouch for people.
func (s settings) readIssuers() ([]signin.Issuer, error) {
	if s.issuers == "" {
		return nil, nil
	}
	text, err := os.ReadFile(s.issuers)
	if err != nil {
		return nil, missing(err, "the file of DIWAN_ISSUERS cannot be read")
	}
	var all []signin.Issuer
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, badSetting("DIWAN_ISSUERS", s.issuers, "a file that holds a JSON list of issuers: "+err.Error())
	}
	return all, nil
}
