package nlu

import (
	"bytes"
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
}

// tuning is what was learnt about the learnt: how far a margin can be trusted.
type tuning struct {
	Topics   []string
	Limit    float64 // probability that a topic needs to be in the conformal set
	Other    logit   // out of scope: largest margin in scope, share of known features, margin of Other
	Human    logit
	HumanAt  float64
	English  logit
	AngryAt  float64 // probability from which a mood is called angry
	TenseAt  float64
	Examples int
}

// The outputs of the topic model after the touchpoints.
const (
	outHuman = iota
	outEnglish
	extraOutputs
)

var shipped = sync.OnceValues(func() (*Model, error) { return Load(bytes.NewReader(shippedModel)) })

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

// Version names the model and lexicon; it is the same for the same examples.
func (m *Model) Version() string { return m.version }

// Topics returns the touchpoints the model knows.
func (m *Model) Topics() []string { return slices.Clone(m.tuning.Topics) }

// String describes the model in one line.
func (m *Model) String() string {
	return fmt.Sprintf("%s: %d topics from %d examples, %d features, %d weights", m.version, len(m.tuning.Topics),
		m.tuning.Examples, m.joint.known, len(m.joint.cells)+len(m.joint.small))
}

// scanText takes a text apart and finds the lexicon's entries.
func (m *Model) scanText(text string) *scanned {
	s := scan(text)
	s.hits = m.lexicon.match(s)
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
	known   float64    // share of the features that the model has seen
	other   float64    // out of scope
	human   float64
	english float64
}

// judge reads the probabilities of a text off the trained heads.
func (m *Model) judge(s *scanned) judged {
	w := scratches.Get().(*buffers)
	defer scratches.Put(w)
	n := len(m.tuning.Topics)
	known := float64(m.joint.read(s, w))
	j := judged{topics: slices.Clone(w.probs[headTopics]), known: known}
	j.other = m.tuning.Other.at(scope(w.margins[:n], m.tuning.Topics, known, w.probs[headTopics])...)
	j.human = m.tuning.Human.at(float64(w.margins[n+outHuman]))
	j.english = m.tuning.English.at(float64(w.margins[n+outEnglish]))
	copy(j.moods[:], w.probs[headMoods])
	return j
}

// scope measures how much a text is about any of the topics: the largest margin of a topic, the
// share of known features, the margin of Other, and the odds of the most probable topic (NLU.md
// section 3: one-versus-rest margins keep what a softmax throws away).
func scope(z []float32, names []string, known float64, p []float64) []float64 {
	top, other, best := float32(-9), float32(-1), 0.0
	for i, x := range z {
		if names[i] == Other {
			other = x
			continue
		}
		top, best = max(top, x), math.Max(best, p[i])
	}
	best = math.Min(math.Max(best, 1e-4), 1-1e-4)
	return []float64{float64(top), known, float64(other), math.Log(best / (1 - best))}
}
