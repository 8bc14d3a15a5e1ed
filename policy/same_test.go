package policy

import (
	"testing"

	"tandem"
)

func TestADecisionOfOlderNamesIsTheSame(t *testing.T) {
	angry := with(mood(tandem.Angry))
	is := Decide(angry)
	was := is
	was.Rule, was.Triggers = "T3", []tandem.Trigger{{Code: "T3", Kind: "tension"}} // as it was stored before T22
	if is.Rule != "T22" || !Same(was, is) || !Same(is, is) {
		t.Errorf("an older decision is not recognised: %s, %+v", is.Rule, is.Triggers)
	}
	if Same(is, was) {
		t.Error("a new name replayed as an old one is taken for the same")
	}
	calm := Decide(with(func(in *Input) { in.Reading.WantsHuman = true }))
	if Same(was, calm) {
		t.Error("another reason is taken for the same")
	}
}
