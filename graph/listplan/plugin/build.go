package plugin

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// build gathers what the schema's lists can hold.
type build struct {
	data   *codegen.Data
	static []string
	lists  []*List
	types  map[string]*Object
	values map[string]*Value
}

// List is one list of objects that is taken over.
type List struct {
	Ref *config.TypeReference
	Of  *Object
}

// Object is a type with a plan and a writer.
type Object struct {
	*codegen.Object

	Known []*Field // the fields a plan knows
	Deep  bool     // a batch field may be below
}

// Field is a field that a writer can write.
type Field struct {
	*codegen.Field

	Index  int // in the writer; 0 is __typename
	Value  *Value
	Of     *Object // the objects it holds
	Append string  // the method that appends its text, instead of one that returns it
}

// Value is a type a field can have.
type Value struct {
	Ref  *config.TypeReference
	Of   *Object
	Elem *Value // of a list
}

// view is what the template is given.
type view struct {
	Data    *codegen.Data
	Lists   []*List
	Objects []*Object
	Values  []*Value
}

func (b *build) view() view {
	v := view{Data: b.data, Lists: b.lists}
	for _, o := range b.types {
		v.Objects = append(v.Objects, o)
	}
	slices.SortFunc(v.Objects, func(x, y *Object) int { return strings.Compare(x.Name, y.Name) })
	for _, one := range b.values {
		v.Values = append(v.Values, one)
	}
	slices.SortFunc(v.Values, func(x, y *Value) int { return strings.Compare(x.Ref.UniquenessKey(), y.Ref.UniquenessKey()) })
	return v
}

func (b *build) find(name string) *codegen.Object {
	for _, o := range b.data.Objects {
		if o.Name == name && !o.Root {
			return o
		}
	}
	return nil
}

// object reads a type and everything below it.
func (b *build) object(name string) *Object {
	if known := b.types[name]; known != nil {
		return known
	}
	found := b.find(name)
	if found == nil {
		return nil
	}
	o := &Object{Object: found}
	b.types[name] = o
	for i, f := range found.Fields {
		if one := b.field(f); one != nil {
			one.Index = i + 1
			o.Known = append(o.Known, one)
		}
	}
	return o
}

// field tells how a field is written; nil when only the ordinary way can.
func (b *build) field(f *codegen.Field) *Field {
	for _, d := range f.ImplDirectives() {
		if !slices.Contains(b.static, d.Name) {
			return nil
		}
	}
	switch {
	case f.IsReserved(), f.Stream, f.IsMap(), f.HasHaser, f.VOkFunc:
		return nil
	case f.IsBatch():
	case f.IsResolver, f.MethodHasContext, f.IsMethod() && !f.NoErr, len(f.Args) > 0:
		return nil
	}
	value := b.value(f.TypeReference)
	if value == nil {
		return nil
	}
	one := &Field{Field: f, Value: value, Of: value.Of}
	if f.IsMethod() && isText(f.TypeReference) {
		one.Append = appender(f)
	}
	return one
}

// value tells how a type is written; nil when only the ordinary way can.
func (b *build) value(ref *config.TypeReference) *Value {
	key := ref.UniquenessKey()
	if known := b.values[key]; known != nil {
		return known
	}
	v := &Value{Ref: ref}
	switch {
	case ref.IsPtrToSlice(), ref.IsPtrToPtr(), ref.IsPtrToIntf(), ref.IsContext, ref.IsOmittable:
		return nil
	case ref.IsSlice():
		if v.Elem = b.value(ref.Elem()); v.Elem == nil {
			return nil
		}
		v.Of = v.Elem.Of
	case ref.Definition.Kind == ast.Object:
		if !isObject(ref) {
			return nil
		}
		if v.Of = b.object(ref.Definition.Name); v.Of == nil {
			return nil
		}
	case ref.Definition.Kind != ast.Scalar && ref.Definition.Kind != ast.Enum:
		return nil
	case ref.Marshaler == nil && !ref.IsMarshaler:
		return nil
	}
	b.values[key] = v
	return v
}

// deepen finds the types below which a batch field may be asked for.
func (b *build) deepen() {
	for changed := true; changed; {
		changed = false
		for _, o := range b.types {
			for _, f := range o.Known {
				if !o.Deep && f.IsDeep() {
					o.Deep, changed = true, true
				}
			}
		}
	}
}

// MayFail tells whether a value of the object can be null where none is allowed.
func (o *Object) MayFail() bool {
	return slices.ContainsFunc(o.Known, func(f *Field) bool { return f.IsBatch() || f.Append == "" && !f.Value.IsPlain() })
}

// IsDeep tells whether a batch field is here or may be below.
func (f *Field) IsDeep() bool { return f.IsBatch() || f.Of != nil && f.Of.Deep }

// Key is the field's name as it stands in the answer.
func (f *Field) Key() string { return strconv.Quote(strconv.Quote(f.Name) + ":") }

// Get is the Go expression of the field's value.
func (f *Field) Get() string {
	if f.IsMethod() {
		return "obj." + f.GoFieldName + "()"
	}
	return "obj." + f.GoFieldName
}

// ResolverCall is the call of a batch field's resolver.
func (f *Field) ResolverCall() string {
	return "ec.Resolvers." + templates.UcFirst(f.Object.Name) + "()." + f.GoFieldName + "(" + f.BatchCallArgs("b.Parents", "") + ")"
}

// BatchType is the batch of the field.
func (f *Field) BatchType(runtime string) string {
	return runtime + ".Batch[" + templates.CurrentImports.LookupType(f.Object.Reference()) + ", " +
		templates.CurrentImports.LookupType(f.TypeReference.GO) + "]"
}

// Checks are the directives that are checked once for the list.
func (f *Field) Checks() []*codegen.Directive { return f.ImplDirectives() }

// appender is the method beside a field's own that appends its text to a slice.
func appender(f *codegen.Field) string {
	name := "Append" + f.GoFieldName
	found, _, _ := types.LookupFieldOrMethod(f.Object.Reference(), true, nil, name)
	method, ok := found.(*types.Func)
	if !ok || !appends(method.Signature(), 0) {
		return ""
	}
	return name
}

// appends tells whether a function takes a byte slice, and so many other things, and returns it.
func appends(s *types.Signature, more int) bool {
	return s.Params().Len() == 1+more && s.Results().Len() == 1 &&
		s.Params().At(0).Type().String() == "[]byte" && s.Results().At(0).Type().String() == "[]byte"
}

// isText tells whether a value is plain text that cannot be absent.
func isText(ref *config.TypeReference) bool {
	return ref.Marshaler != nil && !ref.IsNilable() && !ref.HasEnumValues() &&
		(ref.Marshaler.FullName() == gqlgen+"MarshalString" || ref.Marshaler.FullName() == gqlgen+"MarshalID")
}

// ByReference tells whether a value is handed on by its address.
func (v *Value) ByReference() bool { return v.Of != nil && v.Elem == nil && !v.Ref.IsNilable() }

// Param is the Go type a value is handed on as.
func (v *Value) Param() string {
	t := templates.CurrentImports.LookupType(v.Ref.GO)
	if v.ByReference() {
		return "*" + t
	}
	return t
}

// IsPlain tells whether a value is always one and never null.
func (v *Value) IsPlain() bool { return v.IsScalar() && !v.Ref.IsNilable() && !v.MayBeNull() }
