package directory

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ProposeTerm puts a term before the bodies.
type ProposeTerm struct {
	Command    uuid.UUID
	Domain     string
	Name       kernel.Text
	Definition kernel.Text
	SynonymsAr []string
	SynonymsEn []string
	Replaces   string
	Body       string // of the proposer
	On         string // empty = today
}

// VoteOnTerm is a body's vote or, with Text alone, its remark.
type VoteOnTerm struct {
	Command uuid.UUID
	ID      string
	Body    string
	Choice  VoteChoice
	Text    string
	On      string
}

// ActOnTerm names a term and what becomes of it.
type ActOnTerm struct {
	Command    uuid.UUID
	ID         string
	Into       string // of a merge
	SynonymsAr []string
	SynonymsEn []string
	On         string
}

// SetTermRule dates the rule of voting.
type SetTermRule struct {
	Command  uuid.UUID
	Voters   []string
	Quorum   int
	Majority int
	Days     int
	From     string
}

// SetTermRule says who votes on terms, how many must, and what carries, from a day on. Votes that are
// open end by the rule they began under.
func (m *Module) SetTermRule(ctx context.Context, by Clerk, in SetTermRule) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	e := TermRuleSet{From: f.day("from", kernel.Text{Ar: "من تاريخ", En: "From"}, in.From), Rule: TermRule{slices.Clone(in.Voters), in.Quorum, in.Majority, in.Days}}
	f.between("quorum", kernel.Text{Ar: "النصاب", En: "Quorum"}, in.Quorum, 1, 100)
	f.between("majority", kernel.Text{Ar: "الأغلبية", En: "Majority"}, in.Majority, 0, 99)
	f.between("days", kernel.Text{Ar: "أيام التصويت", En: "Days of voting"}, in.Days, 1, 365)
	f.between("voters", kernel.Text{Ar: "جهات التصويت", En: "Voting bodies"}, len(in.Voters), 1, 500)
	slices.Sort(e.Rule.Voters)
	if len(slices.Compact(slices.Clone(e.Rule.Voters))) != len(e.Rule.Voters) {
		f.refuse("voters", "directory.voter_twice", "جهة مذكورة مرتين.", "A body is named twice.")
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "SetTermRule", in, func(d *eventstore.Decision) error {
		u := Units{r: eventstore.StateOf[register](d, 1), day: e.From}
		for i, id := range in.Voters {
			if one, open := u.Unit(id); !open || !one.Body {
				return unknownUnit("voters."+strconv.Itoa(i), id, e.From)
			}
		}
		d.Record(0, e)
		return nil
	}, TermPolicyStream(), TreeStream())
}

// represents refuses a clerk who holds no post of a body on the day.
func represents(u Units, by Clerk, body string) error {
	for _, person := range []string{by.ID, by.OnBehalfOf} {
		if person == "" {
			continue
		}
		for _, h := range u.PostsOf(person) {
			p, _ := u.Post(h.Post)
			if of, ok := u.BodyOf(p.Unit); ok && of.ID == body {
				return nil
			}
		}
	}
	return refusal("directory.not_of_body", "body", "لا تشغل وظيفة في هذه الجهة في "+u.day.String()+".", "You hold no post of this body on "+u.day.String()+".")
}

// ProposeTerm opens the vote on a term, under the rule of the day.
func (m *Module) ProposeTerm(ctx context.Context, by Clerk, in ProposeTerm) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayProposeTerm) {
		return eventstore.Receipt{}, f.result()
	}
	e := TermProposed{
		ID: in.Command.String(), Replaces: in.Replaces, Body: in.Body, On: f.on(in.On, m.today()),
		Content: f.termContent(in.Domain, in.Name, in.Definition, in.SynonymsAr, in.SynonymsEn),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{TermStream(e.ID), TermPolicyStream(), TreeStream(), ListsStream(), termNameStream(e.Content.Domain, e.Content.Name.Ar)}
	if e.Replaces != "" && e.Replaces != e.ID {
		streams = append(streams, TermStream(e.Replaces))
	}
	return m.execute(ctx, by, in.Command, "ProposeTerm", in, func(d *eventstore.Decision) error {
		rule, set := eventstore.StateOf[termRules](d, 1).on(e.On)
		if !set {
			return refusal("directory.term_no_rule", "on", "لم تُحدد قواعد التصويت على المصطلحات في "+e.On.String()+".", "No rule of voting on terms is in force on "+e.On.String()+".")
		}
		if err := represents(Units{r: eventstore.StateOf[register](d, 2), day: e.On}, by, e.Body); err != nil {
			return err
		}
		if err := eventstore.StateOf[lists](d, 3).valid("term_domain", "domain", e.Content.Domain, e.On); err != nil {
			return err
		}
		if owner := eventstore.StateOf[string](d, 4); owner != "" && owner != e.Replaces {
			return nameTaken(e.Content.Name)
		}
		if len(streams) == 6 {
			if err := eventstore.StateOf[term](d, 5).agreed("replaces"); err != nil {
				return err
			}
		}
		proposal := e
		proposal.Rule, proposal.Closes = rule, e.On.AddDays(rule.Days)
		d.Record(0, proposal)
		return nil
	}, streams...)
}

func nameTaken(name kernel.Text) kernel.Problem {
	return refusal("directory.term_exists", "name.ar", "المصطلح «"+name.In("ar")+"» متفق عليه في هذا المجال.", "“"+name.In("en")+"” is an agreed term of this domain.")
}

// VoteOnTerm gives a body's vote, and its remark with it.
func (m *Module) VoteOnTerm(ctx context.Context, by Clerk, in VoteOnTerm) (eventstore.Receipt, error) {
	return m.speak(ctx, by, "VoteOnTerm", in, func(f *form) {
		if in.Choice != VoteFor && in.Choice != VoteAgainst && in.Choice != VoteAbstain {
			f.refuse("choice", "directory.vote_choice", "التصويت: مع أو ضد أو امتناع.", "A vote is for, against or abstain.")
		}
	})
}

// CommentOnTerm records a body's remark on a proposal.
func (m *Module) CommentOnTerm(ctx context.Context, by Clerk, in VoteOnTerm) (eventstore.Receipt, error) {
	in.Choice = ""
	return m.speak(ctx, by, "CommentOnTerm", in, func(f *form) { f.required("text", kernel.Text{Ar: "الملاحظة", En: "Remark"}, in.Text) })
}

func (m *Module) speak(ctx context.Context, by Clerk, act string, in VoteOnTerm, read func(*form)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayVoteOnTerm) {
		return eventstore.Receipt{}, f.result()
	}
	on, text := f.on(in.On, m.today()), f.text("text", kernel.Text{Ar: "الملاحظة", En: "Remark"}, in.Text)
	read(&f)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, act, in, func(d *eventstore.Decision) error {
		t := eventstore.StateOf[term](d, 0)
		if err := represents(Units{r: eventstore.StateOf[register](d, 1), day: on}, by, in.Body); err != nil {
			return err
		}
		if in.Choice != "" {
			if err := t.vote(TermVoted{in.Body, in.Choice, on}); err != nil {
				return err
			}
			d.Record(0, TermVoted{in.Body, in.Choice, on})
		} else if t.State != TermIsProposed {
			return t.not("يُعلَّق على مقترح فقط", "only a proposal is commented on")
		} else if err := t.after(on); err != nil {
			return err
		}
		if text != "" {
			d.Record(0, TermCommented{in.Body, text, on})
		}
		return nil
	}, TermStream(in.ID), TreeStream())
}
