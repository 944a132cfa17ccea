package main

import "time"

// bar returns a function that tells how far a long work has come, at most twice a second for each
// thing it works on, and once when that is done.
func (t *terminal) bar(what string) func(name string, done, total int64) {
	var last time.Time
	var of string
	return func(name string, done, total int64) {
		if now := time.Now(); done < total {
			if name == of && now.Sub(last) < 500*time.Millisecond {
				return
			}
			of, last = name, now
			t.progress("%s: %s %d of %d (%d%%)", name, what, done, total, done*100/max(total, 1))
			return
		}
		if name != of || done > 0 {
			t.progress("%s: %s %d of %d", name, what, done, total)
		}
		of, last = name, time.Time{}
	}
}
