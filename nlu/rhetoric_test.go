package nlu

import (
	"fmt"
	"testing"
)

// has tells whether a function gives a text a feature.
func has(add func(*bag, *scanned), text string, h uint32) bool {
	var b bag
	b.reset()
	add(&b, scan(text))
	for _, i := range b.used {
		if b.slots[i].id == h {
			return true
		}
	}
	return false
}

func TestRhetoric(t *testing.T) {
	said := func(sort byte, parts ...string) uint32 {
		h := seed(3, sort)
		for _, p := range parts {
			h = mix(h, p)
		}
		return seal(h)
	}
	for _, c := range []struct {
		what string
		add  func(*bag, *scanned)
		text string
		h    uint32
		want bool
	}{
		{"their words, quoted", quoted, "mieliście „natychmiast\" oddzwonić", said(7, "w", "natyc"), true},
		{"words outside the marks", quoted, "mieliście „natychmiast\" oddzwonić", said(7, "w", "oddzw"), false},
		{"two quotations", quoted, "raz \"jutro\", raz «pojutrze»", said(7, "n", "2"), true},
		{"no quotation", quoted, "jutro", said(7, "n", "0"), true},
		{"the sting at the end", parting, "Zgubiliście paczkę. Brawo.", said(8, "brawo"), true},
		{"the beginning", parting, "Zgubiliście paczkę. Brawo.", said(8, "zgubi"), false},
		{"one sentence has no last one", parting, "Zgubiliście paczkę.", said(8, "ONE"), true},
		{"a word that comes back", echoes, "jutro, jutro i jutro", said(9, "w", "jutro"), true},
		{"a word said once", echoes, "jutro i pojutrze", said(9, "w", "jutro"), false},
		{"plain words come back in every text", echoes, "jestem tu i jestem tam", said(9, "n", "0"), true},
	} {
		if got := has(c.add, c.text, c.h); got != c.want {
			t.Errorf("%s: %q: %v", c.what, c.text, got)
		}
	}
}

// One hand says "uprzejmie" and is angry in four of five, the other does neither. Told whose hand is whose, the
// model lays less of the anger on the word, and nothing that is read has a hand.
func TestAHandsWayOfWritingIsNoMood(t *testing.T) {
	learnt := func(told bool) (*joint, float64) {
		var texts []*scanned
		var moods []int
		for i := range 80 {
			hand, text, mood := "a", "uprzejmie", 3
			if i%2 == 1 {
				hand, text, mood = "b", "chętnie", 1
			}
			if i%10 < 2 {
				mood = 4 - mood
			}
			s := scan(fmt.Sprintf("rzecz%d %s miejsce%d", i, text, i*7%23))
			if told {
				s.source = hand
			}
			texts, moods = append(texts, s), append(moods, mood)
		}
		_, course := Options{Quick: true}.filled().courses()
		uses := usesOf(course)
		all := tabulate(texts, &uses)
		j := learnJoint(all, all.span(0, len(texts)), task{course: course, names: moodNames, classes: len(moodNames), y: moods})
		w := scan("uprzejmie")
		return j, j.speaks(w.at(0), 3)
	}
	_, blind := learnt(false)
	j, sees := learnt(true)
	if sees >= 0.8*blind {
		t.Errorf("told whose hand is whose, the word speaks %.3f for anger, not told %.3f", sees, blind)
	}
	var w buffers
	read := func(source string) float32 {
		s := scan("uprzejmie o coś")
		s.source = source
		j.read(s, &w)
		return w.margins[3]
	}
	if read("a") != read("") || read("b") != read("") {
		t.Error("what is read has a hand")
	}
}
