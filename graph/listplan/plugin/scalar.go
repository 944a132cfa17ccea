package plugin

import (
	"fmt"
	"go/types"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
)

// gqlgen is where its own scalars are.
const gqlgen = "github.com/99designs/gqlgen/graphql."

// Write is the Go expression that writes a scalar or an enum value v, which is not nil, to w. It is
// true when something was written that may stand there.
func (v *Value) Write() string {
	ref := v.Ref
	name := "v"
	switch {
	case ref.IsTargetNilable() && !ref.IsNilable():
		name = "&v"
	case !ref.IsTargetNilable() && ref.IsNilable():
		name = "*v"
	}
	switch {
	case ref.IsMarshaler:
		if method := appendMethod(ref); method {
			return v.checked("w.Append(" + paren(name) + ".AppendGQL(w.B))")
		}
		return v.checked("w.Marshal(v)")
	case ref.HasEnumValues():
		name = fmt.Sprintf("%s[%s]", ref.EnumMarshalVar(false), name)
	case ref.CastType != nil:
		name = fmt.Sprintf("%s(%s)", templates.CurrentImports.LookupType(ref.CastType), name)
	}
	switch ref.Marshaler.FullName() {
	case gqlgen + "MarshalString", gqlgen + "MarshalID":
		return "w.String(" + name + ")"
	case gqlgen + "MarshalInt", gqlgen + "MarshalInt8", gqlgen + "MarshalInt16", gqlgen + "MarshalInt32", gqlgen + "MarshalInt64":
		return "w.Int(int64(" + name + "))"
	case gqlgen + "MarshalBoolean":
		return "w.Bool(" + name + ")"
	}
	if f := appendFunc(ref.Marshaler); f != nil {
		return v.checked("w.Append(" + templates.Call(f) + "(w.B, " + name + "))")
	}
	return v.checked("w.Marshal(" + templates.Call(ref.Marshaler) + "(" + name + "))")
}

// checked adds the check of a value that may turn out to be null.
func (v *Value) checked(write string) string {
	if v.Ref.GQL.NonNull {
		return write + " && w.Given(start)"
	}
	return write
}

// IsScalar tells whether the value is neither list nor object.
func (v *Value) IsScalar() bool { return v.Elem == nil && v.Of == nil }

// MayBeNull tells whether writing it needs to know where it began.
func (v *Value) MayBeNull() bool {
	if !v.IsScalar() || !v.Ref.GQL.NonNull {
		return false
	}
	if v.Ref.IsMarshaler {
		return true
	}
	switch v.Ref.Marshaler.FullName() {
	case gqlgen + "MarshalString", gqlgen + "MarshalID", gqlgen + "MarshalBoolean",
		gqlgen + "MarshalInt", gqlgen + "MarshalInt8", gqlgen + "MarshalInt16", gqlgen + "MarshalInt32", gqlgen + "MarshalInt64":
		return false
	}
	return true
}

// appendFunc is AppendX beside MarshalX.
func appendFunc(marshal *types.Func) *types.Func {
	const prefix = "Marshal"
	if len(marshal.Name()) <= len(prefix) || marshal.Name()[:len(prefix)] != prefix {
		return nil
	}
	f, ok := marshal.Pkg().Scope().Lookup("Append" + marshal.Name()[len(prefix):]).(*types.Func)
	if !ok || !appends(f.Signature(), 1) {
		return nil
	}
	return f
}

// appendMethod tells whether a type that marshals itself appends itself too.
func appendMethod(ref *config.TypeReference) bool {
	found, _, _ := types.LookupFieldOrMethod(ref.GO, true, nil, "AppendGQL")
	method, ok := found.(*types.Func)
	return ok && appends(method.Signature(), 0)
}

func paren(s string) string {
	if s == "v" {
		return s
	}
	return "(" + s + ")"
}
