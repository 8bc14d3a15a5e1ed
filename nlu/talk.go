package nlu

import (
	"math"
	"slices"

	"tandem"
)

// Most of what is written in the middle of a talk is about what the talk is about, and much of it says
// nothing of that by itself: "pasuje", "a w niedzielę?", "48213". The model, which has learnt from
// messages that begin one, takes such words for some topic all the same. So its guess is weighed against
// the talk: the more likely words are to say nothing by themselves, the more the talk's own topic counts.
//
// How likely is read off nlu/examples/dialogues.jsonl: 140 messages in the middle of a talk against 175
// that begin one or change the subject. A logistic regression on how many words there are and how sure the
// model is of its best two guesses tells them apart; the networks' own view of the scope adds nothing to it.
const (
	silentBase  = 5.2  // logarithm of the likelihood ratio of an empty message about which the model wavers evenly
	silentWords = 2.36 // falls by so much with the logarithm of the words
	silentSure  = 0.63 // and by so much with the odds of the two best guesses

	// silentPrior is how many messages in the middle of a talk say nothing of the topic to one that brings
	// another. By the dialogues it is three; two lets a clear new question through at once.
	silentPrior = 2

	// speaking is how many times likelier the topic of the talk is than any other for a message that does
	// speak of a topic, or of none that the model knows.
	speaking = 4

	settled = 0.3 // confidence of a guess from which the talk's topic counts as known: the bot went on with it
	stays   = 0.5 // share from which a clear topic, the talk's or a new one, stands alone

	// wishing and muted are how far the same counts against a wish for a person, and against a feeling where
	// those before were calm. 691 labelled answers in the middle of a talk bear half of it for wishes, and hardly
	// a tenth for feelings: short words are no calmer by themselves.
	wishing = 0.5
	muted   = 0.1
)

// courtesies are topics that come in the middle of every talk.
var courtesies = set("thanks goodbye greeting")

// continued weighs the topics of a message against what the conversation is about.
func (x *reader) continued() {
	r := &x.r
	if x.c.Touchpoint == "" || general[x.c.Touchpoint] || len(x.s.words) == 0 || len(r.Set) == 0 {
		return
	}
	calm := x.j.moods[0] + x.j.moods[1] // a feeling mostly comes with something new
	silent := calm * x.silence()
	if len(x.c.Before) > 0 {
		x.quiet = silent
	}
	if courtesies[r.Touchpoint] && r.Confidence >= stays && len(r.Entities) == 0 {
		return
	}
	before := x.matters()
	p, kept := x.weighed(before, silent, calm*speaking)
	own, scope, evidence, clear := r.Touchpoint, r.OutOfScope, len(r.Evidence), len(r.Set) == 1
	x.rank(p)
	r.OutOfScope, r.Evidence = round(scope*(1-kept)), r.Evidence[:evidence]
	if r.Confidence >= stays && (before[r.Touchpoint] == 1 || r.Touchpoint == own && clear) {
		r.Set = []string{r.Touchpoint}
	}
	if own != r.Touchpoint && r.Touchpoint == x.c.Touchpoint {
		r.Evidence = append(r.Evidence, tandem.Evidence{Layer: "structure", Code: CodeContinued, Weight: r.Confidence})
	}
}

// weighed returns the probabilities of the topics in this talk, and the share that they have from it.
func (x *reader) weighed(before map[string]float64, silent, speaks float64) ([]float64, float64) {
	p := slices.Clone(x.j.topics)
	other := 0.0
	if n := slices.Index(x.m.tuning.Topics, Other); n >= 0 {
		other = p[n]
	}
	sum, kept := 0.0, 0.0
	for i, t := range x.m.tuning.Topics {
		if !x.allowed(t) {
			p[i] = 0
			continue
		}
		stay := before[t] * (silent + speaks*(p[i]+other))
		p[i] += stay
		sum, kept = sum+p[i], kept+stay
	}
	if sum == 0 {
		return p, 0
	}
	for i := range p {
		p[i] /= sum
	}
	return p, kept / sum
}

// silence is how many times likelier words as these are where they say nothing of a topic by themselves.
// A nudge never does; what was said before does, as it did then.
func (x *reader) silence() float64 {
	own := x.own()
	if x.said() {
		return 0
	}
	if _, _, ok := nudge().in(x.s); ok && own <= 3 {
		own = 0
	}
	best, next := 0.0, 0.0
	for i, t := range x.m.tuning.Topics {
		if p := x.j.topics[i]; t != Other {
			best, next = max(best, p), max(next, min(p, best))
		}
	}
	words := float64(own+x.bare()) / 2
	return silentPrior * math.Exp(silentBase-silentWords*math.Log1p(words)-silentSure*odds(min(best+next, 0.999)))
}

// matters is what the talk is about, with probabilities: its topic, or, where that was hardly more than a
// guess, the guesses.
func (x *reader) matters() map[string]float64 {
	for _, t := range x.customers(8) {
		if t.Reading == nil || t.Reading.Touchpoint != x.c.Touchpoint {
			continue
		}
		if t.Reading.Confidence >= settled {
			break
		}
		out, sum := map[string]float64{}, 0.0
		for _, g := range append([]tandem.Guess{{Touchpoint: x.c.Touchpoint, Confidence: t.Reading.Confidence}}, t.Reading.Alternatives...) {
			if _, ok := out[g.Touchpoint]; ok || general[g.Touchpoint] {
				continue
			}
			out[g.Touchpoint] = g.Confidence
			sum += out[g.Touchpoint]
		}
		for k := range out {
			out[k] /= max(sum, 1e-9)
		}
		return out
	}
	return map[string]float64{x.c.Touchpoint: 1}
}

// soothe takes feeling from a message that says nothing by itself, where those before it were calm and it
// does not complain of the answer: "Perfect. Name's Osei." in the middle of a booking.
func (x *reader) soothe() {
	if _, _, ok := protests().in(x.s); ok || x.quiet == 0 {
		return
	}
	for _, t := range x.customers(3) {
		if t.Reading != nil && (t.Reading.Mood == tandem.Tense || t.Reading.Mood == tandem.Angry) {
			return
		}
	}
	p := &x.j.moods
	by := 1 + muted*x.quiet
	sum := p[0] + p[1] + (p[2]+p[3])/by
	p[0], p[1], p[2], p[3] = p[0]/sum, p[1]/sum, p[2]/by/sum, p[3]/by/sum
}

// consents are short words that answer a question and have no topic of their own; folded.
var consents = set("tak nie ok okej okay dobrze jasne yes no yep nope prosze oto to jest numer nr zamowienia zamowienie moj moje moja " +
	"mail telefon tel kom komorka nip pesel kod phone mobile adres my is number order it the its email nazwisko imie a i na sure please thanks dzieki hm aha no przepraszam sorki sorry przepr")

// own counts the words that are neither data nor consent nor the name of a datum.
func (x *reader) own() int {
	return x.count(func(t *token) bool { return !consents[t.fold] && t.kind == word })
}

// bare counts the words that are no data.
func (x *reader) bare() int { return x.count(func(*token) bool { return true }) }

func (x *reader) count(ok func(*token) bool) int {
	n := 0
	for _, i := range x.s.words {
		if t := &x.s.tokens[i]; !covered(x.r.Entities, t.start) && ok(t) {
			n++
		}
	}
	return n
}

func covered(e []tandem.Entity, at int) bool {
	for _, x := range e {
		if x.Start <= at && at < x.End {
			return true
		}
	}
	return false
}
