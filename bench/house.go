package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/eventstore/vault"
	"diwan/graph"
	"diwan/graph/live"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/inbox"
)

// house is a whole served Diwan: sign-in, sessions, rights, views, questions and subscriptions.
type house struct {
	address string // "127.0.0.1:port"
	finance *finance.Module
	views   *projections.Runner
}

const benchPassword = "a bench is no place to sleep"

// sealing seals with the vault's keys.
type sealing struct{ *vault.Vault }

// Open decrypts.
func (s sealing) Open(ctx context.Context, _ uuid.UUID, sealed []byte) ([]byte, error) {
	return s.Vault.Open(ctx, sealed)
}

// openHouse serves people who may read finance, each with the same password, until the figure ends.
// cost is of a password's hash; the zero one is the house's. clock is sign-in's.
func (r *rig) openHouse(ctx context.Context, people int, cost signin.Cost, clock func() time.Time) (*house, error) {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.ends = append(r.ends, stop)
	log, err := eventstore.OpenPostgres(ctx, r.db, slices.Concat(access.Categories(), finance.Categories(), signin.Categories())...)
	if err != nil {
		return nil, err
	}
	tenant := uuid.New()
	staff := access.New(log, tenant, time.Now, time.UTC, officer.Catalogue())
	names, err := r.register(ctx, staff, people)
	if err != nil {
		return nil, err
	}
	masters, err := vault.MasterFile{Path: filepath.Join(r.dir, "master.key")}.LoadOrCreate()
	if err != nil {
		return nil, err
	}
	keys, err := vault.Open(ctx, r.db, masters, vault.Forgotten{Path: filepath.Join(r.dir, "forgotten")})
	if err != nil {
		return nil, err
	}
	door, err := signin.New(ctx, signin.Config{
		DB: r.db, Log: log, Tenant: tenant, People: graph.SignInPeople{Access: staff}, Sealer: sealing{keys}, Clock: clock, Cost: cost,
		Trouble: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	policy := signin.HousePolicy()
	policy.From, policy.SecondFactor = kernel.DateOf(time.Now()), false
	if err := errors.Join(door.GivePasswords(ctx, names, benchPassword), door.SetPolicy(ctx, "system", uuid.New(), policy)); err != nil {
		return nil, err
	}
	h := &house{finance: finance.New(log, tenant, time.Now, time.UTC)}
	if h.views, err = projections.New(r.db, log, append(finance.Views(), inbox.View())...); err != nil {
		return nil, err
	}
	if err := h.views.CatchUp(ctx); err != nil {
		return nil, err
	}
	hub := live.NewHub(log, h.views.Wait, slog.New(slog.DiscardHandler))
	reports, err := h.finance.NewReports(ctx, r.db)
	if err != nil {
		return nil, err
	}
	handler, err := graph.NewServer(graph.Config{
		Access: staff, Finance: h.finance, Reports: reports, Inbox: inbox.New(r.db, 1, time.Now, time.UTC), Epoch: 1, SignIn: door,
		Wait: h.views.Wait, Live: hub, FreeText: true, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	go func() { _ = h.views.Run(running) }()
	go func() { _ = hub.Run(running) }()
	go func() { _ = staff.Run(running) }()
	h.address, err = r.listen(handler)
	r.ends = append(r.ends, func() { _ = log.Close() })
	return h, err
}

// listen serves on the loopback until the figure ends.
func (r *rig) listen(handler http.Handler) (address string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // until it is closed
	r.ends = append(r.ends, func() { _ = server.Close() })
	return listener.Addr().String(), nil
}

// register gives people a role with which they read finance.
func (r *rig) register(ctx context.Context, staff *access.Module, people int) (names []string, err error) {
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	by := access.Program("bench", all...)
	if _, err := staff.SetRole(ctx, by, access.SetRole{Command: uuid.New(), Role: "reader", Title: kernel.Text{Ar: "قارئ", En: "Reader"}, Permissions: []string{string(finance.MayReadFinance)}, From: "2026-01-01"}); err != nil {
		return nil, err
	}
	for i := range people {
		name := personName(i)
		names = append(names, name)
		if _, err := staff.RegisterPerson(ctx, by, access.RegisterPerson{Command: uuid.New(), Person: name, Name: kernel.Text{Ar: "شخص", En: "Person"}, On: "2026-01-01"}); err != nil {
			return nil, err
		}
		if _, err := staff.GrantRole(ctx, by, access.GrantRole{Command: uuid.New(), Person: name, Role: "reader", Unit: "jo", From: "2026-01-01"}); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// signIn is the first half of coming to work; the cookies are the session.
func (h *house) signIn(client *http.Client, person, password string) (status int, cookies []string, err error) {
	body, err := json.Marshal(map[string]string{"person": person, "password": password})
	if err != nil {
		return 0, nil, err
	}
	status, _, header, err := h.post(client, "/sign-in", body, nil)
	for _, c := range (&http.Response{Header: header}).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return status, cookies, err
}

func (h *house) post(client *http.Client, path string, body []byte, cookies []string) (status int, answer []byte, header http.Header, err error) {
	request, err := http.NewRequest(http.MethodPost, "http://"+h.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if len(cookies) > 0 {
		request.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	return response.StatusCode, answer, response.Header, err
}

// furnished opens a year with a budget line, and commitments on it.
func (h *house) furnished(ctx context.Context, commitments int) (by finance.Officer, ids []string, err error) {
	held := map[finance.Permission]bool{}
	for _, p := range finance.Permissions() {
		held[p] = true
	}
	as := func(person string) finance.Officer {
		return finance.Officer{ID: person, Permissions: held, Units: finance.Everywhere(held), Limit: finance.Unlimited}
	}
	m, year := h.finance, time.Now().Year()
	id := func(r eventstore.Receipt, failed error) string {
		if failed != nil || len(r.Events) == 0 {
			err = errors.Join(err, failed)
			return ""
		}
		return r.Events[0].Command.String()
	}
	id(m.OpenYear(ctx, as("root"), finance.OpenYear{Command: uuid.New(), Year: year}))
	budget := fmt.Sprintf("year,fund,chapter,programme,activity,item,source,amount\n%d,01,2501,4401,001,221105,001,600000.000\n", year)
	if _, failed := finance.ImportBudget(ctx, m, as("root"), strings.NewReader(budget), finance.ImportOptions{Vintage: finance.Original}, nil); failed != nil {
		return by, nil, failed
	}
	order := id(m.DraftOrder(ctx, as("a"), finance.DraftOrder{
		Command: uuid.New(), Year: year, Kind: finance.GeneralOrder, Subject: "order", Lines: []finance.OrderLineInput{{Key: benchLine, Months: []int{1}, Amount: "500000.000"}},
	}))
	id(m.CertifyOrder(ctx, as("b"), finance.StepOrder{Command: uuid.New(), ID: order}))
	for range commitments {
		ids = append(ids, id(m.RecordCommitment(ctx, as("a"), finance.RecordCommitment{
			Command: uuid.New(), Year: year, Subject: "commitment", Lines: []finance.LineInput{{Key: benchLine, Amount: "1.000"}},
		})))
	}
	return as("a"), ids, err
}

const benchLine = "01-2501-4401-001-221105-001"
