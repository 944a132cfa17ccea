package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"diwan/eventstore/blob"
)

// Files are the files that events refer to, each under its own hash in the folder files.
type Files struct {
	Count  int64  `json:"count"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // of the list
}

const (
	filesFolder = "files"
	filesList   = "files.list"
)

// lists is how many lists of files the backup has.
func (m *Manifest) lists() int {
	if m.Files == nil {
		return 0
	}
	return 1
}

func inFolder(dir string, h blob.Hash) string {
	return filepath.Join(dir, filesFolder, h.Hex()[:2], h.Hex())
}

// copyFilesOut copies every file of the store, compared with its name, and lists them.
func (m *Manifest) copyFilesOut(ctx context.Context, store blob.Store, dir string, progress Progress) (err error) {
	list, err := os.OpenFile(filepath.Join(dir, filesList), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	sum := sha256.New()
	out := bufio.NewWriter(io.MultiWriter(list, sum))
	files := &Files{}
	err = store.Scan(ctx, func(k blob.Kept) error {
		n, err := copyFileOut(ctx, store, k.Hash, inFolder(dir, k.Hash))
		if errors.Is(err, blob.ErrMissing) {
			return nil // removed since it was listed
		}
		if err != nil {
			return err
		}
		files.Count++
		files.Bytes += n
		progress.say("writing files", files.Count, 0)
		_, err = fmt.Fprintf(out, "%s %d\n", k.Hash.Hex(), n)
		return err
	})
	if err := errors.Join(err, out.Flush(), list.Sync()); err != nil {
		return err
	}
	files.SHA256 = hex.EncodeToString(sum.Sum(nil))
	m.Files = files
	return nil
}

func copyFileOut(ctx context.Context, store blob.Store, h blob.Hash, path string) (n int64, err error) {
	from, err := store.Open(ctx, h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, err
	}
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(to, from)
	return n, errors.Join(err, to.Sync(), to.Close())
}

// eachFile reads the list of files.
func (m *Manifest) eachFile(dir string, do func(h blob.Hash, bytes int64) error) error {
	list, err := os.Open(filepath.Join(dir, filesList))
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	defer list.Close()
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		digits, size, _ := strings.Cut(lines.Text(), " ")
		h, err := blob.ParseHash("sha256:" + digits)
		bytes, sizeErr := strconv.ParseInt(size, 10, 64)
		if err != nil || sizeErr != nil {
			return refuse("%s is damaged", filesList)
		}
		if err := do(h, bytes); err != nil {
			return err
		}
	}
	return lines.Err()
}

// checkFiles compares every file with its name, and the folder with the list.
func (m *Manifest) checkFiles(dir string, progress Progress) error {
	if m.Files == nil {
		if _, err := os.Stat(filepath.Join(dir, filesFolder)); err == nil {
			return refuse("%s does not belong to it", filesFolder)
		}
		return nil
	}
	listed, bytes := map[string]bool{}, int64(0)
	err := m.eachFile(dir, func(h blob.Hash, size int64) error {
		progress.say("checking files", int64(len(listed)), m.Files.Count)
		sum, n, err := sumOf(inFolder(dir, h))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return refuse("the file %s is missing", h.Hex())
		case err != nil:
			return fmt.Errorf("read the backup: %w", err)
		case sum != h.Hex() || n != size:
			return refuse("the file %s was changed", h.Hex())
		}
		listed[inFolder(dir, h)] = true
		bytes += n
		return nil
	})
	if err != nil {
		return err
	}
	if int64(len(listed)) != m.Files.Count || bytes != m.Files.Bytes {
		return refuse("the manifest has %d files of %d bytes, the list %d of %d", m.Files.Count, m.Files.Bytes, len(listed), bytes)
	}
	err = filepath.WalkDir(filepath.Join(dir, filesFolder), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && m.Files.Count == 0 {
			return nil
		}
		if err == nil && !d.IsDir() && !listed[path] {
			return refuse("%s does not belong to it", d.Name())
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("look into the backup's files: %w", err)
	}
	return nil
}

// copyFilesIn puts the files into the store; those that are there already are compared, not doubled.
func (m *Manifest) copyFilesIn(ctx context.Context, dir string, store blob.Store, progress Progress) error {
	if m.Files == nil {
		return nil
	}
	if store == nil {
		return refuse("it holds %d files, and there is no store for them", m.Files.Count)
	}
	done := int64(0)
	return m.eachFile(dir, func(h blob.Hash, size int64) (err error) {
		from, err := os.Open(inFolder(dir, h))
		if err != nil {
			return fmt.Errorf("read the backup: %w", err)
		}
		defer func() { err = errors.Join(err, from.Close()) }()
		_, err = store.Put(ctx, from, size, func(k blob.Kept) error {
			if k.Hash != h || k.Bytes != size {
				return fmt.Errorf("the file %s of the backup changed while it was restored", h.Hex())
			}
			return nil
		})
		done++
		progress.say("restoring files", done, m.Files.Count)
		return err
	})
}
