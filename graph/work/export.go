package work

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"diwan/export"
	"diwan/export/sheet"
	"diwan/modules/job"
	"diwan/modules/kernel"
)

// The kinds of jobs that make files of what people see.
const (
	ExportKind = "export.list"
	PrintKind  = "export.paper"
)

// ExportList says which list is saved, and how.
type ExportList struct {
	Command   uuid.UUID
	Sheet     string
	Variables string
	Format    export.Format
	Mark      bool
}

// ListJob is what a job of kind ExportKind is about.
type ListJob struct {
	Sheet     string         `json:"sheet"`
	Variables map[string]any `json:"variables"`
	Format    export.Format  `json:"format"`
	Mark      bool           `json:"mark"`
}

// ExportList begins to save a list. Whether its asker may see it is asked when it runs, by the
// question itself.
func (m *Mutation) ExportList(ctx context.Context, input ExportList) (*job.Act, error) {
	s, known := named(m.Sheets, input.Sheet)
	if !known {
		return job.Acted(job.Job{}, kernel.Problem{Code: "export.sheet", Path: "sheet", Message: kernel.Text{
			Ar: "لا قائمة بهذا الاسم تُحفظ.", En: "There is no list of this name to save.",
		}})
	}
	about := ListJob{Sheet: s.Name, Format: input.Format, Mark: input.Mark}
	if len(input.Variables) > longestVariables || json.Unmarshal([]byte(input.Variables), &about.Variables) != nil {
		return job.Acted(job.Job{}, kernel.Problem{Code: "export.variables", Path: "variables", Message: kernel.Text{
			Ar: "شروط القائمة غير مقروءة.", En: "The list's filters cannot be read.",
		}})
	}
	return job.Acted(m.Jobs.Begin(ctx, m.Person(ctx), input.Command, ExportKind, kernel.Text{
		Ar: s.Title.Ar + " (" + strings.ToUpper(string(input.Format)) + ")", En: s.Title.En + " (" + strings.ToUpper(string(input.Format)) + ")",
	}, about))
}

// longestVariables bounds the filters of a list.
const longestVariables = 16 << 10

func named(sheets []sheet.Sheet, name string) (sheet.Sheet, bool) {
	for _, s := range sheets {
		if s.Name == name {
			return s, true
		}
	}
	return sheet.Sheet{}, false
}

// PrintDocument says which document is printed.
type PrintDocument struct {
	Command uuid.UUID
	Form    string
	ID      string
	Copy    int
}

// PaperJob is what a job of kind PrintKind is about.
type PaperJob struct {
	Form string `json:"form"`
	ID   string `json:"id"`
	Copy int    `json:"copy"`
}

// PrintDocument begins to print a document.
func (m *Mutation) PrintDocument(ctx context.Context, input PrintDocument) (*job.Act, error) {
	for _, f := range m.Forms {
		if f.Name == input.Form && input.Copy > 0 && input.Copy < 100 {
			return job.Acted(m.Jobs.Begin(ctx, m.Person(ctx), input.Command, PrintKind, f.Title, PaperJob{f.Name, input.ID, input.Copy}))
		}
	}
	return job.Acted(job.Job{}, kernel.Problem{Code: "export.form", Path: "form", Message: kernel.Text{
		Ar: "لا نموذج بهذا الاسم يُطبع.", En: "There is no form of this name to print.",
	}})
}
