package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/graph"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections"
)

// question is a page of the general ledger asked by GraphQL, and the same page by a plain handler
// that scans the same rows and gives them to encoding/json.
type question struct {
	document string
	rows     int
	plain    func(ctx context.Context, r *finance.Reports, lines []finance.LedgerSheetLine) (any, error)
}

const (
	ledgerOf  = `query($first: Int!) { ledger(account: "221105", fund: "01", first: $first) { edges { node { %s } } pageInfo { hasNextPage endCursor } } }`
	eight     = `id journal number date fund account narration combination`
	twelve    = eight + ` position debit { amount currency } credit { amount currency } balance { amount currency }`
	withNames = eight + ` accountName { ar en }`
)

// 50 rows of 8 fields, 200 of 12, and 50 with a name that is read for all of them by a second
// statement, each through edges.
func graphqlFigure(r *rig) (side, side) { return r.asking(question{eight, 50, plainNarrow}) }
func wideFigure(r *rig) (side, side)    { return r.asking(question{twelve, 200, plainWide}) }
func namesFigure(r *rig) (side, side)   { return r.asking(question{withNames, 50, plainNames}) }

type narrow struct {
	ID          string `json:"id"`
	Journal     string `json:"journal"`
	Number      string `json:"number"`
	Date        string `json:"date"`
	Fund        string `json:"fund"`
	Account     string `json:"account"`
	Narration   string `json:"narration"`
	Combination string `json:"combination"`
}

type wide struct {
	narrow
	Position string       `json:"position"`
	Debit    kernel.Money `json:"debit"`
	Credit   kernel.Money `json:"credit"`
	Balance  kernel.Money `json:"balance"`
}

type named struct {
	narrow
	AccountName *kernel.Text `json:"accountName"`
}

func narrowOf(l *finance.LedgerSheetLine) narrow {
	return narrow{l.ID(), l.Journal, l.Number, l.Date.String(), l.Fund, l.Account, l.Narration, l.Combination()}
}

func plainNarrow(_ context.Context, _ *finance.Reports, lines []finance.LedgerSheetLine) (any, error) {
	all := make([]narrow, len(lines))
	for i := range lines {
		all[i] = narrowOf(&lines[i])
	}
	return all, nil
}

func plainWide(_ context.Context, _ *finance.Reports, lines []finance.LedgerSheetLine) (any, error) {
	all := make([]wide, len(lines))
	for i := range lines {
		l := &lines[i]
		all[i] = wide{narrowOf(l), l.Position.String(), l.Debit, l.Credit, l.Balance}
	}
	return all, nil
}

func plainNames(ctx context.Context, r *finance.Reports, lines []finance.LedgerSheetLine) (any, error) {
	labels := make([]finance.SegmentLabel, len(lines))
	for i := range lines {
		labels[i] = finance.SegmentLabel{Segment: finance.Item, Code: lines[i].Account}
	}
	names, err := r.SegmentNames(ctx, reader(), labels)
	if err != nil {
		return nil, err
	}
	all := make([]named, len(lines))
	for i := range lines {
		all[i] = named{narrowOf(&lines[i]), names[i]}
	}
	return all, nil
}

// reading is what whoever asks may do, on both sides; reader is the same in the words of finance.
func reading() *access.Standing { return access.Program("reader", string(finance.MayReadFinance)) }

func reader() finance.Officer { return officer.Finance(reading()) }

// asking measures both sides over one connection a caller.
func (r *rig) asking(q question) (side, side) {
	body, err := json.Marshal(map[string]any{"query": fmt.Sprintf(ledgerOf, q.document), "variables": map[string]any{"first": q.rows}})
	var address string
	prepare := func(ctx context.Context) error {
		if err != nil || address != "" {
			return err
		}
		address = filepath.Join(r.dir, "http")
		return r.serveLedger(ctx, address, q)
	}
	measure := func(path string, body []byte) side {
		return func(ctx context.Context, length time.Duration) (sample, error) {
			if err := prepare(ctx); err != nil {
				return sample{}, err
			}
			callers, done, err := connectHTTP(address, path, body, r.options.Writers)
			if err != nil {
				return sample{}, err
			}
			defer done()
			return loop(ctx, r.options.Writers, length, 1, func(_ context.Context, caller, _ int) error { return callers[caller].call() })
		}
	}
	return measure("/graphql", body), measure("/plain", nil)
}

// serveLedger fills the ledger's table and serves both sides from it.
func (r *rig) serveLedger(ctx context.Context, address string, q question) error {
	log, err := eventstore.OpenPostgres(ctx, r.db, finance.Categories()...)
	if err != nil {
		return err
	}
	views, err := projections.New(r.db, log, finance.Views()...)
	if err != nil {
		return err
	}
	if err := views.CatchUp(ctx); err != nil {
		return err
	}
	if err := r.fillLedger(ctx); err != nil {
		return err
	}
	module := finance.New(log, uuid.New(), time.Now, time.UTC)
	reports, err := module.NewReports(ctx, r.db)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("POST /graphql", graph.NewLocal(graph.Config{Finance: module, Reports: reports, Epoch: 1}).For(reading()))
	mux.HandleFunc("POST /plain", func(w http.ResponseWriter, request *http.Request) {
		c, err := reports.Ledger(request.Context(), reader(), finance.LedgerQuery{Account: "221105", Fund: "01", First: q.rows})
		var rows any
		if err == nil {
			rows, err = q.plain(request.Context(), reports, c.Nodes)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(map[string]any{"data": rows, "pageInfo": c.PageInfo()}) // the caller has gone when this fails
	})
	listener, err := net.Listen("unix", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // until it is closed
	r.ends = append(r.ends, func() { _ = server.Close(); _ = log.Close() })
	return nil
}

// fillLedger writes 20,000 lines of one account, and a chart with names.
func (r *rig) fillLedger(ctx context.Context) error {
	admin, err := r.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	_, err = admin.Exec(ctx, `
		insert into read.finance_ledger_line (position, line, journal, number, year, period, on_date, fund, account, codes, payee, key, currency, narration, debit, credit, balance, unit)
		select n, 1, gen_random_uuid()::text, 'قيد-' || n, 2026, 1 + n % 12, date '2026-01-01' + n % 360, '01', '221105',
			'{"fund":"01","chapter":"2501","programme":"4401","activity":"001","item":"221105","source":"001"}', '', '01-2501-4401', 'JOD',
			'صرف مستحقات صيانة الطرق عن الدفعة رقم ' || n, n * 1000 + 250, 0, n * 1000, '.'
		  from generate_series(1, 20000) n;
		insert into read.finance_segment (segment, code, name_ar, name_en, parent, heading, economic, valid_from, valid_to)
		select 'item', (221000 + n)::text, 'الوقود والمحروقات ' || n, 'Fuel and lubricants ' || n, '', false, 'current', null, null from generate_series(1, 500) n;
		analyze read.finance_ledger_line; analyze read.finance_segment`)
	return err
}
