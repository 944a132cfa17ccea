package upload

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

// Begin announces a file.
type Begin struct {
	Purpose string
	Name    string
	Size    int64
	Type    *string // as the sender calls it
	Sha256  *string // 64 hexadecimal digits, when the sender knows
}

// Begin opens an upload. Refusals: upload.forbidden, upload.purpose, upload.name, upload.too_large,
// upload.sha256, upload.quota.
func (m *Module) Begin(ctx context.Context, by Person, b Begin) (Upload, error) {
	purpose, known := m.purposes[b.Purpose]
	if !known || by.ID == "" || !by.May(purpose.Permission) {
		return Upload{}, kernel.Problem{Code: "upload.purpose", Path: "purpose", Message: kernel.Text{
			Ar: "لا يُرفع ملف لهذا الغرض.", En: "No file can be sent for this purpose.",
		}}
	}
	var problems kernel.Problems
	if p := checkName(b.Name); p != nil {
		problems = append(problems, *p)
	}
	if b.Size < 0 || b.Size > purpose.Most {
		problems = append(problems, tooLarge(b.Size, purpose.Most))
	}
	var stated []byte
	if b.Sha256 != nil {
		h, err := blob.ParseHash("sha256:" + strings.TrimPrefix(strings.ToLower(*b.Sha256), "sha256:"))
		if err != nil {
			problems = append(problems, kernel.Problem{Code: "upload.sha256", Path: "sha256", Message: kernel.Text{
				Ar: "بصمة الملف (SHA-256) 64 خانة ستة عشرية.", En: "A file's SHA-256 is 64 hexadecimal digits.",
			}})
		}
		stated = h[:]
	}
	declared := ""
	if b.Type != nil && len(*b.Type) < 200 {
		declared = *b.Type
	}
	if len(problems) > 0 {
		return Upload{}, problems
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Upload{}, fmt.Errorf("begin an upload: %w", err)
	}
	now := m.now()
	err = m.write(ctx, by.ID, "begin an upload", func(tx pgx.Tx) error {
		if err := m.admit(ctx, tx, by.ID, b.Size); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into file.upload (id, owner, on_behalf_of, purpose, name, declared, size, sha256, created_at, expires_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			id, by.ID, by.OnBehalfOf, b.Purpose, b.Name, declared, b.Size, stated, now, now.Add(arrivesWithin))
		return err
	})
	if err != nil {
		return Upload{}, err
	}
	return m.Find(ctx, by.ID, id)
}

// admit holds one person to their quota; the lock keeps two requests from passing it together.
func (m *Module) admit(ctx context.Context, tx pgx.Tx, owner string, size int64) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(25972, hashtext($1))`, owner); err != nil {
		return err
	}
	var files, bytes int64
	err := tx.QueryRow(ctx, `
		select count(*), coalesce(sum(size), 0)::bigint from file.upload
		 where owner = $1 and status in ('arriving', 'kept') and used_by is null and expires_at > $2`, owner, m.now()).Scan(&files, &bytes)
	if err != nil {
		return err
	}
	if files >= m.quota.Files || bytes+size > m.quota.Bytes {
		return kernel.Problem{
			Code: "upload.quota", Path: "size",
			Message: kernel.Text{
				Ar: fmt.Sprintf("امتلأت حصة الملفات غير المستعملة: %d ملفات حجمها %s من %s. تُلغى ملفات سابقة أو تُستعمل.", files, mebibytes(bytes), mebibytes(m.quota.Bytes)),
				En: fmt.Sprintf("The share of unused files is full: %d files of %s, out of %s. Cancel or use earlier ones.", files, mebibytes(bytes), mebibytes(m.quota.Bytes)),
			},
			Details: map[string]string{"files": strconv.FormatInt(files, 10), "bytes": strconv.FormatInt(bytes, 10)},
		}
	}
	return nil
}

func tooLarge(size, most int64) kernel.Problem {
	return kernel.Problem{
		Code: "upload.too_large", Path: "size",
		Message: kernel.Text{
			Ar: fmt.Sprintf("حجم الملف %s والحد %s.", mebibytes(size), mebibytes(most)),
			En: fmt.Sprintf("The file has %s; at most %s are taken.", mebibytes(size), mebibytes(most)),
		},
		Details: map[string]string{"most": strconv.FormatInt(most, 10), "size": strconv.FormatInt(size, 10)},
	}
}

// mebibytes writes a size as people read it.
func mebibytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", (n+1023)/1024)
	}
	return fmt.Sprintf("%d.%d MiB", n>>20, n%(1<<20)*10>>20)
}

// longestName in bytes is what file systems take.
const longestName = 255

// checkName refuses names that lie about themselves: parts of a path, characters that do not show, and
// those that turn the order of what is shown. A name is never changed silently.
func checkName(name string) *kernel.Problem {
	refuse := func(ar, en string) *kernel.Problem {
		return &kernel.Problem{Code: "upload.name", Path: "name", Message: kernel.Text{Ar: ar, En: en}}
	}
	switch {
	case name == "" || name == "." || name == "..":
		return refuse("اسم الملف فارغ.", "The file has no name.")
	case len(name) > longestName:
		return refuse("اسم الملف أطول من 255 بايت.", "The file's name is longer than 255 bytes.")
	case !utf8.ValidString(name):
		return refuse("اسم الملف غير مقروء بترميز UTF-8.", "The file's name is not readable as UTF-8.")
	case strings.ContainsAny(name, `/\`):
		return refuse("في اسم الملف شرطة مائلة: يُرسل الاسم وحده بلا مسار.", "The file's name holds a slash: a name is sent without its folder.")
	case strings.ContainsFunc(name, unseen):
		return refuse("في اسم الملف محارف لا تظهر أو تقلب الاتجاه.", "The file's name holds characters that do not show or that turn the direction.")
	case strings.TrimSpace(name) != name:
		return refuse("في أول اسم الملف أو آخره فراغ.", "The file's name begins or ends with a space.")
	}
	return nil
}

// unseen are control and format characters: bidi marks and overrides, zero-width ones, tags.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) || r == '\u2028' || r == '\u2029' || r == '\u115f' || r == '\u3164'
}

// Cancel gives an upload up and forgets what arrived of it. One that was used stays. Refusals:
// upload.absent, upload.used.
func (m *Module) Cancel(ctx context.Context, owner string, id uuid.UUID) (Upload, error) {
	u, err := m.Find(ctx, owner, id)
	if err != nil {
		return u, err
	}
	err = m.write(ctx, owner, "cancel the upload", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update file.upload set status = 'cancelled', hash = null, holder = null, held_until = null
			 where id = $1 and owner = $2 and used_by is null and status in ('arriving', 'kept', 'expired')`, id, owner)
		if err == nil && tag.RowsAffected() == 0 && u.UsedBy != nil {
			return errUsed
		}
		return err
	})
	if err == nil {
		err = m.files.Unstage(ctx, id.String())
	}
	if err != nil {
		return u, err
	}
	return m.Find(ctx, owner, id)
}

var errUsed = kernel.Problem{Code: "upload.used", Path: "upload", Message: kernel.Text{
	Ar: "استُعمل هذا الملف من قبل. يُرفع مرة أخرى.", En: "This file was used already. Send it again.",
}}

var errNotWhole = kernel.Problem{Code: "upload.not_whole", Path: "upload", Message: kernel.Text{
	Ar: "لم يصل الملف كاملاً.", En: "The file has not arrived whole.",
}}

// Look is what an owner may do with a finished upload without using it: a dry run reads it.
// Refusals: upload.absent, upload.not_whole, upload.used (but not by the same use).
func (m *Module) Look(ctx context.Context, owner string, id uuid.UUID, purpose string) (Upload, error) {
	u, err := m.Find(ctx, owner, id)
	switch {
	case err != nil:
		return u, err
	case u.Purpose != purpose:
		return u, errAbsent
	case u.State != KeptWhole:
		return u, errNotWhole
	}
	return u, nil
}

// Take uses a finished upload, once: use names what for, and the same use may take it again. Refusals:
// those of Look, upload.used.
func (m *Module) Take(ctx context.Context, owner string, id uuid.UUID, purpose string, use uuid.UUID) (Upload, error) {
	u, err := m.Look(ctx, owner, id, purpose)
	if err != nil {
		return u, err
	}
	err = m.write(ctx, owner, "use the upload", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update file.upload set used_by = $3, used_at = coalesce(used_at, $4)
			 where id = $1 and owner = $2 and status = 'kept' and (used_by is null or used_by = $3)`, id, owner, use, m.now())
		if err == nil && tag.RowsAffected() == 0 {
			return errUsed
		}
		return err
	})
	if err != nil {
		return u, err
	}
	u, err = m.Find(ctx, owner, id)
	if err == nil && u.Hash == nil {
		err = errors.New("a used upload has no file")
	}
	return u, err
}
