package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/blob"
	"diwan/eventstore/feed"
	"diwan/eventstore/vault"
	"diwan/export"
	"diwan/graph"
	"diwan/graph/officer"
	"diwan/graph/work"
	"diwan/migrations"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/finance/bankfile"
	"diwan/modules/job"
	"diwan/modules/upload"
	"diwan/projections"
	"diwan/projections/inbox"
	"diwan/projections/search"
)

// app is Diwan, wired: what it is made of stands here in order and nowhere else. demo and serve run
// it; every other command opens it, does one thing and closes it.
type app struct {
	settings settings
	place    *place
	db       *database.DB
	store    eventstore.Store
	epoch    int32 // of the log
	views    *projections.Runner
	built    atomic.Bool // every view was seen built

	files    blob.Store // that events refer to
	passing  blob.Store // that expire
	links    *upload.Links
	uploads  *upload.Module
	jobs     *job.Module
	printer  *export.Printer
	chromium string       // where the browser that prints is; empty = nowhere
	local    *graph.Local // answers documents for jobs
	keys     *vault.Vault
	signIn   *signin.House // of nodes and of diwan user
	calendar *directory.Calendar

	directory *directory.Module
	registry  *directory.Registry

	access  *access.Module
	finance *finance.Module
	reports *finance.Reports
	zone    *time.Location // of the office
}

// government is the tenant of an installation: there is one.
func government() uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:diwan:government")) }

// categories are the streams of all modules.
func categories() []eventstore.Category {
	return slices.Concat(access.Categories(), signin.Categories(), directory.Categories(), finance.Categories(), forgottenCategories())
}

// views are the read models of all modules.
func views() []projections.View {
	return slices.Concat(finance.Views(), directory.Views(), []projections.View{access.StepView(), inbox.View(), search.View()})
}

func viewNames() []string {
	return slices.Concat(finance.ViewNames(), directory.ViewNames(), []string{access.StepsView, inbox.ViewName, search.ViewName})
}

// processes are the process managers that live on the log.
func (a *app) processes() []feed.Process {
	return []feed.Process{
		a.finance.ReservationExpiry(finance.DueReservationsIn(a.db, a.views.Wait)),
		a.finance.MonthlyTwelfth(a.finance.YearLinesIn(a.db, a.views.Wait)),
	}
}

// open reaches the database, and wires everything on it.
func open(ctx context.Context, t *terminal) (*app, error) {
	s, err := readSettings(t.env)
	if err != nil {
		return nil, err
	}
	a := &app{settings: s}
	if a.place, err = reach(ctx, t, s); err != nil {
		return nil, err
	}
	if err := a.wire(ctx, t); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) wire(ctx context.Context, t *terminal) (err error) {
	if err := a.shape(ctx, t); err != nil {
		return err
	}
	if a.db, err = database.Open(ctx, a.place.config); err != nil {
		return missing(err, "the database does not answer")
	}
	if a.store, err = eventstore.OpenPostgres(ctx, a.db, categories()...); err != nil {
		return missing(err, "the log cannot be opened")
	}
	if _, a.epoch, err = a.store.Head(ctx, eventstore.Main); err != nil {
		return missing(err, "the log cannot be read")
	}
	masters, err := vault.MasterFile{Path: a.settings.masterKey()}.LoadOrCreate()
	if err != nil {
		return missing(err, "the master key of personal data cannot be read")
	}
	a.keys, err = vault.Open(ctx, a.db, masters, a.settings.forgotten())
	if err != nil {
		return missing(err, "the keys of personal data cannot be opened")
	}
	if err := a.openFiles(ctx); err != nil {
		return missing(err, "the store of files cannot be reached")
	}
	zone, err := time.LoadLocation("Asia/Amman")
	if err != nil {
		return missing(err, "the office's time zone is not known to this machine (apt-get install tzdata)")
	}
	if err := a.openPrinter(t); err != nil {
		return err
	}
	a.zone = zone
	a.calendar = directory.NewCalendar(a.store, government(), time.Now, zone)
	a.directory = directory.New(a.store, government(), time.Now, zone)
	a.registry = directory.NewRegistry(a.store, government())
	a.access = access.New(a.store, government(), time.Now, zone, officer.Catalogue())
	a.finance = finance.New(a.store, government(), time.Now, zone).SealWith(personalData{a.keys})
	if a.reports, err = a.finance.NewReports(ctx, a.db); err != nil {
		return missing(err, "the log cannot be read")
	}
	if a.views, err = projections.New(a.db, a.store, views()...); err != nil {
		return fmt.Errorf("wire the views: %w", err)
	}
	return nil
}

// openFiles reaches the stores of files and opens the door for uploads.
func (a *app) openFiles(ctx context.Context) (err error) {
	if a.files, err = a.settings.files.open(ctx); err != nil {
		return err
	}
	if a.passing, err = a.settings.files.passing().open(ctx); err != nil {
		return err
	}
	if a.links, err = upload.LoadLinks(filepath.Join(a.settings.keysDir(), "links.key"), time.Now); err != nil {
		return err
	}
	a.openJobs()
	a.uploads = upload.New(a.db, a.files, a.links, time.Now, upload.DefaultQuota(), uploadPurposes()...).ForgetUnless(a.referred)
	return nil
}

// uploadPurposes are what files are sent for.
func uploadPurposes() []upload.Purpose {
	return []upload.Purpose{
		{Name: work.StatementPurpose, Permission: string(finance.MayReconcile), Most: bankfile.LargestFile, Types: []string{upload.Text, "text/xml", "application/octet-stream"}},
		{Name: work.BudgetPurpose, Permission: string(finance.MayImportBudget), Most: 256 << 20, Types: []string{upload.Text}},
	}
}

// forgotten is the list of the persons whose keys stay destroyed, whatever a restore brings back.
func (s settings) forgotten() vault.Forgotten {
	return vault.Forgotten{Path: filepath.Join(s.keysDir(), "forgotten")}
}

// personalData lets finance seal with the vault's keys.
type personalData struct{ keys *vault.Vault }

// Seal encrypts with the person's key.
func (p personalData) Seal(ctx context.Context, person uuid.UUID, plain []byte) ([]byte, error) {
	return p.keys.Seal(ctx, person, plain)
}

// Open decrypts; what is sealed says itself whose it is.
func (p personalData) Open(ctx context.Context, person uuid.UUID, sealed []byte) ([]byte, error) {
	whose, _, err := vault.Whose(sealed)
	if err != nil {
		return nil, err
	}
	if whose != person {
		return nil, fmt.Errorf("this is sealed for person %s, not %s", whose, person)
	}
	return p.keys.Open(ctx, sealed)
}

// shape makes sure that the database has this program's shape. A private one is migrated here.
func (a *app) shape(ctx context.Context, t *terminal) error {
	if a.place.cluster != nil {
		if err := a.place.migrate(ctx, t); err != nil {
			return missing(err, "the private database cannot be migrated")
		}
		return nil
	}
	applied, known, err := migrations.State(ctx, a.place.config.OwnerURL)
	if err != nil {
		return missing(err, "the database does not answer")
	}
	if applied < known {
		return missing(nil, "the database is at migration %d and this program needs %d: run diwan migrate", applied, known)
	}
	return nil
}

// close ends everything in the opposite order and leaves the database as it was found.
func (a *app) close() error {
	var failures []error
	if a.store != nil {
		failures = append(failures, a.store.Close())
	}
	if a.db != nil {
		a.db.Close()
	}
	return errors.Join(append(failures, a.place.leave())...)
}

// head is the newest position of the lane main; 0 when it cannot be read.
func (a *app) head(ctx context.Context) int64 {
	position, _, err := a.store.Head(ctx, eventstore.Main)
	if err != nil {
		return 0
	}
	return position
}

// end closes at the end of a command whose answer is already out; what goes wrong is told.
func (a *app) end(t *terminal) {
	if err := a.close(); err != nil {
		t.progress("%v", err)
	}
}
