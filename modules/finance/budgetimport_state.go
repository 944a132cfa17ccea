package finance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"diwan/eventstore"
)

// BudgetImport is how far a file is booked. It has one stream for each content read in one way, so
// the same file twice changes nothing and a killed import goes on where it stopped.
type BudgetImport struct {
	Started     bool           `json:"started"`
	Batches     int            `json:"batches"`           // booked, in file order
	Refused     map[string]int `json:"refused,omitempty"` // "{year}/{key}" → batch, tried again next time
	Quarantined int            `json:"quarantined"`
	Source      bool           `json:"source,omitempty"` // the file's place and header are recorded
	Finished    *ImportCounts  `json:"finished,omitempty"`
	Map         *ColumnMap     `json:"map,omitempty"` // of the streams map/{hash of the header}
}

// ImportCounts are the data rows of a file by what became of them.
type ImportCounts struct {
	Rows        int `json:"rows"`
	Accepted    int `json:"accepted"`
	Unchanged   int `json:"unchanged"`
	Refused     int `json:"refused"`
	Skipped     int `json:"skipped"`
	Quarantined int `json:"quarantined"`
}

// importStream names the stream of a file read in one way.
func importStream(content string, opts ImportOptions, m ColumnMap) eventstore.Stream {
	how, _ := json.Marshal(struct {
		Content   string
		Year      int
		Vintage   Vintage
		Additions bool
		Map       ColumnMap
	}{content, opts.Year, opts.Vintage, opts.Additions, m})
	return eventstore.Stream{Category: "finance.import", Key: hashOf(how)}
}

// mapStream names the stream that remembers the map of files with one header.
func mapStream(header []string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.import", Key: "map/" + hashOf([]byte(strings.Join(header, "\x1f")))}
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

func (b BudgetImport) evolve(e eventstore.Event) BudgetImport {
	switch e := e.(type) {
	case BudgetImportStarted:
		b.Started = true
	case BudgetBatchImported:
		b.Batches = max(b.Batches, e.Batch)
		refused := make(map[string]int, len(b.Refused)+len(e.Refused))
		for name, batch := range b.Refused {
			if batch != e.Batch {
				refused[name] = batch
			}
		}
		for _, name := range e.Refused {
			refused[name] = e.Batch
		}
		b.Refused = refused
	case ImportRowsQuarantined:
		b.Quarantined += len(e.Rows)
	case ImportSourceKept:
		b.Source = true
	case BudgetImportFinished:
		b.Finished = &ImportCounts{e.Rows, e.Accepted, e.Unchanged, e.Refused, e.Skipped, e.Quarantined}
	case ColumnMapRemembered:
		b.Map = &e.Map
	}
	return b
}

func importCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[BudgetImportStarted](1, nil),
		eventstore.Type[BudgetBatchImported](1, nil),
		eventstore.Type[ImportRowsQuarantined](1, nil),
		eventstore.Type[ImportSourceKept](1, nil),
		eventstore.Type[BudgetImportFinished](1, nil),
		eventstore.Type[ColumnMapRemembered](1, nil),
	)
	return eventstore.CategoryOf("finance.import", eventstore.Main, codec, BudgetImport{}, BudgetImport.evolve).WithSnapshot("import.2")
}
