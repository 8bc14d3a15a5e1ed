package nlu

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Options say how to train. The zero value is what tandem ships with.
type Options struct {
	Hold  float64 // share of the examples that calibration is measured on, by a model that has not seen them. 0: 0.25
	Miss  float64 // how often the true topic may be missing from the conformal set. 0: 0.08
	Keep  float64 // share of the weights that is stored. 0: 0.1
	False float64 // false alarms allowed when a message is called angry. 0: 0.04
	Typos bool    // also learns from a copy of each example with slips of the finger
	Quick bool    // no networks: half the time, one to two points less
}

func (o Options) filled() Options {
	o.Hold = cmp.Or(o.Hold, 0.25)
	o.Miss = cmp.Or(o.Miss, 0.08)
	o.Keep = cmp.Or(o.Keep, 0.1)
	o.False = cmp.Or(o.False, 0.04)
	return o
}

// The recipes: what the texts are looked at for.
var (
	topicRecipe = recipe{Weights: [groups]float32{groupWords: 1, groupPrefix: 1, groupChars: 1.5, groupConcepts: 0.4}, CharLow: 2, CharHigh: 5}
	// Moods add marks, capitals, negation and the lexicon's hits.
	moodRecipe = recipe{Weights: [groups]float32{groupWords: 1, groupPrefix: 0.7, groupChars: 1, groupMood: 1}, CharLow: 2, CharHigh: 5}
)

// courses returns how topics and moods are learnt.
func (o Options) courses() (topics, moods course) {
	topics = course{recipe: topicRecipe, Inform: 0.4, learner: learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 25}, nets: 2, share: 0.5, keep: o.Keep,
		school: schooling{Hidden: 40, Epochs: 8, Rate: 0.1, Drop: 0.3, DropIn: 0.3, Smooth: 0.1}}
	moods = course{recipe: moodRecipe, learner: learner{C: 0.5, Plus: 1, Eps: 0.1, Turns: 25}, keep: o.Keep}
	if o.Quick {
		topics.nets = 0
	}
	return topics, moods
}

// lesson is a set of examples made ready for learning.
type lesson struct {
	examples []Example
	texts    []*scanned
	twins    []*scanned // the same with slips of the finger; nil where there are none
	topics   []string
	topic    []int
	mood     []int // -1 where nobody said
	out      []bool // held out while calibrating
	options  Options
}

// Train learns a model. It is deterministic: the same examples in any order give the same model. The
// report tells how well each part of the examples was read by a model that had not seen it. Train
// panics on no examples; a company's example with an unknown topic simply makes a new topic.
func Train(examples []Example, o Options) (*Model, Report) {
	l := prepare(examples, o.filled())
	m := &Model{version: l.version()}
	m.lexicon, _ = shippedLexicon()
	m.tuning.Topics, m.tuning.Examples = l.topics, len(l.examples)
	topics, moods := l.learn(false)
	h := l.held(topics, moods)
	m.tune(l, h)
	r := l.report(m, h)
	m.topics, m.moods = l.learn(true)
	m.topics.settle(topics)
	m.moods.settle(moods)
	r.count(m)
	return m, r
}

func prepare(examples []Example, o Options) *lesson {
	l := &lesson{examples: slices.Clone(examples), options: o}
	slices.SortFunc(l.examples, func(a, b Example) int {
		return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Touchpoint, b.Touchpoint),
			strings.Compare(a.Lang, b.Lang), strings.Compare(string(a.Mood), string(b.Mood)))
	})
	l.examples = slices.CompactFunc(l.examples, func(a, b Example) bool {
		return a.Text == b.Text && a.Touchpoint == b.Touchpoint && a.Lang == b.Lang
	})
	for _, e := range l.examples {
		l.topics = append(l.topics, e.Touchpoint)
	}
	slices.Sort(l.topics)
	l.topics = slices.Compact(l.topics)
	lex, _ := shippedLexicon()
	rng := random(7)
	for _, e := range l.examples {
		t, _ := slices.BinarySearch(l.topics, e.Touchpoint)
		l.topic = append(l.topic, t)
		l.mood = append(l.mood, slices.Index(moodNames, string(e.Mood)))
		l.out = append(l.out, float64(rng.below(1000)) < 1000*o.Hold)
		s := scan(e.Text)
		s.hits = lex.match(s)
		l.texts = append(l.texts, s)
		if o.Typos {
			l.twins = append(l.twins, scan(mistype(e.Text, 12, &rng)))
		}
	}
	return l
}

// version is a short name of the examples and the lexicon.
func (l *lesson) version() string {
	h := sha256.New()
	fmt.Fprintln(h, lexiconFile, l.options)
	for _, e := range l.examples {
		fmt.Fprintf(h, "%s\t%s\t%s\t%t\t%s\n", e.Lang, e.Touchpoint, e.Mood, e.Human, e.Text)
	}
	return "nlu-" + hex.EncodeToString(h.Sum(nil))[:12]
}

// learn makes both models from all folds but one; -1 leaves none out.
func (l *lesson) learn(without int) (topics, moods *linear) {
	var rows []int
	for i := range l.examples {
		if l.fold[i] != without {
			rows = append(rows, i)
		}
	}
	return l.learnTopics(rows, without < 0), l.learnMoods(rows)
}

func (l *lesson) learnTopics(rows []int, twins bool) *linear {
	texts := make([]*scanned, 0, 2*len(rows))
	for _, i := range rows {
		texts = append(texts, l.texts[i])
	}
	if twins && l.twins != nil {
		for _, i := range rows {
			texts = append(texts, l.twins[i])
		}
	}
	m, v := tabulate(texts, &topicRecipe)
	n := len(l.topics)
	w := topicLearner.fitAll(m, nil, n+extraOutputs, func(r, o int) bool {
		e := &l.examples[rows[r%len(rows)]]
		switch o - n {
		case outHuman:
			return e.Human
		case outEnglish:
			return e.Lang == "en"
		}
		return l.topic[rows[r%len(rows)]] == o
	})
	names := append(slices.Clone(l.topics), "human", "en")
	return compress(w, v, topicRecipe, names, l.options.Keep)
}

func (l *lesson) learnMoods(rows []int) *linear {
	var texts []*scanned
	var moods []int
	for _, i := range rows {
		if l.mood[i] >= 0 {
			texts, moods = append(texts, l.texts[i]), append(moods, l.mood[i])
		}
	}
	m, v := tabulate(texts, &moodRecipe)
	w := moodLearner.fitAll(m, nil, len(moodNames), func(r, o int) bool { return moods[r] == o })
	return compress(w, v, moodRecipe, moodNames, l.options.Keep)
}

// held are margins of examples under a model that has not seen them.
type held struct {
	topics [][]float32 // with the extra outputs
	moods  [][]float32
	known  []float64
}

func (l *lesson) held() *held {
	h := &held{topics: make([][]float32, len(l.texts)), moods: make([][]float32, len(l.texts)),
		known: make([]float64, len(l.texts))}
	var e extractor
	for f := range l.options.Folds {
		topics, moods := l.learn(f)
		for i, t := range l.texts {
			if l.fold[i] != f {
				continue
			}
			h.topics[i] = make([]float32, len(topics.names))
			h.known[i] = float64(topics.margins(e.features(t, &topics.recipe), h.topics[i]))
			h.moods[i] = make([]float32, len(moods.names))
			moods.margins(e.features(t, &moods.recipe), h.moods[i])
		}
	}
	return h
}

// tune learns from the held-out margins how far margins can be trusted.
func (m *Model) tune(l *lesson, h *held) {
	t := &m.tuning
	n := len(l.topics)
	z := make([][]float32, len(h.topics))
	for i := range z {
		z[i] = h.topics[i][:n]
	}
	t.Sharp = sharpness(z, l.topic)
	t.Limit = conformal(truths(z, l.topic, t.Sharp), l.options.Miss)
	var measured, human, english [][]float64
	var isOther, isHuman, isEnglish []bool
	for i, e := range l.examples {
		measured = append(measured, scope(z[i], l.topics, h.known[i]))
		human = append(human, []float64{float64(h.topics[i][n+outHuman])})
		english = append(english, []float64{float64(h.topics[i][n+outEnglish])})
		isOther, isHuman = append(isOther, e.Touchpoint == Other), append(isHuman, e.Human)
		isEnglish = append(isEnglish, e.Lang == "en")
	}
	t.Other = logit{-4, -3, 2, 0.5} // where no example is out of scope, the shape that CLINC150 taught
	if count(isOther) >= 20 {
		t.Other = fitLogit(measured, isOther)
	}
	t.Human, t.English = fitLogit(human, isHuman), fitLogit(english, isEnglish)
	t.HumanAt = recallAt(t.Human, human, isHuman, 0.97)
	m.tuneMood(l, h)
}

func (m *Model) tuneMood(l *lesson, h *held) {
	t := &m.tuning
	var z [][]float32
	var y []int
	for i, mood := range l.mood {
		if mood >= 0 {
			z, y = append(z, h.moods[i]), append(y, mood)
		}
	}
	t.MoodSharp, t.AngryAt, t.TenseAt = 2, 0.5, 0.5
	if len(z) == 0 {
		return
	}
	t.MoodSharp = sharpness(z, y)
	p := make([]float64, 4)
	var notAngry []float64
	for i, row := range z {
		if softmax(row, t.MoodSharp, p); y[i] != 3 {
			notAngry = append(notAngry, p[3])
		}
	}
	t.AngryAt = min(max(atRate(notAngry, l.options.False), 0.25), 0.6)
}

func count(b []bool) (n int) {
	for _, x := range b {
		if x {
			n++
		}
	}
	return n
}

// truths returns the probability that each row's true class was given.
func truths(z [][]float32, y []int, sharp float32) []float64 {
	p := make([]float64, 256)
	out := make([]float64, len(z))
	for i, row := range z {
		softmax(row, sharp, p)
		out[i] = p[y[i]]
	}
	return out
}

// recallAt returns the highest threshold, at most one half, that still finds the given share.
func recallAt(l logit, x [][]float64, y []bool, recall float64) float64 {
	var p []float64
	for i, row := range x {
		if y[i] {
			p = append(p, l.at(row...))
		}
	}
	if len(p) == 0 {
		return 0.5
	}
	slices.Sort(p)
	return min(max(p[int(float64(len(p))*(1-recall))], 0.12), 0.5)
}
