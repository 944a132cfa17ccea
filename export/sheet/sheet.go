// Package sheet says what a list that people see looks like as a file. Modules describe their lists
// with it; the package export writes them.
package sheet

import "diwan/modules/kernel"

// Kind is how a column is written.
type Kind int

// The kinds of columns.
const (
	Text   Kind = iota
	Money       // {amount, currency}
	Number      // a whole number
	Date        // a day
	Named       // {ar, en}, in the reader's language
)

// Column is one column of a list.
type Column struct {
	Title kernel.Text
	Kind  Kind
	Path  []string // from a row of the answer to the value; a number is a place in a list
	Width int      // in characters; 0 = by its kind
}

// Sheet is one list.
type Sheet struct {
	Name     string // "finance.execution"; stored with jobs
	Title    kernel.Text
	Document string   // the question a screen asks, with $first and $after
	Rows     []string // from the answer to the connection
	Position []string // from the answer to the position or number of the newest event; nil = none
	// Columns may depend on what is asked for.
	Columns func(variables map[string]any) []Column
	// Asked says the filters in words, one line each.
	Asked func(variables map[string]any) []kernel.Text
}

// Form is one document on paper.
type Form struct {
	Name     string // "finance.voucher"
	Title    kernel.Text
	Document string // a question with the variable $id
	Root     string // the field of the answer
	Template string // among export's templates
}
