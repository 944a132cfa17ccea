package graph

import (
	"strconv"
	"testing"

	"diwan/eventstore"
)

func TestAQuestionAfterAPositionSeesIt(t *testing.T) {
	o := openOffice(t)
	rana, nour := o.as("rana"), o.as("nour")
	for i := range 20 {
		rana.done("recordCommitment", "RecordCommitmentInput", map[string]any{
			"year": 2026, "subject": "عقد", "lines": []map[string]any{{"key": fuel, "amount": strconv.Itoa(i + 1)}},
		})
		var seen struct {
			Commitments struct {
				Nodes []struct{ Total struct{ Amount string } }
			}
		}
		text := `query($p: Position!) @after(position: $p) { commitments(first: 1) { nodes { total { amount } } } }`
		if i%2 == 0 {
			nour.ask(&seen, text, map[string]any{"p": rana.after}) // somebody else, by the position she was told
		} else {
			rana.ask(&seen, `{ commitments(first: 1) { nodes { total { amount } } } }`, nil)
		}
		if want := strconv.Itoa(i+1) + ".000"; len(seen.Commitments.Nodes) != 1 || seen.Commitments.Nodes[0].Total.Amount != want {
			t.Fatalf("after the commitment of %s the newest is %+v", want, seen.Commitments.Nodes)
		}
	}
}

func TestAnAnswerThatCannotWaitLongerSaysThatItIsStale(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	head, epoch, err := o.log.Head(t.Context(), eventstore.Main)
	must(t, err)
	for name, token := range map[string]string{
		"a position to come": "main." + strconv.Itoa(int(epoch)) + "." + strconv.FormatInt(head+1_000_000, 10),
		"another epoch":      "main." + strconv.Itoa(int(epoch)+1) + ".1",
	} {
		rana.after = token
		var me struct{ Me struct{ ID string } }
		if r := rana.ask(&me, "{ me { id } }", nil); r.Extensions["stale"] != true || me.Me.ID != "rana" {
			t.Errorf("%s: the extensions are %v", name, r.Extensions)
		}
	}
	rana.after = "no position"
	if r := rana.ask(nil, "{ me { id } }", nil); len(r.Errors) == 0 || r.Errors[0].Extensions["code"] != "position" {
		t.Errorf("a token that is none was answered with %s", r.Data)
	}
}
