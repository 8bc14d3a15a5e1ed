package lookup

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"tandem"
)

func init() {
	Register(Kind{
		Name: "httpjson", Role: Shop,
		Title: Words{"Sklep przez JSON", "A shop over JSON"},
		Fields: []Field{
			{Name: "base", Required: true, Label: Words{"Adres", "Address"},
				Help: Words{"Adres podstawowy po HTTPS, pod którym sklep odpowiada według docs/shop-api.md.", "The HTTPS base address at which the shop answers as docs/shop-api.md says."}},
			{Name: "token", Secret: true, Required: true, Label: Words{"Token", "Token"},
				Help: Words{"Wysyłany jako Authorization: Bearer.", "Sent as Authorization: Bearer."}},
			{Name: "name", Label: Words{"Nazwa źródła", "Name of the source"},
				Help: Words{"Widać ją przy faktach. Domyślnie: sklep.", "Shown beside facts. Default: shop."}},
			{Name: "cache", Label: Words{"Pamięć odpowiedzi w sekundach", "Seconds an answer is remembered"},
				Help: Words{"Domyślnie 60.", "60 unless told."}},
		},
		Open: func(settings, secrets map[string]string, web *http.Client) (tandem.Lookup, error) {
			d, err := newDoor(settings, "", secrets["token"], web)
			if err != nil {
				return nil, err
			}
			return &httpJSON{door: d, name: settings["name"]}, nil
		},
	})
}

// httpJSON speaks the shop protocol of docs/shop-api.md.
type httpJSON struct {
	door *door
	name string
}

// buyer is a customer as the shop sends them.
type buyer struct {
	ID       string    `json:"id"`
	First    string    `json:"first_name"`
	Last     string    `json:"last_name"`
	Email    string    `json:"email"`
	Phone    string    `json:"phone"`
	Postcode string    `json:"postcode"`
	VIP      bool      `json:"vip"`   // shops may add it
	Since    time.Time `json:"since"` // shops may add it
}

// sale is an order as the shop sends it.
type sale struct {
	Number  string    `json:"number"`
	Status  string    `json:"status"`
	Created time.Time `json:"created_at"`
	Total   money     `json:"total"`
	Fee     *money    `json:"delivery"` // what delivery cost
	Items   []struct {
		Name     string `json:"name"`
		Quantity int    `json:"quantity"`
	} `json:"items"`
	Customer buyer `json:"customer"`
	Parcel   *struct {
		Carrier  string    `json:"carrier"`
		Number   string    `json:"number"`
		Promised time.Time `json:"promised_at"`
	} `json:"parcel"`
	Refund *struct {
		Status string    `json:"status"`
		Amount money     `json:"amount"`
		Due    time.Time `json:"due_at"`
	} `json:"refund"`
	Invoice *struct {
		Number string `json:"number"`
	} `json:"invoice"`

	at time.Time // when the shop said so
}

// Find finds out who asks and which order is meant, and tells about that order.
func (h *httpJSON) Find(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
	g := read(q)
	who, err := h.linked(ctx, q)
	if err != nil {
		return tandem.Findings{}, err
	}
	if len(g.orders) > 0 {
		return h.named(ctx, q, g, who)
	}
	if who == nil {
		return tandem.Findings{}, nil // an address alone proves nothing and shows nothing
	}
	out := tandem.Findings{Verified: tandem.V1, Customer: person(*who, nil)}
	list, err := h.ordersOf(ctx, who.ID)
	if err != nil {
		return tandem.Findings{}, err
	}
	out.Customer = person(*who, list)
	if o, ok := choose(list, g, q); ok {
		out.Facts = h.facts(o, list, q)
	}
	return out, nil
}

// named answers about an order whose number was given. To a person who is not its customer and gave
// nothing that matches, an order of somebody else, an unknown number and a wrong datum are the same.
func (h *httpJSON) named(ctx context.Context, q tandem.Query, g given, who *buyer) (tandem.Findings, error) {
	out := tandem.Findings{}
	if who != nil {
		out.Verified, out.Customer = tandem.V1, person(*who, nil)
	}
	for _, number := range g.orders[:min(3, len(g.orders))] {
		o, err := h.order(ctx, number)
		if tandem.KindOf(err) == tandem.NotFound && err != nil {
			continue
		}
		if err != nil {
			return tandem.Findings{}, err
		}
		matches := g.match(o.Customer)
		if !matches && (who == nil || who.ID != o.Customer.ID) {
			continue
		}
		if matches {
			out.Verified = tandem.V2
		}
		list, err := h.ordersOf(ctx, o.Customer.ID)
		if err != nil {
			list = []sale{o} // the order itself is known; how many others there are is not
		}
		out.Customer, out.Facts = person(o.Customer, list), h.facts(o, list, q)
		return out, nil
	}
	out.Mismatch = who != nil || g.datum()
	return out, nil
}

// linked returns the customer whom the shop knows behind this person's channels, nil where none. A
// scoped id and a number that the platform proves are asked for; a user name is not, because it can
// be given up and taken by somebody else.
func (h *httpJSON) linked(ctx context.Context, q tandem.Query) (*buyer, error) {
	paths := ways(q.Customer)
	if len(paths) == 0 {
		return nil, nil
	}
	found, errs := make([][]buyer, len(paths)), make([]error, len(paths))
	var wait sync.WaitGroup
	for i, p := range paths {
		wait.Go(func() { found[i], errs[i] = h.customers(ctx, p) })
	}
	wait.Wait()
	for _, list := range found {
		if len(list) == 1 { // two customers with one number: nobody knows which
			return &list[0], nil
		}
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// ways are the questions that may tell who a person is, the surest first, at most six.
func ways(c tandem.Customer) []string {
	var out []string
	if c.Shop != "" {
		out = append(out, "/customers/"+url.PathEscape(c.Shop))
	}
	for _, i := range c.Identities {
		channels := []string{i.Channel}
		switch i.Channel {
		case "facebook":
			channels = append(channels, "messenger") // one id on both
		case "whatsapp", "sms":
			if p := phone(i.External); p != "" {
				out = append(out, "/customers?"+url.Values{"phone": {p}}.Encode())
			}
		case "email":
			if i.Verified < tandem.V1 {
				continue // anybody can write a sender's address
			}
			out = append(out, "/customers?"+url.Values{"email": {mail(i.External)}}.Encode())
		}
		for _, ch := range channels {
			if i.External != "" {
				out = append(out, "/customers?"+url.Values{"channel": {ch}, "user": {i.External}}.Encode())
			}
		}
	}
	return out[:min(6, len(out))]
}

// customers asks one of the ways.
func (h *httpJSON) customers(ctx context.Context, path string) ([]buyer, error) {
	if path[:len("/customers")+1] == "/customers/" {
		var one buyer
		_, err := h.door.get(ctx, path, &one, nil)
		if err != nil && tandem.KindOf(err) == tandem.NotFound || err == nil && one.ID == "" {
			return nil, nil
		}
		return []buyer{one}, err
	}
	var page struct {
		Customers []buyer `json:"customers"`
	}
	_, err := h.door.get(ctx, path, &page, func() bool { return len(page.Customers) > 0 })
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil, nil
	}
	return slices.DeleteFunc(page.Customers, func(b buyer) bool { return b.ID == "" }), err
}

func (h *httpJSON) order(ctx context.Context, number string) (sale, error) {
	var o sale
	at, err := h.door.get(ctx, "/orders/"+url.PathEscape(number), &o, nil)
	if err == nil && o.Number == "" {
		err = tandem.Coded(tandem.Transient, "lookup_unreadable", "an order has no number")
	}
	o.at = at
	return o, err
}

func (h *httpJSON) ordersOf(ctx context.Context, customer string) ([]sale, error) {
	var page struct {
		Orders []sale `json:"orders"`
	}
	at, err := h.door.get(ctx, "/customers/"+url.PathEscape(customer)+"/orders?limit=20", &page, func() bool { return len(page.Orders) > 0 })
	for i := range page.Orders {
		page.Orders[i].at = at
	}
	return page.Orders, err
}

// Test asks for the shop's name: address and token are right.
func (h *httpJSON) Test(ctx context.Context) (ok, wrong []string, err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	var shop struct {
		Shop string `json:"shop"`
	}
	_, err = h.door.get(ctx, "/ping", &shop, func() bool { return false })
	if tandem.KindOf(err) == tandem.Denied && err != nil {
		return nil, []string{"token_expired"}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return []string{"shop"}, nil, nil
}
