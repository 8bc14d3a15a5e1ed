package nlu

import (
	"slices"
	"strings"
)

// hit is one entry of the lexicon found in a text.
type hit struct {
	entry      *entry
	from, to   int    // words [from, to) of scanned.words; both -1 for a regular expression
	start, end int    // bytes
	off        string // why it does not count: negated, benign; empty where it does
}

// maxHits bounds the evidence of one text.
const maxHits = 60

// match finds the lexicon's entries in a text. The longest of overlapping ones stays, so that
// "wprowadzacie w błąd" is not also "błąd".
func (l *lexicon) match(s *scanned) []hit {
	var hits []hit
	for i := range s.words {
		w := s.at(i).fold
		hits = l.try(s, i, l.exact[w], hits)
		if len(w) >= 3 {
			hits = l.try(s, i, l.prefix[[3]byte([]byte(w[:3]))], hits)
		}
		hits = l.try(s, i, l.any, hits)
		if len(hits) > maxHits {
			break
		}
	}
	for _, n := range l.regexps {
		e := &l.entries[n]
		for _, m := range e.regexp.FindAllStringIndex(s.text, 3) {
			hits = append(hits, hit{entry: e, from: -1, to: -1, start: m[0], end: m[1]})
		}
	}
	hits = longest(hits)
	for i := range hits {
		l.judge(s, &hits[i])
	}
	pardon(s, hits)
	return hits
}

// at returns the n-th word.
func (s *scanned) at(n int) *token { return &s.tokens[s.words[n]] }

func (l *lexicon) try(s *scanned, i int, entries []int32, hits []hit) []hit {
	for _, n := range entries {
		e := &l.entries[n]
		if to := e.pattern.at(s, i, true); to > 0 {
			hits = append(hits, hit{entry: e, from: i, to: to, start: s.at(i).start, end: s.at(to - 1).end})
		}
	}
	return hits
}

// gapWords is how many words ".." may stand for.
const gapWords = 3

// at matches a pattern at word i and returns the word after it, 0 where it does not match. Patterns
// stay within a sentence. denied lets a negation stand in a gap.
func (p pattern) at(s *scanned, i int, denied bool) int {
	if i >= len(s.words) {
		return 0
	}
	if !p[0].matches(s.at(i).fold) {
		return 0
	}
	if len(p) == 1 {
		return i + 1
	}
	rest, reach := p[1:], 0
	if rest[0].gap {
		rest, reach = rest[1:], gapWords
	}
	for skip := 0; skip <= reach; skip++ {
		n := i + 1 + skip
		if n >= len(s.words) || s.ends(n-1, n) {
			return 0
		}
		if to := rest.at(s, n, denied); to > 0 {
			return to
		}
		if !denied && negators[s.at(n).fold] {
			return 0
		}
	}
	return 0
}

func (e element) matches(w string) bool {
	for _, a := range e.some {
		if a.matches(w) {
			return true
		}
	}
	return false
}

// ends tells whether a sentence ends between two words.
func (s *scanned) ends(a, b int) bool {
	for i := s.words[a] + 1; i <= s.words[b]; i++ {
		if t := &s.tokens[i]; t.line || t.kind == mark && strings.ContainsAny(t.raw, ".!?;") {
			return true
		}
	}
	return false
}

// parts tells whether any mark stands between two words.
func (s *scanned) parts(a, b int) bool { return s.words[b] > s.words[a]+1 || s.at(b).line }

// longest drops hits that lie within longer ones.
func longest(hits []hit) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		if d := (b.end - b.start) - (a.end - a.start); d != 0 {
			return d
		}
		return a.start - b.start
	})
	out := hits[:0]
	for _, h := range hits {
		covered := false
		for _, o := range out {
			covered = covered || h.start >= o.start && h.end <= o.end
		}
		if !covered {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b hit) int { return a.start - b.start })
	return out
}

// judge takes a hit back that is negated or harmless where it stands.
func (l *lexicon) judge(s *scanned, h *hit) {
	if h.from < 0 {
		return
	}
	window := 3
	if h.entry.category == "human" {
		window = 5
	}
	if h.entry.cancel && s.negated(h.from, window) {
		h.off = "negated"
		return
	}
	for _, p := range h.entry.benign {
		if s.near(p, h.from, h.to) {
			h.off = "benign"
			return
		}
	}
	if h.entry.category == "anger" || h.entry.category == "fraud" {
		if s.quoted(h.start, h.end) { // the name of a book, a play, a scent
			h.off = "quoted"
			return
		}
	}
	for _, p := range l.benign {
		if s.overlaps(p, h.from, h.to) {
			h.off = "benign"
			return
		}
	}
}

// notNegating are words after "nie" that make no negation of what follows: "nie dość że oszuści".
var notNegating = set("dosc dosyc tylko wiem wierze rozumiem only")

// negated looks for a negation within so many words before a word, in the same clause.
func (s *scanned) negated(i, window int) bool {
	for n := i - 1; n >= 0 && n >= i-window; n-- {
		if s.parts(n, n+1) {
			return false
		}
		if negators[s.at(n).fold] {
			return n+1 >= len(s.words) || !notNegating[s.at(n+1).fold]
		}
	}
	return false
}

// nearWords is how far a harmless context may stand from the word that it excuses.
const nearWords = 9

func (s *scanned) near(p pattern, from, to int) bool {
	for i := max(0, from-nearWords); i < min(len(s.words), to+nearWords); i++ {
		if p.at(s, i, false) > 0 {
			return true
		}
	}
	return false
}

// quoteMarks open and close a quotation of a name.
const quoteMarks = "\"„”“«»"

// quoted tells whether bytes [start, end) stand in a quotation of at most 60 bytes.
func (s *scanned) quoted(start, end int) bool {
	before := strings.LastIndexAny(s.text[:start], quoteMarks)
	after := strings.IndexAny(s.text[end:], quoteMarks)
	if before < 0 || after < 0 || start-before > 40 || after > 30 {
		return false
	}
	return strings.Count(s.text[:start], "\"")%2 == 1 || !strings.HasPrefix(s.text[before:], "\"")
}

// overlaps tells whether a pattern matches at a place that shares a word with [from, to).
func (s *scanned) overlaps(p pattern, from, to int) bool {
	for i := max(0, from-6); i < to; i++ {
		if end := p.at(s, i, false); end > from {
			return true
		}
	}
	return false
}

// pardon takes founding words back that stand beside praise, where nothing else is wrong: "znowu
// szybko i super" is praise, "super, znowu nie działa" is not.
func pardon(s *scanned, hits []hit) {
	wrong := false
	for _, h := range hits {
		wrong = wrong || h.off == "" && !h.entry.praise && h.entry.weight >= 0.8
	}
	for i := range s.words {
		wrong = wrong || faults[s.at(i).fold]
	}
	if wrong || !praised(s) {
		return
	}
	for i := range hits {
		if hits[i].entry.praise {
			hits[i].off = "benign"
		}
	}
}

// faults are words that make praise beside them unlikely to be meant.
var faults = set("nie brak problem problemy awaria nigdy nikt bez not no never broken")

// praises are words of praise, folded; matched as they are or by their beginnings.
var praises = []alternative{{"super", false, false}, {"swietn", false, true}, {"dziek", false, true},
	{"rewelac", false, true}, {"polecam", false, false}, {"ekstra", false, false}, {"cudo", false, true},
	{"pyszn", false, true}, {"zadowol", false, true}, {"fajn", false, true}, {"idealn", false, true},
	{"extra", false, false}, {"great", false, false}, {"thank", false, true}, {"awesome", false, false},
	{"perfect", false, true}, {"excellent", false, false}, {"love", false, true}, {"brawo", false, false},
	{"gratul", false, true}, {"wspanial", false, true}, {"ekspresow", false, true}, {"pieknie", false, false},
	{"milo", false, false}, {"uwielbiam", false, false}, {"najlep", false, true}, {"cieszy", false, true},
	{"cool", false, false}, {"amazing", false, false}, {"brilliant", false, false}, {"mega", false, false}}

func praised(s *scanned) bool { return praiseAt(s) >= 0 }

// praiseAt returns the place of the first word of praise that is not negated, -1 where there is none.
func praiseAt(s *scanned) int {
	for i := range s.words {
		for _, a := range praises {
			if a.matches(s.at(i).fold) && !s.negated(i, 2) {
				return i
			}
		}
	}
	return -1
}
