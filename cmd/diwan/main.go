// Command diwan is the whole of Diwan in one program: the server, the tools of its operator and
// the work of its officers by command line.
//
// Three things to know. Everything is wired in wire.go, in one readable list. With --json a command
// prints exactly one JSON value on standard output and nothing else; progress and sentences go to
// standard error. The exit status is 0 when it was done, 1 when the input was refused, 2 when the
// command was used wrongly, 3 when something Diwan needs is missing or down.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	settleCollector(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	t := &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv}
	status := run(ctx, t, os.Args[1:])
	stop()
	os.Exit(status)
}
