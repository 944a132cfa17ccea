// Package kernel holds the few words every module shares: money, dates, text in two
// languages, positions in the log and problems. It has no helpers and imports no module.
package kernel
