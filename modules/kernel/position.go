package kernel

import (
	"fmt"
	"strconv"
	"strings"
)

// Position names one event of one lane in one epoch of the log. People quote N; programs
// pass the text form on unread, so that a position from before a restore is recognised.
type Position struct {
	Lane  string // "main"
	Epoch int32  // raised by each restore
	N     int64  // 1, 2, 3 … without holes
}

// String is the opaque token, "main.1.4182907".
func (p Position) String() string { return string(p.Append(nil)) }

// Append appends the token.
func (p Position) Append(b []byte) []byte {
	b = strconv.AppendInt(append(append(b, p.Lane...), '.'), int64(p.Epoch), 10)
	return strconv.AppendInt(append(b, '.'), p.N, 10)
}

// ParsePosition reads a token; anything else is refused with an error.
func ParsePosition(s string) (Position, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[0] == "" {
		return Position{}, fmt.Errorf("%q is not a position", s)
	}
	epoch, err := strconv.ParseInt(parts[1], 10, 32)
	if err != nil || epoch < 1 {
		return Position{}, fmt.Errorf("%q is not a position: its epoch is no number", s)
	}
	n, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || n < 0 {
		return Position{}, fmt.Errorf("%q is not a position: its number is no number", s)
	}
	p := Position{Lane: parts[0], Epoch: int32(epoch), N: n}
	if p.String() != s {
		return Position{}, fmt.Errorf("%q is not a position", s)
	}
	return p, nil
}
