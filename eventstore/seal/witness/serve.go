package witness

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// maxRequest bounds a request: 63 hashes and a checkpoint with its signatures.
const maxRequest = 64 << 10

// request is the body of add-checkpoint.
type request struct {
	old    int64
	proof  tlog.TreeProof
	signed []byte
}

func parseRequest(body string) (request, error) {
	head, signed, found := strings.Cut(body, "\n\n")
	if !found {
		return request{}, errors.New("an empty line goes between proof and checkpoint")
	}
	lines := strings.Split(head, "\n")
	size, isOld := strings.CutPrefix(lines[0], "old ")
	old, err := strconv.ParseInt(size, 10, 64)
	if !isOld || err != nil || old < 0 || strconv.FormatInt(old, 10) != size {
		return request{}, errors.New("the first line is: old SIZE")
	}
	if len(lines)-1 > 63 {
		return request{}, errors.New("a proof has at most 63 lines")
	}
	r := request{old: old, signed: []byte(signed)}
	for _, line := range lines[1:] {
		h, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(h) != tlog.HashSize {
			return request{}, fmt.Errorf("proof line %q is not a hash", line)
		}
		r.proof = append(r.proof, tlog.Hash(h))
	}
	return r, nil
}

// Handler serves POST /add-checkpoint (the protocol), GET /latest?origin=… (the newest checkpoint
// with this witness's cosignature) and GET /key (its public key).
func (w *Witness) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", w.addCheckpoint)
	mux.HandleFunc("GET /latest", func(rw http.ResponseWriter, r *http.Request) {
		_, signed, ok := w.state.Latest(r.URL.Query().Get("origin"))
		if !ok {
			http.Error(rw, "no checkpoint of this origin was cosigned here", http.StatusNotFound)
			return
		}
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Write(signed)
	})
	mux.HandleFunc("GET /key", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(rw, w.self.String()+"\n")
	})
	return mux
}

func (w *Witness) addCheckpoint(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxRequest))
	if err != nil {
		http.Error(rw, "the request is too long or broke off", http.StatusBadRequest)
		return
	}
	asked, err := parseRequest(string(body))
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	line, err := w.add(asked)
	var no *refusal
	switch {
	case err == nil:
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(rw, line)
	case errors.As(err, &no) && no.status == http.StatusConflict:
		rw.Header().Set("Content-Type", "text/x.tlog.size")
		rw.WriteHeader(no.status)
		fmt.Fprintf(rw, "%d\n", no.size)
	case errors.As(err, &no):
		http.Error(rw, no.why, no.status)
	default:
		http.Error(rw, "the witness could not store the checkpoint", http.StatusInternalServerError)
	}
}

// Config is how a witness process is started.
type Config struct {
	Dir    string // its key, its state, and the list of logs it knows
	Name   string // as it stands in cosignatures: "audit-bureau.example/w1"
	Listen string // host:port, or unix:PATH
	Now    func() time.Time
	Ready  func(address, publicKey string) // called once it listens; may be nil
}

// Serve runs a witness until ctx ends. Requests under way are finished.
func Serve(ctx context.Context, cfg Config) error {
	w, err := New(cfg.Dir, cfg.Name, cfg.Now)
	if err != nil {
		return err
	}
	defer w.Close()
	network, address := "tcp", cfg.Listen
	if path, unix := strings.CutPrefix(cfg.Listen, "unix:"); unix {
		network, address = "unix", path
	}
	listener, err := net.Listen(network, address)
	if err != nil {
		return fmt.Errorf("witness cannot listen on %s: %w", cfg.Listen, err)
	}
	server := &http.Server{Handler: w.Handler(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		server.Shutdown(ending)
	})
	defer stop()
	if cfg.Ready != nil {
		cfg.Ready(listener.Addr().String(), w.self.String())
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("witness: %w", err)
	}
	return nil
}
