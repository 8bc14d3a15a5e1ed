package nlu

import (
	"strings"
	"unicode"
)

// neighbours are the keys beside a key on a Polish or English keyboard.
var neighbours = map[rune]string{'q': "wa", 'w': "qes", 'e': "wrd", 'r': "etf", 't': "ryg", 'y': "tuh", 'u': "yij",
	'i': "uok", 'o': "ipl", 'p': "ol", 'a': "qsz", 's': "awdx", 'd': "sefc", 'f': "drgv", 'g': "fthb", 'h': "gyjn",
	'j': "hukm", 'k': "jil", 'l': "kop", 'z': "asx", 'x': "zsdc", 'c': "xdfv", 'v': "cfgb", 'b': "vghn", 'n': "bhjm",
	'm': "njk"}

// mistype puts one slip of the finger into about every so many letters: a letter lost, doubled,
// swapped with the next, or taken from the key beside it.
func mistype(text string, every int, rng *random) string {
	r := []rune(text)
	letters := 0
	for _, c := range r {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	for range (letters + every/2) / every {
		i := rng.below(len(r))
		for range 50 { // a slip hits a letter; a text of few letters may be spared
			if unicode.IsLetter(r[i]) {
				break
			}
			i = rng.below(len(r))
		}
		if !unicode.IsLetter(r[i]) {
			continue
		}
		switch rng.below(4) {
		case 0:
			r = append(r[:i], r[i+1:]...)
		case 1:
			r = append(r[:i+1], r[i:]...)
		case 2:
			if i+1 < len(r) {
				r[i], r[i+1] = r[i+1], r[i]
			}
		case 3:
			if n := neighbours[foldRune(r[i])]; n != "" {
				r[i] = rune(n[rng.below(len(n))])
			}
		}
		if len(r) == 0 {
			break
		}
	}
	return string(r)
}

// withoutMarks writes a text as people do who do not bother with Polish letters.
func withoutMarks(text string) string {
	var b strings.Builder
	for _, r := range text {
		l := unicode.ToLower(r)
		p, ok := plain[l]
		switch {
		case !ok:
			b.WriteRune(r)
		case l == r:
			b.WriteRune(p)
		default:
			b.WriteRune(unicode.ToUpper(p))
		}
	}
	return b.String()
}
