package graph

import (
	"net/http"
	"strings"
	"time"

	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// beginIssuer sends the browser to another service that vouches for people. ?back= is the page of
// the app to come back to.
func (s *server) beginIssuer(w http.ResponseWriter, r *http.Request) {
	site, ok := s.site(w, r)
	if !ok {
		return
	}
	address, cookie, err := s.config.SignIn.BeginWithIssuer(r.Context(), r.PathValue("issuer"), site, ownPage(r.URL.Query().Get("back")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.cookies.set(w, flowCookie, cookie, 10*time.Minute, http.SameSiteLaxMode) // the answer comes from another site
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// ownPage is a page of Diwan's own, whatever was asked for: nobody is sent elsewhere after signing in.
func ownPage(back string) string {
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n\t") {
		return "/"
	}
	return back
}

// signInByIssuer takes the issuer's answer. A refusal goes back to the page with ?sign_in=CODE.
func (s *server) signInByIssuer(w http.ResponseWriter, r *http.Request) {
	e, back, err := s.config.SignIn.WithIssuer(r.Context(), r.PathValue("issuer"), r.URL.Query(), s.cookies.read(r, flowCookie), s.from(r), s.cookies.read(r, sessionCookie))
	s.cookies.set(w, flowCookie, "", 0, http.SameSiteLaxMode)
	if problems := kernel.ProblemsOf(err); problems != nil {
		http.Redirect(w, r, "/?sign_in="+problems[0].Code, http.StatusSeeOther)
		return
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.welcome(w, e)
	http.Redirect(w, r, ownPage(back), http.StatusSeeOther)
}

// issuerLogout is told by an issuer's server that somebody signed out there. No cookie comes along:
// the signed token is all the proof.
func (s *server) issuerLogout(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostSignIn)
	w.Header().Set("Cache-Control", "no-store")
	err := r.ParseForm()
	if err == nil {
		err = s.config.SignIn.IssuerLogout(r.Context(), r.PathValue("issuer"), r.PostForm.Get("logout_token"))
	}
	switch {
	case err == nil:
		w.WriteHeader(http.StatusOK)
	case kernel.ProblemsOf(err) != nil:
		s.refuse(w, r, http.StatusBadRequest, signin.ErrIssuer.Code, signin.ErrIssuer.Message)
	default:
		s.fail(w, r, err)
	}
}
