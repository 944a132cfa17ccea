package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// portsTried is how many ports after the wanted one a demo looks at.
const portsTried = 50

// listen opens the HTTP address. With next, a port that is taken gives way to the next free one.
func listen(address string, next bool) (net.Listener, error) {
	host, portText, err := net.SplitHostPort(address)
	port, portErr := strconv.Atoi(portText)
	if err != nil || portErr != nil {
		return nil, wrongUsage("%q is not an address such as 127.0.0.1:8080", address)
	}
	for p := port; ; p++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		taken := errors.Is(err, syscall.EADDRINUSE)
		if taken && next && p-port < portsTried && p < 65535 {
			continue
		}
		if taken {
			return nil, missing(nil, "the address %s is taken by another program; choose another with --listen", address)
		}
		return nil, missing(err, "cannot listen on %s", address)
	}
}

// serveHTTP answers requests until ctx ends, then lets those under way finish.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute, // uploads over slow lines
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	patience, enough := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer enough()
	if err := server.Shutdown(patience); err != nil {
		_ = server.Close() // subscriptions are open for ever; their browsers come back
	}
	<-served
	return nil
}
