package directory

import "maps"

// shelves is how many parts a shelf has. A change copies one part, so a state with fifty thousand
// units changes at the cost of two hundred.
const shelves = 256

// shelf is a map that is a value: put returns a new one and leaves the old one as it is.
type shelf[T any] struct {
	parts *[shelves]map[string]T
	count int
}

func (s shelf[T]) get(key string) (value T, ok bool) {
	if s.parts == nil {
		return value, false
	}
	value, ok = s.parts[place(key)][key]
	return value, ok
}

func (s shelf[T]) put(key string, value T) shelf[T] {
	parts := new([shelves]map[string]T)
	if s.parts != nil {
		*parts = *s.parts
	}
	i := place(key)
	part := maps.Clone(parts[i])
	if part == nil {
		part = map[string]T{}
	}
	if _, there := part[key]; !there {
		s.count++
	}
	part[key] = value
	parts[i] = part
	s.parts = parts
	return s
}

// each calls do for every entry, in no order, until it answers false.
func (s shelf[T]) each(do func(key string, value T) bool) {
	if s.parts == nil {
		return
	}
	for i := range s.parts {
		for key, value := range s.parts[i] {
			if !do(key, value) {
				return
			}
		}
	}
}

// place spreads keys over the parts (FNV-1a).
func place(key string) int {
	h := uint32(2166136261)
	for i := range len(key) {
		h = (h ^ uint32(key[i])) * 16777619
	}
	return int(h % shelves)
}
