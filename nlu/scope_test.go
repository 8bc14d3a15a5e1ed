package nlu

import (
	"strings"
	"testing"
)

// The names' words are in no example: only the names themselves can teach them.
func TestAFewExamplesAreHelpedByTheTopicsName(t *testing.T) {
	var examples []Example
	for topic, texts := range map[string]string{
		"bike_rental":    "ile kosztuje rower na weekend/chcę tandem dla dwojga/czy macie foteliki dla dzieci",
		"wheel_truing":   "koło mi bije/ósemka z tyłu/obręcz trze o klocki",
		"winter_storage": "gdzie oddać jednoślad do wiosny/przechowacie go do marca/mam mało miejsca w piwnicy",
	} {
		for text := range strings.SplitSeq(texts, "/") {
			examples = append(examples, Example{Lang: "pl", Touchpoint: topic, Text: text})
		}
	}
	m, _ := Train(examples, Options{Quick: true})
	for word, want := range map[string]string{"rental?": "bike_rental", "truing": "wheel_truing", "storage please": "winter_storage"} {
		if got := m.Read(word, Context{}).Touchpoint; got != want {
			t.Errorf("%q is read as %s, want %s", word, got, want)
		}
	}
}

func TestOnlyTopicsWithFewExamplesAreNamed(t *testing.T) {
	examples := []Example{{Touchpoint: Other, Text: "ala ma kota"}, {Touchpoint: "bike_rental", Text: "bike rental"},
		{Touchpoint: "wheel_truing", Text: "koło bije"}}
	for i := range fewOf {
		examples = append(examples, Example{Touchpoint: "winter_storage", Text: strings.Repeat("zima ", i+1)})
	}
	added := named(examples)[len(examples):]
	if len(added) != 1 || added[0].Touchpoint != "wheel_truing" || added[0].Text != "wheel truing" {
		t.Errorf("named %+v, want wheel truing alone", added)
	}
}

// Whatever a file calls what belongs to no topic, it teaches how such messages look.
func TestWhatBelongsNowhereIsAnExampleOfOther(t *testing.T) {
	rows := []Labelled{{Text: "ile to pierwiastek z dwóch", Touchpoint: "oos"}, {Text: "x", Touchpoint: "none"}, {Text: "gdzie paczka", Touchpoint: "tracking"}}
	got := ExamplesOf(rows)
	if len(got) != 3 || got[0].Touchpoint != Other || got[1].Touchpoint != Other || got[2].Touchpoint != "tracking" {
		t.Errorf("%+v", got)
	}
}

// A text that is read and the same text in a training's table are measured alike.
func TestATableMeasuresATextAsReadingDoes(t *testing.T) {
	m := open(t)
	texts := []string{"Gdzie jest moja paczka?", "zażółć gęślą jaźń 12345 kwarkami", "ok", "Proszę o fakturę za rower!!"}
	var all []*scanned
	for _, s := range texts {
		all = append(all, m.scanText(s))
	}
	uses := m.joint.uses
	tab := tabulate(all, &uses)
	var read, row buffers
	for i, s := range all {
		m.joint.read(s, &read)
		m.joint.weigh(tab.features(int32(i), &uses, &row.extractor), &row)
		if read.strangeness != row.strangeness {
			t.Errorf("%q: read %+v, as a row %+v", texts[i], read.strangeness, row.strangeness)
		}
	}
	m.joint.read(all[1], &read)
	strange := read.known
	if m.joint.read(all[0], &read); strange[1] >= read.known[1] || strange[2] >= read.known[2] {
		t.Errorf("invented words are known as well (%v) as plain ones (%v)", strange, read.known)
	}
}
