package nlu

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"tandem"
)

// Context is what is known besides the words of a message. The zero value knows nothing.
type Context struct {
	Lang       string              // the language so far, "pl" or "en"
	Order      *regexp.Regexp      // what the company's order numbers look like
	Now        time.Time           // the moment, in the company's zone; zero leaves "jutro" unresolved
	Profile    string              // sensitivity: wysoka, zrownowazona, niska; empty is wysoka
	Profiles   map[string]string   // sensitivity by touchpoint, where it differs
	Topics     map[string]struct{} // the company's touchpoints; nil allows all that the model knows
	Touchpoint string              // what the conversation was about
	Before     []Turn              // what was said before, oldest first
}

// Turn is one message of the conversation before.
type Turn struct {
	Customer bool
	Text     string
	Reading  *tandem.Reading // of a customer's message, where there is one
}

// The sensitivity profiles with the score from which trigger T3 hands over (HITL.md 1.6).
const (
	High     = "wysoka"
	Balanced = "zrownowazona"
	Low      = "niska"
)

// Threshold returns the score of a profile from which tension hands over.
func Threshold(profile string) float64 {
	switch fold(profile) {
	case Balanced:
		return 2.5
	case Low:
		return 4
	}
	return 1.2
}

func (c *Context) profile(touchpoint string) string {
	if p := c.Profiles[touchpoint]; p != "" {
		return fold(p)
	}
	if c.Profile == "" {
		return High
	}
	return fold(c.Profile)
}

// reader puts one reading together.
type reader struct {
	m *Model
	c Context
	s *scanned
	j judged
	r tandem.Reading

	guess tandem.Guess // the topic by the message's own words
	quiet float64      // how far the message says nothing by itself, see silence; 0 outside a talk
}

// Read reads one message. It answers for any bytes, in time bounded by the first 12 kB.
func (m *Model) Read(text string, c Context) tandem.Reading {
	x := reader{m: m, c: c, s: m.scanText(text)}
	x.j = m.judge(x.s)
	x.r = tandem.Reading{Version: m.version, Entities: []tandem.Entity{}, Evidence: []tandem.Evidence{}}
	x.r.Lang, x.r.LangSure = language(x.s, x.j.english, c.Lang)
	if e := entities(x.s, c.Order, c.Now); len(e) > 0 {
		x.r.Entities = e
	}
	x.veto()
	x.topic()
	x.continued()
	x.person()
	x.mood()
	x.words()
	x.structure()
	x.r.Form, _ = formOf(x.s)
	x.r.Gender = genderOf(x.s)
	x.r.Escalation = max(0, round(x.r.Escalation))
	return x.r
}

func round(x float64) float64 { return float64(int64(x*1000+0.5*sign(x))) / 1000 }

func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// general are touchpoints that every company has, whatever its map says.
var general = set("human_request bot_question greeting thanks goodbye other")

// topic sets the touchpoint, its alternatives, the conformal set and the scope.
func (x *reader) topic() {
	x.rank(x.j.topics)
	x.guess = tandem.Guess{Touchpoint: x.r.Touchpoint, Confidence: x.r.Confidence}
}

// allowed tells whether the company has a topic.
func (x *reader) allowed(topic string) bool {
	_, ok := x.c.Topics[topic]
	return ok || x.c.Topics == nil || general[topic]
}

// rank reads touchpoint, alternatives and set off the topics' probabilities.
func (x *reader) rank(p []float64) {
	r, top := &x.r, ranked(p, x.m.tuning.Topics)
	top = slices.DeleteFunc(top, func(g tandem.Guess) bool { return !x.allowed(g.Touchpoint) })
	r.OutOfScope = round(x.j.other)
	if len(x.s.words) == 0 || len(top) == 0 { // nothing to read: an emoji, a sticker, a foreign script
		r.Touchpoint, r.Confidence, r.OutOfScope = Other, 0, 1
		r.Alternatives, r.Set = []tandem.Guess{}, []string{}
		return
	}
	r.Touchpoint, r.Confidence = top[0].Touchpoint, round(top[0].Confidence)
	r.Set = within(top, x.m.tuning.Limit)
	r.Alternatives = []tandem.Guess{}
	for _, g := range top[1:min(5, len(top))] {
		if g.Confidence >= 0.005 {
			r.Alternatives = append(r.Alternatives, tandem.Guess{Touchpoint: g.Touchpoint, Confidence: round(g.Confidence)})
		}
	}
	if n := slices.Index(x.m.tuning.Topics, r.Touchpoint); n >= 0 {
		x.explain(n, r.Touchpoint, 2)
	}
}

// explain adds the words that speak most for an output as evidence.
func (x *reader) explain(out int, code string, most int) {
	type place struct {
		n int
		w float64
	}
	var best []place
	for n, i := range x.s.words {
		if w := x.m.joint.speaks(&x.s.tokens[i], out); w > 0 {
			best = append(best, place{n, w})
		}
	}
	slices.SortStableFunc(best, func(a, b place) int {
		if a.w > b.w {
			return -1
		} else if a.w < b.w {
			return 1
		}
		return 0
	})
	for _, p := range best[:min(most, len(best))] {
		t := x.s.at(p.n)
		x.add("model", code, t.start, t.end, p.w)
	}
}

// speaks is how much a word by itself speaks for an output.
func (l *linear) speaks(t *token, out int) float64 {
	var sum float32
	for _, h := range []uint32{seal(mix(seed(0, 1), shape(t))), seal(mix(seed(1, 1), prefix(shape(t))))} {
		s, ok := l.find(h)
		if !ok {
			continue
		}
		for c := l.of(s); len(c) >= 2; c = c[2:] {
			if int(c[0]) == out {
				sum += float32(float32(int8(c[1])) * l.scale[out])
			}
		}
	}
	return round(float64(sum))
}

func (x *reader) add(layer, code string, start, end int, w float64) {
	x.r.Evidence = append(x.r.Evidence, tandem.Evidence{Layer: layer, Code: code, Text: x.s.text[start:end], Weight: w,
		Start: start, End: end})
}

// person sets the wish for a human and the question whether this is a bot. Words of the lexicon and
// the trained model each suffice: a request for a human is never to be missed (I11).
func (x *reader) person() {
	r := &x.r
	wish := x.j.human / (1 + wishing*x.quiet*(1-x.j.human)) // "poproszę :)" accepts what was offered
	if r.HumanScore = round(wish); len(r.Entities) > 0 && x.own() == 0 {
		r.HumanScore = 0 // "48377, telefon 500100200" gives data that was asked for
	}
	if from, to, ok := wantsHuman().in(x.s); ok && !x.s.negated(from, 3) {
		x.add("lexicon", "wants_human", x.s.at(from).start, x.s.at(to-1).end, 3)
		r.HumanScore = max(r.HumanScore, 0.9)
	}
	for _, h := range x.s.hits {
		if h.entry.category == "human" && h.off == "" && h.entry.severity == hard {
			x.add("lexicon", h.entry.id, h.start, h.end, h.entry.weight)
			r.HumanScore = max(r.HumanScore, 0.8)
		}
	}
	if from, to, ok := asksBot().in(x.s); ok {
		r.AsksBot = true
		x.add("lexicon", "asks_bot", x.s.at(from).start, x.s.at(to-1).end, 1)
	} else {
		r.AsksBot = r.Touchpoint == "bot_question" && r.Confidence >= 0.5
	}
	r.WantsHuman = r.HumanScore >= x.m.tuning.HumanAt || r.Touchpoint == "human_request" && r.Confidence >= 0.5
	if _, _, ok := notHelped().in(x.s); ok {
		r.Feedback = -1
	} else if _, _, ok := helped().in(x.s); ok {
		r.Feedback = 1
	}
}

// mood sets mood and anger from the trained model, moved by hard words of anger that stand plainly.
func (x *reader) mood() {
	r := &x.r
	x.soothe()
	p := x.j.moods
	for _, h := range x.s.hits {
		if h.off != "" || h.entry.severity != hard {
			continue
		}
		switch h.entry.category {
		case "anger", "profanity", "bot_fail": // who speaks of fraud may be its frightened victim
			excused := p[0]+p[1] >= 0.6 && len(x.s.words) >= tellingWords || p[0] >= 0.5
			if !excused && !asking(x.s) {
				p[3] = max(p[3], 0.6)
			}
		case "repeat", "leave":
			if p[0]+p[1] > 0.5 && p[0] < 0.5 { // such words are not said calmly
				p[2] = max(p[2], p[1]+0.01)
			}
		case "fraud": // nor is an accusation to the face; anger it need not be
			if x.accuses(&h) && p[3] < x.m.tuning.AngryAt {
				p[2] = max(p[2], p[1]+0.01)
			}
		}
	}
	if x.data() {
		p = [4]float64{0, 1, 0, 0}
	}
	r.Anger = round(p[3])
	r.Mood = tandem.Mood(moodNames[x.m.tuning.mood(p[:])])
	if len(x.s.words) == 0 {
		r.Mood, r.Anger = tandem.Calm, 0
	}
	x.j.moods = p
	switch r.Mood {
	case tandem.Angry:
		x.explain(x.m.joint.heads[headMoods].first+3, "angry", 3)
	case tandem.Tense:
		x.explain(x.m.joint.heads[headMoods].first+2, "tense", 2)
	}
}

// data tells that a message gives data and nothing else: "przepraszam, anna@example.pl" has no mood.
func (x *reader) data() bool {
	return len(x.r.Entities) > 0 && x.own() == 0 && len(x.s.hits) == 0 && len(signs(x.s, false)) == 0
}

// asking tells whether the text asks if something is so, politely: "czy to oszustwo?" accuses nobody.
func asking(s *scanned) bool {
	for i := range s.words {
		if f := s.at(i).fold; f == "czy" || f == "is" {
			return strings.Contains(s.text, "?")
		}
	}
	return false
}
