package directory

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// TermState is where a term stands.
type TermState string

// The states of a term.
const (
	TermIsProposed   TermState = "proposed"
	TermIsAgreed     TermState = "agreed"
	TermIsRejected   TermState = "rejected"
	TermIsSuperseded TermState = "superseded"
	TermIsMerged     TermState = "merged"
)

// term is one term through its vote (مصطلح).
type term struct {
	ID       string
	State    TermState
	Content  TermContent
	Replaces string
	Closes   kernel.Date
	Last     kernel.Date // of its newest step
	Rule     TermRule
	Votes    map[string]VoteChoice
	Next     string // the term that took its place
	Adopted  bool
	Version  int64
}

// TermStream is the stream of one term.
func TermStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "directory.term", Key: id}
}

// termNameStream is the claim of a name in its domain: an agreed name means one term.
func termNameStream(domain, name string) eventstore.Stream {
	sum := sha256.Sum256([]byte(FoldName(name)))
	return eventstore.Stream{Category: "directory.term_name", Key: domain + "/" + hex.EncodeToString(sum[:12])}
}

// TermPolicyStream holds the dated rule of voting.
func TermPolicyStream() eventstore.Stream {
	return eventstore.Stream{Category: "directory.policy", Key: "terms"}
}

func termCategories() []eventstore.Category {
	return []eventstore.Category{
		eventstore.CategoryOf("directory.term", eventstore.Main, eventstore.NewCodec(termEvents()...), term{}, term.evolve),
		eventstore.CategoryOf("directory.term_name", eventstore.Main, eventstore.NewCodec(termNameEvents()...), "", func(_ string, e eventstore.Event) string {
			return e.(TermNamed).Term
		}),
		eventstore.CategoryOf("directory.policy", eventstore.Main, eventstore.NewCodec(policyEvents()...), termRules(nil), termRules.evolve),
	}
}

// termRules is the rule through time.
type termRules timeline[TermRule]

func (r termRules) evolve(event eventstore.Event) termRules {
	if e, ok := event.(TermRuleSet); ok {
		return termRules(timeline[TermRule](r).with(dated[TermRule]{From: e.From, Value: e.Rule, No: 1}))
	}
	return r
}

func (r termRules) on(day kernel.Date) (TermRule, bool) { return timeline[TermRule](r).on(day, 0) }

func (t term) evolve(event eventstore.Event) term {
	t.Version++
	switch e := event.(type) {
	case TermProposed:
		t.ID, t.State, t.Content, t.Replaces = e.ID, TermIsProposed, e.Content, e.Replaces
		t.Closes, t.Last, t.Rule = e.Closes, e.On, e.Rule
	case TermCommented:
		t.Last = e.On
	case TermVoted:
		t.Votes = maps.Clone(t.Votes)
		if t.Votes == nil {
			t.Votes = map[string]VoteChoice{}
		}
		t.Votes[e.Body], t.Last = e.Choice, e.On
	case TermAccepted:
		t.State, t.Last = TermIsAgreed, e.On
	case TermRejected:
		t.State, t.Last = TermIsRejected, e.On
	case TermAdopted:
		t.ID, t.State, t.Content, t.Last, t.Adopted = e.ID, TermIsAgreed, e.Content, e.On, true
	case TermRevised:
		t.Content, t.Last = e.Content, e.On
	case TermSuperseded:
		t.State, t.Next, t.Last = TermIsSuperseded, e.By, e.On
	case TermMerged:
		t.State, t.Next, t.Last = TermIsMerged, e.Into, e.On
	case TermSynonymsChanged:
		t.Content.Synonyms, t.Last = e.Synonyms, e.On
	}
	return t
}

// tally counts the votes so far.
func (t term) tally() Tally {
	n := Tally{Voters: len(t.Rule.Voters)}
	for _, choice := range t.Votes {
		switch choice {
		case VoteFor:
			n.For++
		case VoteAgainst:
			n.Against++
		case VoteAbstain:
			n.Abstain++
		}
	}
	return n
}

// quorate tells whether enough bodies have voted.
func (n Tally) quorate(r TermRule) bool {
	return (n.For+n.Against+n.Abstain)*100 >= n.Voters*r.Quorum && n.For+n.Against > 0
}

// carried tells whether enough of those for and against were for it.
func (n Tally) carried(r TermRule) bool { return n.For*100 > (n.For+n.Against)*r.Majority }

// vote decides a body's vote on a day.
func (t term) vote(e TermVoted) error {
	switch {
	case t.State != TermIsProposed:
		return t.not("يُصوَّت على مقترح فقط", "only a proposal is voted on")
	case !slices.Contains(t.Rule.Voters, e.Body):
		return refusal("directory.term_no_vote", "body", "الجهة ليست من جهات التصويت.", "The body is not among those that vote.")
	case e.On.After(t.Closes):
		return refusal("directory.term_vote_over", "on", "انتهى التصويت في "+t.Closes.String()+".", "The vote ended on "+t.Closes.String()+".")
	}
	return t.after(e.On)
}

// decide ends the vote on a day: when its days are over, or all have voted.
func (t term) decide(on kernel.Date) (eventstore.Event, error) {
	n := t.tally()
	switch {
	case t.State != TermIsProposed:
		return nil, t.not("يُبَت في مقترح فقط", "only a proposal is decided")
	case !on.After(t.Closes) && n.For+n.Against+n.Abstain < n.Voters:
		return nil, refusal("directory.term_vote_open", "on", "التصويت مفتوح حتى "+t.Closes.String()+"، وصوّت "+itoa(int64(n.For+n.Against+n.Abstain))+" من "+itoa(int64(n.Voters))+".",
			"The vote is open until "+t.Closes.String()+", and "+itoa(int64(n.For+n.Against+n.Abstain))+" of "+itoa(int64(n.Voters))+" have voted.")
	}
	if err := t.after(on); err != nil {
		return nil, err
	}
	if n.quorate(t.Rule) && n.carried(t.Rule) {
		return TermAccepted{on, n}, nil
	}
	return TermRejected{on, n, n.quorate(t.Rule)}, nil
}

// agreed refuses a term that is not agreed, or not any more.
func (t term) agreed(path string) error {
	switch t.State {
	case TermIsAgreed:
		return nil
	case "":
		return refusal("directory.term_unknown", path, "لا يوجد مصطلح بهذا الرقم.", "There is no such term.")
	}
	p := t.not("يلزم مصطلح متفق عليه", "an agreed term is needed")
	p.Path = path
	return p
}

// not is the refusal of a step that the term's state does not allow.
func (t term) not(ar, en string) kernel.Problem {
	if t.State == "" {
		return refusal("directory.term_unknown", "id", "لا يوجد مصطلح بهذا الرقم.", "There is no such term.")
	}
	words := termStateWords(t.State)
	return refusal("directory.term_state", "id", "المصطلح «"+t.Content.Name.In("ar")+"» "+words.Ar+"، و"+ar+".", "Term “"+t.Content.Name.In("en")+"” is "+words.En+"; "+en+".")
}

// after refuses a step dated before the last one.
func (t term) after(on kernel.Date) error {
	if on.Before(t.Last) {
		return refusal("date.before_last_step", "on", "التاريخ "+on.String()+" قبل آخر إجراء في "+t.Last.String()+".", on.String()+" is before the last step on "+t.Last.String()+".")
	}
	return nil
}

func termStateWords(s TermState) kernel.Text {
	switch s {
	case TermIsProposed:
		return kernel.Text{Ar: "مقترح", En: "proposed"}
	case TermIsAgreed:
		return kernel.Text{Ar: "متفق عليه", En: "agreed"}
	case TermIsRejected:
		return kernel.Text{Ar: "مرفوض", En: "rejected"}
	case TermIsSuperseded:
		return kernel.Text{Ar: "مستبدل", En: "superseded"}
	case TermIsMerged:
		return kernel.Text{Ar: "مدموج", En: "merged"}
	}
	return kernel.Text{Ar: string(s), En: string(s)}
}
