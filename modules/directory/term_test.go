package directory

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// committee is a government whose three bodies vote on terms, each through somebody in a post.
func committee(t *testing.T) *office {
	o := government(t)
	o.seatCommittee()
	return o
}

func (o *office) seatCommittee() {
	o.t.Helper()
	for person, unit := range map[string]string{"rana": "roads", "omar": "health", "huda": "jo"} {
		o.post("post-of-"+person, unit, "v", "ممثل", "2000-01-01")
		o.must(o.m.FillPost(o.ctx, registrar(), FillPost{Command: uuid.New(), Post: "post-of-" + person, Person: person, From: "2000-01-01"}))
	}
	o.must(o.m.SetTermRule(o.ctx, registrar(), SetTermRule{Command: uuid.New(), Voters: []string{"works", "health", "jo"}, Quorum: 60, Majority: 50, Days: 10, From: "2026-01-01"}))
}

func member(person string) Clerk { return Clerk{ID: person, Permissions: Permissions()} }

func (o *office) propose(ar, on string) string {
	o.t.Helper()
	id := uuid.New()
	o.must(o.m.ProposeTerm(o.ctx, member("rana"), ProposeTerm{Command: id, Domain: "finance", Name: text(ar), Body: "works", On: on}))
	return id.String()
}

func (o *office) vote(person, body, id string, choice VoteChoice, on string) {
	o.t.Helper()
	o.must(o.m.VoteOnTerm(o.ctx, member(person), VoteOnTerm{Command: uuid.New(), ID: id, Body: body, Choice: choice, On: on}))
}

func (o *office) term(id string) term {
	o.t.Helper()
	t, err := o.m.termNow(o.ctx, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return t
}

func decide(id, on string) ActOnTerm { return ActOnTerm{Command: uuid.New(), ID: id, On: on} }

func TestATermIsAgreedByQuorumAndMajority(t *testing.T) {
	o := committee(t)
	id := o.propose("حجز", "2026-02-01")
	o.refused("directory.term_vote_open")(o.m.DecideTerm(o.ctx, registrar(), decide(id, "2026-02-02")))
	o.vote("rana", "works", id, VoteAgainst, "2026-02-02")
	o.vote("rana", "works", id, VoteFor, "2026-02-03") // thought again
	o.vote("omar", "health", id, VoteAbstain, "2026-02-03")
	o.refused("directory.not_of_body")(o.m.VoteOnTerm(o.ctx, member("rana"), VoteOnTerm{Command: uuid.New(), ID: id, Body: "health", Choice: VoteFor, On: "2026-02-03"}))
	o.refused("directory.term_vote_over")(o.m.VoteOnTerm(o.ctx, member("huda"), VoteOnTerm{Command: uuid.New(), ID: id, Body: "jo", Choice: VoteFor, On: "2026-02-12"}))
	o.must(o.m.CommentOnTerm(o.ctx, member("huda"), VoteOnTerm{Command: uuid.New(), ID: id, Body: "jo", Text: "أوضح من «ارتباط»", On: "2026-02-05"}))
	o.refused("date.before_last_step")(o.m.VoteOnTerm(o.ctx, member("huda"), VoteOnTerm{Command: uuid.New(), ID: id, Body: "jo", Choice: VoteFor, On: "2026-02-04"}))
	o.must(o.m.DecideTerm(o.ctx, registrar(), decide(id, "2026-02-12")))
	if got := o.term(id); got.State != TermIsAgreed {
		t.Errorf("with %+v of three the term is %s", got.tally(), got.State)
	}
	o.refused("directory.term_exists")(o.m.ProposeTerm(o.ctx, member("rana"), ProposeTerm{Command: uuid.New(), Domain: "finance", Name: text("حَجْز"), Body: "works"}))
}

func TestWithoutAQuorumATermIsRejected(t *testing.T) {
	o := committee(t)
	few, against := o.propose("صرف", "2026-02-01"), o.propose("قيد", "2026-02-01")
	o.vote("rana", "works", few, VoteFor, "2026-02-02")
	for person, body := range map[string]string{"rana": "works", "omar": "health"} {
		o.vote(person, body, against, VoteAgainst, "2026-02-02")
	}
	for _, id := range []string{few, against} {
		o.must(o.m.DecideTerm(o.ctx, registrar(), decide(id, "2026-02-12")))
		if got := o.term(id); got.State != TermIsRejected {
			t.Errorf("with %+v of three the term is %s", got.tally(), got.State)
		}
	}
	// A later rule does not change a vote that is open.
	open := o.propose("سلفة", "2026-03-01")
	o.must(o.m.SetTermRule(o.ctx, registrar(), SetTermRule{Command: uuid.New(), Voters: []string{"works"}, Quorum: 100, Majority: 50, Days: 5, From: "2026-03-02"}))
	o.vote("rana", "works", open, VoteFor, "2026-03-03")
	o.must(o.m.DecideTerm(o.ctx, registrar(), decide(open, "2026-03-12")))
	if got := o.term(open); got.State != TermIsRejected {
		t.Errorf("one of three carried it: %s", got.State)
	}
}

func TestATermIsSupersededAndMergedWithATrace(t *testing.T) {
	o := committee(t)
	agree := func(id string) {
		for person, body := range map[string]string{"rana": "works", "omar": "health", "huda": "jo"} {
			o.vote(person, body, id, VoteFor, "2026-02-03")
		}
		o.must(o.m.DecideTerm(o.ctx, registrar(), decide(id, "2026-02-04")))
	}
	old, twin := o.propose("ارتباط", "2026-02-01"), o.propose("التزام", "2026-02-01")
	agree(old)
	agree(twin)
	next := uuid.New()
	o.must(o.m.ProposeTerm(o.ctx, member("rana"), ProposeTerm{Command: next, Domain: "finance", Name: text("ارتباط"), Definition: text("تعريف أدق"), Replaces: old, Body: "works", On: "2026-02-02"}))
	agree(next.String())
	if got := o.term(old); got.State != TermIsSuperseded || got.Next != next.String() {
		t.Errorf("the old term is %+v", got)
	}
	o.must(o.m.MergeTerms(o.ctx, registrar(), ActOnTerm{Command: uuid.New(), ID: next.String(), Into: twin, On: "2026-03-01"}))
	if got := o.term(next.String()); got.State != TermIsMerged || got.Next != twin {
		t.Errorf("the merged term is %+v", got)
	}
	if got := o.term(twin); !strings.Contains(strings.Join(got.Content.Synonyms.Ar, " "), "ارتباط") {
		t.Errorf("its synonyms are %+v", got.Content.Synonyms)
	}
	o.refused("directory.term_state")(o.m.MergeTerms(o.ctx, registrar(), ActOnTerm{Command: uuid.New(), ID: old, Into: twin}))
}

const termFile = "term_ar,term_en,definition_ar,synonyms_ar,domain\n" +
	"أمر مالي,Financial order,إفراج عن مخصصات,أمر صرف موازنة|أمر مالي عام,finance\n" +
	"مناقلة,Virement,,,finance\n" +
	"\u202eديوان,Registry,,,correspondence\n" +
	"مناقلةً,Transfer,,,finance\n" +
	"س,X,,,nothing\n"

func TestTheSameFileOfTermsTwiceChangesNothing(t *testing.T) {
	o := committee(t)
	take := func(file string, dry bool) ImportResult {
		t.Helper()
		r, err := o.m.ImportTerms(o.ctx, registrar(), strings.NewReader(file), TermImport{Source: "terms.csv", DryRun: dry}, nil)
		o.must(eventstore.Receipt{}, err)
		return r
	}
	before, _, _ := o.log.Head(o.ctx, eventstore.Main)
	if r := take(termFile, true); r.Accepted != 2 || r.Refused != 3 {
		t.Errorf("tried: %+v", r)
	}
	if head, _, _ := o.log.Head(o.ctx, eventstore.Main); head != before {
		t.Error("a dry run wrote")
	}
	r := take(termFile, false)
	if r.Rows != 5 || r.Accepted != 2 || r.Refused != 3 {
		t.Errorf("first: %+v", r)
	}
	for i, want := range []struct {
		row          int
		column, code string
	}{{4, "term_ar", "text.hidden_character"}, {5, "term_ar", "import.twice"}, {6, "domain", "directory.code_invalid"}} {
		if r.Errors[i].Row != want.row || r.Errors[i].Column != want.column || r.Errors[i].Code != want.code {
			t.Errorf("error %d is %+v, want %+v", i, r.Errors[i], want)
		}
	}
	head, _, _ := o.log.Head(o.ctx, eventstore.Main)
	if r := take(termFile, false); r.Accepted != 0 || r.Unchanged != 2 || r.Refused != 3 {
		t.Errorf("again: %+v", r)
	}
	if again, _, _ := o.log.Head(o.ctx, eventstore.Main); again != head {
		t.Errorf("the same file moved the log from %d to %d", head, again)
	}
	if r := take(strings.Replace(termFile, "إفراج عن مخصصات", "أمر بالإفراج عن مخصصات الموازنة", 1), false); r.Accepted != 1 || r.Unchanged != 1 {
		t.Errorf("revised: %+v", r)
	}
	o.refused("directory.term_exists")(o.m.ProposeTerm(o.ctx, member("rana"), ProposeTerm{Command: uuid.New(), Domain: "finance", Name: text("مُناقله"), Body: "works"}))
}
