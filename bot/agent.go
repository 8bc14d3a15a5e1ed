package bot

import (
	"slices"
	"strconv"
	"strings"

	"tandem"
)

// Voice is how a person at the desk writes.
type Voice struct {
	Vocative func(first string) (string, bool) // the form of address of a first name, and whether it is sure
	Agent    string                            // the agent's own first name; empty: no introduction
}

// Draft writes a reply that a person approves before it is sent: in the company's voice, without the
// notice that an AI writes, because the sender is the person who approves. OK is false where
// neither a fact nor a sensible question is there to be written.
func Draft(s tandem.Snapshot, d tandem.Decision, f tandem.Findings) tandem.Reply {
	c := newScene(s, d, f)
	c.voice = &Voice{}
	topic := c.topic()
	keys := c.bodies()
	if slices.Contains(loose, topic) { // small talk is the bot's, also where a person approves it (I14)
		keys, c.intro = []string{"answer." + topic}, true // greeted already
	}
	for _, key := range keys {
		for n := range c.texts(key) {
			if r, ok := c.letter(key, n, "draft:"+topic); ok {
				return r
			}
		}
	}
	return tandem.Reply{ID: "draft:" + topic}
}

// Suggestions writes up to three replies of different strategies for the agent who owns the
// conversation, the best first. Nothing is suggested on topics that are people's alone (L0), and
// nothing that the customer may not be told.
func Suggestions(s tandem.Snapshot, d tandem.Decision, f tandem.Findings, v Voice) []tandem.Reply {
	c := newScene(s, d, f)
	c.voice = &v
	topic := c.topic()
	t, known := s.Touchpoints[topic]
	if d.Level == tandem.L0 || known && t.Level == tandem.L0 || slices.Contains(grave, d.Reading.HardKind) {
		return nil
	}
	var out []tandem.Reply
	keep := func(r tandem.Reply, ok bool) {
		if ok && len(out) < 3 && !slices.ContainsFunc(out, func(o tandem.Reply) bool { return o.Text == r.Text }) {
			out = append(out, r)
		}
	}
	if len(d.Missing) > 0 && d.Act == tandem.Ask {
		keep(c.letter(c.wanting(), 0, "suggest:"+topic))
	}
	if len(s.Promises) > 0 {
		keep(c.letter("agent.promise", 0, "suggest:"+topic))
	}
	told := false
	for _, key := range c.bodies() {
		answer := strings.HasPrefix(key, "answer.")
		for n := range c.texts(key) {
			r, ok := c.letter(key, n, "suggest:"+topic)
			if answer && told {
				break // wordings of one strategy
			}
			told = told || answer && ok
			keep(r, ok)
		}
	}
	if c.who < tandem.V1 && len(c.f.Facts) == 0 && slices.Contains(needy, topic) {
		keep(c.letter(c.wanting(), 0, "suggest:"+topic))
	}
	return out
}

// wanting is the key of the letter that asks for what is still missing to find an order: nobody is
// asked again for what the conversation already has.
func (c *scene) wanting() string {
	order, contact := c.given("order", "tracking"), c.given("email", "phone")
	switch {
	case order && contact:
		return "agent.ask.check"
	case order:
		return "agent.ask.contact"
	case contact:
		return "agent.ask.order"
	}
	return "agent.ask"
}

// given tells whether the customer has given one of these kinds of data.
func (c *scene) given(kinds ...string) bool {
	has := func(r tandem.Reading) bool {
		return slices.ContainsFunc(r.Entities, func(e tandem.Entity) bool { return slices.Contains(kinds, e.Kind) })
	}
	return has(c.d.Reading) || slices.ContainsFunc(c.s.Messages, func(m tandem.Message) bool {
		return m.Inbound() && m.Reading != nil && has(*m.Reading)
	})
}

// grave are the kinds of hard words to which a person finds their own.
var grave = []string{"safety", "privacy", "legal", "media", "distress"}

// needy are the topics on which nothing can be found out without an order.
var needy = []string{"order_status", "parcel_tracking", "parcel_late", "parcel_lost", "refund_status", "refund_overdue", "damaged_item",
	"wrong_item", "order_change", "order_cancel", "payment_problem", "invoice_request", "invoice_unclear", "exchange"}

// proposing are topics on which a draft asks what a person needs to act, before any fact is told.
var proposing = []string{"exchange", "account_change", "order_change", "order_cancel", "invoice_request"}

// bodies are the keys that a letter on the topic may be made of, in order. Where there are texts in a
// person's own voice the bot's answers are not used.
func (c *scene) bodies() []string {
	topic := c.topic()
	if len(c.texts("agent."+topic)) > 0 {
		return []string{"agent." + topic}
	}
	var out []string
	keys := answers[topic]
	if keys == nil {
		keys = []string{topic}
	}
	for _, k := range keys {
		if len(c.texts("answer."+k)) > 0 && topic != "invoice_request" {
			out = append(out, "answer."+k)
		}
	}
	if draft := "draft." + topic; len(c.texts(draft)) > 0 {
		out = append(out, draft)
		if slices.Contains(proposing, topic) {
			slices.Reverse(out)
		}
	}
	return out
}

// letter writes salutation, apology where it is due, and body. It is false where the body cannot be
// written.
func (c *scene) letter(key string, n int, id string) (tandem.Reply, bool) {
	p := &page{capital: true}
	for _, hello := range c.texts("hello") {
		was := *p
		if c.fill(p, hello) {
			break
		}
		*p = was
	}
	p.capital = strings.HasSuffix(string(p.b), ". ") || len(p.b) == 0
	answer := strings.HasPrefix(key, "answer.")
	if answer && c.holds("upset") {
		c.fill(p, c.texts("sorry")[0])
		p.capital = true
	} else if answer {
		p.small = !p.capital
	}
	start, claims := len(p.b), len(p.claims)
	body := c.texts(key)[n]
	if !c.fill(p, body) || len(p.b) == start || answer && len(p.claims) == claims && factual(body) {
		return tandem.Reply{}, false
	}
	r := p.reply(id + ":" + strings.TrimPrefix(key, "agent.") + "/" + strconv.Itoa(n))
	return r, true
}

// men are Polish men's names that end like women's.
var men = []string{"Kuba", "Barnaba", "Kosma", "Bonawentura", "Jarema", "Dyzma", "Boryna", "Sasza", "Misza", "Kola", "Wania", "Seba", "Mikoła", "Zawisza", "Olek"}

// vocative is how a person is addressed, where that is sure and nothing speaks against the gender of
// the name: "Panie Marku", "Pani Anno", on first-name terms "Marku"; in English the first name.
func (c *scene) vocative() (word, bool) {
	first := c.s.Customer.First
	if c.f.Customer != nil && c.f.Customer.First != "" {
		first = c.f.Customer.First
	}
	first = strings.TrimSpace(first)
	if first == "" || c.public {
		return word{}, false
	}
	if c.lang == "en" {
		return word{text: first}, !strings.ContainsAny(first, " @_0123456789")
	}
	if c.voice == nil || c.voice.Vocative == nil {
		return word{}, false
	}
	form, sure := c.voice.Vocative(first)
	woman := strings.HasSuffix(first, "a") && !slices.Contains(men, first)
	if !sure || c.d.Reading.Gender == "f" && !woman || c.d.Reading.Gender == "m" && woman {
		return word{}, false
	}
	switch {
	case c.ty:
	case woman:
		form = "Pani " + form
	default:
		form = "Panie " + form
	}
	return word{text: form}, true
}
