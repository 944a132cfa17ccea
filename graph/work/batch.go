package work

import (
	"context"

	"github.com/google/uuid"

	"diwan/modules/job"
	"diwan/modules/kernel"
)

// BatchFileKind is the kind of jobs that make orders to banks.
const BatchFileKind = "finance.batch_file"

// BatchFile says of which payment batch the file is wanted.
type BatchFile struct {
	Command uuid.UUID
	ID      string
}

// BatchFileJob is what a job of kind BatchFileKind is about.
type BatchFileJob struct {
	Batch  string `json:"batch"`
	Number string `json:"number"`
}

// MakeBatchFile begins to make the file of a released batch. Whoever may not, and a batch that was not
// released, are refused here; the job asks once more.
func (m *Mutation) MakeBatchFile(ctx context.Context, input BatchFile) (*job.Act, error) {
	number, err := m.Finance.FileOfBatch(ctx, m.Officer(ctx), input.ID)
	if err != nil {
		return job.Acted(job.Job{}, err)
	}
	title := kernel.Text{Ar: "ملف دفعة الصرف " + number, En: "File of payment batch " + number}
	return job.Acted(m.Jobs.Begin(ctx, m.Person(ctx), input.Command, BatchFileKind, title, BatchFileJob{input.ID, number}))
}
