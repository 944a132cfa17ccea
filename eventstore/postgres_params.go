package eventstore

import (
	"encoding/binary"
	"time"
)

// Types of the server whose binary form is written and read here.
const (
	oidBytea = 17
	oidInt8  = 20
	oidInt2  = 21
	oidText  = 25
	oidJSON  = 114
	oidUUID  = 2950
)

// params writes the parameters of one call in PostgreSQL's binary form, into a buffer that is used
// again for the next call.
type params struct {
	buf    []byte
	ends   []int
	nulls  []bool
	values [][]byte
}

func (p *params) reset() { p.buf, p.ends, p.nulls = p.buf[:0], p.ends[:0], p.nulls[:0] }

func (p *params) end(null bool) {
	p.ends, p.nulls = append(p.ends, len(p.buf)), append(p.nulls, null)
}

func (p *params) int2(v int16) {
	p.buf = binary.BigEndian.AppendUint16(p.buf, uint16(v))
	p.end(false)
}

func (p *params) int8(v int64) {
	p.buf = binary.BigEndian.AppendUint64(p.buf, uint64(v))
	p.end(false)
}

func (p *params) bool(v bool) {
	b := byte(0)
	if v {
		b = 1
	}
	p.buf = append(p.buf, b)
	p.end(false)
}

func (p *params) text(v string) {
	p.buf = append(p.buf, v...)
	p.end(false)
}

// bytes writes v; nil is null.
func (p *params) bytes(v []byte) {
	p.buf = append(p.buf, v...)
	p.end(v == nil)
}

func (p *params) null() { p.end(true) }

// array writes a one-dimensional array of n elements; element appends the i-th, or says null.
func (p *params) array(oid uint32, n int, element func(b []byte, i int) ([]byte, bool)) {
	b := p.buf
	if n == 0 {
		b = binary.BigEndian.AppendUint32(b, 0) // no dimensions
		b = binary.BigEndian.AppendUint32(b, 0)
		b = binary.BigEndian.AppendUint32(b, oid)
	} else {
		b = binary.BigEndian.AppendUint32(b, 1)
		b = binary.BigEndian.AppendUint32(b, 1) // may hold nulls
		b = binary.BigEndian.AppendUint32(b, oid)
		b = binary.BigEndian.AppendUint32(b, uint32(n))
		b = binary.BigEndian.AppendUint32(b, 1)
	}
	for i := range n {
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		var present bool
		if b, present = element(b, i); present {
			binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4))
		} else {
			binary.BigEndian.PutUint32(b[at:], 0xffffffff)
		}
	}
	p.buf = b
	p.end(false)
}

func (p *params) int8s(n int, v func(i int) int64) {
	p.array(oidInt8, n, func(b []byte, i int) ([]byte, bool) { return binary.BigEndian.AppendUint64(b, uint64(v(i))), true })
}

func (p *params) texts(n int, v func(i int) string) {
	p.array(oidText, n, func(b []byte, i int) ([]byte, bool) { return append(b, v(i)...), true })
}

func (p *params) blobs(oid uint32, n int, v func(i int) []byte) {
	p.array(oid, n, func(b []byte, i int) ([]byte, bool) {
		x := v(i)
		return append(b, x...), x != nil
	})
}

// list returns the parameters as the protocol wants them; valid until reset.
func (p *params) list() [][]byte {
	p.values = p.values[:0]
	from := 0
	for i, end := range p.ends {
		if p.nulls[i] {
			p.values = append(p.values, nil)
		} else {
			p.values = append(p.values, p.buf[from:end:end])
		}
		from = end
	}
	return p.values
}

var (
	binaryFormat = []int16{1}
	epoch2000    = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
)

func int8Of(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) }

func timeOf(b []byte) time.Time { return time.UnixMicro(int8Of(b) + epoch2000).UTC() }
