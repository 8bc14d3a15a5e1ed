package channel

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tandem"
)

// The door to a person that is always there: a line of the persistent menu and an ice-breaker on Messenger
// and Instagram, a prompt and a command on WhatsApp. Pressing it is a request for a person by what it
// carries and not by what somebody makes of its words. What a company has set there itself stays.
//
// Sources: Meta, Messenger Profile API (ice_breakers, get_started, persistent_menu) and Instagram ice
// breakers, read in November 2026; WhatsApp, conversational components, the same.

// Limits of the platforms.
const (
	iceMost    = 4 // ice-breakers, and prompts of WhatsApp
	menuMost   = 20
	startedTag = "GET_STARTED"
	doorSign   = "konsultant" // WhatsApp: typed as /konsultant
)

// doorWords are what stands on the door, by the platform's locale; "default" is required there.
var doorWords = []struct{ locale, words string }{{"default", "Porozmawiaj z człowiekiem"}, {"en_US", "Talk to a person"}, {"en_GB", "Talk to a person"}}

// doors are the words of our own buttons that ask for a person. Some clients do not show buttons, and
// WhatsApp sends a prompt that was pressed as a text, so the words alone, and nothing else, are enough.
var doors = map[string]bool{"porozmawiaj z człowiekiem": true, "talk to a person": true, "poproszę człowieka": true, "wolę człowieka": true, "i prefer a human": true,
	"/" + doorSign: true}

// IsDoor tells whether a text is exactly the words of one of our buttons that ask for a person.
func IsDoor(text string) bool {
	return doors[strings.ToLower(strings.Trim(strings.TrimSpace(text), ".!"))]
}

// carried is what a button with these words carries back: the request for a person, or the words.
func carried(words string, most int) string {
	if IsDoor(words) {
		return PayloadHuman
	}
	return clip(words, most)
}

// board is one menu or one set of ice-breakers, for a locale.
type board struct {
	Locale string            `json:"locale"`
	Closed bool              `json:"composer_input_disabled,omitempty"`
	Lines  []json.RawMessage `json:"call_to_actions"`
}

// door tells whether one of the lines, or of what opens below it, asks for a person.
func (b board) door() bool {
	return slices.ContainsFunc(b.Lines, func(line json.RawMessage) bool { return strings.Contains(string(line), `"`+PayloadHuman+`"`) })
}

// profile is what the Messenger Profile API tells. Instagram may list its ice-breakers without the name.
type profile struct {
	board
	Started *struct {
		Payload string `json:"payload"`
	} `json:"get_started"`
	Menu []board `json:"persistent_menu"`
	Ice  []board `json:"ice_breakers"`
}

// profilePath is where the profile of a Page or an Instagram account is.
func (m messenger) profilePath() (string, url.Values) {
	query := url.Values{}
	if m.kind == &instagramKind {
		query.Set("platform", "instagram")
	}
	return m.path + "/messenger_profile", query
}

// readProfile asks for all three at once: ten calls in ten minutes are allowed.
func (m messenger) readProfile(ctx context.Context) (p profile, err error) {
	path, query := m.profilePath()
	query.Set("fields", "get_started,persistent_menu,ice_breakers")
	var answer struct {
		Data []profile `json:"data"`
	}
	err = m.get(ctx, path, query, &answer)
	for _, d := range answer.Data {
		p.Menu, p.Ice = append(p.Menu, d.Menu...), append(p.Ice, d.Ice...)
		if d.Started != nil {
			p.Started = d.Started
		}
		if len(d.Lines) > 0 {
			p.Ice = append(p.Ice, d.board)
		}
	}
	return p, err
}

// missing names the places where no door is: not one of the boards there has it.
func (p profile) missing() []string {
	var out []string
	for _, place := range []struct {
		name   string
		boards []board
	}{{"persistent_menu", p.Menu}, {"ice_breakers", p.Ice}} {
		if !slices.ContainsFunc(place.boards, board.door) {
			out = append(out, place.name)
		}
	}
	return out
}

// Door names the places where the platform does not offer a person: persistent_menu, ice_breakers.
func (m messenger) Door(ctx context.Context) ([]string, error) {
	p, err := m.readProfile(ctx)
	return p.missing(), err
}

// SetDoor puts the door where it is missing, behind what stands there already. Where a board is full the
// company has to make room.
func (m messenger) SetDoor(ctx context.Context) error {
	p, err := m.readProfile(ctx)
	if err != nil {
		return err
	}
	path, query := m.profilePath()
	body := map[string]any{}
	for _, place := range p.missing() {
		switch place {
		case "persistent_menu":
			body[place] = withDoor(p.Menu, menuMost, func(words string) any {
				return map[string]string{"type": "postback", "title": words, "payload": PayloadHuman}
			})
			if p.Started == nil && m.kind != &instagramKind { // a menu needs the button before it
				body["get_started"] = map[string]string{"payload": startedTag}
			}
		case "ice_breakers":
			body[place] = withDoor(p.Ice, iceMost, func(words string) any { return map[string]string{"question": words, "payload": PayloadHuman} })
		}
	}
	if len(body) == 0 {
		return nil
	}
	if m.kind == &instagramKind {
		body["platform"] = "instagram"
	}
	return m.call(ctx, http.MethodPost, path, query, body, nil, false)
}

// withDoor adds the door to each board that has room, or makes the boards.
func withDoor(boards []board, most int, line func(words string) any) []board {
	worded := func(words string) json.RawMessage {
		text, err := json.Marshal(line(words))
		if err != nil {
			panic(err) // texts always marshal
		}
		return text
	}
	if len(boards) == 0 {
		for _, w := range doorWords {
			boards = append(boards, board{Locale: w.locale, Lines: []json.RawMessage{worded(w.words)}})
		}
		return boards
	}
	out := slices.Clone(boards)
	for i, b := range out {
		words := doorWords[0].words
		if strings.HasPrefix(b.Locale, "en") {
			words = doorWords[1].words
		}
		if len(b.Lines) < most {
			out[i].Lines = append(slices.Clone(b.Lines), worded(words))
		}
	}
	return out
}

// automation is what WhatsApp offers in an empty chat and behind a slash. A prompt that is pressed comes
// as a text.
type automation struct {
	Prompts  []string  `json:"prompts"`
	Commands []command `json:"commands"`
}

type command struct {
	Name        string `json:"command_name"`
	Description string `json:"command_description"`
}

func (c whatsapp) automation(ctx context.Context) (automation, error) {
	var answer struct {
		Set automation `json:"conversational_automation"`
	}
	err := c.get(ctx, "/"+url.PathEscape(c.number), url.Values{"fields": {"conversational_automation"}}, &answer)
	return answer.Set, err
}

func (a automation) missing() []string {
	var out []string
	if !slices.ContainsFunc(a.Prompts, IsDoor) {
		out = append(out, "prompts")
	}
	if !slices.ContainsFunc(a.Commands, func(c command) bool { return IsDoor("/" + c.Name) }) {
		out = append(out, "commands")
	}
	return out
}

// Door names the places where WhatsApp does not offer a person: prompts, commands.
func (c whatsapp) Door(ctx context.Context) ([]string, error) {
	a, err := c.automation(ctx)
	return a.missing(), err
}

// SetDoor puts the door where it is missing and room is left.
func (c whatsapp) SetDoor(ctx context.Context) error {
	a, err := c.automation(ctx)
	if err != nil {
		return err
	}
	body := map[string]any{}
	for _, place := range a.missing() {
		switch {
		case place == "prompts" && len(a.Prompts) < iceMost:
			body[place] = append(a.Prompts, doorWords[0].words)
		case place == "commands" && len(a.Commands) < 30:
			body[place] = append(a.Commands, command{doorSign, doorWords[0].words})
		}
	}
	if len(body) == 0 {
		return nil
	}
	return c.act(ctx, http.MethodPost, "/"+url.PathEscape(c.number)+"/conversational_automation", body)
}

var _, _ tandem.Doorkeeper = messenger{}, whatsapp{}
