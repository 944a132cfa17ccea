package access

import (
	"fmt"
	"testing"

	"diwan/modules/kernel"
)

// crowd is a book of many people, each with three roles of thirty acts in some of many units.
func crowd(b *Book, people int) {
	day := kernel.DateOf(moment())
	for r := range 20 {
		set := RoleSet{From: day.AddDays(-1)}
		for a := range 30 {
			set.Permissions = append(set.Permissions, fmt.Sprintf("module%d.act%d", r, a))
		}
		b.roles[fmt.Sprint("role", r)] = role{Title: kernel.Text{En: "role"}, Sets: []RoleSet{set}}
	}
	for i := range people {
		p := person{Name: kernel.Text{En: "person"}, Since: day.AddDays(-1)}
		for g := range 3 {
			p.Grants = append(p.Grants, grant{g + 1, fmt.Sprint("role", (i+g)%20), fmt.Sprintf("jo.%d.%d", i%50, g), Period{From: day}})
		}
		b.people[fmt.Sprint("person", i)] = p
	}
}

func BenchmarkMay(b *testing.B) {
	o := newOffice(b)
	crowd(o.m.book, 1000)
	s, _ := o.m.book.Standing("person7", Acting{}, moment())
	on := Object{Unit: "7.2."}
	for b.Loop() {
		if !s.May("module9.act29", on).Allowed {
			b.Fatal("refused")
		}
	}
}

func BenchmarkStandingAndMay(b *testing.B) {
	o := newOffice(b)
	crowd(o.m.book, 1000)
	on := Object{Unit: "7.2."}
	for b.Loop() {
		s, _ := o.m.book.Standing("person7", Acting{}, moment())
		if !s.May("module9.act29", on).Allowed {
			b.Fatal("refused")
		}
	}
}

func BenchmarkStandingAfresh(b *testing.B) {
	o := newOffice(b)
	crowd(o.m.book, 1000)
	for i := 0; b.Loop(); i++ {
		if _, ok := o.m.book.Afresh(fmt.Sprint("person", i%1000), Acting{}, moment()); !ok {
			b.Fatal("unknown")
		}
	}
}
