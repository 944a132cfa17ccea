// Package paper tells what happened to the modules' documents in one shape, for the read models that
// cross modules: inbox, tracker, search.
//
// Three things to know. It reads the stored events with its own small structs, so no module is
// imported; a module that comes adds its types to the table here. Whose step it was stands in the
// event. Personal data is sealed apart from what is read here.
package paper

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Fact is one thing that happened to a document.
type Fact struct {
	Kind string // "voucher"
	ID   string
	Step string // "audited"

	Position int64
	At       time.Time
	By       string // who signed
	For      string // the principal, when done under a delegation

	Number    string // the document's own
	Subject   string
	Reference string // somebody else's number for it
	Payee     string
	Year      int
	Amount    int64
	Currency  string
	Due       kernel.Date
	Reason    string
	Final     bool // an approval after which nobody else is asked
	Parents   []Parent
	Keys      []string // budget lines it touches
	Unit      string   // of a budget line: "2501.4401."; EmergencyUnit

	Name    kernel.Text // of a payee that is no natural person, a value of the chart
	Segment string
	Code    string
	Gross   int64  // before deductions
	Officer string // who works here and is this payee
	Account int    // the payee's n-th bank account
}

// Owner is whose work it is: the principal's, when done under a delegation.
func (f Fact) Owner() string {
	if f.For != "" {
		return f.For
	}
	return f.By
}

// EmergencyUnit is where uses of the emergency way in belong: to no unit of the government, but to those
// who watch over them, and to nobody who works in one unit only.
const EmergencyUnit = "emergency."

// Parent is a document that another one goes on from.
type Parent struct{ Kind, ID string }

// content is every field of the events that somebody shows.
type content struct {
	Number      string              `json:"number"`
	Subject     string              `json:"subject"`
	Narration   string              `json:"narration"`
	Reason      string              `json:"reason"`
	Reference   string              `json:"reference"`
	Register    string              `json:"register"`
	Payee       string              `json:"payee"`
	Currency    string              `json:"currency"`
	Year        int                 `json:"year"`
	Total       int64               `json:"total"`
	Gross       int64               `json:"gross"`
	Net         int64               `json:"net"`
	DueOn       kernel.Date         `json:"due_on"`
	Expires     kernel.Date         `json:"expires"`
	Final       bool                `json:"final"`
	Expired     bool                `json:"expired"`
	Invoice     string              `json:"invoice"`
	Commitment  string              `json:"commitment"`
	Reservation string              `json:"reservation"`
	Account     int                 `json:"account"`
	Period      int                 `json:"period"`
	Segment     string              `json:"segment"`
	Code        string              `json:"code"`
	Name        kernel.Text         `json:"name"`
	Source      struct{ ID string } `json:"source"`
	Lines       []struct {
		Key    string `json:"key"`
		Codes  place  `json:"codes"`
		Amount int64  `json:"amount"`
		Debit  int64  `json:"debit"`
	} `json:"lines"`
	Content *content    `json:"content"`
	Key     string      `json:"key"`
	Codes   place       `json:"codes"`
	Officer string      `json:"officer"`
	Role    string      `json:"role"`
	Limit   int64       `json:"limit"`
	Days    int64       `json:"days"`
	From    kernel.Date `json:"from"`
	Answer  time.Time   `json:"answer"`
	By      signatory   `json:"by"`
}

// signatory is who signed: a person with the principal acted for, or a name alone.
type signatory struct {
	Person, OnBehalfOf string
}

// UnmarshalJSON reads both forms.
func (s *signatory) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &s.Person)
	}
	var both struct {
		Person     string `json:"person"`
		OnBehalfOf string `json:"on_behalf_of"`
	}
	err := json.Unmarshal(data, &both)
	s.Person, s.OnBehalfOf = both.Person, both.OnBehalfOf
	return err
}

// place is where money belongs.
type place struct {
	Chapter string `json:"chapter"`
	Centre  string `json:"centre"`
}

func (p place) unit() string { return kernel.BudgetUnit(p.Chapter, p.Centre) }

// Of reads an event; ok is false for those that are no step of a document.
func Of(e *eventstore.Recorded) (f Fact, ok bool, err error) {
	step, known := steps(e.Type)
	if !known {
		return Fact{}, false, nil
	}
	var c content
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return Fact{}, false, fmt.Errorf("read %s at %d: %w", e.Type, e.Position, err)
	}
	f = Fact{
		Kind: step.kind, ID: e.Stream.Key, Step: step.step, Position: e.Position, At: e.RecordedAt.UTC().Truncate(time.Microsecond),
		By: c.By.Person, For: c.By.OnBehalfOf, Number: c.Number, Reason: c.Reason, Final: c.Final, Name: c.Name,
		Segment: c.Segment, Code: c.Code, Account: c.Account,
	}
	if f.By == "" {
		f.By, f.For = e.Actor, e.OnBehalfOf
	}
	f.written(c)
	if c.Content != nil {
		f.written(*c.Content)
	}
	if f.Kind == "emergency" {
		f.Unit = EmergencyUnit
	}
	switch {
	case f.Kind == "emergency" && f.Step == "asked":
		f.Subject, f.Reason, f.Due = c.Reason, "", kernel.DateOf(c.Answer)
	case f.Kind == "bank_account":
		f.ID = fmt.Sprintf("%s/%d", e.Stream.Key, c.Account)
		f.Payee = e.Stream.Key
	case f.Kind == "line":
		f.ID = c.Key
		f.Unit = c.Codes.unit()
	case f.Kind == "limit":
		f.ID, f.Due, f.Amount = c.Role, c.From, c.Limit
	case f.Kind == "waiting":
		f.Due, f.Amount = c.From, c.Days
	case f.Kind == "payee":
		f.Officer = c.Officer
	case f.Kind == "period":
		f.ID = fmt.Sprintf("%s/%d", e.Stream.Key, c.Period)
	case f.Kind == "segment" && f.Code == "":
		f.Segment, f.Code, _ = strings.Cut(e.Stream.Key, "/")
	case f.Step == "ended" && c.Expired:
		f.Step = "expired"
	}
	return f, true, nil
}

// written takes what the document says.
func (f *Fact) written(c content) {
	set(&f.Subject, c.Subject)
	set(&f.Subject, c.Narration)
	set(&f.Reference, c.Reference)
	set(&f.Reference, c.Register)
	set(&f.Payee, c.Payee)
	set(&f.Currency, c.Currency)
	if c.Year != 0 {
		f.Year = c.Year
	}
	var out, in, debit int64
	for i, l := range c.Lines {
		switch {
		case l.Codes == place{} && l.Key != "":
			f.Keys = append(f.Keys, l.Key)
		case i == 0:
			f.Unit = l.Codes.unit()
		default:
			f.Unit = kernel.UnitAbove(f.Unit, l.Codes.unit())
		}
		if l.Amount < 0 {
			out -= l.Amount
		} else {
			in += l.Amount
		}
		debit += l.Debit
	}
	for _, amount := range []int64{c.Net, c.Total, c.Gross, in, debit} {
		if amount != 0 {
			f.Amount = amount
			break
		}
	}
	for _, due := range []kernel.Date{c.DueOn, c.Expires} {
		if !due.IsZero() {
			f.Due = due
		}
	}
	f.Gross = max(f.Gross, c.Gross)
	for _, p := range []Parent{{"invoice", c.Invoice}, {"commitment", c.Commitment}, {"reservation", c.Reservation}} {
		if p.ID != "" && p.Kind != f.Kind {
			f.Parents = append(f.Parents, p)
		}
	}
	if f.Kind == "virement" && f.Step == "proposed" {
		f.Subject, f.Amount = c.Reason, out
	}
}

func set(to *string, value string) {
	if value != "" {
		*to = value
	}
}

type step struct{ kind, step string }

// steps is the table of what is read of each module.
func steps(eventType string) (step, bool) {
	if verb, is := strings.CutPrefix(eventType, "access.emergency_"); is {
		return step{"emergency", verb}, true
	}
	name, isFinance := strings.CutPrefix(eventType, "finance.")
	if !isFinance {
		return step{}, false
	}
	if name == "payment_returned" {
		return step{"voucher", name}, true
	}
	for prefix, kind := range map[string]string{
		"financial_order_": "order", "virement_": "virement", "reservation_": "reservation", "commitment_": "commitment",
		"invoice_": "invoice", "voucher_": "voucher", "journal_": "journal", "bank_account_": "bank_account",
		"payee_": "payee", "budget_line_": "line", "segment_value_": "segment", "period_": "period", "approval_limit_": "limit", "waiting_time_": "waiting",
	} {
		if verb, ok := strings.CutPrefix(name, prefix); ok && counts(kind, verb) {
			return step{kind, verb}, true
		}
	}
	return step{}, false
}

// counts leaves out events that stand in other streams than the document's.
func counts(kind, verb string) bool {
	switch kind + "_" + verb {
	case "virement_applied", "virement_rule_set", "reservation_released", "commitment_recorded", "commitment_reduced",
		"invoice_number_taken", "invoice_number_freed":
		return false
	}
	return true
}
