package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// Views lists the module's read models. The tree, the code lists and the calendar are answered by
// the Registry, from memory; terms, which grow without end, and the record of acts stand in tables.
func Views() []projections.View {
	r := viewReader{
		terms: eventstore.NewCodec(termEvents()...), tree: eventstore.NewCodec(treeEvents()...),
	}
	views := []projections.View{r.termView(), r.actView()}
	for _, v := range views {
		for i := range v.Tables {
			v.Tables[i].Policies = []string{someone}
		}
	}
	return views
}

// someone is the second wall behind the permissions: a transaction that does not say who reads sees
// no row.
const someone = "for select using (nullif(current_setting('diwan.actor', true), '') is not null)"

// ViewNames lists them by name, for waiting.
func ViewNames() []string {
	var names []string
	for _, v := range Views() {
		names = append(names, v.Name)
	}
	return names
}

// viewReader decodes the events that views fold.
type viewReader struct{ terms, tree *eventstore.Codec }

// statements collects the SQL of a batch in the order of its events and sends it in one round trip.
type statements struct{ batch pgx.Batch }

func (s *statements) do(sql string, args ...any) { s.batch.Queue(sql, args...) }

func (s *statements) send(ctx context.Context, tx pgx.Tx) error {
	if s.batch.Len() == 0 {
		return nil
	}
	results := tx.SendBatch(ctx, &s.batch)
	for i := range s.batch.Len() {
		if _, err := results.Exec(); err != nil {
			_ = results.Close() // the first failure is the one to tell
			return fmt.Errorf("statement %d of the batch: %w", i+1, err)
		}
	}
	return results.Close()
}

// date is a Gregorian day for the database; null when there is none.
func date(d kernel.Date) any {
	if d.IsZero() {
		return nil
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// termView keeps terms with their votes and remarks.
func (r viewReader) termView() projections.View {
	return projections.View{
		Name: "directory_terms", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{
			{Name: "directory_term", Columns: `
				id            text   not null primary key,
				version       bigint not null,
				state         text   not null check (state in ('proposed', 'agreed', 'rejected', 'superseded', 'merged')),
				domain        text   not null,
				name_ar       text   not null,
				name_en       text   not null,
				definition_ar text   not null,
				definition_en text   not null,
				synonyms_ar   text[] not null,
				synonyms_en   text[] not null,
				words         text   not null,
				body          text   not null,
				source        text   not null,
				proposed      date,
				closes        date,
				decided       date,
				replaces      text   not null,
				next          text   not null,
				voters        int    not null,
				votes_for     int    not null,
				votes_against int    not null,
				votes_abstain int    not null`, Indexes: []string{"(name_ar, id)", "(state, name_ar, id)"}},
			{Name: "directory_term_step", Columns: `
				term    text        not null,
				version bigint      not null,
				kind    text        not null,
				body    text        not null,
				choice  text        not null,
				remark  text        not null,
				actor   text        not null,
				day     date,
				at      timestamptz not null,
				primary key (term, version)`},
		},
		Apply: r.applyTerms,
	}
}

func (r viewReader) applyTerms(ctx context.Context, b *projections.Batch) error {
	of, step := b.Table("directory_term"), b.Table("directory_term_step")
	var s statements
	for i := range b.Events {
		e := &b.Events[i]
		if e.Stream.Category != "directory.term" {
			continue
		}
		event, err := r.terms.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return err
		}
		id := e.Stream.Key
		record := func(kind, body string, choice VoteChoice, remark string, day kernel.Date) {
			s.do(`insert into `+step+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, e.Version, kind, body, string(choice), remark, e.Actor, date(day), e.RecordedAt)
		}
		content := func(c TermContent) []any {
			words := append(append([]string{c.Name.Ar, c.Name.En}, c.Synonyms.Ar...), c.Synonyms.En...)
			return []any{
				id, c.Domain, c.Name.Ar, c.Name.En, c.Definition.Ar, c.Definition.En, list(c.Synonyms.Ar), list(c.Synonyms.En), " " + FoldName(strings.Join(words, " ")),
			}
		}
		const insert = ` (id, domain, name_ar, name_en, definition_ar, definition_en, synonyms_ar, synonyms_en, words, state, version, body, source,
			proposed, closes, decided, replaces, next, voters, votes_for, votes_against, votes_abstain) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, `
		switch event := event.(type) {
		case TermProposed:
			s.do(`insert into `+of+insert+`'proposed', 0, $10, '', $11, $12, null, $13, '', $14, 0, 0, 0)`,
				append(content(event.Content), event.Body, date(event.On), date(event.Closes), event.Replaces, len(event.Rule.Voters))...)
			record("proposed", event.Body, "", "", event.On)
		case TermAdopted:
			s.do(`insert into `+of+insert+`'agreed', 0, '', $10, null, null, $11, '', '', 0, 0, 0, 0)`, append(content(event.Content), event.Source, date(event.On))...)
			record("adopted", "", "", event.Source, event.On)
		case TermRevised:
			s.do(`update `+of+` set domain = $2, name_ar = $3, name_en = $4, definition_ar = $5, definition_en = $6, synonyms_ar = $7, synonyms_en = $8,
				words = $9, source = $10 where id = $1`, append(content(event.Content), event.Source)...)
			record("revised", "", "", event.Source, event.On)
		case TermSynonymsChanged:
			s.do(`update `+of+` set synonyms_ar = $2, synonyms_en = $3, words = words || $4 where id = $1`, id, list(event.Synonyms.Ar), list(event.Synonyms.En),
				" "+FoldName(strings.Join(append(append([]string{}, event.Synonyms.Ar...), event.Synonyms.En...), " ")))
			record("synonyms", "", "", "", event.On)
		case TermCommented:
			record("comment", event.Body, "", event.Text, event.On)
		case TermVoted:
			record("vote", event.Body, event.Choice, "", event.On)
			s.do(`update `+of+` t set votes_for = n.f, votes_against = n.a, votes_abstain = n.b from (
				select count(*) filter (where choice = 'for') f, count(*) filter (where choice = 'against') a, count(*) filter (where choice = 'abstain') b
				  from (select distinct on (body) choice from `+step+` where term = $1 and kind = 'vote' order by body, version desc) v) n where t.id = $1`, id)
		case TermAccepted:
			s.do(`update `+of+` set state = 'agreed', decided = $2 where id = $1`, id, date(event.On))
			record("accepted", "", "", "", event.On)
		case TermRejected:
			s.do(`update `+of+` set state = 'rejected', decided = $2 where id = $1`, id, date(event.On))
			record("rejected", "", "", "", event.On)
		case TermSuperseded:
			s.do(`update `+of+` set state = 'superseded', next = $2 where id = $1`, id, event.By)
			record("superseded", "", "", "", event.On)
		case TermMerged:
			s.do(`update `+of+` set state = 'merged', next = $2 where id = $1`, id, event.Into)
			record("merged", "", "", "", event.On)
		}
		s.do(`update `+of+` set version = $2 where id = $1`, id, e.Version)
	}
	return s.send(ctx, b.Tx)
}

// list is a text array that is empty and never null.
func list(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}
