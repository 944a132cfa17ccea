package graph

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// Bounds of what is kept about documents.
const (
	mostDocuments = 500
	longestCached = 8 << 10 // a longer text is read anew each time
)

type documentOf = *ast.QueryDocument

// recent keeps what was found out about questions, by their text. When it is full, those not asked
// since the last time it was full are forgotten.
type recent[T any] struct {
	mu         sync.Mutex
	young, old map[string]T
}

func newRecent[T any]() *recent[T] { return &recent[T]{young: map[string]T{}} }

// Get returns what is known of a text.
func (d *recent[T]) Get(_ context.Context, text string) (T, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, found := d.young[text]
	if !found {
		if known, found = d.old[text]; found {
			d.keep(text, known)
		}
	}
	return known, found
}

// Add keeps what is known of a text.
func (d *recent[T]) Add(_ context.Context, text string, known T) {
	if len(text) > longestCached {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep(text, known)
}

func (d *recent[T]) keep(text string, known T) {
	if len(d.young) >= mostDocuments/2 {
		d.old, d.young = d.young, make(map[string]T, mostDocuments/2)
	}
	d.young[text] = known
}
