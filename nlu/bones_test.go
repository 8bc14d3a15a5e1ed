package nlu

import (
	"slices"
	"strings"
	"testing"
)

// What a sentence is about goes, how it is built stays.
func TestBones(t *testing.T) {
	for text, want := range map[string]string{
		"Płacę za co dokładnie?":               "x za co x ?",
		"Trzy razy pisałam, zero odpowiedzi.":  "x razy IDO , x .",
		"Kiedy raczycie oddać pieniądze?!":     "kiedy YDO x ?!",
		"Szósty dzień. Nikt u Państwa nie wie": "TH dzien . nikt u YOU nie x",
		"zamówienie 48213 SKANDAL 😡":           "x # XX @",
	} {
		var got []string
		s := scan(text)
		for i := range s.tokens {
			if b := bone(&s.tokens[i]); b != "x" || len(got) == 0 || got[len(got)-1] != "x" {
				got = append(got, b)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %q, want %q", text, g, want)
		}
	}
	of := func(text string) []uint32 {
		var b bag
		b.reset()
		bones(&b, scan(text))
		var out []uint32
		for _, i := range b.used {
			out = append(out, b.slots[i].id)
		}
		return out
	}
	if a, b := of("Kurier zgubił lampę, a wy macie odpowiedź?"), of("Bank zablokował kartę, a wy macie procedurę?"); !slices.Equal(a, b) {
		t.Error("two sentences built alike have other bones")
	}
	if a, b := of("Kurier zgubił lampę."), of("Czy kurier zgubił lampę?"); slices.Equal(a, b) {
		t.Error("a question has the bones of a statement")
	}
}
