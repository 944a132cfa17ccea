package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"

	"github.com/minio/minio-go/v7"

	"diwan/faultpoint"
)

// pieceSize is how much of what arrives is held in memory before it goes to the store.
const pieceSize = 4 << 20

// piece names the object that holds what arrived from an offset on. Pieces follow each other: the
// next one begins where this one ends. A piece that a call interrupted before it was acknowledged is
// overwritten by the next call, or never reached.
func (s *S3) piece(id string, at int64) string {
	return path.Join(s.config.Prefix, "arriving", id, fmt.Sprintf("%020d", at))
}

// Stage appends to what arrives, see Staging.
func (s *S3) Stage(ctx context.Context, id string, at int64, r io.Reader, most int64) (int64, error) {
	if err := validID(id); err != nil {
		return 0, err
	}
	var n int64
	buffer := &bytes.Buffer{}
	for {
		buffer.Reset()
		left := int64(pieceSize)
		if most > 0 {
			left = min(left, most-n)
		}
		taken, failed := copyUpTo(ctx, buffer, io.LimitReader(r, left), 0)
		if taken > 0 {
			faultpoint.Reached(faultpoint.UploadMid)
			_, err := s.client.PutObject(ctx, s.config.Bucket, s.piece(id, at+n), bytes.NewReader(buffer.Bytes()), taken,
				minio.PutObjectOptions{DisableMultipart: true})
			if err != nil {
				return n, errors.Join(failed, fmt.Errorf("take a part of a file: %w", err))
			}
			n += taken
		}
		switch {
		case failed != nil:
			return n, failed
		case taken < left:
			return n, nil
		case most > 0 && n == most:
			_, err := copyUpTo(ctx, io.Discard, io.LimitReader(r, 2), 1)
			if err == nil {
				return n, nil
			}
			var more *TooLarge
			if errors.As(err, &more) {
				err = &TooLarge{most}
			}
			return n, err
		}
	}
}

// Staged reads what has arrived, see Staging.
func (s *S3) Staged(ctx context.Context, id string, n int64) (io.ReadCloser, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	prefix := path.Join(s.config.Prefix, "arriving", id) + "/"
	sizes := map[int64]int64{}
	for object := range s.client.ListObjectsIter(ctx, s.config.Bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if object.Err != nil {
			return nil, fmt.Errorf("read what has arrived: %w", object.Err)
		}
		if at, err := strconv.ParseInt(path.Base(object.Key), 10, 64); err == nil {
			sizes[at] = object.Size
		}
	}
	p := &pieces{ctx: ctx, store: s, id: id}
	for at := int64(0); at < n; at += sizes[at] {
		if sizes[at] == 0 {
			return nil, fmt.Errorf("%w: %d of %d bytes are there", ErrMissing, at, n)
		}
		p.starts = append(p.starts, at)
	}
	return closer{io.LimitReader(p, n), p.Close}, nil
}

// pieces reads the pieces of what arrived, one after the other.
type pieces struct {
	ctx    context.Context
	store  *S3
	id     string
	starts []int64
	open   io.ReadCloser
}

func (p *pieces) Read(into []byte) (int, error) {
	for {
		if p.open == nil {
			if len(p.starts) == 0 {
				return 0, io.EOF
			}
			core := minio.Core{Client: p.store.client}
			object, _, _, err := core.GetObject(p.ctx, p.store.config.Bucket, p.store.piece(p.id, p.starts[0]), minio.GetObjectOptions{})
			if err != nil {
				return 0, fmt.Errorf("read what has arrived: %w", err)
			}
			p.open, p.starts = object, p.starts[1:]
		}
		n, err := p.open.Read(into)
		if errors.Is(err, io.EOF) {
			err = p.open.Close()
			p.open = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// Close ends the reading.
func (p *pieces) Close() error {
	if p.open == nil {
		return nil
	}
	return p.open.Close()
}

// Unstage forgets what arrived, see Staging.
func (s *S3) Unstage(ctx context.Context, id string) error {
	if err := validID(id); err != nil {
		return err
	}
	prefix := path.Join(s.config.Prefix, "arriving", id) + "/"
	for object := range s.client.ListObjectsIter(ctx, s.config.Bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		err := object.Err
		if err == nil {
			err = s.client.RemoveObject(ctx, s.config.Bucket, object.Key, minio.RemoveObjectOptions{})
		}
		if err != nil {
			return fmt.Errorf("forget what has arrived: %w", err)
		}
	}
	return nil
}
