package eventstore_test

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"diwan/database"
)

// cutter stands between the store and the server and cuts connections: after so many more bytes to
// the server, or as soon as the server has answered, with the answer kept back.
type cutter struct {
	mu     sync.Mutex
	left   int  // bytes that still pass to the server; -1 = no limit
	deaf   bool // the next answer is kept back
	passed int  // bytes passed to the server since arm
	armed  bool
	cut    chan struct{} // closed when the cut has happened
}

// throughCutter returns the configuration that leads through a cutter.
func throughCutter(t *testing.T, config database.Config) (*cutter, database.Config) {
	t.Helper()
	u, err := url.Parse(config.URL)
	if err != nil {
		t.Fatal(err)
	}
	server := filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432")
	dir, err := os.MkdirTemp("/tmp", "cut")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close(); os.RemoveAll(dir) })
	c := &cutter{left: -1}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", server)
			if err != nil {
				near.Close()
				continue
			}
			go c.toServer(near, far)
			go c.toClient(near, far)
		}
	}()
	q := u.Query()
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	config.URL = u.String()
	return c, config
}

// arm lets the next cut happen on the connections that carry appends.
func (c *cutter) arm(left int, deaf bool) <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.deaf, c.passed, c.armed, c.cut = left, deaf, 0, true, make(chan struct{})
	return c.cut
}

// disarm lets everything pass again; a cut that has not happened does not happen.
func (c *cutter) disarm() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed = false
}

func (c *cutter) toServer(near, far net.Conn) {
	defer near.Close()
	defer far.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := near.Read(buf)
		if err != nil {
			return
		}
		pass, stop := c.allow(n)
		if _, err := far.Write(buf[:pass]); err != nil || stop {
			return
		}
	}
}

func (c *cutter) allow(n int) (pass int, stop bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.armed {
		return n, false
	}
	c.passed += n
	if c.left >= 0 && n > c.left {
		pass, c.armed = c.left, false
		close(c.cut)
		return pass, true
	}
	if c.left >= 0 {
		c.left -= n
	}
	return n, false
}

func (c *cutter) toClient(near, far net.Conn) {
	defer near.Close()
	defer far.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := far.Read(buf)
		if err != nil {
			return
		}
		c.mu.Lock()
		keep := c.armed && c.deaf && c.passed > 0
		if keep {
			c.armed = false
			close(c.cut)
		}
		c.mu.Unlock()
		if keep {
			return
		}
		if _, err := near.Write(buf[:n]); err != nil && err != io.EOF {
			return
		}
	}
}
