package nlu

import (
	"math"
	"slices"
)

// held is what a model said about the examples that it had not seen.
type held struct {
	rows   []int         // places of the examples
	topics [][]float32   // margins of all outputs
	nets   [][][]float32 // by head: the networks' probabilities
	mixed  [][]float64   // probabilities of the topics
	moods  [][]float64   // probabilities of the moods
	known  []float64
}

// held reads the examples that were held out and calibrates the heads on them.
func (l *lesson) held(j *joint) *held {
	h := &held{}
	var texts []*scanned
	var topic, mood []int
	for i, out := range l.out {
		if out {
			h.rows, texts = append(h.rows, i), append(texts, l.texts[i])
			topic, mood = append(topic, l.topic[i]), append(mood, l.mood[i])
		}
	}
	j.heads[headTopics].sharp, j.heads[headMoods].sharp = 1, 1
	h.read(j, texts)
	j.heads[headTopics].calibrate(h.topics, h.nets[headTopics], topic)
	j.heads[headMoods].calibrate(h.topics, h.nets[headMoods], mood)
	for i := range texts {
		h.mixed = append(h.mixed, j.heads[headTopics].mix(h.topics[i], h.nets[headTopics][i], nil))
		h.moods = append(h.moods, j.heads[headMoods].mix(h.topics[i], h.nets[headMoods][i], nil))
	}
	return h
}

// read keeps what the heads say before they are mixed.
func (h *held) read(j *joint, texts []*scanned) {
	var w buffers
	h.nets = make([][][]float32, len(j.heads))
	for _, t := range texts {
		h.known = append(h.known, float64(j.read(t, &w)))
		h.topics = append(h.topics, slices.Clone(w.margins))
		for k := range j.heads {
			h.nets[k] = append(h.nets[k], slices.Clone(w.nets[k]))
		}
	}
}

// calibrate finds how sharply margins and mix of a head are to be read, on texts that were not learnt
// from; texts of class -1 do not count.
func (h *head) calibrate(margins, nets [][]float32, y []int) {
	var z [][]float32
	var classes, rows []int
	h.sharp, h.final = 5, 1
	for i, c := range y {
		if c >= 0 {
			z = append(z, margins[i][h.first:h.first+h.classes])
			classes, rows = append(classes, c), append(rows, i)
		}
	}
	if len(z) < 20 {
		return
	}
	h.sharp = sharpness(z, classes)
	if len(h.nets) == 0 {
		return
	}
	for k, i := range rows { // untempered probabilities, as logarithms, are tempered like margins
		z[k] = make([]float32, h.classes)
		for o, p := range h.mix(margins[i], nets[i], nil) {
			z[k][o] = float32(math.Log(math.Max(p, 1e-9)))
		}
	}
	h.final = sharpness(z, classes)
}

// settle takes over what other heads were calibrated to.
func (j *joint) settle(from *joint) {
	for i := range j.heads {
		j.heads[i].sharp, j.heads[i].final = from.heads[i].sharp, from.heads[i].final
	}
}

// tune learns from the held-out examples how far the rest can be trusted.
func (m *Model) tune(l *lesson, h *held) {
	t := &m.tuning
	n := len(l.topics)
	var truth []float64
	var measured, human, english [][]float64
	var isOther, isHuman, isEnglish []bool
	for k, i := range h.rows {
		e := &l.examples[i]
		truth = append(truth, h.mixed[k][l.topic[i]])
		measured = append(measured, scope(h.topics[k][:n], l.topics, h.known[k], h.mixed[k]))
		human = append(human, []float64{float64(h.topics[k][n+outHuman])})
		english = append(english, []float64{float64(h.topics[k][n+outEnglish])})
		isOther, isHuman = append(isOther, e.Touchpoint == Other), append(isHuman, e.Human)
		isEnglish = append(isEnglish, e.Lang == "en")
	}
	t.Limit = conformal(truth, l.options.Miss)
	t.Other = logit{-3, -2, 2, -0.3, 0.5} // where no example is out of scope: the shape that CLINC150 taught
	if count(isOther) >= 20 {
		t.Other = fitLogit(measured, isOther)
	}
	t.Human, t.English = logit{3, 0}, logit{3, 0}
	if len(human) > 0 {
		t.Human, t.English = fitLogit(human, isHuman), fitLogit(english, isEnglish)
	}
	t.HumanAt = recallAt(t.Human, human, isHuman, 0.97)
	var calmer []float64
	for k, i := range h.rows {
		if l.mood[i] >= 0 && l.mood[i] != 3 {
			calmer = append(calmer, h.moods[k][3])
		}
	}
	t.AngryAt = min(max(atRate(calmer, l.options.False), 0.25), 0.6)
}

func count(b []bool) (n int) {
	for _, x := range b {
		if x {
			n++
		}
	}
	return n
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
