package finance

import (
	"context"
	"io"

	"diwan/modules/kernel"
)

// standardCurrency is that of a year nobody stated one for.
const standardCurrency = "JOD"

// ImportOptions say how a budget file is read.
type ImportOptions struct {
	File      string // its name, for the record
	Stored    string // the name of the kept file, sha256:…; empty = the file is not kept
	Year      int    // 0 = each row goes to its own year; else rows of other years are skipped
	Vintage   Vintage
	Additions bool // a supplementary file states additions, not new totals
	DryRun    bool
	Map       *ColumnMap // nil = Diwan's own headers, or the map last used for this header
}

// ImportResult is what became of a file; its JSON is what `diwan import budget --json` prints.
type ImportResult struct {
	Kind string `json:"kind"`
	ImportCounts
	Errors   []ImportError     `json:"errors"`
	Totals   map[string]string `json:"totals"` // by year, of the rows accepted and unchanged
	Position string            `json:"position"`
	Currency map[string]string `json:"currencies"`       // by year
	Absent   []string          `json:"absent,omitempty"` // lines of the years that a supplementary file does not state
	DryRun   bool              `json:"dry_run"`
	Map      ColumnMap         `json:"map"`
}

// ImportBudget books a budget file. The file is read to its end first, so that rows with equal keys
// add up; then it is booked in batches. A whole file that cannot be read is a refusal; a row that
// cannot be booked is an entry in the result.
func ImportBudget(ctx context.Context, m *Module, by Officer, r io.Reader, opts ImportOptions, progress func(done, total int)) (ImportResult, error) {
	if err := opts.check(by); err != nil {
		return ImportResult{}, err
	}
	i := &importing{m: m, by: by, opts: opts, progress: progress}
	if err := i.read(ctx, r); err != nil {
		return ImportResult{}, err
	}
	if err := i.book(ctx); err != nil {
		return ImportResult{}, err
	}
	return i.finish(ctx)
}

func (o *ImportOptions) check(by Officer) error {
	var f form
	if !f.permit(by, MayImportBudget) {
		return f.result()
	}
	if o.Vintage == "" {
		o.Vintage = Original
	}
	if o.Vintage != Original && o.Vintage != Supplementary {
		f.refuse("vintage", "import.vintage", kernel.Text{
			Ar: "الموازنة أصلية (original) أو ملحق (supplementary).", En: "The vintage is original or supplementary.",
		})
	}
	if o.Additions && o.Vintage != Supplementary {
		f.refuse("additions", "import.additions", kernel.Text{
			Ar: "الإضافات (--additions) لملحق الموازنة وحده.", En: "Additions belong to a supplementary budget only.",
		})
	}
	if o.Year != 0 {
		f.year("year", o.Year)
	}
	return f.result()
}
