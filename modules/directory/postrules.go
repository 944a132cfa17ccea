package directory

import (
	"fmt"

	"diwan/modules/kernel"
)

func unitOpen(u Units, found *post) error {
	p, open := u.Post(found.id)
	if !open {
		return nil
	}
	if _, is := u.Unit(p.Unit); is {
		return nil
	}
	return against(u, "unit_closed", "unit", "وحدة الوظيفة «"+p.Title.In("ar")+"» غير قائمة", "The unit of post “"+p.Title.In("en")+"” is not open", "post", p.ID, "unit", p.Unit)
}

func postCodeUnique(u Units, found *post) error {
	p, open := u.Post(found.id)
	if !open {
		return nil
	}
	for _, other := range u.Posts(p.Unit) {
		if other.ID != p.ID && other.Code == p.Code {
			return against(u, "code_taken", "code", "الرمز "+p.Code+" مستعمل للوظيفة «"+other.Title.In("ar")+"»",
				"Code "+p.Code+" is taken by post “"+other.Title.In("en")+"”", "post", p.ID, "other", other.ID)
		}
	}
	return nil
}

// oneHolder looks at all days at once: the tenures of one kind do not overlap.
func oneHolder(u Units, found *post) error {
	all := u.Tenures(found.id)
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.Acting != b.Acting || !overlap(a, b) {
				continue
			}
			day := b.From
			if a.From.After(day) {
				day = a.From
			}
			who := kernel.Text{Ar: "شاغل", En: "a holder"}
			if a.Acting {
				who = kernel.Text{Ar: "قائم بالعمل", En: "somebody acting in it"}
			}
			p, _ := u.Post(found.id)
			on := Units{r: u.r, day: day}
			return against(on, "post_held", "person", fmt.Sprintf("للوظيفة «%s» %s آخر (%s)", p.Title.In("ar"), who.Ar, a.Person),
				fmt.Sprintf("Post “%s” has %s already (%s)", p.Title.In("en"), who.En, a.Person), "post", found.id, "person", a.Person)
		}
	}
	return nil
}

func overlap(a, b Holder) bool {
	return (a.To.IsZero() || !b.From.After(a.To)) && (b.To.IsZero() || !a.From.After(b.To))
}

func noHolder(u Units, found *post) error {
	p, open := u.Post(found.id)
	if open {
		return nil
	}
	for _, h := range u.Holders(found.id) {
		return against(u, "closed_post_held", "person", "الوظيفة «"+p.Title.In("ar")+"» غير قائمة، وشاغلها "+h.Person,
			"Post “"+p.Title.In("en")+"” is not open and "+h.Person+" would hold it", "post", p.ID, "person", h.Person)
	}
	return nil
}
