package nlu

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"tandem"
)

// Labelled is a message of a test file with what people said about it.
type Labelled struct {
	Text       string
	Touchpoint string
	Mood       string // empty where the file does not say
	Human      *bool  // wants a person; nil where the file does not say
	Handoff    *bool  // a person should take over; nil where the file does not say
}

// ReadLabelled reads a test file: tab-separated; with a header naming columns (text, touchpoint or
// label, mood, wants_human or flags, handoff) in any order, or without one text and label.
func ReadLabelled(r io.Reader) ([]Labelled, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), 1<<22)
	var cols map[string]int
	var out []Labelled
	for n := 1; in.Scan(); n++ {
		line := strings.TrimRight(in.Text(), "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		c := strings.Split(line, "\t")
		if cols == nil {
			var header bool
			if cols, header = header1(c); header {
				continue
			}
		}
		l := Labelled{Text: cell(c, cols["text"]), Touchpoint: cell(c, cols["touchpoint"]), Mood: strings.ToLower(cell(c, cols["mood"]))}
		if l.Text == "" {
			return nil, fmt.Errorf("line %d: no text", n)
		}
		l.Human = yes(c, cols, "wants_human", "human")
		if l.Human == nil {
			l.Human = yes(c, cols, "flags", "human")
		}
		l.Handoff = yes(c, cols, "handoff", "frustrated")
		out = append(out, l)
	}
	return out, in.Err()
}

// header1 says where the columns are and whether the first line was a header.
func header1(c []string) (map[string]int, bool) {
	cols := columns(c)
	for _, other := range []string{"message", "utterance", "tekst"} {
		if i, ok := cols[other]; ok && cols["text"] < 0 {
			cols["text"] = i
		}
	}
	for _, other := range []string{"intent", "category", "topic"} {
		if i, ok := cols[other]; ok && cols["touchpoint"] < 0 {
			cols["touchpoint"] = i
		}
	}
	if _, ok := cols["text"]; ok && cols["text"] >= 0 {
		return cols, true
	}
	return map[string]int{"text": 0, "touchpoint": 1, "mood": -1}, false
}

// yes reads a column of yes and no; word is one more way of saying yes.
func yes(c []string, cols map[string]int, name, word string) *bool {
	i, ok := cols[name]
	if !ok || i < 0 {
		return nil
	}
	v := strings.ToLower(cell(c, i))
	b := v == "1" || v == "y" || v == "yes" || v == "true" || v == "t" || v == "tak" || strings.Contains(v, word)
	return &b
}

// Evaluation is how well a model reads a test file.
type Evaluation struct {
	Topic   Scores       `json:"topic"`
	Mood    *Scores      `json:"mood,omitempty"`
	Angry   *Rates       `json:"angry,omitempty"`
	Human   *Rates       `json:"wants_human,omitempty"`
	Handoff *Rates       `json:"handoff,omitempty"`
	Scope   *ScopeScores `json:"out_of_scope,omitempty"`
	Wrong   []Mistake    `json:"-"`
}

// Rates are a Binary in figures.
type Rates struct {
	N         int     `json:"n"` // wanted
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
	Alarms    float64 `json:"false_alarms"`
	F1        float64 `json:"f1"`
}

// Rates turns the counts into figures.
func (b Binary) Rates() *Rates {
	return &Rates{b.TP + b.FN, b.Recall(), b.Precision(), b.Alarms(), b.F1()}
}

// ScopeScores tell how well messages outside all topics are known by their score.
type ScopeScores struct {
	AUROC   float64 `json:"auroc"`
	InScope float64 `json:"in_scope_accuracy"` // with refusals counted as wrong
	Recall  float64 `json:"recall"`
}

// Mistake is a message that was read wrongly, for the person who improves the examples.
type Mistake struct {
	Text, Want, Got string
	Confidence      float64
}

// outside are labels of test files that mean "none of the topics".
var outside = set("oos out_of_scope none other out-of-scope")

// HandsOver tells whether a reading by itself hands over to a person in a sensitivity profile:
// somebody asks for one, a hard word, anger, or the score of trigger T3.
func HandsOver(r tandem.Reading, profile string) bool {
	return r.WantsHuman || r.Hard || r.Mood == tandem.Angry || r.Escalation >= Threshold(profile)
}

// Evaluate reads every message of a test with a model and counts.
func Evaluate(m *Model, rows []Labelled, c Context) Evaluation {
	var e Evaluation
	var topics, moods []Outcome
	var angry, human, handoff Binary
	var in, out []float64
	for _, row := range rows {
		r := m.Read(row.Text, c)
		if row.Human != nil {
			human.Add(*row.Human, r.WantsHuman)
		}
		if row.Handoff != nil {
			handoff.Add(*row.Handoff, HandsOver(r, c.profile(r.Touchpoint)))
		}
		if row.Mood != "" {
			angry.Add(row.Mood == string(tandem.Angry), r.Mood == tandem.Angry)
			moods = append(moods, Outcome{Text: row.Text, Want: row.Mood, Confidence: 0.5, Top: []tandem.Guess{{Touchpoint: string(r.Mood)}}})
		}
		if row.Touchpoint == "" {
			continue
		}
		if outside[row.Touchpoint] && !slices.Contains(m.tuning.Topics, row.Touchpoint) {
			out = append(out, r.OutOfScope)
			continue
		}
		in = append(in, r.OutOfScope)
		top := append([]tandem.Guess{{Touchpoint: r.Touchpoint, Confidence: r.Confidence}}, r.Alternatives...)
		topics = append(topics, Outcome{Text: row.Text, Want: row.Touchpoint, Top: top, Confidence: r.Confidence, Set: r.Set})
		if r.Touchpoint != row.Touchpoint {
			e.Wrong = append(e.Wrong, Mistake{row.Text, row.Touchpoint, r.Touchpoint, r.Confidence})
		}
	}
	e.Topic = Score(topics)
	if len(moods) > 0 {
		s := Score(moods)
		s.ECE, s.Coverage, s.SetSize, s.Single, s.SingleOK = 0, 0, 0, 0, 0
		e.Mood, e.Angry = &s, angry.Rates()
	}
	if human != (Binary{}) {
		e.Human = human.Rates()
	}
	if handoff != (Binary{}) {
		e.Handoff = handoff.Rates()
	}
	if len(out) > 0 && len(in) > 0 {
		e.Scope = &ScopeScores{AUROC: auroc(out, in)}
	}
	return e
}

// auroc is the chance that a member of the one list scores higher than one of the other.
func auroc(high, low []float64) float64 {
	type scored struct {
		v    float64
		high bool
	}
	all := make([]scored, 0, len(high)+len(low))
	for _, v := range high {
		all = append(all, scored{v, true})
	}
	for _, v := range low {
		all = append(all, scored{v, false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.v, b.v) })
	sum := 0.0
	for i := 0; i < len(all); {
		j, n := i, 0
		for ; j < len(all) && all[j].v == all[i].v; j++ {
			if all[j].high {
				n++
			}
		}
		sum += float64(n) * float64(i+j+1) / 2
		i = j
	}
	h, l := float64(len(high)), float64(len(low))
	return (sum - h*(h+1)/2) / (h * l)
}
