package graph

import (
	"net/http"
	"strings"
	"testing"
)

// begun announces a file of five bytes and answers its address.
func (c *caller) begun() (id, url string) {
	c.o.t.Helper()
	var out struct {
		BeginUpload struct {
			Upload   struct{ ID, URL string }
			Problems []struct{ Code string }
		}
	}
	c.ask(&out, `mutation($i: BeginUploadInput!) { beginUpload(input: $i) { upload { id url } problems { code } } }`,
		map[string]any{"i": map[string]any{"purpose": "finance.budget", "name": "a.csv", "size": "5"}})
	if len(out.BeginUpload.Problems) > 0 {
		c.o.t.Fatalf("refused: %v", out.BeginUpload.Problems)
	}
	return out.BeginUpload.Upload.ID, out.BeginUpload.Upload.URL
}

func (c *caller) patch(url, origin string) int {
	c.o.t.Helper()
	r, err := http.NewRequest(http.MethodPatch, c.o.url+url, strings.NewReader("a,b\n1"))
	must(c.o.t, err)
	r.Header.Set("Content-Type", "application/offset+octet-stream")
	r.Header.Set("Upload-Offset", "0")
	r.Header.Set("Tus-Resumable", "1.0.0")
	if origin != "" {
		r.Header.Set("Origin", origin)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	return c.do(r).status
}

func TestAnUploadIsItsOwnersAlone(t *testing.T) {
	o := openOffice(t)
	dima := o.as("dima")
	id, url := dima.begun()
	if status := o.as("huda").patch(url, ""); status != http.StatusNotFound {
		t.Errorf("another person's browser was answered %d", status)
	}
	if status := o.anonymous().patch(url, ""); status != http.StatusNotFound {
		t.Errorf("a browser without a session was answered %d", status)
	}
	if status := dima.patch(url, "https://elsewhere.example"); status != http.StatusForbidden {
		t.Errorf("another site's page was answered %d", status)
	}
	if status := dima.patch(url, ""); status != http.StatusNoContent {
		t.Fatalf("the owner was answered %d", status)
	}
	type seen struct {
		Upload *struct{ State, Type, Hash string }
	}
	const question = `query($id: UUID!) { upload(id: $id) { state type hash } }`
	var own, other seen
	dima.ask(&own, question, map[string]any{"id": id})
	if own.Upload == nil || own.Upload.State != "KEPT" || own.Upload.Type != "text/plain" || !strings.HasPrefix(own.Upload.Hash, "sha256:") {
		t.Errorf("the owner sees %+v", own.Upload)
	}
	o.as("huda").ask(&other, question, map[string]any{"id": id})
	if other.Upload != nil {
		t.Errorf("another person sees %+v", other.Upload)
	}
}
