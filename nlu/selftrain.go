package nlu

import (
	"cmp"
	"slices"
)

// selfRounds are the shares of the unlabelled log, most certain first, that each round takes over
// with the topics that the round before gave them. Few labelled examples and a log of a few thousand
// messages gain five to nine points this way (docs/benchmarks.md).
var selfRounds = []float64{0.25, 0.5, 0.75, 1}

// logLimit is how many messages of a log are used; more gains little and takes long.
const logLimit = 20000

// readLog takes the log's texts apart, each once.
func readLog(log []string) []*scanned {
	log = slices.Clone(log)
	slices.Sort(log)
	log = slices.Compact(log)
	lex, _ := shippedLexicon()
	var out []*scanned
	step := max(1, (len(log)+logLimit-1)/logLimit)
	for i := 0; i < len(log); i += step {
		s := scan(log[i])
		s.hits = lex.match(s)
		if len(s.words) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// pupil is a growing set of texts with topics: people's first, then the model's own.
type pupil struct {
	texts []*scanned
	y     []int
	human []bool
	en    []bool
}

func (p *pupil) learn(names []string, classes int, c course) *blend {
	return learnBlend(p.texts, p.y, names, classes, c, func(r, o int) bool {
		return o == outHuman && p.human[r] || o == outEnglish && p.en[r]
	})
}

// selfTrain learns from people's labels, then again and again from these and a growing part of the
// log as the model before read it.
func selfTrain(first pupil, log []*scanned, names []string, classes int, c course) *blend {
	b := first.learn(names, classes, c)
	if len(log) == 0 || classes < 2 {
		return b
	}
	var e extractor
	var w buffers
	for _, share := range selfRounds {
		type guess struct {
			row, topic int
			p          float64
			human, en  bool
		}
		guesses := make([]guess, len(log))
		for i, s := range log {
			b.read(e.features(s, &c.recipe), &w)
			best := 0
			for t, p := range w.probs {
				if p > w.probs[best] {
					best = t
				}
			}
			guesses[i] = guess{i, best, w.probs[best], w.margins[classes+outHuman] > 0, w.margins[classes+outEnglish] > 0}
		}
		slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.p, a.p) })
		n := len(first.texts)
		p := pupil{first.texts[:n:n], first.y[:n:n], first.human[:n:n], first.en[:n:n]}
		for _, g := range guesses[:int(share*float64(len(guesses)))] {
			p.texts, p.y = append(p.texts, log[g.row]), append(p.y, g.topic)
			p.human, p.en = append(p.human, g.human), append(p.en, g.en)
		}
		b = p.learn(names, classes, c)
	}
	return b
}
