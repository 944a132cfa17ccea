package graph

import (
	"context"
	"net/http"

	"diwan/modules/access"
	"diwan/modules/job"
	"diwan/modules/upload"
)

// sender gives uploads the facts about whoever asks.
func sender(ctx context.Context) upload.Person {
	by := standingOf(ctx)
	if by == nil {
		return upload.Person{May: func(string) bool { return false }}
	}
	return upload.Person{ID: by.Person, OnBehalfOf: by.OnBehalfOf, May: func(permission string) bool {
		return permission == signedIn || by.Holds(permission)
	}}
}

// worker gives jobs the facts about whoever asks.
func worker(ctx context.Context) job.Person {
	officer := officerOf(ctx)
	return job.Person{ID: officer.ID, OnBehalfOf: officer.OnBehalfOf, Language: languageOf(ctx)}
}

// signedInPerson is who has signed in on the browser that asks; empty when nobody has. When that
// cannot be found out, the request is answered here and ok is false.
func (s *server) signedInPerson(w http.ResponseWriter, r *http.Request) (person string, ok bool) {
	v, found, err := s.visit(w, r)
	if err != nil {
		s.fail(w, r, err)
		return "", false
	}
	if !found {
		return "", true
	}
	if _, works := s.config.Access.Standing(v.Person, access.Acting{}); !works {
		return "", true
	}
	return v.Person, true
}

// upload takes the bytes of files that were announced.
func (s *server) upload(w http.ResponseWriter, r *http.Request) {
	if person, ok := s.signedInPerson(w, r); ok && s.config.Uploads != nil {
		s.config.Uploads.ServeUpload(w, r, person, preferred(r.Header.Get("Accept-Language")))
	} else if ok {
		http.NotFound(w, r)
	}
}

// download sends files to the people they were made for.
func (s *server) download(w http.ResponseWriter, r *http.Request) {
	if person, ok := s.signedInPerson(w, r); ok && s.config.Download != nil {
		s.config.Download(w, r, person, preferred(r.Header.Get("Accept-Language")))
	} else if ok {
		http.NotFound(w, r)
	}
}
