package nlu

import "strings"

// negators turn the words after them around; folded.
var negators = set("nie ani bez brak zaden zadna zadne zadnej zadnego nigdy nikt nic not no never without dont " +
	"doesnt didnt isnt wasnt cant cannot wont havent hasnt couldnt wouldnt nothing nobody none")

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// moodFeatures are what mood has beyond topics: marks, capitals, emoji, and words under a negation.
func moodFeatures(b *bag, s *scanned) {
	signs, negated := seed(3, 1), seed(3, 2)
	scope := 0
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case emoji:
			b.add(seal(mix(signs, t.raw)))
		case mark:
			b.add(seal(mix(signs, squash(t.raw))))
			scope = 0
		case word, number:
			if t.caps {
				b.add(seal(mix(signs, "CAPS")))
				b.add(seal(mix(mix(signs, "C:"), prefix(t.fold))))
			}
			if t.stretched {
				b.add(seal(mix(signs, "STRETCH")))
			}
			if scope > 0 {
				b.add(seal(mix(negated, prefix(t.fold))))
				scope--
			}
			if negators[t.fold] {
				scope = 3
			}
		}
	}
	found := seed(3, 4)
	for i := range s.hits {
		if h := &s.hits[i]; h.off == "" {
			b.add(seal(mix(mix(found, h.entry.category), string(h.entry.severity))))
			b.add(seal(mix(found, h.entry.id)))
		} else {
			b.add(seal(mix(mix(found, h.off), h.entry.category)))
		}
	}
	manner(b, s)
	quoted(b, s)
	parting(b, s)
	echoes(b, s)
}

// politeWords and the like are what a cold complaint lacks and a calm one has.
var (
	politeWords = set("prosze poprosze uprzejmie dziekuje dzieki pozdrawiam mozna moge moglbym moglabym chcialbym chcialabym " +
		"dzien dobry witam please thanks thank kindly could would hello hi regards")
	youWords = set("wy was wam wami wasz wasza wasze waszego waszej waszych panstwo panstwa you your yours yourselves")
	ordinals = set("drugi druga drugie trzeci trzecia trzecie czwarty czwarta czwarte piaty piata piate szosty szosta siodmy " +
		"osmy dziewiaty dziesiaty dwunasty kolejny kolejna kolejne enty second third fourth fifth sixth tenth 3rd 4th 5th")
)

// manner is how a text is built: how often it says please, points at "you", counts days and times,
// and how its sentences begin and end.
func manner(b *bag, s *scanned) {
	polite, you, ordinal, span, short, loud, asked, starts := 0, 0, 0, 0, 0, 0, 0, 0
	opening, first, length := seed(3, 5), "", 0
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind == mark && strings.ContainsAny(t.raw, ".!?") {
			b.add(seal(mix(mix(opening, first), squash(t.raw))))
			starts++
			if length > 0 && length <= 4 {
				short++
			}
			if strings.Contains(t.raw, "!") {
				loud++
			}
			if strings.Contains(t.raw, "?") {
				asked++
			}
			first, length = "", 0
			continue
		}
		if t.kind != word && t.kind != number {
			continue
		}
		if length++; length == 1 {
			first = t.fold
		}
		switch {
		case politeWords[t.fold]:
			polite++
		case youWords[t.fold], len(t.fold) > 5 && strings.HasSuffix(t.fold, "cie"):
			you++
		case ordinals[t.fold]:
			ordinal++
		}
		if _, ok := spans[t.fold]; ok {
			span++
		}
	}
	shape := seed(3, 6)
	tell := func(name string, n, most int) string {
		v := name + string(rune('0'+min(n, most)))
		b.add(seal(mix(shape, v)))
		return v
	}
	p, y, l := tell("polite", polite, 2), tell("you", you, 3), tell("loud", loud, 3)
	tell("ordinal", ordinal, 2)
	tell("short", short, 3)
	tell("asked", asked, 3)
	tell("length", len(s.words)/6, 5)
	d := tell("span", span, 2)
	for _, pair := range [][2]string{{p, y}, {p, l}, {y, l}, {p, d}, {y, d}} {
		b.add(seal(mix(mix(shape, pair[0]), pair[1])))
	}
	if n := len(s.tokens); n > 0 {
		b.add(seal(mix(mix(shape, "end"), squash(s.tokens[n-1].raw))))
	}
}

// squash shortens a run of marks to what it means: "!!!!" and "!!!" are the same.
func squash(m string) string {
	out := make([]byte, 0, 4)
	for i := 0; i < len(m) && len(out) < 4; i++ {
		if n := len(out); n >= 2 && out[n-1] == m[i] && out[n-2] == m[i] {
			continue
		}
		out = append(out, m[i])
	}
	return string(out)
}

// angerSigns are what the trained moods say about anger: the odds, and the margins of anger and of
// tension. What each of them is worth is learnt from held-out examples. The words' own evidence is
// among the features of the moods; weighing it here once more made strangers' messages worse.
func angerSigns(p []float64, margins []float32) []float64 {
	return []float64{odds(p[3]), float64(margins[3]), float64(margins[2])}
}
