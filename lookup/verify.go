package lookup

import (
	"strings"

	"tandem"
)

// given are the data that a customer gave or a channel proved.
type given struct {
	orders   []string // the newest first
	tracking []string
	emails   []string
	phones   []string // E.164
	surnames []string // folded
	codes    []string // postcodes, digits only
}

// read sorts what is known of the asking person. A channel that itself proves an address or a
// number counts as if the person had given it: a WhatsApp number, a mail that passed its checks
// (HITL.md 4.1).
func read(q tandem.Query) given {
	var g given
	for i := len(q.Entities) - 1; i >= 0; i-- {
		switch e := q.Entities[i]; e.Kind {
		case "order":
			g.orders = append(g.orders, e.Value)
		case "tracking":
			g.tracking = append(g.tracking, e.Value)
		case "email":
			g.emails = append(g.emails, mail(e.Value))
		case "phone":
			g.phones = append(g.phones, phone(e.Value))
		case "surname":
			g.surnames = append(g.surnames, fold(e.Value))
		case "postcode":
			g.codes = append(g.codes, digits(e.Value))
		}
	}
	for _, i := range q.Customer.Identities {
		switch {
		case i.Channel == "whatsapp" || i.Channel == "sms":
			g.phones = append(g.phones, phone(i.External))
		case i.Channel == "email" && i.Verified >= tandem.V1:
			g.emails = append(g.emails, mail(i.External))
		}
	}
	return g
}

// datum tells whether anything was given that could match an order.
func (g given) datum() bool {
	return len(g.emails)+len(g.phones) > 0 || len(g.surnames) > 0 && len(g.codes) > 0
}

// match tells whether one datum beside the order's number is the order's customer's.
func (g given) match(c buyer) bool {
	return has(g.emails, mail(c.Email)) || has(g.phones, phone(c.Phone)) ||
		has(g.surnames, fold(c.Last)) && has(g.codes, digits(c.Postcode))
}

func has(list []string, v string) bool {
	for _, x := range list {
		if v != "" && x == v {
			return true
		}
	}
	return false
}

func mail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// phone brings a number to E.164; nine digits are Polish. Anything that is no number is empty.
func phone(s string) string {
	d := strings.TrimPrefix(digits(s), "00")
	if len(d) == 9 {
		d = "48" + d
	}
	if len(d) < 10 || len(d) > 15 {
		return ""
	}
	return "+" + d
}

var folding = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z")

// fold makes "Dąbrowski" and "dabrowski" the same.
func fold(s string) string { return folding.Replace(strings.ToLower(strings.TrimSpace(s))) }
