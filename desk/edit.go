package desk

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// facts are the parts of a text that state something: numbers, amounts, dates, addresses, links.
var facts = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+@[\p{L}\d.-]+|https?://\S+|\d[\d.,:/ ]*\d|\d+|\b(poniedzia|wtor|środ|czwart|piąt|sobot|niedziel|dziś|dzisiaj|jutro|pojutrze|wczoraj|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday)\p{L}*|\bnie\b|\bnot\b|n't\b`)

// Class sorts what a reviewer changed: "" nothing, cosmetic (less than a tenth of the letters and no
// fact), factual (a number, a date, a name of a day, a negation), tone (the rest). The second value
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
	out := facts.FindAllString(strings.ToLower(s), -1)
	for i := range out {
		out[i] = strings.Trim(out[i], " .,:")
	}
	slices.Sort(out)
	return out
}

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
