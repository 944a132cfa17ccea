package graph

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/kernel"
)

// app serves the staff app: its files as they are, and its one page for every other address, which
// the app reads itself.
func (s *server) app(w http.ResponseWriter, r *http.Request) {
	if s.config.App == nil {
		s.refuse(w, r, http.StatusNotFound, "app_absent", kernel.Text{
			Ar: "لم تُبنَ واجهة الموظفين في هذا البرنامج. الواجهة البرمجية على /graphql.",
			En: "The staff app was not built into this program. The API is at /graphql.",
		})
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if info, err := fs.Stat(s.config.App, name); name == "" || err != nil || info.IsDir() {
		if name != "" && strings.Contains(path.Base(name), ".") {
			http.NotFound(w, r) // a file that is not there is no page
			return
		}
		name = "index.html"
	}
	if strings.HasPrefix(name, develop) && !s.develops(w, r) {
		http.NotFound(w, r) // not for this person is not there
		return
	}
	if strings.HasPrefix(name, "assets/") { // named by their content
		kept := "public, max-age=31536000, immutable"
		if strings.HasPrefix(name, develop) {
			kept = "private, no-cache"
		}
		w.Header().Set("Cache-Control", kept)
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	http.ServeFileFS(w, r, s.config.App, name)
}

// develop is where the scripts for people who write programs against the API lie.
const develop = "assets/develop/"

// develops tells whether a request comes from somebody who may write programs against the API.
func (s *server) develops(w http.ResponseWriter, r *http.Request) bool {
	v, ok, err := s.visit(w, r)
	if err != nil || !ok {
		return false
	}
	standing, holds := s.config.Access.Standing(v.Person, access.Acting{OnBehalfOf: r.Header.Get(behalfHeader)})
	return holds && standing.Holds(officer.MayDevelop)
}

// policy allows scripts only as files of our own. Styles stand in the page as well, because the
// component library writes them while it runs.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// hardened sets what every answer says to browsers.
func hardened(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
