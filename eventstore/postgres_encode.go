package eventstore

import (
	"encoding/binary"

	"github.com/jackc/pgx/v5/pgconn"
)

// encode writes the batch as the parameters of es.append, or of es.append_one when it is a single
// command with a single event.
func (l *laneConn) encode(b *batch) *pgconn.StatementDescription {
	l.params.reset()
	l.params.int2(int16(b.lane))
	l.params.int8(b.head)
	if len(b.events) == 1 && len(b.commands) == 1 {
		l.params.one(b)
		return l.one
	}
	l.params.events(b)
	l.params.streams(b)
	l.params.int8s(len(b.closed), func(i int) int64 { return b.closed[i] })
	l.params.commands(b)
	return l.append
}

func (p *params) one(b *batch) {
	e := &b.events[0]
	p.int8(b.numbers[0])
	p.int8(e.Version)
	p.bytes(e.Tenant[:])
	p.text(e.Type)
	p.int2(e.Schema)
	p.bytes(e.Command[:])
	p.text(e.Actor)
	p.text(e.OnBehalfOf)
	p.bytes(e.Data)
	p.bytes(e.Sealed)
	p.bytes(e.Salt[:])
	p.bytes(e.Digest[:])
	if len(b.streams) == 1 {
		p.text(e.Stream.Category)
		p.text(e.Stream.Key)
	} else {
		p.null()
		p.null()
	}
	p.bool(len(b.closed) > 0)
	p.bytes(b.commands[0].request[:])
}

func (p *params) events(b *batch) {
	n := len(b.events)
	p.int8s(n, func(i int) int64 { return b.numbers[i] })
	p.int8s(n, func(i int) int64 { return b.events[i].Version })
	p.blobs(oidUUID, n, func(i int) []byte { return b.events[i].Tenant[:] })
	p.texts(n, func(i int) string { return b.events[i].Type })
	p.array(oidInt2, n, func(buf []byte, i int) ([]byte, bool) {
		return binary.BigEndian.AppendUint16(buf, uint16(b.events[i].Schema)), true
	})
	p.blobs(oidUUID, n, func(i int) []byte { return b.events[i].Command[:] })
	p.texts(n, func(i int) string { return b.events[i].Actor })
	p.texts(n, func(i int) string { return b.events[i].OnBehalfOf })
	p.blobs(oidJSON, n, func(i int) []byte { return b.events[i].Data })
	p.blobs(oidBytea, n, func(i int) []byte { return b.events[i].Sealed })
	p.blobs(oidBytea, n, func(i int) []byte { return b.events[i].Salt[:] })
	p.blobs(oidBytea, n, func(i int) []byte { return b.events[i].Digest[:] })
}

func (p *params) streams(b *batch) {
	n := len(b.streams)
	p.int8s(n, func(i int) int64 { return b.streams[i].no })
	p.blobs(oidUUID, n, func(i int) []byte { return b.streams[i].id.tenant[:] })
	p.texts(n, func(i int) string { return b.streams[i].id.stream.Category })
	p.texts(n, func(i int) string { return b.streams[i].id.stream.Key })
}

func (p *params) commands(b *batch) {
	n := len(b.commands)
	p.blobs(oidUUID, n, func(i int) []byte { return b.commands[i].key.tenant[:] })
	p.blobs(oidUUID, n, func(i int) []byte { return b.commands[i].key.id[:] })
	p.blobs(oidBytea, n, func(i int) []byte { return b.commands[i].request[:] })
	p.int8s(n, func(i int) int64 { return b.commands[i].first })
	p.int8s(n, func(i int) int64 { return b.commands[i].last })
}

// keys writes the parameters of the question which commands were executed.
func (p *params) keys(lane Lane, ids []commandKey) {
	p.reset()
	p.int2(int16(lane))
	p.blobs(oidUUID, len(ids), func(i int) []byte { return ids[i].tenant[:] })
	p.blobs(oidUUID, len(ids), func(i int) []byte { return ids[i].id[:] })
}

func commandRows(rows [][][]byte) []commandRow {
	found := make([]commandRow, len(rows))
	for i, r := range rows {
		c := &found[i]
		copy(c.key.tenant[:], r[0])
		copy(c.key.id[:], r[1])
		copy(c.request[:], r[2])
		c.first, c.last = int8Of(r[3]), int8Of(r[4])
	}
	return found
}
