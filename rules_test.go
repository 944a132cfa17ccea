package diwan_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The rules of the house that a compiler does not keep. Each is a function over one parsed file, so
// that the test can first plant the fault and see it found.

// source is one Go file of the repository; name is relative to its root, with slashes.
type source struct {
	name string
	file *ast.File
	set  *token.FileSet
}

type rule struct {
	name  string
	check func(source) []string
	// planted is a file that breaks the rule.
	planted, under string
}

var houseRules = []rule{
	{"modules never import each other", modulesApart, `package finance; import "diwan/modules/access"`, "modules/finance/x.go"},
	{"the words and the log know nothing above them", layers, `package eventstore; import "diwan/modules/finance"`, "eventstore/x.go"},
	{"only the database package opens a pool", noRawPool, `package graph; import "github.com/jackc/pgx/v5/pgxpool"`, "graph/x.go"},
	{"a connection of one's own is for the writer and its kin", ownConnection, `package graph; import "diwan/database"; func f(d *database.DB) { d.Connect(nil, database.System) }`, "graph/x.go"},
	{"nothing happens at import", noInit, `package graph; func init() {}`, "graph/x.go"},
	{"no float near money", noFloat, `package finance; func half(a int64) int64 { return int64(float64(a) * 0.5) }`, "modules/finance/x.go"},
	{"tests of a module's own code use the code", noMocks, `package graph; import "go.uber.org/mock/gomock"`, "graph/x_test.go"},
}

func TestRulesOfTheHouse(t *testing.T) {
	sources := parseAll(t)
	for _, r := range houseRules {
		t.Run(r.name, func(t *testing.T) {
			if found := r.check(parsePlanted(t, r)); len(found) == 0 {
				t.Fatalf("the planted fault was not found:\n%s", r.planted)
			}
			for _, s := range sources {
				for _, complaint := range r.check(s) {
					t.Errorf("%s: %s", s.name, complaint)
				}
			}
		})
	}
}

func modulesApart(s source) []string {
	own, isModule := moduleOf("diwan/" + path.Dir(s.name))
	if !isModule {
		return nil
	}
	var bad []string
	for _, imported := range imports(s) {
		if other, is := moduleOf(imported); is && other != own && other != "kernel" {
			bad = append(bad, fmt.Sprintf("module %s imports module %s: consume its events, or ask through an interface of your own", own, other))
		}
	}
	return bad
}

func moduleOf(importPath string) (string, bool) {
	rest, ok := strings.CutPrefix(importPath, "diwan/modules/")
	if !ok {
		return "", false
	}
	name, _, _ := strings.Cut(rest, "/")
	return name, true
}

// layers: what each folder may import of Diwan itself. A folder that is not named may import all.
func layers(s source) []string {
	if strings.HasSuffix(s.name, "_test.go") {
		return nil
	}
	below := []struct {
		folder string
		may    []string
	}{
		{"modules/kernel", nil},
		{"migrations", nil},
		{"database", []string{"diwan/migrations", "diwan/database"}},
		{"eventstore", []string{"diwan/database", "diwan/eventstore", "diwan/faultpoint", "diwan/modules/kernel"}},
		{"projections", []string{"diwan/database", "diwan/eventstore", "diwan/projections", "diwan/modules/kernel"}},
	}
	var bad []string
	for _, b := range below {
		if !strings.HasPrefix(s.name, b.folder+"/") {
			continue
		}
		for _, imported := range imports(s) {
			if strings.HasPrefix(imported, "diwan/") && imported != "diwan/faultpoint" && !underAny(imported, b.may) {
				bad = append(bad, b.folder+" imports "+imported)
			}
		}
	}
	return bad
}

func noRawPool(s source) []string {
	if strings.HasPrefix(s.name, "database/") {
		return nil
	}
	var bad []string
	for _, imported := range imports(s) {
		if imported == "github.com/jackc/pgx/v5/pgxpool" || imported == "database/sql" && !strings.HasPrefix(s.name, "migrations/") {
			bad = append(bad, "imports "+imported+": open transactions through database.DB, which sets who acts")
		}
	}
	return bad
}

func ownConnection(s source) []string {
	for _, allowed := range []string{"database/", "eventstore/", "projections/", "backup/", "bench/"} {
		if strings.HasPrefix(s.name, allowed) {
			return nil
		}
	}
	if !underAny("diwan/database", imports(s)) || strings.HasSuffix(s.name, "_test.go") {
		return nil
	}
	var bad []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "Connect" {
				bad = append(bad, s.at(n)+" takes a connection of its own")
			}
		}
		return true
	})
	return bad
}

func noInit(s source) []string {
	var bad []string
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			bad = append(bad, s.at(f)+" func init: wire it where the program is wired")
		}
	}
	return bad
}

// noFloat covers the folders through which amounts pass.
func noFloat(s source) []string {
	if !strings.HasPrefix(s.name, "modules/kernel/") && !strings.HasPrefix(s.name, "modules/finance/") && !strings.HasPrefix(s.name, "graph/") {
		return nil
	}
	var bad []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name == "float64" || n.Name == "float32" || n.Name == "ParseFloat" {
				bad = append(bad, s.at(n)+" "+n.Name)
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT {
				bad = append(bad, s.at(n)+" "+n.Value)
			}
		}
		return true
	})
	return bad
}

func noMocks(s source) []string {
	var bad []string
	for _, imported := range imports(s) {
		if strings.Contains(imported, "/mock") || strings.Contains(imported, "sqlmock") {
			bad = append(bad, "imports "+imported)
		}
	}
	return bad
}

func imports(s source) []string {
	var all []string
	for _, i := range s.file.Imports {
		if p, err := strconv.Unquote(i.Path.Value); err == nil {
			all = append(all, p)
		}
	}
	return all
}

func underAny(importPath string, roots []string) bool {
	for _, r := range roots {
		if importPath == r || strings.HasPrefix(importPath, r+"/") {
			return true
		}
	}
	return false
}

func (s source) at(n ast.Node) string { return fmt.Sprintf("line %d:", s.set.Position(n.Pos()).Line) }

func parsePlanted(t *testing.T, r rule) source {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, r.under, r.planted, 0)
	if err != nil {
		t.Fatal(err)
	}
	return source{name: r.under, file: f, set: set}
}

// parseAll reads every hand-written Go file.
func parseAll(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "generated" || name != "." && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, source{name: filepath.ToSlash(name), file: f, set: set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
