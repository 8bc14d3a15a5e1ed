package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// A text in the catalogue is a template:
//
//	{order}     a fact or setting, written as a claim with its source; the part falls away without it
//	{?late}     only where this holds; {!late} only where not; {?parcel=delivered} a fact's value
//	{+tail}     another text of the catalogue
//	<...>       a part that may fall away; outside of one, the whole wording does
//	[a|b]       a: neutral, b: to customers who are on first-name terms
//
// page is a text under way.
type page struct {
	b       []byte
	claims  []tandem.Claim
	class   tandem.Class
	capital bool // the next letter begins a sentence
	small   bool // the next letter goes on a sentence
}

// word is what a placeholder stands for.
type word struct {
	text   string
	source string // empty: not a claim
	class  tandem.Class
}

// write adds text; spaces and full stops never double where parts fell away.
func (p *page) write(s string) {
	if n := len(p.b); n == 0 || p.b[n-1] == ' ' || p.b[n-1] == '\n' {
		s = strings.TrimLeft(s, " ")
	}
	if n := len(p.b); n > 0 && strings.HasPrefix(s, ".") && strings.ContainsRune(".!?", rune(p.b[n-1])) {
		s = s[1:]
	}
	if r, n := utf8.DecodeRuneInString(s); (p.capital || p.small) && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		change := unicode.ToUpper
		if p.small {
			change = unicode.ToLower
		}
		s = string(change(r)) + s[n:]
		p.capital, p.small = false, false
	}
	p.b = append(p.b, s...)
}

// claim adds a word and remembers where it stands.
func (p *page) claim(w word) {
	start := len(p.b)
	p.write(w.text)
	if w.source == "" {
		return
	}
	p.claims = append(p.claims, tandem.Claim{Start: start, End: len(p.b), Text: string(p.b[start:]), Source: w.source, Class: w.class})
	p.class = max(p.class, w.class)
}

// fill writes a template and tells whether all that it needs was there.
func (c *scene) fill(p *page, t string) bool {
	for t != "" {
		i := strings.IndexAny(t, "{<[")
		if i < 0 {
			p.write(t)
			return true
		}
		p.write(t[:i])
		end := closing(t, i)
		inner := t[i+1 : end]
		open := t[i]
		t = t[end+1:]
		switch open {
		case '{':
			if !c.place(p, inner) {
				return false
			}
		case '[':
			neutral, ty, _ := strings.Cut(inner, "|")
			if c.ty {
				neutral = ty
			}
			if !c.fill(p, neutral) {
				return false
			}
		case '<':
			was := *p
			if !c.fill(p, inner) {
				*p = was
			}
		}
	}
	return true
}

// place writes what stands in braces.
func (c *scene) place(p *page, name string) bool {
	switch name[0] {
	case '?':
		return c.holds(name[1:])
	case '!':
		return !c.holds(name[1:])
	case '+':
		return c.fill(p, c.texts(name[1:])[0])
	}
	w, ok := c.word(name)
	if ok {
		p.claim(w)
	}
	return ok
}

// closing finds the bracket that ends the one at i.
func closing(t string, i int) int {
	ends := map[byte]byte{'{': '}', '<': '>', '[': ']'}
	open, end, depth := t[i], ends[t[i]], 0
	for j := i; j < len(t); j++ {
		switch t[j] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return j
			}
		}
	}
	panic("bot: a template is not closed: " + t)
}

// text returns the page as a reply.
func (p *page) reply(id string) tandem.Reply {
	text := strings.TrimRight(string(p.b), " \n")
	return tandem.Reply{ID: id, Text: text, Claims: p.claims, Class: p.class, OK: text != ""}
}
