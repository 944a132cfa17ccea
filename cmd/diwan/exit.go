package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"diwan/modules/kernel"
)

// The exit statuses that scripts rely on.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
	exitMissing = 3
)

// failure is an end that is not success: its exit status, and one sentence in both languages.
type failure struct {
	status int
	code   string
	say    kernel.Text
	cause  error
}

// Error is the English sentence, with what caused it.
func (f *failure) Error() string {
	if f.cause != nil {
		return f.say.In("en") + ": " + f.cause.Error()
	}
	return f.say.In("en")
}

// Unwrap is what caused it.
func (f *failure) Unwrap() error { return f.cause }

// wrongUsage says that the command was called wrongly: status 2.
func wrongUsage(format string, args ...any) error {
	return &failure{status: exitUsage, code: "diwan.usage", say: kernel.Text{En: fmt.Sprintf(format, args...)}}
}

// missing says that something Diwan needs is missing or down: status 3.
func missing(cause error, format string, args ...any) error {
	return &failure{status: exitMissing, code: "diwan.missing", say: kernel.Text{En: fmt.Sprintf(format, args...)}, cause: cause}
}

// errSaid ends a command with status 1 when its answer on standard output already says why.
var errSaid = errors.New("the answer says why")

// answerFailure tells the person, or with --json the program, how a command failed, and returns its exit status.
func answerFailure(ctx context.Context, t *terminal, err error) int {
	if errors.Is(err, errSaid) {
		return exitRefused
	}
	status, problems := classify(ctx, err)
	if t.json && !t.printed {
		t.print(map[string]any{"problems": problems})
	}
	for _, p := range problems {
		where := ""
		if p.Path != "" {
			where = p.Path + ": "
		}
		fmt.Fprintf(t.err, "diwan: %s%s\n", where, p.Message.In(t.language()))
	}
	return status
}

// classify finds the exit status of an error and what there is to say about it.
func classify(ctx context.Context, err error) (int, kernel.Problems) {
	if refused := kernel.ProblemsOf(err); refused != nil {
		return exitRefused, refused
	}
	var f *failure
	if errors.As(err, &f) {
		say := f.say
		if f.cause != nil {
			say.En = oneLine(f.Error())
		}
		return f.status, kernel.Problems{{Code: f.code, Message: say}}
	}
	if ctx.Err() != nil {
		return exitMissing, kernel.Problems{{Code: "diwan.stopped", Message: kernel.Text{
			Ar: "أُوقف الأمر قبل أن يكتمل.", En: "Stopped before it was done.",
		}}}
	}
	return exitMissing, kernel.Problems{{Code: "diwan.failed", Message: kernel.Text{En: oneLine(err.Error())}}}
}

// oneLine keeps a failure to a single line, whatever a library put into it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// print writes the one JSON value of a command.
func (t *terminal) print(v any) {
	t.printed = true
	e := json.NewEncoder(t.out)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // a closed pipe is the reader's choice
}
