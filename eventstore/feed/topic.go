package feed

import (
	"fmt"
	"slices"
	"strings"

	"diwan/eventstore"
)

// Topic is the part of a lane a subscription follows:
//
//	main                              the whole lane
//	main/finance.voucher              one category
//	main/finance.*                    all categories of a module
//	main/finance.voucher,finance.year several, in the lane's order
//	main/finance.voucher/0194…        one stream
type Topic struct {
	Lane       eventstore.Lane
	categories []string // empty = all
	key        string   // of the one stream, or empty
}

// ParseTopic reads a topic's name.
func ParseTopic(name string) (Topic, error) {
	lane, rest, narrowed := strings.Cut(name, "/")
	at := slices.IndexFunc(eventstore.Lanes, func(l eventstore.Lane) bool { return l.String() == lane })
	if at < 0 {
		return Topic{}, fmt.Errorf("topic %q does not begin with a lane", name)
	}
	t := Topic{Lane: eventstore.Lanes[at]}
	if t.Lane == eventstore.Telemetry {
		return Topic{}, fmt.Errorf("topic %q: the lane of device frames has no events to subscribe to", name)
	}
	if !narrowed {
		return t, nil
	}
	categories, key, one := strings.Cut(rest, "/")
	t.categories, t.key = strings.Split(categories, ","), key
	if slices.Contains(t.categories, "") || one && (key == "" || len(t.categories) > 1 || strings.HasSuffix(categories, "*")) {
		return Topic{}, fmt.Errorf("topic %q is neither a lane, categories of it, nor one stream", name)
	}
	return t, nil
}

// Has tells whether an event of the lane belongs to the topic.
func (t Topic) Has(s eventstore.Stream) bool {
	if t.key != "" && t.key != s.Key {
		return false
	}
	return len(t.categories) == 0 || slices.ContainsFunc(t.categories, func(c string) bool {
		if prefix, all := strings.CutSuffix(c, "*"); all {
			return strings.HasPrefix(s.Category, prefix)
		}
		return c == s.Category
	})
}
