// Package help serves Diwan's help: pages in Arabic and English, search in them, and the hints of
// fields with the article of the law where there is one.
//
// Three things to know. Pages are Markdown beside this file, the same names in both languages, and are
// rendered once at start. A page is named after the office it is for. Hints are data that forms read;
// an article that has not been checked against the law is marked so.
package help

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"diwan/modules/kernel"
)

//go:embed ar/*.md en/*.md hints.json page.html
var files embed.FS

// Languages in the order in which they are offered.
func languages() []string { return []string{"ar", "en"} }

// Page is one page of the help.
type Page struct {
	Name, Language, Title string
	Body                  template.HTML
	words                 string // of its text, normalised for search
	text                  string
}

// Hint is what a form says beside a field.
type Hint struct {
	Key       string      `json:"key"`
	Text      kernel.Text `json:"text"`
	From      string      `json:"from"` // the day from which it holds
	Article   string      `json:"article,omitempty"`
	Law       kernel.Text `json:"law"`
	Confirmed bool        `json:"confirmed"` // the article was compared with the law's text
}

// Help is all of it.
type Help struct {
	pages map[string]map[string]*Page // by language and name
	hints []byte
	look  *template.Template
}

// Open reads and renders everything.
func Open() (*Help, error) {
	h := &Help{pages: map[string]map[string]*Page{}}
	var err error
	if h.look, err = template.ParseFS(files, "page.html"); err != nil {
		return nil, fmt.Errorf("read the help: %w", err)
	}
	if h.hints, err = files.ReadFile("hints.json"); err != nil {
		return nil, fmt.Errorf("read the help: %w", err)
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	for _, language := range languages() {
		h.pages[language] = map[string]*Page{}
		names, err := fs.Glob(files, language+"/*.md")
		if err != nil {
			return nil, fmt.Errorf("read the help: %w", err)
		}
		for _, name := range names {
			text, err := files.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("read the help: %w", err)
			}
			var body bytes.Buffer
			if err := markdown.Convert(text, &body); err != nil {
				return nil, fmt.Errorf("render %s: %w", name, err)
			}
			p := &Page{Name: strings.TrimSuffix(path.Base(name), ".md"), Language: language, text: plainText(string(text))}
			p.Title, _, _ = strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
			p.Body = template.HTML(strings.ReplaceAll(body.String(), `.md"`, `"`)) //nolint:gosec // our own pages; goldmark passes no raw HTML
			p.words = normal(p.text)
			h.pages[language][p.Name] = p
		}
	}
	return h, nil
}

// Hints are the hints of all fields.
func (h *Help) Hints() ([]Hint, error) {
	var all []Hint
	if err := json.Unmarshal(h.hints, &all); err != nil {
		return nil, fmt.Errorf("read the hints: %w", err)
	}
	return all, nil
}

// view is what page.html shows.
type view struct {
	Page  *Page
	Other string // the other language
	Query string
	Found []Found
	Asked bool
}

// ServeHTTP answers under /help/.
func (h *Help) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest := strings.Trim(strings.TrimPrefix(r.URL.Path, "/help"), "/")
	if rest == "hints.json" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(h.hints) // the reader has gone when this fails
		return
	}
	language, name, _ := strings.Cut(rest, "/")
	pages, known := h.pages[language]
	if !known {
		if rest != "" {
			http.NotFound(w, r)
			return
		}
		language = "ar"
		if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); strings.HasPrefix(strings.ToLower(first), "en") {
			language = "en"
		}
		http.Redirect(w, r, "/help/"+language+"/index", http.StatusFound)
		return
	}
	v := view{Other: map[string]string{"ar": "en", "en": "ar"}[language]}
	if name == "search" {
		v.Query, v.Asked = r.URL.Query().Get("q"), true
		v.Found = h.Search(language, v.Query)
		v.Page = &Page{Name: "index", Language: language, Title: map[string]string{"ar": "بحث في المساعدة", "en": "Search in the help"}[language]}
	} else if v.Page = pages[name]; v.Page == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_ = h.look.Execute(w, v) // the reader has gone when this fails
}
