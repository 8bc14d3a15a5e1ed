package tandem

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Template is a message that a platform has approved in advance. Outside the customer's window it is all
// that may be said there (WhatsApp; CHANNELS.md 6.6, 2026-11).
type Template struct {
	Account  AccountID
	Name     string // with Lang it is the platform's key
	Lang     string // as the platform spells it: pl, en_US
	Category string // utility, marketing, authentication
	Header   TemplateHeader
	Body     string // with placeholders: {{1}}, or {{order}} where they are named
	Footer   string
	Buttons  []TemplateButton
	Examples []string // of the body's placeholders
	State    TemplateState
}

// TemplateHeader stands above the body: a line with at most one placeholder, or a file that is chosen anew
// for each message. The zero value is none.
type TemplateHeader struct {
	Text    string   `json:"text,omitempty"`
	Example string   `json:"example,omitempty"` // of the line's placeholder
	File    string   `json:"file,omitempty"`    // type of Part: image, video or file
	Types   []string `json:"types,omitempty"`   // MIME types of the file that the platform takes
	Most    int64    `json:"most,omitempty"`    // bytes of the file that the platform takes
}

// TemplateButton stands below the body.
type TemplateButton struct {
	Text    string `json:"text"`
	URL     string `json:"url,omitempty"` // of a link, with at most one placeholder; empty: another kind of button
	Example string `json:"example,omitempty"`
}

// TemplateState is what the platform says about a template.
type TemplateState string

// The states. Only an approved one can be sent.
const (
	TemplateApproved TemplateState = "approved"
	TemplatePending  TemplateState = "pending"
	TemplateRejected TemplateState = "rejected"
	TemplatePaused   TemplateState = "paused"
	TemplateDisabled TemplateState = "disabled"
	TemplateUnwanted TemplateState = "unwanted" // approved, but this customer wants no marketing; never stored
	TemplateComplex  TemplateState = "complex"  // approved, but built of what we cannot fill: a carousel, a code, a form
)

// Templater is a Channel whose platform keeps approved templates. Called in a job or for a person who
// asks; never in a transaction. Invalid, code setting_missing: the account does not say where they are.
type Templater interface {
	Templates(ctx context.Context) ([]Template, error)
}

// Filled is a template with its values, as a message carries it. The file of a header is the one part of
// the message.
type Filled struct {
	Name       string         `json:"name"`
	Lang       string         `json:"lang"`
	Slots      []string       `json:"slots,omitempty"` // the names of the body's placeholders; empty where they are numbers
	Values     []string       `json:"values,omitempty"`
	Header     string         `json:"header,omitempty"` // value of the placeholder in the header's line
	HeaderSlot string         `json:"header_slot,omitempty"`
	File       string         `json:"file,omitempty"` // type of the header's file
	Buttons    []FilledButton `json:"buttons,omitempty"`
}

// FilledButton is the value of a link's placeholder.
type FilledButton struct {
	Index int    `json:"index"` // of the button among all, from 0
	Value string `json:"value"`
}

// Place is the part of a template that a placeholder stands in.
type Place string

// The places.
const (
	InHeader Place = "header"
	InBody   Place = "body"
	InButton Place = "button"
)

// Slot is a placeholder of a template.
type Slot struct {
	Place   Place
	Button  int    // index of the button, for InButton
	Name    string // between the braces: a number or a name
	Example string // that it was approved with
}

// Slots returns all placeholders in the order in which their values are given: the header's, those of the
// body (numbers by size, names as they stand), then the buttons'.
func (t Template) Slots() (out []Slot) {
	for _, s := range placeholders(t.Header.Text) {
		out = append(out, Slot{Place: InHeader, Name: s, Example: t.Header.Example})
	}
	for i, s := range placeholders(t.Body) {
		slot := Slot{Place: InBody, Name: s}
		if i < len(t.Examples) {
			slot.Example = t.Examples[i]
		}
		out = append(out, slot)
	}
	for i, b := range t.Buttons {
		for _, s := range placeholders(b.URL) {
			out = append(out, Slot{Place: InButton, Button: i, Name: s, Example: b.Example})
		}
	}
	return out
}

// placeholders are the names between the braces of a text, each once.
func placeholders(text string) (out []string) {
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "{{")
		name, tail, closed := strings.Cut(after, "}}")
		if !found || !closed {
			break
		}
		if name = strings.TrimSpace(name); !slices.Contains(out, name) {
			out = append(out, name)
		}
		rest = tail
	}
	if !slices.ContainsFunc(out, named) {
		slices.SortFunc(out, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	}
	return out
}

// named tells whether a placeholder has a name and no number.
func named(slot string) bool { return strings.ContainsFunc(slot, unicode.IsLetter) }

// put writes a value in the place of a placeholder.
func put(text, slot, value string) string {
	return strings.NewReplacer("{{"+slot+"}}", value, "{{ "+slot+" }}", value).Replace(text)
}

// The longest value of a placeholder, in bytes: a body has at most 1024 characters, a header 60 and an
// address 2000 (CHANNELS.md 6.5).
var valueMost = map[Place]int{InHeader: 240, InBody: 1024, InButton: 2000}

// Fill puts values in the place of the placeholders and returns the text that the customer will read; file
// is the header's, nil for none. Conflict template_gone: it is not approved now. Invalid template_values:
// one is missing, empty, too long or has line breaks, tabs or more than four spaces in a row, which WhatsApp
// refuses (CHANNELS.md 9.4, 2026-11), or one of a link has spaces. Invalid template_file: the header's file is
// missing, not of its type or too large, or there is one too many.
func (t Template) Fill(values []string, file *Part) (text string, f Filled, err error) {
	slots := t.Slots()
	if t.State != TemplateApproved {
		return "", f, Coded(Conflict, "template_gone", "the platform does not take this template now (%s)", t.State)
	}
	if len(values) != len(slots) {
		return "", f, Coded(Invalid, "template_values", "the template has %d placeholders, %d values were given", len(slots), len(values))
	}
	if err := t.Header.takes(file); err != nil {
		return "", f, err
	}
	f = Filled{Name: t.Name, Lang: t.Lang, Values: []string{}, File: t.Header.File}
	t.Buttons = slices.Clone(t.Buttons)
	var pairs []string
	for i, s := range slots {
		v := t.value(s, values[i])
		if v == "" || len(v) > valueMost[s.Place] || strings.ContainsAny(v, "\n\r\t") || strings.Contains(v, "     ") || s.Place == InButton && strings.Contains(v, " ") {
			return "", f, Coded(Invalid, "template_values", "the value of placeholder %s of the %s is empty, too long or has line breaks or, in a link, spaces", s.Name, s.Place)
		}
		switch s.Place {
		case InHeader:
			f.Header, t.Header.Text = v, put(t.Header.Text, s.Name, v)
			if named(s.Name) {
				f.HeaderSlot = s.Name
			}
		case InButton:
			f.Buttons = append(f.Buttons, FilledButton{s.Button, v})
			t.Buttons[s.Button].URL = put(t.Buttons[s.Button].URL, s.Name, v)
		default:
			f.Values = append(f.Values, v)
			pairs = append(pairs, "{{"+s.Name+"}}", v, "{{ "+s.Name+" }}", v)
			if named(s.Name) {
				f.Slots = append(f.Slots, s.Name)
			}
		}
	}
	t.Body = strings.NewReplacer(pairs...).Replace(t.Body)
	return t.reads(), f, nil
}

// value is what is filled in: of a link, only what comes after the approved beginning of its address, where a
// person gave the whole of it.
func (t Template) value(s Slot, v string) string {
	v = strings.TrimSpace(v)
	if s.Place == InButton {
		begin, _, _ := strings.Cut(t.Buttons[s.Button].URL, "{{")
		v = strings.TrimPrefix(v, begin)
	}
	return v
}

// reads is a template as a customer reads it: the header's line, the body, the footer, the links.
func (t Template) reads() string {
	all := []string{t.Header.Text, t.Body, t.Footer}
	for _, b := range t.Buttons {
		if b.URL != "" {
			all = append(all, b.Text+": "+b.URL)
		}
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n\n")
}

// takes refuses a file that does not fit the header.
func (h TemplateHeader) takes(file *Part) error {
	switch {
	case h.File == "" && file == nil:
		return nil
	case h.File == "":
		return Coded(Invalid, "template_file", "the template has no place for a file")
	case file == nil:
		return Coded(Invalid, "template_file", "the template begins with a file (%s), which is missing", h.File)
	case !slices.Contains(h.Types, file.Mime) || file.Size > h.Most:
		return Coded(Invalid, "template_file", "the template takes one file of the type %s with at most %s bytes", strings.Join(h.Types, ", "), strconv.FormatInt(h.Most, 10))
	}
	return nil
}
