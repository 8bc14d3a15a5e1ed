package bot

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tandem"
)

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	same := func(name string, pl, en []string) {
		slices.Sort(pl)
		slices.Sort(en)
		for _, k := range pl {
			if !slices.Contains(en, k) {
				t.Errorf("%s: %s has no English", name, k)
			}
		}
		for _, k := range en {
			if !slices.Contains(pl, k) {
				t.Errorf("%s: %s has no Polish", name, k)
			}
		}
	}
	same("catalogue", slices.Collect(maps.Keys(polish)), slices.Collect(maps.Keys(english)))
	same("titles", slices.Collect(maps.Keys(titlesPL)), slices.Collect(maps.Keys(titlesEN)))
	same("buttons", slices.Collect(maps.Keys(buttonsPL)), slices.Collect(maps.Keys(buttonsEN)))
	same("codes", slices.Collect(maps.Keys(codesPL)), slices.Collect(maps.Keys(codesEN)))
	same("steps", slices.Collect(maps.Keys(stepsPL)), slices.Collect(maps.Keys(stepsEN)))
	same("open questions", slices.Collect(maps.Keys(openPL)), slices.Collect(maps.Keys(openEN)))
	for key, list := range polish {
		if len(list) != len(english[key]) || len(list) == 0 {
			t.Errorf("%s has %d Polish and %d English texts", key, len(list), len(english[key]))
		}
	}
	for _, topic := range all {
		if titlesPL[topic] == "" || buttonsPL[topic] == "" {
			t.Errorf("%s has no title or no button", topic)
		}
	}
	if len(titlesPL) != len(all) {
		t.Errorf("%d titles for %d topics", len(titlesPL), len(all))
	}
}

// placeholders of a template, without its conditions.
var placeholder = regexp.MustCompile(`\{(\+?[a-z_]+)\}`)

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	for key, list := range polish {
		for i, pl := range list {
			find := func(s string) []string {
				out := []string{}
				for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
					out = append(out, m[1])
				}
				slices.Sort(out)
				return slices.Compact(out)
			}
			if a, b := find(pl), find(english[key][i]); !slices.Equal(a, b) {
				t.Errorf("%s %d: %v in Polish, %v in English", key, i, a, b)
			}
		}
	}
}

// gendered is a first person of the past or the conditional, which Polish bends by the speaker.
var gendered = regexp.MustCompile(`(?i)\p{L}{2,}(?:łam|łem|łabym|łbym)(?:$|[^\p{L}])`)

// bent are other words that tell the speaker's gender.
var bent = regexp.MustCompile(`(?i)\b(?:powinienem|powinnam|jestem (?:pewn|gotow|zadowol|przekonan)\p{L}+)`)

func TestNobodySpeaksInAGenderedPast(t *testing.T) {
	if !gendered.MatchString("Sprawdziłam to.") || !gendered.MatchString("zrobiłbym") {
		t.Fatal("the test finds nothing")
	}
	benign := regexp.MustCompile(`(?i)człowiek\p{L}*|zespołem|problemem`)
	check := func(where, text string) {
		if m := gendered.FindString(benign.ReplaceAllString(text, "")); m != "" {
			t.Errorf("%s: %q in %q", where, m, text)
		}
		if m := bent.FindString(text); m != "" {
			t.Errorf("%s: %q in %q", where, m, text)
		}
	}
	for key, list := range polish {
		for _, text := range list {
			check(key, text)
		}
	}
	for _, steps := range stepsPL {
		for _, s := range steps {
			check("step", s.Action+" "+s.Why)
		}
	}
	for key, text := range codesPL {
		check(key, text)
	}
}

func TestTemplatesAreWellFormed(t *testing.T) {
	c := newScene(shop(), decide(tandem.Answer, "greeting"), found("in_transit", false))
	for _, book := range []map[string][]string{polish, english} {
		for key, list := range book {
			for _, text := range list {
				c.fill(&page{}, text) // panics where a bracket is not closed
				if strings.Contains(text, "Witam") || strings.Contains(text, "  ") {
					t.Errorf("%s: %q", key, text)
				}
			}
		}
	}
}

func TestButtonsFitTheSmallestPlatform(t *testing.T) {
	for _, book := range []map[string]string{buttonsPL, buttonsEN} {
		for key, b := range book {
			if utf8.RuneCountInString(b) > 20 {
				t.Errorf("%s: %q has %d characters", key, b, utf8.RuneCountInString(b))
			}
		}
	}
	for _, key := range []string{"button.human", "notice.choices"} {
		for _, b := range append(slices.Clone(polish[key]), english[key]...) {
			if utf8.RuneCountInString(b) > 20 {
				t.Errorf("%q is too long", b)
			}
		}
	}
}

// Every way in which a conversation changes hands has words: a person reads them in the thread and on the card.
func TestEveryChangeOfOwnerHasWords(t *testing.T) {
	codes := []string{"M1", "M2", "M3", "T20", "T21", "takeover", "reply", "assign", "reject", "return", "close", "parked", "reopened", "answered_elsewhere", "merged", "split"}
	for n := range 19 { // the triggers
		if n != 7 { // T8 asks
			codes = append(codes, fmt.Sprintf("T%d", n+1))
		}
	}
	for _, lang := range []string{"pl", "en"} {
		for _, c := range codes {
			if got := Words(lang, c); got == c || strings.ContainsAny(got, "0123456789") { // a code
				t.Errorf("%s %s: %q", lang, c, got)
			}
		}
	}
}

func TestWordsFallBackToThePartBeforeTheColon(t *testing.T) {
	for _, c := range []struct{ lang, code, want string }{
		{"pl", "T16", "Zły fakt i emocje"}, {"pl", "T9:topic", "Temat dla człowieka"}, {"pl", "T2:unheard", "Słowo krytyczne"},
		{"en", "permission_missing:pages_messaging", "permission missing: pages_messaging"}, {"pl", "ceiling:channel", "Miejsce publiczne"},
		{"en", "no_such_code", "no_such_code"}, {"de", "T1", "Prośba o człowieka"},
	} {
		if got := Words(c.lang, c.code); got != c.want {
			t.Errorf("%s %s: %q", c.lang, c.code, got)
		}
	}
	if Title("en", "parcel_late") != "Late parcel" || Title("pl", "own_topic") != "own_topic" {
		t.Error("titles")
	}
}
