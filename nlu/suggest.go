package nlu

import (
	"cmp"
	"slices"
)

// Suggestion is a message that a person should label, with what the model makes of it.
type Suggestion struct {
	Index      int     `json:"index"` // in the list that was asked about
	Text       string  `json:"text"`
	Touchpoint string  `json:"touchpoint"`
	Confidence float64 `json:"confidence"`
	Value      float64 `json:"value"` // how much its label would teach, 0 to 1
}

// Suggest picks the messages whose labels would teach most: those between two topics, common in
// their kind, and different from each other. Least certain first needs about half the labels that a
// random choice needs (NLU.md section 4).
func (m *Model) Suggest(texts []string, most int) []Suggestion {
	all := make([]Suggestion, 0, len(texts))
	grams := make([][]uint32, len(texts))
	seen := map[uint32]int{}
	for i, t := range texts {
		grams[i] = trigrams(t)
		for _, g := range grams[i] {
			seen[g]++
		}
	}
	for i, t := range texts {
		s := m.scanText(t)
		if len(s.words) < 2 {
			continue // one word teaches little and names nobody's topic
		}
		j := m.judge(s)
		top := ranked(j.topics, m.tuning.Topics)
		doubt := 1 - top[0].Confidence
		if len(top) > 1 {
			doubt = 1 - (top[0].Confidence - top[1].Confidence)
		}
		all = append(all, Suggestion{Index: i, Text: t, Touchpoint: top[0].Touchpoint, Confidence: round(top[0].Confidence),
			Value: round(doubt * common(grams[i], seen, len(texts)))})
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(b.Value, a.Value) })
	out := []Suggestion{}
	for _, s := range all {
		if len(out) >= most {
			break
		}
		if !slices.ContainsFunc(out, func(o Suggestion) bool { return alike(grams[o.Index], grams[s.Index]) >= 0.5 }) {
			out = append(out, s)
		}
	}
	return out
}

// common is how ordinary a message is among the others, from one half to 1: the label of a message
// like no other helps with no other.
func common(grams []uint32, seen map[uint32]int, n int) float64 {
	if len(grams) == 0 || n < 2 {
		return 0.5
	}
	shared := 0
	for _, g := range grams {
		if seen[g] > 1 {
			shared++
		}
	}
	return 0.5 + 0.5*float64(shared)/float64(len(grams))
}
