package nlu

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"
)

//go:generate go run tandem/cmd/tandem nlu train --examples examples --out model.bin

//go:embed model.bin
var shippedModel []byte

// Model reads texts. It does not change once made and may be used by many goroutines.
type Model struct {
	joint   *joint // two heads: the touchpoints with "human" and "en" after them, and the moods
	tuning  tuning
	lexicon *lexicon
	version string
	vector  func(text string) []float32 // see WithVectors
}

// tuning is what was learnt about the learnt: how far a margin can be trusted.
type tuning struct {
	Topics   []string
	Limit    float64 // probability that a topic needs to be in the conformal set
	Other    logit   // of scope: how far out of scope
	Human    logit
	HumanAt  float64
	English  logit
	Angry    logit   // of angerSigns
	AngryAt  float64 // probability from which a mood is called angry
	Examples int
}

// The outputs of the topic model after the touchpoints.
const (
	outHuman = iota
	outEnglish
	extraOutputs
)

var shipped = sync.OnceValues(func() (*Model, error) { return use(shippedModel) })

// Open returns the model that tandem ships with, trained on nlu/examples. It is loaded once.
func Open() (*Model, error) { return shipped() }

// With returns a model that also knows a company's own words. The error names a pattern that cannot
// be read.
func (m *Model) With(w Words) (*Model, error) {
	l, err := m.lexicon.with(w)
	if err != nil {
		return nil, err
	}
	out := *m
	out.lexicon = l
	return &out, nil
}

// WithVectors returns the model with a source of vectors for the texts that it reads: an embedding
// endpoint, given by whoever may call out. The source gets a text without personal data and answers
// with nil where it cannot answer in time; the text is then read without. A model that was trained
// without Options.Vectors never asks.
func (m *Model) WithVectors(source func(text string) []float32) *Model {
	out := *m
	out.vector = source
	return &out
}

// Dense tells whether the model learnt from vectors.
func (m *Model) Dense() bool { return m.joint.uses[groupDense] }

// Version names the model and lexicon; it is the same for the same examples.
func (m *Model) Version() string { return m.version }

// Topics returns the touchpoints the model knows.
func (m *Model) Topics() []string { return slices.Clone(m.tuning.Topics) }

// String describes the model in one line.
func (m *Model) String() string {
	return fmt.Sprintf("%s: %d topics from %d examples, %d features, %d weights", m.version, len(m.tuning.Topics),
		m.tuning.Examples, m.joint.known(), m.joint.weights())
}

// scanText takes a text apart and finds the lexicon's entries.
func (m *Model) scanText(text string) *scanned {
	s := scan(text)
	s.hits = m.lexicon.match(s)
	if m.vector != nil && m.Dense() && len(s.words) > 0 {
		s.vector = m.vector(Mask(clip(text, readLimit)))
	}
	return s
}

// The heads of the joint.
const (
	headTopics = iota
	headMoods
)

var scratches = sync.Pool{New: func() any { return new(buffers) }}

// judged are the probabilities of one text.
type judged struct {
	topics  []float64  // in the order of tuning.Topics
	moods   [4]float64 // pleased, calm, tense, angry
	other   float64    // out of scope
	human   float64
	english float64
}

// judge reads the probabilities of a text off the trained heads.
func (m *Model) judge(s *scanned) judged {
	w := scratches.Get().(*buffers)
	defer scratches.Put(w)
	n := len(m.tuning.Topics)
	m.joint.read(s, w)
	j := judged{topics: slices.Clone(w.probs[headTopics])}
	j.other = m.tuning.Other.at(scope(w.margins[:n], m.tuning.Topics, w.strangeness, w.probs[headTopics], w.nets[headTopics])...)
	j.human = m.tuning.Human.at(float64(w.margins[n+outHuman]))
	j.english = m.tuning.English.at(float64(w.margins[n+outEnglish]))
	copy(j.moods[:], w.probs[headMoods])
	h := &m.joint.heads[headMoods]
	j.temper(m.tuning.Angry.at(angerSigns(w.probs[headMoods], w.margins[h.first:h.first+h.classes])...))
	return j
}

// temper sets the probability of anger and shares the rest out among the other moods as before.
func (j *judged) temper(angry float64) {
	rest := (1 - angry) / max(1-j.moods[3], 1e-6)
	for i := range 3 {
		j.moods[i] *= rest
	}
	j.moods[3] = angry
}

// scope measures how much a text is about any of the topics: the largest margin of a topic (NLU.md
// section 3: one-versus-rest margins keep what a softmax throws away), the margin of Other, the odds of
// the most probable topic, the odds that the networks alone give to their own (they waver together where
// they have seen nothing alike) and their energy, and what is known of the text: all of it, words, stems
// and runs of letters. How the whole differs from these three is how much of it is words of the trade.
func scope(z []float32, names []string, s strangeness, p []float64, nets []float32) []float64 {
	top, other, best, net := float32(-9), float32(-1), 0.0, 0.0
	for i, x := range z {
		if names[i] == Other {
			other = x
			continue
		}
		top, best, net = max(top, x), math.Max(best, p[i]), math.Max(net, float64(nets[i]))
	}
	return append([]float64{float64(top), float64(other), odds(best), odds(net), s.energy}, s.known[:]...)
}

// plainOther is how scope is weighed where no example is out of scope: the shape that CLINC150 taught.
func plainOther() logit { return logit{-3, 2, -0.3, 0, 0, -2, 0, 0, 0, 0.5} }

// odds returns the logarithm of a probability's odds, within bounds.
func odds(p float64) float64 {
	p = math.Min(math.Max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}
