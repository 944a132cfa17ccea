// Package bench measures the log beside the machine's own limit.
//
// Three things to know. Every figure is taken in turns with its limit on one private PostgreSQL, with
// fsync on, so that outside load hits both sides; the ratio is the median of the turns' ratios. The
// tables are emptied and a checkpoint made before each side of each turn. Loops are closed: a caller
// sends its next command when it has its answer.
package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"diwan/database"
	"diwan/database/cluster"
	"diwan/eventstore"
	"diwan/migrations"
)

// Options say how long and how large a measurement is; zero values are the usual ones.
type Options struct {
	Seconds int          // for all turns together; 0 = 15
	Writers int          // callers; 0 = what the figure is defined with
	Size    int          // events in the log, where that matters; 0 = what the figure is defined with
	Dir     string       // folder for the private PostgreSQL, on the disk to be measured; "" = the temporary folder
	Tell    func(string) // progress
	// Beside starts what shall run beside the writer, such as seal, a view and the feed; the context
	// ends with the turn.
	Beside func(context.Context, *database.DB, eventstore.Store) error
}

// Result is one figure beside its limit.
type Result struct {
	Name   string  `json:"name"`
	Figure int64   `json:"figure"`
	Unit   string  `json:"unit"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
	Limit  Limit   `json:"limit"`
	Ratio  float64 `json:"ratio"`
	// Ratios are those of all turns, lowest first.
	Ratios []float64 `json:"ratios"`
	// BytesEach is what the server holds for each caller, where that is measured.
	BytesEach int64 `json:"bytes_each,omitempty"`
}

// Limit is what the machine itself can do in the same run.
type Limit struct {
	Name   string  `json:"name"`
	Figure int64   `json:"figure"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
}

// turns is how often both sides are measured.
const turns = 5

// figure is one measurement by name.
type figure struct {
	name    string
	unit    string
	limit   string
	writers int
	run     func(*rig) (figureSide, limitSide side)
}

// side measures once.
type side func(ctx context.Context, turn time.Duration) (sample, error)

func figures() []figure {
	return []figure{
		{"append", "commands/s", "one autocommit INSERT of the same row by as many connections (32 at most)", 32, appendFigure},
		{"hot", "commands/s", "the same callers on a stream each", 32, hotFigure},
		{"hot-lines", "commands/s", "a transaction that updates two of ten balance rows in order", 32, hotLinesFigure},
		{"two-nodes", "commands/s", "one node with all the callers", 32, twoNodesFigure},
		{"hundreds", "events/s", "COPY of the same rows, 100 a transaction", 1, hundredsFigure},
		{"read", "events/s", "one streaming SELECT of the same rows", 1, readFigure},
		{"project", "events/s", "the same rows by INSERT … SELECT, 5,000 a statement", 1, projectFigure},
		{"project-totals", "events/s", "the same sums by SQL, 1,000 events a statement", 1, totalsFigure},
		{"live", "events/s", "the same pace, nobody listening", 1, liveFigure},
		{"age", "commands/s", "the same callers on ten new streams, against ten of 10,000 events", 32, ageFigure},
		{"graphql", "requests/s", "a plain JSON handler of the same 50 rows × 8 fields", 8, graphqlFigure},
		{"graphql-wide", "requests/s", "a plain JSON handler of the same 200 rows × 12 fields", 8, wideFigure},
		{"graphql-names", "requests/s", "a plain JSON handler of the same 50 rows with the same second statement", 8, namesFigure},
		{"access", "checks/s", "the same names and one look into a map", 2, accessFigure},
		{"standing", "standings/s", "a map of the same acts made anew", 1, standingFigure},
		{"rls", "statements/s", "the same statements by a role that row security does not hold", 4, rlsFigure},
		{"subscriptions", "deliveries/s", "the same messages over as many plain WebSockets", 2000, subscriptionsFigure},
		{"signin", "sign-ins/s", "one check of the password alone", 1, signinFigure},
		{"signin-unknown", "refusals/s", "a known name with a wrong password", 1, unknownFigure},
		{"growth", "commands/s", "the same in a log of 100,000 events", 32, growthFigure},
		{"growth-project", "events/s", "the same into a list of 100,000 rows", 1, growthProjectFigure},
	}
}

// Names lists the figures this package can measure.
func Names() []string {
	var names []string
	for _, f := range figures() {
		names = append(names, f.name)
	}
	return names
}

// Run measures one figure by name.
func Run(ctx context.Context, name string, o Options) (Result, error) {
	all := figures()
	i := slices.IndexFunc(all, func(f figure) bool { return f.name == name })
	if i < 0 {
		return Result{}, fmt.Errorf("there is no figure %q: %v", name, Names())
	}
	f := all[i]
	if o.Seconds == 0 {
		o.Seconds = 15
	}
	if o.Writers == 0 {
		o.Writers = f.writers
	}
	if o.Tell == nil {
		o.Tell = func(string) {}
	}
	r := &rig{options: o}
	defer r.close()
	if err := r.open(ctx); err != nil {
		return Result{}, fmt.Errorf("prepare %s: %w", name, err)
	}
	return r.measure(ctx, f)
}

func (r *rig) measure(ctx context.Context, f figure) (Result, error) {
	ours, limit := f.run(r)
	length := time.Duration(r.options.Seconds) * time.Second / (2 * turns)
	var figures, limits []sample
	var ratios []float64
	for turn := range turns {
		var pair [2]sample
		sides := []side{ours, limit}
		for k := range sides {
			at := (k + turn) % 2 // who is first changes from turn to turn
			s, err := sides[at](ctx, length)
			if err != nil {
				return Result{}, fmt.Errorf("measure %s: %w", f.name, err)
			}
			pair[at] = s
		}
		ratio := pair[0].rate() / pair[1].rate()
		r.options.Tell(fmt.Sprintf("%s, turn %d of %d: %.0f against %.0f, ratio %.2f", f.name, turn+1, turns, pair[0].rate(), pair[1].rate(), ratio))
		figures, limits, ratios = append(figures, pair[0]), append(limits, pair[1]), append(ratios, ratio)
	}
	slices.Sort(ratios)
	byRate := func(a, b sample) int { return int(a.rate() - b.rate()) }
	slices.SortFunc(figures, byRate)
	slices.SortFunc(limits, byRate)
	middle := figures[turns/2]
	latencies, of := sorted(figures), sorted(limits)
	return Result{
		Name: f.name, Figure: int64(middle.rate()), Unit: f.unit, P50: quantile(latencies, 50), P99: quantile(latencies, 99),
		Limit: Limit{f.limit, int64(limits[turns/2].rate()), quantile(of, 50), quantile(of, 99)}, Ratio: round(ratios[turns/2]), Ratios: roundAll(ratios), BytesEach: r.bytesEach,
	}, nil
}

// sorted are the latencies of all turns.
func sorted(samples []sample) []time.Duration {
	var all []time.Duration
	for _, s := range samples {
		all = append(all, s.latencies...)
	}
	slices.Sort(all)
	return all
}

// rig is the private PostgreSQL of one measurement.
type rig struct {
	options   Options
	dir       string
	cluster   *cluster.Cluster
	db        *database.DB
	ends      []func() // what a figure started
	bytesEach int64    // of memory for each caller, where a figure measures it
	beside    *rig     // a second server, when a figure compares two logs
}

func (r *rig) open(ctx context.Context) error {
	if r.options.Dir != "" {
		if err := os.MkdirAll(r.options.Dir, 0o755); err != nil {
			return err
		}
	}
	dir, err := os.MkdirTemp(r.options.Dir, "diwan-bench-")
	if err != nil {
		return err
	}
	r.dir = dir
	return r.start(ctx)
}

func (r *rig) start(ctx context.Context) (err error) {
	if err = os.Chmod(r.dir, 0o755); err != nil { // the server's user passes through
		return err
	}
	r.cluster, err = cluster.Start(ctx, filepath.Join(r.dir, "cluster"), cluster.EndWithProcess(), cluster.Progress(r.options.Tell))
	if err != nil {
		return err
	}
	if err = migrations.Up(ctx, r.cluster.Config().OwnerURL, nil); err != nil {
		return err
	}
	r.db, err = database.Open(ctx, r.cluster.Config())
	return err
}

func (r *rig) close() {
	for _, end := range r.ends {
		end()
	}
	if r.db != nil {
		r.db.Close()
	}
	if r.cluster != nil {
		_ = r.cluster.Stop() // its folder goes next
	}
	if r.dir != "" {
		_ = os.RemoveAll(r.dir) // only the measurement's own
	}
	if r.beside != nil {
		r.beside.close()
	}
}
