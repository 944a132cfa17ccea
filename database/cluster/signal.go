package cluster

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

// Signal sends a signal to the server's first process, as an operator or a fault would. A server that is
// just coming back is waited for: there is no process to signal before, and a signal to process 0 would
// go to the caller and everything beside it.
func (c *Cluster) Signal(ctx context.Context, s syscall.Signal) error {
	for {
		if pid := c.PID(); pid > 0 {
			err := syscall.Kill(pid, s)
			if !errors.Is(err, syscall.ESRCH) {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no server to send %v to: %w", s, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
