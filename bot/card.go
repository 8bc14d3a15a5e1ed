package bot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tandem"
)

// CardVersion names the way in which cards are made; it is in every card.
const CardVersion = "extractive-1"

// card is a card under way.
type card struct {
	*scene
	lang string // of the desk
	mask func(string) string
	tandem.Card
}

// Card is the whole picture for the person who takes over, in the company's language. It only copies
// what is known (HITL.md 2.2), so it is always right and made within the take-over transaction. f is
// nil while facts are still being fetched; mask veils personal data in what the customer wrote.
func Card(s tandem.Snapshot, d tandem.Decision, f *tandem.Findings, mask func(string) string) tandem.Card {
	if mask == nil {
		mask = func(t string) string { return t }
	}
	c := &card{lang: deskLang(s), mask: mask}
	known := tandem.Findings{}
	if f != nil {
		known = *f
	}
	c.scene = newScene(s, d, known)
	c.Card = tandem.Card{Open: f == nil, Lang: c.lang, Version: CardVersion, Failed: c.failed()}
	if len(d.Triggers) > 0 {
		c.Code, c.Trigger = d.Triggers[0].Code, c.why(d.Triggers[0])
	} else {
		c.Code, c.Trigger = d.Rule, Words(c.lang, d.Rule)
	}
	c.Customer = c.whom()
	c.Facts = c.facts()
	c.Mood = c.mood()
	c.Headline = c.headline()
	c.Quotes = c.quotes()
	c.BotDid = c.did()
	c.Asked, c.Given = c.asked(), c.given()
	c.Next = c.steps()
	if len(c.Next) > 0 {
		c.Ask = c.Next[0].Action
	}
	c.Missing = c.missing()
	c.Promises = c.promised()
	c.ClockDue = c.due()
	return c.Card
}

func (c *card) t(pl, en string) string { return pick(c.lang, pl, en) }

// why is the trigger with its evidence: "Słowo krytyczne: „oszustwo”".
func (c *card) why(t tandem.Trigger) string {
	out := Words(c.lang, t.Code+":"+t.Kind)
	switch {
	case t.Code == "T9" && t.Kind == "topic":
		return out + ": " + lowerFirst(Title(c.lang, c.topic()))
	case t.Code == "T3" && t.Limit > 0:
		out += fmt.Sprintf(" %s (%s %s)", number(c.lang, t.Score), c.t("próg", "limit"), number(c.lang, t.Limit))
	}
	var words []string
	for _, e := range t.Evidence {
		w := clip(c.mask(strings.TrimSpace(e.Text)), 40)
		if w = cite(c.lang, w); w != cite(c.lang, "") && e.Layer != "model" && !slices.Contains(words, w) && len(words) < 3 {
			words = append(words, w)
		}
	}
	if len(words) > 0 {
		out += ": " + strings.Join(words, ", ")
	}
	return out
}

func (c *card) whom() tandem.CardCustomer {
	s := c.s.Customer
	out := tandem.CardCustomer{Name: s.Name, Verified: c.who, VIP: s.VIP, Lang: c.scene.lang}
	since := s.Since
	if f := c.f.Customer; f != nil {
		out.Name, out.Orders, out.VIP = cmp.Or(f.Name, out.Name), f.Count, out.VIP || f.VIP
		if !f.Since.IsZero() {
			since = f.Since
		}
	}
	for _, i := range s.Identities {
		out.Name = cmp.Or(out.Name, i.Name, i.Username)
	}
	if !since.IsZero() {
		out.Since = since.In(c.now.Location()).Format("2006-01")
	}
	switch g := c.d.Reading.Gender; {
	case c.ty:
		out.Form = "ty"
	case c.scene.lang == "pl" && g == "f":
		out.Form = "Pani"
	case c.scene.lang == "pl" && g == "m":
		out.Form = "Pan"
	}
	return out
}

// shown are the facts that a person needs first; the rest is in the panel beside.
var shown = []string{"order", "status", "parcel", "promised", "scan", "place", "refund", "refund_amount", "refund_due", "items", "total", "delivery", "invoice", "open_orders"}

// facts puts the bad ones first and leaves out what only machines need.
func (c *card) facts() []tandem.Fact {
	out := []tandem.Fact{}
	for _, f := range c.f.Facts {
		if f.Bad || slices.Contains(shown, f.Key) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b tandem.Fact) int {
		switch {
		case a.Bad == b.Bad:
			return 0
		case a.Bad:
			return -1
		}
		return 1
	})
	return out
}

func (c *card) failed() []string {
	out := []string{}
	for _, f := range c.f.Failed {
		w := Words(c.lang, "source."+f)
		if w == "source."+f {
			w = f
		}
		out = append(out, w)
	}
	return out
}

// headline says what happened in one or two sentences of at most 40 words: topic, order, worst fact,
// feeling.
func (c *card) headline() string {
	h := Title(c.lang, c.topic())
	if c.topic() == "" {
		h = c.t("Nowa wiadomość", "A new message")
	}
	value := func(key string) tandem.Fact { // the agent may see what the customer may not be told
		for _, f := range c.f.Facts {
			if f.Key == key {
				return f
			}
		}
		return tandem.Fact{}
	}
	if o := value("order"); o.Value != "" {
		h += c.t(", zamówienie ", ", order ") + o.Value
	}
	var bad []string
	for _, key := range []string{"parcel", "refund"} {
		if f := value(key); f.Bad || key == "parcel" && f.Key != "" || key == "refund" && strings.HasPrefix(c.topic(), "refund") && f.Key != "" {
			bad = append(bad, lowerFirst(f.Text))
		}
	}
	if f := value("promised"); f.Bad {
		if at, err := time.Parse(time.RFC3339, f.Value); err == nil {
			bad = append(bad, c.t("obiecana ", "promised ")+c.t("na ", "")+dayOf(c.lang, at, c.now))
		}
	}
	if len(bad) > 0 {
		h += ": " + strings.Join(bad, ", ")
	}
	h += "."
	if m := c.feeling(); m != "" {
		h += " " + m
	}
	return h
}

// feeling words the mood; the grammar follows the customer's own verbs and is neutral without them.
func (c *card) feeling() string {
	m := c.d.Reading.Mood
	var out string
	switch {
	case m == tandem.Angry:
		out = c.t("Nastrój: złość", "Mood: anger")
	case m == tandem.Tense:
		out = c.t("Nastrój: napięcie", "Mood: tension")
	}
	if out != "" && c.d.Reading.Urgent {
		out += c.t(", sprawa pilna", ", urgent")
	}
	if n := c.again(); n > 1 {
		if out != "" {
			out += ". "
		}
		out += fmt.Sprintf(c.t("Wiadomość nr %d w tej sprawie", "Message no. %d about this"), n)
	}
	if out != "" {
		out += "."
	}
	return out
}

// again counts the customer's messages on the topic in this matter.
func (c *card) again() int {
	n := 1 // this one, whose reading may not be stored yet
	for _, m := range c.s.Messages {
		if m.Inbound() && m.Seq != c.d.Seq && m.Reading != nil && m.Reading.Touchpoint == c.topic() && c.s.Now.Sub(m.At) < 72*time.Hour {
			n++
		}
	}
	return n
}

// quotes are the first message of the matter, the one that triggered and the last, masked.
func (c *card) quotes() []tandem.Quote {
	var first, trigger, last *tandem.Message
	for i, m := range c.s.Messages {
		if !m.Inbound() || m.Removed || strings.TrimSpace(m.Text) == "" {
			continue
		}
		own := m.Reading == nil || m.Reading.Touchpoint == c.topic() || c.topic() == ""
		if first == nil && own && c.s.Now.Sub(m.At) < 72*time.Hour {
			first = &c.s.Messages[i]
		}
		if m.Seq == c.d.Seq {
			trigger = &c.s.Messages[i]
		}
		last = &c.s.Messages[i]
	}
	out := []tandem.Quote{}
	for _, q := range []struct {
		m   *tandem.Message
		why string
	}{{trigger, "trigger"}, {first, "first"}, {last, "last"}} {
		if q.m != nil && !slices.ContainsFunc(out, func(o tandem.Quote) bool { return o.Seq == q.m.Seq }) {
			out = append(out, tandem.Quote{Seq: q.m.Seq, Text: clip(c.mask(strings.Join(strings.Fields(q.m.Text), " ")), 160), Why: q.why})
		}
	}
	slices.SortFunc(out, func(a, b tandem.Quote) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}

func (c *card) mood() tandem.CardMood {
	line := []float64{}
	for _, m := range c.s.Messages {
		if !m.Inbound() {
			continue
		}
		switch {
		case m.Seq == c.d.Seq:
			line = append(line, c.d.Reading.Mood.Score())
		case m.Reading != nil:
			line = append(line, m.Reading.Mood.Score())
		}
	}
	if len(line) == 0 {
		line = append(line, c.d.Reading.Mood.Score())
	}
	line = line[max(0, len(line)-12):]
	out := tandem.CardMood{Start: line[0], Now: line[len(line)-1], Trend: "steady", Labels: []string{}, Line: line}
	sum := 0.0
	for _, v := range line[:len(line)-1] {
		sum += v
	}
	if before := sum / math.Max(1, float64(len(line)-1)); len(line) > 1 && math.Abs(out.Now-before) > 0.15 {
		out.Trend = map[bool]string{true: "rises", false: "falls"}[out.Now > before]
	}
	if m := c.d.Reading.Mood; m != "" {
		out.Labels = append(out.Labels, Words(c.lang, string(m)))
	}
	if c.d.Reading.Urgent {
		out.Labels = append(out.Labels, Words(c.lang, "urgent"))
	}
	return out
}

// clip cuts a text after n runes.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) < 2 || strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return s // an abbreviation, a name in capitals
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}

func number(lang string, v float64) string {
	s := fmt.Sprintf("%.1f", v)
	if lang == "pl" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
