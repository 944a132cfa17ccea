// Package proxy stands between a program and its PostgreSQL server and breaks the connection as
// networks do: after a chosen number of bytes, in one direction only, slowly, or late.
package proxy

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Fault is how the line misbehaves. The zero value is a good line.
type Fault struct {
	CutAfter   int64         // close both sides once the program has sent this many more bytes; 0 = never
	ReplyCut   int64         // the same for bytes of the server's answers
	DropToward bool          // the server's answers no longer arrive, though requests do
	Delay      time.Duration // before each piece is passed on
	PerSecond  int64         // at most so many bytes a second each way; 0 = no limit
	OnCut      func()        // called in place of cutting, before the byte in question is passed on
}

// Proxy is a unix socket that forwards to a server's unix socket.
type Proxy struct {
	dir, server string
	listener    net.Listener

	mu    sync.Mutex
	fault Fault
	conns map[net.Conn]struct{}
	sent  int64 // bytes from the program since the fault was set
	back  int64
	cuts  int
}

// Start listens in dir under the server's own socket name, so that host=dir reaches the proxy.
func Start(dir, server string) (*Proxy, error) {
	path := filepath.Join(dir, filepath.Base(server))
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("clear the proxy's socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen as proxy: %w", err)
	}
	p := &Proxy{dir: dir, server: server, listener: l, conns: map[net.Conn]struct{}{}}
	go p.accept()
	return p, nil
}

// Dir is the host= of a connection that goes through the proxy.
func (p *Proxy) Dir() string { return p.dir }

// Set changes how the line behaves from now on and starts counting bytes at zero.
func (p *Proxy) Set(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault, p.sent, p.back = f, 0, 0
}

// Cuts counts how often the line was cut by CutAfter or ReplyCut.
func (p *Proxy) Cuts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cuts
}

// Sent counts the bytes the program has sent since Set.
func (p *Proxy) Sent() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// Close cuts everything and stops listening.
func (p *Proxy) Close() error {
	err := p.listener.Close()
	p.cut(false)
	return err
}

func (p *Proxy) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		s, err := net.Dial("unix", p.server)
		if err != nil {
			c.Close()
			continue
		}
		p.mu.Lock()
		p.conns[c], p.conns[s] = struct{}{}, struct{}{}
		p.mu.Unlock()
		go p.pump(s, c, true)
		go p.pump(c, s, false)
	}
}

// pump passes bytes on until either side ends or the fault says to cut. Both ends then close, as
// after a reset.
func (p *Proxy) pump(to, from net.Conn, toServer bool) {
	defer func() {
		to.Close()
		from.Close()
		p.mu.Lock()
		delete(p.conns, to)
		delete(p.conns, from)
		p.mu.Unlock()
	}()
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		pass, cut, f := p.account(int64(n), toServer)
		if cut && f.OnCut != nil {
			f.OnCut()
		}
		if f.Delay > 0 {
			time.Sleep(f.Delay)
		}
		if f.PerSecond > 0 {
			time.Sleep(time.Duration(int64(time.Second) * pass / f.PerSecond))
		}
		if pass > 0 && (toServer || !f.DropToward) {
			if _, werr := to.Write(buf[:pass]); werr != nil {
				return
			}
		}
		if cut {
			p.cut(true)
			return
		}
		if err != nil {
			return
		}
	}
}

// account counts n bytes and says how many of them pass before the line is cut.
func (p *Proxy) account(n int64, toServer bool) (pass int64, cut bool, f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f = p.fault
	count, limit := &p.sent, f.CutAfter
	if !toServer {
		count, limit = &p.back, f.ReplyCut
	}
	pass = n
	if limit > 0 && *count+n >= limit {
		pass, cut = max(0, limit-*count), true
		p.fault = Fault{} // the next connection finds a good line
	}
	*count += n
	return pass, cut, f
}

func (p *Proxy) cut(counted bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if counted {
		p.cuts++
	}
	for c := range p.conns {
		c.Close()
	}
}
