// Package faultpoint names the places where a test kills the program. In the released program
// Reached is empty; built with the tag "faults" it kills the process at the chosen place.
package faultpoint

// The named places. A test lists them and fails when one was never reached.
const (
	WriterBeforeLock     = "writer: before lock"
	WriterAfterLock      = "writer: after lock"
	WriterAfterDecide    = "writer: after decide"
	WriterMidInsert      = "writer: mid insert"
	WriterBeforeCommit   = "writer: before commit sent"
	WriterAfterCommit    = "writer: after commit before answer"
	WriterAfterAnswer    = "writer: after answer"
	ProjectionMidBatch   = "projection: mid batch"
	ProjectionCheckpoint = "projection: before checkpoint"
	SealerHashed         = "sealer: between hash and sign"
	FeedBeforeAck        = "feed: before ack"
	SwapBeforeFlip       = "swap: before flip"
	ImportRow            = "import: row"
	SnapshotBeforeSave   = "snapshot: before save"
	MigrateStatement     = "migrate: statement"
	RestoreMid           = "restore: mid"
	BackupMid            = "backup: mid"
	KeyDestroyed         = "vault: key destroyed"
	FileBeforeVisible    = "file: written, not visible"
	UploadMid            = "upload: mid"
	UploadBeforeRecord   = "upload: kept, not recorded"
	JobBeforeResult      = "job: done, not recorded"
)

// All lists every place.
var All = []string{
	WriterBeforeLock, WriterAfterLock, WriterAfterDecide, WriterMidInsert, WriterBeforeCommit,
	WriterAfterCommit, WriterAfterAnswer, ProjectionMidBatch, ProjectionCheckpoint, SealerHashed,
	FeedBeforeAck, SwapBeforeFlip, ImportRow, SnapshotBeforeSave, MigrateStatement, RestoreMid,
	BackupMid, KeyDestroyed, FileBeforeVisible, UploadMid, UploadBeforeRecord, JobBeforeResult,
}
