package kernel

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
)

// Connection is a page of a list. Nodes are what a table shows; edges, with their cursors, are
// made only when somebody asks for them.
type Connection[T any] struct {
	Nodes []T
	More  bool              // something follows
	Back  bool              // something came before
	key   func(*T, Key) Key // the sort key of a row, last part unique
}

// Edge is a row with its cursor. The cursor is made when somebody asks for it.
type Edge[T any] struct {
	of *Connection[T]
	i  int
}

// PageInfo says where a page begins and ends.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// Page is what a caller asks of a list: at most First rows after the row whose sort key is After.
type Page struct {
	First int
	After []string // nil = from the beginning
}

// MostRows is the longest page anybody gets.
const MostRows = 500

// NewPage reads the arguments of a list; a page longer than MostRows, or a cursor that no list
// gave out, is refused. keys is how many parts the list's sort key has.
func NewPage(first int, after *string, keys int) (Page, error) {
	if first < 1 || first > MostRows {
		return Page{}, Problem{
			Code: "page_size", Path: "first",
			Message: Text{
				Ar: fmt.Sprintf("عدد الصفوف في الصفحة من 1 إلى %d.", MostRows),
				En: fmt.Sprintf("A page has 1 to %d rows.", MostRows),
			},
		}
	}
	p := Page{First: first}
	if after == nil {
		return p, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*after)
	if err == nil {
		err = json.Unmarshal(raw, &p.After)
	}
	if err != nil || len(p.After) != keys {
		return Page{}, Problem{
			Code: "cursor", Path: "after",
			Message: Text{Ar: "علامة الصفحة ليست من هذه القائمة.", En: "The cursor does not come from this list."},
		}
	}
	return p, nil
}

// Key returns the i-th part of the sort key to go on after, or nothing to begin at the start.
func (p Page) Key(i int) *string {
	if p.After == nil {
		return nil
	}
	return &p.After[i]
}

// NewConnection makes a page from rows read with a limit of First+1; key gives a row's sort key.
func NewConnection[T any](p Page, rows []T, key func(*T) []string) *Connection[T] {
	return NewKeyedConnection(p, rows, func(one *T, k Key) Key {
		for _, part := range key(one) {
			k = k.Text(part)
		}
		return k
	})
}

// NewKeyedConnection is NewConnection for long lists: the key's parts are appended, not returned.
func NewKeyedConnection[T any](p Page, rows []T, key func(*T, Key) Key) *Connection[T] {
	c := &Connection[T]{Nodes: rows, Back: p.After != nil, key: key}
	if len(rows) > p.First {
		c.Nodes, c.More = rows[:p.First], true
	}
	if c.Nodes == nil {
		c.Nodes = []T{}
	}
	return c
}

// Edges returns the rows with their cursors.
func (c *Connection[T]) Edges() []Edge[T] {
	edges := make([]Edge[T], len(c.Nodes))
	for i := range edges {
		edges[i] = Edge[T]{c, i}
	}
	return edges
}

// Node is the row.
func (e *Edge[T]) Node() *T { return &e.of.Nodes[e.i] }

// Cursor is what to go on after.
func (e *Edge[T]) Cursor() string { return e.of.cursorOf(e.i) }

// AppendCursor appends the cursor.
func (e *Edge[T]) AppendCursor(b []byte) []byte { return e.of.appendCursor(b, e.i) }

// PageInfo says where the page begins and ends.
func (c *Connection[T]) PageInfo() PageInfo {
	p := PageInfo{HasNextPage: c.More, HasPreviousPage: c.Back}
	if n := len(c.Nodes); n > 0 {
		first, last := c.cursorOf(0), c.cursorOf(n-1)
		p.StartCursor, p.EndCursor = &first, &last
	}
	return p
}

func (c *Connection[T]) cursorOf(i int) string { return string(c.appendCursor(nil, i)) }

// appendCursor writes the key at the end of b and then the cursor over it.
func (c *Connection[T]) appendCursor(b []byte, i int) []byte {
	start := len(b)
	b = append(c.key(&c.Nodes[i], append(b, '[')), ']')
	key := len(b)
	b = base64.RawURLEncoding.AppendEncode(b, b[start:key])
	return b[:start+copy(b[start:], b[key:])]
}

// Key is a sort key while it is written.
type Key []byte

// Int adds a number.
func (k Key) Int(n int64) Key { return append(strconv.AppendInt(append(k.next(), '"'), n, 10), '"') }

// Text adds text.
func (k Key) Text(s string) Key {
	k = k.next()
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(s) // text always marshals
			return append(k, quoted...)
		}
	}
	return append(append(append(k, '"'), s...), '"')
}

func (k Key) next() Key {
	if k[len(k)-1] == '[' {
		return k
	}
	return append(k, ',')
}
