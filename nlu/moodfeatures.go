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
	signs, negated, tail := seed(3, 1), seed(3, 2), seed(3, 3)
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
	if n := len(s.tokens); n > 0 {
		b.add(seal(mix(tail, squash(s.tokens[n-1].raw))))
	}
	b.add(seal(mix(tail, []string{"L0", "L1", "L2", "L3", "L4"}[min(len(s.words)/6, 4)])))
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
