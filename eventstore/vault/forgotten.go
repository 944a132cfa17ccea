package vault

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Forgotten is the list of persons whose keys were destroyed: ids and times only, in a file that is
// not part of any backup of the database. A restore brings old keys back; the list ends them again
// before anything is served.
type Forgotten struct{ Path string }

// Add puts a person on the list. It is on disk when Add returns.
func (f Forgotten) Add(person uuid.UUID, at time.Time) error {
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return fmt.Errorf("make room for the list of the forgotten: %w", err)
	}
	file, err := os.OpenFile(f.Path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the list of the forgotten: %w", err)
	}
	defer file.Close()
	line := person.String() + " " + at.UTC().Format(time.RFC3339) + "\n"
	if torn, err := endsTorn(file); err != nil {
		return err
	} else if torn {
		line = "\n" + line // an earlier line was cut by a crash; it is not continued
	}
	if _, err := file.WriteString(line); err != nil {
		return fmt.Errorf("write the list of the forgotten: %w", err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write the list of the forgotten: %w", err)
	}
	dir, err := os.Open(filepath.Dir(f.Path))
	if err != nil {
		return fmt.Errorf("flush the list of the forgotten: %w", err)
	}
	defer dir.Close()
	return dir.Sync()
}

// List returns everybody on the list.
func (f Forgotten) List() ([]uuid.UUID, error) {
	file, err := os.Open(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of the forgotten: %w", err)
	}
	defer file.Close()
	var all []uuid.UUID
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		id, _, _ := strings.Cut(scanner.Text(), " ")
		person, err := uuid.Parse(id)
		if err != nil && len(id) >= 36 {
			return nil, fmt.Errorf("the list of the forgotten %s holds %q, which is not a person's id", f.Path, id)
		}
		if err != nil {
			continue // cut by a crash before Add returned: that erasure was not promised yet
		}
		all = append(all, person)
	}
	return all, scanner.Err()
}

func endsTorn(file *os.File) (bool, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	last := make([]byte, 1)
	if _, err := file.ReadAt(last, info.Size()-1); err != nil {
		return false, fmt.Errorf("read the list of the forgotten: %w", err)
	}
	return last[0] != '\n', nil
}
