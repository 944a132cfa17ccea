package finance

import (
	"strings"
	"testing"

	"diwan/modules/kernel"
)

// Rows that an import set aside come in as additions once somebody says that this is what they are.
func TestQuarantinedRowsAreReplayed(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	law := "year,fund,chapter,programme,activity,item,source,amount\n" +
		"2027,01,2501,4401,001,221105,001,60000.000\n" +
		"2027,01,2501,4402,001,221106,001,-2500.500\n"
	by := dima()
	first, err := ImportBudget(t.Context(), o.Module, by, strings.NewReader(law), ImportOptions{File: "law.csv", Vintage: Original}, nil)
	if err != nil || first.Accepted != 1 || first.Quarantined != 1 {
		t.Fatalf("the law was imported as %+v, %v", first, err)
	}
	all, err := o.Quarantines(t.Context())
	if err != nil || len(all) != 1 || len(all[0].Rows) != 1 || all[0].Rows[0].Row != 3 || all[0].File != "law.csv" {
		t.Fatalf("in quarantine is %+v, %v", all, err)
	}
	again, err := Replay(t.Context(), o.Module, by, all[0].Import, ImportOptions{}, nil)
	if err != nil || again.Quarantined != 1 || again.Errors[0].Row != 3 {
		t.Errorf("replayed as it was, it became %+v, %v", again, err)
	}
	supplement := ImportOptions{Vintage: Supplementary, Additions: true}
	for _, want := range []string{"accepted", "unchanged"} {
		r, err := Replay(t.Context(), o.Module, by, all[0].Import, supplement, nil)
		if err != nil {
			if problems := kernel.ProblemsOf(err); problems != nil {
				t.Fatalf("replayed as an addition it was refused: %v", problems)
			}
			t.Fatal(err)
		}
		if r.Rows != 1 || r.Quarantined != 0 || want == "unchanged" && r.Accepted != 0 {
			t.Errorf("replayed as an addition (%s) it became %+v", want, r)
		}
	}
	if _, err := Replay(t.Context(), o.Module, by, "nobody", ImportOptions{}, nil); kernel.ProblemsOf(err) == nil {
		t.Errorf("an import that is not there was answered %v", err)
	}
}
