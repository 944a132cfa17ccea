package directory

import (
	"context"
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// actView keeps who changed which unit and post, by which act and on which ground.
func (r viewReader) actView() projections.View {
	return projections.View{
		Name: "directory_acts", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{Name: "directory_act", Columns: `
				item      text        not null,
				position  bigint      not null,
				type      text        not null,
				act       text        not null,
				effective date,
				basis     text        not null,
				actor     text        not null,
				principal text        not null,
				at        timestamptz not null,
				withdrawn bool        not null,
				primary key (item, position)`, Indexes: []string{"(act)"}}},
		Apply: r.applyActs,
	}
}

func (r viewReader) applyActs(ctx context.Context, b *projections.Batch) error {
	act := b.Table("directory_act")
	var s statements
	for i := range b.Events {
		e := &b.Events[i]
		if e.Stream.Category != "directory.tree" {
			continue
		}
		event, err := r.tree.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return err
		}
		if w, is := event.(ActWithdrawn); is {
			s.do(`insert into `+act+` select distinct item, $2::bigint, $3, act, null::date, $4, $5, $6, $7::timestamptz, false from `+act+` where act = $1`,
				w.Act, e.Position, e.Type, w.Reason, e.Actor, e.OnBehalfOf, e.RecordedAt)
			s.do(`update `+act+` set withdrawn = true where act = $1 and position < $2`, w.Act, e.Position)
			continue
		}
		items, on, err := changed(event)
		if err != nil {
			return err
		}
		for _, item := range items {
			s.do(`insert into `+act+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false)`,
				item, e.Position, e.Type, on.Act, date(on.From), on.Basis, e.Actor, e.OnBehalfOf, e.RecordedAt)
		}
	}
	return s.send(ctx, b.Tx)
}

// changed names the units and posts an event is told of in the record of acts.
func changed(event eventstore.Event) (items []string, on Instrument, err error) {
	switch e := event.(type) {
	case BodyFounded:
		return []string{e.ID}, e.Instrument, nil
	case UnitFounded:
		return []string{e.ID}, e.Instrument, nil
	case UnitRenamed:
		return []string{e.ID}, e.Instrument, nil
	case UnitMoved:
		return []string{e.ID}, e.Instrument, nil
	case UnitMerged:
		return []string{e.ID, e.Into}, e.Instrument, nil
	case UnitSplit:
		return append([]string{e.ID}, e.Into...), e.Instrument, nil
	case UnitClosed:
		return []string{e.ID}, e.Instrument, nil
	case ChapterSet:
		return []string{e.ID}, e.Instrument, nil
	case CentreSet:
		return []string{e.ID}, e.Instrument, nil
	case LevelSet:
		return []string{e.ID}, e.Instrument, nil
	case BodyKindSet:
		return []string{e.ID}, e.Instrument, nil
	case PostFounded:
		return []string{e.ID}, e.Instrument, nil
	case PostRenamed:
		return []string{e.ID}, e.Instrument, nil
	case PostMoved:
		return []string{e.ID}, e.Instrument, nil
	case PostClosed:
		return []string{e.ID}, e.Instrument, nil
	case PostHeld:
		return []string{e.ID}, e.Instrument, nil
	case PostLeft:
		return []string{e.ID}, e.Instrument, nil
	}
	return nil, Instrument{}, fmt.Errorf("the record of acts does not know %s", event.EventType())
}

// actWords says what an act did.
func actWords(eventType string) kernel.Text {
	switch eventType {
	case BodyFounded{}.EventType(), UnitFounded{}.EventType():
		return kernel.Text{Ar: "إنشاء", En: "Founded"}
	case UnitRenamed{}.EventType():
		return kernel.Text{Ar: "تغيير الاسم", En: "Renamed"}
	case UnitMoved{}.EventType():
		return kernel.Text{Ar: "نقل", En: "Moved"}
	case UnitMerged{}.EventType():
		return kernel.Text{Ar: "دمج", En: "Merged"}
	case UnitSplit{}.EventType():
		return kernel.Text{Ar: "تقسيم", En: "Split"}
	case UnitClosed{}.EventType():
		return kernel.Text{Ar: "إغلاق", En: "Closed"}
	case ChapterSet{}.EventType():
		return kernel.Text{Ar: "تحديد الفصل", En: "Chapter set"}
	case CentreSet{}.EventType():
		return kernel.Text{Ar: "تحديد مركز المسؤولية المالية", En: "Financial centre set"}
	case LevelSet{}.EventType():
		return kernel.Text{Ar: "تحديد المستوى", En: "Level set"}
	case BodyKindSet{}.EventType():
		return kernel.Text{Ar: "تحديد النوع", En: "Kind set"}
	case PostFounded{}.EventType():
		return kernel.Text{Ar: "إحداث الوظيفة", En: "Post founded"}
	case PostRenamed{}.EventType():
		return kernel.Text{Ar: "تغيير مسمى الوظيفة", En: "Post renamed"}
	case PostMoved{}.EventType():
		return kernel.Text{Ar: "نقل الوظيفة", En: "Post moved"}
	case PostClosed{}.EventType():
		return kernel.Text{Ar: "إلغاء الوظيفة", En: "Post closed"}
	case PostHeld{}.EventType():
		return kernel.Text{Ar: "إشغال الوظيفة", En: "Post filled"}
	case PostLeft{}.EventType():
		return kernel.Text{Ar: "انتهاء الإشغال", En: "Post left"}
	case ActWithdrawn{}.EventType():
		return kernel.Text{Ar: "سحب الإجراء", En: "Act withdrawn"}
	}
	return kernel.Text{Ar: eventType, En: eventType}
}
