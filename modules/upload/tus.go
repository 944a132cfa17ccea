package upload

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

// The tus protocol 1.0, core and termination: HEAD tells how much has arrived, PATCH adds at that
// offset, DELETE gives up. Files are announced over GraphQL, not by POST.
const (
	tusVersion = "1.0.0"
	tusBody    = "application/offset+octet-stream"
)

// silence is how long a sender may say nothing before its request is ended; what came is kept.
const silence = 20 * time.Second

// ServeUpload answers at the signed address of an upload, to the person it was made for. Anybody else
// learns only that there is nothing.
func (m *Module) ServeUpload(w http.ResponseWriter, r *http.Request, person, language string) {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodOptions {
		h.Set("Tus-Version", tusVersion)
		h.Set("Tus-Extension", "termination,expiration")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	say := speaker{w, language}
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil || person == "" {
		say.problems(http.StatusNotFound, kernel.Problems{errAbsent})
		return
	}
	genuine, late := m.links.checkUpload(id, person, r.URL.Query())
	if !genuine {
		say.problems(http.StatusNotFound, kernel.Problems{errAbsent})
		return
	}
	if late {
		say.problems(http.StatusGone, kernel.Problems{{Code: "upload.late", Message: kernel.Text{
			Ar: "انتهت مدة رفع هذا الملف. يُطلب عنوان جديد.", En: "The time to send this file is over. Ask for a new address.",
		}}})
		return
	}
	if r.Header.Get("Tus-Resumable") != tusVersion {
		h.Set("Tus-Version", tusVersion)
		w.WriteHeader(http.StatusPreconditionFailed)
		return
	}
	u, err := m.Find(r.Context(), person, id)
	if err == nil && u.State == Arriving && u.Received == u.Size && r.Method == http.MethodHead {
		u, err = m.keep(r.Context(), u) // a stop came between the last byte and this
	}
	if err != nil {
		say.failure(err)
		return
	}
	switch r.Method {
	case http.MethodHead:
		tell(h, u)
		w.WriteHeader(statusOf(u))
	case http.MethodPatch:
		m.patch(w, r, u, say)
	case http.MethodDelete:
		if _, err := m.Cancel(r.Context(), person, id); err != nil {
			say.failure(err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	default:
		h.Set("Allow", "OPTIONS, HEAD, PATCH, DELETE")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// statusOf is what HEAD answers: there while it arrives and when it is kept, gone after that.
func statusOf(u Upload) int {
	if u.State == Arriving || u.State == KeptWhole {
		return http.StatusOK
	}
	return http.StatusGone
}

func tell(h http.Header, u Upload) {
	h.Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
	h.Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	h.Set("Upload-Expires", u.ExpiresAt.UTC().Format(http.TimeFormat))
}

func (m *Module) patch(w http.ResponseWriter, r *http.Request, u Upload, say speaker) {
	at, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	switch {
	case r.Header.Get("Content-Type") != tusBody:
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return
	case err != nil || at < 0:
		w.WriteHeader(http.StatusBadRequest)
		return
	case u.State == KeptWhole || u.State != Arriving:
		say.problems(http.StatusGone, kernel.Problems{{Code: "upload.ended", Message: kernel.Text{
			Ar: "انتهى هذا الرفع، ولا يُضاف إليه.", En: "This upload has ended; nothing is added to it.",
		}}})
		return
	case r.ContentLength > u.Size-at:
		say.problems(http.StatusRequestEntityTooLarge, kernel.Problems{tooLarge(at+r.ContentLength, u.Size)})
		return
	}
	body := &patient{r.Body, http.NewResponseController(w)}
	u, err = m.receive(r.Context(), u, at, body)
	var large *blob.TooLarge
	switch {
	case err == nil:
		tell(w.Header(), u)
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, errOffset):
		now, findErr := m.Find(r.Context(), u.Owner, u.ID)
		if findErr == nil {
			tell(w.Header(), now)
		}
		w.WriteHeader(http.StatusConflict)
	case errors.Is(err, errHeld):
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusLocked)
	case errors.As(err, &large):
		say.problems(http.StatusRequestEntityTooLarge, kernel.Problems{tooLarge(u.Size+1, u.Size)})
	default:
		say.failure(err)
	}
}

// patient reads a body as long as its sender says something now and then.
type patient struct {
	in   io.Reader
	line *http.ResponseController
}

func (p *patient) Read(into []byte) (int, error) {
	err := p.line.SetReadDeadline(time.Now().Add(silence))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.in.Read(into)
}

// speaker answers problems in the sender's language.
type speaker struct {
	w        http.ResponseWriter
	language string
}

func (s speaker) problems(status int, problems kernel.Problems) {
	type told struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Path    string `json:"path,omitempty"`
	}
	all := make([]told, len(problems))
	for i, p := range problems {
		all[i] = told{p.Code, p.Message.In(s.language), p.Path}
	}
	s.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	s.w.WriteHeader(status)
	_ = json.NewEncoder(s.w).Encode(map[string]any{"problems": all}) // the sender has gone when this fails
}

// failure answers a refusal as such, and anything else as a failure that says nothing more.
func (s speaker) failure(err error) {
	problems := kernel.ProblemsOf(err)
	switch {
	case problems == nil:
		s.problems(http.StatusServiceUnavailable, kernel.Problems{{Code: "upload.failed", Message: kernel.Text{
			Ar: "تعذّر حفظ الملف الآن. ما وصل منه محفوظ، ويُستأنف الرفع.", En: "The file cannot be taken now. What has arrived is kept; go on later.",
		}}})
	case problems[0].Code == errAbsent.Code:
		s.problems(http.StatusNotFound, problems)
	default:
		s.problems(http.StatusUnprocessableEntity, problems)
	}
}
