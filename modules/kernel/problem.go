package kernel

import (
	"errors"
	"strings"
)

// Problem is a business refusal: a code that programs switch on, the field it belongs to and
// the sentence a person reads. It is an answer, not a failure of the program.
type Problem struct {
	Code    string            `json:"code"`              // "finance.budget_insufficient"
	Path    string            `json:"path,omitempty"`    // the input field, "lines.2.amount"
	Message Text              `json:"message"`           // complete sentences, figures included
	Details map[string]string `json:"details,omitempty"` // machine-readable figures: "available": "0.000"
}

// Error returns the code and the English sentence.
func (p Problem) Error() string {
	if p.Path != "" {
		return p.Code + " at " + p.Path + ": " + p.Message.In("en")
	}
	return p.Code + ": " + p.Message.In("en")
}

// At returns the problem moved to an input field; a path it already has goes below the new one.
func (p Problem) At(path string) Problem {
	if p.Path != "" && path != "" {
		p.Path = path + "." + p.Path
	} else if path != "" {
		p.Path = path
	}
	return p
}

// Problems are all the refusals of one command, so that a form can show every field at once.
type Problems []Problem

// Error joins the refusals.
func (p Problems) Error() string {
	s := make([]string, len(p))
	for i, one := range p {
		s[i] = one.Error()
	}
	return strings.Join(s, "; ")
}

// ProblemsOf returns the refusals inside err, or nil when err is a failure of another kind.
func ProblemsOf(err error) Problems {
	var many Problems
	if errors.As(err, &many) {
		return many
	}
	var one Problem
	if errors.As(err, &one) {
		return Problems{one}
	}
	return nil
}
