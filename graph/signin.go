package graph

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// mostSignIn bounds the body of a sign-in; an authenticator's answer is the longest.
const mostSignIn = 64 << 10

// signInRoutes are the ways in and out, see docs/api/sign-in.md.
func (s *server) signInRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /sign-in/ways", s.ways)
	mux.HandleFunc("POST /sign-in", s.signIn)
	mux.HandleFunc("POST /sign-in/code", s.signInByCode)
	mux.HandleFunc("POST /sign-in/passkey", s.beginPasskeySignIn)
	mux.HandleFunc("POST /sign-in/passkey/finish", s.signInByPasskey)
	mux.HandleFunc("POST /sign-in/invitation", s.signInByInvitation)
	mux.HandleFunc("POST /sign-in/service", s.signInService)
	mux.HandleFunc("GET /sign-in/issuers/{issuer}", s.beginIssuer)
	mux.HandleFunc("GET /sign-in/issuers/{issuer}/callback", s.signInByIssuer)
	mux.HandleFunc("POST /sign-in/issuers/{issuer}/logout", s.issuerLogout)
	mux.HandleFunc("POST /sign-out", s.signOut)
	s.accountRoutes(mux)
}

// ways tells the sign-in page what can be used here.
func (s *server) ways(w http.ResponseWriter, r *http.Request) {
	_, passkeys := s.config.SignIn.Site(r.Host, s.config.Secure)
	type issuer struct {
		ID   string      `json:"id"`
		Name kernel.Text `json:"name"`
	}
	issuers := []issuer{}
	for _, one := range s.config.SignIn.Issuers() {
		issuers = append(issuers, issuer{one.ID, one.Name})
	}
	s.say(w, map[string]any{"password": true, "passkey": passkeys, "issuers": issuers})
}

// signIn begins with {"person": …, "password": …}. Whatever is wrong, the answer is the same.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	var typed struct{ Person, Password string }
	if !s.read(w, r, &typed) {
		return
	}
	e, err := s.config.SignIn.WithPassword(r.Context(), typed.Person, typed.Password, s.from(r), s.cookies.read(r, sessionCookie))
	s.enter(w, r, e, err)
}

// signInByCode is the second step: {"code": …, "recovery": false}.
func (s *server) signInByCode(w http.ResponseWriter, r *http.Request) {
	var typed struct {
		Code     string
		Recovery bool
	}
	if !s.read(w, r, &typed) {
		return
	}
	e, err := s.config.SignIn.WithCode(r.Context(), s.cookies.read(r, halfCookie), typed.Code, typed.Recovery, s.from(r), s.cookies.read(r, sessionCookie))
	s.enter(w, r, e, err)
}

// beginPasskeySignIn asks the browser's authenticator; nobody types a name.
func (s *server) beginPasskeySignIn(w http.ResponseWriter, r *http.Request) {
	var nothing struct{}
	if !s.read(w, r, &nothing) {
		return
	}
	site, ok := s.site(w, r)
	if !ok {
		return
	}
	c, err := s.config.SignIn.BeginWithPasskey(site)
	s.answer(w, r, c, err)
}

// signInByPasskey is its answer: {"ceremony": …, "credential": …}.
func (s *server) signInByPasskey(w http.ResponseWriter, r *http.Request) {
	var typed struct {
		Ceremony   string
		Credential json.RawMessage
	}
	if !s.read(w, r, &typed) {
		return
	}
	e, err := s.config.SignIn.WithPasskey(r.Context(), typed.Ceremony, typed.Credential, s.from(r), s.cookies.read(r, sessionCookie))
	s.enter(w, r, e, err)
}

// signInByInvitation uses a one-time code: {"code": …, "second": …, "password": …}.
func (s *server) signInByInvitation(w http.ResponseWriter, r *http.Request) {
	var typed struct{ Code, Second, Password string }
	if !s.read(w, r, &typed) {
		return
	}
	e, err := s.config.SignIn.WithInvitation(r.Context(), typed.Code, typed.Second, typed.Password, s.from(r), s.cookies.read(r, sessionCookie))
	s.enter(w, r, e, err)
}

// signInService gives a program a token for its signed assertion: {"assertion": …}.
func (s *server) signInService(w http.ResponseWriter, r *http.Request) {
	var typed struct{ Assertion string }
	if !s.read(w, r, &typed) {
		return
	}
	token, until, err := s.config.SignIn.WithAssertion(r.Context(), typed.Assertion, s.address(r))
	s.answer(w, r, map[string]any{"token": token, "expires": until}, err)
}

// enter answers a step of a sign-in: signed in, or what comes next.
func (s *server) enter(w http.ResponseWriter, r *http.Request, e signin.Entry, err error) {
	switch {
	case err != nil:
		s.fail(w, r, err)
	case e.Half != "":
		s.cookies.set(w, halfCookie, e.Half, longestCookie, http.SameSiteStrictMode)
		s.say(w, map[string]any{"next": e.Next})
	default:
		s.welcome(w, e)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *server) welcome(w http.ResponseWriter, e signin.Entry) {
	s.cookies.hand(w, e.Tokens)
	s.cookies.set(w, deviceCookie, e.Device, 180*longestCookie, http.SameSiteLaxMode)
	s.cookies.set(w, halfCookie, "", 0, http.SameSiteStrictMode)
}

// signOut closes the session.
func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	v, ok, err := s.visit(w, r)
	if err == nil && ok {
		err = s.config.SignIn.SignOut(r.Context(), v.Session)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.cookies.clear(w)
	w.WriteHeader(http.StatusNoContent)
}

// site is the address passkeys and issuers are bound to.
func (s *server) site(w http.ResponseWriter, r *http.Request) (string, bool) {
	site, ok := s.config.SignIn.Site(r.Host, s.config.Secure)
	if !ok {
		s.refuse(w, r, http.StatusUnprocessableEntity, "site_unknown", kernel.Text{
			Ar: "مفاتيح المرور والدخول من جهة أخرى تعمل على عنوان النظام المضبوط (DIWAN_URL) أو على localhost.",
			En: "Passkeys and sign-in by another service work under the configured address (DIWAN_URL) or under localhost.",
		})
	}
	return site, ok
}

// read reads a JSON body, or answers why it cannot.
func (s *server) read(w http.ResponseWriter, r *http.Request, into any) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		s.refuse(w, r, http.StatusUnsupportedMediaType, needsJSON.Code, needsJSON.Message)
		return false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostSignIn))
	if err != nil || json.Unmarshal(body, into) != nil {
		s.refuse(w, r, http.StatusBadRequest, "body", kernel.Text{Ar: "الطلب غير مقروء.", En: "The request cannot be read."})
		return false
	}
	return true
}

// answer says v, or what went wrong.
func (s *server) answer(w http.ResponseWriter, r *http.Request, v any, err error) {
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if v == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.say(w, v)
}

func (s *server) say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v) // the caller has gone when this fails
}

// statusOf is the HTTP status of a refusal; those that are not named are 422.
func statusOf(code string) int {
	switch code {
	case "sign_in_refused", "code_refused", "sign_in_over", "passkey_refused", "invitation_refused", "issuer_refused", "unauthenticated", "assertion_refused":
		return http.StatusUnauthorized
	case "sign_in_wait":
		return http.StatusTooManyRequests
	case "step_up_required", "second_factor_missing":
		return http.StatusForbidden
	}
	return http.StatusUnprocessableEntity
}

// fail answers a refusal in the user's language, and logs everything else.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	problems := kernel.ProblemsOf(err)
	if problems == nil {
		if r.Context().Err() == nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			s.config.Log.ErrorContext(r.Context(), "a sign-in failed", "path", r.URL.Path, "error", err)
		}
		s.refuse(w, r, http.StatusServiceUnavailable, "internal", kernel.Text{
			Ar: "تعذّر الدخول الآن. أعد المحاولة.", En: "Signing in is not possible now. Try again.",
		})
		return
	}
	if seconds := problems[0].Details["seconds"]; seconds != "" {
		w.Header().Set("Retry-After", seconds)
	}
	type told struct {
		Code    string            `json:"code"`
		Path    string            `json:"path,omitempty"`
		Message string            `json:"message"`
		Details map[string]string `json:"details,omitempty"`
	}
	var all []told
	for _, p := range problems {
		all = append(all, told{p.Code, p.Path, p.Message.In(preferred(r.Header.Get("Accept-Language"))), p.Details})
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(statusOf(problems[0].Code))
	_ = json.NewEncoder(w).Encode(map[string]any{"problems": all}) // the caller has gone when this fails
}

// refuse answers a problem outside GraphQL in the same shape as inside it.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, code string, message kernel.Text) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the caller has gone when this fails
		"problems": []map[string]string{{"code": code, "message": message.In(preferred(r.Header.Get("Accept-Language")))}},
	})
}
