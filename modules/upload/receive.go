package upload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/eventstore/blob"
	"diwan/faultpoint"
	"diwan/modules/kernel"
)

// One request at a time adds to an upload, and says so again while it does. When its node dies,
// another request may go on after holds.
const (
	holds     = 45 * time.Second
	stepBytes = 8 << 20
	stepTime  = 5 * time.Second
)

var (
	errHeld   = errors.New("another request is adding to this upload")
	errOffset = errors.New("the upload is not at this offset")
)

// hold makes this request the one that adds to the upload at its offset.
func (m *Module) hold(ctx context.Context, u Upload, at int64) (holder uuid.UUID, err error) {
	holder = uuid.New()
	err = m.write(ctx, u.Owner, "add to the upload", func(tx pgx.Tx) error {
		var received int64
		var until *time.Time
		err := tx.QueryRow(ctx, `
			select received, held_until from file.upload where id = $1 and owner = $2 and status = 'arriving' for update`, u.ID, u.Owner).Scan(&received, &until)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return errAbsent
		case err != nil:
			return err
		case until != nil && m.now().Before(*until):
			return errHeld
		case received != at:
			return errOffset
		}
		_, err = tx.Exec(ctx, `update file.upload set holder = $2, held_until = $3 where id = $1`, u.ID, holder, m.now().Add(holds))
		return err
	})
	return holder, err
}

// release lets the next request in.
func (m *Module) release(ctx context.Context, u Upload, holder uuid.UUID) error {
	return m.write(context.WithoutCancel(ctx), u.Owner, "leave the upload", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update file.upload set holder = null, held_until = null where id = $1 and holder = $2`, u.ID, holder)
		return err
	})
}

// step is part of a body: it ends after so many bytes or so much time, so that what came is noted.
type step struct {
	in    io.Reader
	left  int64
	until time.Time
	ended bool // the body itself came to its end
}

func (s *step) Read(p []byte) (int, error) {
	if s.left == 0 || !time.Now().Before(s.until) {
		return 0, io.EOF
	}
	n, err := s.in.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	s.ended = errors.Is(err, io.EOF)
	return n, err
}

// receive adds a body to an upload at an offset, and keeps the file when it is whole. What came before
// the line broke is kept and counts. Errors: errHeld, errOffset, *blob.TooLarge; refusals of keep.
func (m *Module) receive(ctx context.Context, u Upload, at int64, body io.Reader) (now Upload, err error) {
	holder, err := m.hold(ctx, u, at)
	if err != nil {
		return u, err
	}
	defer func() { err = errors.Join(err, m.release(ctx, u, holder)) }()
	ctx = context.WithoutCancel(ctx) // what has come is noted although its sender has gone
	s := &step{in: body}
	for u.Received < u.Size && !s.ended {
		s.left, s.until = stepBytes, time.Now().Add(stepTime)
		n, failed := m.files.Stage(ctx, u.ID.String(), u.Received, s, u.Size-u.Received)
		if n > 0 {
			if err := m.note(ctx, &u, holder, n); err != nil {
				return u, err
			}
		}
		if failed != nil {
			return u, m.overlong(ctx, u, failed)
		}
	}
	if u.Received < u.Size {
		return u, nil
	}
	if n, _ := io.ReadFull(body, make([]byte, 1)); n > 0 {
		return u, m.overlong(ctx, u, &blob.TooLarge{Most: u.Size})
	}
	return m.keep(ctx, u)
}

// overlong refuses a file that goes on after the length it was announced with: it is another file.
func (m *Module) overlong(ctx context.Context, u Upload, err error) error {
	var large *blob.TooLarge
	if !errors.As(err, &large) {
		return err
	}
	return errors.Join(err, m.record(ctx, u, blob.Kept{}, kernel.Problems{tooLarge(u.Size+1, u.Size)}), m.files.Unstage(ctx, u.ID.String()))
}

// note counts what is on disk.
func (m *Module) note(ctx context.Context, u *Upload, holder uuid.UUID, n int64) error {
	return m.write(ctx, u.Owner, "note what came", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update file.upload set received = received + $3, held_until = $4
			 where id = $1 and holder = $2 and received = $5 and status = 'arriving'`, u.ID, holder, n, m.now().Add(holds), u.Received)
		if err == nil && tag.RowsAffected() == 0 {
			return errHeld // it was cancelled, or another has gone on
		}
		if err == nil {
			u.Received += n
		}
		return err
	})
}

// keep makes a file of the store out of an upload that has arrived whole, after looking at what it is.
// Doing it twice is doing it once. Refusals: upload.type, upload.type_differs, upload.changed.
func (m *Module) keep(ctx context.Context, u Upload) (Upload, error) {
	if u.State != Arriving || u.Received != u.Size {
		return u, nil
	}
	arrived, err := m.files.Staged(ctx, u.ID.String(), u.Size)
	if err != nil {
		return u, fmt.Errorf("read the upload %s: %w", u.ID, err)
	}
	defer arrived.Close()
	head := make([]byte, sniffed)
	n, err := io.ReadFull(arrived, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return u, fmt.Errorf("read the upload %s: %w", u.ID, err)
	}
	head = head[:n]
	u.Type = TypeOf(head)
	refusal := checkType(m.purposes[u.Purpose], u.Stated, u.Type)
	var kept blob.Kept
	if refusal == nil {
		kept, err = m.files.Put(ctx, io.MultiReader(bytes.NewReader(head), arrived), u.Size, func(k blob.Kept) error {
			if u.stated != nil && *u.stated != k.Hash {
				return kernel.Problem{Code: "upload.changed", Path: "sha256", Message: kernel.Text{
					Ar: "تغيّر الملف في الطريق: بصمته غير التي أُرسلت.", En: "The file changed on its way: its SHA-256 is not the one stated.",
				}}
			}
			return nil
		})
		if refusal = err; kernel.ProblemsOf(err) == nil && err != nil {
			return u, fmt.Errorf("keep the upload %s: %w", u.ID, err)
		}
	}
	faultpoint.Reached(faultpoint.UploadBeforeRecord)
	if err := m.record(ctx, u, kept, kernel.ProblemsOf(refusal)); err != nil {
		return u, err
	}
	if err := m.files.Unstage(ctx, u.ID.String()); err != nil {
		return u, err
	}
	u, err = m.Find(ctx, u.Owner, u.ID)
	return u, errors.Join(refusal, err)
}

// record notes what became of an upload that arrived whole.
func (m *Module) record(ctx context.Context, u Upload, kept blob.Kept, refusal kernel.Problems) error {
	return m.write(ctx, u.Owner, "record the upload", func(tx pgx.Tx) error {
		if refusal != nil {
			_, err := tx.Exec(ctx, `update file.upload set status = 'refused', type = $2, refusal = $3 where id = $1 and status = 'arriving'`, u.ID, u.Type, refusal)
			return err
		}
		_, err := tx.Exec(ctx, `
			update file.upload set status = 'kept', hash = $2, type = $3, expires_at = $4 where id = $1 and status = 'arriving'`,
			u.ID, kept.Hash[:], u.Type, m.now().Add(unusedFor))
		return err
	})
}
