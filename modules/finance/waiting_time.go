package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// SetWaitingTime dates how long what has no due day may wait.
type SetWaitingTime struct {
	Command uuid.UUID
	From    string
	Days    int
}

// longestWait bounds the days.
const longestWait = 365

// SetWaitingTime decides from a day on how many days what has no due day may wait before it comes to the
// front of the inbox. What waits already keeps its place.
func (m *Module) SetWaitingTime(ctx context.Context, by Officer, in SetWaitingTime) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	e := WaitingTimeSet{From: f.date("from", fieldName("from"), in.From), Days: in.Days, By: by.Sign()}
	if in.Days < 1 || in.Days > longestWait {
		f.add("days", refused("finance.waiting_days", "",
			"مدة الانتظار %d يوماً. المسموح من 1 إلى %d.", "A wait of %d days; 1 to %d are possible.", in.Days, longestWait))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	policy := t.add(paymentPolicyStream())
	return m.execute(ctx, by, in.Command, "SetWaitingTime", in, &t, func(d *eventstore.Decision) error {
		d.Record(policy, e)
		return nil
	})
}
