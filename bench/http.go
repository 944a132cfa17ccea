package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
)

// caller is one connection of a client that costs as little as it can: a request's bytes are ready,
// and an answer is read and dropped.
type caller struct {
	conn    net.Conn
	read    *bufio.Reader
	request []byte
}

// connectHTTP opens the connections and asks once on each, so that a wrong answer is found here.
func connectHTTP(address, path string, body []byte, n int) (all []*caller, done func(), err error) {
	request := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: diwan\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
	done = func() {
		for _, c := range all {
			_ = c.conn.Close() // the figure is taken
		}
	}
	for range n {
		conn, err := net.Dial("unix", address)
		if err != nil {
			done()
			return nil, nil, err
		}
		c := &caller{conn, bufio.NewReaderSize(conn, 64<<10), request}
		all = append(all, c)
		if err := c.call(); err != nil {
			done()
			return nil, nil, err
		}
	}
	return all, done, nil
}

func (c *caller) call() error {
	if _, err := c.conn.Write(c.request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.read, nil)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, answer.Body)
	switch {
	case err != nil:
		return err
	case answer.StatusCode != http.StatusOK:
		return errors.New("the server answers " + answer.Status)
	case n < 2000:
		return fmt.Errorf("the answer has %d bytes: these are no rows", n)
	}
	return nil
}
