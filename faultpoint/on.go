//go:build faults

package faultpoint

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// The environment variable DIWAN_FAULT chooses place and count: "writer: after decide#12" kills the
// process the twelfth time it comes by. DIWAN_FAULT_LOG names a file that gets the place's name first.
var chosen, after = parse(os.Getenv("DIWAN_FAULT"))

var passed atomic.Int64

func parse(s string) (string, int64) {
	name, count, found := strings.Cut(s, "#")
	n, err := strconv.ParseInt(count, 10, 64)
	if !found || err != nil {
		return name, 1
	}
	return name, n
}

// Reached kills the process, without any clean-up, when this is the chosen place and its turn.
func Reached(name string) {
	if name != chosen || passed.Add(1) != after {
		return
	}
	if log := os.Getenv("DIWAN_FAULT_LOG"); log != "" {
		if f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			fmt.Fprintln(f, name)
			f.Close()
		}
	}
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
