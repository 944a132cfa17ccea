package graph

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// Bounds of the cache of documents.
const (
	mostDocuments = 500
	longestCached = 8 << 10 // a longer text is read anew each time
)

// documents keeps questions that were read and found valid, by their text. When it is full, those
// not asked since the last time it was full are forgotten.
type documents struct {
	mu         sync.Mutex
	young, old map[string]*ast.QueryDocument
}

func newDocuments() *documents {
	return &documents{young: map[string]*ast.QueryDocument{}}
}

// Get returns the document of a text.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	doc, found := d.young[text]
	if !found {
		if doc, found = d.old[text]; found {
			d.keep(text, doc)
		}
	}
	return doc, found
}

// Add keeps the document of a text.
func (d *documents) Add(_ context.Context, text string, doc *ast.QueryDocument) {
	if len(text) > longestCached {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep(text, doc)
}

func (d *documents) keep(text string, doc *ast.QueryDocument) {
	if len(d.young) >= mostDocuments/2 {
		d.old, d.young = d.young, make(map[string]*ast.QueryDocument, mostDocuments/2)
	}
	d.young[text] = doc
}
