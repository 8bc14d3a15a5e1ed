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
	signs  []strangeness

	moodMargins [][]float32
}

// held reads the examples that were held out and calibrates the heads on them.
func (l *lesson) held(j *joint) *held {
	h := &held{}
	var topic, mood []int
	for i, out := range l.out {
		if out {
			h.rows = append(h.rows, i)
			topic, mood = append(topic, l.topic[i]), append(mood, l.mood[i])
		}
	}
	j.heads[headTopics].sharp, j.heads[headMoods].sharp = 1, 1
	h.read(j, l.table)
	j.heads[headTopics].calibrate(h.topics, h.nets[headTopics], topic)
	j.heads[headMoods].calibrate(h.topics, h.nets[headMoods], mood)
	for i := range h.rows {
		h.mixed = append(h.mixed, j.heads[headTopics].mix(h.topics[i], h.nets[headTopics][i], nil))
		moods := &j.heads[headMoods]
		h.moods = append(h.moods, moods.mix(h.topics[i], h.nets[headMoods][i], nil))
		h.moodMargins = append(h.moodMargins, h.topics[i][moods.first:moods.first+moods.classes])
	}
	return h
}

// read keeps what the heads say before they are mixed.
func (h *held) read(j *joint, t *table) {
	var w buffers
	h.nets = make([][][]float32, len(j.heads))
	for _, r := range h.rows {
		j.weigh(t.features(int32(r), &j.uses, &w.extractor), &w)
		h.signs = append(h.signs, w.strangeness)
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
		measured = append(measured, scope(h.topics[k][:n], l.topics, h.signs[k], h.mixed[k], h.nets[headTopics][k]))
		human = append(human, []float64{float64(h.topics[k][n+outHuman])})
		english = append(english, []float64{float64(h.topics[k][n+outEnglish])})
		isOther, isHuman = append(isOther, e.Touchpoint == Other), append(isHuman, e.Human)
		isEnglish = append(isEnglish, e.Lang == "en")
	}
	t.Limit = conformal(truth, l.options.Miss)
	t.Other = plainOther()
	if count(isOther) >= 20 {
		t.Other = fitLogit(measured, isOther)
	}
	t.Human, t.English = logit{3, 0}, logit{3, 0}
	if len(human) > 0 {
		t.Human, t.English = fitLogit(human, isHuman), fitLogit(english, isEnglish)
	}
	t.HumanAt = recallAt(t.Human, human, isHuman, 0.97)
	m.tuneAnger(l, h)
}

// tuneAnger learns how the signs of anger weigh together, and from which probability a message is
// called angry so that false alarms stay at their rate. Without angry examples the mood's own
// probability stays.
func (m *Model) tuneAnger(l *lesson, h *held) {
	t := &m.tuning
	t.Angry = plainAnger()
	var signs [][]float64
	var angry []bool
	for k, i := range h.rows {
		if l.mood[i] >= 0 {
			signs, angry = append(signs, angerSigns(h.moods[k], h.moodMargins[k])), append(angry, l.mood[i] == 3)
		}
	}
	if n := count(angry); n >= 50 && n < len(angry) {
		t.Angry = fitLogit(signs, angry)
	}
	var calmer []float64
	for i, s := range signs {
		if !angry[i] {
			calmer = append(calmer, t.Angry.at(s...))
		}
	}
	t.AngryAt = min(max(atRate(calmer, l.options.False), 0.25), 0.6)
}

// plainAnger takes the trained mood's probability as it is.
func plainAnger() logit { return logit{1, 0, 0, 0} }

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
	return min(max(p[int(float64(len(p))*(1-recall))], 0.1), 0.5)
}
