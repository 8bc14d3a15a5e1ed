package nlu

import (
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

// alikeAt is the share of common letter runs from which two messages say the same (trigger T5).
const alikeAt = 0.6

// repeats compares the message with the last ones of the customer.
func (x *reader) repeats() {
	own := trigrams(x.s.text)
	same, still := 0, 0
	for n, t := range x.customers(6) {
		topic := t.Reading != nil && t.Reading.Touchpoint == x.r.Touchpoint && t.Reading.Confidence >= 0.5 &&
			x.r.Confidence >= 0.5 && !general[x.r.Touchpoint]
		if topic && len(t.Reading.Entities) == 0 {
			still++
		}
		if n < 3 && len(x.s.words) >= 3 && (alike(own, trigrams(t.Text)) >= alikeAt || topic && len(t.Reading.Entities) == 0) {
			same++
		}
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

// loop finds two answers of the bot that are nearly the same.
func (x *reader) loop() {
	var said [][]uint32
	for i := len(x.c.Before) - 1; i >= 0 && len(said) < 4; i-- {
		if t := x.c.Before[i]; !t.Customer && t.Text != "" {
			grams := trigrams(t.Text)
			for _, s := range said {
				if alike(s, grams) >= 0.9 {
					x.sign(CodeLoop, 0.8)
					return
				}
			}
			said = append(said, grams)
		}
	}
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

// consents are short words that answer a question and have no topic of their own; folded.
var consents = set("tak nie ok okej okay dobrze jasne yes no yep nope prosze oto to jest numer nr zamowienia zamowienie moj moje moja " +
	"mail telefon adres my is number order it the its email nazwisko imie a i na sure please thanks dzieki hm aha no")

// continued keeps the conversation's topic for a message that only adds data, consents or nudges.
func (x *reader) continued() {
	r, topic := &x.r, x.c.Touchpoint
	if topic == "" || general[topic] || topic == r.Touchpoint || len(x.s.words) == 0 {
		return
	}
	own := 0
	for _, i := range x.s.words {
		t := &x.s.tokens[i]
		if !consents[t.fold] && !covered(r.Entities, t.start) && t.kind == word {
			own++
		}
	}
	_, _, asks := nudge().in(x.s)
	plain := own == 0 || asks && own <= 3
	unsure := own <= 3 && r.Confidence < 0.35 && len(x.c.Before) > 0
	if !plain && !unsure || general[r.Touchpoint] && r.Touchpoint != Other && r.Confidence >= 0.4 && own > 0 {
		return
	}
	p := 0.9
	if !plain {
		p = 0.6
	}
	r.Alternatives = append([]tandem.Guess{{Touchpoint: r.Touchpoint, Confidence: round(r.Confidence * (1 - p))}}, r.Alternatives...)
	r.Touchpoint, r.Confidence, r.Set, r.OutOfScope = topic, p, []string{topic}, 0
	x.r.Evidence = append(x.r.Evidence, tandem.Evidence{Layer: "structure", Code: CodeContinued, Weight: p})
}

func covered(e []tandem.Entity, at int) bool {
	for _, x := range e {
		if x.Start <= at && at < x.End {
			return true
		}
	}
	return false
}
