package main

import (
	"errors"
	"strings"
	"testing"

	"diwan/eventstore/blob/s3test"
)

func filesFrom(t *testing.T, env map[string]string) (fileStore, error) {
	t.Helper()
	if env["DIWAN_HOME"] == "" {
		env["DIWAN_HOME"] = t.TempDir()
	}
	s, err := readSettings(func(name string) string { return env[name] })
	return s.files, err
}

func TestFilesAreKeptWhereTheSettingSays(t *testing.T) {
	server := s3test.Start(t)
	url, key, secret := server.URL("office")
	for name, env := range map[string]map[string]string{
		"under home": {}, "in a folder": {"DIWAN_FILES": t.TempDir()},
		"in an S3 store": {"DIWAN_FILES": url, "DIWAN_S3_KEY": key, "DIWAN_S3_SECRET": secret},
	} {
		files, err := filesFrom(t, env)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		store, err := files.open(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := store.Put(t.Context(), strings.NewReader(name), 0, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAWrongSettingOfFilesIsNamed(t *testing.T) {
	for _, env := range []map[string]string{
		{"DIWAN_FILES": "s3://bucket"},
		{"DIWAN_FILES": "s3://bucket?endpoint=h:1"},
		{"DIWAN_FILES": "s3://key:secret@bucket?endpoint=h:1", "DIWAN_S3_KEY": "k", "DIWAN_S3_SECRET": "s"},
		{"DIWAN_FILES": "s3://bucket?endpoint=h:1&tls=maybe", "DIWAN_S3_KEY": "k", "DIWAN_S3_SECRET": "s"},
		{"DIWAN_FILES": "https://bucket"},
	} {
		_, err := filesFrom(t, env)
		var f *failure
		if !errors.As(err, &f) || f.status != exitUsage {
			t.Errorf("%v was answered %v", env, err)
		}
	}
}
