package directory

import "diwan/modules/kernel"

// Instrument is what every change of the tree rests on: the command it was part of, the day it takes
// effect, past or future, and the law or decision it follows.
type Instrument struct {
	Act   string      `json:"act"` // the command's id; one act may change many units
	From  kernel.Date `json:"from"`
	Basis string      `json:"basis,omitempty"` // "قرار مجلس الوزراء رقم 4417"
}

// Bodies and units (الجهات والوحدات), stream directory.tree/government.
type (
	// BodyFounded founds a body: a ministry, department, independent body or municipality. The first
	// one has no parent and is the state itself.
	BodyFounded struct {
		Instrument
		ID      string      `json:"id"`
		Parent  string      `json:"parent,omitempty"`
		Code    string      `json:"code"` // its part of the path
		Name    kernel.Text `json:"name"`
		Kind    string      `json:"kind"`              // of the code list body_kind
		Chapter string      `json:"chapter,omitempty"` // of the budget
	}
	// UnitFounded founds a unit of a body.
	UnitFounded struct {
		Instrument
		ID     string      `json:"id"`
		Parent string      `json:"parent"`
		Code   string      `json:"code"`
		Name   kernel.Text `json:"name"`
		Level  int         `json:"level"`            // of the code list unit_level: lower in the tree is a higher number
		Centre string      `json:"centre,omitempty"` // financial centre
	}
	// UnitRenamed gives a body or unit another name. Documents of earlier days keep the old one.
	UnitRenamed struct {
		Instrument
		ID   string      `json:"id"`
		Name kernel.Text `json:"name"`
	}
	// UnitMoved puts a body or unit, with all below it, under another parent or another code.
	UnitMoved struct {
		Instrument
		ID     string `json:"id"`
		Parent string `json:"parent"`
		Code   string `json:"code"`
	}
	// UnitMerged ends a body or unit; the other one is its successor from that day.
	UnitMerged struct {
		Instrument
		ID   string `json:"id"`
		Into string `json:"into"`
	}
	// UnitSplit names the successors of a body or unit; it ends, or continues beside them.
	UnitSplit struct {
		Instrument
		ID        string   `json:"id"`
		Into      []string `json:"into"`
		Continues bool     `json:"continues,omitempty"`
	}
	// UnitClosed ends a body or unit without a successor.
	UnitClosed struct {
		Instrument
		ID string `json:"id"`
	}
	// ChapterSet gives a body its chapter of the budget.
	ChapterSet struct {
		Instrument
		ID      string `json:"id"`
		Chapter string `json:"chapter"`
	}
	// CentreSet gives a unit its financial centre.
	CentreSet struct {
		Instrument
		ID     string `json:"id"`
		Centre string `json:"centre"`
	}
	// LevelSet gives a unit another level.
	LevelSet struct {
		Instrument
		ID    string `json:"id"`
		Level int    `json:"level"`
	}
	// BodyKindSet makes a body one of another kind.
	BodyKindSet struct {
		Instrument
		ID   string `json:"id"`
		Kind string `json:"kind"`
	}
	// ActWithdrawn takes back everything an act was to change, as when a decision is postponed. What
	// was known before stays readable.
	ActWithdrawn struct {
		Act    string `json:"act"`
		Reason string `json:"reason"`
	}
)

// Posts and their holders (الوظائف وشاغلوها), in the same stream, so that a unit is never closed over
// a post, nor a post over its holder.
type (
	// PostFounded founds a post of a unit.
	PostFounded struct {
		Instrument
		ID    string      `json:"id"`
		Unit  string      `json:"unit"`
		Code  string      `json:"code"`
		Title kernel.Text `json:"title"`
	}
	// PostRenamed gives a post another title.
	PostRenamed struct {
		Instrument
		ID    string      `json:"id"`
		Title kernel.Text `json:"title"`
	}
	// PostMoved gives a post to another unit.
	PostMoved struct {
		Instrument
		ID   string `json:"id"`
		Unit string `json:"unit"`
		Code string `json:"code"`
	}
	// PostClosed ends a post.
	PostClosed struct {
		Instrument
		ID string `json:"id"`
	}
	// PostHeld gives a post its holder (شاغل), or one who acts in it (بالوكالة), from the day on, and to
	// a last day when one is known.
	PostHeld struct {
		Instrument
		ID     string      `json:"id"`
		Tenure string      `json:"tenure"`
		Person string      `json:"person"`
		To     kernel.Date `json:"to,omitzero"`
		Acting bool        `json:"acting,omitempty"`
	}
	// PostLeft ends a tenure: From is the first day without it.
	PostLeft struct {
		Instrument
		ID     string `json:"id"`
		Tenure string `json:"tenure"`
	}
)
