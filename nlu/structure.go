package nlu

import (
	"slices"

	"tandem"
)

// The codes of structural evidence. They stand for triggers T4 (slope), T5 (rephrasing, repetition),
// T6 (loop), T12 (no_progress) of HITL.md 1.6.
const (
	CodeRephrasing = "rephrasing"  // asks once more what was asked before
	CodeRepetition = "repetition"  // asks for the third time or more
	CodeLoop       = "loop"        // the bot has already said the same thing twice
	CodeSlope      = "slope"       // the mood has fallen by half a point within three turns
	CodeNoProgress = "no_progress" // four turns on one topic and nothing new
	CodeProtest    = "protest"     // says that the answer was about something else: "nie o to pytam"
	CodeNudge      = "nudge"       // "halo?", "i co?"
	CodeContinued  = "continued"   // the message only adds data to what was asked before
)

// structure looks at the conversation before the message.
func (x *reader) structure() {
	if len(x.c.Before) == 0 {
		return
	}
	x.repeats()
	x.loop()
	x.slope()
	if _, _, ok := nudge().in(x.s); ok && len(x.s.words) <= 5 {
		x.sign(CodeNudge, 0.5)
	}
}

// sign adds structural evidence, which is about no place in the text.
func (x *reader) sign(code string, w float64) {
	x.r.Evidence = append(x.r.Evidence, tandem.Evidence{Layer: "structure", Code: code, Weight: w})
	x.r.Escalation += w
}

// customers returns the newest messages of the customer before this one, newest first.
func (x *reader) customers(most int) []Turn {
	var out []Turn
	for i := len(x.c.Before) - 1; i >= 0 && len(out) < most; i-- {
		if x.c.Before[i].Customer {
			out = append(out, x.c.Before[i])
		}
	}
	return out
}

// protested tells whether a message before said that the answer was about something else.
func protested(r *tandem.Reading) bool {
	return r != nil && slices.ContainsFunc(r.Evidence, func(e tandem.Evidence) bool { return e.Code == CodeProtest })
}

// alikeAt is the share of common letter runs from which two messages say the same (trigger T5).
const alikeAt = 0.6

// repeats compares the message with the last ones of the customer.
func (x *reader) repeats() {
	own := trigrams(x.s.text)
	same, still, again := 0, 0, 0
	for n, t := range x.customers(6) {
		topic := t.Reading != nil && t.Reading.Touchpoint == x.guess.Touchpoint && t.Reading.Confidence >= 0.5 &&
			x.guess.Confidence >= 0.5 && !general[x.guess.Touchpoint]
		if topic && len(t.Reading.Entities) == 0 {
			still++
		}
		if n < 3 && len(x.s.words) >= 3 && (alike(own, trigrams(t.Text)) >= alikeAt || topic && len(t.Reading.Entities) == 0) {
			same++
		}
		if n < 2 && protested(t.Reading) {
			again++
		}
	}
	if _, _, ok := protests().in(x.s); ok && x.r.Feedback <= 0 && x.j.moods[0] < 0.5 {
		x.sign(CodeProtest, 0)
		same = max(same, 1+again)
	}
	switch {
	case same >= 2:
		x.sign(CodeRepetition, 1.5)
		if x.r.Mood == tandem.Calm {
			x.r.Mood = tandem.Tense
		}
	case same == 1:
		x.sign(CodeRephrasing, 0.6)
	}
	if still >= 3 && x.r.Feedback <= 0 {
		x.sign(CodeNoProgress, 0.8)
	}
}

// loop finds two answers of the bot, one of the last two among them, that say the same: nearly all
// letter runs of the one are in the other. A customer who goes on after them was not answered.
func (x *reader) loop() {
	if x.j.moods[0] > 0.5 || x.r.Feedback > 0 || contentless[x.r.Touchpoint] {
		return
	}
	var said [][]uint32
	for i := len(x.c.Before) - 1; i >= 0 && len(said) < 4; i-- {
		if t := x.c.Before[i]; !t.Customer && t.Text != "" {
			grams := trigrams(t.Text)
			for n, s := range said {
				if n < 2 && contained(s, grams) >= 0.9 {
					x.sign(CodeLoop, 1.3)
					return
				}
			}
			said = append(said, grams)
		}
	}
}

// contentless are topics that complain of no answer.
var contentless = set("greeting thanks goodbye")

// contained is the share of the shorter text's runs of three letters that the longer one has too; 0 for
// texts of a word or two.
func contained(a, b []uint32) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 8 {
		return 0
	}
	n := 0
	for _, g := range a {
		if _, ok := slices.BinarySearch(b, g); ok {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// slope follows the mood as a moving average with weight one half (trigger T4).
func (x *reader) slope() {
	turns := x.customers(8)
	line := []float64{}
	level := 0.0
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Reading == nil {
			continue
		}
		score := turns[i].Reading.Mood.Score()
		if len(line) == 0 {
			level = score
		}
		level = 0.5*level + 0.5*score
		line = append(line, level)
	}
	if len(line) == 0 {
		return
	}
	now := 0.5*level + 0.5*x.r.Mood.Score()
	top := now
	for _, l := range line[max(0, len(line)-3):] {
		top = max(top, l)
	}
	if now <= -0.3 && top-now >= 0.5 {
		x.sign(CodeSlope, 1)
	}
}

// said tells whether the customer has written nearly the same before.
func (x *reader) said() bool {
	own := trigrams(x.s.text)
	return slices.ContainsFunc(x.customers(3), func(t Turn) bool { return alike(own, trigrams(t.Text)) >= alikeAt })
}
