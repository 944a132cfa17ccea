package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"diwan/backup"
	"diwan/migrations"
	"diwan/modules/kernel"
)

// backupCommand writes the log as it is at this moment, and the keys of persons apart.
func backupCommand(t *terminal) *cobra.Command {
	var keys string
	c := &cobra.Command{
		Use:   "backup DIR",
		Short: "Write the log and its files as they are now into a new folder, with a manifest of counts, roots and hashes",
		Long: "The log goes on meanwhile. Keys of persons are not in it, so that an erasure stays one: --keys ROOT writes them\n" +
			"apart, into a folder that holds at most thirty days of them.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			public, err := a.settings.publicKeys()
			if err != nil {
				return missing(err, "the public keys of the log cannot be read")
			}
			o := backup.Options{Program: buildVersion().Version, Public: public, Files: a.files, Now: time.Now, Progress: t.backupBar()}
			manifest, err := backup.Backup(c.Context(), a.db, args[0], o)
			if err != nil {
				return refusedBackup(err)
			}
			answer := map[string]any{"dir": args[0], "manifest": manifest}
			if keys != "" {
				dir, _, err := backup.Keys(c.Context(), a.db, keys, o)
				if err != nil {
					return refusedBackup(err)
				}
				answer["keys"] = dir
			}
			if err := os.WriteFile(a.settings.backupNote(), []byte(time.Now().UTC().Format(time.RFC3339)), 0o644); err != nil { //nolint:gosec // no secret
				t.progress("the backup is made, and could not be noted for the page of health: %v", err)
			}
			t.answer(answer, func(w io.Writer) {
				for _, l := range manifest.Lanes {
					fmt.Fprintf(w, "%-10s %d entries, root %s\n", l.Lane, l.Size, l.Root)
				}
				if f := manifest.Files; f != nil {
					fmt.Fprintf(w, "%-10s %d, %d bytes\n", "files", f.Count, f.Bytes)
				}
				fmt.Fprintf(w, "%d bytes in %s\n", manifest.Bytes, args[0])
			})
			return nil
		},
	}
	c.Flags().StringVar(&keys, "keys", "", "also write the keys of persons, into a new folder under this one")
	return c
}

// restoreCommand brings a backup into an empty database; nothing is written before it was checked.
func restoreCommand(t *terminal) *cobra.Command {
	var keys string
	c := &cobra.Command{
		Use:   "restore DIR",
		Short: "Bring a backup into an empty database: checked first, all of it or nothing",
		Long: "Every byte is compared with the manifest before anything is written. The restored log is verified and goes on\n" +
			"under a new epoch, so that positions of before are recognised. Read tables are built when Diwan next serves.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
				return wrongUsage("%s is no folder", args[0])
			}
			s, err := readSettings(t.env)
			if err != nil {
				return err
			}
			p, err := reach(c.Context(), t, s)
			if err != nil {
				return err
			}
			defer p.leave() //nolint:errcheck // the restore is done or not; the server's end changes neither
			if err := migrations.Up(c.Context(), p.config.OwnerURL, nil); err != nil {
				return missing(err, "the database cannot be migrated")
			}
			public, err := s.publicKeys()
			if err != nil {
				return missing(err, "the public keys of the log cannot be read")
			}
			signing, err := s.keyFile().LoadOrCreate(time.Now())
			if err != nil {
				return missing(err, "the signing keys cannot be read")
			}
			if public == nil {
				public, _ = s.publicKeys() // those just made
			}
			files, err := s.files.open(c.Context())
			if err != nil {
				return missing(err, "the store of files cannot be reached")
			}
			done, err := backup.Restore(c.Context(), args[0], p.config.OwnerURL, backup.RestoreOptions{
				Name: s.logName, Keys: signing, Public: public, Files: files, Now: time.Now, Progress: t.backupBar(),
			})
			if err != nil {
				return refusedBackup(err)
			}
			if err := s.keyFile().Adopt(done.AdoptedKeys, time.Now()); err != nil {
				return missing(err, "the public keys of the restored log cannot be listed")
			}
			if keys != "" {
				if _, err := backup.RestoreKeys(c.Context(), keys, p.config.OwnerURL, s.forgotten(), time.Now(), t.backupBar()); err != nil {
					return refusedBackup(err)
				}
			}
			t.answer(done, func(w io.Writer) {
				for _, l := range done.Lanes {
					fmt.Fprintf(w, "%-10s %d entries, goes on in epoch %d\n", l.Lane, l.Size, l.Epoch)
				}
				for _, k := range done.Adopted {
					fmt.Fprintf(w, "Signed by key %s, known from the backup alone: compare it with the published one.\n", k)
				}
			})
			return nil
		},
	}
	c.Flags().StringVar(&keys, "keys", "", "folder of the keys of persons that belongs to it")
	return c
}

// backupBar tells how far a backup or a restore has come.
func (t *terminal) backupBar() backup.Progress {
	show := t.bar("")
	return func(what string, done, total int64) { show(what, done, total) }
}

// refusedBackup makes a refused backup status 1: nothing was written.
func refusedBackup(err error) error {
	var refused *backup.Refused
	if !errors.As(err, &refused) {
		return err
	}
	return kernel.Problem{Code: "backup.refused", Message: kernel.Text{
		Ar: "رُفضت النسخة الاحتياطية ولم يُكتب شيء.", En: strings.ToUpper(refused.Error()[:1]) + refused.Error()[1:] + ".",
	}}
}
