package policy

import (
	"fmt"
	"strings"
	"testing"

	"tandem"
)

// claim marks a part of a text.
func claim(text, part string) tandem.Claim {
	at := strings.Index(text, part)
	return tandem.Claim{Start: at, End: at + len(part), Text: part, Source: "shop"}
}

func TestPlant(t *testing.T) {
	const text = "Zamówienie 48213 dostarczymy 24.11, zwrot trwa 3 dni, a dostawa kosztuje 14,99 zł."
	for i, c := range []struct {
		parts []string
		want  string // what stands there instead, empty where nothing can be planted
	}{
		{[]string{"14,99 zł"}, "12,99 zł"},
		{[]string{"3 dni"}, "6 dni"},
		{[]string{"24.11"}, "22.11"},
		{[]string{"48213"}, ""}, // nobody checks a long number by heart
		{[]string{"48213", "3 dni"}, "6 dni"},
		{[]string{"Zamówienie"}, ""}, // no number
		{nil, ""},
	} {
		var claims []tandem.Claim
		for _, p := range c.parts {
			claims = append(claims, claim(text, p))
		}
		got, wrong, ok := Plant(text, claims)
		if ok != (c.want != "") || wrong != c.want {
			t.Errorf("row %d: %v, %q", i, ok, wrong)
			continue
		}
		if !ok && got != text {
			t.Errorf("row %d: nothing was planted, and the text is %q", i, got)
		}
		if last := ""; ok {
			last = c.parts[len(c.parts)-1]
			if got != strings.Replace(text, last, wrong, 1) || got == text {
				t.Errorf("row %d: %q", i, got)
			}
		}
	}
}

func TestPlantLeavesImpossibleClaimsAlone(t *testing.T) {
	for _, c := range []tandem.Claim{{Start: -1, End: 2}, {Start: 0, End: 99}, {Start: 3, End: 3}, {Start: 4, End: 2}} {
		if text, _, ok := Plant("za 5 dni", []tandem.Claim{c}); ok || text != "za 5 dni" {
			t.Errorf("%+v: %q", c, text)
		}
	}
}

// A planted number is never the true one, and never below zero.
func TestAPlantedNumberIsWrong(t *testing.T) {
	for n := range 10000 {
		text := fmt.Sprintf("to %d zł", n)
		got, wrong, ok := Plant(text, []tandem.Claim{claim(text, fmt.Sprint(n))})
		if !ok || got == text || wrong == fmt.Sprint(n) || strings.Contains(got, "-") {
			t.Fatalf("%d: %q %v", n, got, ok)
		}
	}
}

func TestChosenIsSteadyAndFair(t *testing.T) {
	hits, both := 0, 0
	for n := range 20000 {
		id := fmt.Sprint("id", n)
		if Chosen(id, "trap", 50) != Chosen(id, "trap", 50) {
			t.Fatal("the same id is chosen once and not the other time")
		}
		if Chosen(id, "trap", 0) || !Chosen(id, "trap", 1000) {
			t.Fatal("none of a thousand, or all of them")
		}
		if Chosen(id, "trap", 50) {
			hits++
			if Chosen(id, "second", 50) {
				both++
			}
		}
	}
	if hits < 800 || hits > 1200 { // 1000 expected
		t.Errorf("%d of 20000 were chosen at 50 of a thousand", hits)
	}
	if both > hits/4 { // two purposes choose by themselves
		t.Errorf("%d of %d are chosen for another purpose too", both, hits)
	}
}
