package officer

import (
	"testing"

	"diwan/modules/directory"
	"diwan/modules/finance"
)

// Every permission of every module can be given to a role, and is called something in both languages.
func TestEveryPermissionIsInTheCatalogue(t *testing.T) {
	c := Catalogue()
	var names []string
	for _, p := range finance.Permissions() {
		names = append(names, string(p))
	}
	for _, p := range directory.Permissions() {
		names = append(names, string(p))
	}
	names = append(names, MayDevelop)
	for _, name := range names {
		if a, there := c.Find(name); !there || a.Title.Ar == "" || a.Title.En == "" || a.Kind == "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	seen := map[string]bool{}
	for _, a := range c.All() {
		if seen[a.Name] {
			t.Errorf("%s is there twice", a.Name)
		}
		seen[a.Name] = true
	}
}
