// Package trial is a small API with everything a list can hold: the tests of list plans ask it both
// ways, and break its rows and resolvers on purpose.
package trial

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"diwan/modules/kernel"
)

// Currency is an enum.
type Currency string

// The currencies.
const (
	JOD Currency = "jod"
	USD Currency = "usd"
)

// Money is a nested object one of whose fields appends itself.
type Money struct {
	Minor    int64
	Currency Currency
}

// Amount is the amount as text.
func (m Money) Amount() string { return string(m.AppendAmount(nil)) }

// AppendAmount appends it.
func (m Money) AppendAmount(b []byte) []byte {
	return kernel.Money{Amount: m.Minor, Currency: "JOD"}.AppendDecimal(b)
}

// Account is a row.
type Account struct {
	ID, Code, Name string
	Level          int
	Currency       Currency
	Active         bool
	Note           *string
	Opened, Born   kernel.Date
	Balance        Money
	Limit          *Money
	Tags           []string
	Notes          []*string
	Grid           [][]int
	Parent         *Account
	Secret         *string
	Sealed         string
	Odd            *string
	Strict         *Money // null where the schema allows none, when a test says so
	Breaks         bool   // Fragile panics
}

// Fragile is a method that may panic.
func (a *Account) Fragile() *string {
	if a.Breaks {
		panic("a method of row " + a.ID + " breaks")
	}
	return &a.Code
}

// Children are made anew at each call.
func (a *Account) Children() []Account {
	if a.Parent == nil {
		return nil
	}
	return []Account{*a.Parent, *a.Parent}
}

// Connection types of the rows.
type (
	AccountConnection = kernel.Connection[Account]
	AccountEdge       = kernel.Edge[Account]
)

// Person is what batch fields find.
type Person struct {
	ID, Name string
	Unit     *Unit
}

// Unit stands below a person and has a batch field itself.
type Unit struct {
	Name    string
	Members []Person
}

// Data is what the resolvers answer from.
type Data struct {
	Accounts []Account
	People   []*Person

	Owners, Keepers error // what their resolvers fail with; "panic" panics
	Calls           atomic.Int64
	Class           int // of the user
}

// NewData makes rows, with something special in every few of them.
func NewData(rows int) *Data {
	d := &Data{Class: 3}
	for i := range rows {
		d.Accounts = append(d.Accounts, account(i))
	}
	for i := range rows {
		if i%3 == 2 {
			d.Accounts[i].Parent = &d.Accounts[i-1]
		}
		unit := &Unit{Name: "وحدة " + strconv.Itoa(i), Members: []Person{{ID: "m" + strconv.Itoa(i), Name: "عضو"}}}
		d.People = append(d.People, &Person{ID: "p" + strconv.Itoa(i), Name: "موظف \u200f" + strconv.Itoa(i), Unit: unit})
	}
	return d
}

func account(i int) Account {
	n := strconv.Itoa(i)
	a := Account{
		ID: n, Code: "2211-" + n, Name: "بند " + n + " \"<&>\\ \t\r\n\x01 \u2028 😀", Level: i - 3, Currency: JOD, Active: i%2 == 0,
		Born: kernel.DateOf(time.Date(2026, 1, 1+i%28, 0, 0, 0, 0, time.UTC)), Balance: Money{Minor: int64(i)*1001 - 70, Currency: USD},
		Tags: []string{"a", n}, Grid: [][]int{{1, i}, {}, nil}, Sealed: "s" + n, Strict: &Money{Minor: 1, Currency: JOD},
	}
	if i%2 == 1 {
		a.Note, a.Secret, a.Limit, a.Opened, a.Tags = &a.Code, &a.Name, &Money{Minor: 5, Currency: JOD}, a.Born, nil
		a.Notes = []*string{&a.Code, nil}
	}
	return a
}

func (d *Data) person(i int) *Person {
	if i%4 == 3 || len(d.People) == 0 {
		return nil
	}
	return d.People[i%len(d.People)]
}

func (d *Data) fails(err error) error {
	d.Calls.Add(1)
	if err != nil && err.Error() == "panic" {
		panic(fmt.Sprintf("call %d breaks", d.Calls.Load()))
	}
	return err
}
