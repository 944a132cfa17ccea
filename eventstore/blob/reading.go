package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// verified compares what was read with the name, at the end.
type verified struct {
	in   io.ReadCloser
	want Hash
	sum  hash.Hash
}

func newVerified(in io.ReadCloser, want Hash) *verified { return &verified{in, want, sha256.New()} }

// Read gives the file's bytes, and at its end *Damaged when they are not those of its name.
func (v *verified) Read(p []byte) (int, error) {
	n, err := v.in.Read(p)
	v.sum.Write(p[:n])
	if errors.Is(err, io.EOF) {
		if got := Hash(v.sum.Sum(nil)); got != v.want {
			return n, &Damaged{Want: v.want, Got: got}
		}
	}
	return n, err
}

// Close ends the reading.
func (v *verified) Close() error { return v.in.Close() }

// Check reads a whole file and compares it with its name. Errors: ErrMissing, *Damaged.
func Check(ctx context.Context, s Store, h Hash) (bytes int64, err error) {
	r, err := s.Open(ctx, h)
	if err != nil {
		return 0, err
	}
	bytes, err = io.Copy(io.Discard, bounded{ctx, r})
	return bytes, errors.Join(err, r.Close())
}

// bounded stops reading when its context ends.
type bounded struct {
	ctx context.Context
	in  io.Reader
}

func (b bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.in.Read(p)
}

// copyUpTo copies at most most bytes (0 = all) and answers *TooLarge when there is more.
func copyUpTo(ctx context.Context, to io.Writer, from io.Reader, most int64) (int64, error) {
	from = bounded{ctx, from}
	if most <= 0 {
		return io.Copy(to, from)
	}
	n, err := io.Copy(to, io.LimitReader(from, most))
	if err != nil || n < most {
		return n, err
	}
	var one [1]byte
	for {
		more, err := from.Read(one[:])
		switch {
		case more > 0:
			return n, &TooLarge{most}
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return n, err
		}
	}
}

// closer reads from one thing and closes others.
type closer struct {
	io.Reader
	close func() error
}

// Close ends the reading.
func (c closer) Close() error { return c.close() }
