package nlu

import (
	"cmp"
	"slices"

	"tandem"
)

// hardKinds name what a hand-over by a word is about, where the category's own name does not do.
var hardKinds = map[string]string{"own": "own_word"}

// words weighs the lexicon's hits and the signs into the escalation score and decides whether a word
// hands over alone.
func (x *reader) words() {
	r := &x.r
	calm := x.j.moods[0] + x.j.moods[1]
	trouble, live := false, []hit{}
	for _, h := range x.s.hits {
		if h.off != "" || h.entry.category == "human" {
			continue
		}
		live = append(live, h)
		trouble = trouble || h.entry.severity != faint && h.entry.category != "urgency"
	}
	slices.SortStableFunc(live, func(a, b hit) int { return cmp.Compare(b.entry.weight, a.entry.weight) })
	profile := x.c.profile(r.Touchpoint)
	sum := 0.0
	for n, h := range live {
		w := x.weight(h, calm, trouble)
		if h.entry.severity == founding && profile == High && x.j.moods[0] <= 0.6 {
			w = h.entry.weight
		}
		if n >= 3 { // the fourth hard word says little that three have not said
			w *= 0.3
		}
		sum += w
		x.add("lexicon", h.entry.id, h.start, h.end, round(w))
		x.hard(h, profile)
		r.Urgent = r.Urgent || h.entry.category == "urgency" && h.entry.weight >= 1.5
	}
	sum += x.signs(trouble || x.j.moods[3] > 0.3)
	r.Escalation = sum + 3*x.j.moods[3] + x.j.moods[2]
	if r.Mood == tandem.Pleased && !r.Hard {
		r.Escalation *= 0.2
	}
}

// weight is what a hit counts: soft words count less where everything else is calm.
func (x *reader) weight(h hit, calm float64, trouble bool) float64 {
	w := h.entry.weight
	switch h.entry.severity {
	case soft, founding:
		w *= min(max(1.5*(1-calm), 0.2), 1)
	case faint:
		if !trouble {
			return 0
		}
		w *= min(max(1.5*(1-calm), 0.1), 1)
	}
	return w
}

// hard marks a word that hands over alone.
func (x *reader) hard(h hit, profile string) {
	switch h.entry.severity {
	case hard, route:
	case founding:
		if profile != High || x.j.moods[0] > 0.6 {
			return
		}
	default:
		return
	}
	kind := h.entry.category
	if k, ok := hardKinds[kind]; ok {
		kind = k
	}
	if !x.r.Hard || graver(kind, x.r.HardKind) {
		x.r.HardKind = kind
	}
	x.r.Hard = true
}

// gravity orders kinds for the one that is named: the gravest.
var gravity = []string{"distress", "safety", "privacy", "legal", "media", "fraud", "leave", "anger", "profanity", "bot_fail",
	"complaint", "repeat", "own_word"}

func graver(a, b string) bool { return slices.Index(gravity, a) < slices.Index(gravity, b) }

// signs adds what marks, capitals, emoji and irony say; beside pleasure they say nothing bad.
func (x *reader) signs(trouble bool) float64 {
	sum := 0.0
	for _, e := range signs(x.s, trouble) {
		if x.j.moods[0] > 0.5 && e.Weight > 0 {
			continue
		}
		x.r.Evidence = append(x.r.Evidence, e)
		sum += e.Weight
	}
	return min(sum, 2)
}
