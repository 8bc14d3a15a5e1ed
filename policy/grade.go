package policy

import (
	"math"
	"slices"

	"tandem"
)

// Outcome is what a review said about one draft or sampled answer.
type Outcome struct {
	Success  bool // accepted unchanged, or with a cosmetic edit
	Critical bool // a wrong fact about money, a date, the law, health or identity, or data for the wrong person
	Used     bool // of a suggestion: the agent sent it
}

// Evidence is everything a level is judged on, oldest first.
type Evidence struct {
	Outcomes []Outcome
	Planted  int // traps that were decided on
	Caught   int
}

// Grade says how far a topic is on the way to more autonomy.
type Grade struct {
	Reviewed int
	Success  int
	Critical int
	Lower    float64 // one-sided lower bound of success at the last fixed look
	Needed   int     // further successes in a row that would be enough
	CanRaise bool
	Missing  []string // codes: more_reviews, low_success, critical_error, traps
	Drop     string   // why the level must fall now: critical, cusum, upper_bound; empty when it need not
}

// rise is what a level asks for before the next one may be given (HITL.md 3.2).
type rise struct {
	target float64 // lower bound of success
	looks  []int   // fixed looks; alpha is split over them, because looking often inflates errors
	safe   float64 // upper bound of critical errors, 0: none at all is enough
}

var rises = map[tandem.Autonomy]rise{
	tandem.L2: {target: 0.90, looks: []int{50, 100, 200, 400}},
	tandem.L3: {target: 0.95, looks: []int{100, 200, 300, 500}, safe: 0.01},
}

const (
	alpha        = 0.05
	useRate      = 0.5 // L1: share of suggestions that agents used
	useShown     = 30
	catchRate    = 0.8
	cusumGood    = 0.03
	cusumBad     = 0.10
	cusumAlarm   = 4.0
	fallLook     = 50
	needHorizon  = 1000
	trapsAtLeast = 3
)

// Judge weighs the evidence of a topic at its level. A rise also needs a named person's click; a drop
// happens by itself.
func Judge(level tandem.Autonomy, e Evidence) Grade {
	g := Grade{Reviewed: len(e.Outcomes)}
	used := 0
	for _, o := range e.Outcomes {
		if o.Success {
			g.Success++
		}
		if o.Critical {
			g.Critical++
		}
		if o.Used {
			used++
		}
	}
	switch level {
	case tandem.L1:
		g.Lower = ratio(used, g.Reviewed)
		if g.Reviewed < useShown {
			g.Needed = useShown - g.Reviewed
			g.Missing = append(g.Missing, "more_reviews")
		} else if g.Lower < useRate {
			g.Missing = append(g.Missing, "low_use")
		}
	case tandem.L2, tandem.L3:
		g.look(rises[level], e)
		g.Drop = drop(level, e)
	default:
		g.Missing = append(g.Missing, "manual")
		g.Drop = drop(level, e) // the highest level can be lost as well
	}
	g.CanRaise = len(g.Missing) == 0
	return g
}

// look judges at the last fixed look that was reached, on exactly that many outcomes.
func (g *Grade) look(r rise, e Evidence) {
	share := alpha / float64(len(r.looks))
	at := 0
	for _, n := range r.looks {
		if len(e.Outcomes) >= n {
			at = n
		}
	}
	success := 0
	for _, o := range e.Outcomes[:at] {
		if o.Success {
			success++
		}
	}
	if at > 0 {
		g.Lower = LowerBound(success, at, share)
	}
	g.Needed = needed(r, e, share)
	switch {
	case at == 0:
		g.Missing = append(g.Missing, "more_reviews")
	case g.Lower < r.target:
		g.Missing = append(g.Missing, "low_success")
	}
	if g.Critical > 0 || r.safe > 0 && UpperBound(g.Critical, max(1, len(e.Outcomes)), alpha) > r.safe {
		g.Missing = append(g.Missing, "critical_error")
	}
	if e.Planted < trapsAtLeast || ratio(e.Caught, e.Planted) < catchRate {
		g.Missing = append(g.Missing, "traps")
	}
}

// needed is how many successes in a row, from now, reach the bound at some look.
func needed(r rise, e Evidence, share float64) int {
	success := 0
	for _, o := range e.Outcomes {
		if o.Success {
			success++
		}
	}
	n := len(e.Outcomes)
	for _, look := range r.looks {
		if look >= n && LowerBound(success+look-n, look, share) >= r.target {
			return look - n
		}
	}
	return needHorizon
}

// drop tells whether a level must fall: one critical error; a run of failures that a good topic would
// hardly show (CUSUM, target 3 % against 10 %); or, what the CUSUM between its two rates is blind to, so
// many failures that the rate the level was given for is not there any more.
func drop(level tandem.Autonomy, e Evidence) string {
	switch {
	case level < tandem.L3:
		return ""
	case slices.ContainsFunc(e.Outcomes, func(o Outcome) bool { return o.Critical }):
		return "critical"
	case run(e.Outcomes):
		return "cusum"
	case below(rises[level-1].target, e.Outcomes):
		return "upper_bound"
	}
	return ""
}

// run tells whether the CUSUM of failures raises its alarm.
func run(all []Outcome) bool {
	fail, ok := math.Log(cusumBad/cusumGood), math.Log((1-cusumBad)/(1-cusumGood))
	s := 0.0
	for _, o := range all {
		if o.Success {
			s = max(0, s+ok)
		} else {
			s += fail
		}
		if s >= cusumAlarm {
			return true
		}
	}
	return false
}

// below tells whether the upper bound of success was under the target at a look, which comes every fifty
// outcomes. Alpha is not split over the looks as it is for a rise: a fall without need costs reviews, a
// missing one costs customers.
func below(target float64, all []Outcome) bool {
	success := 0
	for i, o := range all {
		if o.Success {
			success++
		}
		if n := i + 1; n%fallLook == 0 && UpperBound(success, n, alpha) < target {
			return true
		}
	}
	return false
}

func ratio(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}

// LowerBound is the one-sided Clopper-Pearson lower bound of a rate at confidence 1-alpha.
func LowerBound(k, n int, alpha float64) float64 {
	if k <= 0 || n <= 0 {
		return 0
	}
	return quantile(float64(k), float64(n-k+1), alpha)
}

// UpperBound is the one-sided Clopper-Pearson upper bound of a rate at confidence 1-alpha.
func UpperBound(k, n int, alpha float64) float64 {
	if k >= n {
		return 1
	}
	return quantile(float64(k+1), float64(n-k), 1-alpha)
}

// quantile inverts the regularised incomplete beta function by bisection.
func quantile(a, b, p float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		mid := (low + high) / 2
		if beta(a, b, mid) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// beta is the regularised incomplete beta function by its continued fraction (Lentz).
func beta(a, b, x float64) float64 {
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	if x > (a+1)/(a+b+2) {
		return 1 - beta(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	const tiny = 1e-300
	c, d, f := 1.0, 0.0, 1.0
	for i := 0; i <= 500; i++ {
		m := float64(i / 2)
		var num float64
		switch {
		case i == 0:
			num = 1
		case i%2 == 0:
			num = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			num = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		if d = 1 + num*d; math.Abs(d) < tiny {
			d = tiny
		}
		d = 1 / d
		if c = 1 + num/c; math.Abs(c) < tiny {
			c = tiny
		}
		f *= c * d
		if math.Abs(1-c*d) < 1e-14 {
			break
		}
	}
	return front * (f - 1)
}
