package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// word returns what a placeholder stands for, and false where it is not known, may not be told or
// does not make sense now.
func (c *scene) word(name string) (word, bool) {
	switch name {
	case "brand":
		return word{text: c.s.Workspace.Name}, c.s.Workspace.Name != ""
	case "agent":
		return c.agentName()
	case "name":
		return c.vocative()
	case "topics":
		return word{text: c.topics()}, len(c.maybe()) > 0
	case "next":
		if c.s.Next.IsZero() {
			return word{}, false
		}
		return word{when(c.lang, c.s.Next, c.now), "settings:hours", tandem.D0}, true
	case "promise", "promise_due":
		return c.promise(name)
	}
	if w, ok := c.setting(name); ok {
		return w, true
	}
	return c.told(name)
}

func (c *scene) agentName() (word, bool) {
	if c.voice == nil || c.voice.Agent == "" {
		return word{}, false
	}
	spoke := slices.ContainsFunc(c.s.Messages, func(m tandem.Message) bool { return m.Origin == tandem.FromHuman })
	return word{text: c.voice.Agent}, !spoke
}

// promise is the next thing that people promised in this conversation.
func (c *scene) promise(name string) (word, bool) {
	var next *tandem.Promise
	for i, p := range c.s.Promises {
		if p.Kept.IsZero() && p.Broken.IsZero() && p.By != "" && !c.public && (next == nil || p.Due.Before(next.Due)) {
			next = &c.s.Promises[i]
		}
	}
	if next == nil {
		return word{}, false
	}
	w := word{strings.TrimRight(next.Text, ". "), "promise:" + string(next.ID), tandem.D1}
	if name == "promise_due" {
		w.text = when(c.lang, next.Due, c.now)
	}
	return w, !next.Due.IsZero()
}

// setting is a D0 fact of the company: anybody may know it.
func (c *scene) setting(name string) (word, bool) {
	s := c.s.Workspace.Settings.ShopFacts
	text, free := "", false
	switch name {
	case "delivery_price":
		text = s.DeliveryPrice
	case "free_from":
		text = s.FreeFrom
	case "delivery_time":
		text = c.foreign(s.DeliveryTime)
	case "methods":
		text = c.foreign(s.Methods)
	case "return_days":
		if s.ReturnDays > 0 {
			text = days(c.lang, s.ReturnDays)
		}
	case "pay_methods":
		text = c.foreign(s.PayMethods)
	case "address":
		text = s.Address
	case "phone":
		text = s.Phone
	case "reset_url":
		text = s.ResetURL
	case "return_url":
		text = s.ReturnURL
	case "booking_url":
		text = s.BookingURL
	case "warranty":
		text, free = s.Warranty, true
	case "loyalty":
		text, free = s.Loyalty, true
	case "newsletter":
		text, free = s.Newsletter, true
	case "promo":
		text, free = s.Promo, true
	case "hours":
		text = hours(c.lang, c.s.Workspace.Hours)
	}
	text = strings.TrimSpace(text)
	if free && text != "" && c.lang != deskLang(c.s) {
		text = pick(c.lang, "(po angielsku) ", "(in Polish) ") + text
	}
	return word{text, "settings:" + name, tandem.D0}, text != ""
}

// Words of the settings that a company writes in its own language and that English customers read.
var abroad = strings.NewReplacer("dni roboczych", "working days", "dni robocze", "working days", "dzień roboczy", "working day",
	"godzin", "hours", "dni", "days", "Paczkomaty InPost", "InPost parcel lockers", "Paczkomat InPost", "InPost parcel locker", "odbiór osobisty", "personal collection", "odbiór w sklepie", "in-store collection",
	"odbiór w salonie", "in-store collection", "przesyłka kurierska", "courier", "kurier", "courier", "Kurier", "Courier",
	"Paczkomaty", "parcel lockers", "paczkomaty", "parcel lockers", "szybki przelew", "instant transfer", "przelew", "bank transfer",
	"karta", "card", "karty", "cards", "za pobraniem", "cash on delivery", "przy odbiorze", "on delivery", "raty", "instalments",
	" lub ", " or ", " i ", " and ", " oraz ", " and ")

func (c *scene) foreign(text string) string {
	if c.lang == "en" && deskLang(c.s) == "pl" {
		return abroad.Replace(text)
	}
	return text
}

// told is a fact of the findings in words.
func (c *scene) told(name string) (word, bool) {
	key := map[string]string{"promised_past": "promised", "promised_day": "promised", "stuck": "parcel", "refund_past": "refund_due"}[name]
	f, ok := c.fact(cmp.Or(key, name))
	if !ok {
		return word{}, false
	}
	w := word{text: f.Value, source: f.Source, class: f.Class}
	switch name {
	case "status", "refund":
		w.text = phrase(c.lang, name+"."+f.Value)
	case "parcel":
		w.text = phrase(c.lang, "parcel."+f.Value)
	case "stuck":
		w.text = phrase(c.lang, "parcel."+f.Value)
		if f.Value == "delayed" && containsAny(strings.ToLower(f.Text), "sortowni", "sorting") {
			w.text = phrase(c.lang, "stuck.sorting")
		}
	case "total", "refund_amount":
		w.text = amount(c.lang, f.Value)
	case "scan", "promised", "promised_past", "promised_day", "refund_due", "refund_past":
		return c.timed(name, w, f)
	}
	return w, w.text != ""
}

// timed words a fact that is a moment. A promise is told as a plan only while it is ahead.
func (c *scene) timed(name string, w word, f tandem.Fact) (word, bool) {
	t, err := time.Parse(time.RFC3339, f.Value)
	if err != nil {
		return w, false
	}
	t = t.In(c.now.Location())
	past := c.now.After(t)
	switch name {
	case "scan":
		w.text = when(c.lang, t, c.now)
	case "promised":
		w.text = until(c.lang, t, c.now)
		return w, !past
	case "promised_past":
		w.text = dayOf(c.lang, t, c.now)
		if sameDay(t, c.now) {
			w.text = when(c.lang, t, c.now)
		}
		return w, past
	case "promised_day":
		w.text = dayOf(c.lang, t, c.now)
	case "refund_due":
		w.text = date(c.lang, t)
		return w, !past
	case "refund_past":
		w.text = date(c.lang, t)
		return w, past
	}
	return w, true
}

// maybe are the topics to ask about: "something else" is no answer to propose, and the door to a person
// has a button of its own.
func (c *scene) maybe() []string {
	return slices.DeleteFunc(slices.Clone(c.d.Reading.Set), func(t string) bool { return t == "other" || t == "human_request" })
}

// topics joins the possible topics for a question without buttons.
func (c *scene) topics() string {
	var list []string
	for _, t := range c.maybe() {
		list = append(list, cite(c.lang, strings.TrimSuffix(button(c.lang, t), "?")))
	}
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	or := pick(c.lang, " czy ", " or ")
	return strings.Join(list[:len(list)-1], ", ") + or + list[len(list)-1]
}

// amount words "24998 PLN".
func amount(lang, value string) string {
	number, currency, _ := strings.Cut(value, " ")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || currency == "" || n < 0 {
		return ""
	}
	if lang == "en" {
		return fmt.Sprintf("%s %d.%02d", currency, n/100, n%100)
	}
	if currency == "PLN" {
		currency = "zł"
	}
	return fmt.Sprintf("%d,%02d %s", n/100, n%100, currency)
}

// days counts days in words.
func days(lang string, n int) string {
	switch {
	case lang == "en" && n == 1:
		return "1 day"
	case lang == "en":
		return fmt.Sprintf("%d days", n)
	case n == 1:
		return "1 dzień"
	}
	return fmt.Sprintf("%d dni", n)
}
