package directory

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// DecideTerm ends a vote by its rule: the term is agreed, and its name then means it alone, or it is
// rejected. A term that it replaces is superseded.
func (m *Module) DecideTerm(ctx context.Context, by Clerk, in ActOnTerm) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDecideTerm) {
		return eventstore.Receipt{}, f.result()
	}
	on := f.on(in.On, m.today())
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	t, err := m.termNow(ctx, in.ID)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{TermStream(in.ID), termNameStream(t.Content.Domain, t.Content.Name.Ar)}
	if t.Replaces != "" {
		streams = append(streams, TermStream(t.Replaces))
	}
	return m.execute(ctx, by, in.Command, "DecideTerm", in, func(d *eventstore.Decision) error {
		now := eventstore.StateOf[term](d, 0)
		e, err := now.decide(on)
		if err != nil {
			return err
		}
		if _, accepted := e.(TermAccepted); accepted {
			if owner := eventstore.StateOf[string](d, 1); owner != "" && owner != now.Replaces {
				return nameTaken(now.Content.Name)
			}
			if now.Replaces != "" {
				if err := eventstore.StateOf[term](d, 2).agreed("replaces"); err != nil {
					return err
				}
				d.Record(2, TermSuperseded{now.ID, on})
			}
			d.Record(1, TermNamed{now.ID})
		}
		d.Record(0, e)
		return nil
	}, streams...)
}

// MergeTerms ends a term that means the same as another one; its name becomes a synonym there, and
// whoever asks for it is led there.
func (m *Module) MergeTerms(ctx context.Context, by Clerk, in ActOnTerm) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDecideTerm) {
		return eventstore.Receipt{}, f.result()
	}
	on := f.on(in.On, m.today())
	if in.ID == in.Into || in.Into == "" {
		f.refuse("into", "directory.merge_into_itself", "يُدمج المصطلح في مصطلح آخر.", "A term is merged into another one.")
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	t, err := m.termNow(ctx, in.ID)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "MergeTerms", in, func(d *eventstore.Decision) error {
		old, into := eventstore.StateOf[term](d, 0), eventstore.StateOf[term](d, 1)
		if err := old.agreed("id"); err != nil {
			return err
		}
		if err := into.agreed("into"); err != nil {
			return err
		}
		for _, one := range []term{old, into} {
			if err := one.after(on); err != nil {
				return err
			}
		}
		words := into.Content.Synonyms
		words.Ar = union(words.Ar, into.Content.Name.Ar, append(slices.Clone(old.Content.Synonyms.Ar), old.Content.Name.Ar))
		words.En = union(words.En, into.Content.Name.En, append(slices.Clone(old.Content.Synonyms.En), old.Content.Name.En))
		d.Record(0, TermMerged{in.Into, on})
		d.Record(1, TermSynonymsChanged{words, on})
		d.Record(2, TermNamed{in.Into})
		return nil
	}, TermStream(in.ID), TermStream(in.Into), termNameStream(t.Content.Domain, t.Content.Name.Ar))
}

// union adds words to a list, but for the name itself and those it has.
func union(have []string, name string, add []string) []string {
	all := slices.Clone(have)
	for _, w := range add {
		if w != "" && w != name && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// ChangeSynonyms lists other words for an agreed term.
func (m *Module) ChangeSynonyms(ctx context.Context, by Clerk, in ActOnTerm) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDecideTerm) {
		return eventstore.Receipt{}, f.result()
	}
	e := TermSynonymsChanged{Words{f.words("synonyms_ar", in.SynonymsAr), f.words("synonyms_en", in.SynonymsEn)}, f.on(in.On, m.today())}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "ChangeSynonyms", in, func(d *eventstore.Decision) error {
		t := eventstore.StateOf[term](d, 0)
		if err := t.agreed("id"); err != nil {
			return err
		}
		if err := t.after(e.On); err != nil {
			return err
		}
		d.Record(0, e)
		return nil
	}, TermStream(in.ID))
}

// termNow reads a term's newest state, to know which other streams an act touches; the decision looks
// at it again.
func (m *Module) termNow(ctx context.Context, id string) (term, error) {
	events, err := m.log.ReadStream(ctx, m.tenant, TermStream(id), 0)
	if err != nil {
		return term{}, err
	}
	state, err := termCategories()[0].Fold(term{}, events)
	if err != nil {
		return term{}, err
	}
	t := state.(term)
	if t.ID == "" {
		return t, refusal("directory.term_unknown", "id", "لا يوجد مصطلح بهذا الرقم.", "There is no such term.")
	}
	return t, nil
}

// termContent reads what is to be agreed on.
func (f *form) termContent(domain string, name, definition kernel.Text, ar, en []string) TermContent {
	return TermContent{
		Domain: f.requiredCode("domain", kernel.Text{Ar: "المجال", En: "Domain"}, domain), Name: f.name("name", name),
		Definition: kernel.Text{
			Ar: f.text("definition.ar", kernel.Text{Ar: "التعريف", En: "Definition"}, definition.Ar),
			En: f.text("definition.en", kernel.Text{Ar: "التعريف", En: "Definition"}, definition.En),
		},
		Synonyms: Words{f.words("synonyms_ar", ar), f.words("synonyms_en", en)},
	}
}

// words reads a list of names, each once.
func (f *form) words(path string, in []string) []string {
	var out []string
	for i, w := range in {
		if strings.TrimSpace(w) == "" {
			continue
		}
		if one := f.oneName(path+"."+strconv.Itoa(i), kernel.Text{Ar: "المرادف", En: "Synonym"}, w); !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	if len(out) > 50 {
		f.refuse(path, "directory.too_many", "المرادفات أكثر من 50.", "There are more than 50 synonyms.")
	}
	return out
}

// on reads the day of a step: today when left out, and never a day to come.
func (f *form) on(value string, today kernel.Date) kernel.Date {
	if value == "" {
		return today
	}
	d := f.optionalDay("on", kernel.Text{Ar: "التاريخ", En: "Date"}, value)
	if d.After(today) {
		f.refuse("on", "date.in_future", "التاريخ "+d.String()+" لم يأتِ بعد.", d.String()+" is still to come.")
	}
	return d
}

// between bounds a number.
func (f *form) between(path string, field kernel.Text, value, least, most int) {
	if value < least || value > most {
		f.refuse(path, "number.out_of_range", field.Ar+": "+strconv.Itoa(value)+" ليس بين "+strconv.Itoa(least)+" و"+strconv.Itoa(most)+".",
			field.En+": "+strconv.Itoa(value)+" is not from "+strconv.Itoa(least)+" to "+strconv.Itoa(most)+".")
	}
}

// valid refuses a code that a list does not have on a day.
func (l lists) valid(list, path, code string, day kernel.Date) error {
	if found, ok := l.find(list); ok && found.ValidOn(code, day) {
		return nil
	}
	return kernel.Problem{Code: "directory.code_invalid", Path: path, Message: kernel.Text{
		Ar: "الرمز «" + brief(code) + "» ليس في قائمة " + list + " في " + day.String() + ".",
		En: "“" + brief(code) + "” is not in the list " + list + " on " + day.String() + ".",
	}, Details: map[string]string{"list": list, "code": code}}
}
