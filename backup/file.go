package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// outFile takes one table's rows: counted, compressed, summed, flushed to disk.
type outFile struct {
	file   *os.File
	sum    hash.Hash
	bytes  int64
	packed *zstd.Encoder
	rows   int64
	told   int64
	tell   func(rows int64)
}

func createFile(path string, tell func(rows int64)) (*outFile, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the backup: %w", err)
	}
	o := &outFile{file: file, sum: sha256.New(), tell: tell}
	o.packed, err = zstd.NewWriter(writerFunc(o.raw), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("write the backup: %w", err)
	}
	return o, nil
}

// Write takes rows in the form of COPY: every newline ends a row, those inside values are escaped.
func (o *outFile) Write(p []byte) (int, error) {
	o.rows += int64(bytes.Count(p, []byte{'\n'}))
	if o.rows-o.told >= 20_000 {
		o.told = o.rows
		o.tell(o.rows)
	}
	return o.packed.Write(p)
}

func (o *outFile) raw(p []byte) (int, error) {
	o.sum.Write(p)
	o.bytes += int64(len(p))
	return o.file.Write(p)
}

func (o *outFile) finish(t *Table) error {
	err := errors.Join(o.packed.Close(), o.file.Sync(), o.file.Close())
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	t.Rows, t.Bytes, t.SHA256 = o.rows, o.bytes, hex.EncodeToString(o.sum.Sum(nil))
	return nil
}

type writerFunc func([]byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

// inFile gives the rows back. Its memory does not depend on what the file claims about itself.
type inFile struct {
	file   *os.File
	packed *zstd.Decoder
}

func openFile(path string) (*inFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	packed, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	return &inFile{file, packed}, nil
}

func (i *inFile) Read(p []byte) (int, error) {
	n, err := i.packed.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("read the backup: %w", err)
	}
	return n, err
}

func (i *inFile) Close() error {
	i.packed.Close()
	return i.file.Close()
}
