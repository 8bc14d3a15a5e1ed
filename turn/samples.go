package turn

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/policy"
)

// What a sample measures.
const (
	SampleSent     = "sample"   // what the bot sent by itself, reviewed afterwards
	SampleSecond   = "second"   // an approved draft, reviewed blind by somebody else
	SampleTrap     = "trap"     // a planted error
	SampleWithheld = "withheld" // what the bot would have suggested, beside what a person wrote without it
	SampleHelped   = "helped"   // a suggestion that a person used: what the withheld ones are compared with
)

// Sample is one draft that measures the bot or its reviewers.
type Sample struct {
	tandem.Draft
	Kind   string
	Agreed bool          // sent as it is, the same verdict, caught, the same facts, used as it was
	First  *tandem.Draft // of a second review: the first one
}

// SampleGroup sums the samples of one kind. The bounds are Clopper-Pearson, 90 % two-sided.
type SampleGroup struct {
	Kind         string
	N, Agreed    int
	Critical     int
	Waiting      int
	Lower, Upper float64
	Median       time.Duration // from being written to being decided on
}

// Samples weighs what was sampled since a moment. The figures are of the team, never of one person
// (HITL.md 7.6).
func (t Turn) Samples(ctx context.Context, ws tandem.WorkspaceID, since time.Time, limit int) ([]SampleGroup, []Sample, error) {
	all, err := t.DB.Samples(ctx, ws, since, limit)
	if err != nil {
		return nil, nil, err
	}
	firsts, err := t.DB.FirstReviews(ctx, ws, since)
	if err != nil {
		return nil, nil, err
	}
	sent, second, err := t.DB.SamplesWaiting(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	by := map[tandem.DecisionID]tandem.Draft{}
	for _, d := range firsts {
		by[d.Decision] = d
	}
	var out []Sample
	groups := []SampleGroup{{Kind: SampleSent, Waiting: sent}, {Kind: SampleSecond, Waiting: second}, {Kind: SampleTrap}, {Kind: SampleWithheld}, {Kind: SampleHelped}}
	took := make([][]time.Duration, len(groups))
	for _, d := range all {
		s, ok := sampleOf(d, by)
		if !ok {
			continue
		}
		out = append(out, s)
		i := slices.IndexFunc(groups, func(g SampleGroup) bool { return g.Kind == s.Kind })
		groups[i].add(s)
		took[i] = append(took[i], d.DecidedAt.Sub(d.CreatedAt))
	}
	for i := range groups {
		g := &groups[i]
		if g.N > 0 {
			slices.Sort(took[i])
			g.Lower, g.Upper, g.Median = policy.LowerBound(g.Agreed, g.N, 0.05), policy.UpperBound(g.Agreed, g.N, 0.05), took[i][len(took[i])/2]
		}
	}
	return groups, out, nil
}

func (g *SampleGroup) add(s Sample) {
	g.N++
	if s.Agreed {
		g.Agreed++
	}
	if outcome(s.Draft).Critical {
		g.Critical++
	}
}

// sampleOf says what a draft measures and whether it agrees. A second review without its first one,
// which was taken back, measures nothing.
func sampleOf(d tandem.Draft, firsts map[tandem.DecisionID]tandem.Draft) (Sample, bool) {
	s := Sample{Draft: d}
	light := d.Edit == "" || d.Edit == "cosmetic"
	switch {
	case d.Trap != "":
		s.Kind, s.Agreed = SampleTrap, d.State == tandem.DraftCaught
	case d.Purpose == tandem.ForSample:
		s.Kind, s.Agreed = SampleSent, outcome(d).Success
	case d.Purpose == tandem.ForSecond:
		first, ok := firsts[d.Decision]
		if !ok {
			return s, false
		}
		s.Kind, s.First, s.Agreed = SampleSecond, &first, outcome(d).Success == outcome(first).Success
	case d.State == tandem.DraftWithheld:
		s.Kind, s.Agreed = SampleWithheld, d.Edit != "factual"
	default:
		s.Kind, s.Agreed = SampleHelped, light
	}
	return s, true
}
