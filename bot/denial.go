package bot

import "strings"

// Denied and stated words of the material: a summary may deny a word only where it is denied there, and
// may not state a word that is only denied there ("kod nie działa" is never told as "kod działa").
// It is about words, where notions are about states in all their words.

// noWords deny the next word that weighs anything.
var noWords = wordSet("nie bez brak nigdy ani zaden zadna zadne zadnego zadnej not no never without cannot nor neither")

// light words stand between a denial and what is denied.
var light = wordSet("sie mu mi jej im go ja je to tego tym mnie nas mam ma jest sa byl byla bylo byly zostal zostala zostalo zostaly bedzie moze moga moge mogl mogla juz jeszcze tez o w z na do za od po ze " +
	"i a the any an be been is was are were has have had do does did it yet of to for in on they he she")

// polarity is how a word stands: stated, denied or, in the material, both.
type polarity struct{ stated, denied bool }

// polar lists the weighty words of a folded text with how they stand.
func polar(text string) map[string]polarity {
	out := map[string]polarity{}
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".,;:!?()\n", r) }) {
		no := false
		tokens := tokens(clause)
		for i, w := range tokens {
			switch {
			case noWords[w], w == "t" && i > 0 && strings.HasSuffix(tokens[i-1], "n"): // didn't
				no = true
				continue
			case light[w] || len(w) < 3:
				continue
			}
			p := out[w]
			if no {
				p.denied = true
			} else {
				p.stated = true
			}
			out[w], no = p, false
		}
	}
	return out
}

// alike tells whether two folded words are probably forms of one: they begin alike but for an ending.
func alike(a, b string) bool {
	n := min(len(a), len(b))
	most := max(3, n-2)
	return n >= 3 && max(len(a), len(b))-most <= 5 && n >= most && a[:most] == b[:most]
}

// turned tells whether a sentence turns a word of the material round.
func turned(sentence string, known map[string]polarity) bool {
	for w, is := range polar(folded(sentence)) {
		was := known[w]
		if was == (polarity{}) {
			for k, p := range known {
				if alike(w, k) {
					was.stated, was.denied = was.stated || p.stated, was.denied || p.denied
				}
			}
		}
		if (is.denied && !was.denied || is.stated && was.denied && !was.stated) && len(claims(w, false)) == 0 { // notions know their own denials
			return true
		}
	}
	return false
}
