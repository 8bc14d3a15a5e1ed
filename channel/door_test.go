package channel

import (
	"slices"
	"strings"
	"testing"

	"tandem"
)

// The door is added behind what a company has set itself, and only where it is missing.
func TestTheDoorIsAdded(t *testing.T) {
	own := `{"data":[{"persistent_menu":[{"locale":"default","composer_input_disabled":false,"call_to_actions":[{"type":"web_url","title":"Sklep","url":"https://sklep.example"}]}]},
	 {"ice_breakers":[{"locale":"default","call_to_actions":[{"question":"Konsultant?","payload":"TALK_TO_HUMAN"}]}]}]}`
	for name, c := range map[string]struct {
		kind, external, script string
		missing                []string
		post                   []string // parts of the call that sets it
	}{
		"an empty Page": {"facebook", page, `{"data":[]}`, []string{"persistent_menu", "ice_breakers"},
			[]string{"POST graph.facebook.com/v25.0/" + page + "/messenger_profile", `"get_started":{"payload":"GET_STARTED"}`, `"title":"Porozmawiaj z człowiekiem"`, `"question":"Talk to a person"`, `"locale":"default"`}},
		"a Page with a menu": {"facebook", page, own, []string{"persistent_menu"}, []string{`"url":"https://sklep.example"}`, `"payload":"TALK_TO_HUMAN"`}},
		"Instagram": {"instagram", igID, `{"data":[{"locale":"default","call_to_actions":[{"question":"Gdzie paczka?","payload":"X"}]}]}`, []string{"persistent_menu", "ice_breakers"},
			[]string{"POST graph.instagram.com/v25.0/" + igID + "/messenger_profile", `"platform":"instagram"`, `"question":"Gdzie paczka?"`, `"question":"Porozmawiaj z człowiekiem"`}},
		"WhatsApp": {"whatsapp", numberID, `{"conversational_automation":{"prompts":["Gdzie paczka?"]}}`, []string{"prompts", "commands"},
			[]string{"POST graph.facebook.com/v25.0/" + numberID + "/conversational_automation", `"prompts":["Gdzie paczka?","Porozmawiaj z człowiekiem"]`, `"command_name":"konsultant"`}},
	} {
		p := &platform{script: []string{c.script}}
		d := connect(t, c.kind, c.external, nil, p).(tandem.Doorkeeper)
		missing, err := d.Door(t.Context())
		if err != nil || !slices.Equal(missing, c.missing) {
			t.Errorf("%s: missing %q, %v", name, missing, err)
		}
		if err := d.SetDoor(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		call := p.calls[len(p.calls)-1]
		for _, want := range c.post {
			if !strings.Contains(call, want) {
				t.Errorf("%s: no %s in %s", name, want, call)
			}
		}
	}
	full := &platform{script: []string{own}}
	full.script[0] = strings.ReplaceAll(own, `"type":"web_url"`, `"payload":"TALK_TO_HUMAN","type":"web_url"`)
	if err := connect(t, "facebook", page, nil, full).(tandem.Doorkeeper).SetDoor(t.Context()); err != nil || len(full.calls) != 1 {
		t.Errorf("nothing was missing: %v %q", err, full.calls)
	}
}

// Only the words of the door alone open it.
func TestWhoKnocks(t *testing.T) {
	for text, want := range map[string]bool{"Porozmawiaj z człowiekiem": true, " porozmawiaj z człowiekiem. ": true, "Talk to a person": true, "/konsultant": true, "Poproszę człowieka": true,
		"Porozmawiaj z człowiekiem o zwrocie": false, "konsultant": false, "": false, "?": false} {
		if IsDoor(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	in := parseOne(t, "meta", onPage(`"message":{"mid":"m","text":"Talk to a person"}`))
	if in.Kind != tandem.InHuman || in.External != "m" {
		t.Errorf("%+v", in)
	}
	if in = parseOne(t, "meta", onPage(`"message":{"mid":"m","is_echo":true,"text":"Talk to a person"}`)); in.Kind != tandem.InEcho {
		t.Errorf("our own words: %+v", in)
	}
	for _, words := range []string{"Poproszę człowieka", "Talk to a person", "Wolę człowieka"} {
		if len([]rune(words)) > quickTitle || carried(words, 900) != PayloadHuman {
			t.Errorf("%q carries %q", words, carried(words, 900))
		}
	}
}
