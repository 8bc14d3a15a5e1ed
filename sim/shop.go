package sim

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Shop is an online shop that speaks the tandem shop JSON protocol of docs/shop-api.md, as an http.Handler.
// Safe for many goroutines.
type Shop struct {
	// Token is the bearer token every call needs. Set it before use.
	Token string

	faults    Faults
	mu        sync.Mutex
	customers []*Customer
	orders    []*Order
	links     map[string]string    // channel/user -> customer id
	promised  map[string]time.Time // by parcel: what its customer was told, also before the order is here
	calls     window
	perSecond int
	keys      map[string]Change // by idempotency key
	changes   []Change
}

// Customer is somebody with an account at the shop.
type Customer struct {
	ID        string `json:"id"` // the shop's own
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
	Phone     string `json:"phone"`    // E.164
	Postcode  string `json:"postcode"` // 00-950
}

// Money is an amount in minor units (grosze) of a currency.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// Item is one position of an order.
type Item struct {
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Quantity int    `json:"quantity"`
	Price    Money  `json:"price"` // of one piece
}

// ShippedParcel is what the shop knows of an order's parcel.
type ShippedParcel struct {
	Carrier    string     `json:"carrier"` // inpost
	Number     string     `json:"number"`
	PromisedAt *time.Time `json:"promised_at,omitempty"` // what the customer was told
}

// Refund is money on its way back. Status is pending, paid or refused.
type Refund struct {
	Status string     `json:"status"`
	Amount Money      `json:"amount"`
	DueAt  *time.Time `json:"due_at,omitempty"`
}

// Invoice is an order's invoice.
type Invoice struct {
	Number   string    `json:"number"`
	IssuedAt time.Time `json:"issued_at"`
	URL      string    `json:"url"`
}

// OrderStatuses are the states an order can be in.
var OrderStatuses = []string{"new", "paid", "packed", "sent", "delivered", "cancelled", "returned"}

// Order is one order as the shop's API shows it.
type Order struct {
	Number    string         `json:"number"` // what customers quote
	Status    string         `json:"status"` // one of OrderStatuses
	CreatedAt time.Time      `json:"created_at"`
	Total     Money          `json:"total"` // with delivery
	Items     []Item         `json:"items"`
	Customer  Customer       `json:"customer"`           // filled in from the ID when read
	Delivery  *Money         `json:"delivery,omitempty"` // what delivery cost; nil where it was free
	Address   *Address       `json:"address,omitempty"`  // where it goes, once it was changed
	Parcel    *ShippedParcel `json:"parcel,omitempty"`
	Refund    *Refund        `json:"refund,omitempty"`
	Invoice   *Invoice       `json:"invoice,omitempty"`
}

// NewShop gives an empty shop that allows 50 calls a second.
func NewShop(token string) *Shop {
	return &Shop{Token: token, links: map[string]string{}, promised: map[string]time.Time{}, calls: window{within: time.Second}, perSecond: 50}
}

// Faults gives the shop's faults.
func (s *Shop) Faults() *Faults { return &s.faults }

// Limit sets how many calls a second the shop takes before it answers 429.
func (s *Shop) Limit(perSecond int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.perSecond = perSecond
}

// AddCustomer adds or replaces (by ID) a customer.
func (s *Shop) AddCustomer(c Customer) error {
	if c.ID == "" {
		return fmt.Errorf("customer needs an id")
	}
	c.Phone = e164(c.Phone)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, old := range s.customers {
		if old.ID == c.ID {
			*old = c
			return nil
		}
	}
	s.customers = append(s.customers, &c)
	return nil
}

// AddOrder adds or replaces (by Number) an order. Its Customer is named by ID and must exist.
func (s *Shop) AddOrder(o Order) error {
	if o.Number == "" || !slices.Contains(OrderStatuses, o.Status) {
		return fmt.Errorf("order needs a number and one of the statuses %s", strings.Join(OrderStatuses, ", "))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.customer(o.Customer.ID) == nil {
		return fmt.Errorf("order %s names no known customer", o.Number)
	}
	if o.CreatedAt.IsZero() {
		o.CreatedAt = time.Now()
	}
	o.CreatedAt = o.CreatedAt.UTC()
	if o.Parcel != nil && o.Parcel.PromisedAt == nil {
		if at, ok := s.promised[o.Parcel.Number]; ok {
			told := *o.Parcel
			told.PromisedAt, o.Parcel = &at, &told
		}
	}
	for i, old := range s.orders {
		if old.Number == o.Number {
			s.orders[i] = &o
			return nil
		}
	}
	s.orders = append(s.orders, &o)
	return nil
}

// ChangeOrder changes an order in place; false when there is none. change must not call the shop.
func (s *Shop) ChangeOrder(number string, change func(*Order)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, o := range s.orders {
		if o.Number == number {
			fresh := *o
			change(&fresh)
			s.orders[i] = &fresh
			return true
		}
	}
	return false
}

// Link says that a channel's user (external id or user name) is a customer; who is the customer's id, e-mail, phone
// or full name.
func (s *Shop) Link(channel, user, who string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.customer(who)
	if c == nil {
		return fmt.Errorf("no customer %q", who)
	}
	s.links[channel+"/"+strings.ToLower(user)] = c.ID
	return nil
}

// Find gives a customer by id, e-mail, phone or full name.
func (s *Shop) Find(who string) (Customer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.customer(who); c != nil {
		return *c, true
	}
	return Customer{}, false
}

// customer finds by whatever names one uniquely. Called with the lock held.
func (s *Shop) customer(who string) *Customer {
	for _, c := range s.customers {
		if who != "" && (c.ID == who || strings.EqualFold(c.Email, who) || strings.EqualFold(c.FirstName+" "+c.LastName, who)) {
			return c
		}
	}
	return s.byPhone(who)
}

// byPhone finds by number in any usual spelling.
func (s *Shop) byPhone(phone string) *Customer {
	phone = e164(phone)
	for _, c := range s.customers {
		if phone != "" && c.Phone == phone {
			return c
		}
	}
	return nil
}

// promise sets what the customer was told about a parcel, on every order that it belongs to or will belong to.
func (s *Shop) promise(parcel string, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.promised[parcel] = at
	for i, o := range s.orders {
		if o.Parcel != nil && o.Parcel.Number == parcel {
			fresh, p := *o, *o.Parcel
			p.PromisedAt = &at
			fresh.Parcel = &p
			s.orders[i] = &fresh
		}
	}
}

// e164 brings a phone number to the form +48600100200; nine digits are Polish. Anything else gives "".
func e164(phone string) string {
	var d strings.Builder
	for i, r := range strings.TrimSpace(phone) {
		switch {
		case r >= '0' && r <= '9':
			d.WriteRune(r)
		case r == '+' && i == 0 || strings.ContainsRune(" -().", r):
		default:
			return ""
		}
	}
	n := strings.TrimPrefix(d.String(), "00")
	if len(n) == 9 {
		n = "48" + n
	}
	if len(n) < 10 || len(n) > 15 {
		return ""
	}
	return "+" + n
}
