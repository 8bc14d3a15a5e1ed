package nlu

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
)

// talk makes a snapshot from lines "k: ..." (customer) and "b: ..." (bot). Messages before the first
// unanswered count of the customer's last are answered.
func talk(m *Model, unanswered int, lines ...string) tandem.Snapshot {
	s := tandem.Snapshot{Now: time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC)}
	s.Workspace.Lang = "pl"
	for i, l := range lines {
		who, text, _ := strings.Cut(l, ": ")
		msg := tandem.Message{ID: tandem.MessageID(fmt.Sprint(i)), Seq: int64(i + 1), Text: text, Origin: tandem.FromBot}
		if who == "k" {
			msg.Origin, msg.Disposition = tandem.FromCustomer, tandem.Pending
			r := m.Read(text, Context{})
			msg.Reading = &r
		}
		s.Messages = append(s.Messages, msg)
	}
	s.Conversation.Answered = int64(len(lines) - unanswered)
	return s
}

func codesOf(r tandem.Reading, layer string) []string {
	var out []string
	for _, e := range r.Evidence {
		if e.Layer == layer {
			out = append(out, e.Code)
		}
	}
	return out
}

func TestStructure(t *testing.T) {
	m := open(t)
	for name, c := range map[string]struct {
		lines []string
		topic string
		want  string
	}{
		"asks the same for the third time": {[]string{"k: gdzie jest moja paczka", "b: Paczka jest w drodze.",
			"k: no ale gdzie jest moja paczka", "b: Twoja przesyłka została nadana.", "k: gdzie jest ta moja paczka"}, "", CodeRepetition},
		"asks once more": {[]string{"k: gdzie jest moja paczka", "b: Paczka jest w drodze.", "k: gdzie jest moja paczka?"}, "", CodeRephrasing},
		"the bot says the same twice": {[]string{"k: nie mogę się zalogować", "b: Proszę użyć opcji Nie pamiętam hasła.",
			"k: maila nie ma", "b: Proszę użyć opcji Nie pamiętam hasła.", "k: w spamie też nie"}, "", CodeLoop},
		"the mood falls": {[]string{"k: super sklep, dziękuję bardzo, mega polecam!", "b: Miło nam.",
			"k: oszuści, kłamiecie!", "b: Przykro nam.", "k: To jest skandal!!! Oszukaliście mnie, oddawać pieniądze!"}, "", CodeSlope},
		"a nudge":         {[]string{"k: gdzie jest moja paczka", "b: Sprawdzam.", "k: halo??"}, "", CodeNudge},
		"only the number": {[]string{"k: gdzie jest moja paczka", "b: Jaki jest numer zamówienia?", "k: 48213"}, "parcel_tracking", CodeContinued},
	} {
		s := talk(m, 1, c.lines...)
		s.Conversation.Touchpoint = c.topic
		r := m.ReadSnapshot(s)
		if !slices.Contains(codesOf(r, "structure"), c.want) {
			t.Errorf("%s: %v, want %s (%s %.2f)", name, codesOf(r, "structure"), c.want, r.Touchpoint, r.Confidence)
		}
		if c.topic != "" && r.Touchpoint != c.topic {
			t.Errorf("%s: %s, want %s", name, r.Touchpoint, c.topic)
		}
	}
	r := m.ReadSnapshot(talk(m, 1, "k: dzień dobry, macie ten model w rozmiarze 38?", "b: Tak, mamy.", "k: a ile kosztuje wysyłka?"))
	if got := codesOf(r, "structure"); len(got) > 0 {
		t.Errorf("a quiet conversation shows %v", got)
	}
}

func TestBurstIsOneTurn(t *testing.T) {
	m := open(t)
	r := m.ReadSnapshot(talk(m, 2, "k: hej, zamówiłam 48213", "k: gdzie jest moja paczka?"))
	if r.Touchpoint != "parcel_tracking" || r.Gender != "f" {
		t.Errorf("%s, gender %q", r.Touchpoint, r.Gender)
	}
	if len(r.Entities) != 1 || r.Entities[0].Value != "48213" || r.Entities[0].Start != 0 || r.Entities[0].End != 0 {
		t.Errorf("entities %+v: the number is in an earlier message, so it has no place", r.Entities)
	}
	last := "gdzie jest moja paczka?"
	for _, e := range r.Evidence {
		if e.End > len(last) || e.End > 0 && last[e.Start:e.End] != e.Text {
			t.Errorf("evidence %+v does not lie in the last message", e)
		}
	}
}

func TestOnlyTheCompanysTopics(t *testing.T) {
	m := open(t)
	s := talk(m, 1, "k: gdzie jest moja paczka?")
	s.Touchpoints = map[string]tandem.Touchpoint{"order_status": {ID: "order_status"}, "refund_status": {ID: "refund_status"}}
	if r := m.ReadSnapshot(s); r.Touchpoint == "parcel_tracking" {
		t.Error("a topic that the company has not got")
	}
}

func TestProfileOfATouchpoint(t *testing.T) {
	m := open(t)
	s := talk(m, 1, "k: macie błąd na fakturze")
	if r := m.ReadSnapshot(s); !r.Hard || r.HardKind != "complaint" {
		t.Errorf("hard %v %s", r.Hard, r.HardKind)
	}
	s.Workspace.Settings.Profile = Balanced
	if r := m.ReadSnapshot(s); r.Hard {
		t.Error("in a balanced profile the word only counts")
	}
	s.Touchpoints = map[string]tandem.Touchpoint{"invoice_unclear": {Profile: High}}
	if r := m.ReadSnapshot(s); !r.Hard {
		t.Error("the touchpoint's own profile goes before the workspace's")
	}
}

func TestEmptySnapshot(t *testing.T) {
	r := open(t).ReadSnapshot(tandem.Snapshot{})
	if r.Touchpoint != Other || r.Version == "" || r.Set == nil || r.Entities == nil {
		t.Errorf("%+v", r)
	}
}

func TestOwnWords(t *testing.T) {
	m, err := open(t).With(Words{Hard: []string{"sanepid*"}, Benign: []string{"skandal* .. perfum*", "perfum* .. skandal*"}})
	if err != nil {
		t.Fatal(err)
	}
	if r := m.Read("dzwonię do sanepidu", Context{}); !r.Hard || r.HardKind != "own_word" {
		t.Errorf("own word: %v %s", r.Hard, r.HardKind)
	}
	if r := m.Read("czy perfumy Skandal są dostępne?", Context{}); r.Hard {
		t.Error("the name of a product is no hard word")
	}
	if _, err := open(t).With(Words{Hard: []string{".. x"}}); err == nil {
		t.Error("a pattern that begins with a gap was taken")
	}
}

func TestDataAloneAsksForNobody(t *testing.T) {
	m := open(t)
	for _, text := range []string{"48377, telefon 500100200", "tel. 500 100 200", "48213, mail jan@domek.pl", "numer zamówienia 48213, telefon 601 222 333"} {
		if r := m.Read(text, Context{}); r.WantsHuman {
			t.Errorf("%q is read as a wish for a person (%.2f)", text, r.HumanScore)
		}
	}
	for _, text := range []string{"proszę o telefon 500100200", "zadzwońcie do mnie, 500100200"} {
		if r := m.Read(text, Context{}); !r.WantsHuman {
			t.Errorf("%q is not read as a wish for a person (%.2f)", text, r.HumanScore)
		}
	}
}

// A message that two topics fit alike stays with the conversation's, and one that only gives data has no mood.
func TestContinuedTopic(t *testing.T) {
	m := open(t)
	for topic, want := range map[string]bool{"order_status": true, "parcel_tracking": true, "loyalty_program": false} {
		s := talk(m, 1, "k: gdzie jest moje zamówienie", "b: Chodzi o zamówienie czy o paczkę w drodze?", "k: no gdzie jest moje zamówienie")
		s.Conversation.Touchpoint = topic
		if r := m.ReadSnapshot(s); (r.Touchpoint == topic) != want {
			t.Errorf("about %s: %s %v", topic, r.Touchpoint, r.Set)
		}
	}
	for _, text := range []string{"przepraszam, katarzyna.lis@example.pl", "48377, telefon 501600700", "sorki, nr 48213"} {
		if r := m.Read(text, Context{}); r.Mood != tandem.Calm || r.Anger != 0 {
			t.Errorf("%q: %s %.2f", text, r.Mood, r.Anger)
		}
	}
}
