package nlu

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed lexicon.tsv
var lexiconFile string

// severity says what a word does alone.
type severity byte

const (
	hard     severity = 'H' // hands over alone
	route    severity = 'R' // hands over alone, to people for safety, privacy or law
	founding severity = 'F' // hands over alone in the profile "wysoka", counts in the others
	soft     severity = 'S' // counts
	faint    severity = 'C' // counts only beside others
)

// entry is one line of the lexicon.
type entry struct {
	id       string
	lang     string
	category string
	weight   float64
	severity severity
	cancel   bool // a negation before it takes it back
	pattern  pattern
	benign   []pattern
	praise   bool // benign beside praise, where nothing else is wrong
	regexp   *regexp.Regexp
}

// pattern is a sequence of words; see docs/nlu.md for the language it is written in.
type pattern []element

type element struct {
	gap  bool // up to three words
	some []alternative
}

type alternative struct {
	text          string
	before, after bool // anything may stand there: "*x", "x*"
}

func (a alternative) matches(w string) bool {
	switch {
	case a.before && a.after:
		return strings.Contains(w, a.text)
	case a.after:
		return strings.HasPrefix(w, a.text)
	case a.before:
		return strings.HasSuffix(w, a.text)
	}
	return w == a.text
}

func parsePattern(s string) (pattern, error) {
	var p pattern
	for w := range strings.FieldsSeq(fold(s)) {
		if w == ".." {
			p = append(p, element{gap: true})
			continue
		}
		var e element
		for alt := range strings.SplitSeq(w, "/") {
			a := alternative{text: strings.Trim(alt, "*"), before: strings.HasPrefix(alt, "*"),
				after: strings.HasSuffix(alt, "*")}
			if a.text == "" || strings.Contains(a.text, "*") {
				return nil, fmt.Errorf("pattern %q: a star stands before or after letters", s)
			}
			e.some = append(e.some, a)
		}
		p = append(p, e)
	}
	for len(p) > 0 && p[len(p)-1].gap {
		p = p[:len(p)-1]
	}
	if len(p) == 0 || p[0].gap {
		return nil, fmt.Errorf("pattern %q: it begins with a word", s)
	}
	return p, nil
}

// lexicon finds entries in a text without trying each of them at each word.
type lexicon struct {
	entries []entry
	exact   map[string][]int32  // by the first word
	prefix  map[[3]byte][]int32 // by its first three letters
	any     []int32             // tried everywhere
	regexps []int32
	benign  []pattern // a brand's own harmless words
}

var shippedLexicon = sync.OnceValues(func() (*lexicon, error) { return parseLexicon(lexiconFile) })

func parseLexicon(file string) (*lexicon, error) {
	l := &lexicon{exact: map[string][]int32{}, prefix: map[[3]byte][]int32{}}
	for n, line := range strings.Split(strings.TrimSpace(file), "\n") {
		if n == 0 {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
		}
		l.add(e)
	}
	return l, nil
}

func parseEntry(line string) (entry, error) {
	c := strings.Split(line, "\t")
	if len(c) < 8 {
		return entry{}, fmt.Errorf("%d columns, want 8 or more", len(c))
	}
	w, err := strconv.ParseFloat(c[4], 64)
	if err != nil || len(c[5]) != 1 || !strings.Contains("HRFSC", c[5]) {
		return entry{}, fmt.Errorf("weight %q or severity %q", c[4], c[5])
	}
	e := entry{id: c[0], lang: c[1], category: c[2], weight: w, severity: severity(c[5][0]), cancel: c[6] == "cancel"}
	if re, ok := strings.CutPrefix(c[3], "re:"); ok {
		if e.regexp, err = regexp.Compile("(?i)" + re); err != nil {
			return entry{}, err
		}
	} else if e.pattern, err = parsePattern(c[3]); err != nil {
		return entry{}, err
	}
	for b := range strings.SplitSeq(c[7], "|") {
		b = strings.TrimSpace(b)
		if strings.HasPrefix(b, "praise:") {
			e.praise = true
			continue
		}
		if b == "" {
			continue
		}
		p, err := parsePattern(b)
		if err != nil {
			return entry{}, err
		}
		e.benign = append(e.benign, p)
	}
	return e, nil
}

func (l *lexicon) add(e entry) {
	n := int32(len(l.entries))
	l.entries = append(l.entries, e)
	if e.regexp != nil {
		l.regexps = append(l.regexps, n)
		return
	}
	for _, a := range e.pattern[0].some {
		switch {
		case a.before || a.after && len(a.text) < 3:
			l.any = append(l.any, n)
		case a.after:
			k := [3]byte([]byte(a.text[:3]))
			l.prefix[k] = append(l.prefix[k], n)
		default:
			l.exact[a.text] = append(l.exact[a.text], n)
		}
	}
}

// Words are a company's own: what hands over alone, what only counts, and what is harmless in its
// trade although it sounds bad ("skandal" where that is a perfume). Each is a pattern of the
// lexicon's language.
type Words struct {
	Hard   []string
	Soft   []string
	Benign []string
}

// with returns a lexicon that also knows a company's words.
func (l *lexicon) with(w Words) (*lexicon, error) {
	out := &lexicon{exact: map[string][]int32{}, prefix: map[[3]byte][]int32{}}
	for _, e := range l.entries {
		out.add(e)
	}
	for i, list := range [][]string{w.Hard, w.Soft} {
		for n, s := range list {
			p, err := parsePattern(s)
			if err != nil {
				return nil, err
			}
			e := entry{id: fmt.Sprintf("own-%d-%d", i, n), category: "own", weight: 3, severity: hard, pattern: p, cancel: true}
			if i == 1 {
				e.weight, e.severity = 1.5, soft
			}
			out.add(e)
		}
	}
	for _, s := range w.Benign {
		p, err := parsePattern(s)
		if err != nil {
			return nil, err
		}
		out.benign = append(out.benign, p)
	}
	return out, nil
}
