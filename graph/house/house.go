// Package house is what administrators look after, in the shapes of the API: the health of the program
// and of what it stands on, and what was decided with dates.
package house

import (
	"context"
	"time"

	"diwan/modules/kernel"
)

// Query answers administrators. What there is to look at is known to the program that wires it.
type Query struct {
	Look    func(ctx context.Context) (*Health, error)
	Decided func(ctx context.Context) ([]Policy, error)
}

// Health looks at everything now.
func (q *Query) Health(ctx context.Context) (*Health, error) {
	if q.Look == nil {
		return &Health{At: time.Now(), Lanes: []Lane{}, Views: []View{}, Feeds: []Feed{}, Checked: []Checked{}}, nil
	}
	return q.Look(ctx)
}

// Policies lists what was decided with dates.
func (q *Query) Policies(ctx context.Context) ([]Policy, error) {
	if q.Decided == nil {
		return []Policy{}, nil
	}
	return q.Decided(ctx)
}

// Health is how the house stands.
type Health struct {
	At      time.Time
	Lanes   []Lane
	Views   []View
	Feeds   []Feed
	Jobs    Jobs
	Checked []Checked
}

// Lane is a lane of the log.
type Lane struct {
	Lane                   string
	Head, Sealed, Cosigned int64
	SealedAt               *time.Time
	Fault                  string
}

// View is a read table.
type View struct {
	View          string
	Position, Lag int64
	AsOf          *time.Time
	Fault         string
	Building      *int // percent
}

// Feed is a consumer of the log.
type Feed struct {
	Consumer, Topic string
	Position, Lag   int64
	Parked          int
	MovedAt         time.Time
}

// Jobs counts long work.
type Jobs struct{ Waiting, Running, Failed int }

// Checked is one thing that was looked at.
type Checked struct {
	Name   string
	OK     bool
	Detail string
	Fix    string
}

// Policy is one thing that is decided with dates.
type Policy struct {
	ID        string
	Title     kernel.Text
	Decisions []Decision // the latest day first
}

// Decision is what holds from a day on.
type Decision struct {
	ID      string
	From    kernel.Date
	Until   kernel.Date
	InForce bool
	Says    kernel.Text
	By      string
}

// Dated orders decisions, which come in the order they were made, and tells from when until when each
// holds: of the same day the last decided.
func Dated(made []Decision, today kernel.Date) []Decision {
	dated := []Decision{}
	for _, d := range made {
		at := len(dated)
		for at > 0 && !dated[at-1].From.Before(d.From) {
			at--
		}
		if at < len(dated) && dated[at].From == d.From {
			dated[at] = d
			continue
		}
		dated = append(dated[:at], append([]Decision{d}, dated[at:]...)...)
	}
	for i := range dated {
		if i+1 < len(dated) {
			dated[i].Until = dated[i+1].From.AddDays(-1)
		}
		dated[i].InForce = today.Within(dated[i].From, dated[i].Until)
	}
	for i, j := 0, len(dated)-1; i < j; i, j = i+1, j-1 {
		dated[i], dated[j] = dated[j], dated[i]
	}
	return dated
}
