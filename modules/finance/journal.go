package finance

import (
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// JournalEntry is one entry of the financial ledger (قيد), stream finance.journal/{id}. Documents
// post theirs at once; a manual one is drafted, submitted, and posted by another person. A posted
// entry is never changed: its mirror undoes it.
type JournalEntry struct {
	Stage    JournalStage
	Draft    JournalDrafted
	Steps    []Signature // who drafted, submitted, posted
	Last     kernel.Date
	Posted   JournalPosted
	Reversed string // the mirror entry
	Adjusts  bool   // for the adjustment period
	Cleared  string // the bank statement that shows its movement
}

// JournalStage is where an entry stands.
type JournalStage string

// The stages of an entry.
const (
	JournalIsDraft     JournalStage = "draft"
	JournalIsSubmitted JournalStage = "submitted"
	JournalIsPosted    JournalStage = "posted"
)

// Name is the stage in words that complete «the entry is …».
func (s JournalStage) Name() kernel.Text {
	switch s {
	case JournalIsDraft:
		return kernel.Text{Ar: "مسودة", En: "a draft"}
	case JournalIsSubmitted:
		return kernel.Text{Ar: "مقدّم للترحيل", En: "submitted for posting"}
	case JournalIsPosted:
		return kernel.Text{Ar: "مرحّل", En: "posted"}
	}
	return kernel.Text{}
}

func (j JournalEntry) evolve(e eventstore.Event) JournalEntry {
	switch e := e.(type) {
	case JournalDrafted:
		j.Stage, j.Draft, j.Last, j.Steps = JournalIsDraft, e, e.On, append(slices.Clip(j.Steps), e.By)
		j.Adjusts = false
	case JournalSubmitted:
		j.Stage, j.Last, j.Steps = JournalIsSubmitted, e.On, append(slices.Clip(j.Steps), e.By)
	case JournalReturned:
		j.Stage, j.Last = JournalIsDraft, e.On
	case JournalPosted:
		j.Stage, j.Posted, j.Last, j.Steps = JournalIsPosted, e, e.On, append(slices.Clip(j.Steps), e.By)
	case JournalForAdjustment:
		j.Adjusts = true
	case JournalReversed:
		j.Reversed = e.Mirror
	case EntryCleared:
		j.Cleared = e.Statement
	case EntryUncleared:
		j.Cleared = ""
	}
	return j
}

// mustBe refuses what is not done at the stage the entry stands at.
func (j JournalEntry) mustBe(stage JournalStage) error {
	if j.Stage == "" {
		return missing("id")
	}
	if j.Stage == stage {
		return nil
	}
	is, want := j.Stage.Name(), stage.Name()
	return kernel.Problem{Code: "finance.journal_stage", Path: "id", Message: kernel.Text{
		Ar: fmt.Sprintf("القيد %s، ولا يصلح لهذا الإجراء إلا وهو: %s.", is.Ar, want.Ar),
		En: fmt.Sprintf("The entry is %s; it would have to be %s.", is.En, want.En),
	}}
}

// mayDraft: a new entry, or one's own draft again.
func (j JournalEntry) mayDraft(again bool, by Officer) error {
	if again || j.Stage != "" {
		if err := j.mustBe(JournalIsDraft); err != nil {
			return err
		}
		if !by.Signed(j.Draft.By) {
			return refused("finance.draft_of_another", "id",
				"المسودة لشخص آخر. يعدلها من كتبها.", "The draft is another person's; its writer changes it.")
		}
	}
	return nil
}

// mayPost: another person than those who wrote and submitted it.
func (j JournalEntry) mayPost(by Officer) error {
	if err := j.mustBe(JournalIsSubmitted); err != nil {
		return err
	}
	return j.mustBeAnothers(by)
}

// mayReverse: a posted manual entry, once, by another person. What a document posted is undone by
// undoing the document.
func (j JournalEntry) mayReverse(by Officer, on kernel.Date) error {
	if err := j.mustBe(JournalIsPosted); err != nil {
		return err
	}
	if j.Reversed != "" {
		return refused("finance.journal_reversed", "id",
			"القيد %s معكوس من قبل.", "Entry %s is reversed already.", j.Posted.Number)
	}
	if j.Posted.Source.Kind != ManualEntry {
		return refused("finance.journal_of_document", "id",
			"القيد %s أنشأه مستند، ويُعكس بعكس المستند.", "Entry %s was made by a document; reverse the document.", j.Posted.Number)
	}
	if on.Before(j.Last) {
		return earlier("on", on, j.Last)
	}
	return j.mustBeAnothers(by)
}

func (j JournalEntry) mustBeAnothers(by Officer) error {
	if slices.ContainsFunc(j.Steps, by.Signed) {
		return kernel.Problem{Code: "finance.same_person", Path: "id", Message: kernel.Text{
			Ar: "من كتب القيد أو رحّله لا يتخذ فيه خطوة ثانية. الخطوة لشخص آخر.",
			En: "Whoever wrote or posted the entry takes no second step on it. The step lies with another person.",
		}}
	}
	return nil
}

func journalStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.journal", Key: id}
}
