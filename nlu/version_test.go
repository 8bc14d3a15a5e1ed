package nlu

import (
	"slices"
	"sync"
	"testing"
)

// few are enough examples to learn from in a moment.
func few(t *testing.T) []Example {
	t.Helper()
	all, err := Lessons()
	if err != nil {
		t.Fatal(err)
	}
	return some(all)
}

func some(all []Example) (out []Example) {
	for i := 0; i < len(all); i += 12 {
		out = append(out, all[i])
	}
	return out
}

var quick = Options{Quick: true}

var taughtOnce = sync.OnceValue(func() *Model {
	all, err := Lessons()
	if err != nil {
		panic(err)
	}
	m, _ := Train(some(all), quick)
	return m
})

func TestOneExampleTeachesAndMovesNoBorder(t *testing.T) {
	unraced(t)
	base := few(t)
	own := []Example{{Lang: "pl", Touchpoint: "loyalty_program", Text: "Serduszka mi nie wpadły za buty"}}
	was := taughtOnce()
	is, _ := TrainWith(base, own, quick)
	if got := was.Read(own[0].Text, Context{}).Touchpoint; got == "loyalty_program" {
		t.Fatal("there is nothing to teach")
	}
	if r := is.Read("serduszka mi nie wpadly za kurtke", Context{}); r.Touchpoint != "loyalty_program" || r.Version != is.Version() {
		t.Errorf("taught, it reads %+v", r)
	}
	if is.Version() == was.Version() {
		t.Errorf("both are version %s", is.Version())
	}
	for name, d := range map[string]float64{"angry": is.tuning.AngryAt - was.tuning.AngryAt, "human": is.tuning.HumanAt - was.tuning.HumanAt} {
		if d > 0.05 || d < -0.05 {
			t.Errorf("the border of %s moved by %.3f", name, d)
		}
	}
	exam, err := Exam()
	if err != nil || len(exam) < 900 {
		t.Fatal(len(exam), err)
	}
	if v := Compare(was, is, exam); !v.OK() {
		t.Errorf("being trained anew with one more example is refused: %s", v)
	}
}

func TestACompanysLabelTakesThePlaceOfTheShippedOne(t *testing.T) {
	all, shared := join([]Example{{Text: "b", Touchpoint: "x"}, {Text: "a", Touchpoint: "x"}, {Text: "a", Touchpoint: "x"}}, []Example{{Text: "c", Touchpoint: "y"}, {Text: "a", Touchpoint: "y"}})
	want := []Example{{Text: "a", Touchpoint: "y"}, {Text: "b", Touchpoint: "x"}, {Text: "c", Touchpoint: "y"}}
	if shared != 2 || !slices.Equal(all, want) {
		t.Errorf("%d shared of %+v", shared, all)
	}
}

func TestMuddledExamplesAreRefused(t *testing.T) {
	unraced(t)
	base := few(t)
	var wrong []Example
	for i, e := range base[:len(base)/2] {
		e.Touchpoint = base[(i+len(base)/3)%len(base)].Touchpoint
		wrong = append(wrong, e)
	}
	exam, err := Exam()
	if err != nil {
		t.Fatal(err)
	}
	good := taughtOnce()
	if _, v := Retrain(good, base, wrong, exam, quick); !slices.Contains(v.Reasons, "topics_worse") {
		t.Errorf("the verdict is %s", v)
	}
}

func TestChanceIsNoReason(t *testing.T) {
	for _, c := range []struct {
		lost, won int
		worse     bool
	}{{0, 0, false}, {4, 0, false}, {5, 0, true}, {10, 4, false}, {30, 12, true}, {5, 30, false}} {
		if got := (flips{c.lost, c.won}).worse(); got != c.worse {
			t.Errorf("%d lost and %d won: %v", c.lost, c.won, got)
		}
	}
}
