package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tandem"
)

// Lapse is how long the notice that an AI writes holds; after it the bot introduces itself again
// (HITL.md 7.2).
const Lapse = 24 * time.Hour

// Discloses tells whether the next thing the bot says in a conversation begins with the notice that
// an AI writes. Whoever stores the text then records it as shown.
func Discloses(s tandem.Snapshot) bool {
	at := s.Conversation.Disclosed
	return at.IsZero() || s.Now.Sub(at) > Lapse
}

// Compose writes what the bot would say for a decision: the answer for Answer, the question for Ask,
// and for Propose and Suggest the text that a person decides on. For any other act, and where
// nothing true can be said, OK is false.
//
// Reply.ID names what is said, not how: a matter and its state on that day, so that the same answer
// has the same ID in other words and is not given twice (T6). Questions and small talk carry the
// wording as well; they may come again.
func Compose(s tandem.Snapshot, d tandem.Decision, f tandem.Findings) tandem.Reply {
	c := newScene(s, d, f)
	switch d.Act {
	case tandem.Answer:
		return c.speak(c.answer)
	case tandem.Ask:
		return c.speak(c.question)
	case tandem.Propose, tandem.Suggest:
		return Draft(s, d, f)
	}
	return tandem.Reply{}
}

// speak writes a text of the bot: the introduction where it is due, the matter, and what a person
// asked it to say.
func (c *scene) speak(matter func(*page) (string, []string)) tandem.Reply {
	topic := c.topic()
	c.intro = Discloses(c.s) && !(c.d.Act == tandem.Answer && topic == "bot_question")
	p := &page{capital: true}
	if c.intro {
		c.introduce(p)
		p.write(" ")
		p.capital = true
	}
	start := len(p.b)
	id, choice := matter(p)
	in := c.instruction()
	if in.say != "" {
		if len(p.b) > start {
			p.write(" ")
		}
		p.claim(word{in.say, in.source, tandem.D0})
		id = strings.TrimPrefix(id+"+"+in.source, "+")
	}
	if len(p.b) == start {
		return tandem.Reply{ID: topic}
	}
	if in.phone && c.holds("phone") && !c.said(c.s.Workspace.Settings.ShopFacts.Phone) {
		p.write(" ")
		c.fill(p, c.texts("tail.phone")[0])
	}
	switch {
	case in.person:
		choice = append(choice, phrase(c.lang, "button.human"))
	case c.intro && !c.public && len(choice) == 0: // the door to a person, together with the notice that no person writes
		choice = []string{phrase(c.lang, "button.door")}
	}
	r := p.reply(id)
	r.Choice = choice
	return r
}

// introduce says who writes. After people it says that it is the assistant again.
func (c *scene) introduce(p *page) {
	key := "intro"
	switch {
	case c.s.PeopleSpokeLast():
		key = "intro.again"
	case c.public:
		key = "intro.public"
	}
	for _, t := range c.texts(key) {
		if was := *p; c.fill(p, t) {
			return
		} else {
			*p = was
		}
	}
}

// answers are told under another topic's words where the own ones do not fit.
var answers = map[string][]string{
	"parcel_tracking": {"parcel_tracking", "order_status"},
	"order_status":    {"order_status"},
	"parcel_late":     {"parcel_late", "parcel_tracking", "order_status"},
	"parcel_lost":     {"parcel_tracking"},
	"refund_overdue":  {"refund_overdue", "refund_status"},
}

// loose are topics that may come again in the same words' sense: the wording is a part of the ID.
var loose = []string{"greeting", "thanks", "goodbye", "bot_question"}

// answer writes the answer to a topic, after what people promised where they have just given the
// conversation back.
func (c *scene) answer(p *page) (string, []string) {
	topic := c.topic()
	pending := c.pending(p)
	if c.d.Rule == tandem.RulePromise {
		return strings.TrimPrefix(pending, "+"), nil
	}
	keys := answers[topic]
	if keys == nil {
		keys = []string{topic}
	}
	if next, ok := c.next(topic); ok {
		keys = []string{next}
	}
	for _, key := range keys {
		if n, ok := c.say(p, "answer."+key); ok {
			if key == topic+nextStep {
				return key + pending, nil
			}
			return c.name(topic, n) + pending, c.buttons(topic)
		}
	}
	if pending != "" {
		return strings.TrimPrefix(pending, "+"), nil
	}
	return topic, nil
}

const nextStep = ".address"

// next is the answer after the answer: who was told where to enter an address and gives it to the bot
// is told what to do with it, in the same words whether there is such an account or not.
func (c *scene) next(topic string) (string, bool) {
	mail := slices.ContainsFunc(c.d.Reading.Entities, func(e tandem.Entity) bool { return e.Kind == "email" })
	return topic + nextStep, topic == "password_reset" && mail && c.said(c.s.Workspace.Settings.ShopFacts.ResetURL)
}

// name is the ID of an answer.
func (c *scene) name(topic string, wording int) string {
	if slices.Contains(loose, topic) {
		return fmt.Sprintf("%s/%d.%d", topic, wording, c.turn())
	}
	for _, key := range states[topic] {
		if f, ok := c.fact(key); ok {
			return topic + ":" + f.Subject + ":" + f.Value + ":" + c.now.Format(time.DateOnly)
		}
	}
	return topic
}

// states are the facts that carry the state of a topic.
var states = map[string][]string{
	"order_status": {"parcel", "status"}, "parcel_tracking": {"parcel", "status"}, "parcel_late": {"parcel", "status"},
	"parcel_lost": {"parcel"}, "refund_status": {"refund"}, "refund_overdue": {"refund"},
}

// pending says what people promised, once after they gave the conversation back.
func (c *scene) pending(p *page) string {
	if !c.s.PeopleSpokeLast() || slices.Contains([]string{"thanks", "goodbye", "bot_question"}, c.topic()) {
		return ""
	}
	if _, ok := c.say(p, "pending"); !ok {
		return ""
	}
	p.write(" ")
	p.capital = true
	return "+pending"
}

// say writes one wording of a key, beginning with the one whose turn it is. A wording that could
// state something must state at least one thing.
func (c *scene) say(p *page, key string) (int, bool) {
	list := c.texts(key)
	for i := range list {
		n := (c.turn() + i) % len(list)
		was := *p
		if c.fill(p, list[n]) && len(p.b) > len(was.b) && (len(p.claims) > len(was.claims) || !factual(list[n])) {
			return n, true
		}
		*p = was
	}
	return 0, false
}

// factual tells whether a template has a place for a fact or an included text.
func factual(t string) bool {
	for {
		_, rest, ok := strings.Cut(t, "{")
		if !ok {
			return false
		}
		name, after, _ := strings.Cut(rest, "}")
		if !strings.ContainsAny(name[:1], "?!") && !slices.Contains([]string{"brand", "agent", "name", "next", "topics"}, name) {
			return true
		}
		t = after
	}
}

// buttons are quick replies that fit an answer.
func (c *scene) buttons(topic string) []string {
	switch topic {
	case "greeting":
		return c.topicButtons("parcel_tracking", "return_how_to", "delivery_options")
	case "bot_question":
		return []string{phrase(c.lang, "button.human")}
	}
	return nil
}

func (c *scene) topicButtons(topics ...string) []string {
	if c.public {
		return nil // nobody presses buttons under a post
	}
	var out []string
	for _, t := range topics {
		out = append(out, button(c.lang, t))
	}
	return append(out, phrase(c.lang, "button.human"))
}

// question writes the one question that Missing asks for. Where people have just given the
// conversation back with something promised and the message names no topic ("i co?"), the promise
// is the answer.
func (c *scene) question(p *page) (string, []string) {
	m := c.d.Missing
	if ask := c.instruction().ask; len(ask) > 0 && !slices.Contains(m, "private") {
		m = ask
	}
	has := func(s string) bool { return slices.Contains(m, s) }
	key, choice := "ask.more", c.topicButtons("parcel_tracking", "return_how_to", "delivery_options")
	switch {
	case has("private"):
		key, choice = "ask.private", nil
	case has("again"):
		key, choice = "ask.again", []string{phrase(c.lang, "button.human")}
	case has("order") && has("contact"):
		key, choice = "ask.both", nil
	case has("order"):
		key, choice = "ask.order", nil
	case has("contact"):
		key, choice = "ask.contact", nil
	case c.s.PeopleSpokeLast() && c.pending(p) != "":
		return "pending", nil
	case has("topic") && len(c.d.Reading.Set) > 1 && len(c.maybe()) > 0:
		key, choice = "ask.topic", c.topicButtons(c.maybe()...)
	}
	n, ok := c.say(p, key)
	if !ok {
		return "", nil
	}
	return fmt.Sprintf("%s/%d.%d", key, n, c.turn()), choice
}

// Title returns the name of a touchpoint for people at the desk; the id itself where a company has
// made its own.
func Title(lang, touchpoint string) string {
	return cmp.Or(pick(lang, titlesPL, titlesEN)[touchpoint], touchpoint)
}

// Words returns the words for a code: triggers ("T3", "T9:topic"), rules ("ceiling:channel"), acts,
// transitions, delivery problems, errors, facts, data. Where the whole code is not known its part
// before the first colon is; the code itself where nothing is.
func Words(lang, code string) string {
	book := pick(lang, codesPL, codesEN)
	if w, ok := book[code]; ok {
		return w
	}
	head, rest, _ := strings.Cut(code, ":")
	if w, ok := book[head]; ok {
		if strings.HasSuffix(w, ": ") {
			return w + rest
		}
		return w
	}
	return code
}

// button is a topic in the customer's words, at most 20 characters.
func button(lang, topic string) string {
	return cmp.Or(pick(lang, buttonsPL, buttonsEN)[topic], Title(lang, topic))
}

func pick[T any](lang string, pl, en T) T {
	if lang == "en" {
		return en
	}
	return pl
}

// cite puts words between the language's quotation marks.
func cite(lang, words string) string {
	return pick(lang, "„", "“") + words + "”"
}

// phrase is a text of the catalogue that is no template; empty where there is none.
func phrase(lang, key string) string {
	if l := pick(lang, polish, english)[key]; len(l) > 0 {
		return l[0]
	}
	return ""
}
