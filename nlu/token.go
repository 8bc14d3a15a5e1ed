package nlu

import (
	"unicode"
	"unicode/utf8"
)

// kind says what a token is.
type kind uint8

const (
	word   kind = iota // letters, or letters with digits
	number             // digits only
	emoji
	mark // a run of punctuation: "?!", "...", ","
)

// token is one word, number, emoji or run of punctuation with its place in the text.
type token struct {
	kind       kind
	raw        string // lower case, marks kept
	fold       string // lower case, marks taken off, letters drawn out three times and more squeezed
	start, end int    // bytes of the text
	caps       bool   // two letters or more, all of them capitals
	title      bool   // begins with a capital
	stretched  bool   // "znoooowu"
	glued      bool   // nothing stands between it and the token before
	line       bool   // begins a line
	code       bool   // letters with four digits and more: "FV2041"
}

// scanned is a text taken apart.
type scanned struct {
	text   string
	tokens []token
	words  []int     // places in tokens of words and numbers
	hits   []hit     // entries of the lexicon, where they were looked for
	vector []float32 // of an embedding model; nil where there is none
	source string    // whose hand an example is from, while it is learnt; empty in what is read
}

// maxTokens bounds the work on one text.
const maxTokens = 1500

// scan takes a text apart. It never fails: what is no letter, digit, emoji or mark is skipped.
func scan(text string) *scanned {
	s := &scanned{text: clip(text, readLimit)}
	s.tokens = make([]token, 0, len(s.text)/5+4)
	last, line, places := -1, false, addresses(s.text)
	for i := 0; i < len(s.text) && len(s.tokens) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		var t token
		for len(places) > 0 && places[0].end <= i {
			places = places[1:]
		}
		switch {
		case len(places) > 0 && places[0].start <= i:
			t = places[0]
			t.start = i
		case letter(r) || unicode.IsDigit(r):
			t = s.word(i)
		case r == utf8.RuneError && n == 1, unicode.IsSpace(r), invisible(r):
			line = line || r == '\n'
			i += n
			continue
		case pictured(r):
			t = s.emoji(i)
		default:
			t = s.mark(i)
		}
		t.glued, t.line = t.start == last, line
		line = false
		last = t.end
		i = t.end
		if t.kind == word || t.kind == number {
			s.words = append(s.words, len(s.tokens))
		}
		s.tokens = append(s.tokens, t)
	}
	return s
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r)
}

// pictured tells whether a rune is an emoji or a symbol drawn like one.
func pictured(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF
}

// word reads a word; an apostrophe between letters is left out: "don't" is read as "dont".
func (s *scanned) word(i int) token {
	t := token{kind: number, start: i, end: i, caps: true}
	raw := make([]byte, 0, 24)
	folded := make([]byte, 0, 24)
	var prev rune
	run, letters, latin, other, figures := 0, 0, 0, 0, 0
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if (r == '\'' || r == '’') && letters > 0 && follows(s.text[i+n:]) || invisible(r) {
			i += n
			continue
		}
		if !letter(r) && !unicode.IsDigit(r) {
			break
		}
		i += n
		if t.end-t.start > 200 {
			t.end = i
			continue // no word is that long: the rest is left out
		}
		l := unicode.ToLower(r)
		if letter(r) {
			t.kind = word
			letters++
			t.caps = t.caps && l != r
			t.title = t.title || letters == 1 && l != r
			if l < 0x250 {
				latin++
			} else {
				other++
			}
		} else {
			figures++
		}
		t.end = i
		raw = utf8.AppendRune(raw, wide(l))
		f := foldRune(r)
		if run = sameRun(run, prev, f); run < 3 || t.kind == number {
			folded = utf8.AppendRune(folded, f)
		} else if run == 3 {
			folded, t.stretched = folded[:len(folded)-utf8.RuneLen(f)], true
		}
		prev = f
	}
	t.caps, t.code = t.caps && letters >= 2, letters > 0 && figures >= 4
	t.raw, t.fold = string(raw), string(folded)
	if latin > 0 && other > 0 {
		t.fold = untwin(t.fold)
	}
	return t
}

func sameRun(run int, prev, r rune) int {
	if prev == r && !unicode.IsDigit(r) {
		return run + 1
	}
	return 1
}

func follows(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return letter(r)
}

func untwin(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if p, ok := twin[r]; ok {
			r = p
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

func (s *scanned) emoji(i int) token {
	_, n := utf8.DecodeRuneInString(s.text[i:])
	return token{kind: emoji, raw: s.text[i : i+n], fold: s.text[i : i+n], start: i, end: i + n}
}

// mark reads a run of punctuation; at most eight of them are kept as its text.
func (s *scanned) mark(i int) token {
	t := token{kind: mark, start: i}
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if letter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) || pictured(r) ||
			r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	t.end = i
	t.raw = clip(s.text[t.start:t.end], 8)
	t.fold = t.raw
	return t
}
