package eventstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"
)

const eventColumns = `e.position, e.stream_no, e.version, e.tenant, e.type, e.schema, e.command_id, e.actor, e.on_behalf_of,
	e.recorded_at, e.data, e.sealed, e.salt, e.digest`

const eventsAfter = `select ` + eventColumns + ` from es.event e where e.log_id = $1 and e.position > $2 order by e.position limit $3`

func (p *postgres) read(ctx context.Context, lane Lane, after int64, limit int) (events []Recorded, err error) {
	key := pageKey{lane, after, limit}
	if events = p.ahead.take(ctx, key); events == nil {
		if events, err = p.readPage(ctx, key); err != nil {
			return nil, err
		}
	}
	if len(events) == limit {
		p.readAhead(pageKey{lane, after + int64(limit), limit})
		p.readAhead(pageKey{lane, after + 2*int64(limit), limit})
	}
	return events, nil
}

func (p *postgres) readPage(ctx context.Context, key pageKey) ([]Recorded, error) {
	var page eventPage
	err := p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, eventsAfter, pgx.QueryResultFormats{1}, key.lane, key.after, key.limit)
		if err != nil {
			return err
		}
		expected := min(p.newest[key.lane].Load()-key.after, int64(key.limit))
		if page, err = scanEvents(rows, key.lane, int(expected)); err != nil {
			return err
		}
		return p.name(ctx, conn, key.lane, page)
	})
	if err != nil {
		return nil, fmt.Errorf("read lane %s after %d: %w", key.lane, key.after, err)
	}
	return page.events, nil
}

func (p *postgres) readStream(ctx context.Context, lane Lane, id streamID, afterVersion int64) ([]Recorded, error) {
	var page eventPage
	err := p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `select `+eventColumns+` from es.stream s
			join es.event e on e.log_id = $1 and e.stream_no = s.stream_no and e.version > $5
			where s.log_id = $1 and s.tenant = $2 and s.category = $3 and s.key = $4 order by e.version`,
			pgx.QueryResultFormats{1}, lane, id.tenant, id.stream.Category, id.stream.Key, afterVersion)
		if err != nil {
			return err
		}
		page, err = scanEvents(rows, lane, 0)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read stream %s: %w", id.stream, err)
	}
	for i := range page.events {
		page.events[i].Stream = id.stream
	}
	return page.events, nil
}

// eventPage is events whose streams are still numbers.
type eventPage struct {
	events  []Recorded
	numbers []int64
}

// scanEvents reads rows of eventColumns in binary form. It keeps the payloads of a page together and
// each repeated word once, because a whole log is read through here. About so many rows are expected.
func scanEvents(rows pgx.Rows, lane Lane, expected int) (eventPage, error) {
	defer rows.Close()
	expected = min(max(expected, 8), 10_000)
	page := eventPage{events: make([]Recorded, 0, expected), numbers: make([]int64, 0, expected)}
	var slab []byte
	words := map[string]string{}
	word := func(b []byte) string {
		if w, known := words[string(b)]; known {
			return w
		}
		w := string(b)
		words[w] = w
		return w
	}
	keep := func(b []byte) []byte {
		if b == nil {
			return nil
		}
		if cap(slab)-len(slab) < len(b) {
			slab = make([]byte, 0, max(slabSize, len(b)))
		}
		from := len(slab)
		slab = append(slab, b...)
		return slab[from:len(slab):len(slab)]
	}
	for rows.Next() {
		r := rows.RawValues()
		e := Recorded{
			Lane: lane, Position: int8Of(r[0]), Version: int8Of(r[2]), Type: word(r[4]), Schema: int16(binary.BigEndian.Uint16(r[5])),
			Actor: word(r[7]), OnBehalfOf: word(r[8]), RecordedAt: timeOf(r[9]), Data: keep(r[10]), Sealed: keep(r[11]),
		}
		copy(e.Tenant[:], r[3])
		copy(e.Command[:], r[6])
		copy(e.Salt[:], r[12])
		copy(e.Digest[:], r[13])
		page.events, page.numbers = append(page.events, e), append(page.numbers, int8Of(r[1]))
	}
	return page, rows.Err()
}

const slabSize = 64 << 10
