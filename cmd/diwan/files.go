package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/blob"
)

// fileStore is where files are kept: a folder, or an S3 store.
type fileStore struct {
	folder string
	s3     *blob.S3Config
}

// readFileStore reads DIWAN_FILES: a folder, or s3://BUCKET/PREFIX?endpoint=HOST:PORT&region=R&tls=no.
func (s settings) readFileStore(env func(string) string) (fileStore, error) {
	const want = "a folder, or s3://BUCKET/PREFIX?endpoint=HOST:PORT&region=REGION"
	named := env("DIWAN_FILES")
	if named == "" {
		return fileStore{folder: filepath.Join(s.home, "files")}, nil
	}
	if !strings.Contains(named, "://") {
		folder, err := filepath.Abs(named)
		if err != nil {
			return fileStore{}, badSetting("DIWAN_FILES", named, want)
		}
		return fileStore{folder: folder}, nil
	}
	u, err := url.Parse(named)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil || u.Query().Get("endpoint") == "" {
		return fileStore{}, badSetting("DIWAN_FILES", "what it holds", want)
	}
	tls := u.Query().Get("tls")
	if tls != "" && tls != "yes" && tls != "no" {
		return fileStore{}, badSetting("DIWAN_FILES", "tls="+tls, "tls=yes or tls=no")
	}
	key, secret := env("DIWAN_S3_KEY"), env("DIWAN_S3_SECRET")
	if key == "" || secret == "" {
		return fileStore{}, badSetting("DIWAN_S3_KEY", "empty", "the key of the S3 store, with DIWAN_S3_SECRET beside it")
	}
	return fileStore{s3: &blob.S3Config{
		Endpoint: u.Query().Get("endpoint"), Secure: tls != "no", Region: u.Query().Get("region"),
		Bucket: u.Host, Prefix: strings.Trim(u.Path, "/"), Key: key, Secret: secret, Scratch: filepath.Join(s.home, "files", "new"),
	}}, nil
}

// open reaches the store; a folder is made when it is not there.
func (f fileStore) open(ctx context.Context) (blob.Store, error) {
	if f.s3 != nil {
		return blob.OpenS3(ctx, *f.s3)
	}
	return blob.OpenFolder(f.folder)
}

// passing is the store of what expires, such as the results of jobs: beside the kept files, and apart.
func (f fileStore) passing() fileStore {
	if f.s3 != nil {
		apart := *f.s3
		apart.Prefix = strings.TrimPrefix(apart.Prefix+"/passing", "/")
		return fileStore{s3: &apart}
	}
	return fileStore{folder: filepath.Join(f.folder, "passing")}
}

// name is how the store is called in messages.
func (f fileStore) name() string {
	if f.s3 != nil {
		return fmt.Sprintf("bucket %s at %s", f.s3.Bucket, f.s3.Endpoint)
	}
	return f.folder
}

// references lists the names of files that the log holds, from its beginning.
func references(ctx context.Context, db *database.DB) (names []blob.Hash, err error) {
	err = db.Read(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select data::text from es.event where data::text like '%"sha256:%' order by log_id, position`)
		if err != nil {
			return err
		}
		var data []byte
		_, err = pgx.ForEachRow(rows, []any{&data}, func() error {
			names = append(names, blob.ReferencesIn(data)...)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read which files the log refers to: %w", err)
	}
	return names, nil
}

// referred tells whether the log refers to a file.
func (a *app) referred(ctx context.Context, h blob.Hash) (there bool, err error) {
	err = a.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select exists (select from es.event where data::text like '%"' || $1 || '"%')`, h.String()).Scan(&there)
	})
	if err != nil {
		return false, fmt.Errorf("read whether the log refers to %s: %w", h, err)
	}
	return there, nil
}

// fixity compares the files that the log refers to with their names, every byte of them when whole.
func (a *app) fixity(ctx context.Context, whole bool, bar func(what string, done, total int64)) (blob.Fixity, error) {
	names, err := references(ctx, a.db)
	if err != nil {
		return blob.Fixity{}, err
	}
	return blob.Verify(ctx, a.files, names, whole, func(done, total int) { bar("files", int64(done), int64(total)) })
}

func printFixity(w io.Writer, f blob.Fixity) {
	for _, name := range f.Missing {
		fmt.Fprintf(w, "The file %s is missing.\n", name)
	}
	for _, name := range f.Changed {
		fmt.Fprintf(w, "The file %s is NOT as it was.\n", name)
	}
	fmt.Fprintf(w, "files      %d that events refer to, %d bytes as they were\n", f.Referenced, f.Bytes)
}

// examineFiles checks that files can be kept.
func examineFiles(ctx context.Context, s settings) finding {
	f := finding{Name: "files", Detail: s.files.name()}
	store, err := s.files.open(ctx)
	if err == nil {
		_, err = store.Put(ctx, strings.NewReader(""), 1, nil) // the empty file, once
	}
	if err != nil {
		f.Detail, f.Fix = oneLine(err.Error()), "set DIWAN_FILES to a folder that may be written, or to an S3 store that answers"
		return f
	}
	f.OK = true
	return f
}

// examineReferences checks that every file the log refers to is there; diwan verify reads them as well.
func examineReferences(ctx context.Context, db *database.DB, s settings) finding {
	f := finding{Name: "kept files"}
	names, err := references(ctx, db)
	var fixity blob.Fixity
	if err == nil {
		var store blob.Store
		if store, err = s.files.open(ctx); err == nil {
			fixity, err = blob.Verify(ctx, store, names, false, nil)
		}
	}
	switch {
	case err != nil:
		f.Detail = oneLine(err.Error())
	case !fixity.OK:
		f.Detail = fmt.Sprintf("%d of %d files that events refer to are missing, the first is %s", len(fixity.Missing), fixity.Referenced, fixity.Missing[0])
		f.Fix = "bring them back from a backup: its folder files holds them under the same names"
	default:
		f.OK, f.Detail = true, fmt.Sprintf("%d that events refer to are there", fixity.Referenced)
	}
	return f
}
