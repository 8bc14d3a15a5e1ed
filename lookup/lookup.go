// Package lookup asks the systems of a company for facts: the shop for customers and orders, the
// couriers for parcels. One file is one kind of system; Chain asks them in the right order. Only
// who and which order is asked about ever leaves, never what a customer wrote.
package lookup

import (
	"net/http"

	"tandem"
)

// Kind describes a system that can be asked, as data.
type Kind struct {
	Name   string
	Title  Words
	Fields []Field
	Open   func(settings, secrets map[string]string, web *http.Client) (tandem.Lookup, error)
}

// Words is a text in the languages of the desk.
type Words struct {
	PL string `json:"pl"`
	EN string `json:"en"`
}

// Field is one line of the form with which a system is connected.
type Field struct {
	Name     string `json:"name"`
	Label    Words  `json:"label"`
	Help     Words  `json:"help"`
	Secret   bool   `json:"secret"`
	Required bool   `json:"required"`
}
