package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"diwan/eventstore/seal/checkpoint"
)

func TestWitnessSaysItsKey(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	term := &terminal{out: in, err: new(bytes.Buffer), env: func(string) string { return "" }}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, term, []string{"witness", "--json", "--name", "audit/w1", "--dir", dir, "--listen", "unix:" + filepath.Join(dir, "w")})
	}()
	var said struct{ Address, Key string }
	if err := json.NewDecoder(out).Decode(&said); err != nil {
		t.Fatal(err)
	}
	w, err := checkpoint.ParseWitness(said.Key)
	if err != nil || w.Name != "audit/w1" {
		t.Fatalf("%+v: %v", said, err)
	}
	remotes, err := readWitnesses(said.Key + "@unix:" + said.Address)
	if err != nil || len(remotes) != 1 {
		t.Fatalf("the key it printed is not a setting: %v", err)
	}

	log, err := checkpoint.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	a := command(t, nil, "witness", "add", "diwan/main/epoch-1", log.Public().String(), "--dir", dir, "--json")
	if a.status != exitDone || oneValue(t, a.out)["origin"] != "diwan/main/epoch-1" {
		t.Errorf("status %d\n%s%s", a.status, a.out, a.err)
	}
	for _, wrong := range [][]string{{"diwan/main", log.Public().String()}, {"diwan/main/epoch-1", "abc"}, {"diwan/main/epoch-1"}} {
		if a := command(t, nil, append([]string{"witness", "add", "--dir", dir}, wrong...)...); a.status != exitUsage || strings.Count(a.err, "\n") != 1 {
			t.Errorf("%v: status %d %s", wrong, a.status, a.err)
		}
	}
	stop()
	if status := <-ended; status != exitDone {
		t.Errorf("stopping the witness is status %d", status)
	}
}
