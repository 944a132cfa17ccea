package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/desk"
	"diwan/eventstore"
	"diwan/eventstore/blob"
	"diwan/eventstore/vault"
	"diwan/graph/live"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/modules/upload"
	"diwan/projections"
	"diwan/projections/inbox"
	"diwan/projections/search"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const fuel = "01-2501-4401-001-221105-001"

// office is a served Diwan with a budget: two lines, of which 50,000.000 are released on the first.
type office struct {
	t         testing.TB
	url       string
	log       eventstore.Store
	house     *signin.House
	supplier  string
	views     *projections.Runner
	db        *database.DB
	registrar *directory.Module
	config    Config
}

// head is the newest position of the log.
func (o *office) head(t *testing.T) int64 {
	t.Helper()
	head, _, err := o.log.Head(t.Context(), eventstore.Main)
	must(t, err)
	return head
}

func openOffice(t *testing.T) *office {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(ctx, db, slices.Concat(access.Categories(), finance.Categories(), directory.Categories(), signin.Categories())...)
	must(t, err)
	clock := func() time.Time { return time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC) }
	module := finance.New(log, uuid.MustParse("0192f000-0000-7000-8000-000000000001"), clock, time.UTC)
	staff := staffed(t, log, clock)
	views, err := projections.New(db, log, slices.Concat(finance.Views(), directory.Views(), []projections.View{access.StepView(), inbox.View(), search.View()})...)
	must(t, err)
	tenant := uuid.MustParse("0192f000-0000-7000-8000-000000000001")
	registry, registrar := directory.NewRegistry(log, tenant), directory.New(log, tenant, clock, time.UTC)
	running := make(chan error, 2)
	go func() { running <- views.Run(ctx) }()
	go func() { running <- registry.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		must(t, <-running)
		must(t, <-running)
		must(t, log.Close())
	})
	masters, err := vault.MasterFile{Path: filepath.Join(t.TempDir(), "master.key")}.LoadOrCreate()
	must(t, err)
	keys, err := vault.Open(ctx, db, masters, vault.Forgotten{Path: filepath.Join(t.TempDir(), "forgotten")})
	must(t, err)
	house, err := signin.New(ctx, signin.Config{
		DB: db, Log: log, Tenant: tenant, People: SignInPeople{staff}, Sealer: sealing{keys}, Clock: time.Now,
		Cost: signin.Cost{Memory: 8, Passes: 1, Threads: 1},
	})
	must(t, err)
	var names []string
	for _, p := range access.DemoPeople() {
		names = append(names, p.ID)
	}
	must(t, house.GivePasswords(ctx, names, access.DemoPassword))
	policy := signin.HousePolicy()
	policy.From, policy.SecondFactor = kernel.DateOf(time.Now()), false
	must(t, house.SetPolicy(ctx, "system", uuid.New(), policy))
	reports, err := module.NewReports(ctx, db)
	must(t, err)
	_, epoch, err := log.Head(ctx, eventstore.Main)
	must(t, err)
	files, err := blob.OpenFolder(t.TempDir())
	must(t, err)
	links := upload.NewLinks(bytes.Repeat([]byte{1}, 32), time.Now)
	uploads := upload.New(db, files, links, time.Now, upload.DefaultQuota(),
		upload.Purpose{Name: "finance.budget", Permission: "finance.budget.import", Most: 1 << 20, Types: []string{upload.Text}})
	hub := live.NewHub(log, views.Wait, slog.Default())
	go func() { _ = hub.Run(ctx) }() // ends with the test
	config := Config{
		Live:   hub,
		Access: staff, AccessReports: access.NewReports(db, epoch, staff.Book()), Finance: module, Reports: reports, Desk: desk.New(db, clock), Inbox: inbox.New(db, epoch, clock, time.UTC), Search: search.New(db),
		Epoch: epoch, SignIn: house, Wait: views.Wait, Introspection: true, FreeText: true,
		Directory: registrar, Registry: registry, DirectoryReports: directory.NewReports(db, epoch), Zone: time.UTC,
		Uploads: uploads,
		App:     fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>ديوان</title>")}, "assets/app-1.js": {Data: []byte("1")}},
	}
	handler, err := NewServer(config)
	must(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o := &office{t: t, url: server.URL, log: log, views: views, db: db, house: house, config: config, registrar: registrar}
	o.furnish(module, staff)
	return o
}

// sealing seals with the vault's keys.
type sealing struct{ *vault.Vault }

func (s sealing) Open(ctx context.Context, _ uuid.UUID, sealed []byte) ([]byte, error) {
	return s.Vault.Open(ctx, sealed)
}

// staffed registers the people of the demo with their roles, in the whole government.
func staffed(t *testing.T, log eventstore.Store, clock func() time.Time) *access.Module {
	t.Helper()
	m := access.New(log, uuid.MustParse("0192f000-0000-7000-8000-000000000001"), clock, time.UTC, officer.Catalogue())
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	by := access.Program("test", all...)
	for _, r := range access.DemoRoles() {
		_, err := m.SetRole(t.Context(), by, access.SetRole{Command: uuid.New(), Role: r.ID, Title: r.Title, Permissions: r.Permissions, Limit: r.Limit, From: "2026-01-01"})
		must(t, err)
	}
	for _, p := range access.DemoPeople() {
		_, err := m.RegisterPerson(t.Context(), by, access.RegisterPerson{Command: uuid.New(), Person: p.ID, Name: p.Name, Title: p.Title, On: "2026-01-01"})
		must(t, err)
		_, err = m.GrantRole(t.Context(), by, access.GrantRole{Command: uuid.New(), Person: p.ID, Role: p.Role.ID, Unit: "jo", From: "2026-01-01"})
		must(t, err)
	}
	return m
}

// furnish puts year, chart, budget, release and rules in place, through the module's own commands.
func (o *office) furnish(m *finance.Module, house *access.Module) {
	o.t.Helper()
	ctx, by := context.Background(), func(person string, more ...finance.Permission) finance.Officer {
		standing, ok := house.Standing(person, access.Acting{})
		if !ok {
			o.t.Fatalf("%s is nobody", person)
		}
		who := officer.Finance(&standing)
		who.Permissions = maps.Clone(who.Permissions)
		for _, one := range more {
			who.Permissions[one] = true
		}
		who.Units = finance.Everywhere(who.Permissions)
		return who
	}
	done := func(r eventstore.Receipt, err error) string {
		o.t.Helper()
		must(o.t, err)
		return r.Events[0].Command.String()
	}
	done(m.OpenYear(ctx, by("mazen"), finance.OpenYear{Command: uuid.New(), Year: 2026}))
	for _, item := range []string{"331001", "131001", "111001", "332001"} {
		done(m.AddSegmentValue(ctx, by("dima"), finance.AddSegmentValue{Command: uuid.New(), Segment: finance.Item, Code: item, NameAr: "حساب", NameEn: "Account " + item}))
	}
	budget := "year,fund,chapter,programme,activity,item,source,amount,programme_name\n" +
		"2026,01,2501,4401,001,221105,001,60000.000,صيانة الطرق\n2026,01,2501,4402,001,221106,001,7000.500,الإدارة\n"
	_, err := finance.ImportBudget(ctx, m, by("dima"), strings.NewReader(budget), finance.ImportOptions{Vintage: finance.Original}, nil)
	must(o.t, err)
	order := done(m.DraftOrder(ctx, by("rana"), finance.DraftOrder{
		Command: uuid.New(), Year: 2026, Kind: finance.GeneralOrder, Subject: "الأمر المالي العام",
		Lines: []finance.OrderLineInput{{Key: fuel, Months: []int{1}, Amount: "50000.000"}},
	}))
	done(m.CertifyOrder(ctx, by("sami"), finance.StepOrder{Command: uuid.New(), ID: order}))
	done(m.SetPaymentRules(ctx, by("mazen"), finance.SetPaymentRules{
		Command: uuid.New(), From: "2026-01-01", PayableItem: "331001", RecoverItem: "131001", BankItems: []string{"111001"},
	}))
	for role, limit := range map[string]string{"finance_manager": "10,000.000", "spending_officer": "unlimited"} {
		done(m.SetApprovalLimit(ctx, by("mazen"), finance.SetApprovalLimit{Command: uuid.New(), Role: role, Limit: limit, From: "2026-01-01"}))
	}
	o.supplier = done(m.RegisterPayee(ctx, by("dima"), finance.RegisterPayee{
		Command: uuid.New(), Kind: finance.Company, Name: kernel.Text{Ar: "شركة الطرق", En: "Roads Company"},
	}))
	done(m.ProposeBankAccount(ctx, by("dima"), finance.ProposeBankAccount{Command: uuid.New(), Payee: o.supplier, IBAN: "JO94CBJO0010000000000131000302", On: "2026-01-02"}))
	done(m.ApproveBankAccount(ctx, by("huda"), finance.DecideBankAccount{Command: uuid.New(), Payee: o.supplier, Account: 1, On: "2026-01-03"}))
}

// caller is a browser: it keeps cookies, and reads its own writes.
type caller struct {
	o        *office
	client   *http.Client
	language string
	after    string
}

// anonymous has not signed in.
func (o *office) anonymous() *caller {
	jar, err := cookiejar.New(nil)
	must(o.t, err)
	return &caller{o: o, client: &http.Client{Jar: jar}, language: "en"}
}

// as signs a person in.
func (o *office) as(person string) *caller {
	o.t.Helper()
	c := o.anonymous()
	if status := c.signIn(person, access.DemoPassword); status != http.StatusNoContent {
		o.t.Fatalf("%s could not sign in: %d", person, status)
	}
	return c
}

func (c *caller) signIn(person, password string) int {
	c.o.t.Helper()
	body, err := json.Marshal(map[string]string{"person": person, "password": password})
	must(c.o.t, err)
	return c.send("/sign-in", "application/json", body).status
}

type answer_ struct {
	status int
	body   []byte
	header http.Header
}

func (c *caller) send(path, kind string, body []byte) answer_ {
	c.o.t.Helper()
	r, err := http.NewRequest(http.MethodPost, c.o.url+path, bytes.NewReader(body))
	must(c.o.t, err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept-Language", c.language)
	if c.after != "" {
		r.Header.Set("X-After", c.after)
	}
	return c.do(r)
}

func (c *caller) do(r *http.Request) answer_ {
	c.o.t.Helper()
	response, err := c.client.Do(r)
	must(c.o.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(c.o.t, err)
	return answer_{response.StatusCode, text, response.Header}
}

// reply is what GraphQL answers.
type reply struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions map[string]any
	}
	Extensions map[string]any
}

// ask sends a question and reads its data into out.
func (c *caller) ask(out any, text string, variables map[string]any) reply {
	c.o.t.Helper()
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	must(c.o.t, err)
	a := c.send("/graphql", "application/json", body)
	var r reply
	if err := json.Unmarshal(a.body, &r); err != nil {
		c.o.t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	if out != nil && len(r.Errors) > 0 {
		c.o.t.Fatalf("%s\nanswered %s", text, a.body)
	}
	if out != nil {
		must(c.o.t, json.Unmarshal(r.Data, out))
	}
	return r
}

// act is the answer to an act.
type act struct {
	Document *struct{ ID, Number, StateCode, Version string }
	Position string
	Replayed bool
	Problems []struct {
		Typename string `json:"__typename"`
		Code     string
		Message  string
		Path     string
		Expected string
		Actual   string
		Changed  []struct{ Type, Actor string }
	}
}

// act sends one act and remembers its position.
func (c *caller) act(name, kind string, input map[string]any) act {
	c.o.t.Helper()
	if input["command"] == nil {
		input["command"] = uuid.NewString()
	}
	var out map[string]act
	r := c.ask(nil, `mutation($input: `+kind+`!) { act: `+name+`(input: $input) {
		document { id number stateCode version } position replayed
		problems { __typename code message path ... on Conflict { expected actual changed { type actor } } } } }`, map[string]any{"input": input})
	if len(r.Errors) > 0 {
		a := act{}
		a.Problems = append(a.Problems, struct {
			Typename string `json:"__typename"`
			Code     string
			Message  string
			Path     string
			Expected string
			Actual   string
			Changed  []struct{ Type, Actor string }
		}{Code: r.Errors[0].Extensions["code"].(string), Message: r.Errors[0].Message})
		return a
	}
	must(c.o.t, json.Unmarshal(r.Data, &out))
	if out["act"].Position != "" {
		c.after = out["act"].Position
	}
	return out["act"]
}

// done requires that an act was done, and returns the document's id.
func (c *caller) done(name, kind string, input map[string]any) string {
	c.o.t.Helper()
	a := c.act(name, kind, input)
	if len(a.Problems) > 0 || a.Document == nil || a.Position == "" {
		c.o.t.Fatalf("%s was answered with %+v", name, a)
	}
	return a.Document.ID
}

// refused requires a refusal with one of the codes and nothing recorded.
func (c *caller) refused(code string, a act) {
	c.o.t.Helper()
	if a.Document != nil || len(a.Problems) == 0 || a.Problems[0].Code != code || a.Problems[0].Message == "" {
		c.o.t.Fatalf("answered %+v, want the refusal %s", a, code)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
