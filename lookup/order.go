package lookup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tandem"
)

// open are the states of an order that the customer still waits for.
var open = []string{"new", "paid", "packed", "sent"}

// choose picks the order that a question is about where no number was given: the one whose parcel
// was named, else what fits the topic, else the newest open one, else the newest. list is newest
// first.
func choose(list []sale, g given, q tandem.Query) (sale, bool) {
	newest := func(fits func(sale) bool) (sale, bool) {
		if i := slices.IndexFunc(list, fits); i >= 0 {
			return list[i], true
		}
		return sale{}, false
	}
	isOpen := func(o sale) bool { return slices.Contains(open, o.Status) }
	tries := []func(sale) bool{func(o sale) bool { return o.Parcel != nil && slices.Contains(g.tracking, o.Parcel.Number) }}
	switch q.Touchpoint {
	case "refund_status", "refund_overdue":
		tries = append(tries, func(o sale) bool { return o.Refund != nil && o.Refund.Status != "paid" }, func(o sale) bool { return o.Refund != nil })
	case "parcel_late", "parcel_lost":
		tries = append(tries, func(o sale) bool {
			return isOpen(o) && o.Parcel != nil && !o.Parcel.Promised.IsZero() && q.Now.After(o.Parcel.Promised)
		})
	case "parcel_tracking":
		tries = append(tries, func(o sale) bool { return isOpen(o) && o.Parcel != nil })
	case "damaged_item", "wrong_item", "exchange", "return_how_to":
		tries = append(tries, func(o sale) bool { return o.Status == "delivered" })
	}
	tries = append(tries, isOpen, func(sale) bool { return true })
	for _, fits := range tries {
		if o, ok := newest(fits); ok {
			return o, true
		}
	}
	return sale{}, false
}

var statusWords = map[string]Words{
	"new": {"Zamówienie przyjęte, czeka na płatność", "Order placed, waits for payment"}, "paid": {"Zamówienie opłacone, czeka na spakowanie", "Order paid, waits to be packed"},
	"packed": {"Zamówienie spakowane, czeka na nadanie", "Order packed, waits to be sent"}, "sent": {"Zamówienie wysłane", "Order sent"},
	"delivered": {"Zamówienie doręczone", "Order delivered"}, "cancelled": {"Zamówienie anulowane", "Order cancelled"}, "returned": {"Zamówienie zwrócone", "Order returned"},
}

// carrierNames are the carriers as they write themselves; a shop sends a code.
var carrierNames = map[string]string{"inpost": "InPost", "dpd": "DPD", "dhl": "DHL", "gls": "GLS", "ups": "UPS", "fedex": "FedEx", "orlen": "ORLEN Paczka", "poczta": "Poczta Polska"}

var refundWords = map[string]Words{
	"pending": {"Zwrot pieniędzy w toku", "Refund under way"}, "paid": {"Pieniądze zwrócone", "Refund paid"},
	"refused": {"Zwrot pieniędzy odmówiony", "Refund refused"}, "refund_overdue": {"Zwrot pieniędzy po terminie", "Refund overdue"},
}

// facts tells about one order; list are all orders of its customer that are known.
func (h *httpJSON) facts(o sale, list []sale, q tandem.Query) []tandem.Fact {
	source := cmp.Or(h.name, Words{"sklep", "shop"}.in(q.Lang))
	var out []tandem.Fact
	add := func(key, value, text string, class tandem.Class) {
		out = append(out, tandem.Fact{Key: key, Value: value, Text: text, Source: source, At: o.at, Class: class, Subject: o.Number})
	}
	say := func(pl, en string) string { return Words{pl, en}.in(q.Lang) }
	add("order", o.Number, say("Zamówienie ", "Order ")+o.Number, tandem.D1)
	state := statusWords[o.Status]
	add("status", o.Status, cmp.Or(state.in(q.Lang), o.Status), tandem.D1)
	if !o.Created.IsZero() {
		add("ordered", stamp(o.Created), say("Złożone: ", "Placed: ")+day(o.Created, q), tandem.D2)
	}
	if p := o.Parcel; p != nil && p.Number != "" {
		add("tracking", p.Number, say("Przesyłka ", "Parcel ")+p.Number, tandem.D1)
		add("carrier", p.Carrier, say("Przewoźnik: ", "Carrier: ")+cmp.Or(carrierNames[strings.ToLower(p.Carrier)], p.Carrier), tandem.D1)
		if !p.Promised.IsZero() {
			add("promised", stamp(p.Promised), say("Obiecana dostawa: ", "Promised delivery: ")+moment(p.Promised, q), tandem.D1)
		}
	}
	h.moneyFacts(o, q, add)
	if o.Invoice != nil && o.Invoice.Number != "" {
		add("invoice", o.Invoice.Number, say("Faktura ", "Invoice ")+o.Invoice.Number, tandem.D2)
	}
	if o.Customer.Postcode != "" {
		add("address", o.Customer.Postcode, say("Kod pocztowy ", "Postcode ")+o.Customer.Postcode, tandem.D3)
	}
	if others := waiting(list, o.Number); len(others) > 0 {
		add("open_orders", strings.Join(others, " "), say("Inne otwarte zamówienia: ", "Other open orders: ")+strings.Join(others, ", "), tandem.D3)
	}
	for i := range out {
		if out[i].Value == "refund_overdue" {
			out[i].Bad = true
		}
	}
	return out
}

// moneyFacts are what was bought, for how much, and what comes back.
func (h *httpJSON) moneyFacts(o sale, q tandem.Query, add func(key, value, text string, class tandem.Class)) {
	say := func(pl, en string) string { return Words{pl, en}.in(q.Lang) }
	var items []string
	for _, i := range o.Items {
		name := i.Name
		if i.Quantity > 1 {
			name = fmt.Sprintf("%s (%d×)", name, i.Quantity)
		}
		items = append(items, name)
	}
	if len(items) > 0 {
		add("items", strings.Join(items, "; "), strings.Join(items, "; "), tandem.D2)
	}
	if o.Total.Currency != "" {
		add("total", o.Total.value(), say("Wartość: ", "Total: ")+o.Total.text(q.Lang), tandem.D2)
	}
	if o.Fee != nil && o.Fee.Amount > 0 {
		add("delivery", o.Fee.value(), say("Koszt dostawy: ", "Delivery cost: ")+o.Fee.text(q.Lang), tandem.D2)
	}
	r := o.Refund
	if r == nil {
		return
	}
	status := r.Status
	if status == "pending" && !r.Due.IsZero() && q.Now.After(r.Due) {
		status = "refund_overdue"
	}
	add("refund", status, cmp.Or(refundWords[status].in(q.Lang), status), tandem.D2)
	if r.Amount.Currency != "" {
		add("refund_amount", r.Amount.value(), say("Kwota zwrotu: ", "Amount of the refund: ")+r.Amount.text(q.Lang), tandem.D2)
	}
	if !r.Due.IsZero() {
		add("refund_due", stamp(r.Due), say("Termin zwrotu: ", "Refund due: ")+day(r.Due, q), tandem.D2)
	}
}

func waiting(list []sale, except string) []string {
	var out []string
	for _, o := range list {
		if o.Number != except && slices.Contains(open, o.Status) {
			out = append(out, o.Number)
		}
	}
	return out
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// person is the customer for the card. Where the shop does not say since when, the first order does,
// unless there are more orders than were asked for.
func person(b buyer, list []sale) *tandem.ShopCustomer {
	c := &tandem.ShopCustomer{ID: b.ID, Name: strings.TrimSpace(b.First + " " + b.Last), First: b.First, Email: b.Email, Phone: b.Phone,
		Since: b.Since, VIP: b.VIP, Count: len(list)}
	if n := len(list); c.Since.IsZero() && n > 0 && n < 20 {
		c.Since = list[n-1].Created
	}
	return c
}
