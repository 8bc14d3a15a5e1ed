package turn_test

import (
	"strings"
	"testing"

	"tandem"
	"tandem/nlu"
	"tandem/policy"
	"tandem/turn"
)

// Marked dialogues are played by the same reading, rules and memory as turns.
func TestRehearse(t *testing.T) {
	m, err := nlu.Open()
	if err != nil {
		t.Fatal(err)
	}
	topics := map[string]tandem.Touchpoint{}
	for _, x := range policy.Shipped {
		topics[x.ID] = x
	}
	for name, c := range map[string]struct {
		lines []string // customer and bot in turn; a line that begins with "=" is a person's
		at    int
		rule  string
	}{
		"what is settled stays with the bot": {[]string{"zapomniałem hasła", "Nowe hasło ustawisz na stronie logowania.", "dzięki, działa!"}, -1, ""},
		"a wish for a person":                {[]string{"zapomniałem hasła", "Nowe hasło ustawisz na stronie logowania.", "chcę rozmawiać z człowiekiem"}, 2, "T1 request"},
		"the bot says nothing twice":         {[]string{"zapomniałem hasła", "Nowe hasło ustawisz na stronie logowania.", "tam nie ma takiego pola", "Nowe hasło ustawisz na stronie logowania!"}, 2, "T6 loop"},
		"after a person it may say it again": {[]string{"zapomniałem hasła", "Nowe hasło ustawisz na stronie logowania.", "ok", "=Dzień dobry, tu Ola.", "zapomniałem hasła", "Nowe hasło ustawisz na stronie logowania."}, -1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := nlu.Dialogue{ID: "d", Lang: "pl"}
			from := "bot"
			for _, l := range c.lines {
				from = map[string]string{"bot": "customer", "human": "customer", "customer": "bot"}[from]
				if strings.HasPrefix(l, "=") {
					from, l = "human", l[1:]
				}
				d.Turns = append(d.Turns, nlu.Said{From: from, Text: l})
			}
			if at, rule := turn.Rehearse(m, topics, d); at != c.at || rule != c.rule {
				t.Errorf("handed over at %d by %q, want %d by %q", at, rule, c.at, c.rule)
			}
		})
	}
}
