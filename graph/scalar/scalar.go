// Package scalar says how the schema's own scalars stand in JSON. AppendX writes what MarshalX
// does; list plans use it.
package scalar

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"diwan/modules/kernel"
)

// MarshalPosition writes the opaque token.
func MarshalPosition(p kernel.Position) graphql.Marshaler { return graphql.MarshalString(p.String()) }

// AppendPosition writes the opaque token.
func AppendPosition(b []byte, p kernel.Position) []byte { return append(p.Append(append(b, '"')), '"') }

// UnmarshalPosition reads a token that a mutation or a report gave.
func UnmarshalPosition(v any) (kernel.Position, error) {
	s, ok := v.(string)
	if !ok {
		return kernel.Position{}, fmt.Errorf("a position is text")
	}
	return kernel.ParsePosition(s)
}

// MarshalLong writes 64 bits as text, because a browser's numbers have 53.
func MarshalLong(n int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+strconv.FormatInt(n, 10)+`"`) })
}

// AppendLong writes 64 bits as text.
func AppendLong(b []byte, n int64) []byte {
	return append(strconv.AppendInt(append(b, '"'), n, 10), '"')
}

// UnmarshalLong reads a whole number, as text or as a number.
func UnmarshalLong(v any) (int64, error) {
	switch v := v.(type) {
	case string:
		return strconv.ParseInt(v, 10, 64)
	case json.Number:
		return strconv.ParseInt(v.String(), 10, 64)
	case int64:
		return v, nil
	}
	return 0, fmt.Errorf("%v is not a whole number", v)
}

// inUTC is RFC 3339 with milliseconds.
const inUTC = "2006-01-02T15:04:05.000Z"

// MarshalTime writes a moment in UTC with milliseconds.
func MarshalTime(t time.Time) graphql.Marshaler { return graphql.MarshalString(t.UTC().Format(inUTC)) }

// AppendTime writes a moment in UTC with milliseconds.
func AppendTime(b []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(b, '"'), inUTC), '"')
}

// UnmarshalTime reads RFC 3339.
func UnmarshalTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, fmt.Errorf("a time is text")
	}
	return time.Parse(time.RFC3339, s)
}

// MarshalDate writes a day, and null for none.
func MarshalDate(d kernel.Date) graphql.Marshaler {
	if d.IsZero() {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// AppendDate writes a day, and null for none.
func AppendDate(b []byte, d kernel.Date) []byte {
	if d.IsZero() {
		return append(b, "null"...)
	}
	return append(d.Append(append(b, '"')), '"')
}

// UnmarshalDate reads a day.
func UnmarshalDate(v any) (kernel.Date, error) {
	s, ok := v.(string)
	if !ok {
		return kernel.Date{}, fmt.Errorf("a day is text")
	}
	return kernel.ParseDate(s)
}
