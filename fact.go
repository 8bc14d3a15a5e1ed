package tandem

import (
	"context"
	"time"
)

// Fact is something a system outside told us, with where and when.
type Fact struct {
	Key     string    `json:"key"`   // order, status, parcel, promised, refund, customer ...
	Value   string    `json:"value"` // for machines: a normalised code, a number, a date
	Text    string    `json:"text"`  // for people, in the workspace's language
	Source  string    `json:"source"`
	At      time.Time `json:"at"`
	Class   Class     `json:"class"`
	Bad     bool      `json:"bad"`     // a verified bad fact: delay, loss, overdue refund, wrong charge (T16)
	Subject string    `json:"subject"` // what it is about: an order or parcel number
}

// Query is what a lookup is asked for.
type Query struct {
	Customer   Customer
	Touchpoint string
	Entities   []Entity
	Now        time.Time
	Zone       *time.Location
	Lang       string
}

// Findings are what lookups found.
type Findings struct {
	Facts    []Fact
	Customer *ShopCustomer // who it is, once that is known
	Verified Level         // what the given data proved; V0 where nothing
	Mismatch bool          // data were given and did not match: counts as an attempt, never told apart from "no such order"
	Failed   []string      // sources that did not answer
}

// ShopCustomer is a customer as the shop knows them.
type ShopCustomer struct {
	ID    string
	Name  string
	First string
	Email string
	Phone string
	Since time.Time
	VIP   bool
	Count int // orders so far
}

// Lookup finds facts. Find returns what was found so far when ctx ends; an error means that
// nothing was.
type Lookup interface {
	Find(ctx context.Context, q Query) (Findings, error)
}
