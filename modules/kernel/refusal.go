package kernel

import "time"

// Refusal is a problem on its way to whoever asked: a Problem, or a Conflict that also says what
// changed.
type Refusal interface{ refusal() Problem }

func (p Problem) refusal() Problem  { return p }
func (c Conflict) refusal() Problem { return c.Problem }

// Conflict says that a document has moved since a screen was opened.
type Conflict struct {
	Problem
	Expected, Actual int64
	Changed          []Change
}

// Change is one thing that happened to the document meanwhile.
type Change struct {
	Type       string
	Version    int64
	Position   Position
	Actor      string
	OnBehalfOf *string
	At         time.Time
}

// Detail is one figure of a problem.
type Detail struct{ Name, Value string }
