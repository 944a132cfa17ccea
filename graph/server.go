package graph

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"diwan/desk"
	"diwan/export/sheet"
	"diwan/graph/house"
	"diwan/graph/live"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
	"diwan/projections/inbox"
	"diwan/projections/search"
)

// Config is what the server is wired from.
type Config struct {
	Finance *finance.Module
	Reports *finance.Reports
	Uploads *upload.Module
	Jobs    *job.Module
	Views   []string // that may be rebuilt
	Sheets  []sheet.Sheet
	Forms   []sheet.Form
	Desk    *desk.Desk
	Inbox   *inbox.Inbox
	Search  *search.Search
	Epoch   int32 // of the log, for positions that come from before a restore

	// Access resolves what people may do; somebody must run its book. SignIn is how they prove who they are.
	Access           *access.Module
	AccessReports    *access.Reports
	Directory        *directory.Module
	Registry         *directory.Registry
	DirectoryReports *directory.Reports
	Zone             *time.Location // of the office
	SignIn           *signin.House
	// Proxies are our own, whose word on where a request comes from is taken.
	Proxies []netip.Prefix

	// Health looks at everything an operator looks after; Policies lists what was decided with dates. Either
	// may be nil.
	Health   func(ctx context.Context) (*house.Health, error)
	Policies func(ctx context.Context) ([]house.Policy, error)

	// Wait waits until a view shows a position, see projections.Runner.Wait.
	Wait func(ctx context.Context, view string, position int64) error
	// Ready tells why requests cannot be answered well now; nil when they can.
	Ready func(ctx context.Context) error
	// Checkpoint serves the log's newest signed checkpoint; Metrics the figures for operators. Either
	// may be nil.
	Checkpoint, Metrics http.Handler
	// Download serves files at signed addresses, to the person who is signed in; nil when there are none.
	Download func(w http.ResponseWriter, r *http.Request, person, language string)
	// Help serves the pages under /help; nil when there are none.
	Help http.Handler
	// App is the built staff app; nil when it was not built.
	App fs.FS
	// Secure is true when people reach the server over https.
	Secure bool
	// Introspection lets people who have signed in look at the schema, and not only those who may
	// develop; FreeText lets them send documents of their own.
	Introspection, FreeText bool
	// Live tells whoever looks on what moved; nil = nobody can.
	Live *live.Hub
	// Operations are the documents of the staff app, which browsers send by their hash.
	Operations []string
	// Origins are other origins than the server's own that may send acts, "https://host".
	Origins []string

	Log *slog.Logger
	Now func() time.Time
}

type server struct {
	config  Config
	cookies cookies
	api     *api
	doors   doors
}

// NewServer puts the API, sign-in, health and the staff app together.
func NewServer(c Config) (http.Handler, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &server{config: c, cookies: cookies{c.Secure}, api: newAPI(c), doors: doors{each: map[string]int{}}}
	cross := http.NewCrossOriginProtection()
	for _, origin := range c.Origins {
		if err := cross.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /graphql", s.ask)
	mux.HandleFunc("GET /graphql", s.connect)
	s.signInRoutes(mux)
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /readyz", s.ready)
	if c.Checkpoint != nil {
		mux.Handle("GET /log/checkpoint", c.Checkpoint)
	}
	if c.Metrics != nil {
		mux.Handle("GET /metrics", c.Metrics)
	}
	for _, method := range []string{http.MethodOptions, http.MethodHead, http.MethodPatch, http.MethodDelete} {
		mux.HandleFunc(method+" /uploads/{id}", s.upload)
	}
	mux.HandleFunc("GET /downloads/{hash}", s.download)
	if c.Help != nil {
		mux.Handle("GET /help", c.Help)
		mux.Handle("GET /help/", c.Help)
	}
	mux.HandleFunc("GET /", s.app)
	return hardened(c.Secure, cross.Handler(mux)), nil
}

// ask answers GraphQL for whoever has signed in, in their language.
func (s *server) ask(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if r.Header.Get("Authorization") == "" {
		ctx = fromBrowser(ctx)
	}
	v, ok, err := s.visit(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var who *access.Standing
	if ok {
		// Looked up at every request: a right that was taken away is gone at once.
		standing, holds := s.config.Access.Standing(v.Person, access.Acting{OnBehalfOf: r.Header.Get(behalfHeader), SteppedUp: v.approves})
		if !holds && r.Header.Get(behalfHeader) != "" {
			s.refuse(w, r, http.StatusForbidden, "delegation_over", kernel.Text{
				Ar: "ليس لك تفويض قائم من هذا الشخص.", En: "You hold no delegation from this person at present.",
			})
			return
		}
		if holds {
			who, ctx = &standing, context.WithValue(ctx, visitKey{}, v)
		}
	}
	ctx = s.api.by(ctx, who, preferred(r.Header.Get("Accept-Language")))
	if wantsStream(r) {
		s.watch(w, r.WithContext(ctx), v, func(w http.ResponseWriter, r *http.Request) { serveStream(w, r, s.api) })
		return
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			s.config.Log.ErrorContext(ctx, "a request panicked outside its fields", "panic", panicked)
			s.refuse(w, r, http.StatusInternalServerError, "internal", kernel.Text{Ar: "خطأ داخلي.", En: "Internal error."})
		}
	}()
	answer(w, r.WithContext(ctx), s.api.executor)
}

// ready tells a load balancer whether to send people here.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if s.config.Ready != nil {
		if err := s.config.Ready(r.Context()); err != nil {
			s.config.Log.WarnContext(r.Context(), "not ready", "error", err)
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusOK)
}
