package policy

import (
	"math"
	"slices"
	"testing"

	"tandem"
)

// Vectors of HITL.md 3.2, computed there with another program.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		k, n  int
		alpha float64
		want  float64
	}{
		{59, 59, 0.05, 0.9505}, {48, 50, 0.05, 0.879}, {190, 200, 0.05, 0.917},
		{50, 50, 0.0125, 0.916}, {99, 100, 0.0125, 0.938}, {196, 200, 0.0125, 0.945}, {389, 400, 0.0125, 0.948},
		{0, 10, 0.05, 0},
		// the fewest successes that pass at each look, and one fewer: exact binomial sums in 60 digits
		{97, 100, 0.0125, 0.90584}, {374, 400, 0.0125, 0.90185}, {197, 200, 0.0125, 0.95212}, {294, 300, 0.0125, 0.95328}, {486, 500, 0.0125, 0.95058}, {1, 7, 0.05, 0.007301},
	} {
		if got := LowerBound(c.k, c.n, c.alpha); math.Abs(got-c.want) > 0.0006 {
			t.Errorf("lower bound of %d/%d at %g is %.4f, want %.4f", c.k, c.n, c.alpha, got, c.want)
		}
	}
	for _, c := range []struct{ n, percent int }{{299, 1}, {149, 2}, {59, 5}} { // zero errors
		if got := UpperBound(0, c.n, 0.05); got > float64(c.percent)/100+0.0001 || UpperBound(0, c.n-1, 0.05) < float64(c.percent)/100 {
			t.Errorf("no error in %d: upper bound %.4f, want %d %%", c.n, got, c.percent)
		}
	}
}

func many(n int, f func(i int) Outcome) []Outcome {
	out := make([]Outcome, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// every nth fails.
func every(nth int) func(int) Outcome {
	return func(i int) Outcome { return Outcome{Success: i%nth != nth-1} }
}

func good(int) Outcome { return Outcome{Success: true, Used: true} }

func TestJudge(t *testing.T) {
	traps := func(e Evidence) Evidence { e.Planted, e.Caught = 5, 5; return e }
	badAt := func(at ...int) func(int) Outcome {
		return func(i int) Outcome { return Outcome{Success: !slices.Contains(at, i)} }
	}
	for _, c := range []struct {
		name    string
		level   tandem.Autonomy
		e       Evidence
		can     bool
		missing string
		drop    string
	}{
		{"L1, used often", tandem.L1, Evidence{Outcomes: many(30, good)}, true, "", ""},
		{"L1, too few", tandem.L1, Evidence{Outcomes: many(29, good)}, false, "more_reviews", ""},
		{"L1, ignored", tandem.L1, Evidence{Outcomes: many(40, func(i int) Outcome { return Outcome{Used: i%3 == 0} })}, false, "low_use", ""},
		{"L2, 49 of 49 is before the first look", tandem.L2, traps(Evidence{Outcomes: many(49, good)}), false, "more_reviews", ""},
		{"L2, 50 of 50", tandem.L2, traps(Evidence{Outcomes: many(50, good)}), true, "", ""},
		{"L2, 48 of 50 is not enough", tandem.L2, traps(Evidence{Outcomes: many(50, badAt(3, 9))}), false, "low_success", ""},
		{"L2, looking again between looks does not help", tandem.L2, traps(Evidence{Outcomes: many(99, badAt(3, 9))}), false, "low_success", ""},
		{"L2, 98 of 100", tandem.L2, traps(Evidence{Outcomes: many(100, badAt(3, 9))}), true, "", ""},
		{"L2, one critical error", tandem.L2, traps(Evidence{Outcomes: append(many(99, good), Outcome{Critical: true})}), false, "critical_error", ""},
		{"L2, reviewers who miss traps", tandem.L2, Evidence{Outcomes: many(60, good), Planted: 5, Caught: 3}, false, "traps", ""},
		{"L2, nobody was tested", tandem.L2, Evidence{Outcomes: many(60, good)}, false, "traps", ""},
		{"L3, 300 of 300", tandem.L3, traps(Evidence{Outcomes: many(300, good)}), true, "", ""},
		{"L3, 200 of 200 says too little about critical errors", tandem.L3, traps(Evidence{Outcomes: many(200, good)}), false, "critical_error", ""},
		{"L3, one critical error drops it", tandem.L3, traps(Evidence{Outcomes: append(many(100, good), Outcome{Critical: true})}), false, "critical_error", "critical"},
		{"L3, four failures in a row drop it", tandem.L3, traps(Evidence{Outcomes: append(many(100, good), many(4, badAt(0, 1, 2, 3))...)}), false, "critical_error", "cusum"},
		{"L3, rare failures do not", tandem.L3, traps(Evidence{Outcomes: many(300, badAt(50, 150, 250))}), true, "", ""},
		{"L4, one critical error drops it", tandem.L4, Evidence{Outcomes: append(many(20, good), Outcome{Critical: true})}, false, "manual", "critical"},
		{"L4, a run of failures drops it", tandem.L4, Evidence{Outcomes: append(many(20, good), many(4, badAt(0, 1, 2, 3))...)}, false, "manual", "cusum"},
		{"L3, a critical error among failures drops it to the bottom", tandem.L3, traps(Evidence{Outcomes: append(many(9, badAt(0, 1, 2, 3)), Outcome{Critical: true})}), false, "critical_error", "critical"},
		{"L4, one in seventeen fails for long: no run, and yet too many", tandem.L4, Evidence{Outcomes: many(2500, every(17))}, false, "manual", "upper_bound"},
		{"L4, one in seventeen, not for long enough to say", tandem.L4, Evidence{Outcomes: many(1500, every(17))}, false, "manual", ""},
		{"L3 asks for less than L4", tandem.L3, traps(Evidence{Outcomes: many(2500, every(17))}), false, "low_success", ""},
		{"L4, one in twenty-five fails for long", tandem.L4, Evidence{Outcomes: many(2500, every(25))}, false, "manual", ""},
		{"L0 is raised by hand only", tandem.L0, Evidence{}, false, "manual", ""},
	} {
		g := Judge(c.level, c.e)
		if g.CanRaise != c.can || g.Drop != c.drop || c.missing != "" && !slices.Contains(g.Missing, c.missing) {
			t.Errorf("%s: %+v", c.name, g)
		}
	}
}

func TestNeeded(t *testing.T) {
	if g := Judge(tandem.L2, Evidence{Outcomes: many(20, good), Planted: 5, Caught: 5}); g.Needed != 30 {
		t.Errorf("after 20 of 20: %d more, want 30", g.Needed)
	}
}
