package policy

import (
	"fmt"

	"tandem"
)

// ceiling is one row of the table that bounds autonomy from above.
type ceiling struct {
	name  string
	level func(Input) tandem.Autonomy
}

// ceilings are looked at in this order; the lowest wins, the first of equals is named (HITL.md 3.1).
var ceilings = []ceiling{
	{"touchpoint", func(in Input) tandem.Autonomy { return in.level() }},
	{"whisper", func(in Input) tandem.Autonomy { // the bot obeys it, or a person sees what it says
		if in.Unheard {
			return tandem.L2
		}
		return tandem.L4
	}},
	{"channel", func(in Input) tandem.Autonomy {
		if in.public() && (Needs[in.Reading.Touchpoint].Class > tandem.D0 || in.Reply != nil && in.Reply.Class > tandem.D0) {
			return tandem.L2
		}
		return tandem.L4
	}},
	{"customer", func(in Input) tandem.Autonomy {
		if in.Snapshot.Customer.VIP && in.touchpoint().Temper == "empathy" {
			return tandem.L1
		}
		return tandem.L4
	}},
	{"case", func(in Input) tandem.Autonomy { // the same topic again within a week: a person looks first
		for _, c := range in.Snapshot.Cases {
			if c.Touchpoint == in.Reading.Touchpoint && !c.Closed.IsZero() && c.Outcome != "bot" && in.Snapshot.Now.Sub(c.Closed).Hours() < 168 {
				return tandem.L2
			}
		}
		return tandem.L4
	}},
	{"knowledge", func(in Input) tandem.Autonomy {
		if in.Reading.OutOfScope > 0.5 && in.Reading.Confidence < 0.9 && !smallTalk[in.Reading.Touchpoint] { // a topic that stands out is not out of scope
			return tandem.L2
		}
		return tandem.L4
	}},
}

// level returns the effective autonomy, the rule that set it and all that were looked at.
func level(in Input) (tandem.Autonomy, string, []string) {
	low, rule := tandem.L4, "ceiling:none"
	var all []string
	for _, c := range ceilings {
		l := c.level(in)
		all = append(all, fmt.Sprintf("%s=L%d", c.name, l))
		if l < low {
			low, rule = l, "ceiling:"+c.name
		}
	}
	return low, rule, all
}
