package sim

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// dm lets people write to an Instagram account or a Page in private.
func (c *Control) dm(a *Asset) Deliver {
	return func(_ context.Context, in Inbound) (string, error) {
		o := DMOptions{ReplyTo: in.ReplyTo, At: in.at(), Delivery: Delivery{Copies: in.Repeat}}
		for _, att := range in.Attachments {
			if att.Type == "" {
				return "", wrong("an attachment needs a type")
			}
			if data, mime := att.content(); att.URL == "" && data != nil {
				att.URL = c.world.Meta.PutFile(a, data, mime, cdnLife)
			}
			o.Attachments = append(o.Attachments, Attachment{Type: att.Type, URL: att.URL, Title: att.Title})
		}
		return c.world.Meta.DM(a, in.From, in.Text, o), nil
	}
}

// comment lets people comment on a post.
func (c *Control) comment(a *Asset) Deliver {
	return func(_ context.Context, in Inbound) (string, error) {
		if in.Text == "" {
			return "", wrong("text is required: a comment has a text")
		}
		if in.Post == "" {
			in.Post = "p1"
		}
		o := CommentOptions{Parent: in.Parent, Delivery: Delivery{Copies: in.Repeat}}
		return c.world.Meta.Comment(a, in.From, in.Post, in.Text, o), nil
	}
}

// whatsapp lets people write on WhatsApp, with one attachment at most, as there.
func (c *Control) whatsapp(_ context.Context, in Inbound) (string, error) {
	m := WhatsAppMessage{Text: in.Text, At: in.at(), ReplyTo: in.ReplyTo, Delivery: Delivery{Copies: in.Repeat}}
	if len(in.Attachments) > 1 {
		return "", wrong("a WhatsApp message has one attachment at most")
	}
	for _, att := range in.Attachments {
		m.Type, m.Filename = att.Type, att.Title
		if m.Data, m.MIME = att.content(); m.Data == nil {
			return "", wrong("attachment type is image, audio, video, document or sticker")
		}
	}
	return c.world.Meta.Message(c.world.WhatsApp, in.From, m), nil
}

// orderInput is the body of POST /sim/shop/orders, generous about forms since people type it by hand.
type orderInput struct {
	Number   string            `json:"number"`
	Customer string            `json:"customer"` // id, e-mail, phone or full name; a new full name becomes a new customer
	Email    string            `json:"email"`
	Phone    string            `json:"phone"`
	Postcode string            `json:"postcode"`
	Status   string            `json:"status"`
	Total    json.RawMessage   `json:"total"` // 199.99, "199,99 zł" or {"amount":19999,"currency":"PLN"}
	Items    []json.RawMessage `json:"items"` // names, or items as in the shop's API
	Parcel   json.RawMessage   `json:"parcel"`
	Refund   *Refund           `json:"refund"`
	Created  *time.Time        `json:"created_at"`
}

// serveOrder answers POST /sim/shop/orders: a new order, or a replacement of the one with the same number.
func (c *Control) serveOrder(w http.ResponseWriter, r *http.Request) error {
	var in orderInput
	if err := body(r, &in); err != nil {
		return err
	}
	o := Order{Number: in.Number, Status: in.Status, Refund: in.Refund, Total: Money{Currency: "PLN"}}
	if o.Status == "" {
		o.Status = "new"
	}
	if in.Created != nil {
		o.CreatedAt = *in.Created
	}
	var err error
	if len(in.Total) > 0 {
		if o.Total, err = money(in.Total); err != nil {
			return err
		}
	}
	for _, raw := range in.Items {
		item := Item{Quantity: 1, Price: Money{Currency: "PLN"}}
		if json.Unmarshal(raw, &item.Name) != nil && json.Unmarshal(raw, &item) != nil {
			return wrong("an item is a name or an object with sku, name, quantity, price")
		}
		o.Items = append(o.Items, item)
	}
	if o.Parcel, err = parcelInput(in.Parcel); err != nil {
		return err
	}
	who, err := c.buyer(in)
	if err != nil {
		return err
	}
	o.Customer.ID = who
	if err := c.world.Shop.AddOrder(o); err != nil {
		return wrong("%v", err)
	}
	reply(w, map[string]string{"number": o.Number, "customer": who})
	return nil
}

// buyer finds the customer of an order, or makes one.
func (c *Control) buyer(in orderInput) (string, error) {
	// An e-mail address that nobody has makes somebody new: a name is common, a number may be a household's.
	if found, ok := c.world.Shop.Find(in.Customer); ok && (in.Email == "" || found.ID == in.Customer || strings.EqualFold(found.Email, in.Email)) {
		return found.ID, nil
	}
	if found, ok := c.world.Shop.Find(cmp.Or(in.Email, in.Phone)); ok {
		return found.ID, nil
	}
	first, last, _ := strings.Cut(in.Customer, " ")
	if first == "" {
		return "", wrong("customer, email or phone must name a customer")
	}
	n := Customer{ID: fmt.Sprintf("c-%d", 100000+hash("customer", in.Customer+in.Email)%900000), FirstName: first, LastName: last,
		Email: in.Email, Phone: in.Phone, Postcode: in.Postcode}
	if err := c.world.Shop.AddCustomer(n); err != nil {
		return "", wrong("%v", err)
	}
	return n.ID, nil
}

// money reads 199.99, "199,99 zł" (both in złoty) or the API's form in minor units.
func money(raw json.RawMessage) (Money, error) {
	m := Money{Currency: "PLN"}
	if json.Unmarshal(raw, &m) == nil && m.Currency != "" && strings.HasPrefix(string(raw), "{") {
		return m, nil
	}
	text := strings.NewReplacer("zł", "", "PLN", "", " ", "", "\u00a0", "", ",", ".").Replace(lenient(raw))
	major, minor, _ := strings.Cut(text, ".")
	minor = (minor + "00")[:max(2, len(minor))]
	n, err := strconv.ParseInt(major+minor, 10, 64)
	if err != nil || len(minor) != 2 || n < 0 {
		return m, wrong("total is an amount like 199.99, \"199,99 zł\" or {\"amount\":19999,\"currency\":\"PLN\"}")
	}
	m.Amount = n
	return m, nil
}

// parcelInput reads "62000..." or {"carrier","number","promised"}.
func parcelInput(raw json.RawMessage) (*ShippedParcel, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var in struct {
		Carrier    string `json:"carrier"`
		Number     string `json:"number"`
		Promised   string `json:"promised"`
		PromisedAt string `json:"promised_at"`
	}
	if json.Unmarshal(raw, &in.Number) != nil && json.Unmarshal(raw, &in) != nil || in.Number == "" {
		return nil, wrong("parcel is a number or an object with carrier, number and promised")
	}
	p := &ShippedParcel{Carrier: in.Carrier, Number: in.Number}
	if p.Carrier = strings.ToLower(p.Carrier); p.Carrier == "" {
		p.Carrier = "inpost"
	}
	if text := in.Promised + in.PromisedAt; text != "" {
		at, err := moment(text)
		if err != nil {
			return nil, err
		}
		p.PromisedAt = &at
	}
	return p, nil
}

// serveParcel answers POST /sim/courier/parcels: the parcel's next scan, and what its customer was promised.
func (c *Control) serveParcel(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Number   string `json:"number"`
		Carrier  string `json:"carrier"`
		Status   string `json:"status"`
		Promised string `json:"promised"`
	}
	if err := body(r, &in); err != nil {
		return err
	}
	if in.Carrier != "" && !strings.EqualFold(in.Carrier, "inpost") {
		return wrong("the only courier here is inpost")
	}
	if in.Number == "" || in.Status == "" {
		return wrong("number and status are required")
	}
	var promised time.Time
	if in.Promised != "" {
		var err error
		if promised, err = moment(in.Promised); err != nil {
			return err
		}
	}
	if err := c.world.Courier.Scan(in.Number, in.Status, time.Now()); err != nil {
		return wrong("%v", err)
	}
	if in.Promised != "" {
		c.world.Shop.promise(in.Number, promised)
	}
	reply(w, map[string]string{"number": in.Number})
	return nil
}

// moment reads RFC 3339, or a date that means its end of business.
func moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, wrong("a moment is written 2026-11-22T18:00:00Z or 2026-11-22")
	}
	return t.Add(18 * time.Hour), nil
}
