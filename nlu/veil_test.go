package nlu

import (
	"strings"
	"testing"
)

// What stands in an address, a code or a long number is no word of the text.
func TestAddressesAreOneWord(t *testing.T) {
	for text, want := range map[string]string{
		"pisz na skandal.oszust@poczta.pl!":           "pisz na @mail",
		"Jan@x.pl, ola@y.pl":                          "@mail @mail",
		"patrz https://sklep.pl/oszustwo?a=1, dzięki": "patrz @link dzieki",
		"www.sklep.pl/znowu-blad":                     "@link",
		"https://sklep.pl/?mail=ja@x.pl dalej":        "@link dalej",
		"faktura FV2041/11 i zamówienie 48213":        "faktura #code 11 i zamowienie 00000",
		"kupiłam 2 szt., rozmiar 42":                  "kupilam 2 szt rozmiar 42",
		"@":                                           "", "a@b": "a b",
	} {
		s := scan(text)
		var got []string
		for i, n := range s.words {
			tok := &s.tokens[n]
			if got = append(got, shape(tok)); tok.end > len(text) || i > 0 && tok.start < s.at(i-1).end {
				t.Errorf("%q: %q lies at %d to %d", text, tok.raw, tok.start, tok.end)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q is read as %q, want %q", text, g, want)
		}
	}
	if r := open(t).Read("mój adres to skandal.oszustwo@poczta.pl", Context{}); r.Hard || r.Mood == "angry" {
		t.Errorf("an address is read as a hard word: %+v", r.Evidence)
	}
}
