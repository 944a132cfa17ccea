package directory

import "diwan/eventstore"

// The stored names, chosen once.

func (BodyFounded) EventType() string  { return "directory.body_founded" }
func (UnitFounded) EventType() string  { return "directory.unit_founded" }
func (UnitRenamed) EventType() string  { return "directory.unit_renamed" }
func (UnitMoved) EventType() string    { return "directory.unit_moved" }
func (UnitMerged) EventType() string   { return "directory.unit_merged" }
func (UnitSplit) EventType() string    { return "directory.unit_split" }
func (UnitClosed) EventType() string   { return "directory.unit_closed" }
func (ChapterSet) EventType() string   { return "directory.body_chapter_set" }
func (CentreSet) EventType() string    { return "directory.unit_centre_set" }
func (LevelSet) EventType() string     { return "directory.unit_level_set" }
func (BodyKindSet) EventType() string  { return "directory.body_kind_set" }
func (PostFounded) EventType() string  { return "directory.post_founded" }
func (PostRenamed) EventType() string  { return "directory.post_renamed" }
func (PostMoved) EventType() string    { return "directory.post_moved" }
func (PostClosed) EventType() string   { return "directory.post_closed" }
func (PostHeld) EventType() string     { return "directory.post_held" }
func (PostLeft) EventType() string     { return "directory.post_left" }
func (ActWithdrawn) EventType() string { return "directory.act_withdrawn" }

// treeEvents are the stored shapes of the tree.
func treeEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[BodyFounded](1, nil),
		eventstore.Type[UnitFounded](1, nil),
		eventstore.Type[UnitRenamed](1, nil),
		eventstore.Type[UnitMoved](1, nil),
		eventstore.Type[UnitMerged](1, nil),
		eventstore.Type[UnitSplit](1, nil),
		eventstore.Type[UnitClosed](1, nil),
		eventstore.Type[ChapterSet](1, nil),
		eventstore.Type[CentreSet](1, nil),
		eventstore.Type[LevelSet](1, nil),
		eventstore.Type[BodyKindSet](1, nil),
		eventstore.Type[PostFounded](1, nil),
		eventstore.Type[PostRenamed](1, nil),
		eventstore.Type[PostMoved](1, nil),
		eventstore.Type[PostClosed](1, nil),
		eventstore.Type[PostHeld](1, nil),
		eventstore.Type[PostLeft](1, nil),
		eventstore.Type[ActWithdrawn](1, nil),
	}
}
