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
	Hold  float64  // share of the examples that calibration is measured on, by a model that has not seen them. 0: 0.25
	Miss  float64  // how often the true topic may be missing from the conformal set. 0: 0.08
	Keep  float64  // share of the weights that is stored. 0: 0.3
	False float64  // false alarms allowed when a message is called angry. 0: 0.04
	Log   []string // unlabelled messages of the company: with few examples a great help
	Typos bool     // also learns from a copy of each example with slips of the finger
	Quick bool     // no networks: half the time, one to two points less
}

func (o Options) filled() Options {
	o.Hold = cmp.Or(o.Hold, 0.25)
	o.Miss = cmp.Or(o.Miss, 0.08)
	o.Keep = cmp.Or(o.Keep, 0.3)
	o.False = cmp.Or(o.False, 0.04)
	return o
}

// courses returns how topics and moods are learnt. The figures were chosen on the validation parts
// of the public sets and on each hand's examples read by a model of the other hands'.
func (o Options) courses() (topics, moods course) {
	topics = course{Weights: [groups]float32{groupWords: 1, groupPrefix: 1, groupChars: 1.5, groupConcepts: 0.5}, Inform: 0.4,
		Learner: learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 25}, Nets: 2, Share: 0.5, Keep: o.Keep, Least: 3,
		School: schooling{Hidden: 32, Epochs: 6, Rate: 0.1, Drop: 0.3, DropIn: 0.3, Smooth: 0.1}}
	moods = topics // and marks, capitals, negation, the lexicon's hits
	moods.Weights = [groups]float32{groupWords: 1, groupPrefix: 0.7, groupChars: 1.3, groupMood: 1, groupConcepts: 0.3}
	moods.Learner.C, moods.Nets, moods.School.Hidden = 0.5, 1, 16
	if o.Quick {
		topics.Nets, moods.Nets = 0, 0
	}
	return topics, moods
}

// lesson is a set of examples made ready for learning.
type lesson struct {
	examples []Example
	texts    []*scanned
	twins    []*scanned // the same with slips of the finger; empty where there are none
	topics   []string
	topic    []int
	mood     []int      // -1 where nobody said
	out      []bool     // held out while calibrating
	log      []*scanned // unlabelled messages
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
	trial := l.learn(false)
	h := l.held(trial)
	m.tune(l, h)
	r := l.report(m, h)
	m.joint = l.learn(true)
	m.joint.settle(trial)
	r.count(m)
	return m, r
}

func prepare(examples []Example, o Options) *lesson {
	l := &lesson{examples: slices.Clone(examples), options: o, log: readLog(o.Log)}
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
	topics, moods := l.options.courses()
	fmt.Fprintln(h, lexiconFile, conceptFile, l.options, topics, moods)
	for _, e := range l.examples {
		fmt.Fprintf(h, "%s\t%s\t%s\t%t\t%s\n", e.Lang, e.Touchpoint, e.Mood, e.Human, e.Text)
	}
	return "nlu-" + hex.EncodeToString(h.Sum(nil))[:12]
}

// learn makes the heads, from all examples or from those that are not held out.
func (l *lesson) learn(all bool) *joint {
	var p pupil
	for _, texts := range [][]*scanned{l.texts, l.twins} {
		for i := range texts {
			if !all && l.out[i] {
				continue
			}
			e := &l.examples[i]
			p.texts, p.topic, p.mood = append(p.texts, texts[i]), append(p.topic, l.topic[i]), append(p.mood, l.mood[i])
			p.human, p.english = append(p.human, e.Human), append(p.english, e.Lang == "en")
		}
	}
	p.names = append(slices.Clone(l.topics), "human", "en")
	p.topicCourse, p.moodCourse = l.options.courses()
	return selfTrain(p, l.log)
}
