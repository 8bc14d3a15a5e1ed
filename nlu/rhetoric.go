package nlu

import "strings"

// What cold anger is built of where no word is loud: the company's own words in quotation marks, a
// last sentence that stings ("Sprytne.", "Smacznego."), and a word that comes back ("jutro, jutro,
// jutro"). They are features of moods only.

// count1 names a count, at most the given one.
func count1(n, most int) string { return string(rune('0' + min(n, most))) }

// quoted adds the words between quotation marks, of whatever kind, and how many such places there are.
func quoted(b *bag, s *scanned) {
	start, n, within := seed(3, 7), 0, false
	for i := range s.tokens {
		t := &s.tokens[i]
		switch {
		case t.kind == mark && strings.ContainsAny(t.raw, "\"„”“«»‘’'"):
			if within = !within; within {
				n++
			}
		case within && t.kind == word:
			b.add(seal(mix(mix(start, "w"), prefix(t.fold))))
		}
	}
	b.add(seal(mix(mix(start, "n"), count1(n, 2))))
}

// parting adds the words of the last sentence of several, and how many they are.
func parting(b *bag, s *scanned) {
	start, end := seed(3, 8), len(s.tokens)
	if end > 0 && s.tokens[end-1].kind == mark {
		end--
	}
	from := end
	for from > 0 && !(s.tokens[from-1].kind == mark && strings.ContainsAny(s.tokens[from-1].raw, ".!?")) {
		from--
	}
	if from == 0 {
		b.add(seal(mix(start, "ONE")))
		return
	}
	n := 0
	for i := from; i < end; i++ {
		if t := &s.tokens[i]; t.kind == word || t.kind == number {
			b.add(seal(mix(start, prefix(shape(t)))))
			n++
		}
	}
	b.add(seal(mix(mix(start, "N"), count1(n, 8))))
}

// dayWords are plain words that sting when they come back.
var dayWords = set("jutro dzisiaj wczoraj tomorrow today")

// echoes adds the words of content, and of days, that are said twice.
func echoes(b *bag, s *scanned) {
	start, n := seed(3, 9), 0
	var met [64]uint32
	known := met[:0]
	for _, i := range s.words[:min(len(s.words), len(met))] {
		t := &s.tokens[i]
		if len(t.fold) < 4 || plainWords[t.fold] && !dayWords[t.fold] {
			continue
		}
		h := seal(mix(mix(start, "w"), prefix(shape(t))))
		times := 0
		for _, k := range known {
			if k == h {
				times++
			}
		}
		if known = append(known, h); times == 1 {
			b.add(h)
			n++
		}
	}
	b.add(seal(mix(mix(start, "n"), count1(n, 2))))
}
