// Package plugin teaches gqlgen to compile a writer for every list of objects in the schema. It
// runs before gqlgen writes its own code: it takes the marshal function of each such list away from
// it and writes one of the same name, which tries the compiled writer first. Nothing of gqlgen is
// forked or replaced.
package plugin

import (
	_ "embed"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed lists.gotpl
var listsTemplate string

// Plugin writes lists.generated.go into gqlgen's package.
type Plugin struct {
	// static are directives that look at the user and never at the row, so that one check is enough
	// for a list. Fields with any other directive go the ordinary way.
	static []string
}

// New returns the plugin; static names the directives that never look at the row.
func New(static ...string) *Plugin { return &Plugin{static} }

// Name names the plugin to gqlgen.
func (*Plugin) Name() string { return "listplan" }

// GenerateCode takes over the lists and writes their code.
func (p *Plugin) GenerateCode(data *codegen.Data) error {
	b := build{data: data, static: p.static, types: map[string]*Object{}, values: map[string]*Value{}}
	for key, ref := range data.ReferencedTypes {
		if b.takesOver(ref) {
			b.lists = append(b.lists, &List{Ref: ref, Of: b.object(ref.Definition.Name)})
			delete(data.ReferencedTypes, key)
		}
	}
	slices.SortFunc(b.lists, func(x, y *List) int { return strings.Compare(x.Ref.MarshalFunc(), y.Ref.MarshalFunc()) })
	b.deepen()
	return templates.Render(templates.Options{
		PackageName:     data.Config.Exec.Package,
		Filename:        filepath.Join(data.Config.Exec.DirName, "lists.generated.go"),
		Template:        listsTemplate,
		Data:            b.view(),
		GeneratedHeader: true,
		Packages:        data.Config.Packages,
		PruneOptions:    data.Config.GetPruneOptions(),
	})
}

// takesOver tells whether a type is a list of objects none of which may be null.
func (b *build) takesOver(ref *config.TypeReference) bool {
	if !ref.IsSlice() || ref.Definition == nil || ref.Definition.Kind != ast.Object || strings.HasPrefix(ref.Definition.Name, "__") {
		return false
	}
	elem := ref.Elem()
	return elem.GQL.NonNull && !elem.IsSlice() && isObject(elem) && b.find(ref.Definition.Name) != nil
}

// isObject tells whether a value is a struct, or a pointer to one, or a named type that gqlgen
// hands to its resolvers by pointer.
func isObject(ref *config.TypeReference) bool {
	t := ref.GO
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	return !config.IsNilable(t)
}
