package nlu

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readLimit is how many bytes of a text are read: a customer who pastes a book is answered on its
// beginning, in bounded time.
const readLimit = 12 << 10

// foldPairs lists letters with marks and the plain letters that people type instead.
const foldPairs = "ąa ćc ęe łl ńn óo śs źz żz äa öo üu áa àa âa ãa åa āa čc çc ďd ée èe êe ëe ěe ēe ėe ğg " +
	"íi ìi îi ïi ıi īi ňn ñn ôo òo õo őo ōo øo řr šs şs șs ťt țt úu ùu ûu ůu űu ūu ýy ÿy žz đd ľl ĺl ŕr ґг"

// twins are Cyrillic and Greek letters that look like Latin ones; they are read as such only inside
// a word that also has Latin letters.
const twins = "аa еe оo рp сc уy хx іi јj ѕs һh ԁd вb кk мm нh тt οo αa εe ρp νv ιi"

var (
	plain = pairs(foldPairs)
	twin  = pairs(twins)
	// low covers the letters below U+0180 so that the common ones need no map.
	low = lowTable()
)

func pairs(list string) map[rune]rune {
	m := map[rune]rune{}
	for p := range strings.FieldsSeq(list) {
		a, n := utf8.DecodeRuneInString(p)
		b, _ := utf8.DecodeRuneInString(p[n:])
		m[a] = b
	}
	return m
}

func lowTable() (t [0x180]rune) {
	for r := range t {
		l := unicode.ToLower(rune(r))
		if p, ok := plain[l]; ok {
			l = p
		}
		t[r] = l
	}
	return t
}

// foldRune lowers a letter and takes its mark off; 'ß' stays one letter.
func foldRune(r rune) rune {
	if r < 0x180 {
		return low[r]
	}
	r = wide(unicode.ToLower(r))
	if p, ok := plain[r]; ok {
		return p
	}
	return r
}

// wide maps full-width forms to the plain ones.
func wide(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return unicode.ToLower(r - 0xFEE0)
	}
	return r
}

// invisible tells whether a rune is drawn as nothing or only bends the line: zero-width characters,
// direction marks, soft hyphens, combining marks, variation selectors, tags.
func invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r >= 0x300 && r <= 0x36F, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F, r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, r >= 0xE0000 && r <= 0xE01EF:
		return true
	}
	return false
}

// fold lowers a text and takes the marks off its letters, keeping everything else.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if !invisible(r) {
			b.WriteRune(foldRune(r))
		}
	}
	return b.String()
}

// clip cuts a text to at most n bytes at the start of a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
