package eventstore

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// The leaf of an event is built in two steps, so that the writer can hash before the database has
// given the time, and a proof of existence need not show the content:
//
//	digest = SHA-256( "diwan event v1\n" ‖ fields )
//	record = "diwan leaf v1\n" ‖ digest (32 bytes) ‖ microseconds of RecordedAt (8 bytes, big endian, since 1970 UTC)
//
// The Merkle leaf is RFC 6962's: SHA-256(0x00 ‖ record). Integers among the fields are 8 bytes big
// endian; byte strings are their length (8 bytes big endian) and then the bytes. The fields in order:
// lane, position, category, key, version, tenant (16 bytes), type, schema, command (16 bytes), actor,
// on behalf of, data, sealed, salt (16 bytes). The 16 random bytes of salt keep a short payload, such
// as a salary, from being guessed out of its hash.
const (
	digestPrefix = "diwan event v1\n"
	framePrefix  = "diwan frame v1\n"
	leafPrefix   = "diwan leaf v1\n"
)

// DigestOf computes the digest from the event's columns. buf is scratch space and is returned grown.
func DigestOf(e *Recorded, buf []byte) ([32]byte, []byte) {
	b := append(buf[:0], digestPrefix...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Lane))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Position))
	b = appendField(b, e.Stream.Category)
	b = appendField(b, e.Stream.Key)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Version))
	b = appendField(b, e.Tenant[:])
	b = appendField(b, e.Type)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Schema))
	b = appendField(b, e.Command[:])
	b = appendField(b, e.Actor)
	b = appendField(b, e.OnBehalfOf)
	b = appendField(b, e.Data)
	b = appendField(b, e.Sealed)
	b = appendField(b, e.Salt[:])
	return sha256.Sum256(b), b
}

// FrameDigest is a device frame's digest: lane, position, raw bytes and salt under their own prefix.
func FrameDigest(f *Frame) [32]byte {
	b := append([]byte(nil), framePrefix...)
	b = binary.BigEndian.AppendUint64(b, uint64(Telemetry))
	b = binary.BigEndian.AppendUint64(b, uint64(f.Position))
	b = appendField(b, f.Raw)
	b = appendField(b, f.Salt[:])
	return sha256.Sum256(b)
}

// LeafRecord is what the Merkle tree hashes for a digest and its time.
func LeafRecord(digest [32]byte, at time.Time) []byte {
	b := make([]byte, 0, len(leafPrefix)+40)
	b = append(b, leafPrefix...)
	b = append(b, digest[:]...)
	return binary.BigEndian.AppendUint64(b, uint64(at.UnixMicro()))
}

func appendField[T ~string | ~[]byte](b []byte, v T) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(v)))
	return append(b, v...)
}
