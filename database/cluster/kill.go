package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Kill ends the server and all its processes at once, without any clean-up, and lets go of the
// directory: what a test does to a cluster whose disk lost power. It returns when all are gone.
func (c *Cluster) Kill(ctx context.Context) error {
	c.stopOnce.Do(func() {
		close(c.stopping)
		c.watching.Wait()
		c.users.Close()
	})
	data, err := filepath.EvalSymlinks(c.place.data())
	if err != nil {
		data = c.place.data() // a disk without power does not answer; the path is what the kernel shows
	}
	for {
		alive, err := killThoseIn(data)
		if err != nil {
			return fmt.Errorf("kill the server: %w", err)
		}
		if alive == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("kill the server: %d of its processes stay: %w", alive, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// killThoseIn kills every process whose working directory is dir, as the server's all have, and counts them.
func killThoseIn(dir string) (alive int, err error) {
	links, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil {
		return 0, err
	}
	for _, link := range links {
		if at, err := os.Readlink(link); err != nil || at != dir {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if err != nil {
			return alive, err
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err == nil {
			alive++
		} else if !errors.Is(err, syscall.ESRCH) {
			return alive, err
		}
	}
	return alive, nil
}
