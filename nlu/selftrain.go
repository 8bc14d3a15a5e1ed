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
	names       []string // the topics, then the extra outputs
	topicCourse course
	moodCourse  course
	table       *table
	rows        []int32
	topic, mood []int
	human       []bool
	english     []bool
}

// learn learns the topics, and the moods where they are asked for.
func (p *pupil) learn(moods bool) *joint {
	topics := task{course: p.topicCourse, names: p.names, classes: len(p.names) - extraOutputs, y: p.topic,
		extra: func(r, o int) bool { return o == outHuman && p.human[r] || o == outEnglish && p.english[r] }}
	if !moods {
		return learnJoint(p.table, p.rows, topics)
	}
	return learnJoint(p.table, p.rows, topics, task{course: p.moodCourse, names: moodNames, classes: len(moodNames), y: p.mood})
}

// selfTrain learns from people's labels, then again and again from these and a growing part of the
// log as the model before read it.
func selfTrain(first pupil, log []int32) *joint {
	if len(log) == 0 {
		return first.learn(true)
	}
	j := first.learn(false)
	for i, share := range selfRounds {
		p := first.joined(j.guess(first.table, log), share)
		j = p.learn(i == len(selfRounds)-1)
	}
	return j
}

// guess is what a model makes of an unlabelled text.
type guess struct {
	row            int32
	topic          int
	p              float64
	human, english bool
}

// guess reads the log, most certain texts first.
func (j *joint) guess(t *table, log []int32) []guess {
	var w buffers
	out := make([]guess, len(log))
	n := j.heads[headTopics].classes
	for i, r := range log {
		j.weigh(t.features(r, &j.uses, &w.extractor), &w)
		p, best := w.probs[headTopics], 0
		for t := range p {
			if p[t] > p[best] {
				best = t
			}
		}
		out[i] = guess{r, best, p[best], w.margins[n+outHuman] > 0, w.margins[n+outEnglish] > 0}
	}
	slices.SortStableFunc(out, func(a, b guess) int { return cmp.Compare(b.p, a.p) })
	return out
}

// joined returns the pupil with the most certain share of the guesses added; they have no mood.
func (p pupil) joined(guesses []guess, share float64) pupil {
	n := len(p.rows)
	p.rows, p.topic, p.mood = p.rows[:n:n], p.topic[:n:n], p.mood[:n:n]
	p.human, p.english = p.human[:n:n], p.english[:n:n]
	for _, g := range guesses[:int(share*float64(len(guesses)))] {
		p.rows, p.topic, p.mood = append(p.rows, g.row), append(p.topic, g.topic), append(p.mood, -1)
		p.human, p.english = append(p.human, g.human), append(p.english, g.english)
	}
	return p
}
