package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// scratchPrefix begins the names of files that are being written.
const scratchPrefix = "new-"

// scratch is a file that is being written, in a folder where nobody looks for files.
type scratch struct {
	file *os.File
	kept Kept
}

// newScratch reads r to its end into a new file in dir, flushed to disk.
func newScratch(ctx context.Context, dir string, r io.Reader, most int64) (s scratch, err error) {
	if s.file, err = os.CreateTemp(dir, scratchPrefix); err != nil {
		return s, fmt.Errorf("begin a file: %w", err)
	}
	sum := sha256.New()
	n, err := copyUpTo(ctx, io.MultiWriter(s.file, sum), r, most)
	if err == nil {
		err = s.file.Sync()
	}
	if err != nil {
		return s, errors.Join(fmt.Errorf("take a file: %w", err), s.drop())
	}
	s.kept = Kept{Hash(sum.Sum(nil)), n}
	return s, nil
}

// drop removes the scratch file; one that was renamed away is no error.
func (s scratch) drop() error {
	err := errors.Join(s.file.Close(), os.Remove(s.file.Name()))
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

// tidy removes what killed processes left in a folder of scratch files.
func tidy(dir string, before time.Time) error {
	left, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look for abandoned files: %w", err)
	}
	for _, f := range left {
		info, err := f.Info()
		if err == nil && strings.HasPrefix(f.Name(), scratchPrefix) && info.ModTime().Before(before) {
			err = os.Remove(filepath.Join(dir, f.Name()))
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove an abandoned file: %w", err)
		}
	}
	return nil
}

// flushFolder makes the names in a folder survive a power cut.
func flushFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
