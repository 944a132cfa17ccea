package main

import (
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"diwan/eventstore/seal/witness"
	"diwan/modules/kernel"
)

// settings is the whole configuration, read from the environment. docs/operators/settings.md
// explains each name; nothing else configures a node.
type settings struct {
	home         string // keys, files, the private database
	databaseURL  string // empty = the private cluster under home
	ownerURL     string // for migrate and restore; empty = databaseURL
	projectorURL string // for the read tables; empty = databaseURL
	directURL    string // the role that serves, past a pooler; empty = databaseURL
	connections  int32  // of the application role, beside the writer's own
	listen       string // address of the HTTP server
	secure       bool   // people reach it over https
	freeText     bool   // browsers may send documents of their own and look at the schema
	origins      []string
	url          string         // the address people type
	proxies      []netip.Prefix // our own, in front of this node
	issuers      string         // file of services that vouch for people
	natsURL      string         // integration events go there when it is set
	logName      string         // of this installation, in its checkpoints
	witnesses    []*witness.Remote
	files        fileStore
}

func readSettings(env func(string) string) (settings, error) {
	s := settings{
		home:         env("DIWAN_HOME"),
		databaseURL:  env("DIWAN_DATABASE_URL"),
		ownerURL:     env("DIWAN_OWNER_URL"),
		projectorURL: env("DIWAN_PROJECTOR_URL"),
		directURL:    env("DIWAN_DIRECT_URL"),
		connections:  8,
		listen:       env("DIWAN_LISTEN"),
		origins:      strings.Fields(env("DIWAN_ORIGINS")),
		url:          strings.TrimRight(env("DIWAN_URL"), "/"),
		issuers:      env("DIWAN_ISSUERS"),
		natsURL:      env("DIWAN_NATS_URL"),
		logName:      env("DIWAN_LOG_NAME"),
	}
	if s.listen == "" {
		s.listen = "127.0.0.1:8080"
	}
	if s.logName == "" {
		s.logName = "diwan"
	}
	if s.home == "" {
		s.home = defaultHome(os.Getuid(), env("HOME"))
	}
	home, err := filepath.Abs(s.home)
	if err != nil {
		return settings{}, badSetting("DIWAN_HOME", s.home, "a folder")
	}
	s.home = home
	if v := env("DIWAN_CONNECTIONS"); v != "" {
		n, err := strconv.ParseInt(v, 10, 32)
		if err != nil || n < 2 || n > 1000 {
			return settings{}, badSetting("DIWAN_CONNECTIONS", v, "a number from 2 to 1000")
		}
		s.connections = int32(n)
	}
	switch v := env("DIWAN_HTTPS"); v {
	case "", "no":
	case "yes":
		s.secure = true
	default:
		return settings{}, badSetting("DIWAN_HTTPS", v, "yes or no")
	}
	switch v := env("DIWAN_FREE_TEXT"); v {
	case "":
		s.freeText = !s.secure
	case "yes", "no":
		s.freeText = v == "yes"
	default:
		return settings{}, badSetting("DIWAN_FREE_TEXT", v, "yes or no")
	}
	if u, err := url.Parse(s.url); err != nil || s.url != "" && (u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "") {
		return settings{}, badSetting("DIWAN_URL", s.url, "an address such as https://diwan.example.jo")
	}
	for _, one := range strings.Fields(env("DIWAN_PROXIES")) {
		p, err := netip.ParsePrefix(one)
		if at, atErr := netip.ParseAddr(one); err != nil && atErr == nil {
			p, err = at.Prefix(at.BitLen())
		}
		if err != nil {
			return settings{}, badSetting("DIWAN_PROXIES", one, "addresses or networks such as 10.0.0.0/8, separated by spaces")
		}
		s.proxies = append(s.proxies, p)
	}
	for name, url := range map[string]string{"DIWAN_DATABASE_URL": s.databaseURL, "DIWAN_OWNER_URL": s.ownerURL, "DIWAN_PROJECTOR_URL": s.projectorURL, "DIWAN_DIRECT_URL": s.directURL} {
		if url != "" && !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
			return settings{}, badSetting(name, "what it holds", "an address that begins with postgres://")
		}
	}
	if s.databaseURL == "" && (s.ownerURL != "" || s.projectorURL != "" || s.directURL != "") {
		return settings{}, badSetting("DIWAN_DATABASE_URL", "nothing", "the database's address, because DIWAN_OWNER_URL, DIWAN_PROJECTOR_URL or DIWAN_DIRECT_URL is set")
	}
	if s.files, err = s.readFileStore(env); err != nil {
		return settings{}, err
	}
	s.witnesses, err = readWitnesses(env("DIWAN_WITNESSES"))
	return s, err
}

// defaultHome is where a person's Diwan lives when nothing is said.
func defaultHome(uid int, userHome string) string {
	if uid == 0 || userHome == "" {
		return "/var/lib/diwan"
	}
	return filepath.Join(userHome, ".local", "share", "diwan")
}

func badSetting(name, value, want string) error {
	return &failure{status: exitUsage, code: "diwan.setting", say: kernel.Text{
		Ar: "الإعداد " + name + " غير صحيح: " + value + ".",
		En: "The setting " + name + " is " + value + ", but must be " + want + ".",
	}}
}

// Folders and files under home.
func (s settings) keysDir() string { return filepath.Join(s.home, "keys") }

// masterKey wraps the keys of persons.
func (s settings) masterKey() string { return filepath.Join(s.keysDir(), "master.key") }

// backupNote says when the last backup was made from here.
func (s settings) backupNote() string { return filepath.Join(s.home, "backed-up") }

func (s settings) demoMark() string { return filepath.Join(s.home, "demo") }

// demo tells whether this home's database holds the demo.
func (s settings) demo() bool {
	_, err := os.Stat(s.demoMark())
	return err == nil
}
