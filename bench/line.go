package bench

import (
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// line is the state of a budget line, as small as it can be and still decide something.
type line struct{ Granted, Committed int64 }

// granted is what every line begins with.
const granted = int64(1) << 60

// committed is a payload of about 300 bytes, as the spending path writes them.
type committed struct {
	Amount    int64  `json:"amount"`
	Reference string `json:"reference"`
	Payee     string `json:"payee"`
	Purpose   string `json:"purpose"`
}

func (committed) EventType() string { return "bench.committed" }

// AppendJSON writes what encoding/json would, without reflection.
func (c committed) AppendJSON(b []byte) []byte {
	b = append(b, `{"amount":`...)
	b = strconv.AppendInt(b, c.Amount, 10)
	b = append(b, `,"reference":"`...)
	b = append(b, c.Reference...)
	b = append(b, `","payee":"`...)
	b = append(b, c.Payee...)
	b = append(b, `","purpose":"`...)
	b = append(b, c.Purpose...)
	return append(b, `"}`...)
}

const purpose = "صيانة الطرق الزراعية في لواء الأغوار الجنوبية، المرحلة الثانية من العقد، بموجب محضر الاستلام"

func lines() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[committed](1, nil))
	return eventstore.CategoryOf("bench.line", eventstore.Main, codec, line{Granted: granted}, func(l line, e eventstore.Event) line {
		l.Committed += e.(committed).Amount
		return l
	}).WithSnapshot("line.1")
}

// commit is the command every figure sends: state, decision, command id, events.
func commit(key string, events int) (eventstore.Command, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return eventstore.Command{}, err
	}
	return eventstore.Command{
		ID: id, Actor: "rana", Content: []byte(key),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "bench.line", Key: key}, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			for range events {
				if l := eventstore.StateOf[line](d, 0); l.Granted-l.Committed < 1250 {
					return kernel.Problem{Code: "bench.short", Message: kernel.Text{Ar: "الرصيد غير كاف.", En: fmt.Sprintf("%d left.", l.Granted-l.Committed)}}
				}
				d.Record(0, committed{1250, "PO-2026-000123", "0190a3f2-77aa-7c1e-9f00-5b1d2c3e4f50", purpose})
			}
			return nil
		},
	}, nil
}
