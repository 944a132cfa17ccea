package database

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Session is who acts, and what they may see. Row-level security reads it from the transaction's
// settings diwan.actor, diwan.on_behalf_of, diwan.scope (a text array), diwan.clearance, the two of
// diwan.emergency_ and
// diwan.purpose; a missing setting means nothing is visible.
type Session struct {
	Actor      string
	OnBehalfOf string   // the principal when Actor acts under a delegation
	Scope      []string // paths of the units whose rows may be seen
	Clearance  int
	Purpose    string // why personal data is read
	// The emergency way in, while it is open: the units, and the grade up to which it opens.
	EmergencyScope     []string
	EmergencyClearance int
}

// System is the session of Diwan's own work: writer, projections, seal.
var System = Session{Actor: "system"}

// statement sets the session, for the transaction or for the connection's life.
func (s Session) statement(local bool) (string, error) {
	settings := [...]struct{ name, value string }{
		{"diwan.actor", s.Actor},
		{"diwan.on_behalf_of", s.OnBehalfOf},
		{"diwan.scope", arrayLiteral(s.Scope)},
		{"diwan.clearance", strconv.Itoa(s.Clearance)},
		{"diwan.purpose", s.Purpose},
		{"diwan.emergency_scope", arrayLiteral(s.EmergencyScope)},
		{"diwan.emergency_clearance", strconv.Itoa(s.EmergencyClearance)},
	}
	var b strings.Builder
	b.WriteString("select ")
	for i, set := range settings {
		if strings.ContainsRune(set.value, 0) {
			return "", errors.New("a session value holds a zero byte")
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "set_config('%s', %s, %t)", set.name, literal(set.value), local)
	}
	return b.String(), nil
}

// literal quotes s so that it is read the same whatever standard_conforming_strings says.
func literal(s string) string {
	return ` E'` + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + `'`
}

func arrayLiteral(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	}
	return "{" + strings.Join(quoted, ",") + "}"
}
