package channel

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a text into pieces of at most limit, counted in bytes of UTF-8 or in characters, at
// the borders of words. A word that is too long alone is cut, but no letter is parted from its
// accent and no emoji from its colour. Only white space at the cuts is lost.
func Split(text string, limit int, bytes bool) []string {
	size := utf8.RuneCountInString
	if bytes {
		size = func(s string) int { return len(s) }
	}
	var pieces []string
	for text = strings.TrimSpace(text); text != ""; {
		if limit <= 0 || size(text) <= limit {
			return append(pieces, text)
		}
		cut := cutAt(text, limit, size)
		pieces = append(pieces, strings.TrimRightFunc(text[:cut], unicode.IsSpace))
		text = strings.TrimLeftFunc(text[cut:], unicode.IsSpace)
	}
	return pieces
}

// cutAt returns the place of the best cut: the last white space within the limit, or else the last
// border between characters as people see them.
func cutAt(text string, limit int, size func(string) int) int {
	space, border, used := 0, 0, 0
	for at, next := 0, 0; at < len(text); at = next {
		next = at + cluster(text[at:])
		if r, _ := utf8.DecodeRuneInString(text[at:]); unicode.IsSpace(r) && at > 0 {
			space = at
		}
		if used += size(text[at:next]); used > limit {
			break
		}
		border = next
	}
	switch {
	case space > 0:
		return space
	case border > 0:
		return border
	}
	// One single character is longer than the limit; runes are all that is left to keep whole.
	_, first := utf8.DecodeRuneInString(text)
	border = first
	for at := range text {
		if at > border && size(text[:at]) <= limit {
			border = at
		}
	}
	return border
}

// cluster returns the length in bytes of the character at the start of s as a person sees it: a
// letter with its marks, a flag, a family of emoji. It follows the rules of Unicode Annex 29 that
// matter for chat, without its tables.
func cluster(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	flag := regional(first)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case first == '\r' && r == '\n':
			return n + size
		case flag && regional(r):
			flag = false // two make a flag, a third begins the next
		case joins(r):
		case endsWithJoiner(s[:n]) && !unicode.IsSpace(r):
		default:
			return n
		}
		n += size
	}
	return n
}

func endsWithJoiner(s string) bool { return strings.HasSuffix(s, "\u200d") }

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// joins tells whether a rune belongs to the one before it: marks, the joiner, skin colours and the
// tags of subdivision flags.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || r == 0x200D || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// clip shortens a label to at most limit characters, with an ellipsis where something is missing.
func clip(label string, limit int) string {
	if utf8.RuneCountInString(label) <= limit {
		return label
	}
	count := func(s string) int { return utf8.RuneCountInString(s) }
	at, used := 0, 1 // one for the ellipsis
	for at < len(label) {
		n := cluster(label[at:])
		if used += count(label[at : at+n]); used > limit {
			break
		}
		at += n
	}
	return strings.TrimSpace(label[:at]) + "…"
}
