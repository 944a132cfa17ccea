package directory

import (
	"slices"
	"strings"

	"diwan/modules/kernel"
)

// withdraw takes back what an act brought. The entries stay, so that the register can still be read
// as it was known before.
func (r register) withdraw(act string) register {
	changed, _ := r.acts.get(act)
	for _, name := range changed {
		if id, is := strings.CutPrefix(name, "unit/"); is {
			old, _ := r.units.get(id)
			u := *old
			u.open, u.names, u.places = u.open.without(act, r.count), u.names.without(act, r.count), u.places.without(act, r.count)
			u.kinds, u.levels, u.heirs = u.kinds.without(act, r.count), u.levels.without(act, r.count), u.heirs.without(act, r.count)
			u.chapters, u.centres = u.chapters.without(act, r.count), u.centres.without(act, r.count)
			u.version++
			r.units = r.units.put(id, &u)
			continue
		}
		id := strings.TrimPrefix(name, "post/")
		old, _ := r.posts.get(id)
		p := *old
		p.open, p.titles, p.places = p.open.without(act, r.count), p.titles.without(act, r.count), p.places.without(act, r.count)
		p.tenures = slices.Clone(p.tenures)
		for i := range p.tenures {
			t := &p.tenures[i]
			if t.start.Act == act && t.start.Void == 0 {
				t.start.Void = r.count
			}
			t.ends = timeline[kernel.Date](t.ends).without(act, r.count)
		}
		p.version++
		r.posts = r.posts.put(id, &p)
	}
	return r
}

// effective is the first day on which an act changes anything; ok is false when it changes nothing,
// because it is unknown or was taken back.
func (r register) effective(act string) (day kernel.Date, ok bool) {
	changed, _ := r.acts.get(act)
	note := func(from kernel.Date) {
		if !ok || from.Before(day) {
			day, ok = from, true
		}
	}
	for _, name := range changed {
		if id, is := strings.CutPrefix(name, "unit/"); is {
			u, _ := r.units.get(id)
			standing(u.open, act, note)
			standing(u.names, act, note)
			standing(u.places, act, note)
			standing(u.kinds, act, note)
			standing(u.levels, act, note)
			standing(u.chapters, act, note)
			standing(u.centres, act, note)
			standing(u.heirs, act, note)
			continue
		}
		p, _ := r.posts.get(strings.TrimPrefix(name, "post/"))
		standing(p.open, act, note)
		standing(p.titles, act, note)
		standing(p.places, act, note)
		for _, t := range p.tenures {
			standing(timeline[bool]{t.start}, act, note)
			standing(t.ends, act, note)
		}
	}
	return day, ok
}

// standing tells note the days of an act's entries that still count.
func standing[T any](t timeline[T], act string, note func(kernel.Date)) {
	for i := range t {
		if t[i].Act == act && t[i].Void == 0 {
			note(t[i].From)
		}
	}
}

// planWithdrawal takes an act back and has everything checked that stood on it.
func (r register) planWithdrawal(e ActWithdrawn) (*plan, error) {
	from, ok := r.effective(e.Act)
	if !ok {
		return nil, refusal("directory.act_unknown", "act", "لا يوجد إجراء نافذ بهذا الرقم.", "There is no such act in force.")
	}
	if root, there := r.units.get(r.root); there && root.open[0].Act == e.Act {
		return nil, rootStays()
	}
	p := newPlan(r, Instrument{From: from})
	changed, _ := r.acts.get(e.Act)
	p.record(e)
	for _, name := range changed {
		if id, is := strings.CutPrefix(name, "unit/"); is {
			p.look(id)
			p.lookEverBelow(id)
			posts, _ := r.offices.get(id)
			p.lookPosts(posts...)
			continue
		}
		p.lookPosts(strings.TrimPrefix(name, "post/"))
	}
	return p, nil
}
