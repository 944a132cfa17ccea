package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// terminal is where a command reads and speaks. The environment is a function, so that tests run
// whole commands in process.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string

	json    bool   // --json: one JSON value on out
	as      string // --as: the person of the demo who acts
	behalf  string // --on-behalf-of: the principal they act for
	printed bool   // the JSON value is out
}

// progress tells the person what is going on; it never goes to standard output.
func (t *terminal) progress(format string, args ...any) {
	fmt.Fprintf(t.err, format+"\n", args...)
}

// language is that of the sentences: Arabic when the environment's language is Arabic.
func (t *terminal) language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := t.env(name); v != "" {
			if strings.HasPrefix(v, "ar") {
				return "ar"
			}
			return "en"
		}
	}
	return "en"
}

// answer prints v with --json, and otherwise lets plain write for a person.
func (t *terminal) answer(v any, plain func(w io.Writer)) {
	if t.json {
		t.print(v)
		return
	}
	plain(t.out)
}

// table writes rows under a head in aligned columns.
func table(w io.Writer, head []string, rows [][]string) {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, strings.Join(head, "\t"))
	for _, r := range rows {
		fmt.Fprintln(tw, strings.Join(r, "\t"))
	}
	_ = tw.Flush() // a closed pipe is the reader's choice
}
