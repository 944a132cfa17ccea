package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// How long a draft nobody touches is kept, and how much one person may keep.
const (
	draftLife     = 60 * 24 * time.Hour
	mostDrafts    = 300
	mostVersions  = 20
	largestDraft  = 256 << 10
	longestTitle  = 300
	longestCode   = 100
	longestParams = 4000
)

// Draft is something a person has begun to write (مسودة).
type Draft struct {
	ID        uuid.UUID
	Owner     string
	Hands     []string // others it is lent to
	Kind      string   // the form it belongs to: "finance.journal"
	Document  string   // what it changes; empty for something new
	Title     string
	Version   int64
	Content   string // a JSON object
	ChangedAt time.Time
	ChangedBy string
	ExpiresAt time.Time
}

// SaveDraft is one saving of a draft, on the version its writer saw.
type SaveDraft struct {
	ID       uuid.UUID
	Kind     string
	Document *string
	Title    string
	Seen     int64 // 0 = new
	Content  string
}

// Saved is what became of a saving. With clashes nothing was kept: the writer decides field by field
// and saves again on the version of Draft.
type Saved struct {
	Draft    *Draft
	Taken    []string // paths that came from the others
	Clashes  []Clash
	Problems []kernel.Refusal
}

const draftColumns = `id, owner, hands, kind, document, title, version, content, changed_at, changed_by, expires_at`

func scanDraft(row pgx.Row, d *Draft) error {
	return row.Scan(&d.ID, &d.Owner, &d.Hands, &d.Kind, &d.Document, &d.Title, &d.Version, &d.Content, &d.ChangedAt, &d.ChangedBy, &d.ExpiresAt)
}

// SaveDraft keeps a draft. Two savings on one version are joined field by field. Saving again under
// the same id with the same content changes nothing, so a lost answer is asked again.
func (d *Desk) SaveDraft(ctx context.Context, by Person, in SaveDraft) (Saved, error) {
	if err := errors.Join(named("kind", in.Kind, longestCode), named("title", in.Title, longestTitle), visible("document", textOr(in.Document))); err != nil {
		return Saved{}, err
	}
	if len(in.Content) > largestDraft {
		return Saved{}, refusal("too_large", "content", "المسودة أكبر من %d ك.ب.", "The draft is larger than %d KB.", largestDraft>>10)
	}
	if _, err := object(in.Content); err != nil {
		return Saved{}, err
	}
	var saved Saved
	err := d.write(ctx, by, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from desk.draft where expires_at < $1`, d.now()); err != nil {
			return fmt.Errorf("drop drafts that have expired: %w", err)
		}
		var kept Draft
		err := scanDraft(tx.QueryRow(ctx, `select `+draftColumns+` from desk.draft where id = $1 for update`, in.ID), &kept)
		switch {
		case errors.Is(err, pgx.ErrNoRows) && in.Seen > 0:
			return refusal("draft_gone", "id", "المسودة حُذفت أو انتهت. ما كُتب هنا محفوظ على هذا الجهاز.", "The draft was discarded or has expired. What you typed is kept on this device.")
		case errors.Is(err, pgx.ErrNoRows):
			return d.beginDraft(ctx, tx, by, in, &saved)
		case err != nil:
			return fmt.Errorf("read draft %s: %w", in.ID, err)
		}
		return d.changeDraft(ctx, tx, by, in, kept, &saved)
	})
	return saved, err
}

func (d *Desk) beginDraft(ctx context.Context, tx pgx.Tx, by Person, in SaveDraft, saved *Saved) error {
	var count int
	if err := tx.QueryRow(ctx, `select count(*) from desk.draft where owner = $1`, by.Session.Actor).Scan(&count); err != nil {
		return fmt.Errorf("count drafts: %w", err)
	}
	if count >= mostDrafts {
		return refusal("too_many", "", "المسودات المحفوظة %d، وهو أقصى ما يُحفظ. تُحذف واحدة أولاً.", "%d drafts are kept, which is the most. Discard one first.", count)
	}
	var begun Draft
	err := scanDraft(tx.QueryRow(ctx, `
		insert into desk.draft (id, owner, kind, document, title, version, content, changed_at, changed_by, expires_at)
		values ($1, $2, $3, $4, $5, 1, $6, $7, $2, $8) returning `+draftColumns,
		in.ID, by.Session.Actor, in.Kind, textOr(in.Document), in.Title, in.Content, d.now(), d.now().Add(draftLife)), &begun)
	if err != nil {
		return fmt.Errorf("begin draft %s: %w", in.ID, err)
	}
	saved.Draft = &begun
	return keepVersion(ctx, tx, begun)
}

func (d *Desk) changeDraft(ctx context.Context, tx pgx.Tx, by Person, in SaveDraft, kept Draft, saved *Saved) error {
	content := in.Content
	if in.Seen != kept.Version {
		var was string
		err := tx.QueryRow(ctx, `select content from desk.draft_version where draft = $1 and version = $2`, in.ID, in.Seen).Scan(&was)
		if errors.Is(err, pgx.ErrNoRows) {
			was, err = "{}", nil // too long ago: every difference is a clash
		}
		if err != nil {
			return fmt.Errorf("read version %d of draft %s: %w", in.Seen, in.ID, err)
		}
		if content, saved.Taken, saved.Clashes, err = Merge(was, kept.Content, in.Content); err != nil {
			return err
		}
		if len(saved.Clashes) > 0 {
			saved.Draft = &kept
			return nil
		}
	}
	if content == kept.Content && in.Title == kept.Title {
		saved.Draft = &kept
		return nil
	}
	var changed Draft
	err := scanDraft(tx.QueryRow(ctx, `
		update desk.draft set version = version + 1, content = $2, title = $3, changed_at = $4, changed_by = $5, expires_at = $6
		where id = $1 returning `+draftColumns,
		in.ID, content, in.Title, d.now(), by.Session.Actor, d.now().Add(draftLife)), &changed)
	if err != nil {
		return fmt.Errorf("save draft %s: %w", in.ID, err)
	}
	saved.Draft = &changed
	return keepVersion(ctx, tx, changed)
}

func keepVersion(ctx context.Context, tx pgx.Tx, d Draft) error {
	_, err := tx.Exec(ctx, `insert into desk.draft_version values ($1, $2, $3)`, d.ID, d.Version, d.Content)
	if err == nil {
		_, err = tx.Exec(ctx, `delete from desk.draft_version where draft = $1 and version <= $2`, d.ID, d.Version-mostVersions)
	}
	if err != nil {
		return fmt.Errorf("keep version %d of draft %s: %w", d.Version, d.ID, err)
	}
	return nil
}

// Draft reads one; nil for those who may not, as for one that is not there.
func (d *Desk) Draft(ctx context.Context, by Person, id uuid.UUID) (*Draft, error) {
	var one Draft
	err := d.read(ctx, by, func(tx pgx.Tx) error {
		return scanDraft(tx.QueryRow(ctx, `select `+draftColumns+` from desk.draft where id = $1 and expires_at > $2`, id, d.now()), &one)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read draft %s: %w", id, err)
	}
	return &one, nil
}

// Drafts lists the person's drafts and those lent to them, the last touched first.
func (d *Desk) Drafts(ctx context.Context, by Person, kind *string, first int, after *string) (*kernel.Connection[Draft], error) {
	page, err := kernel.NewPage(first, after, 2)
	if err != nil {
		return nil, err
	}
	before, id := d.now().Add(24*time.Hour), uuid.Max
	if page.After != nil {
		micros, err := strconv.ParseInt(page.After[0], 10, 64)
		if err == nil {
			id, err = uuid.Parse(page.After[1])
		}
		if err != nil {
			return nil, refusal("cursor", "after", "علامة الصفحة ليست من هذه القائمة.", "The cursor does not come from this list.")
		}
		before = time.UnixMicro(micros)
	}
	var all []Draft
	err = d.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select `+draftColumns+` from desk.draft
			 where expires_at > $1 and ($2 = '' or kind = $2) and (changed_at, id) < ($3, $4)
			 order by changed_at desc, id desc limit $5`, d.now(), textOr(kind), before, id, page.First+1)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Draft, error) {
			var one Draft
			return one, scanDraft(row, &one)
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	return kernel.NewConnection(page, all, func(one *Draft) []string {
		return []string{strconv.FormatInt(one.ChangedAt.UnixMicro(), 10), one.ID.String()}
	}), nil
}

// DiscardDraft throws the person's own draft away; one that is not there is thrown away already.
func (d *Desk) DiscardDraft(ctx context.Context, by Person, id uuid.UUID) error {
	return d.write(ctx, by, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from desk.draft where id = $1`, id); err != nil {
			return fmt.Errorf("discard draft %s: %w", id, err)
		}
		return nil
	})
}

// LendDraft lets others work on the person's own draft; an empty list takes it back.
func (d *Desk) LendDraft(ctx context.Context, by Person, id uuid.UUID, hands []string) error {
	if len(hands) > 20 {
		return refusal("too_many_hands", "hands", "تُعار المسودة لعشرين شخصاً على الأكثر.", "A draft is lent to twenty people at most.")
	}
	for _, hand := range hands {
		if err := named("hands", hand, longestCode); err != nil {
			return err
		}
	}
	return d.write(ctx, by, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update desk.draft set hands = $2 where id = $1 and owner = $3`, id, hands, by.Session.Actor)
		if err != nil {
			return fmt.Errorf("lend draft %s: %w", id, err)
		}
		if tag.RowsAffected() == 0 {
			return refusal("draft_gone", "id", "لا مسودة بهذا الرقم.", "There is no draft under this number.")
		}
		return nil
	})
}

func textOr(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
