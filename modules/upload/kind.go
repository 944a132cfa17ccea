package upload

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// sniffed is how much of a file's beginning tells what it is.
const sniffed = 4096

// Types that content shows. Office files are zip archives that say themselves what they are.
const (
	Text  = "text/plain"
	PDF   = "application/pdf"
	Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	Word  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	Zip   = "application/zip"
)

// TypeOf finds a file's type from its beginning. What is no known type is application/octet-stream.
func TypeOf(head []byte) string {
	head = head[:min(len(head), sniffed)]
	if len(head) == 0 {
		return Text
	}
	found, _, err := mime.ParseMediaType(http.DetectContentType(head))
	switch {
	case err != nil:
		return "application/octet-stream"
	case found == Zip && bytes.Contains(head, []byte("xl/")):
		return Excel
	case found == Zip && bytes.Contains(head, []byte("word/")):
		return Word
	case found == Zip && bytes.Contains(head, []byte("[Content_Types].xml")):
		return Zip
	case found == Text && looksLikeMarkup(head):
		return "text/html"
	}
	return found
}

// looksLikeMarkup catches active content that does not begin as the standard's sniffing expects.
func looksLikeMarkup(head []byte) bool {
	if !utf8.Valid(head) && len(head) == sniffed {
		head = bytes.ToValidUTF8(head, nil)
	}
	lower := bytes.ToLower(head)
	for _, sign := range []string{"<script", "<html", "<svg", "<iframe", "<!doctype html", "<?php"} {
		if bytes.Contains(lower, []byte(sign)) {
			return true
		}
	}
	return false
}

// same are the names that senders give to a type.
func same(declared, found string) bool {
	kind, _, err := mime.ParseMediaType(declared)
	if err != nil || kind == "" || kind == "application/octet-stream" { // the sender does not know
		return true
	}
	also := map[string][]string{
		Text:  {"text/csv", "application/csv", "text/tab-separated-values", "application/vnd.ms-excel", "application/json", "text/xml", "application/xml"},
		Excel: {"application/vnd.ms-excel", Zip},
		Word:  {Zip},
		Zip:   {"application/x-zip-compressed"},
	}
	return kind == found || slices.Contains(also[found], kind)
}

// checkType refuses a file whose content is not what its purpose takes, or not what its sender said.
func checkType(p Purpose, declared, found string) error {
	if !slices.Contains(p.Types, found) {
		return kernel.Problem{
			Code: "upload.type", Path: "type",
			Message: kernel.Text{
				Ar: "محتوى الملف من نوع " + found + "، ولا يُقبل هنا إلا: " + strings.Join(p.Types, "، ") + ".",
				En: "The file's content is " + found + "; only these are taken here: " + strings.Join(p.Types, ", ") + ".",
			},
			Details: map[string]string{"found": found},
		}
	}
	if !same(declared, found) {
		return kernel.Problem{
			Code: "upload.type_differs", Path: "type",
			Message: kernel.Text{
				Ar: "محتوى الملف من نوع " + found + " وقد أُرسل على أنه غير ذلك.",
				En: "The file's content is " + found + ", which is not what it was sent as.",
			},
			Details: map[string]string{"found": found},
		}
	}
	return nil
}
