package blobtest

import (
	"bytes"
	"context"
	"io"
	"slices"
	"time"

	"diwan/eventstore/blob"
)

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// Planted wraps a store with one fault; History must find each of Faults.
type Planted struct {
	blob.Store
	Fault string
}

// Faults are those that can be planted.
var Faults = []string{
	"keeps what broke off", "keeps too much", "forgets the second of two alike", "range is off by one",
	"scan leaves out the empty file", "remove takes young files", "a piece sent again is doubled", "long files are cut",
}

// Put keeps a file, with a fault.
func (p Planted) Put(ctx context.Context, r io.Reader, most int64, admit func(blob.Kept) error) (blob.Kept, error) {
	switch p.Fault {
	case "keeps what broke off":
		var got bytes.Buffer
		if _, err := io.Copy(&got, r); err != nil {
			_, _ = p.Store.Put(ctx, &got, 0, nil)
			return blob.Kept{}, err
		}
		r = &got
	case "keeps too much":
		var got bytes.Buffer
		_, _ = io.Copy(&got, r)
		k, err := p.Store.Put(ctx, bytes.NewReader(got.Bytes()), most, admit)
		if err != nil {
			_, _ = p.Store.Put(ctx, bytes.NewReader(got.Bytes()), 0, admit)
		}
		return k, err
	case "forgets the second of two alike":
		k, err := p.Store.Put(ctx, r, most, func(k blob.Kept) error {
			if _, err := p.Store.Stat(ctx, k.Hash); err == nil {
				_ = p.Store.Remove(ctx, k.Hash, time.Now().Add(time.Hour))
				return errRefused
			}
			return nil
		})
		if k == (blob.Kept{}) && err == errRefused { //nolint:errorlint // it is the very one given
			return blob.Kept{}, nil
		}
		return k, err
	case "long files are cut":
		r = io.LimitReader(r, 32<<10)
	}
	return p.Store.Put(ctx, r, most, admit)
}

// Range reads part of a file, with a fault.
func (p Planted) Range(ctx context.Context, h blob.Hash, from, n int64) (io.ReadCloser, error) {
	if p.Fault == "range is off by one" && n > 0 {
		n--
	}
	return p.Store.Range(ctx, h, from, n)
}

// Scan lists the files, with a fault.
func (p Planted) Scan(ctx context.Context, found func(blob.Kept) error) error {
	return p.Store.Scan(ctx, func(k blob.Kept) error {
		if p.Fault == "scan leaves out the empty file" && k.Bytes == 0 {
			return nil
		}
		return found(k)
	})
}

// Remove deletes a file, with a fault.
func (p Planted) Remove(ctx context.Context, h blob.Hash, putBefore time.Time) error {
	if p.Fault == "remove takes young files" {
		putBefore = time.Now().Add(time.Hour)
	}
	return p.Store.Remove(ctx, h, putBefore)
}

// Staged reads what arrived, with a fault.
func (p Planted) Staged(ctx context.Context, id string, n int64) (io.ReadCloser, error) {
	r, err := p.Store.Staged(ctx, id, n)
	if err != nil || p.Fault != "a piece sent again is doubled" || n < 2 {
		return r, err
	}
	text, err := io.ReadAll(r)
	return io.NopCloser(io.MultiReader(bytes.NewReader(text[:1]), bytes.NewReader(text))), err
}
