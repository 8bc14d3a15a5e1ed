package channel

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tandem"
)

// templatePages bounds how far a list of templates is followed: an account has at most 6000
// (CHANNELS 6.5).
const templatePages = 64

// template fills the placeholders of an approved template. Values of named placeholders carry their names,
// those of numbered ones come in order; a button is named by its index. media is the uploaded file of the header,
// which has to be given anew with each message (Meta, "Sending template messages", 2026-11).
func template(o tandem.Outgoing, media any) any {
	f := o.Template
	var parts []any
	switch {
	case f.File != "":
		kind := headerKinds[f.File]
		parts = append(parts, map[string]any{"type": "header", "parameters": []any{map[string]any{"type": kind, kind: media}}})
	case f.Header != "":
		parts = append(parts, map[string]any{"type": "header", "parameters": []any{textValue(f.Header, f.HeaderSlot)}})
	}
	var values []any
	for i, v := range f.Values {
		name := ""
		if i < len(f.Slots) {
			name = f.Slots[i]
		}
		values = append(values, textValue(v, name))
	}
	if len(values) > 0 {
		parts = append(parts, map[string]any{"type": "body", "parameters": values})
	}
	for _, b := range f.Buttons {
		parts = append(parts, map[string]any{"type": "button", "sub_type": "url", "index": strconv.Itoa(b.Index), "parameters": []any{textValue(b.Value, "")}})
	}
	t := map[string]any{"name": f.Name, "language": map[string]string{"code": f.Lang}}
	if len(parts) > 0 {
		t["components"] = parts
	}
	return t
}

// textValue is the value of a placeholder.
func textValue(v, name string) map[string]string {
	one := map[string]string{"type": "text", "text": v}
	if name != "" {
		one["parameter_name"] = name
	}
	return one
}

// headerKinds are the platform's words for the files of a header.
var headerKinds = map[string]string{"image": "image", "video": "video", "file": "document"}

// headers are the formats of a header and what each takes. Of documents only PDF: "Only PDF documents are
// supported for media-based message templates" (Meta, Cloud API reference, messages, 2026-11).
var headers = map[string]tandem.TemplateHeader{
	"IMAGE":    {File: "image", Types: []string{"image/jpeg", "image/png"}, Most: waImageMost},
	"VIDEO":    {File: "video", Types: []string{"video/mp4"}, Most: waMediaMost},
	"DOCUMENT": {File: "file", Types: []string{"application/pdf"}, Most: waDocumentMost},
}

// templated sends a template, whose header's file is uploaded first.
func (c whatsapp) templated(ctx context.Context, o tandem.Outgoing) (piece, error) {
	var media map[string]string
	if o.Template.File != "" {
		if len(o.Parts) != 1 || len(o.Files[o.Parts[0].File]) == 0 {
			return piece{}, tandem.Coded(tandem.Invalid, CodeMedia, "the file of the template's header is missing")
		}
		p := o.Parts[0]
		file, _, err := c.upload(ctx, p, o.Files[p.File])
		if err != nil {
			return piece{}, err
		}
		media = map[string]string{"id": file}
		if o.Template.File == "file" && p.Name != "" {
			media["filename"] = p.Name
		}
	}
	return piece{"template", template(o, media)}, nil
}

// waTemplate is a template as the account lists it.
type waTemplate struct {
	Name       string        `json:"name"`
	Language   string        `json:"language"`
	Status     string        `json:"status"`
	Category   string        `json:"category"`
	Components []waComponent `json:"components"`
}

type waComponent struct {
	Type    string `json:"type"`
	Format  string `json:"format"`
	Text    string `json:"text"`
	Buttons []struct {
		Type    string    `json:"type"`
		Text    string    `json:"text"`
		URL     string    `json:"url"`
		Example waExample `json:"example"`
	} `json:"buttons"`
	Example struct {
		Body        [][]string `json:"body_text"`
		Named       []waNamed  `json:"body_text_named_params"`
		Header      waExample  `json:"header_text"`
		HeaderNamed []waNamed  `json:"header_text_named_params"`
	} `json:"example"`
}

// waNamed is the example of a placeholder with a name.
type waNamed struct {
	Value string `json:"example"`
}

// waExample is a text or a list of texts, of which the first counts: the pages show an example in either form.
type waExample string

// UnmarshalJSON takes either form; anything else is no example.
func (s *waExample) UnmarshalJSON(b []byte) error {
	var list []string
	var one string
	if json.Unmarshal(b, &list) == nil && len(list) > 0 {
		one = list[0]
	} else {
		_ = json.Unmarshal(b, &one)
	}
	*s = waExample(one)
	return nil
}

// states are the platform's words for the states of a template; any other is read as pending.
var states = map[string]tandem.TemplateState{
	"APPROVED": tandem.TemplateApproved, "PENDING": tandem.TemplatePending, "REJECTED": tandem.TemplateRejected,
	"PAUSED": tandem.TemplatePaused, "DISABLED": tandem.TemplateDisabled, "ARCHIVED": tandem.TemplateDisabled,
}

// Templates lists what the business account may send outside the window, all pages of it.
func (c whatsapp) Templates(ctx context.Context) ([]tandem.Template, error) {
	if c.waba == "" {
		return nil, tandem.Coded(tandem.Invalid, "setting_missing", "whatsapp needs the setting waba_id to list templates")
	}
	out, after := []tandem.Template{}, ""
	for range templatePages {
		var page struct {
			Data   []waTemplate `json:"data"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
				Next string `json:"next"`
			} `json:"paging"`
		}
		ask := url.Values{"fields": {"name,language,status,category,components"}, "limit": {"100"}}
		if after != "" {
			ask.Set("after", after)
		}
		if err := c.get(ctx, "/"+url.PathEscape(c.waba)+"/message_templates", ask, &page); err != nil {
			return nil, err
		}
		for _, t := range page.Data {
			out = append(out, t.plain())
		}
		if after = page.Paging.Cursors.After; after == "" || page.Paging.Next == "" {
			break
		}
	}
	return out, nil
}

// sendable are the buttons that need no value, or one in their address.
var sendable = []string{"QUICK_REPLY", "URL", "PHONE_NUMBER", "REQUEST_CONTACT_INFO"}

// plain turns a template into ours. One that is built of what we cannot fill is complex: the desk shows it and
// does not offer it.
func (t waTemplate) plain() tandem.Template {
	out := tandem.Template{Name: t.Name, Lang: t.Language, Category: strings.ToLower(t.Category), State: states[t.Status], Examples: []string{}}
	if out.State == "" {
		out.State = tandem.TemplatePending
	}
	complex := out.Category == "authentication"
	for _, k := range t.Components {
		switch {
		case k.Type == "BODY":
			out.Body = k.Text
			if len(k.Example.Body) > 0 {
				out.Examples = k.Example.Body[0]
			}
			for _, n := range k.Example.Named {
				out.Examples = append(out.Examples, n.Value)
			}
		case k.Type == "HEADER" && (k.Format == "" || k.Format == "TEXT"):
			out.Header = tandem.TemplateHeader{Text: k.Text, Example: string(k.Example.Header)}
			if len(k.Example.HeaderNamed) > 0 {
				out.Header.Example = k.Example.HeaderNamed[0].Value
			}
		case k.Type == "HEADER":
			out.Header = headers[k.Format]
			complex = complex || out.Header.File == "" // a place on the map, a product
		case k.Type == "FOOTER":
			out.Footer = k.Text
		case k.Type == "BUTTONS":
			for _, b := range k.Buttons {
				out.Buttons = append(out.Buttons, tandem.TemplateButton{Text: b.Text, URL: b.URL, Example: string(b.Example)})
				complex = complex || !slices.Contains(sendable, b.Type)
			}
		default: // CAROUSEL, LIMITED_TIME_OFFER and what comes next
			complex = true
		}
	}
	if complex && out.State == tandem.TemplateApproved {
		out.State = tandem.TemplateComplex
	}
	return out
}
