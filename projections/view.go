// Package projections turns the log into tables that people read.
//
// Three things to know. A view owns its tables, and a batch of events is written to them in one
// transaction with the view's checkpoint, so a view is always exactly the log up to one position.
// A view that meets an event it cannot handle stops there and says so; it never skips, and the
// others go on. A new version of a view is built beside the one people read and takes its place in
// one transaction, so nobody sees an error or a gap.
package projections

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// Table is one table of a view. Readers see it as read.<Name>, a plain view that always points at
// the live generation.
type Table struct {
	Name string
	// Columns is the body of create table: columns and constraints.
	Columns string
	// Indexes are what follows "create index on <table>", with "unique" in front where wanted:
	// "(year, code)", "unique (number)", "using gin (words)". They are created when the first build
	// is nearly done, because filling an indexed table is slower.
	Indexes []string
	// Policies are row-level security policies: what follows "create policy … on <table>", such as
	// "for select using (…)". Row-level security is on for every table: without a policy readers see no
	// row.
	Policies []string
}

// Anybody is the policies of a table that holds nothing of anybody's: figures of a bench, of a test.
func Anybody() []string { return []string{"for select using (true)"} }

// View is a read model: tables and how events change them. Any change of tables or Apply that
// should reach the rows that exist is a higher Version.
type View struct {
	Name    string
	Version int
	Lane    eventstore.Lane
	Tables  []Table
	// Apply writes a batch. It may be given any number of events, must come to the same rows however
	// the log is cut into batches, and depends on nothing but the events. An error or a panic stops
	// the view.
	Apply func(ctx context.Context, b *Batch) error
}

// Batch is a piece of the log to be written in one transaction.
type Batch struct {
	Tx     pgx.Tx
	Events []eventstore.Recorded

	view   *View
	name   func(table string) string
	forced bool // row security holds for who writes
}

// Copy adds rows to one of the view's tables: many at once while the view is built, and one after
// another, in one round trip, once people read it.
func (b *Batch) Copy(ctx context.Context, table string, columns []string, rows [][]any) error {
	name := b.Table(table)
	if len(rows) == 0 {
		return nil
	}
	if !b.forced {
		schema, bare, _ := strings.Cut(name, ".")
		_, err := b.Tx.CopyFrom(ctx, pgx.Identifier{schema, bare}, columns, pgx.CopyFromRows(rows))
		return err
	}
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	insert := "insert into " + name + " (" + strings.Join(columns, ", ") + ") values (" + strings.Join(marks, ", ") + ")"
	var batch pgx.Batch
	for _, row := range rows {
		batch.Queue(insert, row...)
	}
	return b.Tx.SendBatch(ctx, &batch).Close()
}

// Table is the physical name, schema included, of one of the view's tables in the generation that
// is being written.
func (b *Batch) Table(name string) string {
	for i := range b.view.Tables {
		if b.view.Tables[i].Name == name {
			return b.name(name)
		}
	}
	panic(fmt.Sprintf("view %s has no table %s", b.view.Name, name))
}

// generationTable is where a table of a generation lives.
func generationTable(number int) func(string) string {
	return func(table string) string { return fmt.Sprintf("read.%s_g%d", table, number) }
}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,50}$`)

// checkViews refuses what would only fail later: bad names, a table owned twice, versions below 1.
func checkViews(views []View) error {
	owner := map[string]string{}
	names := map[string]bool{}
	for i := range views {
		v := &views[i]
		if v.Name == "" || names[v.Name] {
			return fmt.Errorf("view name %q is empty or given twice", v.Name)
		}
		names[v.Name] = true
		if v.Version < 1 || v.Apply == nil || len(v.Tables) == 0 {
			return fmt.Errorf("view %s needs a version of 1 or more, tables and Apply", v.Name)
		}
		for _, t := range v.Tables {
			if !identifier.MatchString(t.Name) {
				return fmt.Errorf("view %s: %q cannot name a table", v.Name, t.Name)
			}
			if other, taken := owner[t.Name]; taken {
				return fmt.Errorf("table %s is owned by both %s and %s", t.Name, other, v.Name)
			}
			owner[t.Name] = v.Name
		}
	}
	return nil
}

func (v *View) tableNames() []string {
	names := make([]string, len(v.Tables))
	for i := range v.Tables {
		names[i] = v.Tables[i].Name
	}
	return names
}

// createTables makes the view's tables, empty and without secondary indexes.
func createTables(ctx context.Context, tx pgx.Tx, v *View, name func(string) string) error {
	for _, t := range v.Tables {
		if _, err := tx.Exec(ctx, "create table "+name(t.Name)+" ("+t.Columns+")"); err != nil {
			return fmt.Errorf("create table %s of view %s: %w", t.Name, v.Name, err)
		}
		for i, policy := range t.Policies {
			if _, err := tx.Exec(ctx, fmt.Sprintf("create policy p%d on %s %s", i, name(t.Name), policy)); err != nil {
				return fmt.Errorf("create policy %d of table %s: %w", i, t.Name, err)
			}
		}
		// Row security is on for every table; one without policies shows nobody anything. Its owner, who
		// writes it, has a policy of its own.
		_, err := tx.Exec(ctx, "create policy owner on "+name(t.Name)+" to current_user using (true) with check (true);"+
			"alter table "+name(t.Name)+" enable row level security")
		if err != nil {
			return fmt.Errorf("turn on row security of table %s: %w", t.Name, err)
		}
	}
	return nil
}

// force makes row security hold for the owner of the tables as well, once they are what people read.
// While they are built it does not, because PostgreSQL does not copy into tables whose security holds
// for the one who copies.
func force(ctx context.Context, tx pgx.Tx, v *View, name func(string) string) error {
	for _, t := range v.Tables {
		if _, err := tx.Exec(ctx, "alter table "+name(t.Name)+" force row level security"); err != nil {
			return fmt.Errorf("force row security of table %s: %w", t.Name, err)
		}
	}
	return nil
}

// createIndexes adds the secondary indexes.
func createIndexes(ctx context.Context, tx pgx.Tx, v *View, name func(string) string) error {
	for _, t := range v.Tables {
		for _, index := range t.Indexes {
			kind := "create index on "
			if rest, unique := strings.CutPrefix(index, "unique"); unique {
				kind, index = "create unique index on ", rest
			}
			if _, err := tx.Exec(ctx, kind+name(t.Name)+" "+index); err != nil {
				return fmt.Errorf("create index %s on table %s: %w", index, t.Name, err)
			}
		}
	}
	return nil
}

// dropTables removes a generation's tables.
func dropTables(ctx context.Context, tx pgx.Tx, g *generation) error {
	for _, t := range g.tables {
		if _, err := tx.Exec(ctx, "drop table if exists "+generationTable(g.number)(t)); err != nil {
			return fmt.Errorf("drop table %s of generation %d: %w", t, g.number, err)
		}
	}
	return nil
}

// show points the names that readers use at a generation, and removes names only the old one had.
func show(ctx context.Context, tx pgx.Tx, v *View, number int, old []string) error {
	name := generationTable(number)
	for _, t := range v.Tables {
		body := "view read." + t.Name + " with (security_invoker = true) as select * from " + name(t.Name)
		if err := replaceView(ctx, tx, t.Name, body); err != nil {
			return err
		}
	}
	kept := v.tableNames()
	for _, t := range old {
		if slices.Contains(kept, t) {
			continue
		}
		if _, err := tx.Exec(ctx, "drop view if exists read."+t); err != nil {
			return fmt.Errorf("remove read.%s: %w", t, err)
		}
	}
	return nil
}

// replaceView keeps the view's identity when the columns allow it, and otherwise makes it afresh.
func replaceView(ctx context.Context, tx pgx.Tx, table, body string) error {
	inner, err := tx.Begin(ctx)
	if err != nil {
		return fmt.Errorf("set a savepoint: %w", err)
	}
	_, err = inner.Exec(ctx, "create or replace "+body)
	if err == nil {
		return inner.Commit(ctx)
	}
	if rollback := inner.Rollback(ctx); rollback != nil || sqlState(err) != "42P16" { // columns differ
		return fmt.Errorf("point read.%s at its new table: %w", table, err)
	}
	if _, err = tx.Exec(ctx, "drop view read."+table); err == nil {
		_, err = tx.Exec(ctx, "create "+body)
	}
	if err != nil {
		return fmt.Errorf("point read.%s at its new table: %w", table, err)
	}
	return nil
}
