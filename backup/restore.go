package backup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"diwan/eventstore"
	"diwan/eventstore/blob"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/faultpoint"
	"diwan/migrations"
	"github.com/jackc/pgx/v5"
)

// RestoreOptions of a restore.
type RestoreOptions struct {
	Name   string                 // of the installation, as in its origins
	Keys   []checkpoint.Key       // sign the statement "restored to n, epoch k"; empty = the sealer signs it when it starts
	Public []checkpoint.PublicKey // every key that ever signed, as far as known here
	// OnlyPublic trusts no key that is not in Public. Without it the keys listed in the backup are
	// believed too, and the report names those that were new: compare them with the published ones.
	OnlyPublic bool
	// Unverified restores although the log cannot be verified or was damaged before it was backed up;
	// the report then says what is wrong. Without it such a backup is refused.
	Unverified bool
	Files      blob.Store // where the files of the backup go; a backup that holds some is refused without it
	Now        func() time.Time
	Progress   Progress // may be nil
}

// Restored reports a restore.
type Restored struct {
	Manifest Manifest    `json:"manifest"`
	Lanes    []Lane      `json:"lanes"`    // as they stand now: the epoch is one higher
	Verified seal.Report `json:"verified"` // the restored log against its signed checkpoints
	Adopted  []string    `json:"adopted"`  // fingerprints of keys believed on the backup's word alone
	// AdoptedKeys are those keys, to be listed in the key file of this installation.
	AdoptedKeys []checkpoint.PublicKey `json:"-"`
}

// adopt reads the signing keys listed in the backup that are not known here.
func (r *Restored) adopt(o RestoreOptions) error {
	r.Adopted = []string{}
	for _, text := range r.Manifest.Public {
		k, err := checkpoint.ParsePublicKey(text)
		if err != nil {
			return refuse("its list of public keys is damaged: %v", err)
		}
		if !o.OnlyPublic && !slices.Contains(o.Public, k) {
			r.AdoptedKeys = append(r.AdoptedKeys, k)
			r.Adopted = append(r.Adopted, k.Fingerprint())
		}
	}
	return nil
}

// Restore brings a backup into the empty database of ownerURL, all of it or nothing. Damage of the
// backup refuses it before anything is written; a database that holds entries refuses too. The
// restored log equals the manifest entry for entry, is verified, and goes on in a new epoch.
// Read tables are rebuilt when Diwan next serves.
func Restore(ctx context.Context, dir, ownerURL string, o RestoreOptions) (Restored, error) {
	m, err := Check(dir, o.Progress)
	if err != nil {
		return Restored{}, err
	}
	done := Restored{Manifest: m}
	if err := errors.Join(done.adopt(o), refuseNewer(ctx, m, ownerURL)); err != nil {
		return Restored{}, err
	}
	if err := migrations.Up(ctx, ownerURL, nil); err != nil {
		return Restored{}, err
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := refuseUsed(ctx, tx); err != nil {
			return err
		}
		if err := m.copyFilesIn(ctx, dir, o.Files, o.Progress); err != nil { // before the log that refers to them
			return fmt.Errorf("the files: %w", err)
		}
		for _, t := range m.Tables {
			if err := t.copyIn(ctx, conn, tx, dir, o.Progress); err != nil {
				return err
			}
		}
		return done.goOn(ctx, tx, o)
	})
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	o.Progress.say("gathering statistics", 0, 0)
	if _, err := conn.Exec(ctx, `analyze es.event, es.stream, es.command, es.frame`); err != nil {
		return Restored{}, fmt.Errorf("restored, but statistics were not gathered: %w", err)
	}
	return done, nil
}

// refuseNewer requires that this program knows every migration of the database the backup was made of.
func refuseNewer(ctx context.Context, m Manifest, ownerURL string) error {
	_, known, err := migrations.State(ctx, ownerURL)
	if err == nil && m.Migration > known {
		err = refuse("it is from a newer version of Diwan (%s, migration %d; this program knows up to %d)", m.Program, m.Migration, known)
	}
	return err
}

// refuseUsed takes every lane's lock and requires that nothing was ever recorded here.
func refuseUsed(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(25971, l.log_id) from es.log l`); err != nil {
		return err
	}
	var used bool
	err := tx.QueryRow(ctx, `
		select exists (select from es.event) or exists (select from es.frame) or exists (select from es.log where epoch > 1)`).Scan(&used)
	if err != nil {
		return err
	}
	if used {
		return refuse("the database holds a log already; a restore goes into an empty one")
	}
	_, err = tx.Exec(ctx, `delete from es.log; delete from es.projection; delete from es.snapshot`)
	return err
}

func (t Table) copyIn(ctx context.Context, conn *pgx.Conn, tx pgx.Tx, dir string, progress Progress) error {
	progress.say("restoring "+t.Name, 0, t.Rows)
	if _, err := tx.Exec(ctx, `delete from `+quoted(t.Name)); err != nil {
		return fmt.Errorf("empty %s: %w", t.Name, err)
	}
	file, err := openFile(filepath.Join(dir, t.File))
	if err != nil {
		return err
	}
	defer file.Close()
	tag, err := conn.PgConn().CopyFrom(ctx, file, `copy `+quoted(t.Name)+` (`+t.columnList()+`) from stdin`)
	if err != nil {
		return fmt.Errorf("restore %s: %w", t.Name, err)
	}
	if tag.RowsAffected() != t.Rows {
		return fmt.Errorf("restore %s: %d rows, the manifest has %d", t.Name, tag.RowsAffected(), t.Rows)
	}
	faultpoint.Reached(faultpoint.RestoreMid)
	progress.say("restored "+t.Name, t.Rows, t.Rows)
	return nil
}

// goOn compares the restored lanes with the manifest, verifies them, and opens the next epoch.
func (r *Restored) goOn(ctx context.Context, tx pgx.Tx, o RestoreOptions) error {
	book := seal.Within(tx)
	at := o.Now().UTC().Truncate(time.Microsecond)
	var err error
	r.Verified, err = seal.Verify(ctx, book, seal.Check{
		Name: o.Name, Keys: slices.Concat(o.Public, r.AdoptedKeys), Now: o.Now,
		Progress: func(lane string, done, total int64) { o.Progress.say("verifying "+lane, done, total) },
	})
	if err != nil {
		return err
	}
	for _, v := range r.Verified.Lanes {
		if v.Broken != nil && !o.Unverified {
			return refuse("lane %s of it is damaged, position %d (%s)", v.Lane, v.Broken.Position, v.Broken.Why)
		}
	}
	for i, lane := range eventstore.Lanes {
		if i >= len(r.Manifest.Lanes) {
			return errors.New("the manifest lacks lane " + lane.String())
		}
		was := r.Manifest.Lanes[i]
		_, epoch, err := book.Head(ctx, lane)
		if err != nil {
			return err
		}
		size, root, err := seal.RootOf(ctx, book, lane)
		if err != nil {
			return err
		}
		// The verification computed its root from the columns alone.
		if v := r.Verified.Lanes[i]; v.Broken == nil && (v.Size != size || v.Root != root.String()) {
			return fmt.Errorf("lane %s has root %s by its columns, %s by its kept hashes", lane, v.Root, root)
		}
		if now := (Lane{lane.String(), epoch, size, root.String()}); now != was {
			return fmt.Errorf("lane %s was restored as %+v, the manifest has %+v", lane, now, was)
		}
		if _, err := tx.Exec(ctx, `update es.log set epoch = epoch + 1 where log_id = $1`, lane); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into es.epoch (log_id, epoch, restored_to, root, at) values ($1, $2, $3, $4, $5)`, lane, epoch+1, size, root[:], at)
		if err != nil {
			return err
		}
		if len(o.Keys) > 0 {
			if err := seal.SignEpochs(ctx, book, o.Name, lane, o.Keys); err != nil {
				return err
			}
		}
		r.Lanes = append(r.Lanes, Lane{lane.String(), epoch + 1, size, root.String()})
	}
	return nil
}
