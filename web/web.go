// Package web carries the staff app, the React application under this folder, inside the Go binary.
//
// `npm ci && npm run build` writes it to dist; without that step dist holds only a marker and the binary still
// builds: Files then says that the app is absent, so that the server answers with a sentence and not with a blank page.
package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built app, rooted where index.html lies, and whether it was built at all.
func Files() (app fs.FS, built bool) {
	app, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist, false
	}
	_, err = fs.Stat(app, "index.html")
	return app, err == nil
}

//go:embed src/generated/operations.json
var operations []byte

// Operations are the documents the app sends, as text. They are written when the types are generated, so the server
// knows them whether the app was built or not.
func Operations() ([]string, error) {
	var texts []string
	if err := json.Unmarshal(operations, &texts); err != nil {
		return nil, fmt.Errorf("read the app's operations: %w", err)
	}
	return texts, nil
}
