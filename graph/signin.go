package graph

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"diwan/modules/access"
	"diwan/modules/kernel"
)

// mostSignIn bounds the body of a sign-in.
const mostSignIn = 4 << 10

// signIn opens a session for {"person": …, "password": …} and sets its cookie. Whatever is wrong,
// the answer is the same.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	var typed struct{ Person, Password string }
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		s.refuse(w, r, http.StatusUnsupportedMediaType, "content_type", kernel.Text{
			Ar: "يُرسل الدخول بصيغة JSON.", En: "Sign-in is sent as JSON.",
		})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostSignIn))
	if err != nil || json.Unmarshal(body, &typed) != nil {
		s.refuse(w, r, http.StatusBadRequest, "body", kernel.Text{
			Ar: "الطلب غير مقروء.", En: "The request cannot be read.",
		})
		return
	}
	person, err := s.config.People.SignIn(r.Context(), typed.Person, typed.Password)
	if errors.Is(err, access.ErrSignIn) {
		s.refuse(w, r, http.StatusUnauthorized, "sign_in_refused", kernel.Text{
			Ar: "الاسم وكلمة السر لا يتوافقان.", En: "Name and password do not fit.",
		})
		return
	}
	token := ""
	if err == nil {
		token, err = s.sessions.Begin(person.ID)
	}
	if err != nil {
		s.config.Log.ErrorContext(r.Context(), "a sign-in failed", "error", err)
		s.refuse(w, r, http.StatusServiceUnavailable, "internal", kernel.Text{
			Ar: "تعذّر الدخول الآن. أعد المحاولة.", En: "Signing in is not possible now. Try again.",
		})
		return
	}
	s.sessions.End(s.cookies.token(r)) // a new id at every sign-in
	s.cookies.set(w, token, int(longestTime.Seconds()))
	w.WriteHeader(http.StatusNoContent)
}

// signOut closes the session.
func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	s.sessions.End(s.cookies.token(r))
	s.cookies.set(w, "", -1)
	w.WriteHeader(http.StatusNoContent)
}

// refuse answers a problem outside GraphQL in the same shape as inside it.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, code string, message kernel.Text) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the caller has gone when this fails
		"problems": []map[string]string{{"code": code, "message": message.In(preferred(r.Header.Get("Accept-Language")))}},
	})
}
