package graph

import (
	"context"
	"net/http"
	"net/url"

	"diwan/modules/access"
	"diwan/modules/kernel"
)

// connect opens a WebSocket for subscriptions. Only pages of this server and of the origins that
// were named may: a browser sends its cookies along whoever's page it is.
func (s *server) connect(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "" {
		w.Header().Set("Allow", http.MethodPost)
		s.refuse(w, r, http.StatusMethodNotAllowed, "method", kernel.Text{
			Ar: "يُسأل هنا بطريقة POST.", En: "Questions are sent here by POST.",
		})
		return
	}
	v, _, err := s.visit(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx := context.WithValue(r.Context(), languageKey{}, preferred(r.Header.Get("Accept-Language")))
	if r.Header.Get("Authorization") == "" {
		ctx = fromBrowser(ctx)
	}
	var hosts []string
	for _, origin := range s.config.Origins {
		if u, err := url.Parse(origin); err == nil {
			hosts = append(hosts, u.Host)
		}
	}
	s.watch(w, r.WithContext(ctx), v, func(w http.ResponseWriter, r *http.Request) { serveSocket(w, r, s.api, hosts) })
}

// watch lets a connection in that stays open, with the standing of whoever opened it.
func (s *server) watch(w http.ResponseWriter, r *http.Request, v visit, serve http.HandlerFunc) {
	leave, ok := s.doors.enter(v.Person)
	if !ok {
		s.refuse(w, r, http.StatusTooManyRequests, "too_many_connections", kernel.Text{
			Ar: "الاتصالات المفتوحة كثيرة. أغلق نوافذ أخرى.", En: "Too many connections are open. Close other windows.",
		})
		return
	}
	defer leave()
	serve(w, r.WithContext(context.WithValue(r.Context(), nowKey{}, s.standing(v, r.Header.Get(behalfHeader)))))
}

// standing looks at the session and at what its person may do anew each time.
func (s *server) standing(v visit, principal string) standingNow {
	return func(ctx context.Context) *access.Standing {
		session, ok, err := s.config.SignIn.Sessions.Stands(ctx, v.token)
		if err != nil || !ok {
			return nil
		}
		standing, holds := s.config.Access.Standing(session.Person, access.Acting{OnBehalfOf: principal})
		if !holds {
			return nil
		}
		return &standing
	}
}
