package work

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"diwan/modules/finance/bankfile"
	"diwan/modules/job"
	"diwan/modules/kernel"
)

// ImportStatementKind is the kind of jobs that take statements of banks.
const ImportStatementKind = "finance.import_statement"

// StatementPurpose is what files of banks are uploaded for.
const StatementPurpose = "finance.statement"

// StatementFile says which file of a bank is taken, and how a table's columns are called.
type StatementFile struct {
	Command uuid.UUID
	Upload  uuid.UUID
	Profile *string
}

// StatementJob is what a job of kind ImportStatementKind is about.
type StatementJob struct {
	Upload  uuid.UUID         `json:"upload"`
	Profile *bankfile.Profile `json:"profile,omitempty"`
}

// ImportStatement begins to take an uploaded file of a bank.
func (m *Mutation) ImportStatement(ctx context.Context, input StatementFile) (*job.Act, error) {
	by := m.Person(ctx)
	u, err := m.Uploads.Look(ctx, by.ID, input.Upload, StatementPurpose)
	if err != nil {
		return job.Acted(job.Job{}, err)
	}
	about := StatementJob{Upload: input.Upload}
	if input.Profile != nil {
		about.Profile = new(bankfile.Profile)
		if err := json.Unmarshal([]byte(*input.Profile), about.Profile); err != nil {
			return job.Acted(job.Job{}, kernel.Problem{Code: "import.profile", Path: "profile", Message: kernel.Text{
				Ar: "وصف أعمدة البنك غير مقروء.", En: "The bank's columns cannot be read: " + err.Error() + ".",
			}})
		}
	}
	title := kernel.Text{Ar: "كشف بنكي: " + u.Name, En: "Bank statement: " + u.Name}
	return job.Acted(m.Jobs.Begin(ctx, by, input.Command, ImportStatementKind, title, about))
}
