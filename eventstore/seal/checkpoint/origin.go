package checkpoint

import (
	"fmt"
	"strconv"
	"strings"

	"diwan/eventstore"
)

// Origin is the first line of a checkpoint: which log it speaks of. A restore to an earlier moment
// raises the epoch, so the log that goes on from there is another log to every witness and cannot
// pass for the old one.
type Origin struct {
	Name  string // the installation: "diwan", or longer where one witness serves several
	Lane  eventstore.Lane
	Epoch int32
}

// String is the origin line: "diwan/main/epoch-1".
func (o Origin) String() string {
	return fmt.Sprintf("%s/%s/epoch-%d", o.Name, o.Lane, o.Epoch)
}

// ParseOrigin reads an origin line of ours.
func ParseOrigin(line string) (Origin, error) {
	rest, epoch, found := cutLast(line, "/epoch-")
	if !found {
		return Origin{}, fmt.Errorf("origin %q names no epoch", line)
	}
	name, lane, found := cutLast(rest, "/")
	if !found || !ValidName(name) {
		return Origin{}, fmt.Errorf("origin %q names no log and lane", line)
	}
	o := Origin{Name: name}
	n, err := strconv.ParseInt(epoch, 10, 32)
	if err != nil || n < 1 {
		return Origin{}, fmt.Errorf("origin %q has no epoch number", line)
	}
	o.Epoch = int32(n)
	if o.Lane, err = LaneByName(lane); err != nil {
		return Origin{}, err
	}
	if o.String() != line {
		return Origin{}, fmt.Errorf("origin %q is not in its one form %q", line, o)
	}
	return o, nil
}

// LaneByName finds a lane by its name in tokens and origins.
func LaneByName(name string) (eventstore.Lane, error) {
	for _, lane := range eventstore.Lanes {
		if lane.String() == name {
			return lane, nil
		}
	}
	return 0, fmt.Errorf("there is no lane %q", name)
}

// ValidName tells whether a log or a witness may be called so: letters, digits, and . _ - /
func ValidName(name string) bool {
	for _, c := range name {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.ContainsRune("._-/", c) {
			return false
		}
	}
	return name != ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
