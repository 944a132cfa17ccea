package bankfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"diwan/modules/kernel"
)

const camtSpace = "urn:iso:std:iso:20022:tech:xsd:camt."

// deepest is how far elements may lie inside one another; the schemas need about twenty.
const deepest = 64

// readCAMT reads camt.053 and camt.054 in every version from 02 to 08 and what is written like them.
// Elements the account's book has no use for are passed over; a document type, and with it every
// entity of the file's own, is refused before anything is expanded.
func readCAMT(r io.Reader) ([]Statement, error) {
	d := xml.NewTokenDecoder(&guarded{d: xml.NewDecoder(r)})
	var all []Statement
	var format Format
	row := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "Document":
			if format, err = camtFormat(start.Name.Space); err != nil {
				return nil, err
			}
		case "Stmt", "Ntfctn":
			if format == "" {
				return nil, unknownMessage("")
			}
			var written camtStatement
			if err := d.DecodeElement(&written, &start); err != nil {
				return nil, err
			}
			s, err := written.statement(format, &row)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
}

func camtFormat(space string) (Format, error) {
	message, ok := strings.CutPrefix(space, camtSpace)
	if !ok || !strings.HasPrefix(message, "053.") && !strings.HasPrefix(message, "054.") {
		return "", unknownMessage(space)
	}
	return Format("camt." + message), nil
}

func unknownMessage(space string) kernel.Problem {
	return problem("bankfile.unknown_message", "",
		"الرسالة «%[1]s» ليست كشف حساب (camt.053) ولا إشعاراً (camt.054).",
		"The message “%[1]s” is neither an account statement (camt.053) nor a notification (camt.054).", excerpt(space))
}

// guarded passes an XML document's tokens on and refuses what only attacks need.
type guarded struct {
	d     *xml.Decoder
	depth int
}

func (g *guarded) Token() (xml.Token, error) {
	token, err := g.d.Token()
	if err != nil {
		return token, broken(g.d, err)
	}
	switch token.(type) {
	case xml.Directive:
		return nil, problem("bankfile.document_type", "",
			"في الملف تعريف نوع وثيقة (DOCTYPE)، ولا يُقبل في ملف بنكي.",
			"The file declares a document type (DOCTYPE), which no bank file needs; it is not accepted.")
	case xml.StartElement:
		if g.depth++; g.depth > deepest {
			return nil, problem("bankfile.too_deep", "", "عناصر الملف متداخلة أكثر من %[1]d طبقة.", "The file's elements lie more than %[1]d deep.", deepest)
		}
	case xml.EndElement:
		g.depth--
	}
	return token, nil
}

func broken(d *xml.Decoder, err error) error {
	if errors.Is(err, io.EOF) && d.InputOffset() > 0 {
		return err
	}
	line, _ := d.InputPos()
	return problem("bankfile.broken_xml", at(line, "xml"),
		"الملف مقطوع أو معطوب عند السطر %[1]d: %[2]s", "The file is cut or broken at line %[1]d: %[2]s", line, err.Error())
}
