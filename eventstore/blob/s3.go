package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"diwan/faultpoint"
)

// S3Config says where an S3 store is.
type S3Config struct {
	Endpoint    string // host:port
	Secure      bool   // over https
	Region      string
	Bucket      string // must be there
	Prefix      string // of all names; may be empty
	Key, Secret string
	Scratch     string // a local folder where files are put together before they are sent
	Transport   http.RoundTripper
}

// S3 keeps files as objects PREFIX/kept/ab/cd/abcd… of a bucket. An object appears whole or not at
// all. Files are first put together in a local scratch folder, because a name is known only when the
// content is.
type S3 struct {
	config S3Config
	client *minio.Client
}

// OpenS3 reaches the store and requires that the bucket is there.
func OpenS3(ctx context.Context, c S3Config) (*S3, error) {
	client, err := minio.New(c.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(c.Key, c.Secret, ""), Secure: c.Secure, Region: c.Region, Transport: c.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("reach the S3 store %s: %w", c.Endpoint, err)
	}
	there, err := client.BucketExists(ctx, c.Bucket)
	if err != nil {
		return nil, fmt.Errorf("reach the S3 store %s: %w", c.Endpoint, err)
	}
	if !there {
		return nil, fmt.Errorf("the S3 store %s has no bucket %q", c.Endpoint, c.Bucket)
	}
	if err := os.MkdirAll(c.Scratch, 0o700); err != nil {
		return nil, fmt.Errorf("make the scratch folder of files: %w", err)
	}
	if err := tidy(c.Scratch, time.Now().Add(-abandoned)); err != nil {
		return nil, err
	}
	return &S3{c, client}, nil
}

func (s *S3) name(h Hash) string {
	digits := h.Hex()
	return path.Join(s.config.Prefix, "kept", digits[:2], digits[2:4], digits)
}

// missing turns S3's answer for no such object into ErrMissing.
func missing(err error, h Hash) error {
	if err == nil {
		return nil
	}
	if noSuchKey(err) {
		return fmt.Errorf("%w: %s", ErrMissing, h)
	}
	return fmt.Errorf("read the file %s: %w", h, err)
}

func noSuchKey(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}

// Put keeps a file, see Store.
func (s *S3) Put(ctx context.Context, r io.Reader, most int64, admit func(Kept) error) (k Kept, err error) {
	f, err := newScratch(ctx, s.config.Scratch, r, most)
	if err != nil {
		return Kept{}, err
	}
	defer func() { err = errors.Join(err, f.drop()) }()
	if admit != nil {
		if err := admit(f.kept); err != nil {
			return Kept{}, err
		}
	}
	faultpoint.Reached(faultpoint.FileBeforeVisible)
	var damaged *Damaged
	_, err = Check(ctx, s, f.kept.Hash)
	switch {
	case err == nil:
		return f.kept, s.refresh(ctx, f.kept.Hash)
	case !errors.Is(err, ErrMissing) && !errors.As(err, &damaged):
		return Kept{}, fmt.Errorf("keep the file %s: %w", f.kept.Hash, err)
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return Kept{}, fmt.Errorf("keep the file %s: %w", f.kept.Hash, err)
	}
	sent, err := s.client.PutObject(ctx, s.config.Bucket, s.name(f.kept.Hash), f.file, f.kept.Bytes, minio.PutObjectOptions{
		ContentType: "application/octet-stream", PartSize: partSize,
	})
	if err != nil {
		return Kept{}, fmt.Errorf("keep the file %s: %w", f.kept.Hash, err)
	}
	if sent.Size != f.kept.Bytes {
		return Kept{}, fmt.Errorf("keep the file %s: the store took %d of %d bytes", f.kept.Hash, sent.Size, f.kept.Bytes)
	}
	return f.kept, nil
}

// partSize is what is sent at a time.
const partSize = 16 << 20

// refresh makes a file that was there already young again, by copying it onto itself. Objects past
// 5 GiB cannot be copied so; they keep their age.
func (s *S3) refresh(ctx context.Context, h Hash) error {
	at := minio.CopySrcOptions{Bucket: s.config.Bucket, Object: s.name(h)}
	_, err := s.client.CopyObject(ctx, minio.CopyDestOptions{
		Bucket: s.config.Bucket, Object: s.name(h), ReplaceMetadata: true,
		UserMetadata: map[string]string{"Put-At": time.Now().UTC().Format(time.RFC3339)},
	}, at)
	if err != nil && minio.ToErrorResponse(err).Code != "EntityTooLarge" && minio.ToErrorResponse(err).Code != "InvalidRequest" {
		return fmt.Errorf("keep the file %s: %w", h, err)
	}
	return nil
}

// Open reads a file, see Store.
func (s *S3) Open(ctx context.Context, h Hash) (io.ReadCloser, error) {
	object, err := s.get(ctx, h, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	return newVerified(object, h), nil
}

// get opens an object and waits for the first answer, so that one that is not there is known.
func (s *S3) get(ctx context.Context, h Hash, o minio.GetObjectOptions) (io.ReadCloser, error) {
	core := minio.Core{Client: s.client}
	object, _, _, err := core.GetObject(ctx, s.config.Bucket, s.name(h), o)
	if err != nil {
		return nil, missing(err, h)
	}
	return object, nil
}

// Range reads part of a file, see Store.
func (s *S3) Range(ctx context.Context, h Hash, from, n int64) (io.ReadCloser, error) {
	if from < 0 || n < 0 {
		return nil, fmt.Errorf("%d bytes from %d are no part of a file", n, from)
	}
	kept, err := s.Stat(ctx, h)
	if err != nil {
		return nil, err
	}
	if n = min(n, kept.Bytes-from); n <= 0 {
		return closer{eof{}, func() error { return nil }}, nil
	}
	var o minio.GetObjectOptions
	if err := o.SetRange(from, from+n-1); err != nil {
		return nil, fmt.Errorf("read the file %s: %w", h, err)
	}
	return s.get(ctx, h, o)
}

// Stat tells a file's length, see Store.
func (s *S3) Stat(ctx context.Context, h Hash) (Kept, error) {
	info, err := s.client.StatObject(ctx, s.config.Bucket, s.name(h), minio.StatObjectOptions{})
	if err != nil {
		return Kept{}, missing(err, h)
	}
	return Kept{h, info.Size}, nil
}

// Scan hands every file to found, see Store.
func (s *S3) Scan(ctx context.Context, found func(Kept) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for object := range s.client.ListObjectsIter(ctx, s.config.Bucket, minio.ListObjectsOptions{Prefix: path.Join(s.config.Prefix, "kept") + "/", Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("list the files: %w", object.Err)
		}
		h, ok := parseHex(path.Base(object.Key))
		if !ok || s.name(h) != object.Key {
			continue // not ours
		}
		if err := found(Kept{h, object.Size}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Remove deletes a file that nobody has put lately, see Store.
func (s *S3) Remove(ctx context.Context, h Hash, putBefore time.Time) error {
	info, err := s.client.StatObject(ctx, s.config.Bucket, s.name(h), minio.StatObjectOptions{})
	if err != nil && noSuchKey(err) || err == nil && !info.LastModified.Before(putBefore) {
		return nil
	}
	if err == nil {
		err = s.client.RemoveObject(ctx, s.config.Bucket, s.name(h), minio.RemoveObjectOptions{})
	}
	if err != nil {
		return fmt.Errorf("remove the file %s: %w", h, err)
	}
	return nil
}
