package trial

import (
	"context"
	"strconv"
	"strings"

	"diwan/modules/kernel"
)

// Query answers the roots.
type Query struct{ *Data }

// Accounts is a page.
func (q Query) Accounts(_ context.Context, first int) (*AccountConnection, error) {
	return kernel.NewKeyedConnection(kernel.Page{First: first}, q.Data.Accounts, func(a *Account, k kernel.Key) kernel.Key { return k.Text(a.ID) }), nil
}

// Flat is a list.
func (q Query) Flat(_ context.Context, first int) ([]Account, error) {
	return q.Data.Accounts[:min(first, len(q.Data.Accounts))], nil
}

// Staff is a list that may be null itself.
func (q Query) Staff(context.Context) ([]Person, error) {
	var all []Person
	for _, p := range q.People {
		all = append(all, *p)
	}
	return all, nil
}

// Maybe is null.
func (q Query) Maybe(context.Context) ([]Account, error) { return nil, nil }

// One is no list.
func (q Query) One(context.Context) (*Account, error) {
	if len(q.Data.Accounts) == 0 {
		return nil, nil
	}
	return &q.Data.Accounts[len(q.Data.Accounts)-1], nil
}

// AccountFields resolves what accounts do not hold.
type AccountFields struct{ *Data }

// Owner is a batch field that may be null.
func (f AccountFields) Owner(_ context.Context, all []*Account) ([]*Person, error) {
	return f.people(all, f.Owners, false)
}

// Keeper is a batch field that may not.
func (f AccountFields) Keeper(_ context.Context, all []*Account) ([]*Person, error) {
	return f.people(all, f.Keepers, true)
}

func (f AccountFields) people(all []*Account, failure error, always bool) ([]*Person, error) {
	err := f.fails(failure)
	found := make([]*Person, len(all))
	for i, a := range all {
		if found[i] = f.person(number(a.ID)); found[i] == nil && always {
			found[i] = &Person{ID: "nobody", Name: "—"}
		}
	}
	return found, err
}

// Rank is a batch field with an argument.
func (f AccountFields) Rank(_ context.Context, all []*Account, plus int) ([]int, error) {
	ranks := make([]int, len(all))
	for i, a := range all {
		ranks[i] = number(a.ID) + plus
	}
	return ranks, f.fails(nil)
}

// Slow is an ordinary resolver with an argument.
func (AccountFields) Slow(_ context.Context, a *Account, times int) (string, error) {
	return strings.Repeat(a.Code, min(times, 3)), nil
}

// PersonFields resolves what people do not hold.
type PersonFields struct{ *Data }

// Boss is a batch field of people, who are found by batch fields.
func (f PersonFields) Boss(_ context.Context, all []*Person) ([]*Person, error) {
	found := make([]*Person, len(all))
	for i, p := range all {
		found[i] = f.person(number(p.ID) + 1)
	}
	return found, f.fails(nil)
}

// UnitFields resolves what units do not hold.
type UnitFields struct{ *Data }

// Head is a batch field two objects down.
func (f UnitFields) Head(_ context.Context, all []*Unit) ([]*Person, error) {
	found := make([]*Person, len(all))
	for i, u := range all {
		found[i] = f.person(len(u.Name))
	}
	return found, f.fails(nil)
}

// number is the number in an id, and 0 when it has none.
func number(id string) int {
	n, err := strconv.Atoi(strings.TrimLeft(id, "pm"))
	if err != nil {
		return 0
	}
	return n
}
