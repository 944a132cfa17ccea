package export

import (
	"fmt"
	"time"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Head is what stands above the rows of a file and at the foot of a page: what it shows, as of when,
// for whom.
type Head struct {
	Sheet     sheet.Sheet
	Variables map[string]any
	Language  string
	By        kernel.Text // who asked for it
	At        time.Time   // in the office's zone
	Log       string      // name of the log
	Position  string      // newest event the figures include
}

func (h Head) say(t kernel.Text) string { return t.In(h.Language) }

// Title is the list's title.
func (h Head) Title() string { return h.say(h.Sheet.Title) }

// Lines are the lines under the title.
func (h Head) Lines() []string {
	var lines []string
	if h.Sheet.Asked != nil {
		for _, l := range h.Sheet.Asked(h.Variables) {
			lines = append(lines, h.say(l))
		}
	}
	if text, _ := h.Variables[Sought].(string); text != "" {
		lines = append(lines, h.say(kernel.Text{Ar: "فيها: " + text, En: "Containing: " + text}))
	}
	return append(lines, h.Printed())
}

// Printed says when, by whom and as of which position the file was made.
func (h Head) Printed() string {
	at := h.At.Format("2006-01-02 15:04")
	t := kernel.Text{Ar: fmt.Sprintf("أُعدّ في %s بطلب %s", at, h.By.In("ar")), En: fmt.Sprintf("Made on %s for %s", at, h.By.In("en"))}
	if h.Position != "" {
		t.Ar += " · موضع السجل #" + h.Position
		t.En += " · log position #" + h.Position
	}
	return h.say(t)
}

// column is a column's title; an amount's has its currency.
func (h Head) column(c sheet.Column, currency string) string {
	if c.Kind == sheet.Money && currency != "" {
		return h.say(c.Title) + " (" + currency + ")"
	}
	return h.say(c.Title)
}
