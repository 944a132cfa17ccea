package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Clash is one field that two people wrote differently since both had seen it. Was, Theirs and Yours
// are JSON; empty where the field was not there.
type Clash struct {
	Path, Was, Theirs, Yours string
}

// Merge joins two people's changes of one JSON object. A field that only one of them changed has
// that change; a field both changed alike has it too; a field both changed differently keeps theirs,
// which is kept already, and is named among the clashes. Rows of a list are told apart by their "id";
// a list whose rows have none is one field. taken are the paths that came from the others.
func Merge(was, theirs, yours string) (merged string, taken []string, clashes []Clash, err error) {
	var three [3]any
	for i, text := range []string{was, theirs, yours} {
		if three[i], err = object(text); err != nil {
			return "", nil, nil, err
		}
	}
	m := merger{}
	joined := m.join("", three[0], three[1], three[2])
	text, err := json.Marshal(joined)
	if err != nil {
		return "", nil, nil, fmt.Errorf("write a merged draft: %w", err)
	}
	return string(text), m.taken, m.clashes, nil
}

// object reads a JSON object.
func object(text string) (map[string]any, error) {
	var o map[string]any
	if err := json.Unmarshal([]byte(text), &o); err != nil || o == nil {
		return nil, refusal("content", "content", "محتوى المسودة ليس كائن JSON.", "The draft's content is no JSON object.")
	}
	return o, nil
}

// absent is a field that is not there; JSON's null is something else.
type absent struct{}

type merger struct {
	taken   []string
	clashes []Clash
}

func (m *merger) join(path string, was, theirs, yours any) any {
	switch {
	case reflect.DeepEqual(theirs, yours), reflect.DeepEqual(was, yours):
		if !reflect.DeepEqual(was, theirs) && reflect.DeepEqual(was, yours) {
			m.taken = append(m.taken, path)
		}
		return theirs
	case reflect.DeepEqual(was, theirs):
		return yours
	}
	theirFields, yourFields := fields(theirs), fields(yours)
	if theirFields == nil || yourFields == nil {
		m.clashes = append(m.clashes, Clash{Path: path, Was: written(was), Theirs: written(theirs), Yours: written(yours)})
		return theirs
	}
	return m.joinFields(path, fields(was), theirFields, yourFields, rows(theirs) || rows(yours))
}

// joinFields joins objects, or lists of rows, field by field. The order of rows is that of the kept
// list, with new rows behind.
func (m *merger) joinFields(path string, was, theirs, yours *keyed, list bool) any {
	if was == nil {
		was = &keyed{}
	}
	joined := keyed{byName: map[string]any{}}
	for _, name := range union(theirs.order, yours.order, was.order) {
		below := name
		if path != "" {
			below = path + "." + name
		}
		if one := m.join(below, was.get(name), theirs.get(name), yours.get(name)); one != (absent{}) {
			joined.order = append(joined.order, name)
			joined.byName[name] = one
		}
	}
	if !list {
		return joined.byName
	}
	all := make([]any, 0, len(joined.order))
	for _, name := range joined.order {
		all = append(all, joined.byName[name])
	}
	return all
}

// keyed is an object, or a list of rows by their ids.
type keyed struct {
	order  []string
	byName map[string]any
}

func (k *keyed) get(name string) any {
	if one, ok := k.byName[name]; ok {
		return one
	}
	return absent{}
}

// fields reads an object or a list of rows; nil for anything else.
func fields(v any) *keyed {
	switch v := v.(type) {
	case map[string]any:
		return &keyed{order: slices.Sorted(maps.Keys(v)), byName: v}
	case []any:
		k := &keyed{byName: map[string]any{}}
		for _, one := range v {
			row, isObject := one.(map[string]any)
			id, hasID := row["id"].(string)
			if _, twice := k.byName[id]; !isObject || !hasID || twice {
				return nil
			}
			k.order = append(k.order, id)
			k.byName[id] = one
		}
		return k
	}
	return nil
}

func rows(v any) bool {
	_, list := v.([]any)
	return list
}

// union keeps each name once, in the order it is first met.
func union(lists ...[]string) []string {
	var all []string
	met := map[string]bool{}
	for _, list := range lists {
		for _, name := range list {
			if !met[name] {
				met[name] = true
				all = append(all, name)
			}
		}
	}
	return all
}

func written(v any) string {
	if v == (absent{}) {
		return ""
	}
	text, _ := json.Marshal(v) // it came from JSON
	return string(text)
}
