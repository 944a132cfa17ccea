// Package seal makes the log provable: every entry of every lane is a leaf of a Merkle tree, and
// every few seconds the tree's root is signed and offered to witnesses outside.
//
// Three things to know. What was sealed can be checked by anybody from the columns alone: Verify
// recomputes salt, digest, leaf and tree and names the first position that is not as it was
// sealed. A proof file needs no database and no trust in ours. Whoever has superuser rights on the
// database can still change an entry in the seconds before it is sealed; and without a witness,
// whoever also holds the signing key can rebuild everything.
package seal

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// Book is what a sealer and a verifier read of the log, and where they keep what was sealed:
// PostgreSQL, or memory beside the memory store. Nothing in it is ever changed or taken away.
type Book interface {
	// Head returns the lane's newest position and its epoch.
	Head(ctx context.Context, lane eventstore.Lane) (position int64, epoch int32, err error)
	// Watch receives after the lane has grown, as eventstore.Store's.
	Watch(ctx context.Context, lane eventstore.Lane) <-chan struct{}
	// Leaves returns what the tree hashes, after a position and in order.
	Leaves(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]Leaf, error)
	// Entries returns whole entries as they stand in the columns, after a position and in order. A
	// frame of the telemetry lane comes as an event with its raw bytes as Data and no Digest.
	Entries(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]eventstore.Recorded, error)
	// VersionHole finds the first event whose version does not follow the one before it in its
	// stream, or whose stream's row tells another newest version. position 0 = none.
	VersionHole(ctx context.Context, lane eventstore.Lane) (position int64, why string, err error)

	// Stored returns how many tree hashes are kept, in the order of tlog's stored hash index.
	Stored(ctx context.Context, lane eventstore.Lane) (count int64, err error)
	// Hashes returns tree hashes by stored hash index; an absent one comes as the zero hash.
	Hashes(ctx context.Context, lane eventstore.Lane, indexes []int64) ([]tlog.Hash, error)
	// HashRun returns up to limit tree hashes from a stored hash index on.
	HashRun(ctx context.Context, lane eventstore.Lane, from int64, limit int) ([]tlog.Hash, error)
	// AppendHashes keeps the tree hashes from index first on; false = another sealer was faster.
	AppendHashes(ctx context.Context, lane eventstore.Lane, first int64, hashes []tlog.Hash) (bool, error)

	// AddCheckpoint keeps a signed checkpoint; the same epoch and size again changes nothing.
	AddCheckpoint(ctx context.Context, lane eventstore.Lane, epoch int32, size int64, signed []byte) error
	// AddCosignature keeps a witness's signature line beside its checkpoint.
	AddCosignature(ctx context.Context, lane eventstore.Lane, epoch int32, size int64, witness, line string) error
	// Checkpoints returns up to limit checkpoints in order of (size, epoch), after that pair.
	Checkpoints(ctx context.Context, lane eventstore.Lane, afterSize int64, afterEpoch int32, limit int) ([]Signed, error)
	// Newest returns the largest checkpoint; cosigned asks for the largest that a witness cosigned.
	Newest(ctx context.Context, lane eventstore.Lane, cosigned bool) (s Signed, ok bool, err error)

	// Epochs lists the restores of a lane, oldest first; the first epoch began with the log.
	Epochs(ctx context.Context, lane eventstore.Lane) ([]Epoch, error)
	// StateEpoch keeps the signed statement of a restore that has none yet.
	StateEpoch(ctx context.Context, lane eventstore.Lane, epoch int32, statement []byte) error
}

// Leaf is what an entry gives to the tree.
type Leaf struct {
	Position   int64
	Digest     [32]byte
	RecordedAt time.Time
}

// Hash is the Merkle leaf.
func (l Leaf) Hash() tlog.Hash { return tlog.RecordHash(eventstore.LeafRecord(l.Digest, l.RecordedAt)) }

// DigestOf recomputes an entry's digest from its columns, event or frame. buf is scratch space.
func DigestOf(e *eventstore.Recorded, buf []byte) ([32]byte, []byte) {
	if e.Lane == eventstore.Telemetry {
		return eventstore.FrameDigest(&eventstore.Frame{Position: e.Position, Raw: e.Data, Salt: e.Salt}), buf
	}
	return eventstore.DigestOf(e, buf)
}

// Signed is a kept checkpoint.
type Signed struct {
	Epoch        int32
	Size         int64
	Note         []byte
	Cosignatures []string // lines, each with its newline
}

// Whole is the checkpoint with the cosignatures added to its signatures.
func (s Signed) Whole() []byte {
	return append(append([]byte(nil), s.Note...), strings.Join(s.Cosignatures, "")...)
}

// Epoch is a restore to an earlier moment: the log went on from RestoredTo under a new number.
type Epoch struct {
	Number     int32
	RestoredTo int64
	Root       tlog.Hash // of the tree at RestoredTo
	At         time.Time
	Statement  []byte // signed; nil until the sealer has signed it
}

// statementText is what is signed about a restore.
func (e Epoch) statementText(o checkpoint.Origin) string {
	return fmt.Sprintf("%s/restored\nrestored to %d\n%s\n%s\n",
		o, e.RestoredTo, base64.StdEncoding.EncodeToString(e.Root[:]), e.At.UTC().Format(time.RFC3339Nano))
}

// SignEpochs signs the statements of restores that have none: "restored to n, epoch k".
func SignEpochs(ctx context.Context, book Book, name string, lane eventstore.Lane, keys []checkpoint.Key) error {
	epochs, err := book.Epochs(ctx, lane)
	if err != nil {
		return err
	}
	for _, e := range epochs {
		if e.Statement != nil {
			continue
		}
		o := checkpoint.Origin{Name: name, Lane: lane, Epoch: e.Number}
		statement, err := checkpoint.SignStatement(e.statementText(o), o.String()+"/restored", keys)
		if err != nil {
			return err
		}
		if err := book.StateEpoch(ctx, lane, e.Number, statement); err != nil {
			return err
		}
	}
	return nil
}
