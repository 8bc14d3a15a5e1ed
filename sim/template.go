package sim

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Template is a WhatsApp message template. Body holds {{1}}, {{2}} ... where parameters go.
type Template struct {
	Name     string
	Language string // pl, en_US ...
	Status   string // APPROVED, PAUSED, DISABLED, PENDING or REJECTED
	Category string // UTILITY, MARKETING or AUTHENTICATION
	Body     string
}

// AddTemplate registers a template with a WhatsApp number; the same name and language replaces it and, where the
// status changed, reports that (CHANNELS 6.4).
func (m *Meta) AddTemplate(a *Asset, t Template) {
	fail(a, "template", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, old := range a.templates {
		if old.Name != t.Name || old.Language != t.Language {
			continue
		}
		a.templates[i] = t
		if old.Status != t.Status {
			m.emit(a, "message_template_status_update", "template", obj("event", t.Status, "message_template_id", i+1,
				"message_template_name", t.Name, "message_template_language", t.Language, "reason", "NONE"), Delivery{})
		}
		return
	}
	a.templates = append(a.templates, t)
}

var placeholder = regexp.MustCompile(`\{\{(\d+)\}\}`)

// whatsappTplSend is the template part of a message.
type whatsappTplSend struct {
	Name     string `json:"name"`
	Language struct {
		Code string `json:"code"`
	} `json:"language"`
	Components []struct {
		Type       string `json:"type"`
		Parameters []struct {
			Type string `json:"type"`
			Text string `json:"text"`
		} `json:"parameters"`
	} `json:"components"`
}

// check finds the template and fills it in (codes: CHANNELS 9.4).
func (s *whatsappTplSend) check(templates []Template) (string, *refusal) {
	t := s.find(templates)
	switch {
	case t == nil:
		return "", graphError(132001, 0, "(#132001) Template name does not exist in the translation")
	case t.Status == "PAUSED":
		return "", graphError(132015, 0, "(#132015) Template is paused")
	case t.Status == "DISABLED":
		return "", graphError(132016, 0, "(#132016) Template is disabled")
	case t.Status != "APPROVED":
		return "", graphError(132001, 0, "(#132001) Template name does not exist in the translation")
	}
	var values []string
	for _, c := range s.Components {
		if c.Type == "body" {
			for _, p := range c.Parameters {
				values = append(values, p.Text)
			}
		}
	}
	want := map[string]bool{}
	for _, found := range placeholder.FindAllStringSubmatch(t.Body, -1) {
		want[found[1]] = true
	}
	if len(values) != len(want) {
		return "", graphError(132000, 0, "(#132000) Number of parameters does not match the expected number of params")
	}
	text := t.Body
	for i, v := range values {
		text = strings.ReplaceAll(text, "{{"+strconv.Itoa(i+1)+"}}", v)
	}
	return text, nil
}

// find looks a template up by name and language together; the same name may exist in several.
func (s *whatsappTplSend) find(templates []Template) *Template {
	for i := range templates {
		if templates[i].Name == s.Name && templates[i].Language == s.Language.Code {
			return &templates[i]
		}
	}
	return nil
}

// marketing tells whether a person's stop applies to the template.
func (m *Meta) marketing(a *Asset, s *whatsappTplSend) bool {
	t := s.find(a.templates)
	return t != nil && t.Category == "MARKETING"
}

// listTemplates answers GET /{waba}/message_templates.
func (m *Meta) listTemplates(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data := []object{}
	for i, t := range a.templates {
		if name := c.text("name"); name != "" && name != t.Name {
			continue
		}
		data = append(data, obj("name", t.Name, "components", []object{obj("type", "BODY", "text", t.Body)},
			"language", t.Language, "status", t.Status, "category", t.Category, "id", strconv.Itoa(i+1)))
	}
	answer(w, obj("data", data))
}

// interactive is the interactive part of a message: reply buttons or a list.
type interactive struct {
	Type   string    `json:"type"`
	Header *textPart `json:"header"`
	Body   *textPart `json:"body"`
	Footer *textPart `json:"footer"`
	Action struct {
		Button  string `json:"button"`
		Buttons []struct {
			Type  string   `json:"type"`
			Reply titledID `json:"reply"`
		} `json:"buttons"`
		Sections []struct {
			Title string `json:"title"`
			Rows  []struct {
				titledID
				Description string `json:"description"`
			} `json:"rows"`
		} `json:"sections"`
	} `json:"action"`
}

// textPart is a header, body or footer.
type textPart struct {
	Text string `json:"text"`
}

// titledID is what a tap on a button or a row sends back.
type titledID struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// check holds the limits of interactive messages (CHANNELS 6.5).
func (i *interactive) check() (string, *refusal) {
	wrong := func(what string) (string, *refusal) {
		return "", graphError(131009, 0, "(#131009) Parameter value is not valid: "+what)
	}
	for _, p := range []*textPart{i.Header, i.Footer} {
		if p != nil && utf8.RuneCountInString(p.Text) > 60 {
			return wrong("header and footer have at most 60 characters")
		}
	}
	limit := 1024
	if i.Type == "list" {
		limit = 4096
	}
	if i.Body == nil || i.Body.Text == "" || utf8.RuneCountInString(i.Body.Text) > limit {
		return wrong("body length")
	}
	what := ""
	switch i.Type {
	case "button":
		what = i.checkButtons()
	case "list":
		what = i.checkList()
	case "contact_request":
	default:
		what = "interactive type"
	}
	if what != "" {
		return wrong(what)
	}
	return i.Body.Text, nil
}

// checkButtons says what is wrong with reply buttons; empty for nothing.
func (i *interactive) checkButtons() string {
	if n := len(i.Action.Buttons); n < 1 || n > 3 {
		return "between 1 and 3 buttons"
	}
	for _, b := range i.Action.Buttons {
		if b.Type != "reply" || !b.Reply.fits(20, 256) {
			return "button title has 1 to 20 characters, id 1 to 256"
		}
	}
	return ""
}

// checkList says what is wrong with a list; its ten rows are counted over all sections.
func (i *interactive) checkList() string {
	rows := 0
	if n := utf8.RuneCountInString(i.Action.Button); n < 1 || n > 20 || len(i.Action.Sections) < 1 || len(i.Action.Sections) > 10 {
		return "list button has 1 to 20 characters, 1 to 10 sections"
	}
	for _, s := range i.Action.Sections {
		for _, r := range s.Rows {
			rows++
			if !r.fits(24, 200) || utf8.RuneCountInString(r.Description) > 72 {
				return "row title has 1 to 24 characters, id 1 to 200, description at most 72"
			}
		}
	}
	if rows < 1 || rows > 10 {
		return "between 1 and 10 rows in all"
	}
	return ""
}

// fits checks a title's characters and an id's bytes.
func (t titledID) fits(title, id int) bool {
	n := utf8.RuneCountInString(t.Title)
	return n >= 1 && n <= title && len(t.ID) >= 1 && len(t.ID) <= id
}
