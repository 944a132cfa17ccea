package listplan

import (
	"context"
	"sync"
)

// Settings are how a server answers lists; one is shared by all its requests.
type Settings struct {
	// Stock makes every list go gqlgen's ordinary way, to compare the two.
	Stock bool

	buffers sync.Pool // of *buffer
}

type buffer struct{ b []byte }

// Lengths of the buffers lists are written to.
const (
	firstBuffer = 16 << 10
	mostKept    = 1 << 20 // a longer one is not kept for the next list
)

type settingsKey struct{}

// With has the lists of a request answered so.
func With(ctx context.Context, s *Settings) context.Context {
	return context.WithValue(ctx, settingsKey{}, s)
}

// Begin returns an empty writer for a list of so many rows; nil when the list goes the ordinary way.
func Begin(ctx context.Context, rows int) *Writer {
	s, _ := ctx.Value(settingsKey{}).(*Settings)
	if rows == 0 || s != nil && s.Stock {
		return nil
	}
	w := &Writer{settings: s}
	if s != nil {
		w.buffer, _ = s.buffers.Get().(*buffer)
	}
	if w.buffer == nil {
		w.buffer = &buffer{make([]byte, 0, firstBuffer)}
	}
	w.B = w.buffer.b[:0]
	return w
}

// release keeps the buffer for another list. The writer holds nothing after it.
func (w *Writer) release() {
	if w.settings != nil && w.buffer != nil && cap(w.B) <= mostKept {
		w.buffer.b = w.B
		w.settings.buffers.Put(w.buffer)
	}
	w.B, w.buffer = nil, nil
}
