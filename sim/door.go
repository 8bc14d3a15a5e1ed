package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// doors are what a company shows before anybody writes: the Messenger Profile of a Page or an Instagram account, the
// conversational components of a WhatsApp number.
type doors struct {
	Started *struct {
		Payload string `json:"payload"`
	} `json:"get_started"`
	Menu     []doorBoard   `json:"persistent_menu"`
	Ice      []doorBoard   `json:"ice_breakers"`
	Platform string        `json:"platform"`
	Prompts  []string      `json:"prompts"`
	Commands []doorCommand `json:"commands"`
}

type doorBoard struct {
	Locale string     `json:"locale"`
	Lines  []doorLine `json:"call_to_actions"`
}

type doorLine struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Question string `json:"question"`
	Payload  string `json:"payload"`
}

type doorCommand struct {
	Name        string `json:"command_name"`
	Description string `json:"command_description"`
}

// profileEdge answers GET, POST and DELETE of /{account}/messenger_profile. Instagram's profile is meant only where
// platform says so; calls are limited to ten in ten minutes.
func (m *Meta) profileEdge(w http.ResponseWriter, c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.profiled(c)
	if a == nil {
		m.refuse(w, c, graphError(100, 0, "(#100) Param platform must be one of {messenger, instagram}"))
		return
	}
	if c.r.Method == http.MethodGet {
		var data []object
		for _, f := range split(c.text("fields")) {
			switch f = strings.TrimSpace(f); {
			case f == "get_started" && a.doors.Started != nil:
				data = append(data, obj(f, obj("payload", a.doors.Started.Payload)))
			case f == "persistent_menu" && a.doors.Menu != nil:
				data = append(data, obj(f, told(a.doors.Menu)))
			case f == "ice_breakers" && a.doors.Ice != nil && a.instagram(): // without the name, as its documentation shows
				data = append(data, told(a.doors.Ice)...)
			case f == "ice_breakers" && a.doors.Ice != nil:
				data = append(data, obj(f, told(a.doors.Ice)))
			}
		}
		answer(w, obj("data", data))
		return
	}
	var in doors
	if err := c.decode(&in); err != nil {
		m.refuse(w, c, graphError(100, 0, "(#100) Invalid parameter"))
		return
	}
	if e := a.setDoors(in); e != nil {
		m.refuse(w, c, e)
		return
	}
	answer(w, obj("result", "success"))
}

// profiled is the account that a call about a profile means.
func (m *Meta) profiled(c *call) *Asset {
	platform := c.text("platform")
	for _, a := range c.named(c.path[0]) {
		if platform == "instagram" && a.instagram() || platform != "instagram" && a.Kind == Page {
			return a
		}
	}
	return nil
}

// told is a list of boards in an answer.
func told(boards []doorBoard) []object {
	out := []object{}
	for _, b := range boards {
		lines := []object{}
		for _, l := range b.Lines {
			lines = append(lines, obj("type", nonEmpty(l.Type), "title", nonEmpty(l.Title), "question", nonEmpty(l.Question), "payload", nonEmpty(l.Payload)))
		}
		out = append(out, obj("locale", b.Locale, "composer_input_disabled", false, "call_to_actions", lines))
	}
	return out
}

// setDoors holds the rules of the Messenger Profile API: a default locale, 4 ice-breakers of 80 characters, 20 lines of
// a menu of 30, and on a Page no menu without "get started".
func (a *Asset) setDoors(in doors) *refusal {
	wrong := func(what string) *refusal { return graphError(100, 2018145, "(#100) "+what) }
	for _, list := range []struct {
		boards     []doorBoard
		most, long int
		what       string
	}{{in.Menu, 20, 30, "persistent_menu"}, {in.Ice, 4, 80, "ice_breakers"}} {
		if list.boards != nil && !slices.ContainsFunc(list.boards, func(b doorBoard) bool { return b.Locale == "default" }) {
			return wrong("You must set up a default locale for " + list.what)
		}
		for _, b := range list.boards {
			if len(b.Lines) < 1 || len(b.Lines) > list.most {
				return wrong(list.what + " takes 1 to " + strconv.Itoa(list.most) + " items")
			}
			for _, l := range b.Lines {
				if n := utf8.RuneCountInString(l.Title + l.Question); n < 1 || n > list.long || l.Payload == "" && l.Type != "web_url" {
					return wrong("an item of " + list.what + " needs a payload and at most " + strconv.Itoa(list.long) + " characters")
				}
			}
		}
	}
	if in.Menu != nil && a.Kind == Page && a.doors.Started == nil && in.Started == nil {
		return wrong("You must set a Get Started button if you also wish to use persistent menu")
	}
	if in.Started != nil {
		a.doors.Started = in.Started
	}
	if in.Menu != nil {
		a.doors.Menu = in.Menu
	}
	if in.Ice != nil {
		a.doors.Ice = in.Ice
	}
	return nil
}

// automationEdge is POST /{phone_number_id}/conversational_automation: 4 prompts of 80 characters, 30 commands.
func (m *Meta) automationEdge(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var in doors
	err := c.decode(&in)
	long := func(s string) bool { return s == "" || utf8.RuneCountInString(s) > 80 }
	bad := func(c doorCommand) bool {
		return c.Name == "" || len(c.Name) > 32 || c.Description == "" || len(c.Description) > 256
	}
	if err != nil || len(in.Prompts) > 4 || slices.ContainsFunc(in.Prompts, long) || len(in.Commands) > 30 || slices.ContainsFunc(in.Commands, bad) {
		m.refuse(w, c, graphError(100, 0, "(#100) Invalid parameter"))
		return
	}
	if in.Prompts != nil {
		a.doors.Prompts = in.Prompts
	}
	if in.Commands != nil {
		a.doors.Commands = in.Commands
	}
	answer(w, obj("success", true))
}

// automationNode is what fields=conversational_automation tells.
func automationNode(a *Asset) object {
	commands := []object{}
	for _, c := range a.doors.Commands {
		commands = append(commands, obj("command_name", c.Name, "command_description", c.Description))
	}
	return obj("enable_welcome_message", false, "prompts", append([]string{}, a.doors.Prompts...), "commands", commands)
}

// SetDoors is the company setting its own menu, ice-breakers or prompts in Meta's tools, as JSON of the API.
func (m *Meta) SetDoors(a *Asset, profile string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	must(json.Unmarshal([]byte(profile), &a.doors))
}

// Tap is a person pressing a line of the menu, an ice-breaker or a prompt by its words. False: it is not there.
func (m *Meta) Tap(a *Asset, user, words string) bool {
	m.mu.Lock()
	payload, prompt := "", slices.Contains(a.doors.Prompts, words)
	for _, b := range slices.Concat(a.doors.Menu, a.doors.Ice) {
		for _, l := range b.Lines {
			if l.Title == words || l.Question == words {
				payload = l.Payload
			}
		}
	}
	m.mu.Unlock()
	switch {
	case a.Kind == WhatsApp && prompt: // it comes as a text
		m.Message(a, user, WhatsAppMessage{Type: "text", Text: words, At: time.Now()})
		return true
	case a.Kind != WhatsApp && payload != "":
		m.Postback(a, user, words, payload)
		return true
	}
	return false
}

// TapReply is a person pressing a quick reply, a button or a row of the newest message that reached them. False: there
// is none with these words.
func (m *Meta) TapReply(a *Asset, user, words string) bool {
	m.mu.Lock()
	t := m.thread(a, m.person(user))
	payload, ok, last := "", false, ""
	for _, msg := range t.messages {
		if msg.out {
			payload, ok = msg.buttons[words]
			last = msg.id
		}
	}
	m.mu.Unlock()
	switch {
	case !ok:
	case a.Kind == WhatsApp:
		m.Message(a, user, WhatsAppMessage{Type: "button_reply", Text: words, Payload: payload, ReplyTo: last})
	default:
		m.DM(a, user, words, DMOptions{QuickReply: payload})
	}
	return ok
}
