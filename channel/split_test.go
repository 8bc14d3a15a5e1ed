package channel

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		bytes bool
		want  string
	}{
		{"krótko", 10, false, "krótko"},
		{"  dwa słowa  ", 8, false, "dwa|słowa"},
		{"żółć żółć", 9, true, "żółć|żółć"},
		{"żółćżółć", 9, true, "żółć|żółć"},
		{"e\u0301e\u0301e\u0301", 4, false, "e\u0301e\u0301|e\u0301"},
		{"👩‍👩‍👧👍🏽🇵🇱🇵🇱", 6, false, "👩‍👩‍👧|👍🏽🇵🇱🇵🇱"},
		{"🇵🇱🇩🇪", 3, false, "🇵🇱|🇩🇪"},
		{"łł", 1, true, "ł|ł"},
		{"e\u0301\u0302\u0303x", 2, false, "e\u0301|\u0302\u0303|x"},
		{"a\n\nb", 2, false, "a|b"},
		{"", 5, false, ""},
		{" \n ", 5, false, ""},
	} {
		if got := strings.Join(Split(c.text, c.limit, c.bytes), "|"); got != c.want {
			t.Errorf("%q in %d: got %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Zażółć gęślą jaźń 👩‍👩‍👧 e\u0301 🇵🇱", 7, true)
	f.Add("\xff\xfe  \u200d\u200d x", 1, true)
	f.Fuzz(func(t *testing.T, text string, limit int, bytes bool) {
		if limit <= 0 || len(text) > 5000 {
			t.Skip()
		}
		pieces := Split(text, limit, bytes)
		for _, p := range pieces {
			size := utf8.RuneCountInString(p)
			if bytes {
				size = len(p)
			}
			// A single rune may be longer than the limit; nothing else may.
			if size > limit && utf8.RuneCountInString(p) > 1 {
				t.Errorf("%q has %d of %d", p, size, limit)
			}
			if p == "" || utf8.ValidString(text) && !utf8.ValidString(p) {
				t.Errorf("a bad piece %q", p)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(pieces, " ")), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Errorf("lost something: %q, had %q", got, want)
		}
	})
}

func TestClip(t *testing.T) {
	for _, c := range []struct{ label, want string }{
		{"Rozmowa z człowiekiem", "Rozmowa z człowieki…"},
		{"Rozmowa z człowiek", "Rozmowa z człowiek"},
		{"1234567890123456789👩‍👩‍👧", "1234567890123456789…"},
	} {
		if got := clip(c.label, 20); got != c.want || utf8.RuneCountInString(got) > 20 {
			t.Errorf("%q: %q", c.label, got)
		}
	}
}
