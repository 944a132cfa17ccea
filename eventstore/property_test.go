package eventstore_test

import (
	"errors"
	"flag"
	"fmt"
	"testing"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/storetest"
)

func memoryLogs() (storetest.Log, error) { return eventstore.NewMemoryLog(), nil }

func TestMemoryIsTheModel(t *testing.T) { storetest.Machine(t, memoryLogs) }

func TestPostgresIsTheModel(t *testing.T) {
	setFlag(t, "rapid.checks", "8")
	setFlag(t, "rapid.steps", "25")
	log := postgresLog{dbtest.New(t)}
	storetest.Machine(t, func() (storetest.Log, error) { return log, nil })
}

func TestListsOnMemory(t *testing.T) {
	for range 5 {
		if err := storetest.ListAppend(eventstore.NewMemoryLog()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestListsOnPostgres(t *testing.T) {
	if err := storetest.ListAppend(postgresLog{dbtest.New(t)}); err != nil {
		t.Fatal(err)
	}
}

// Every fault that is planted into a log must be found by the machine, the lists or the two nodes.
func TestPlantedFaultsAreFound(t *testing.T) {
	setFlag(t, "rapid.nofailfile", "true")
	setFlag(t, "rapid.shrinktime", "0s")
	for _, fault := range eventstore.Faults() {
		t.Run(fault, func(t *testing.T) {
			var found []string
			judge := &recorder{name: fault}
			judge.run(func() {
				storetest.Machine(judge, func() (storetest.Log, error) { return eventstore.NewFaultyLog(fault), nil })
			})
			if judge.failed {
				found = append(found, "the machine")
			}
			for round := 0; round < 5 && len(found) == 0; round++ {
				if storetest.ListAppend(eventstore.NewFaultyLog(fault)) != nil {
					found = append(found, "the lists")
				}
				if storetest.TwoNodes(eventstore.NewFaultyLog(fault)) != nil {
					found = append(found, "the two nodes")
				}
			}
			if len(found) == 0 {
				t.Error("nobody found it")
			}
			t.Logf("found by %v", found)
		})
	}
}

// The three judges find nothing in a sound log, and each finds something by itself.
func TestEachJudgeHasEyes(t *testing.T) {
	if err := errors.Join(storetest.ListAppend(eventstore.NewFaultyLog("")), storetest.TwoNodes(eventstore.NewFaultyLog(""))); err != nil {
		t.Errorf("a sound log was blamed: %v", err)
	}
	for name, judge := range map[string]struct {
		finds func(storetest.Log) error
		fault string
	}{
		"lists, dropped reads": {storetest.ListAppend, "a page skips an event"},
		"lists, stale nodes":   {storetest.ListAppend, "catching up leaves out what others appended"},
		"two nodes":            {storetest.TwoNodes, "the head is not checked"},
	} {
		found := false
		for round := 0; round < 50 && !found; round++ {
			found = judge.finds(eventstore.NewFaultyLog(judge.fault)) != nil
		}
		if !found {
			t.Errorf("%s: %s was not found in 50 rounds", name, judge.fault)
		}
	}
}

func setFlag(t *testing.T, name, value string) {
	t.Helper()
	f := flag.Lookup(name)
	if f == nil {
		t.Fatalf("there is no flag %s", name)
	}
	old := f.Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set(name, old); err != nil {
			t.Error(err)
		}
	})
}

// recorder stands in for a test that is expected to fail.
type recorder struct {
	name   string
	failed bool
	said   string
}

var errStopped = errors.New("stopped")

func (r *recorder) run(test func()) {
	defer func() {
		if p := recover(); p != nil && p != any(errStopped) {
			panic(p)
		}
	}()
	test()
}

func (r *recorder) Helper()                      {}
func (r *recorder) Name() string                 { return r.name }
func (r *recorder) Logf(f string, args ...any)   { r.said = fmt.Sprintf(f, args...) }
func (r *recorder) Log(args ...any)              { r.said = fmt.Sprint(args...) }
func (r *recorder) Skipf(f string, args ...any)  { panic(errStopped) }
func (r *recorder) Skip(args ...any)             { panic(errStopped) }
func (r *recorder) SkipNow()                     { panic(errStopped) }
func (r *recorder) Errorf(f string, args ...any) { r.failed = true }
func (r *recorder) Error(args ...any)            { r.failed = true }
func (r *recorder) Fatalf(f string, args ...any) { r.FailNow() }
func (r *recorder) Fatal(args ...any)            { r.FailNow() }
func (r *recorder) FailNow()                     { r.failed = true; panic(errStopped) }
func (r *recorder) Fail()                        { r.failed = true }
func (r *recorder) Failed() bool                 { return r.failed }
