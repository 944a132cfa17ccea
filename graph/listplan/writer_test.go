package listplan

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "بند ١", "\"\\\x00\x1f\x7f\u2028", "a\xffb\xc3", "😀\ud7ff", "\t\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		written := AppendString([]byte("x"), s)[1:]
		var read, want string
		if err := json.Unmarshal(written, &read); err != nil {
			t.Fatalf("%q is written as %s: %v", s, written, err)
		}
		standard, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(standard, &want); err != nil {
			t.Fatal(err)
		}
		if read != want || !utf8.Valid(written) {
			t.Fatalf("%q is read back as %q, encoding/json's as %q", s, read, want)
		}
	})
}

func TestTextThatAMethodAppendsIsEscapedToo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z"\\\x00-\x1f]*`)).Draw(t, "text")
		w := Writer{B: []byte("[")}
		at := w.OpenText()
		w.B = append(w.B, s...)
		w.CloseText(at)
		if want := string(AppendString([]byte("["), s)); string(w.B) != want {
			t.Fatalf("%q is written as %s, want %s", s, w.B, want)
		}
	})
}
