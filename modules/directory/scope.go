package directory

import (
	"slices"
	"strings"

	"diwan/modules/kernel"
)

// Reaches tells whether the clerk holds a permission in a unit, by the unit's path. A clerk without a
// reach of the permission holds it everywhere: the program's own work.
func (c Clerk) Reaches(p Permission, path string) bool {
	prefixes, limited := c.Reach[p]
	return !limited || slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(path+".", prefix) })
}

// keepsWithin refuses an act that touches a unit or post outside the units in which its clerk holds
// the permission, whether it stood there before the act or comes to stand there by it: a body's own
// officer neither takes from others nor gives to them.
func (p *plan) keepsWithin(by Clerk, permission Permission, before register) error {
	if _, limited := by.Reach[permission]; !limited {
		return nil
	}
	for _, r := range []register{before, p.r} {
		tree := Units{r: r, day: p.from}
		units := slices.Clone(p.units)
		for _, id := range p.posts {
			if post, open := tree.Post(id); open {
				units = append(units, post.Unit)
			}
		}
		for _, id := range units {
			if u, open := tree.Unit(id); open && !by.Reaches(permission, u.Path) {
				return outOfReach(u)
			}
		}
	}
	return nil
}

func outOfReach(u Unit) kernel.Problem {
	return refusal("directory.out_of_scope", "", "«"+u.Name.In("ar")+"» خارج الوحدات المكلَّف بها. يقرره مسؤول هيكلها.",
		"“"+u.Name.In("en")+"” lies outside the units this is held in. It is for whoever looks after its structure.")
}
