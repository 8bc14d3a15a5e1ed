package nlu

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// An address of mail or of a page is one word of a text, whatever stands in it: "skandal@poczta.pl"
// scolds nobody, and nobody else has the words of it. Long numbers and codes become alike in shape.
const (
	mailWord = "@mail"
	linkWord = "@link"
)

var link = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s<>"]{1,1000}`)

// addresses finds the addresses of mail and of pages in a text, each as one word, in their order.
func addresses(text string) []token {
	var out []token
	add := func(re *regexp.Regexp, name string) {
		for _, m := range re.FindAllStringIndex(text, -1) {
			v := strings.TrimRight(text[m[0]:m[1]], ".,;:!?)-")
			out = append(out, token{kind: word, raw: name, fold: name, start: m[0], end: m[0] + len(v)})
		}
	}
	if strings.Contains(text, "@") {
		add(email, mailWord)
	}
	if strings.Contains(text, "://") || strings.Contains(text, "www.") || strings.Contains(text, "Www.") {
		add(link, linkWord)
	}
	slices.SortStableFunc(out, func(a, b token) int { return cmp.Compare(a.start, b.start) })
	return out
}
