package directory

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// TermImport says how a file of terms is read.
type TermImport struct {
	Domain string // of rows that name none; administration when left out
	Source string // of rows that name none: the file's name
	DryRun bool
}

// termRow is one term of the file.
type termRow struct {
	line    int
	content TermContent
	source  string
	outcome string // "accepted", "unchanged", or "" when problems says why not
	refused kernel.Problems
}

// ImportTerms adopts terms that were agreed elsewhere from a CSV with the columns term_ar, term_en,
// definition_ar, definition_en, synonyms_ar, synonyms_en (apart by |), domain and source. A term
// adopted before takes what the file says now; one agreed by a vote here is not overwritten.
func (m *Module) ImportTerms(ctx context.Context, by Clerk, r io.Reader, opts TermImport, progress func(done, total int)) (ImportResult, error) {
	var f form
	if !f.permit(by, MayDecideTerm) {
		return ImportResult{}, f.result()
	}
	data, err := readFile(r)
	if err != nil {
		return ImportResult{}, err
	}
	table, err := readTable(data, []string{"term_ar", "term_en", "ar", "en", "name_ar", "name_en", "definition_ar", "definition_en", "synonyms_ar", "synonyms_en", "domain", "source"})
	if err != nil {
		return ImportResult{}, err
	}
	result := ImportResult{Kind: "terms", Rows: len(table), Errors: []ImportError{}, Totals: map[string]string{}, DryRun: opts.DryRun}
	var rows []*termRow
	seen := map[string]int{}
	for _, t := range table {
		if t.blank {
			result.Skipped++
			continue
		}
		row := readTerm(t, opts)
		key := row.content.Domain + "\n" + FoldName(row.content.Name.Ar)
		if before, twice := seen[key]; twice && row.refused == nil {
			row.refused = kernel.Problems{refusal("import.twice", "term_ar", "المصطلح مذكور في السطر "+itoa(int64(before))+".", "The term stands in line "+itoa(int64(before))+" already.")}
		}
		seen[key] = row.line
		rows = append(rows, row)
	}
	position, err := m.adoptAll(ctx, by, rows, opts.DryRun, progress)
	if err != nil {
		return result, err
	}
	domains := map[string]int{}
	for _, row := range rows {
		switch row.outcome {
		case "accepted":
			result.Accepted++
			domains[row.content.Domain]++
		case "unchanged":
			result.Unchanged++
			domains[row.content.Domain]++
		default:
			result.refuse(row.line, row.refused)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(domains)) {
		result.Totals[d] = itoa(int64(domains[d]))
	}
	result.Position = position
	return result, nil
}

func readTerm(t tableRow, opts TermImport) *termRow {
	var f form
	words := func(column string) []string { return strings.Split(t.cells[column], "|") }
	domain := t.first("domain")
	if domain == "" {
		domain = opts.Domain
	}
	if domain == "" {
		domain = "administration"
	}
	row := &termRow{line: t.line, source: t.first("source")}
	if row.source == "" {
		row.source = opts.Source
	}
	row.content = f.termContent(domain, kernel.Text{Ar: t.first("term_ar", "name_ar", "ar"), En: t.first("term_en", "name_en", "en")},
		kernel.Text{Ar: t.cells["definition_ar"], En: t.cells["definition_en"]}, words("synonyms_ar"), words("synonyms_en"))
	f.text("source", kernel.Text{Ar: "المصدر", En: "Source"}, row.source)
	row.refused = f.problems
	return row
}

// adoptAll takes the rows in, many at a time, because each is a command of its own.
func (m *Module) adoptAll(ctx context.Context, by Clerk, rows []*termRow, dry bool, progress func(done, total int)) (position string, err error) {
	var mu sync.Mutex
	var last eventstore.Receipt
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(32)
	for _, row := range rows {
		if row.refused != nil {
			continue
		}
		group.Go(func() error {
			receipt, err := m.adopt(ctx, by, row, dry)
			if problems := kernel.ProblemsOf(err); problems != nil {
				row.refused, err = problems, nil
			}
			mu.Lock()
			defer mu.Unlock()
			if receipt.Last > last.Last {
				last = receipt
			}
			if done++; progress != nil {
				progress(done, len(rows))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil || last.Last == 0 {
		return "", err
	}
	return kernel.Position{Lane: last.Lane.String(), Epoch: last.Epoch, N: last.Last}.String(), nil
}

// tried undoes a decision that was only to be tried.
func tried() kernel.Problem { return refusal("import.dry_run", "", "تجربة.", "Only tried.") }

// adopt decides one row.
func (m *Module) adopt(ctx context.Context, by Clerk, row *termRow, dry bool) (eventstore.Receipt, error) {
	id := uuid.NewSHA1(m.tenant, []byte("directory.term\n"+row.content.Domain+"\n"+FoldName(row.content.Name.Ar))).String()
	command, err := uuid.NewV7()
	if err != nil {
		return eventstore.Receipt{}, err
	}
	on := m.today()
	receipt, err := m.execute(ctx, by, command, "AdoptTerm", row.content, func(d *eventstore.Decision) error {
		now, owner := eventstore.StateOf[term](d, 0), eventstore.StateOf[string](d, 1)
		row.outcome = ""
		switch {
		case owner != "" && owner != id:
			return nameTaken(row.content.Name)
		case now.State == "":
			domains := eventstore.StateOf[lists](d, 2)
			if dry {
				var err error
				if domains, err = domains.orShipped(); err != nil {
					return err
				}
			}
			if err := domains.valid("term_domain", "domain", row.content.Domain, on); err != nil {
				return err
			}
			d.Record(0, TermAdopted{id, row.content, row.source, on})
			d.Record(1, TermNamed{id})
			row.outcome = "accepted"
		case now.State != TermIsAgreed:
			return now.not("لا يُستورد", "it is not taken in again")
		default:
			next := row.content
			next.Synonyms.Ar = union(now.Content.Synonyms.Ar, next.Name.Ar, next.Synonyms.Ar)
			next.Synonyms.En = union(now.Content.Synonyms.En, next.Name.En, next.Synonyms.En)
			row.outcome = "unchanged"
			if next.Name != now.Content.Name || next.Definition != now.Content.Definition ||
				!slices.Equal(next.Synonyms.Ar, now.Content.Synonyms.Ar) || !slices.Equal(next.Synonyms.En, now.Content.Synonyms.En) {
				d.Record(0, TermRevised{next, row.source, on})
				row.outcome = "accepted"
			}
		}
		if dry {
			return tried()
		}
		return nil
	}, TermStream(id), termNameStream(row.content.Domain, row.content.Name.Ar), ListsStream())
	if problems := kernel.ProblemsOf(err); dry && len(problems) == 1 && problems[0].Code == tried().Code {
		err = nil
	}
	return receipt, err
}
