package listplan

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// Writer holds the JSON of one list while it grows. It is also the list's answer: gqlgen has it
// written once, and then it is used again.
type Writer struct {
	B []byte
	// Bad tells that a value is null where the schema allows none: the ordinary way says where.
	Bad bool

	settings *Settings
	buffer   *buffer
}

// List writes the rows of a list and returns its answer; false when the ordinary way must be gone:
// a row has null where none is allowed, or a value's method panicked.
func (w *Writer) List(p *Plan, rows int, gather func(i int), batch func(), row func(i int) bool) (m graphql.Marshaler, ok bool) {
	defer func() {
		if !ok {
			_ = recover() // the ordinary way meets the same panic, and says at which field
			m = nil
			w.release()
		}
	}()
	if p.Slow {
		return nil, false
	}
	if p.Deep {
		for i := range rows {
			gather(i)
		}
		batch()
	}
	w.B = append(w.B, '[')
	for i := range rows {
		if i > 0 {
			w.B = append(w.B, ',')
		}
		if row(i) {
			continue
		}
		if w.Bad {
			return nil, false
		}
		p.tell()
		w.release()
		return graphql.Null, true
	}
	w.B = append(w.B, ']')
	p.tell()
	return w, true
}

// MarshalGQL gives the list to gqlgen, once.
func (w *Writer) MarshalGQL(to io.Writer) {
	if b, ok := to.(*bytes.Buffer); ok {
		b.Grow(len(w.B) + 512) // what stands around the list too
	}
	_, _ = to.Write(w.B) // a bytes.Buffer never fails
	w.release()
}

// Write appends, so that a marshaler without an append function can write too.
func (w *Writer) Write(b []byte) (int, error) {
	w.B = append(w.B, b...)
	return len(b), nil
}

// Open begins an object and returns where.
func (w *Writer) Open() int {
	w.B = append(w.B, '{')
	return len(w.B) - 1
}

// Key writes the name of an object's next field.
func (w *Writer) Key(i int, key string) {
	if i > 0 {
		w.B = append(w.B, ',')
	}
	w.B = append(w.B, key...)
}

// Close ends an object.
func (w *Writer) Close() bool {
	w.B = append(w.B, '}')
	return true
}

// Cut takes back what was written since start, because it holds null where none is allowed; what
// holds it decides whether it may be null itself.
func (w *Writer) Cut(start int) bool {
	w.B = w.B[:start]
	return false
}

// Lack is Cut for a null that nobody has told yet.
func (w *Writer) Lack() bool {
	w.Bad = true
	return false
}

// Null writes null where it is allowed.
func (w *Writer) Null() bool {
	w.B = append(w.B, "null"...)
	return true
}

// Append takes over a buffer something was appended to.
func (w *Writer) Append(b []byte) bool {
	w.B = b
	return true
}

// Raw writes JSON as it is.
func (w *Writer) Raw(s string) bool {
	w.B = append(w.B, s...)
	return true
}

// Marshal writes what only has gqlgen's own method.
func (w *Writer) Marshal(m graphql.Marshaler) bool {
	if m == nil {
		return w.Null()
	}
	m.MarshalGQL(w)
	return true
}

// Given tells whether the value written since start is one, and not null.
func (w *Writer) Given(start int) bool {
	if len(w.B)-start == 4 && string(w.B[start:]) == "null" {
		w.Bad = true
		return false
	}
	return true
}

// Bool writes true or false.
func (w *Writer) Bool(v bool) bool {
	w.B = strconv.AppendBool(w.B, v)
	return true
}

// Int writes a whole number.
func (w *Writer) Int(v int64) bool {
	w.B = strconv.AppendInt(w.B, v, 10)
	return true
}

// String writes text.
func (w *Writer) String(s string) bool {
	w.B = AppendString(w.B, s)
	return true
}

// OpenText begins text that a method appends itself, and returns where it begins.
func (w *Writer) OpenText() int {
	w.B = append(w.B, '"')
	return len(w.B)
}

// CloseText ends it, and escapes what the method has not.
func (w *Writer) CloseText(start int) bool {
	for _, c := range w.B[start:] {
		if special(c) || c >= utf8.RuneSelf {
			text := string(w.B[start:])
			w.B = AppendString(w.B[:start-1], text)
			return true
		}
	}
	w.B = append(w.B, '"')
	return true
}

func special(c byte) bool { return c < 0x20 || c == '"' || c == '\\' }

const hex = "0123456789ABCDEF"

// AppendString appends text as JSON. Bytes that are no UTF-8 become the replacement character, so
// that the answer is JSON whatever a column holds.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if !special(c) {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			switch c {
			case '\t':
				b = append(b, '\\', 't')
			case '\r':
				b = append(b, '\\', 'r')
			case '\n':
				b = append(b, '\\', 'n')
			case '"', '\\':
				b = append(b, '\\', c)
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(append(b, s[start:i]...), "\uFFFD"...)
			start = i + 1
		}
		i += size
	}
	return append(append(b, s[start:]...), '"')
}
