package sim

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Template is a WhatsApp message template. Body holds {{1}}, {{2}} ... where parameters go; so may a header of words
// and the address of a link, once each.
type Template struct {
	Name     string
	Language string // pl, en_US ...
	Status   string // APPROVED, PAUSED, DISABLED, PENDING or REJECTED
	Category string // UTILITY, MARKETING or AUTHENTICATION
	Format   string // of the header: TEXT, IMAGE, VIDEO or DOCUMENT; empty: none
	Header   string // the words of a TEXT header
	Body     string
	Examples []string // one for each placeholder of the body
	Footer   string
	Buttons  []TemplateButton
}

// TemplateButton is a button of a template.
type TemplateButton struct {
	Type string // QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE ...
	Text string
	URL  string
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
	Components []tplComponent `json:"components"`
}

// tplComponent fills one part of a template.
type tplComponent struct {
	Type       string `json:"type"`     // header, body or button
	Sub        string `json:"sub_type"` // of a button
	Index      any    `json:"index"`    // of a button: a number or a text
	Parameters []struct {
		Type     string         `json:"type"` // text, image, video, document or payload
		Text     string         `json:"text"`
		Image    *whatsappMedia `json:"image"`
		Video    *whatsappMedia `json:"video"`
		Document *whatsappMedia `json:"document"`
	} `json:"parameters"`
}

// tplRefusal refuses a template (CHANNELS 9.4), with the details that Meta adds.
func tplRefusal(code int, text, details string, args ...any) *refusal {
	e := graphError(code, 0, "(#"+strconv.Itoa(code)+") "+text)
	e.details = fmt.Sprintf(details, args...)
	return e
}

const (
	wrongCount  = "Number of parameters does not match the expected number of params"
	wrongFormat = "Parameter format does not match format in the created template"
)

// checkTemplate finds the template, holds what is filled in against it and gives what the person will see.
func (m *Meta) checkTemplate(a *Asset, s *whatsappTplSend) (string, *refusal) {
	t := s.find(a.templates)
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
	var header, body tplComponent
	links := map[string]tplComponent{}
	for i, c := range s.Components {
		switch strings.ToLower(c.Type) {
		case "header":
			header = c
		case "body":
			body = c
		case "button":
			if e := t.button(i, c); e != nil {
				return "", e
			}
			links[fmt.Sprint(c.Index)] = c
		default:
			return "", graphError(100, 0, fmt.Sprintf("(#100) Param template['components'][%d]['type'] must be one of {HEADER, BODY, BUTTON}", i))
		}
	}
	head, e := m.tplHeader(a, t, header)
	if e != nil {
		return "", e
	}
	text, e := fillIn("body", t.Body, body)
	if e != nil {
		return "", e
	}
	all := []string{head, text, t.Footer}
	for i, b := range t.Buttons {
		if b.Type != "URL" {
			continue
		}
		link := links[strconv.Itoa(i)]
		if placeholder.MatchString(b.URL) && (len(link.Parameters) != 1 || link.Parameters[0].Text == "") {
			return "", tplRefusal(131008, "Required parameter is missing", "buttons: Button at index %d of type Url requires a parameter", i)
		}
		if len(link.Parameters) > 0 {
			b.URL = placeholder.ReplaceAllLiteralString(b.URL, link.Parameters[0].Text)
		}
		all = append(all, b.Text+": "+b.URL)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n\n"), nil
}

// button holds a filled button against the template's: only those that take a parameter may be named.
func (t *Template) button(i int, c tplComponent) *refusal {
	if sub := strings.ToUpper(c.Sub); !slices.Contains([]string{"URL", "QUICK_REPLY", "COPY_CODE", "FLOW", "CATALOG", "MPM", "VOICE_CALL"}, sub) {
		return graphError(100, 0, fmt.Sprintf("(#100) Param template['components'][%d]['sub_type'] must be one of {CATALOG, COPY_CODE, FLOW, MPM, QUICK_REPLY, URL, VOICE_CALL} - got \"%s\".", i, c.Sub))
	}
	n, err := strconv.Atoi(fmt.Sprint(c.Index))
	switch {
	case err != nil || n < 0 || n >= len(t.Buttons):
		return tplRefusal(132000, wrongCount, "buttons: number of buttons (%d) does not match the index %v", len(t.Buttons), c.Index)
	case t.Buttons[n].Type != strings.ToUpper(c.Sub):
		return tplRefusal(132012, wrongFormat, "buttons: Button at index %d is of type %s", n, t.Buttons[n].Type)
	case t.Buttons[n].Type == "URL" && !placeholder.MatchString(t.Buttons[n].URL) && len(c.Parameters) > 0:
		return tplRefusal(132018, "Template parameter format is not valid", "buttons: Button at index %d of type Url does not require parameters", n)
	}
	return nil
}

// tplHeader holds a filled header against the template's. A file has to be given anew each time, of the approved
// kind; what the person sees of it is its name.
func (m *Meta) tplHeader(a *Asset, t *Template, c tplComponent) (string, *refusal) {
	if t.Format == "" && len(c.Parameters) > 0 {
		return "", tplRefusal(132000, wrongCount, "header: number of localizable_params (%d) does not match the expected number of params (0)", len(c.Parameters))
	}
	if t.Format == "" || t.Format == "TEXT" {
		return fillIn("header", t.Header, c)
	}
	got := "UNKNOWN"
	if len(c.Parameters) > 0 && c.Parameters[0].Type != "" {
		got = strings.ToUpper(c.Parameters[0].Type)
	}
	if len(c.Parameters) != 1 || got != t.Format {
		return "", tplRefusal(132012, wrongFormat, "header: Format mismatch, expected %s, received %s", t.Format, got)
	}
	p := c.Parameters[0]
	media := map[string]*whatsappMedia{"IMAGE": p.Image, "VIDEO": p.Video, "DOCUMENT": p.Document}[t.Format]
	switch {
	case media == nil || media.ID == "" && media.Link == "":
		return "", tplRefusal(132012, wrongFormat, "header: Format mismatch, expected %s, received UNKNOWN", t.Format)
	case media.Caption != "":
		return "", tplRefusal(132012, wrongFormat, "header: a caption is not supported in a media template")
	case media.ID == "":
		return "📎 " + media.Link, nil
	}
	f := m.files[media.ID]
	if f == nil || f.asset != a || time.Now().After(f.expires) {
		return "", graphError(100, 0, "(#100) Invalid media id")
	}
	want := map[string][]string{"IMAGE": {"image/jpeg", "image/png"}, "VIDEO": {"video/mp4", "video/3gpp"}, "DOCUMENT": {"application/pdf"}}
	if !slices.Contains(want[t.Format], f.mime) {
		return "", graphError(131053, 0, "(#131053) Media upload error")
	}
	return "📎 " + f.name, nil
}

// fillIn puts the parameters of one part in the place of its placeholders.
func fillIn(where, text string, c tplComponent) (string, *refusal) {
	want := map[string]bool{}
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		want[found[1]] = true
	}
	if len(c.Parameters) != len(want) {
		return "", tplRefusal(132000, wrongCount, "%s: number of localizable_params (%d) does not match the expected number of params (%d)", where, len(c.Parameters), len(want))
	}
	for i, p := range c.Parameters {
		if p.Type != "text" || p.Text == "" || strings.ContainsAny(p.Text, "\n\r\t") || strings.Contains(p.Text, "     ") {
			return "", tplRefusal(132012, wrongFormat, "%s: parameter %d is no text in one line", where, i+1)
		}
	}
	for i, p := range c.Parameters {
		text = strings.ReplaceAll(text, "{{"+strconv.Itoa(i+1)+"}}", p.Text)
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
	data, from := []object{}, 0
	limit := 25
	if n, err := strconv.Atoi(c.text("limit")); err == nil && n > 0 {
		limit = min(n, 1000)
	}
	if n, err := strconv.Atoi(c.text("after")); err == nil {
		from = n
	}
	for i, t := range a.templates {
		if name := c.text("name"); i < from || name != "" && name != t.Name {
			continue
		}
		if len(data) == limit { // there is more: the caller follows the cursor
			cursor := strconv.Itoa(i)
			answer(w, obj("data", data, "paging", obj("cursors", obj("after", cursor), "next", "https://graph.facebook.com/next?after="+cursor)))
			return
		}
		data = append(data, obj("name", t.Name, "components", t.components(),
			"language", t.Language, "status", t.Status, "category", t.Category, "id", strconv.Itoa(i+1)))
	}
	answer(w, obj("data", data, "paging", obj("cursors", obj("after", strconv.Itoa(len(a.templates))))))
}

// components are the parts of a template with an example for each placeholder, as Meta demands them.
func (t Template) components() []object {
	var all []object
	switch {
	case t.Format == "TEXT" && placeholder.MatchString(t.Header):
		all = append(all, obj("type", "HEADER", "format", t.Format, "text", t.Header, "example", obj("header_text", []string{"48213"})))
	case t.Format == "TEXT":
		all = append(all, obj("type", "HEADER", "format", t.Format, "text", t.Header))
	case t.Format != "":
		all = append(all, obj("type", "HEADER", "format", t.Format, "example", obj("header_handle", []string{"https://scontent.whatsapp.net/v/sample"})))
	}
	body := obj("type", "BODY", "text", t.Body)
	if len(t.Examples) > 0 {
		body = body.with("example", obj("body_text", []any{t.Examples}))
	}
	all = append(all, body)
	if t.Footer != "" {
		all = append(all, obj("type", "FOOTER", "text", t.Footer))
	}
	var buttons []object
	for _, b := range t.Buttons {
		one := obj("type", b.Type, "text", b.Text)
		if b.URL != "" {
			one = one.with("url", b.URL)
		}
		if placeholder.MatchString(b.URL) {
			one = one.with("example", []string{placeholder.ReplaceAllLiteralString(b.URL, "48213")})
		}
		buttons = append(buttons, one)
	}
	if buttons != nil {
		all = append(all, obj("type", "BUTTONS", "buttons", buttons))
	}
	return all
}
