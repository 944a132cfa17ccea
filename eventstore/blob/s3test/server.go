// Package s3test gives tests a real S3 server: versitygw over a folder, as a program of its own. It is
// built from the module scripts/s3server, which is apart so that Diwan's own go.mod stays small.
package s3test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/sys/unix"

	"diwan/eventstore/blob"
)

const (
	key    = "diwan-test"
	secret = "diwan-test-secret"
	bucket = "diwan"
)

// Server is a running S3 server.
type Server struct {
	Address string
	Folder  string // where it keeps its objects as plain files
}

// Start runs a server until the test ends. It skips, with the reason, where the folder of temporary
// files knows no extended attributes, which versitygw needs.
func Start(t testing.TB) *Server {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := unix.Setxattr(dir, "user.diwan-test", []byte("1"), 0); err != nil {
		t.Skipf("skipped: the folder of temporary files has no extended attributes, which the S3 server needs: %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: l.Addr().String(), Folder: dir}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd := exec.Command(program, "--port", s.Address, "--access", key, "--secret", secret, "--region", "us-east-1", "--quiet", "posix", dir)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it has ended already when this fails
		_ = cmd.Wait()
	})
	if err := s.await(t.Context()); err != nil {
		t.Fatalf("the S3 server does not answer: %v\n%s", err, said.String())
	}
	return s
}

// await makes the bucket as soon as the server answers.
func (s *Server) await(ctx context.Context) error {
	ctx, enough := context.WithTimeout(ctx, 30*time.Second)
	defer enough()
	client, err := minio.New(s.Address, &minio.Options{Creds: credentials.NewStaticV4(key, secret, ""), Region: "us-east-1"})
	if err != nil {
		return err
	}
	for {
		err := client.MakeBucket(ctx, bucket, minio.MakeBucketOptions{Region: "us-east-1"})
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
}

// Store is a store of this server under a name of its own.
func (s *Server) Store(t testing.TB, prefix string, transport http.RoundTripper) blob.Store {
	t.Helper()
	store, err := blob.OpenS3(t.Context(), s.Config(t, prefix, transport))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// Config reaches the server.
func (s *Server) Config(t testing.TB, prefix string, transport http.RoundTripper) blob.S3Config {
	return blob.S3Config{
		Endpoint: s.Address, Region: "us-east-1", Bucket: bucket, Prefix: prefix, Key: key, Secret: secret,
		Scratch: filepath.Join(t.TempDir(), "scratch"), Transport: transport,
	}
}

// URL is the server's address in the form of the setting DIWAN_FILES, with the keys to its bucket.
func (s *Server) URL(prefix string) (url, accessKey, secretKey string) {
	return "s3://" + bucket + "/" + prefix + "?endpoint=" + s.Address + "&region=us-east-1&tls=no", key, secret
}

// build finds the server's program, or builds it once for this repository.
func build() (string, error) {
	if named := os.Getenv("DIWAN_VERSITYGW"); named != "" {
		return named, nil
	}
	root, err := repository()
	if err != nil {
		return "", err
	}
	program := filepath.Join(root, ".cache", "versitygw")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	cmd := exec.Command("go", "build", "-o", program, "github.com/versity/versitygw/cmd/versitygw")
	cmd.Dir = filepath.Join(root, "scripts", "s3server")
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the S3 server for tests (scripts/setup.sh test does so, too): %w: %s", err, strings.TrimSpace(string(out)))
	}
	return program, nil
}

// repository is the folder above the running test that holds the module.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the repository: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "scripts", "s3server", "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", errors.New("the repository is not found above the test's folder")
		}
		dir = above
	}
}
