package desk

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// facts are the parts of a text that state something in figures: numbers, amounts, dates, addresses,
// links. English swallows its negation.
var facts = regexp.MustCompile(`[\p{L}\d._%+-]+@[\p{L}\d.-]+|https?://\S+|\d[\d.,:/ ]*\d|\d+|n['’]t\b`)

// words are whole words that state something: days, months, spans, numbers, negations. They are
// compared word by word, because \b of a regular expression knows no ś. "Dzień" is left out, being
// half of a greeting, and "may", being a verb.
var words = regexp.MustCompile(`^(?:poniedzia|wtor(?:ek|k)|[sś]rod(?:a|ę|e|y|zie|ą)$|czwart|pi[aą]t(?:ek|k)|sobot|niedziel|dzi[sś]$|dzisiaj|jutr|pojutrz|wczoraj|` +
	`stycz(?:e[nń]|ni[au])$|lut(?:y|ego|ym)$|mar(?:zec|c[au])$|kwie(?:cie[nń]|tni[au])$|maj[au]?$|czerw(?:iec|c[au])$|lip(?:iec|c[au])$|sierp(?:ie[nń]|ni[au])$|` +
	`wrze(?:sie[nń]|[sś]ni[au])$|pa[zź]dziernik|listopad|grud(?:zie[nń]|ni[au])$|` +
	`dni$|dniach|godzin|tydzie|tygodni|miesi[aąeę]c|minut|rok(?:u|iem)?$|` +
	`jed(?:en|nego|n[aąo]|nej)$|dw(?:a|ie|[oó]ch|óm|u)$|trz(?:y|ech)$|czter(?:y|ech)$|pi[eę](?:[cć]|ciu)$|sze[sś](?:[cć]|ciu)$|siedem$|siedmiu$|o[sś](?:iem|miu)$|dziewi[eę](?:[cć]|ciu)$|dziesi[eę](?:[cć]|ciu)$|` +
	`nie$|nigdy$|bez$|` +
	`monday|tuesday|wednesday|thursday|friday|saturday|sunday|today$|tomorrow|yesterday|january|february|march$|april|june$|july|august|september|october|november|december|` +
	`days?$|hours?$|weeks?$|months?$|minutes?$|years?$|one$|two$|three$|four$|five$|six$|seven$|eight$|nine$|ten$|not$|never$|cannot$|without$)`)

// Class sorts what a reviewer changed: "" nothing, cosmetic (less than a tenth of the letters and no
// fact), factual (a number, a date, a span, a negation), tone (the rest). The second value
// is the normalised edit distance, 0 to 1 (HITL.md 3.2).
func Class(was, is string) (string, float64) {
	if was == is {
		return "", 0
	}
	d := distance(normal(was), normal(is))
	switch {
	case !slices.Equal(stated(was), stated(is)):
		return "factual", d
	case d < 0.10:
		return "cosmetic", d
	}
	return "tone", d
}

func stated(s string) []string {
	s = spaces.Replace(strings.ToLower(s))
	out := facts.FindAllString(s, -1)
	for i := range out {
		out[i] = strings.Trim(out[i], " .,:")
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if words.MatchString(w) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// spaces are those that Polish amounts are written with.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// normal folds case, spaces and punctuation: they are no edit of a text's meaning.
func normal(s string) []rune {
	var out []rune
	space := false
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if space && len(out) > 0 {
				out = append(out, ' ')
			}
			out, space = append(out, r), false
		} else {
			space = true
		}
	}
	return out
}

// distance is Levenshtein's, divided by the longer length.
func distance(a, b []rune) float64 {
	const most = 4000 // a text of a channel is shorter; a longer one is compared by its beginning
	a, b = a[:min(len(a), most)], b[:min(len(b), most)]
	if len(a) == 0 && len(b) == 0 {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		left := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := left
			if x != y {
				cost++
			}
			left = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return float64(row[len(b)]) / float64(max(len(a), len(b)))
}
