package nlu

import (
	"cmp"
	"math"
	"slices"

	"tandem"
)

// Outcome is one message with what it is and what a model said.
type Outcome struct {
	Text       string
	Want       string
	Top        []tandem.Guess // best first
	Confidence float64
	Set        []string // conformal set, where there is one
}

// Scores are how well outcomes agree with what people said. Rates are from 0 to 1.
type Scores struct {
	N        int         `json:"n"`
	Top1     float64     `json:"top1"`
	Top3     float64     `json:"top3"`
	MacroF1  float64     `json:"macro_f1"`
	ECE      float64     `json:"ece"`      // expected calibration error, ten bins
	Coverage float64     `json:"coverage"` // share whose conformal set has the true topic
	SetSize  float64     `json:"set_size"` // mean size of the sets
	Single   float64     `json:"single"`   // share with a set of one
	SingleOK float64     `json:"single_ok"`
	Classes  []ClassRow  `json:"classes"`
	Mixed    []Confusion `json:"confused"` // most frequent first
}

// ClassRow is one class of a table of scores.
type ClassRow struct {
	Name      string  `json:"name"`
	N         int     `json:"n"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Confusion is a pair of classes that was mixed up.
type Confusion struct {
	Want string `json:"want"`
	Got  string `json:"got"`
	N    int    `json:"n"`
}

// Score counts outcomes.
func Score(outs []Outcome) Scores {
	s := Scores{N: len(outs)}
	if s.N == 0 {
		return s
	}
	classes := map[string]*ClassRow{}
	class := func(name string) *ClassRow {
		if classes[name] == nil {
			classes[name] = &ClassRow{Name: name}
		}
		return classes[name]
	}
	mixed := map[Confusion]int{}
	got, right := map[string]int{}, map[string]int{}
	var bins [10][3]float64 // n, right, confidence
	for _, o := range outs {
		class(o.Want).N++
		best := ""
		if len(o.Top) > 0 {
			best = o.Top[0].Touchpoint
		}
		got[best]++
		hit := 0.0
		if best == o.Want {
			hit = 1
			right[best]++
			s.Top1++
		} else {
			class(best)
			mixed[Confusion{Want: o.Want, Got: best}]++
		}
		for i, g := range o.Top {
			if i < 3 && g.Touchpoint == o.Want {
				s.Top3++
			}
		}
		s.sets(o)
		b := &bins[min(int(o.Confidence*10), 9)]
		b[0], b[1], b[2] = b[0]+1, b[1]+hit, b[2]+o.Confidence
	}
	s.finish(bins)
	s.table(classes, got, right, mixed)
	return s
}

func (s *Scores) sets(o Outcome) {
	in := slices.Contains(o.Set, o.Want)
	s.SetSize += float64(len(o.Set))
	if in {
		s.Coverage++
	}
	if len(o.Set) == 1 {
		s.Single++
		if in {
			s.SingleOK++
		}
	}
}

func (s *Scores) finish(bins [10][3]float64) {
	n := float64(s.N)
	for _, b := range bins {
		if b[0] > 0 {
			s.ECE += math.Abs(b[1]-b[2]) / n
		}
	}
	if s.Single > 0 {
		s.SingleOK /= s.Single
	}
	s.Top1, s.Top3, s.Coverage, s.SetSize, s.Single = s.Top1/n, s.Top3/n, s.Coverage/n, s.SetSize/n, s.Single/n
}

func (s *Scores) table(classes map[string]*ClassRow, got, right map[string]int, mixed map[Confusion]int) {
	asked := 0
	for name, c := range classes {
		if got[name] > 0 {
			c.Precision = float64(right[name]) / float64(got[name])
		}
		if c.N > 0 {
			asked++
			c.Recall = float64(right[name]) / float64(c.N)
		}
		if right[name] > 0 {
			c.F1 = 2 * c.Precision * c.Recall / (c.Precision + c.Recall)
			s.MacroF1 += c.F1
		}
		s.Classes = append(s.Classes, *c)
	}
	s.MacroF1 /= float64(max(asked, 1))
	slices.SortFunc(s.Classes, func(a, b ClassRow) int { return cmp.Compare(a.Name, b.Name) })
	for c, n := range mixed {
		c.N = n
		s.Mixed = append(s.Mixed, c)
	}
	slices.SortFunc(s.Mixed, func(a, b Confusion) int {
		return cmp.Or(b.N-a.N, cmp.Compare(a.Want, b.Want), cmp.Compare(a.Got, b.Got))
	})
}

// Binary counts a yes-or-no judgement.
type Binary struct {
	TP, FP, FN, TN int
}

// Add counts one.
func (b *Binary) Add(want, got bool) {
	switch {
	case want && got:
		b.TP++
	case want:
		b.FN++
	case got:
		b.FP++
	default:
		b.TN++
	}
}

// Recall is the share of the wanted that was found.
func (b Binary) Recall() float64 { return ratio(b.TP, b.TP+b.FN) }

// Precision is the share of the found that was wanted.
func (b Binary) Precision() float64 { return ratio(b.TP, b.TP+b.FP) }

// Alarms is the share of the unwanted that was found all the same.
func (b Binary) Alarms() float64 { return ratio(b.FP, b.FP+b.TN) }

// F1 is the harmonic mean of precision and recall.
func (b Binary) F1() float64 { return ratio(2*b.TP, 2*b.TP+b.FP+b.FN) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Report is what a training knows of itself: every figure is from examples that were read by a model
// that had not seen them.
type Report struct {
	Version  string `json:"version"`
	Examples int    `json:"examples"`
	Features int    `json:"features"`
	Weights  int    `json:"weights"`
	Topic    Scores `json:"topic"`
	Mood     Scores `json:"mood"`
	Angry    Binary `json:"angry"`
	Human    Binary `json:"human"`
	Other    Binary `json:"other"`
}

func (l *lesson) report(m *Model, h *held) Report {
	r := Report{Version: m.version, Examples: len(l.examples)}
	n := len(l.topics)
	var topics, moods []Outcome
	for k, i := range h.rows {
		e := &l.examples[i]
		top := ranked(h.mixed[k], l.topics)
		topics = append(topics, Outcome{Text: e.Text, Want: e.Touchpoint, Top: top[:min(3, n)], Confidence: top[0].Confidence,
			Set: within(top, m.tuning.Limit)})
		r.Human.Add(e.Human, m.tuning.Human.at(float64(h.topics[k][n+outHuman])) >= m.tuning.HumanAt)
		r.Other.Add(e.Touchpoint == Other, m.tuning.Other.at(scope(h.topics[k][:n], l.topics, h.signs[k], h.mixed[k], h.nets[headTopics][k])...) >= 0.5)
		if l.mood[i] < 0 {
			continue
		}
		j := judged{}
		copy(j.moods[:], h.moods[k])
		j.temper(m.tuning.Angry.at(angerSigns(h.moods[k], h.moodMargins[k])...))
		q := j.moods[:]
		mood := m.tuning.mood(q)
		r.Angry.Add(e.Mood == tandem.Angry, mood == 3)
		moods = append(moods, Outcome{Text: e.Text, Want: string(e.Mood), Confidence: q[mood],
			Top: []tandem.Guess{{Touchpoint: moodNames[mood], Confidence: q[mood]}}})
	}
	r.Topic, r.Mood = Score(topics), Score(moods)
	return r
}

// count adds the size of the finished model.
func (r *Report) count(m *Model) {
	r.Features = m.joint.known()
	r.Weights = m.joint.weights()
}

// mood picks a mood from the probabilities of the four. What is not sure enough to be called anger
// speaks for tension, not for calm.
func (t *tuning) mood(p []float64) int {
	if p[3] >= t.AngryAt {
		return 3
	}
	switch tense := p[2] + p[3]; {
	case p[0] > p[1] && p[0] > tense:
		return 0
	case tense > p[1]:
		return 2
	}
	return 1
}

// ranked pairs probabilities with names, best first.
func ranked(p []float64, names []string) []tandem.Guess {
	out := make([]tandem.Guess, len(names))
	for i, n := range names {
		out[i] = tandem.Guess{Touchpoint: n, Confidence: p[i]}
	}
	slices.SortStableFunc(out, func(a, b tandem.Guess) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return out
}

// within returns the topics whose probability reaches a limit.
func within(top []tandem.Guess, limit float64) []string {
	out := []string{}
	for _, g := range top {
		if g.Confidence >= limit {
			out = append(out, g.Touchpoint)
		}
	}
	return out
}
