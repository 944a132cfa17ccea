package blob

import (
	"bytes"
	"context"
	"errors"
	"sort"
)

// Fixity is the state of the files that events refer to (ثبات الملفات).
type Fixity struct {
	Referenced int      `json:"referenced"`
	Bytes      int64    `json:"bytes"`
	Missing    []string `json:"missing"` // names that events hold and the store does not
	Changed    []string `json:"changed"` // names whose content is another one now
	OK         bool     `json:"ok"`
}

// Verify compares the files with their names: whether each is there, and, when whole is asked for,
// every byte of it. Progress may be nil.
func Verify(ctx context.Context, s Store, names []Hash, whole bool, progress func(done, total int)) (Fixity, error) {
	f := Fixity{Missing: []string{}, Changed: []string{}}
	seen := map[Hash]bool{}
	for i, h := range names {
		if progress != nil {
			progress(i, len(names))
		}
		if seen[h] {
			continue
		}
		seen[h] = true
		f.Referenced++
		kept, err := s.Stat(ctx, h)
		if err == nil && whole {
			kept.Bytes, err = Check(ctx, s, h)
		}
		var damaged *Damaged
		switch {
		case errors.Is(err, ErrMissing):
			f.Missing = append(f.Missing, h.String())
		case errors.As(err, &damaged):
			f.Changed = append(f.Changed, h.String())
		case err != nil:
			return f, err
		default:
			f.Bytes += kept.Bytes
		}
	}
	sort.Strings(f.Missing)
	sort.Strings(f.Changed)
	f.OK = len(f.Missing)+len(f.Changed) == 0
	return f, nil
}

// ReferencesIn finds the names of files in the JSON of an event: every string that is one.
func ReferencesIn(event []byte) []Hash {
	var all []Hash
	for {
		at := bytes.Index(event, []byte(`"`+refPrefix))
		if at < 0 {
			return all
		}
		event = event[at+1:]
		end := bytes.IndexByte(event, '"')
		if end < 0 {
			return all
		}
		if h, err := ParseHash(string(event[:end])); err == nil {
			all = append(all, h)
		}
		event = event[end:]
	}
}
