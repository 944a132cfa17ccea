package finance

import "diwan/modules/kernel"

// Fiscal year (السنة المالية), stream finance.year/{year}.
type (
	// FiscalYearOpened opens a year with its currency and its periods 1 … 12 and 13 (adjustment).
	FiscalYearOpened struct {
		Year     int         `json:"year"`
		Currency string      `json:"currency"`
		From     kernel.Date `json:"from"`
		To       kernel.Date `json:"to"`
		Periods  []Period    `json:"periods"`
		By       Signature   `json:"by"`
	}
	// PeriodSoftClosed leaves a period open only to those who may close it.
	PeriodSoftClosed struct {
		Period int       `json:"period"`
		By     Signature `json:"by"`
	}
	// PeriodClosed takes no more entries into the period.
	PeriodClosed struct {
		Period int       `json:"period"`
		By     Signature `json:"by"`
	}
	// PeriodReopenAsked is the first of the two signatures a reopening needs.
	PeriodReopenAsked struct {
		Period int       `json:"period"`
		Reason string    `json:"reason"`
		By     Signature `json:"by"`
	}
	// PeriodReopened is the second signature, by another person.
	PeriodReopened struct {
		Period int       `json:"period"`
		By     Signature `json:"by"`
	}
)

// Period is a month of a fiscal year, or its adjustment period.
type Period struct {
	No   int         `json:"no"` // 1 … 12, 13 = adjustment
	From kernel.Date `json:"from"`
	To   kernel.Date `json:"to"`
}

// Chart of accounts (دليل الحسابات), stream finance.rules/chart.
type (
	// SegmentConfigured sets a segment's greatest code length and the code a document takes that
	// does not state one.
	SegmentConfigured struct {
		Segment Segment     `json:"segment"`
		Name    kernel.Text `json:"name"`
		Length  int         `json:"length"`
		Default string      `json:"default,omitempty"`
	}
	// BudgetKeyChosen says which segments, and how much of each, name a budget line.
	BudgetKeyChosen struct {
		FromYear int       `json:"from_year"`
		Parts    []KeyPart `json:"parts"`
	}
	// ValidityRuleSet allows or denies combinations of codes by pattern, between dates.
	ValidityRuleSet struct {
		ID      string      `json:"id"`
		Effect  Effect      `json:"effect"`
		Pattern Codes       `json:"pattern"` // "*" and "22*" match; an empty part matches everything
		From    kernel.Date `json:"from,omitzero"`
		To      kernel.Date `json:"to,omitzero"`
		Message kernel.Text `json:"message,omitzero"`
	}
)

// KeyPart is a segment's part in the budget key: its first Length characters, or all of it when 0.
type KeyPart struct {
	Segment Segment `json:"segment"`
	Length  int     `json:"length,omitempty"`
}

// Segment values, stream finance.segment/{segment}/{code}.
type (
	// SegmentValueAdded puts a code into the chart.
	SegmentValueAdded struct {
		Segment  Segment      `json:"segment"`
		Code     string       `json:"code"`
		Name     kernel.Text  `json:"name,omitzero"`
		Parent   string       `json:"parent,omitempty"`
		Heading  bool         `json:"heading,omitempty"`  // a parent that takes no postings itself
		Economic EconomicType `json:"economic,omitempty"` // of natural accounts
		From     kernel.Date  `json:"from,omitzero"`
		To       kernel.Date  `json:"to,omitzero"`
	}
	// SegmentValueRenamed gives the code another name from a day on.
	SegmentValueRenamed struct {
		Name kernel.Text `json:"name"`
		From kernel.Date `json:"from"`
	}
	// SegmentValueDeactivated ends the code: no posting from that day on. It stays in the chart.
	SegmentValueDeactivated struct {
		From   kernel.Date `json:"from"`
		Reason string      `json:"reason"`
	}
	// CofogMapped gives a programme its function of government.
	CofogMapped struct {
		Cofog string `json:"cofog"`
	}
	// GfsmMapped gives a natural account its economic class.
	GfsmMapped struct {
		Gfsm string `json:"gfsm"`
	}
)

// Dated rules of the budget, stream finance.policy/budget.
type (
	// CeilingChosen says what commitments on lines of an economic type are held against.
	CeilingChosen struct {
		Economic EconomicType `json:"economic"`
		Ceiling  Ceiling      `json:"ceiling"`
		From     kernel.Date  `json:"from"`
	}
	// VirementRuleSet forbids transfers between lines of two kinds, between dates.
	VirementRuleSet struct {
		ID           string       `json:"id"` // "capital_to_current"
		FromEconomic EconomicType `json:"from_economic,omitempty"`
		ToEconomic   EconomicType `json:"to_economic,omitempty"`
		FromPattern  Codes        `json:"from_pattern,omitzero"`
		ToPattern    Codes        `json:"to_pattern,omitzero"`
		Across       Segment      `json:"across,omitempty"` // only when the two lines differ in this segment
		From         kernel.Date  `json:"from"`
		To           kernel.Date  `json:"to,omitzero"`
		Message      kernel.Text  `json:"message"`
	}
)

// Document numbers, stream finance.series/{name}/{year}.
type (
	// NumberGiven is the next number of a series, taken in the command that posts the document.
	NumberGiven struct {
		Number   int64  `json:"number"`
		Document string `json:"document"`
	}
)

// Budget import, stream finance.import/{hash of content and options}, and the column maps that
// were used, finance.import/map/{hash of the header}.
type (
	// BudgetImportStarted names the file and how it is read.
	BudgetImportStarted struct {
		File      string    `json:"file,omitempty"`
		Content   string    `json:"content"` // SHA-256
		Vintage   Vintage   `json:"vintage"`
		Additions bool      `json:"additions,omitempty"`
		Year      int       `json:"year,omitempty"` // 0 = each row's own
		Map       ColumnMap `json:"map"`
		By        Signature `json:"by"`
	}
	// BudgetBatchImported says that lines up to a number, in file order, are booked; the refused
	// ones are tried again when the file comes again.
	BudgetBatchImported struct {
		Batch   int      `json:"batch"`
		Lines   int      `json:"lines"`
		Refused []string `json:"refused,omitempty"` // "{year}/{key}"
	}
	// ImportRowsQuarantined keeps rows that contradict themselves, with the reason.
	ImportRowsQuarantined struct {
		Rows []QuarantinedRow `json:"rows"`
	}
	// ImportSourceKept says where a file that was imported is kept, when it is, and which header its
	// quarantined rows stand under.
	ImportSourceKept struct {
		File   string   `json:"file,omitempty"` // sha256:…
		Header []string `json:"header"`
	}
	// BudgetImportFinished closes a run with its totals by year.
	BudgetImportFinished struct {
		Rows        int              `json:"rows"`
		Accepted    int              `json:"accepted"`
		Unchanged   int              `json:"unchanged"`
		Refused     int              `json:"refused"`
		Skipped     int              `json:"skipped"`
		Quarantined int              `json:"quarantined"`
		Totals      map[string]int64 `json:"totals"`
	}
	// ColumnMapRemembered keeps the map of files with one header.
	ColumnMapRemembered struct {
		Map ColumnMap `json:"map"`
	}
)

// QuarantinedRow is a row as it stood in the file.
type QuarantinedRow struct {
	Row   int      `json:"row"`
	Code  string   `json:"code"`
	Cells []string `json:"cells"`
}
