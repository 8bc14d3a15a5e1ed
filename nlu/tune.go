package nlu

import (
	"math"
	"slices"
)

// held is what a model said about the examples that it had not seen.
type held struct {
	rows   []int       // places of the examples
	topics [][]float32 // margins of all outputs
	mixed  [][]float64 // probabilities of the topics
	moods  [][]float64 // probabilities of the moods
	known  []float64
}

// held reads the examples that were held out and calibrates both blends on them.
func (l *lesson) held(topics, moods *blend) *held {
	h := &held{}
	var e extractor
	var features [][]feature
	var y, mood []int
	var moodFeatures [][]feature
	for i, out := range l.out {
		if !out {
			continue
		}
		h.rows = append(h.rows, i)
		features = append(features, slices.Clone(e.features(l.texts[i], &topics.recipe)))
		y = append(y, l.topic[i])
		moodFeatures = append(moodFeatures, slices.Clone(e.features(l.texts[i], &moods.recipe)))
		mood = append(mood, l.mood[i])
	}
	topics.calibrate(features, y)
	moods.calibrate(moodFeatures, mood)
	var w buffers
	for i := range h.rows {
		h.known = append(h.known, float64(topics.read(features[i], &w)))
		h.topics, h.mixed = append(h.topics, slices.Clone(w.margins)), append(h.mixed, slices.Clone(w.probs))
		moods.read(moodFeatures[i], &w)
		h.moods = append(h.moods, slices.Clone(w.probs))
	}
	return h
}

// calibrate finds how sharply margins and mix are to be read, on texts that were not learnt from;
// texts of class -1 do not count.
func (b *blend) calibrate(features [][]feature, y []int) {
	var z [][]float32
	var classes, rows []int
	var w buffers
	b.sharp, b.final = 5, 1
	for i, c := range y {
		if c >= 0 {
			b.read(features[i], &w)
			z, classes, rows = append(z, slices.Clone(w.margins[:b.classes])), append(classes, c), append(rows, i)
		}
	}
	if len(z) < 20 {
		return
	}
	b.sharp = sharpness(z, classes)
	if len(b.nets) == 0 {
		return
	}
	for k, i := range rows { // the mix before tempering, as logarithms, is tempered like margins
		b.read(features[i], &w)
		for o, p := range w.mixed {
			z[k][o] = float32(math.Log(math.Max(float64(p), 1e-9)))
		}
	}
	b.final = sharpness(z, classes)
}

// settle takes over what another blend was calibrated to.
func (b *blend) settle(from *blend) { b.sharp, b.final = from.sharp, from.final }

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
