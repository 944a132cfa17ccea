package graph

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"diwan/modules/access/signin"
)

// accountRoutes are what people do with their own way in. Changes need a proof of who they are that
// is at most a quarter of an hour old.
func (s *server) accountRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /sign-in/session", s.own(false, s.showSession))
	mux.HandleFunc("GET /sign-in/sessions", s.own(false, s.listSessions))
	mux.HandleFunc("POST /sign-in/sessions/end", s.own(false, s.endSession))
	mux.HandleFunc("POST /sign-in/sessions/end-all", s.own(false, s.endSessions))
	mux.HandleFunc("POST /sign-in/step-up", s.own(false, s.stepUp))
	mux.HandleFunc("POST /sign-in/step-up/passkey", s.own(false, s.beginStepUp))
	mux.HandleFunc("GET /sign-in/factors", s.own(false, s.listFactors))
	mux.HandleFunc("POST /sign-in/password", s.own(false, s.changePassword)) // the old one is asked for
	mux.HandleFunc("POST /sign-in/totp", s.own(true, s.enrolTOTP))
	mux.HandleFunc("POST /sign-in/totp/confirm", s.own(true, s.confirmTOTP))
	mux.HandleFunc("POST /sign-in/totp/remove", s.own(true, s.removeTOTP))
	mux.HandleFunc("POST /sign-in/passkeys", s.own(true, s.beginPasskey))
	mux.HandleFunc("POST /sign-in/passkeys/finish", s.own(true, s.finishPasskey))
	mux.HandleFunc("POST /sign-in/passkeys/remove", s.own(true, s.removePasskey))
	mux.HandleFunc("POST /sign-in/recovery-codes", s.own(true, s.drawRecoveryCodes))
}

// own lets only somebody who has signed in do something with their own account.
func (s *server) own(fresh bool, do func(http.ResponseWriter, *http.Request, visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, ok, err := s.visit(w, r)
		if err == nil && (!ok || v.Level == signin.ByKey) {
			err = signin.ErrSignedOut
		}
		if err == nil && fresh {
			var p signin.Policy
			if p, err = s.config.SignIn.Policy(r.Context()); err == nil && !v.Fresh(s.config.Now(), p) {
				err = signin.ErrStepUp
			}
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		do(w, r, v)
	}
}

func (s *server) showSession(w http.ResponseWriter, r *http.Request, v visit) {
	p, err := s.config.SignIn.Policy(r.Context())
	var means []string
	if err == nil {
		means, err = s.config.SignIn.StepUpMeans(r.Context(), v.Person)
	}
	s.answer(w, r, map[string]any{
		"id": v.ID, "person": v.Person, "on_behalf_of": v.Principal, "level": v.Level, "means": v.Means, "since": v.Since,
		"authenticated_at": v.AuthenticatedAt, "step_up_until": v.StepUpUntil, "approves": v.approves, "step_up_means": orNone(means),
		"idle_seconds": p.IdleMinutes * 60, "ends": v.Since.Add(time.Duration(p.AbsoluteMinutes) * time.Minute),
	}, err)
}

// sessionRow is one of a person's sessions, as they see it.
type sessionRow struct {
	ID      uuid.UUID    `json:"id"`
	This    bool         `json:"this"`
	Level   signin.Level `json:"level"`
	Means   []string     `json:"means"`
	Since   time.Time    `json:"since"`
	Used    time.Time    `json:"used"`
	Device  string       `json:"device"`
	Network string       `json:"network"`
}

func (s *server) listSessions(w http.ResponseWriter, r *http.Request, v visit) {
	all, err := s.config.SignIn.Sessions.Of(r.Context(), v.Person)
	rows := []sessionRow{}
	for _, one := range all {
		rows = append(rows, sessionRow{one.ID, one.ID == v.ID, one.Level, one.Means, one.Since, one.Used, one.Device, one.Network})
	}
	s.answer(w, r, map[string]any{"sessions": rows}, err)
}

func (s *server) endSession(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct{ ID uuid.UUID }
	if !s.read(w, r, &typed) {
		return
	}
	ended, err := s.config.SignIn.Sessions.End(r.Context(), v.Person, typed.ID)
	s.answer(w, r, map[string]any{"ended": ended}, err)
}

func (s *server) endSessions(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if !s.read(w, r, &nothing) {
		return
	}
	err := s.config.SignIn.SignOutEverywhere(r.Context(), v.Person)
	if err == nil {
		s.cookies.clear(w)
	}
	s.answer(w, r, nil, err)
}

func (s *server) beginStepUp(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if !s.read(w, r, &nothing) {
		return
	}
	if site, ok := s.site(w, r); ok {
		c, err := s.config.SignIn.BeginStepUp(r.Context(), v.Person, site)
		s.answer(w, r, c, err)
	}
}

// stepUp takes {"password"}, {"code", "recovery"} or {"ceremony", "credential"}.
func (s *server) stepUp(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct {
		Password, Code, Ceremony string
		Recovery                 bool
		Credential               json.RawMessage
	}
	if !s.read(w, r, &typed) {
		return
	}
	proof := signin.Proof{Password: typed.Password, Code: typed.Code, Recovery: typed.Recovery, Ceremony: typed.Ceremony, Answer: typed.Credential}
	t, stepped, err := s.config.SignIn.StepUp(r.Context(), v.Session, v.token, proof, s.from(r))
	if err == nil {
		s.cookies.hand(w, t)
	}
	s.answer(w, r, map[string]any{"step_up_until": stepped.StepUpUntil, "approves": s.config.Now().Before(stepped.StepUpUntil)}, err)
}

func (s *server) listFactors(w http.ResponseWriter, r *http.Request, v visit) {
	f, err := s.config.SignIn.Factors(r.Context(), v.Person)
	s.answer(w, r, f, err)
}

func (s *server) changePassword(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct{ Old, New string }
	if s.read(w, r, &typed) {
		s.answer(w, r, nil, s.config.SignIn.ChangePassword(r.Context(), v.Session, typed.Old, typed.New, s.from(r)))
	}
}

func (s *server) enrolTOTP(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if s.read(w, r, &nothing) {
		e, err := s.config.SignIn.EnrolTOTP(r.Context(), v.Person)
		s.answer(w, r, e, err)
	}
}

func (s *server) confirmTOTP(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct{ Ceremony, Code string }
	if s.read(w, r, &typed) {
		codes, err := s.config.SignIn.ConfirmTOTP(r.Context(), v.Person, typed.Ceremony, typed.Code)
		s.answer(w, r, map[string]any{"recovery_codes": orNone(codes)}, err)
	}
}

func (s *server) removeTOTP(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if s.read(w, r, &nothing) {
		s.answer(w, r, nil, s.config.SignIn.RemoveTOTP(r.Context(), v.Person, v.Person))
	}
}

func (s *server) beginPasskey(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if !s.read(w, r, &nothing) {
		return
	}
	if site, ok := s.site(w, r); ok {
		c, err := s.config.SignIn.BeginPasskey(r.Context(), v.Person, site)
		s.answer(w, r, c, err)
	}
}

func (s *server) finishPasskey(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct {
		Ceremony, Label string
		Credential      json.RawMessage
	}
	if s.read(w, r, &typed) {
		codes, err := s.config.SignIn.FinishPasskey(r.Context(), v.Person, typed.Ceremony, typed.Label, typed.Credential)
		s.answer(w, r, map[string]any{"recovery_codes": orNone(codes)}, err)
	}
}

func (s *server) removePasskey(w http.ResponseWriter, r *http.Request, v visit) {
	var typed struct{ ID string }
	if s.read(w, r, &typed) {
		s.answer(w, r, nil, s.config.SignIn.RemovePasskey(r.Context(), v.Person, v.Person, typed.ID))
	}
}

func (s *server) drawRecoveryCodes(w http.ResponseWriter, r *http.Request, v visit) {
	var nothing struct{}
	if s.read(w, r, &nothing) {
		codes, err := s.config.SignIn.RecoveryCodes(r.Context(), v.Person)
		s.answer(w, r, map[string]any{"recovery_codes": orNone(codes)}, err)
	}
}

// orNone is a list that is never null.
func orNone(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}
