package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer answers GraphQL over POST with a JSON body and nothing else: no GET, so that a link cannot
// ask; no form and no multipart, so that another site's form cannot.
func answer(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := graphql.StartOperationTrace(r.Context())
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		write(w, http.StatusUnsupportedMediaType, exec.DispatchError(ctx, gqlerror.List{refuse("content_type", "a request is application/json")}))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBytes))
	if err != nil {
		status, why := http.StatusBadRequest, "the request broke off"
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			status, why = http.StatusRequestEntityTooLarge, "a request has at most "+strconv.Itoa(mostBytes)+" bytes"
		}
		write(w, status, exec.DispatchError(ctx, gqlerror.List{refuse("body", "%s", why)}))
		return
	}
	var params graphql.RawParams
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&params); err != nil {
		write(w, http.StatusBadRequest, exec.DispatchError(ctx, gqlerror.List{refuse("body", "the request is no JSON object with query and variables")}))
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()}

	operation, problems := exec.CreateOperationContext(ctx, &params)
	if problems != nil {
		write(w, http.StatusUnprocessableEntity, exec.DispatchError(graphql.WithOperationContext(ctx, operation), problems))
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	write(w, http.StatusOK, responses(ctx))
}

// write puts the answer together without passing its data through the JSON encoder again.
func write(w http.ResponseWriter, status int, r *graphql.Response) {
	var b bytes.Buffer
	if r == nil {
		r = &graphql.Response{Errors: gqlerror.List{gqlerror.Errorf("the request was given up")}}
	}
	b.Grow(len(r.Data) + 64)
	b.WriteString(`{"data":`)
	if len(r.Data) == 0 {
		b.WriteString("null")
	} else {
		b.Write(r.Data)
	}
	for name, part := range map[string]any{"errors": r.Errors, "extensions": r.Extensions} {
		if name == "errors" && len(r.Errors) == 0 || name == "extensions" && len(r.Extensions) == 0 {
			continue
		}
		text, err := json.Marshal(part)
		if err != nil {
			text = []byte("null")
		}
		b.WriteString(`,"` + name + `":`)
		b.Write(text)
	}
	b.WriteByte('}')
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the caller has gone when this fails
}
