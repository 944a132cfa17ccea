package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// RequestSheet is what one programme asks for (طلب موازنة) as a screen shows it.
type RequestSheet struct {
	Year        int
	Chapter     SegmentLabel
	Programme   SegmentLabel
	Round       int
	StateCode   string
	Current     []kernel.Money
	Capital     []kernel.Money
	Count       int // of its lines
	Breaches    []BreachSheet
	Reason      string // of going beyond a ceiling
	ReturnedFor string
	Date        kernel.Date
	SubmittedBy Signer
	DecidedBy   *Signer
	Version     int64
	Position    kernel.Position

	currency         string
	current, capital []int64
	breaches         []byte
	trail
}

// ID names the request within the system.
func (s *RequestSheet) ID() string {
	return fmt.Sprintf("%d/%s", s.Year, requestName(s.Chapter.Code, s.Programme.Code))
}

// State is the state in the office's words.
func (s *RequestSheet) State() kernel.Text { return stateWords("request_" + s.StateCode) }

// Total is what it asks for in the budget year, current and capital together.
func (s *RequestSheet) Total() kernel.Money {
	return kernel.Money{Amount: s.Current[0].Amount + s.Capital[0].Amount, Currency: s.currency}
}

// RequestedLine is one line of a request.
type RequestedLine struct {
	Line     int
	Key      string
	Economic EconomicType
	Amounts  []kernel.Money
	Reason   string
	codes    Codes
}

// Segments are the codes of the line's combination.
func (l *RequestedLine) Segments() []SegmentLabel {
	labels := []SegmentLabel{}
	for _, s := range Segments {
		if code := l.codes.Of(s); code != "" {
			labels = append(labels, SegmentLabel{Segment: s, Code: code})
		}
	}
	return labels
}

// RequestQuery asks for requests of a year, by chapter and programme.
type RequestQuery struct {
	Year      int
	Chapter   string // empty = all
	Programme string // empty = all
	State     string // empty = all
	First     int
	After     *string
}

// Requests lists what the programmes ask for.
func (r *Reports) Requests(ctx context.Context, by Officer, q RequestQuery) (*kernel.Connection[RequestSheet], error) {
	page, err := kernel.NewPage(q.First, q.After, 2)
	if err != nil {
		return nil, err
	}
	w := &where{}
	w.and("r.year = ?", q.Year)
	w.within(by, "r.unit")
	if page.Key(0) != nil {
		w.and("(r.chapter, r.programme) > (?, ?)", textOr(page.Key(0)), textOr(page.Key(1)))
	}
	for column, value := range map[string]string{"r.chapter": q.Chapter, "r.programme": q.Programme, "r.state": q.State} {
		if value != "" {
			w.and(column+" = ?", value)
		}
	}
	var c *kernel.Connection[RequestSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page,
			func(s *RequestSheet, k kernel.Key) kernel.Key { return k.Text(s.Chapter.Code).Text(s.Programme.Code) },
			func(s *RequestSheet) ([]any, func()) {
				return []any{
					&s.Year, &s.Chapter.Code, &s.Programme.Code, &s.Round, &s.StateCode, &s.current, &s.capital, &s.Count, &s.breaches, &s.Reason,
					&s.ReturnedFor, (*day)(&s.Date), &s.SubmittedBy, &s.DecidedBy, &s.Version, &s.Position.N, &s.currency,
				}, func() { s.Position = r.position(s.Position.N) }
			}, `
			select r.year, r.chapter, r.programme, r.round, r.state, r.current, r.capital, r.lines, r.breaches, r.reason,
			       r.returned_for, r.on_date, r.submitted_by, nullif(r.decided_by, ''), r.version, r.position, c.currency
			  from read.finance_budget_request r join read.finance_cycle c on c.year = r.year
			 where `+w.String()+` order by r.chapter, r.programme limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list the requests of %d: %w", q.Year, err)
		}
		for i := range c.Nodes {
			if err := c.Nodes[i].complete(r, by); err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}

// complete turns columns into what a screen shows.
func (s *RequestSheet) complete(r *Reports, by Officer) error {
	s.Chapter.Segment, s.Programme.Segment = Chapter, Programme
	s.Current, s.Capital = threeOf(s.current).money(s.currency), threeOf(s.capital).money(s.currency)
	s.trail = trail{r, by, RequestDocument, s.ID()}
	var breaches []CeilingBreach
	if err := json.Unmarshal(s.breaches, &breaches); err != nil {
		return fmt.Errorf("read what request %s goes beyond: %w", s.ID(), err)
	}
	s.Breaches = make([]BreachSheet, len(breaches))
	for i, b := range breaches {
		s.Breaches[i] = b.sheet(s.currency)
	}
	return nil
}

// BudgetRequests resolves what requests do not hold themselves.
type BudgetRequests struct{ *Query }

// Lines reads the lines of all requests of a page, with one statement.
func (q BudgetRequests) Lines(ctx context.Context, all []*RequestSheet) ([][]RequestedLine, error) {
	return q.Reports.requestedLines(ctx, q.Officer(ctx), all)
}

func (r *Reports) requestedLines(ctx context.Context, by Officer, all []*RequestSheet) ([][]RequestedLine, error) {
	lines := make([][]RequestedLine, len(all))
	place := map[string]int{}
	years, chapters, programmes := make([]int32, len(all)), make([]string, len(all)), make([]string, len(all))
	for i, s := range all {
		lines[i], place[s.ID()] = []RequestedLine{}, i
		years[i], chapters[i], programmes[i] = int32(s.Year), s.Chapter.Code, s.Programme.Code
	}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select l.year, l.chapter, l.programme, l.line, l.key, l.codes, l.economic, l.amounts, l.reason
			  from read.finance_budget_request_line l
			  join unnest($1::int[], $2::text[], $3::text[]) as of (year, chapter, programme) using (year, chapter, programme)
			 order by l.year, l.chapter, l.programme, l.line`, years, chapters, programmes)
		if err != nil {
			return fmt.Errorf("read the lines of requests: %w", err)
		}
		var year int
		var chapter, programme string
		codes, amounts := Codes{}, []int64{}
		var l RequestedLine
		_, err = pgx.ForEachRow(rows, []any{&year, &chapter, &programme, &l.Line, &l.Key, &codes, &l.Economic, &amounts, &l.Reason}, func() error {
			at := place[fmt.Sprintf("%d/%s", year, requestName(chapter, programme))]
			l.codes, l.Amounts = codes, threeOf(amounts).money(all[at].currency)
			lines[at] = append(lines[at], l)
			codes = Codes{}
			return nil
		})
		return err
	})
	return lines, err
}
