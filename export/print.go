package export

import (
	"bytes"
	"context"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"image/png"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"diwan/modules/kernel"
)

//go:embed templates/*.html fonts/*.woff2
var paper embed.FS

// Printer makes PDF with an installed Chromium, which runs without network and without scripts.
type Printer struct {
	program string
	pages   *template.Template
}

// FindChromium finds the browser that prints: the one named, or an installed one; empty when there is
// none.
func FindChromium(named string) string {
	if named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// NewPrinter prints with a program that FindChromium found; without one, printing is refused with a
// sentence and everything else works.
func NewPrinter(program string) (*Printer, error) {
	pages, err := template.New("").Funcs(template.FuncMap{"font": font}).ParseFS(paper, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the templates of print: %w", err)
	}
	return &Printer{program, pages}, nil
}

// font is a bundled font as the page carries it.
func font(name string) (template.URL, error) {
	data, err := paper.ReadFile("fonts/" + name + "-normal.woff2")
	return template.URL("data:font/woff2;base64," + base64.StdEncoding.EncodeToString(data)), err //nolint:gosec // our own file
}

// Foot is what stands at the foot of every page.
type Foot struct {
	Language, Printed, Code string
}

var errNoChromium = kernel.Problem{Code: "export.no_chromium", Path: "format", Message: kernel.Text{
	Ar: "لا يوجد Chromium على هذا الخادم، والطباعة تحتاجه (apt-get install chromium). Excel وCSV متاحان.",
	En: "This server has no Chromium, which printing needs (apt-get install chromium). Excel and CSV work.",
}}

// printsWithin bounds one print.
const printsWithin = 2 * time.Minute

// print makes a PDF of a template: A4, heads that repeat, page x of y at the foot.
func (p *Printer) print(ctx context.Context, to io.Writer, name string, data any, foot Foot) error {
	if p == nil || p.program == "" {
		return errNoChromium
	}
	dir, err := os.MkdirTemp("", "diwan-print-")
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "page.html")
	var body, below bytes.Buffer
	if err := errors.Join(p.pages.ExecuteTemplate(&body, name, data), p.pages.ExecuteTemplate(&below, "foot.html", footData{foot, code(foot.Code)})); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.WriteFile(path, body.Bytes(), 0o600); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(p.program), chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("disable-dev-shm-usage", true))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // the browser's own sandbox does not run as root
	}
	ctx, end := context.WithTimeout(ctx, printsWithin)
	defer end()
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, leave := chromedp.NewContext(ctx)
	defer leave()
	yes := true
	err = chromedp.Do(ctx, chromedp.Navigate((&url.URL{Scheme: "file", Path: path}).String()))
	var pdf []byte
	if err == nil {
		pdf, err = chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
			made, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{
				PreferCSSPageSize: &yes, PrintBackground: &yes, DisplayHeaderFooter: &yes,
				HeaderTemplate: "<span></span>", FooterTemplate: below.String(),
			})
			return made.Data, err
		})
	}
	if err != nil {
		return fmt.Errorf("print with %s: %w", p.program, err)
	}
	_, err = to.Write(pdf)
	return err
}

type footData struct {
	Foot
	QR template.URL
}

// code is a QR code as a picture; empty when the text is too long for one.
func code(text string) template.URL {
	if text == "" {
		return ""
	}
	made, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return ""
	}
	var picture bytes.Buffer
	scaled, err := barcode.Scale(made, 160, 160)
	if err != nil || png.Encode(&picture, scaled) != nil {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(picture.Bytes())) //nolint:gosec // our own picture
}
