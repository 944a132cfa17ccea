package access

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"net/netip"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// longestService is how long a service's key is good for, in days.
const longestService = 365

// OpenService makes an account for a program: a key and no password, networks, a rate, an owner.
type OpenService struct {
	Command  uuid.UUID
	Person   string // the account's name, "service.payroll"
	Name     kernel.Text
	Owner    string
	Key      string // Ed25519 public key in base64
	Networks []string
	Rate     int
	Expires  string
}

// OpenService registers the account. What it may do is granted like anybody's, scope included.
func (m *Module) OpenService(ctx context.Context, by *Standing, in OpenService) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayOpenService, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	id, name, today := f.id("person", in.Person), f.name("name", in.Name), m.today()
	terms := ServiceOpened{Owner: in.Owner, Key: f.key(in.Key), Networks: f.networks(in.Networks), Rate: in.Rate, Expires: f.expiry(in.Expires, today)}
	if in.Rate < 1 || in.Rate > 60_000 {
		f.add("", refused("access.service_rate", "rate", "عدد الطلبات في الدقيقة من 1 إلى 60000.", "Requests a minute are 1 to 60,000."))
	}
	if in.Owner == id {
		f.add("", refused("access.service_owner", "owner", "يملك حساب النظام شخص.", "A person owns a service account."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{personStream(id), personStream(in.Owner)}
	return m.execute(ctx, by, in.Command, "OpenService", in, streams, func(d *eventstore.Decision) error {
		owner := eventstore.StateOf[person](d, 1)
		if !owner.worksOn(today) || owner.Service != nil {
			return unknownPerson("owner", in.Owner)
		}
		e, err := eventstore.StateOf[person](d, 0).register(id, name, kernel.Text{Ar: "حساب نظام", En: "Service account"}, today)
		if err != nil {
			return err
		}
		d.Record(0, e)
		d.Record(0, terms)
		return nil
	})
}

// ReplaceServiceKey gives a service another key for another time.
type ReplaceServiceKey struct {
	Command uuid.UUID
	Person  string
	Key     string
	Expires string
}

// ReplaceServiceKey replaces it; the old key is good for nothing at once.
func (m *Module) ReplaceServiceKey(ctx context.Context, by *Standing, in ReplaceServiceKey) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayOpenService, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	e := ServiceKeyReplaced{Key: f.key(in.Key), Expires: f.expiry(in.Expires, m.today())}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "ReplaceServiceKey", in, []eventstore.Stream{personStream(in.Person)}, func(d *eventstore.Decision) error {
		if eventstore.StateOf[person](d, 0).Service == nil {
			return unknownPerson("person", in.Person)
		}
		d.Record(0, e)
		return nil
	})
}

func (f *form) key(value string) string {
	if raw, err := base64.StdEncoding.DecodeString(value); err != nil || len(raw) != ed25519.PublicKeySize {
		f.add("", refused("access.service_key", "key", "المفتاح ليس مفتاح Ed25519 عاماً بترميز base64.", "The key is no Ed25519 public key in base64."))
	}
	return value
}

func (f *form) networks(values []string) []string {
	if len(values) == 0 {
		f.missing("networks", kernel.Text{Ar: "الشبكات", En: "Networks"})
	}
	for _, v := range values {
		if _, err := netip.ParsePrefix(v); err != nil {
			f.add("", refused("access.service_network", "networks", "«%s» ليست شبكة مثل 10.4.0.0/16.", "%q is no network like 10.4.0.0/16.", v))
		}
	}
	return values
}

func (f *form) expiry(value string, today kernel.Date) kernel.Date {
	day := f.day("expires", value, kernel.Date{})
	if day.IsZero() || day.Before(today) || day.After(today.AddDays(longestService)) {
		f.add("", refused("access.service_expiry", "expires", "ينتهي حساب النظام خلال سنة (حتى %s).", "A service account ends within a year (by %s).", today.AddDays(longestService)))
	}
	return day
}

// ServiceTerms are what a service signs in with and how often it may ask; false for people.
func (b *Book) ServiceTerms(id string) (ServiceOpened, bool) {
	p, known := b.person(id)
	if !known || p.Service == nil {
		return ServiceOpened{}, false
	}
	return *p.Service, true
}
