package turn

import (
	"slices"
	"testing"
	"time"

	"tandem"
	"tandem/nlu"
	"tandem/store"
)

func TestNamesAndNumbersStayOutOfExamples(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"Tu Marek Dąbrowski, gdzie paczka?", "Marek Dąbrowski", "Tu [imię] [imię], gdzie paczka?"},
		{"paczka dla Dąbrowskiego, nie dla Kowalskiego", "Marek Dąbrowski", "paczka dla [imię], nie dla Kowalskiego"},
		{"Pani Annie się należy", "Anna", "Pani [imię] się należy"},
		{"alarm ALA i Ali", "Ala", "alarm [imię] i Ali"},
		{"bez zmian", "", "bez zmian"},
		{"napisz na a@b.pl\n albo  601 234 567", "Jo", "napisz na [e-mail] albo [telefon]"},
		{"żółw 🐢 €", "żółw", "[imię] 🐢 €"},
	} {
		if got := clean(c.text, c.name); got != c.want {
			t.Errorf("%q of %q: %q, want %q", c.text, c.name, got, c.want)
		}
	}
}

func TestTheListIsDueOnMondayMorning(t *testing.T) {
	w := tandem.Workspace{Zone: "Europe/Warsaw"}
	for now, want := range map[string]string{
		"2026-11-22T22:00:00Z": "2026-11-23T04:00:00Z", // Sunday night
		"2026-11-23T03:59:59Z": "2026-11-23T04:00:00Z",
		"2026-11-23T04:00:00Z": "2026-11-30T04:00:00Z",
		"2026-03-25T10:00:00Z": "2026-03-30T03:00:00Z", // summer time begins on the Sunday between
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextWeek(at, w).Format(time.RFC3339); got != want {
			t.Errorf("after %s it is due at %s, want %s", now, got, want)
		}
	}
}

func TestFewExamplesAreAllTaught(t *testing.T) {
	n := 0
	for i := range 800 {
		text := string(rune('a'+i%26)) + time.Duration(i).String()
		if held(text, heldFrom-1) {
			t.Fatal("one of the first is kept apart")
		}
		if held(text, heldFrom) {
			n++
		}
		if held(text, heldFrom) != held(text, heldFrom+500) {
			t.Fatal("the same text falls on another side later")
		}
	}
	if n < 60 || n > 140 {
		t.Errorf("%d of 800 are kept apart, about 100 are meant", n)
	}
}

func TestTheListAsksForWhatTeachesMost(t *testing.T) {
	m, err := nlu.Open()
	if err != nil {
		t.Fatal(err)
	}
	say := func(text string) store.Unlabelled {
		r := m.Read(text, nlu.Context{Lang: "pl"})
		return store.Unlabelled{ID: tandem.NewID[tandem.MessageID](), Text: text, Reading: &r, Name: "Ewa Lis", Lang: "pl"}
	}
	wrong, old, german := say("Dzień dobry, o której otwieracie sklep w sobotę?"), say("ile kosztuje dostawa kurierem do domu"), say("Wo ist mein Paket, bitte?")
	wrong.Rejected = true
	old.Reading.Version, old.Reading.Touchpoint = "nlu-older", "thanks"
	german.Reading.Lang = "de"
	all := []store.Unlabelled{wrong, old, german, say("czekam na to od was, tu Ewa"), say("ok"), say("Kiedy te serduszka?"), say("kiedy te serduszka"), say("Kiedy  te serduszka?!")}
	got := map[string][]string{}
	out := pick(m, all)
	for _, e := range out {
		got[e.Text] = e.Why
		if e.State != store.Suggested || e.Source == "" || e.Lang != "pl" {
			t.Errorf("picked %+v", e)
		}
	}
	if !slices.Contains(got[wrong.Text], whyDisagree) || !slices.Contains(got[old.Text], whyDisagree) {
		t.Errorf("where people or versions disagree: %v", got)
	}
	if !slices.Contains(got["czekam na to od was, tu [imię]"], whyUnsure) || !slices.Contains(got["Kiedy te serduszka?"], whyFrequent) {
		t.Errorf("unsure and frequent: %v", got)
	}
	if len(got) != 4 || len(out) != 4 || !slices.Contains(out[0].Why, whyDisagree) {
		t.Errorf("picked %v", got)
	}
}
