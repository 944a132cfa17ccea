package upload

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

// inert are the types a browser is told; everything else is only bytes to it.
var inert = map[string]bool{
	"text/plain": true, "text/csv": true, PDF: true, Excel: true, Word: true, Zip: true,
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/tiff": true,
}

// ServeDownload sends a file at a signed address to the person it was made for. Nothing is ever shown
// inside Diwan's own pages: every file is saved.
func ServeDownload(w http.ResponseWriter, r *http.Request, links *Links, kept, passing blob.Store, person, language string) {
	say := speaker{w, language}
	w.Header().Set("Cache-Control", "private, no-store")
	d, genuine, late := links.checkDownload(r.PathValue("hash"), person, r.URL.Query())
	switch {
	case person == "" || !genuine:
		say.problems(http.StatusNotFound, kernel.Problems{errAbsent})
		return
	case late:
		say.problems(http.StatusGone, kernel.Problems{{Code: "download.late", Message: kernel.Text{
			Ar: "انتهت مدة هذا الرابط. يُطلب من جديد من صفحته.", En: "This link has expired. Ask for it again on its page.",
		}}})
		return
	}
	store := kept
	if d.Passing {
		store = passing
	}
	file, err := store.Stat(r.Context(), d.Hash)
	if errors.Is(err, blob.ErrMissing) {
		say.problems(http.StatusNotFound, kernel.Problems{errAbsent})
		return
	}
	if err != nil {
		say.failure(err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if inert[d.Type] {
		h.Set("Content-Type", d.Type)
	}
	h.Set("Content-Disposition", disposition(d.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Accept-Ranges", "bytes")
	h.Set("ETag", `"`+d.Hash.Hex()+`"`)
	send(w, r, store, file)
}

// send writes the file, or the one part of it that is asked for.
func send(w http.ResponseWriter, r *http.Request, store blob.Store, file blob.Kept) {
	from, n, part := rangeOf(r.Header.Get("Range"), file.Bytes)
	var content io.ReadCloser
	var err error
	if part {
		content, err = store.Range(r.Context(), file.Hash, from, n)
	} else {
		content, err = store.Open(r.Context(), file.Hash)
	}
	if err != nil {
		http.Error(w, "", http.StatusServiceUnavailable)
		return
	}
	defer content.Close()
	w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
	if part {
		w.Header().Set("Content-Range", "bytes "+strconv.FormatInt(from, 10)+"-"+strconv.FormatInt(from+n-1, 10)+"/"+strconv.FormatInt(file.Bytes, 10))
		w.WriteHeader(http.StatusPartialContent)
	}
	if r.Method == http.MethodHead {
		return
	}
	if _, err := io.Copy(w, content); err != nil {
		panic(http.ErrAbortHandler) // damaged, or the line broke: the receiver must not take it for whole
	}
}

// rangeOf reads a Range header with one range; anything else asks for the whole.
func rangeOf(header string, size int64) (from, n int64, part bool) {
	first, last, found := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	if !strings.HasPrefix(header, "bytes=") || !found || strings.Contains(header, ",") {
		return 0, size, false
	}
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 || from >= size {
		return 0, size, false
	}
	end := size - 1
	if last != "" {
		if end, err = strconv.ParseInt(last, 10, 64); err != nil || end < from {
			return 0, size, false
		}
	}
	end = min(end, size-1)
	return from, end - from + 1, true
}

// disposition makes the browser save a file under its name; the plain form holds no quote, no path and
// no letter that old programs misread.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|%;`, r) {
			return '_'
		}
		return r
	}, name)
	if strings.Trim(plain, "_. ") == "" {
		plain = "file"
	}
	return mime.FormatMediaType("attachment", map[string]string{"filename": plain}) + "; filename*=UTF-8''" + url.PathEscape(name)
}
