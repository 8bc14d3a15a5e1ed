package nlu

import (
	"fmt"
	"hash/fnv"

	"tandem"
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
// got worse at topics, at anger or at the wish for a human: by more than the loss above, and in more
// messages than a new training by itself turns one way and the other. Each training sets anew where
// anger begins, so what is missed and what is imagined are weighed together.
func Compare(old, new *Model, rows []Labelled) Verdict {
	v := Verdict{Old: Evaluate(old, rows, Context{}), New: Evaluate(new, rows, Context{}), Reasons: []string{}}
	t := tallies(old, new, rows)
	if v.New.Topic.Top1 < v.Old.Topic.Top1-topicLoss && t.topics.worse() {
		v.Reasons = append(v.Reasons, "topics_worse")
	}
	if v.Old.Angry != nil && v.New.Angry != nil && t.anger.plus(t.alarms).worse() {
		if v.New.Angry.Recall < v.Old.Angry.Recall-angerLoss {
			v.Reasons = append(v.Reasons, "anger_missed")
		}
		if v.New.Angry.Alarms > v.Old.Angry.Alarms+alarmGain {
			v.Reasons = append(v.Reasons, "anger_imagined")
		}
	}
	if v.Old.Human != nil && v.New.Human != nil && v.New.Human.Recall < v.Old.Human.Recall-humanLoss && t.human.worse() {
		v.Reasons = append(v.Reasons, "human_missed")
	}
	return v
}

// flips counts messages that only the one of two models reads rightly.
type flips struct{ lost, won int }

func (t *flips) add(was, is bool) {
	switch {
	case was && !is:
		t.lost++
	case is && !was:
		t.won++
	}
}

func (t flips) plus(o flips) flips { return flips{t.lost + o.lost, t.won + o.won} }

// worse tells that more was lost than won, and more than chance would have it: a difference beyond
// two standard deviations of a fair coin (the sign test, McNemar's for paired outcomes).
func (t flips) worse() bool {
	d := t.lost - t.won
	return d > 0 && d*d > 4*(t.lost+t.won)
}

// tallies reads every message with both models.
func tallies(old, new *Model, rows []Labelled) (t struct{ topics, anger, alarms, human flips }) {
	for _, row := range rows {
		was, is := old.Read(row.Text, Context{}), new.Read(row.Text, Context{})
		if row.Touchpoint != "" {
			t.topics.add(was.Touchpoint == row.Touchpoint, is.Touchpoint == row.Touchpoint)
		}
		switch row.Mood {
		case "":
		case string(tandem.Angry):
			t.anger.add(was.Mood == tandem.Angry, is.Mood == tandem.Angry)
		default:
			t.alarms.add(was.Mood != tandem.Angry, is.Mood != tandem.Angry)
		}
		if row.Human != nil && *row.Human {
			t.human.add(was.WantsHuman, is.WantsHuman)
		}
	}
	return t
}

// Retrain learns a model from the shipped and a company's examples and compares it with the one in
// use on messages that neither has learnt from. The model is returned in any case, for the person who
// wants to look; only one with a Verdict that is OK is to be used.
func Retrain(current *Model, examples, own []Example, exam []Labelled, o Options) (*Model, Verdict) {
	m, _ := TrainWith(examples, own, o)
	m.lexicon = current.lexicon
	return m, Compare(current, m, exam)
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
