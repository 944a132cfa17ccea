package seal

import (
	"fmt"

	"diwan/modules/kernel"
)

// Report is what Verify found, in the shape programs rely on.
type Report struct {
	OK            bool            `json:"ok"`
	Lanes         []LaneReport    `json:"lanes"`
	ProjectionsOK *bool           `json:"projections_ok"` // null when they were not looked at
	Witnesses     []WitnessReport `json:"witnesses"`
	Events        int64           `json:"events"`
	PerSecond     int64           `json:"events_per_second"`
}

// LaneReport is one lane's part.
type LaneReport struct {
	Lane        string   `json:"lane"`
	Epoch       int32    `json:"epoch"`
	Size        int64    `json:"size"`       // entries found
	Root        string   `json:"root"`       // of the tree recomputed over them
	Checkpoint  *string  `json:"checkpoint"` // newest signed checkpoint with its signatures
	Broken      *Broken  `json:"broken"`
	Sealed      int64    `json:"sealed"`      // entries the newest checkpoint vouches for
	Cosigned    int64    `json:"cosigned"`    // entries a witness vouches for
	Checkpoints int      `json:"checkpoints"` // how many were compared
	Notices     []string `json:"notices"`
}

// WitnessReport tells whether a witness could be asked.
type WitnessReport struct {
	Name   string `json:"name"`
	Asked  bool   `json:"asked"`
	Reason string `json:"reason,omitempty"`
}

// Kind says what happened to a position.
type Kind string

// What can be found at a position.
const (
	Changed      Kind = "changed"           // columns differ from what was sealed
	Removed      Kind = "removed"           // the entry is gone
	Inserted     Kind = "inserted"          // an entry that was never sealed stands here
	Swapped      Kind = "swapped"           // the entry of another position stands here
	Rebuilt      Kind = "rebuilt"           // the log from here on is not the one that was signed
	HashChanged  Kind = "hash_changed"      // the entry is right, the kept tree hash is not
	HashRemoved  Kind = "hash_removed"      // the kept tree hash is gone
	BadCheck     Kind = "checkpoint"        // a kept checkpoint is not validly signed
	TimeBack     Kind = "time"              // recorded before the entry before it
	VersionGap   Kind = "version"           // a stream's versions have a hole
	Unexplained  Kind = "unexplained_epoch" // the epoch rose without a signed statement
	DigestColumn Kind = "digest"            // the entry is right, the digest column is not
)

// Broken is the first position that is not as it was sealed. When the damage can only be bounded,
// it lies between Position and To.
type Broken struct {
	Position int64       `json:"position"`
	To       int64       `json:"to,omitempty"`
	Kind     Kind        `json:"kind"`
	Why      string      `json:"why"`
	Message  kernel.Text `json:"message"`
}

func broken(kind Kind, position, to int64, why string) *Broken {
	b := &Broken{Position: position, Kind: kind, Why: string(kind) + ": " + why}
	if to > position {
		b.To = to
	}
	b.Message = kernel.Text{
		En: fmt.Sprintf("Position %s: %s", span(b, "to"), why),
		Ar: fmt.Sprintf("الموضع %s: %s", span(b, "إلى"), arabic(kind)),
	}
	return b
}

func span(b *Broken, to string) string {
	if b.To == 0 {
		return fmt.Sprint(b.Position)
	}
	return fmt.Sprintf("%d %s %d", b.Position, to, b.To)
}

func arabic(kind Kind) string {
	switch kind {
	case Changed:
		return "القيد لا يطابق ما خُتم"
	case Removed:
		return "القيد محذوف"
	case Inserted:
		return "قيد لم يُختم قط أُدرج هنا"
	case Swapped:
		return "في هذا الموضع قيد موضع آخر"
	case Rebuilt:
		return "السجل من هنا ليس السجل الذي وُقّع عليه"
	case HashChanged:
		return "القيد سليم وبصمته المحفوظة في الشجرة مغيّرة"
	case HashRemoved:
		return "البصمة المحفوظة في الشجرة محذوفة"
	case BadCheck:
		return "نقطة ختم محفوظة توقيعها غير صحيح"
	case TimeBack:
		return "وقت القيد يسبق وقت القيد الذي قبله"
	case VersionGap:
		return "في تسلسل إصدارات الملف فجوة"
	case Unexplained:
		return "رُفع رقم العهد بلا بيان استعادة موقّع"
	case DigestColumn:
		return "القيد سليم وعمود بصمته مغيّر"
	}
	return string(kind)
}
