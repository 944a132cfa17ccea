package seal

import (
	"net/http"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// Publish serves the newest signed checkpoint of a lane, with its cosignatures, to everybody: roots
// only. The lane is main unless ?lane= names another.
func Publish(book Book) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		lane := eventstore.Main
		if name := r.URL.Query().Get("lane"); name != "" {
			var err error
			if lane, err = checkpoint.LaneByName(name); err != nil {
				http.Error(rw, err.Error(), http.StatusNotFound)
				return
			}
		}
		newest, ok, err := book.Newest(r.Context(), lane, false)
		if err != nil {
			http.Error(rw, "the checkpoint cannot be read now", http.StatusServiceUnavailable)
			return
		}
		if !ok {
			http.Error(rw, "nothing has been sealed in this lane yet", http.StatusNotFound)
			return
		}
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Header().Set("Cache-Control", "no-store")
		rw.Write(newest.Whole())
	})
}
