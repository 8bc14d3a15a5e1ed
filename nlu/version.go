package nlu

import (
	"fmt"
	"hash/fnv"
)

// HoldOut splits examples into those to learn from and those to test on, about one in every. An
// example falls on the same side every time, so that a test never becomes a lesson later.
func HoldOut(examples []Example, every uint32) (learn, test []Example) {
	for _, e := range examples {
		h := fnv.New32a()
		h.Write([]byte(e.Text))
		if h.Sum32()%max(every, 2) == 0 {
			test = append(test, e)
		} else {
			learn = append(learn, e)
		}
	}
	return learn, test
}

// LabelledOf makes test rows of examples.
func LabelledOf(examples []Example) []Labelled {
	out := make([]Labelled, 0, len(examples))
	for _, e := range examples {
		human := e.Human
		out = append(out, Labelled{Text: e.Text, Touchpoint: e.Touchpoint, Mood: string(e.Mood), Human: &human})
	}
	return out
}

// Verdict says whether a new model may take an old one's place.
type Verdict struct {
	Old     Evaluation `json:"old"`
	New     Evaluation `json:"new"`
	Reasons []string   `json:"reasons"` // codes of what got worse; empty: the new one may
}

// OK tells that the new model did not get worse.
func (v Verdict) OK() bool { return len(v.Reasons) == 0 }

// The losses on held-out messages from which a new version is refused: topics may lose half a point,
// the finding of anger two, of the wish for a human one; false alarms about anger may grow by two.
const (
	topicLoss = 0.005
	angerLoss = 0.02
	humanLoss = 0.01
	alarmGain = 0.02
)

// Compare reads messages that neither model learnt from with both, and refuses a new version that
// got worse at topics, at anger or at the wish for a human.
func Compare(old, new *Model, rows []Labelled) Verdict {
	v := Verdict{Old: Evaluate(old, rows, Context{}), New: Evaluate(new, rows, Context{}), Reasons: []string{}}
	if v.New.Topic.Top1 < v.Old.Topic.Top1-topicLoss {
		v.Reasons = append(v.Reasons, "topics_worse")
	}
	if v.Old.Angry != nil && v.New.Angry != nil {
		if v.New.Angry.Recall < v.Old.Angry.Recall-angerLoss {
			v.Reasons = append(v.Reasons, "anger_missed")
		}
		if v.New.Angry.Alarms > v.Old.Angry.Alarms+alarmGain {
			v.Reasons = append(v.Reasons, "anger_imagined")
		}
	}
	if v.Old.Human != nil && v.New.Human != nil && v.New.Human.Recall < v.Old.Human.Recall-humanLoss {
		v.Reasons = append(v.Reasons, "human_missed")
	}
	return v
}

// Retrain learns a model from the shipped and a company's examples and compares it with the one in
// use on the examples that it holds out. The model is returned in any case, for the person who wants
// to look; only one with a Verdict that is OK is to be used.
func Retrain(current *Model, examples []Example, o Options) (*Model, Report, Verdict) {
	learn, test := HoldOut(examples, 10)
	m, r := Train(learn, o)
	m.lexicon = current.lexicon
	return m, r, Compare(current, m, LabelledOf(test))
}

// String says the verdict in one line.
func (v Verdict) String() string {
	s := fmt.Sprintf("topics %.1f -> %.1f", 100*v.Old.Topic.Top1, 100*v.New.Topic.Top1)
	if v.Old.Angry != nil && v.New.Angry != nil {
		s += fmt.Sprintf(", anger found %.1f -> %.1f", 100*v.Old.Angry.Recall, 100*v.New.Angry.Recall)
	}
	if v.OK() {
		return s + ": accepted"
	}
	return fmt.Sprintf("%s: refused %v", s, v.Reasons)
}
