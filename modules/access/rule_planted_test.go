package access

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Each wall of the rule is taken out in turn; comparing it with the words must tell.
func TestAHoleInTheRuleIsFound(t *testing.T) {
	o := newOffice(t)
	all := func(s *Standing, change func(prefix string) string) {
		s.held = slices.Clone(s.held)
		for i := range s.held {
			prefixes := slices.Clone(s.held[i].prefixes)
			for k := range prefixes {
				prefixes[k] = change(prefixes[k])
			}
			s.held[i].prefixes = prefixes
		}
	}
	for name, spoil := range map[string]func(s *Standing){
		"the scope is everywhere":         func(s *Standing) { all(s, func(string) string { return "" }) },
		"the dot at a path's end is lost": func(s *Standing) { all(s, trimDot) },
		"the clearance is the highest":    func(s *Standing) { s.Clearance = TopSecret },
		"nobody needs to be named":        func(s *Standing) { s.lists = nil },
		"every session is strong":         func(s *Standing) { s.stepUp = nil },
		"the emergency is never open":     func(s *Standing) { s.open = nil },
		"the principal is forgotten":      func(s *Standing) { s.OnBehalfOf = "" },
		"one act opens another":           opened,
		"the list is read a day later":    func(s *Standing) { s.day = s.day.AddDays(1) },
	} {
		t.Run(name, func(t *testing.T) {
			found := false
			for seed := 0; seed < 60_000 && !found; seed++ {
				found = rapid.Custom(func(t *rapid.T) bool { return checkRule(t, o, spoil) != nil }).Example(seed)
			}
			if !found {
				t.Error("the hole was not found")
			}
		})
	}
}

// opened gives preparing to whoever may read.
func opened(s *Standing) {
	s.held = slices.Clone(s.held)
	for i := range s.held {
		h := &s.held[i]
		if h.acts = maps.Clone(h.acts); h.gives("roads.read") {
			h.acts["roads.prepare"] = true
			if h.only != nil {
				h.only = append(slices.Clone(h.only), "roads.prepare")
			}
		}
	}
}

func trimDot(s string) string {
	if s == "" {
		return s
	}
	return s[:len(s)-1]
}
