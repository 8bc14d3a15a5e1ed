package app

import (
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
)

func TestWhoMayTeach(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		one := map[string]any{"text": "Serduszka mi nie wpadły, tel. 601 234 567", "touchpoint": "loyalty_program", "mood": "tense"}
		var added Added
		ola.must("POST", "/api/learning/examples", one, &added)
		if added.Added != 1 {
			t.Fatalf("added %+v", added)
		}
		if ola.must("POST", "/api/learning/examples", one, &added); added.Known != 1 {
			t.Errorf("the same again: %+v", added)
		}
		var waiting Examples
		ola.must("GET", "/api/learning/examples?state=waiting", nil, &waiting)
		if len(waiting.Items) != 1 || waiting.Items[0].Text != "Serduszka mi nie wpadły, tel. [telefon]" || waiting.Items[0].By.ID != "ola" || waiting.Items[0].Source != "hand" {
			t.Fatalf("there waits %+v", waiting.Items)
		}
		at := "/api/learning/examples/" + string(waiting.Items[0].ID)
		for _, change := range []map[string]any{{"state": "approved"}, {"state": "rejected"}, {"touchpoint": "other"}} {
			if got := ola.call("PUT", at, change); got.status != 403 {
				t.Errorf("an agent did %v: %d", change, got.status)
			}
		}
		for body, code := range map[string]string{`{"touchpoint":"kosmos"}`: "no_such_topic", `{"text":" "}`: "bad_example", `{"mood":"wild"}`: "invalid", `{"lang":"de"}`: "invalid"} {
			if got := boss.call("PUT", at, body); got.status != 422 || got.code() != code {
				t.Errorf("%s: %d %s", body, got.status, got.body)
			}
		}
		var e ExampleView
		boss.must("PUT", at, map[string]any{"state": "approved", "mood": "angry"}, &e)
		if e.State != "approved" || e.Mood != "angry" || e.JudgedBy.ID != "kierownik" {
			t.Errorf("approved is %+v", e)
		}
		var l Learning
		ola.must("GET", "/api/learning", nil, &l)
		if l.Counts.Approved != 1 || l.Lessons != 1 || !l.Training || l.Used != 0 || l.Shipped == "" {
			t.Errorf("learning is %+v", l)
		}
		told := 0
		events, err := s.DB().EventsAfter(t.Context(), demo.Workspace, 0, 1000)
		for _, ev := range events {
			if ev.Kind == tandem.ExampleChanged && ev.Actor != "" && ev.Subject == string(e.ID) {
				told++
			}
		}
		if told != 2 || err != nil {
			t.Errorf("the ledger tells of it %d times, %v", told, err)
		}
	})
}

func TestExamplesAsAFile(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		file := "text\ttouchpoint\tmood\tflags\tlang\nserduszka nie wpadły\tloyalty_program\ttense\t-\tpl\nget me a person\thuman_request\t\thuman\ten\n"
		var added Added
		boss.must("POST", "/api/learning/import", map[string]any{"file": file}, &added)
		if added.Added != 2 {
			t.Fatalf("added %+v", added)
		}
		var out ExampleFile
		boss.must("GET", "/api/learning/export", nil, &out)
		if want := "touchpoint\tmood\tflags\tlang\ttext\nloyalty_program\ttense\t-\tpl\tserduszka nie wpadły\nhuman_request\t\thuman\ten\tget me a person\n"; out.File != want {
			t.Errorf("the file is %q", out.File)
		}
		if boss.must("POST", "/api/learning/import", map[string]any{"file": out.File}, &added); added.Added != 0 || added.Known != 2 {
			t.Errorf("the same file again: %+v", added)
		}
		for file, want := range map[string]string{
			"a\tb\nc\td":                      "line 1",
			"touchpoint\ttext\nthanks\t":      "line 2",
			"touchpoint\ttext\nkosmos\thej":   "example 1",
			"touchpoint\tmood\ttext\na\tb\tc": "line 2",
			"touchpoint\ttext":                "no examples",
		} {
			if got := boss.call("POST", "/api/learning/import", map[string]any{"file": file}); got.status != 422 || !strings.Contains(string(got.body), want) {
				t.Errorf("%q: %d %s", file, got.status, got.body)
			}
		}
		if n, err := s.DB().CountExamples(t.Context(), demo.Workspace); err != nil || n.By[store.Approved] != 2 {
			t.Errorf("a bad file left something: %+v, %v", n, err)
		}
	})
}

func TestBrandWordsCountAtOnce(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		read := func(text string) (r tandem.Reading) {
			boss.must("POST", "/api/learning/try", map[string]any{"text": text}, &r)
			return r
		}
		if read("w tej bluzce czuć klejem").Hard {
			t.Fatal("it hands over by itself")
		}
		var w WordView
		boss.must("POST", "/api/learning/words", map[string]any{"pattern": " Klej* ", "side": "hard"}, &w)
		if r := read("w tej bluzce czuć klejem"); !r.Hard || r.HardKind != "own_word" || w.Pattern != "klej*" {
			t.Errorf("the word does not count: %+v", r)
		}
		for body, code := range map[string]string{`{"pattern":"kle*j","side":"hard"}`: "bad_word", `{"pattern":".. x","side":"hard"}`: "bad_word", `{"pattern":"klej*","side":"soft"}`: "word_exists", `{"pattern":"x y","side":"odd"}`: "invalid"} {
			if got := boss.call("POST", "/api/learning/words", body); got.code() != code {
				t.Errorf("%s: %d %s", body, got.status, got.body)
			}
		}
		s.world.Meta.DM(s.world.Instagram, "nowa", "W tej bluzce czuć klejem", sim.DMOptions{})
		s.settle(3 * time.Second)
		if c := s.sit("ola@demo.pl").first("needs_human"); c.Owner != tandem.Queue {
			t.Errorf("the conversation is with %s", c.Owner)
		}
		boss.must("DELETE", "/api/learning/words/"+w.ID, nil, nil)
		if read("w tej bluzce czuć klejem").Hard {
			t.Error("a word that was removed counts")
		}
		if got := boss.call("DELETE", "/api/learning/words/"+w.ID, nil); got.status != 404 {
			t.Errorf("removed twice: %d", got.status)
		}
	})
}
