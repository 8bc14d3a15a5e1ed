package nlu

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Options say how to train. The zero value is what tandem ships with.
type Options struct {
	Hold  float64  // share of the examples that calibration is measured on, by a model that has not seen them. 0: 0.25
	Miss  float64  // how often the true topic may be missing from the conformal set. 0: 0.08
	Keep  float64  // share of the weights that is stored. 0: 0.3
	False float64  // false alarms allowed when a message is called angry. 0: 0.0375
	Log   []string // unlabelled messages of the company: with few examples a great help
	Typos bool     // also learns from a copy of each example with slips of the finger
	// Vectors are the examples' texts as an embedding model sees them, by text; an
	// additional feature, never needed. A model that learnt from them still reads a text without one.
	Vectors map[string][]float32
	Quick   bool // no networks: half the time, one to two points less
}

func (o Options) filled() Options {
	o.Hold = cmp.Or(o.Hold, 0.25)
	o.Miss = cmp.Or(o.Miss, 0.08)
	o.Keep = cmp.Or(o.Keep, 0.3)
	o.False = cmp.Or(o.False, 0.0375)
	return o
}

// courses returns how topics and moods are learnt. The figures were chosen on the validation parts
// of the public sets and on each hand's examples read by a model of the other hands'.
func (o Options) courses() (topics, moods course) {
	topics = course{Weights: [groups]float32{groupWords: 1, groupPrefix: 1, groupChars: 1.5, groupConcepts: 0.5}, Inform: 0.6,
		Learner: learner{C: 0.7, Plus: 1, Eps: 0.25, Turns: 25}, Nets: 2, Share: 0.5, Keep: o.Keep, Least: 3,
		School: schooling{Hidden: 32, Epochs: 6, Rate: 0.1, Drop: 0.3, DropIn: 0.3, Smooth: 0.1}}
	moods = topics // and marks, capitals, negation, the lexicon's hits, manners
	moods.Weights = [groups]float32{groupWords: 1, groupPrefix: 0.7, groupChars: 1.3, groupMood: 1, groupConcepts: 0.3, groupManner: 1, groupSource: 1}
	moods.Learner.C, moods.Nets, moods.Least = 0.5, 1, 8
	moods.School.Hidden, moods.School.DropIn = 16, 0.5
	if o.Quick {
		topics.Nets, moods.Nets = 0, 0
	}
	if len(o.Vectors) > 0 {
		topics.Weights[groupDense], moods.Weights[groupDense] = 1.5, 1
	}
	return topics, moods
}

// lesson is a set of examples made ready for learning.
type lesson struct {
	examples []Example
	table    *table // the examples' texts; then, where there are any, their twins with slips of the finger; then the log
	twins    bool
	topics   []string
	topic    []int
	mood     []int   // -1 where nobody said
	out      []bool  // held out while calibrating
	log      []int32 // rows of the unlabelled messages
	options  Options
}

// Train learns a model. It is deterministic: the same examples in any order give the same model. The
// report tells how well each part of the examples was read by a model that had not seen it. Train
// panics on no examples; a company's example with an unknown topic simply makes a new topic.
func Train(examples []Example, o Options) (*Model, Report) { return TrainWith(examples, nil, o) }

// TrainWith is Train with a company's own examples. Calibration is measured on the others alone and
// on the same ones of them each time: one more example of a company's does not move the border at
// which everybody's anger begins. Where both have the same text the company's label counts.
func TrainWith(examples, own []Example, o Options) (*Model, Report) {
	l := prepare(examples, own, o.filled())
	m := &Model{version: l.version()}
	m.lexicon, _ = shippedLexicon()
	m.tuning.Topics, m.tuning.Examples = l.topics, len(l.examples)
	trial := l.learn(false)
	h := l.held(trial)
	m.tune(l, h)
	r := l.report(m, h)
	m.joint = l.learn(true)
	m.joint.settle(trial)
	r.count(m)
	return m, r
}

// sorted returns each example once, in an order of their own.
func sorted(examples []Example) []Example {
	out := slices.Clone(examples)
	slices.SortFunc(out, func(a, b Example) int {
		return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Touchpoint, b.Touchpoint),
			strings.Compare(a.Lang, b.Lang), strings.Compare(string(a.Mood), string(b.Mood)), strings.Compare(a.Source, b.Source))
	})
	return slices.CompactFunc(out, func(a, b Example) bool {
		return a.Text == b.Text && a.Touchpoint == b.Touchpoint && a.Lang == b.Lang
	})
}

// join puts a company's examples behind everybody's, or in the place of one with the same text, and
// returns how many are everybody's.
func join(examples, own []Example) (all []Example, shared int) {
	all = sorted(examples)
	at := map[string]int{}
	for i, e := range all {
		at[e.Text] = i
	}
	shared = len(all)
	for _, e := range sorted(own) {
		if i, ok := at[e.Text]; ok {
			all[i] = e
		} else {
			all = append(all, e)
		}
	}
	return all, shared
}

// fewOf is how many examples of a topic are so few that its name teaches as much as one more.
const fewOf = 20

// named adds, for each topic with few examples, the words of its name: somebody chose them to say what it
// is about. They are lessons and never held out.
func named(all []Example) []Example {
	n, texts := map[string]int{}, map[string]bool{}
	for _, e := range all {
		n[e.Touchpoint]++
		texts[e.Text] = true
	}
	for _, topic := range slices.Sorted(maps.Keys(n)) {
		words := strings.ReplaceAll(topic, "_", " ")
		if n[topic] < fewOf && topic != Other && !texts[words] {
			all = append(all, Example{Touchpoint: topic, Text: words})
		}
	}
	return all
}

func prepare(examples, own []Example, o Options) *lesson {
	l := &lesson{options: o, twins: o.Typos || len(o.Vectors) > 0}
	shared := 0
	l.examples, shared = join(examples, own)
	if len(o.Log) == 0 { // a log says more of the topics than their names
		l.examples = named(l.examples)
	}
	for _, e := range l.examples {
		l.topics = append(l.topics, e.Touchpoint)
	}
	slices.Sort(l.topics)
	l.topics = slices.Compact(l.topics)
	lex, _ := shippedLexicon()
	rng := random(7)
	var texts, twins []*scanned
	for i, e := range l.examples {
		t, _ := slices.BinarySearch(l.topics, e.Touchpoint)
		l.topic = append(l.topic, t)
		l.mood = append(l.mood, slices.Index(moodNames, string(e.Mood)))
		l.out = append(l.out, i < shared && float64(rng.below(1000)) < 1000*o.Hold)
		s := scan(e.Text)
		s.hits = lex.match(s)
		s.vector, s.source = o.Vectors[e.Text], e.Source
		texts = append(texts, s)
		if len(o.Vectors) > 0 { // also learnt as it is read when the endpoint does not answer
			bare := *s
			bare.vector = nil
			twins = append(twins, &bare)
		} else if o.Typos {
			twin := scan(mistype(e.Text, 12, &rng))
			twin.source = e.Source
			twins = append(twins, twin)
		}
	}
	topics, moods := o.courses()
	uses := usesOf(topics, moods)
	texts = append(texts, twins...)
	log := readLog(o.Log)
	l.table = tabulate(append(texts, log...), &uses)
	l.log = l.table.span(len(texts), len(texts)+len(log))
	return l
}

// version is a short name of the examples and the lexicon.
func (l *lesson) version() string {
	h := sha256.New()
	topics, moods := l.options.courses()
	o := l.options
	fmt.Fprintln(h, string(magic), lexiconFile, conceptFile, mannerFile, o.Hold, o.Miss, o.Keep, o.False, o.Log, o.Typos, o.Quick, len(o.Vectors), topics, moods)
	for _, e := range l.examples {
		fmt.Fprintf(h, "%s\t%s\t%s\t%t\t%s\t%s\n", e.Lang, e.Touchpoint, e.Mood, e.Human, e.Source, e.Text)
	}
	return "nlu-" + hex.EncodeToString(h.Sum(nil))[:12]
}

// learn makes the heads, from all examples or from those that are not held out.
func (l *lesson) learn(all bool) *joint {
	p := pupil{table: l.table}
	copies := 1
	if l.twins {
		copies = 2
	}
	for k := range copies {
		for i := range l.examples {
			if !all && l.out[i] {
				continue
			}
			e := &l.examples[i]
			p.rows, p.topic, p.mood = append(p.rows, int32(k*len(l.examples)+i)), append(p.topic, l.topic[i]), append(p.mood, l.mood[i])
			p.human, p.english = append(p.human, e.Human), append(p.english, e.Lang == "en")
		}
	}
	p.names = append(slices.Clone(l.topics), "human", "en")
	p.topicCourse, p.moodCourse = l.options.courses()
	return selfTrain(p, l.log)
}
