package directory

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Agreed terms (المصطلحات الموحدة), stream directory.term/{id}.
type (
	// TermProposed puts a term before the bodies. The rule is the one in force on that day, so that a
	// vote ends by the rule it began under.
	TermProposed struct {
		ID       string      `json:"id"`
		Content  TermContent `json:"content"`
		Replaces string      `json:"replaces,omitempty"` // a term this one supersedes when it is accepted
		Body     string      `json:"body"`               // that proposes
		On       kernel.Date `json:"on"`
		Closes   kernel.Date `json:"closes"` // the last day of voting
		Rule     TermRule    `json:"rule"`
	}
	// TermCommented is a body's remark.
	TermCommented struct {
		Body string      `json:"body"`
		Text string      `json:"text"`
		On   kernel.Date `json:"on"`
	}
	// TermVoted is a body's vote; a later one of the same body takes its place.
	TermVoted struct {
		Body   string      `json:"body"`
		Choice VoteChoice  `json:"choice"`
		On     kernel.Date `json:"on"`
	}
	// TermAccepted ends the vote: the term is agreed.
	TermAccepted struct {
		On    kernel.Date `json:"on"`
		Tally Tally       `json:"tally"`
	}
	// TermRejected ends the vote: too few voted, or too few were for it.
	TermRejected struct {
		On     kernel.Date `json:"on"`
		Tally  Tally       `json:"tally"`
		Quorum bool        `json:"quorum"` // whether enough bodies voted
	}
	// TermAdopted takes over a term that was agreed elsewhere, as by a law or an older list.
	TermAdopted struct {
		ID      string      `json:"id"`
		Content TermContent `json:"content"`
		Source  string      `json:"source,omitempty"`
		On      kernel.Date `json:"on"`
	}
	// TermRevised gives an adopted term what its source says now.
	TermRevised struct {
		Content TermContent `json:"content"`
		Source  string      `json:"source,omitempty"`
		On      kernel.Date `json:"on"`
	}
	// TermSuperseded ends a term in favour of a newer one.
	TermSuperseded struct {
		By string      `json:"by"`
		On kernel.Date `json:"on"`
	}
	// TermMerged ends a term that means the same as another; whoever asks for it is led there.
	TermMerged struct {
		Into string      `json:"into"`
		On   kernel.Date `json:"on"`
	}
	// TermSynonymsChanged lists other words for the term.
	TermSynonymsChanged struct {
		Synonyms Words       `json:"synonyms"`
		On       kernel.Date `json:"on"`
	}
)

// TermContent is what is agreed on.
type TermContent struct {
	Domain     string      `json:"domain"` // of the code list term_domain
	Name       kernel.Text `json:"name"`
	Definition kernel.Text `json:"definition,omitzero"`
	Synonyms   Words       `json:"synonyms,omitzero"`
}

// Words are other words for a term, in each language.
type Words struct {
	Ar []string `json:"ar,omitempty"`
	En []string `json:"en,omitempty"`
}

// VoteChoice is how a body votes.
type VoteChoice string

// The choices. Abstaining counts towards the quorum only.
const (
	VoteFor     VoteChoice = "for"
	VoteAgainst VoteChoice = "against"
	VoteAbstain VoteChoice = "abstain"
)

// Tally counts a vote.
type Tally struct {
	Voters  int `json:"voters"` // bodies entitled to vote
	For     int `json:"for"`
	Against int `json:"against"`
	Abstain int `json:"abstain"`
}

// TermRule says how terms are voted on.
type TermRule struct {
	Voters   []string `json:"voters"`   // bodies
	Quorum   int      `json:"quorum"`   // percent of the voters that must vote
	Majority int      `json:"majority"` // votes for must be more than this percent of those for and against
	Days     int      `json:"days"`     // how long a vote is open, in calendar days
}

// TermRuleSet dates the rule, stream directory.policy/terms.
type TermRuleSet struct {
	From kernel.Date `json:"from"`
	Rule TermRule    `json:"rule"`
}

// TermNamed says whose name a name is, stream directory.term_name/{domain}/{name}.
type TermNamed struct {
	Term string `json:"term"`
}

func (TermProposed) EventType() string        { return "directory.term_proposed" }
func (TermCommented) EventType() string       { return "directory.term_commented" }
func (TermVoted) EventType() string           { return "directory.term_voted" }
func (TermAccepted) EventType() string        { return "directory.term_accepted" }
func (TermRejected) EventType() string        { return "directory.term_rejected" }
func (TermAdopted) EventType() string         { return "directory.term_adopted" }
func (TermRevised) EventType() string         { return "directory.term_revised" }
func (TermSuperseded) EventType() string      { return "directory.term_superseded" }
func (TermMerged) EventType() string          { return "directory.term_merged" }
func (TermSynonymsChanged) EventType() string { return "directory.term_synonyms_changed" }
func (TermRuleSet) EventType() string         { return "directory.term_rule_set" }
func (TermNamed) EventType() string           { return "directory.term_named" }

func termEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[TermProposed](1, nil),
		eventstore.Type[TermCommented](1, nil),
		eventstore.Type[TermVoted](1, nil),
		eventstore.Type[TermAccepted](1, nil),
		eventstore.Type[TermRejected](1, nil),
		eventstore.Type[TermAdopted](1, nil),
		eventstore.Type[TermRevised](1, nil),
		eventstore.Type[TermSuperseded](1, nil),
		eventstore.Type[TermMerged](1, nil),
		eventstore.Type[TermSynonymsChanged](1, nil),
	}
}

func policyEvents() []eventstore.EventType {
	return []eventstore.EventType{eventstore.Type[TermRuleSet](1, nil)}
}

func termNameEvents() []eventstore.EventType {
	return []eventstore.EventType{eventstore.Type[TermNamed](1, nil)}
}
