package finance

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Quarantine is what an import set aside, as the log has it.
type Quarantine struct {
	Import    string           `json:"import"` // the key of the import's stream
	File      string           `json:"file"`
	Content   string           `json:"content"` // SHA-256 of the file
	Vintage   Vintage          `json:"vintage"`
	Additions bool             `json:"additions"`
	Year      int              `json:"year"`
	Map       ColumnMap        `json:"map"`
	Header    []string         `json:"header"`
	Rows      []QuarantinedRow `json:"rows"`
}

// Quarantines lists the imports that set rows aside, in the order of the log.
func (m *Module) Quarantines(ctx context.Context) ([]Quarantine, error) {
	at := map[string]int{}
	var all []Quarantine
	of := func(key string) *Quarantine {
		i, known := at[key]
		if !known {
			i = len(all)
			at[key], all = i, append(all, Quarantine{Import: key})
		}
		return &all[i]
	}
	for after := int64(0); ; {
		page, err := m.log.Read(ctx, eventstore.Main, after, 5000)
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Position
		for _, e := range page {
			if e.Stream.Category != importStream("", ImportOptions{}, ColumnMap{}).Category || e.Tenant != m.tenant {
				continue
			}
			if err := of(e.Stream.Key).take(e); err != nil {
				return nil, err
			}
		}
	}
	kept := all[:0]
	for _, q := range all {
		if len(q.Rows) > 0 {
			kept = append(kept, q)
		}
	}
	return kept, nil
}

// take adds what one event says.
func (q *Quarantine) take(e eventstore.Recorded) error {
	var err error
	switch e.Type {
	case (BudgetImportStarted{}).EventType():
		var started BudgetImportStarted
		if err = json.Unmarshal(e.Data, &started); err == nil {
			q.File, q.Content, q.Vintage, q.Additions = started.File, started.Content, started.Vintage, started.Additions
			q.Year, q.Map = started.Year, started.Map
		}
	case (ImportRowsQuarantined{}).EventType():
		var set ImportRowsQuarantined
		if err = json.Unmarshal(e.Data, &set); err == nil {
			q.Rows = append(q.Rows, set.Rows...)
		}
	case (ImportSourceKept{}).EventType():
		var source ImportSourceKept
		if err = json.Unmarshal(e.Data, &source); err == nil {
			q.Header = source.Header
		}
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", e.Stream, err)
	}
	return nil
}

// Replay imports the rows that an import set aside once more, as additions or under another map when
// that is what they needed. Doing it twice changes nothing. Refusals: import.no_quarantine,
// import.no_header, and those of an import.
func Replay(ctx context.Context, m *Module, by Officer, key string, opts ImportOptions, progress func(done, total int)) (ImportResult, error) {
	all, err := m.Quarantines(ctx)
	if err != nil {
		return ImportResult{}, err
	}
	for _, q := range all {
		if q.Import == key {
			return q.replay(ctx, m, by, opts, progress)
		}
	}
	return ImportResult{}, kernel.Problem{Code: "import.no_quarantine", Path: "import", Message: kernel.Text{
		Ar: "لا استيراد بهذا الرقم وُضعت منه سطور جانباً.", En: "No import of this number has rows in quarantine.",
	}}
}

func (q Quarantine) replay(ctx context.Context, m *Module, by Officer, opts ImportOptions, progress func(done, total int)) (ImportResult, error) {
	if len(q.Header) == 0 {
		return ImportResult{}, kernel.Problem{Code: "import.no_header", Path: "import", Message: kernel.Text{
			Ar: "هذا الاستيراد سابق لحفظ عناوين الأعمدة. يُعاد استيراد الملف نفسه.",
			En: "This import is from before headers were kept. Import the file itself again.",
		}}
	}
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	err := w.Write(q.Header)
	for _, r := range q.Rows {
		if err == nil {
			err = w.Write(r.Cells)
		}
	}
	if w.Flush(); err != nil || w.Error() != nil {
		return ImportResult{}, fmt.Errorf("write the quarantined rows: %w", err)
	}
	opts.File = brief("replay of " + q.File)
	if opts.Vintage == "" {
		opts.Vintage, opts.Additions = q.Vintage, opts.Additions || q.Additions
	}
	if opts.Year == 0 {
		opts.Year = q.Year
	}
	if opts.Map == nil {
		own := q.Map
		own.Delimiter, own.Encoding = ",", "utf-8"
		opts.Map = &own
	}
	result, err := ImportBudget(ctx, m, by, &file, opts, progress)
	for i, e := range result.Errors { // the numbers of the file the rows came from
		if at := e.Row - 2; at >= 0 && at < len(q.Rows) {
			result.Errors[i].Row = q.Rows[at].Row
		}
	}
	return result, err
}
