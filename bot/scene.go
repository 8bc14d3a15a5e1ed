package bot

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"tandem"
)

// scene is everything a text is made of, with what follows from it.
type scene struct {
	s      tandem.Snapshot
	d      tandem.Decision
	f      tandem.Findings
	lang   string
	ty     bool // the customer is on first-name terms with us
	public bool // everybody reads along
	who    tandem.Level
	now    time.Time // in the workspace's zone
	intro  bool      // the text begins with the notice that an AI writes
	voice  *Voice    // of a person, nil where the bot speaks
}

func newScene(s tandem.Snapshot, d tandem.Decision, f tandem.Findings) *scene {
	c := &scene{s: s, d: d, f: f, lang: langOf(s, d.Reading), now: s.Now.In(s.Zone())}
	c.ty = d.Reading.Form == "ty"
	if m, ok := s.Last(tandem.FromCustomer); ok {
		c.public = s.Thread(m.Thread).Surface.Public()
		if m.Reading != nil && d.Reading.Form == "" {
			c.ty = m.Reading.Form == "ty"
		}
	}
	c.who = max(s.Customer.Verified(), f.Verified)
	return c
}

// langOf is the language to answer in: the message's where that is sure, else the conversation's,
// else the company's.
func langOf(s tandem.Snapshot, r tandem.Reading) string {
	tries := []string{s.Conversation.Lang, r.Lang, s.Workspace.Lang}
	if r.LangSure {
		tries = append([]string{r.Lang}, tries...)
	}
	for _, l := range tries {
		if l == "pl" || l == "en" {
			return l
		}
	}
	return "pl"
}

func deskLang(s tandem.Snapshot) string {
	if s.Workspace.Lang == "en" {
		return "en"
	}
	return "pl"
}

// texts returns the wordings of a key in the language of the scene.
func (c *scene) texts(key string) []string {
	if c.lang == "en" {
		return english[key]
	}
	return polish[key]
}

// first is the first fact of a key that may be told to this customer in this place.
func (c *scene) fact(key string) (tandem.Fact, bool) {
	for _, f := range c.f.Facts {
		if f.Key == key && f.Class.Needs() <= c.who && (!c.public || f.Class == tandem.D0) {
			return f, true
		}
	}
	return tandem.Fact{}, false
}

// turn counts what the bot has said, so that wordings differ within a conversation, and the
// conversation's id makes them differ between customers.
func (c *scene) turn() int {
	h := fnv.New32a()
	h.Write([]byte(c.s.Conversation.ID))
	n := int(h.Sum32() % 97)
	for _, m := range c.s.Messages {
		if m.Origin == tandem.FromBot {
			n++
		}
	}
	return n
}

// said tells whether the company already wrote these words.
func (c *scene) said(words string) bool {
	return slices.ContainsFunc(c.s.Messages, func(m tandem.Message) bool { return !m.Inbound() && strings.Contains(m.Text, words) })
}

// holds answers a condition of a template.
func (c *scene) holds(name string) bool {
	if key, value, ok := strings.Cut(name, "="); ok {
		f, known := c.fact(key)
		return known && f.Value == value
	}
	switch name {
	case "intro":
		return c.intro
	case "staffed":
		return c.s.Staffed
	case "taken":
		return c.s.Handover != nil && c.s.Handover.TakenBy != ""
	case "upset":
		return c.d.Reading.Mood == tandem.Angry || c.d.Reading.Mood == tandem.Tense
	case "late":
		f, ok := c.fact("promised")
		return ok && f.Bad && c.way() != "over"
	case "coming":
		f, ok := c.fact("promised")
		return ok && !f.Bad && c.way() == "coming"
	case "moving":
		f, _ := c.fact("parcel")
		return slices.Contains([]string{"handed_over", "in_transit", "delayed"}, f.Value)
	case "ready":
		f, _ := c.fact("parcel")
		return f.Value == "ready_for_pickup" || f.Value == "pickup_expiring"
	case "photo":
		return slices.ContainsFunc(c.s.Messages, func(m tandem.Message) bool {
			return m.Inbound() && slices.ContainsFunc(m.Parts, func(p tandem.Part) bool { return p.Type == "image" || p.Type == "video" })
		})
	case "clock":
		return c.s.Touchpoints[c.topic()].Clock
	}
	_, ok := c.word(name)
	return ok
}

// way tells where the order is on its way: coming, over (arrived, back, called off), or stuck.
func (c *scene) way() string {
	if status, _ := c.fact("status"); slices.Contains([]string{"delivered", "cancelled", "returned"}, status.Value) {
		return "over"
	}
	parcel, known := c.fact("parcel")
	if !known {
		return "coming"
	}
	switch parcel.Value {
	case "delivered", "ready_for_pickup", "pickup_expiring", "returned", "returning", "cancelled":
		return "over"
	case "created", "handed_over", "in_transit", "out_for_delivery", "unknown":
		return "coming"
	}
	return "stuck"
}

// topic is what the text is about.
func (c *scene) topic() string {
	if c.d.Touchpoint != "" {
		return c.d.Touchpoint
	}
	return c.d.Reading.Touchpoint
}

// instruction is what a person told the bot: at giving back, or as a whisper. Only these forms are
// understood; anything else stays a note for people.
type instruction struct {
	say    string // to be said once, in the person's words
	source string
	ask    []string
	phone  bool
	person bool
}

var phoneOrders = []string{"podaj telefon", "podaj numer telefonu", "podaj nasz telefon", "give our phone", "give the phone"}

func (c *scene) instruction() instruction {
	var in instruction
	for _, t := range []struct{ source, text string }{{"whisper", c.s.Conversation.Instructed}, {"brief", c.s.Conversation.Brief}} {
		is := order(t.text)
		if is.say != "" && in.say == "" && !c.public && !c.said(is.say) {
			in.say, in.source = is.say, t.source
		}
		in.ask, in.phone, in.person = append(in.ask, is.ask...), in.phone || is.phone, in.person || is.person
	}
	return in
}

// order reads what a person tells the bot to do.
func order(text string) instruction {
	in := instruction{say: quoted(text)}
	low := strings.ToLower(text)
	in.phone = containsAny(low, phoneOrders...)
	for _, w := range phoneOrders {
		low = strings.ReplaceAll(low, w, "") // giving ours is not asking for theirs
	}
	asks := containsAny(low, "zapytaj", "poproś", "dopytaj", "ask ")
	if asks && containsAny(low, "numer zamówienia", "order number") {
		in.ask = append(in.ask, "order")
	}
	if asks && containsAny(low, "e-mail", "email", "telefon", "kontakt", "phone", "contact") {
		in.ask = append(in.ask, "contact")
	}
	in.person = containsAny(low, "zaproponuj człowieka", "zaproponuj rozmowę", "zaproponuj konsultanta", "offer a person", "offer a human")
	return in
}

// Unheard tells whether a person has whispered something that the bot cannot follow by itself: then a
// person has to see its answer.
func Unheard(s tandem.Snapshot) bool {
	in := order(s.Conversation.Instructed)
	return strings.TrimSpace(s.Conversation.Instructed) != "" && in.say == "" && len(in.ask) == 0 && !in.phone && !in.person
}

// quoted returns what is between quotation marks, or what follows "powiedz:".
func quoted(text string) string {
	for _, q := range [][2]string{{"«", "»"}, {"„", "”"}, {"“", "”"}, {`"`, `"`}} {
		if _, rest, ok := strings.Cut(text, q[0]); ok {
			if in, _, ok := strings.Cut(rest, q[1]); ok && strings.TrimSpace(in) != "" {
				return strings.TrimSpace(in)
			}
		}
	}
	head, rest, ok := strings.Cut(text, ":")
	if ok && slices.Contains([]string{"powiedz", "napisz", "przekaż", "say", "tell them", "write"}, strings.ToLower(strings.TrimSpace(head))) {
		return strings.TrimSpace(rest)
	}
	return ""
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
