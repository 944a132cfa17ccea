package access

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// What people may do is answered from the book, in memory; who decided it, when and why stands in a
// table, because it grows without end.

// stepPurpose is what a transaction says when it reads the record of decisions: no other does, so a
// question elsewhere that forgot its filters sees nothing of it.
const stepPurpose = "access"

// StepsView is the name of the read model of decisions.
const StepsView = "access_steps"

// StepView keeps who decided what about whom, when and why.
func StepView() projections.View {
	return projections.View{
		Name: StepsView, Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{
			Name: "access_step", Columns: `
				subject   text        not null, -- person, role, duties, object, emergency or policy
				id        text        not null,
				position  bigint      not null,
				type      text        not null,
				actor     text        not null,
				principal text        not null,
				at        timestamptz not null,
				data      jsonb       not null,
				primary key (subject, id, position)`,
			Policies: []string{"for select using (" + database.Somebody() + " and current_setting('diwan.purpose', true) = '" + stepPurpose + "')"},
		}},
		Apply: applySteps,
	}
}

func applySteps(ctx context.Context, b *projections.Batch) error {
	table := b.Table("access_step")
	var batch pgx.Batch
	for i := range b.Events {
		e := &b.Events[i]
		subject, ours := strings.CutPrefix(e.Stream.Category, "access.")
		if !ours {
			continue
		}
		batch.Queue(`insert into `+table+` values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			subject, e.Stream.Key, e.Position, e.Type, e.Actor, e.OnBehalfOf, e.RecordedAt, string(e.Data))
	}
	if batch.Len() == 0 {
		return nil
	}
	return b.Tx.SendBatch(ctx, &batch).Close()
}

// Subject is what a decision is about.
type Subject string

// The subjects.
const (
	OfPerson    Subject = "person"
	OfRole      Subject = "role"
	OfDuties    Subject = "duties"
	OfObject    Subject = "object"
	OfEmergency Subject = "emergency"
)

// Reports answers questions from the module's views.
type Reports struct {
	db    *database.DB
	epoch int32
	book  *Book
}

// NewReports reads the views from db; epoch is the log's.
func NewReports(db *database.DB, epoch int32, book *Book) *Reports { return &Reports{db, epoch, book} }

// Step is one decision about a person, role, object or emergency.
type Step struct {
	Position          kernel.Position
	Type              string
	actor, onBehalfOf string
	At                time.Time
	told              stepTold
	book              *Book
}

// stepTold is what the events say of themselves, field by field.
type stepTold struct {
	Role        string   `json:"role"`
	Unit        string   `json:"unit"`
	Period      *Period  `json:"period"`
	Last        string   `json:"last"`
	Level       *Secrecy `json:"level"`
	Secrecy     *Secrecy `json:"secrecy"`
	Delegate    string   `json:"delegate"`
	Principal   string   `json:"principal"`
	Person      string   `json:"person"`
	Reason      string   `json:"reason"`
	From        string   `json:"from"`
	Permissions []string `json:"permissions"`
	A           string   `json:"a"`
	B           string   `json:"b"`
}

// Number is what people quote.
func (s *Step) Number() int64 { return s.Position.N }

// Actor is who decided it.
func (s *Step) Actor() PersonRef { return s.book.personRef(s.actor) }

// OnBehalfOf is the principal, when done under a delegation.
func (s *Step) OnBehalfOf() *PersonRef { return s.book.somebody(s.onBehalfOf) }

// Reason is why.
func (s *Step) Reason() string { return s.told.Reason }

// Title is what was decided.
func (s *Step) Title() kernel.Text { return stepWords(s.Type) }

// Detail is what it was about.
func (s *Step) Detail() kernel.Text {
	in := func(language string) string {
		var parts []string
		add := func(part string) {
			if part != "" {
				parts = append(parts, part)
			}
		}
		for _, r := range []string{s.told.Role, s.told.A, s.told.B} {
			if r != "" {
				add(s.book.roleRef(r).Title.In(language))
			}
		}
		for _, p := range []string{s.told.Delegate, s.told.Principal, s.told.Person} {
			if p != "" {
				add(s.book.personRef(p).Name.In(language))
			}
		}
		for _, grade := range []*Secrecy{s.told.Level, s.told.Secrecy} {
			if grade != nil {
				words := grade.Words()
				add(words.In(language))
			}
		}
		add(s.told.Unit)
		if n := len(s.told.Permissions); n > 0 {
			add(map[string]string{"ar": fmt.Sprintf("عدد الإجراءات %d", n), "en": fmt.Sprintf("%d acts", n)}[language])
		}
		if s.told.Period != nil {
			add(s.told.Period.String())
		}
		add(s.told.From)
		add(s.told.Last)
		return strings.Join(parts, " · ")
	}
	return kernel.Text{Ar: in("ar"), En: in("en")}
}

// Steps lists what happened to a subject, the newest first; whoever asks has been allowed to.
func (r *Reports) Steps(ctx context.Context, by *Standing, of Subject, id string, first int, after *string) (*StepConnection, error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	before := int64(1 << 62)
	if page.After != nil {
		if _, err := fmt.Sscan(page.After[0], &before); err != nil {
			return nil, refused("cursor", "after", "علامة الصفحة ليست من هذه القائمة.", "The cursor does not come from this list.")
		}
	}
	session := database.Session{Actor: by.Person, OnBehalfOf: by.OnBehalfOf, Purpose: stepPurpose}
	all := []Step{}
	err = r.db.Read(ctx, session, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select position, type, actor, principal, at, data::text from read.access_step
			 where subject = $1 and id = $2 and position < $3 order by position desc limit $4`, string(of), id, before, page.First+1)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Step, error) {
			s := Step{Position: kernel.Position{Lane: eventstore.Main.String(), Epoch: r.epoch}, book: r.book}
			var data string
			if err := row.Scan(&s.Position.N, &s.Type, &s.actor, &s.onBehalfOf, &s.At, &data); err != nil {
				return s, err
			}
			return s, json.Unmarshal([]byte(data), &s.told)
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what happened to %s %s: %w", of, id, err)
	}
	return kernel.NewConnection(page, all, func(s *Step) []string { return []string{fmt.Sprint(s.Position.N)} }), nil
}
