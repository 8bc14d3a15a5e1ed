// Package lookup asks the systems of a company for facts: the shop for customers and orders, the
// couriers for parcels. One file is one kind of system and registers itself as data; a Chain asks
// the opened ones in the right order. Only who is asking and which order or parcel is meant ever
// leaves, never what a customer wrote. The package stores nothing beyond a short cache in memory
// and decides nothing.
//
// # The facts
//
// Key says what a fact is about; Value is for machines, Text for people.
//
//	order          the number
//	status         new paid packed sent delivered cancelled returned
//	carrier        the courier's kind
//	tracking       the parcel's number
//	parcel         created handed_over in_transit delayed out_for_delivery ready_for_pickup
//	               pickup_expiring failed_attempt delivered returning returned cancelled unknown
//	               exception_lost exception_damaged exception_address exception_refused exception_oversize
//	parcel_note    temporary_place, redirected
//	scan           moment of the courier's last word, RFC 3339; so are promised, ordered, refund_due
//	promised       what the customer was told
//	place          the pick-up point
//	items, total   what was bought; total, delivery and refund_amount are "24998 PLN" in minor units
//	delivery       what the customer paid for it, in total already; none where it was free
//	refund         pending paid refused refund_overdue
//	refund_amount, refund_due, ordered, invoice, address, open_orders
package lookup

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"tandem"
)

// Role says what a system knows, and so when it is asked.
type Role string

// The roles.
const (
	Shop    Role = "shop"    // customers and orders: asked first
	Courier Role = "courier" // parcels: asked for those that a shop or the customer named
)

// Kind describes a system that can be asked completely, so that the settings form needs no code of
// its own for it.
type Kind struct {
	Name   string  `json:"name"`
	Role   Role    `json:"role"`
	Title  Words   `json:"title"`
	Fields []Field `json:"fields"`

	// Typed tells whether a parcel number that a customer typed looks like one of this courier's.
	// Nil for shops.
	Typed func(number string) bool `json:"-"`

	// Open makes the adapter. It does no I/O; Invalid with the code setting_missing or setting_wrong
	// names the field, never its value.
	Open func(settings, secrets map[string]string, web *http.Client) (tandem.Lookup, error) `json:"-"`
}

// Words is a text of the settings page in the languages of the desk.
type Words struct {
	PL string `json:"pl"`
	EN string `json:"en"`
}

// Field is one line of the form with which a system is connected; Name is the key in the settings
// or, where Secret is set, in the secrets.
type Field struct {
	Name     string `json:"name"`
	Label    Words  `json:"label"`
	Help     Words  `json:"help"`
	Secret   bool   `json:"secret"`
	Required bool   `json:"required"`
}

var kinds = map[string]Kind{}

// Register adds a kind. An adapter calls it in init; a second one of the same name panics.
func Register(k Kind) {
	if _, ok := kinds[k.Name]; ok {
		panic("lookup: two kinds are called " + k.Name)
	}
	kinds[k.Name] = k
}

// Kinds returns all kinds, by name.
func Kinds() []Kind {
	return slices.SortedFunc(maps.Values(kinds), func(a, b Kind) int { return cmp.Compare(a.Name, b.Name) })
}

// Source is an opened system.
type Source struct {
	Kind   Kind
	Name   string // for people, where a source did not answer
	Lookup tandem.Lookup
}

// Open makes a source of a kind. NotFound with the code lookup_unknown: there is no such kind.
// The setting "name" is what people call it.
func Open(kind string, settings, secrets map[string]string, web *http.Client) (Source, error) {
	k, ok := kinds[kind]
	if !ok {
		return Source{}, tandem.Coded(tandem.NotFound, "lookup_unknown", "no lookup of this kind")
	}
	for _, f := range k.Fields {
		given := settings[f.Name]
		if f.Secret {
			given = secrets[f.Name]
		}
		if f.Required && given == "" {
			return Source{}, tandem.Coded(tandem.Invalid, "setting_missing", "%s needs the setting %s", k.Name, f.Name)
		}
	}
	l, err := k.Open(settings, secrets, web)
	if err != nil {
		return Source{}, err
	}
	return Source{Kind: k, Name: cmp.Or(settings["name"], k.Name), Lookup: l}, nil
}
