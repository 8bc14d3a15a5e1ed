package bot

import (
	"strings"
	"testing"

	"tandem"
)

// What the customer has given is not asked for again, in whichever message it stood.
func TestADraftAsksOnlyForWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		before, now []string
		want        string
	}{
		"nothing given":            {nil, nil, "Proszę podać numer zamówienia oraz e-mail lub telefon"},
		"the order now":            {nil, []string{"order"}, "dziękuję za numer. Brakuje mi jeszcze e-maila lub telefonu"},
		"the order before":         {[]string{"order"}, nil, "dziękuję za numer. Brakuje mi jeszcze e-maila lub telefonu"},
		"the parcel's number":      {nil, []string{"tracking"}, "dziękuję za numer. Brakuje mi jeszcze e-maila lub telefonu"},
		"the address of the order": {[]string{"email"}, nil, "Brakuje mi jeszcze numeru zamówienia"},
		"the phone":                {nil, []string{"phone"}, "Brakuje mi jeszcze numeru zamówienia"},
		"both, and nothing found":  {[]string{"order"}, []string{"email"}, "po tych danych nie znajduję zamówienia. Proszę sprawdzić"},
	} {
		t.Run(name, func(t *testing.T) {
			s := disclosed(shop())
			for i := range s.Messages {
				if s.Messages[i].Inbound() {
					s.Messages[i].Reading = &tandem.Reading{Entities: entities(c.before)}
				}
			}
			d := decide(tandem.Ask, "parcel_late", missing("order", "contact"))
			d.Reading.Entities = entities(c.now)
			got := Suggestions(s, d, tandem.Findings{}, Voice{})
			if len(got) == 0 || !strings.Contains(got[0].Text, c.want) {
				t.Errorf("suggested %+v, want %q", got, c.want)
			}
		})
	}
}

func entities(kinds []string) (out []tandem.Entity) {
	for _, k := range kinds {
		out = append(out, tandem.Entity{Kind: k, Value: "x"})
	}
	return out
}
