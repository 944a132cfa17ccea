package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"diwan/faultpoint"
)

// Stage appends to what arrives, see Staging.
func (f *Folder) Stage(ctx context.Context, id string, at int64, r io.Reader, most int64) (n int64, err error) {
	if err := validID(id); err != nil {
		return 0, err
	}
	path := filepath.Join(f.stageDir(), id)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return 0, fmt.Errorf("take a part of a file: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return 0, fmt.Errorf("take a part of a file: %w", err)
	}
	if info.Size() < at {
		return 0, fmt.Errorf("%w: %d of the %d bytes before this part are there", ErrMissing, info.Size(), at)
	}
	if err := file.Truncate(at); err != nil {
		return 0, fmt.Errorf("take a part of a file: %w", err)
	}
	if _, err := file.Seek(at, io.SeekStart); err != nil {
		return 0, fmt.Errorf("take a part of a file: %w", err)
	}
	n, failed := copyUpTo(ctx, file, r, most)
	faultpoint.Reached(faultpoint.UploadMid)
	if err := errors.Join(file.Sync(), flushFolder(f.stageDir())); err != nil {
		return 0, fmt.Errorf("take a part of a file: %w", err)
	}
	return n, failed
}

// Staged reads what has arrived, see Staging.
func (f *Folder) Staged(_ context.Context, id string, n int64) (io.ReadCloser, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(f.stageDir(), id))
	if errors.Is(err, fs.ErrNotExist) {
		if n == 0 {
			return closer{eof{}, func() error { return nil }}, nil
		}
		return nil, fmt.Errorf("%w: nothing of it has arrived", ErrMissing)
	}
	if err != nil {
		return nil, fmt.Errorf("read what has arrived: %w", err)
	}
	info, err := file.Stat()
	if err == nil && info.Size() < n {
		err = fmt.Errorf("%w: %d of %d bytes are there", ErrMissing, info.Size(), n)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return closer{io.LimitReader(file, n), file.Close}, nil
}

// Unstage forgets what arrived, see Staging.
func (f *Folder) Unstage(_ context.Context, id string) error {
	if err := validID(id); err != nil {
		return err
	}
	err := os.Remove(filepath.Join(f.stageDir(), id))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget what has arrived: %w", err)
	}
	return nil
}

// eof is an empty file.
type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }
