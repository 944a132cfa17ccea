package main

import "runtime/debug"

// garbage is how far memory may grow, in percent of what is in use, before it is collected. The live
// state of an office is some tens of megabytes, so that collecting half as often as Go does by default
// costs little memory and gives the log's writer and readers a tenth more of the cores.
const garbage = 200

// settleCollector leaves an operator's own GOGC alone.
func settleCollector(env func(string) string) {
	if env("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
}
