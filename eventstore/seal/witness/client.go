package witness

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore/seal/checkpoint"
)

// Remote is a witness as the log sees it.
type Remote struct {
	checkpoint.Witness
	URL  string // submission prefix: "https://witness.example", or unix:PATH
	http *http.Client
	base string
}

// NewRemote prepares to speak with a witness.
func NewRemote(w checkpoint.Witness, address string) *Remote {
	r := &Remote{Witness: w, URL: address, base: strings.TrimSuffix(address, "/"), http: &http.Client{Timeout: 10 * time.Second}}
	if path, unix := strings.CutPrefix(address, "unix:"); unix {
		r.base = "http://witness"
		r.http.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", path)
		}}
	}
	return r
}

// Ahead says that the witness has cosigned a larger log than the one offered: the log was cut or
// restored to an earlier moment.
type Ahead struct {
	Witness       string
	Offered, Seen int64
}

func (a *Ahead) Error() string {
	return fmt.Sprintf("witness %s has cosigned this log at size %d, offered was %d", a.Witness, a.Seen, a.Offered)
}

// Refused says that the witness would not cosign.
type Refused struct {
	Witness string
	Status  int
	Why     string
}

func (r *Refused) Error() string {
	return fmt.Sprintf("witness %s refused the checkpoint (%d): %s", r.Witness, r.Status, r.Why)
}

// Submit offers a signed checkpoint and returns the cosignature line. old is the size believed to
// be the witness's newest; when it is another, Submit asks prove again from there. Errors: *Ahead,
// *Refused, or that the witness could not be reached.
func (r *Remote) Submit(ctx context.Context, signed []byte, old int64, prove func(old int64) (tlog.TreeProof, error)) (string, error) {
	c, err := checkpoint.Peek(signed)
	if err != nil {
		return "", err
	}
	if old > c.Size {
		old = c.Size
	}
	for range 3 {
		status, body, err := r.offer(ctx, signed, old, prove)
		if err != nil {
			return "", err
		}
		switch status {
		case http.StatusOK:
			line, valid := checkpoint.Cosignatures(signed, body, []checkpoint.Witness{r.Witness})[r.Name]
			if !valid {
				return "", fmt.Errorf("witness %s answered without a valid cosignature", r.Name)
			}
			return line, nil
		case http.StatusConflict:
			size, err := strconv.ParseInt(strings.TrimSuffix(body, "\n"), 10, 64)
			switch {
			case err != nil || size < 0:
				return "", fmt.Errorf("witness %s answered a conflict without its size", r.Name)
			case size > c.Size:
				return "", &Ahead{Witness: r.Name, Offered: c.Size, Seen: size}
			case size == old:
				return "", &Refused{r.Name, status, fmt.Sprintf("it cosigned another log of size %d", size)}
			}
			old = size
		default:
			return "", &Refused{r.Name, status, strings.TrimSpace(body)}
		}
	}
	return "", fmt.Errorf("witness %s moves while it is asked; it is asked again with the next checkpoint", r.Name)
}

func (r *Remote) offer(ctx context.Context, signed []byte, old int64, prove func(int64) (tlog.TreeProof, error)) (int, string, error) {
	var body strings.Builder
	fmt.Fprintf(&body, "old %d\n", old)
	if old > 0 {
		proof, err := prove(old)
		if err != nil {
			return 0, "", fmt.Errorf("prove the log from size %d: %w", old, err)
		}
		for _, h := range proof {
			fmt.Fprintf(&body, "%s\n", h)
		}
	}
	body.WriteString("\n")
	body.Write(signed)
	return r.send(ctx, http.MethodPost, "/add-checkpoint", strings.NewReader(body.String()))
}

// Latest asks for the newest checkpoint of an origin that this witness cosigned, ok=false when it
// knows none. An answer without the witness's valid cosignature is an error.
func (r *Remote) Latest(ctx context.Context, origin string) (signed []byte, ok bool, err error) {
	status, body, err := r.send(ctx, http.MethodGet, "/latest?origin="+url.QueryEscape(origin), nil)
	if err != nil || status == http.StatusNotFound {
		return nil, false, err
	}
	if status != http.StatusOK {
		return nil, false, &Refused{r.Name, status, strings.TrimSpace(body)}
	}
	c, err := checkpoint.Peek([]byte(body))
	if err != nil {
		return nil, false, fmt.Errorf("witness %s: %w", r.Name, err)
	}
	_, lines, _ := strings.Cut(body, "\n\n")
	if c.Origin != origin || checkpoint.Cosignatures([]byte(body), lines, []checkpoint.Witness{r.Witness})[r.Name] == "" {
		return nil, false, fmt.Errorf("witness %s answered with a checkpoint it did not cosign", r.Name)
	}
	return []byte(body), true, nil
}

func (r *Remote) send(ctx context.Context, method, path string, body io.Reader) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, body)
	if err != nil {
		return 0, "", fmt.Errorf("ask witness %s: %w", r.Name, err)
	}
	answer, err := r.http.Do(req)
	if err != nil {
		return 0, "", fmt.Errorf("ask witness %s: %w", r.Name, err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxRequest))
	if err != nil {
		return 0, "", fmt.Errorf("ask witness %s: %w", r.Name, err)
	}
	return answer.StatusCode, string(raw), nil
}
