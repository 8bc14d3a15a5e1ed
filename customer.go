package tandem

import "time"

// Customer is a person who writes to the company.
type Customer struct {
	ID         CustomerID
	Name       string // as the shop or the platform knows them; may be empty
	First      string // first name, for a vocative only where the rule is sure
	Lang       string
	Shop       string // the shop's id of them, once linked
	VIP        bool
	Human      bool // said that they prefer a person: remembered on every channel
	Vulnerable bool // set by an agent
	Since      time.Time
	Identities []Identity
}

// Verified returns the customer's highest verification level.
func (c Customer) Verified() Level {
	v := V0
	for _, i := range c.Identities {
		v = max(v, i.Verified)
	}
	return v
}

// Identity is how one account knows a customer. (account, external) is unique.
type Identity struct {
	ID       IdentityID
	Account  AccountID
	Customer CustomerID
	Channel  string // the account's kind
	External string // the platform's scoped id: PSID, IGSID, phone, address, visitor
	Name     string
	Username string
	Verified Level
}

// Level is how far a customer has proven who they are (HITL.md 4.1).
type Level int

// The verification levels.
const (
	V0 Level = iota // nothing, or a claim
	V1              // channel identity linked earlier at V2 or more
	V2              // order number and one matching datum
	V3              // one-time code or a signed token of the shop
)

// Class is how far a fact may be disclosed (HITL.md 4.2).
type Class int

// The disclosure classes.
const (
	D0 Class = iota // policies, products, hours: also in public
	D1              // coarse status of a parcel
	D2              // items, amounts, pick-up point
	D3              // address, contact, documents
	D4              // never in chat
)

// Needs returns the level that a class asks for. D4 asks for more than there is.
func (c Class) Needs() Level {
	return [...]Level{D0: V0, D1: V1, D2: V2, D3: V3, D4: V3 + 1}[c]
}
