package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"diwan/faultpoint"
)

// Folder keeps files as plain files: ROOT/kept/ab/cd/abcd…, readable by sha256sum and by any backup.
// Nodes on several machines may share one over a file system that keeps its promises of fsync, link
// and rename.
type Folder struct{ root string }

// abandoned is how old an unfinished file must be to be taken for one whose process has died.
const abandoned = 24 * time.Hour

// OpenFolder makes the folder when it is not there, and removes what killed processes left in it.
func OpenFolder(root string) (*Folder, error) {
	f := &Folder{root}
	for _, dir := range []string{f.keptDir(), f.newDir(), f.stageDir()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("open the folder of files: %w", err)
		}
	}
	if err := errors.Join(flushFolder(root), tidy(f.newDir(), time.Now().Add(-abandoned))); err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	return f, nil
}

func (f *Folder) keptDir() string  { return filepath.Join(f.root, "kept") }
func (f *Folder) newDir() string   { return filepath.Join(f.root, "new") }
func (f *Folder) stageDir() string { return filepath.Join(f.root, "arriving") }

func (f *Folder) path(h Hash) string {
	digits := h.Hex()
	return filepath.Join(f.keptDir(), digits[:2], digits[2:4], digits)
}

// Put keeps a file, see Store.
func (f *Folder) Put(ctx context.Context, r io.Reader, most int64, admit func(Kept) error) (k Kept, err error) {
	s, err := newScratch(ctx, f.newDir(), r, most)
	if err != nil {
		return Kept{}, err
	}
	defer func() { err = errors.Join(err, s.drop()) }()
	if admit != nil {
		if err := admit(s.kept); err != nil {
			return Kept{}, err
		}
	}
	faultpoint.Reached(faultpoint.FileBeforeVisible)
	if err := f.publish(ctx, s); err != nil {
		return Kept{}, fmt.Errorf("keep the file %s: %w", s.kept.Hash, err)
	}
	return s.kept, nil
}

// publish gives the scratch file its name. Linking fails when the name is taken, so that nothing is
// ever rewritten but a file that is damaged.
func (f *Folder) publish(ctx context.Context, s scratch) error {
	path := f.path(s.kept.Hash)
	if err := os.Chmod(s.file.Name(), 0o400); err != nil {
		return err
	}
	if err := f.makeFolders(path); err != nil {
		return err
	}
	err := os.Link(s.file.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		err = f.again(ctx, s, path)
	}
	if err != nil {
		return err
	}
	return flushFolder(filepath.Dir(path)) // also when another put it: its own flush may not have come yet
}

// again meets a file that is there already: it is young again, and whole.
func (f *Folder) again(ctx context.Context, s scratch, path string) error {
	now := time.Now()
	if err := os.Chtimes(path, now, now); err != nil {
		return err
	}
	var damaged *Damaged
	switch _, err := Check(ctx, f, s.kept.Hash); {
	case errors.As(err, &damaged):
		return os.Rename(s.file.Name(), path)
	case errors.Is(err, ErrMissing): // removed since
		return os.Link(s.file.Name(), path)
	default:
		return err
	}
}

// makeFolders makes the two folders above a file, and their names durable.
func (f *Folder) makeFolders(path string) error {
	inner := filepath.Dir(path)
	outer := filepath.Dir(inner)
	for _, dir := range []string{outer, inner} {
		err := os.Mkdir(dir, 0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(flushFolder(f.keptDir()), flushFolder(outer))
}

func (f *Folder) open(h Hash) (*os.File, error) {
	file, err := os.Open(f.path(h))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrMissing, h)
	}
	if err != nil {
		return nil, fmt.Errorf("open the file %s: %w", h, err)
	}
	return file, nil
}

// Open reads a file, see Store.
func (f *Folder) Open(_ context.Context, h Hash) (io.ReadCloser, error) {
	file, err := f.open(h)
	if err != nil {
		return nil, err
	}
	return newVerified(file, h), nil
}

// Range reads part of a file, see Store.
func (f *Folder) Range(_ context.Context, h Hash, from, n int64) (io.ReadCloser, error) {
	if from < 0 || n < 0 {
		return nil, fmt.Errorf("%d bytes from %d are no part of a file", n, from)
	}
	file, err := f.open(h)
	if err != nil {
		return nil, err
	}
	return closer{io.NewSectionReader(file, from, n), file.Close}, nil
}

// Stat tells a file's length, see Store.
func (f *Folder) Stat(_ context.Context, h Hash) (Kept, error) {
	info, err := os.Stat(f.path(h))
	if errors.Is(err, fs.ErrNotExist) {
		return Kept{}, fmt.Errorf("%w: %s", ErrMissing, h)
	}
	if err != nil {
		return Kept{}, fmt.Errorf("look at the file %s: %w", h, err)
	}
	return Kept{h, info.Size()}, nil
}

// Scan hands every file to found, see Store.
func (f *Folder) Scan(ctx context.Context, found func(Kept) error) error {
	return filepath.WalkDir(f.keptDir(), func(path string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || d.IsDir() {
			return err
		}
		h, ok := parseHex(d.Name())
		if !ok || f.path(h) != path {
			return nil // not ours
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return found(Kept{h, info.Size()})
	})
}

// Remove deletes a file that nobody has put lately, see Store.
func (f *Folder) Remove(_ context.Context, h Hash, putBefore time.Time) error {
	path := f.path(h)
	info, err := os.Stat(path)
	if err == nil && !info.ModTime().Before(putBefore) {
		return nil
	}
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove the file %s: %w", h, err)
	}
	return flushFolder(filepath.Dir(path))
}
