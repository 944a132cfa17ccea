package signin

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Origin is where an attempt comes from.
type Origin struct {
	Network string // see NetworkOf
	Agent   string // what the browser says it is, for the list of sessions
	device  device
}

// device is a browser that somebody has signed in with before.
type device struct {
	ID     string   `json:"id"`
	People []string `json:"people"` // who signed in with it, newest first
}

const (
	deviceLife     = 180 * 24 * time.Hour
	peopleOfDevice = 8 // a shared machine in a registry
)

// Known tells whether the person has signed in on this device before.
func (o Origin) Known(person string) bool {
	return o.device.ID != "" && slices.Contains(o.device.People, person)
}

// From describes an attempt: the address it comes from, the browser's words about itself, and the
// device cookie, which may be anything.
func (h *House) From(address, agent, deviceCookie string) Origin {
	o := Origin{Network: NetworkOf(address), Agent: agentOf(agent)}
	h.seals.open(deviceSeal, deviceCookie, h.clock(), &o.device)
	return o
}

// remember returns the device cookie after somebody has signed in.
func (h *House) remember(o Origin, person string) (string, error) {
	d := o.device
	if d.ID == "" {
		d.ID = uuid.NewString()
	}
	people := append([]string{person}, slices.DeleteFunc(slices.Clone(d.People), func(p string) bool { return p == person })...)
	d.People = people[:min(len(people), peopleOfDevice)]
	return h.seals.seal(deviceSeal, h.clock().Add(deviceLife), d)
}

// NetworkOf is what counts as one place: an IPv4 address, or the /64 that one IPv6 customer has.
func NetworkOf(address string) string {
	if at, err := netip.ParseAddrPort(address); err == nil {
		address = at.Addr().String()
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}

// agentOf keeps of a User-Agent what a person recognises a device by.
func agentOf(header string) string {
	browser, system := "", ""
	for _, b := range []struct{ sign, name string }{
		{"Edg/", "Edge"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
	} {
		if strings.Contains(header, b.sign) {
			browser = b.name
			break
		}
	}
	for _, s := range []struct{ sign, name string }{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(header, s.sign) {
			system = s.name
			break
		}
	}
	return strings.TrimSpace(browser + " " + system)
}
