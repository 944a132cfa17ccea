package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
)

func TestADemoTakesTheNextFreePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	l, err := listen(taken.Addr().String(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if l.Addr().String() == taken.Addr().String() {
		t.Fatal("two listeners on one address")
	}

	_, err = listen(taken.Addr().String(), false)
	var f *failure
	if !errors.As(err, &f) || f.status != exitMissing {
		t.Fatalf("a server that was told its address: %v, want status %d", err, exitMissing)
	}
	if _, err := listen("8080", false); !errors.As(err, &f) || f.status != exitUsage {
		t.Fatalf("no address: %v, want status %d", err, exitUsage)
	}
}

func TestRequestsUnderWayAreFinished(t *testing.T) {
	l, err := listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	arrived, goOn := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-goOn
		io.WriteString(w, "done")
	})
	ended := make(chan error, 1)
	go func() { ended <- serveHTTP(ctx, l, h) }()
	type reply struct {
		body string
		err  error
	}
	got := make(chan reply, 1)
	go func() {
		r, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			got <- reply{err: err}
			return
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		got <- reply{string(body), err}
	}()
	<-arrived
	stop()
	close(goOn)
	if r := <-got; r.err != nil || r.body != "done" {
		t.Fatalf("the request under way was cut: %q %v", r.body, r.err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}
