package channel

import (
	"strings"
	"testing"

	"tandem"
)

// TestWhatsAppTemplates reads a list of two pages and keeps what can be sent apart from what cannot.
func TestWhatsAppTemplates(t *testing.T) {
	body := func(name, status, category, more string) string {
		return `{"name":"` + name + `","language":"pl","status":"` + status + `","category":"` + category + `","components":[{"type":"BODY","text":"Zamówienie {{1}}","example":{"body_text":[["48213"]]}}` + more + `]}`
	}
	p := &platform{script: []string{
		`{"data":[` + strings.Join([]string{body("plain", "APPROVED", "UTILITY", ""), body("paused", "PAUSED", "UTILITY", ""), body("new", "IN_APPEAL", "UTILITY", "")}, ",") + `],"paging":{"cursors":{"after":"abc"},"next":"https://graph.facebook.com/x"}}`,
		`{"data":[` + strings.Join([]string{
			body("image", "APPROVED", "MARKETING", `,{"type":"HEADER","format":"IMAGE"}`), body("title", "APPROVED", "UTILITY", `,{"type":"HEADER","format":"TEXT","text":"Cześć"}`),
			body("link", "APPROVED", "UTILITY", `,{"type":"BUTTONS","buttons":[{"type":"URL","text":"Śledź","url":"https://s.example/{{1}}","example":["https://s.example/48213"]}]}`), body("pdf", "APPROVED", "UTILITY", `,{"type":"HEADER","format":"DOCUMENT"},{"type":"FOOTER","text":"Sklep"}`),
			body("map", "APPROVED", "UTILITY", `,{"type":"HEADER","format":"LOCATION"}`), body("cards", "APPROVED", "MARKETING", `,{"type":"CAROUSEL","cards":[]}`), body("coupon", "APPROVED", "MARKETING", `,{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"250FF"}]}`), body("tap", "APPROVED", "UTILITY", `,{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY"}]}`),
			body("code", "APPROVED", "AUTHENTICATION", ""),
			`{"name":"named","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hi {{first_name}}","example":{"body_text_named_params":[{"param_name":"first_name","example":"Eva"}]}}]}`,
		}, ",") + `],"paging":{"cursors":{"after":"def"}}}`,
	}}
	c := connect(t, "whatsapp", numberID, map[string]string{"waba_id": "220"}, p)
	all, err := c.(tandem.Templater).Templates(t.Context())
	if err != nil || len(p.calls) != 2 || !strings.Contains(p.calls[1], "after=abc") {
		t.Fatalf("%v, calls %q", err, p.calls)
	}
	want := map[string]tandem.TemplateState{"plain": "approved", "paused": "paused", "new": "pending", "image": "approved", "pdf": "approved", "map": "complex", "cards": "complex", "coupon": "complex", "title": "approved", "link": "approved", "tap": "approved", "code": "complex", "named": "approved"}
	if len(all) != len(want) {
		t.Fatalf("%d templates", len(all))
	}
	for _, one := range all {
		if one.State != want[one.Name] || len(one.Examples) != 1 {
			t.Errorf("%+v, want %s", one, want[one.Name])
		}
	}
	if _, err := connect(t, "whatsapp", numberID, nil, p).(tandem.Templater).Templates(t.Context()); tandem.CodeOf(err) != "setting_missing" {
		t.Errorf("without the account's id: %v", err)
	}
}

// TestNamedPlaceholders: values of named placeholders go out with their names.
func TestNamedPlaceholders(t *testing.T) {
	p := &platform{script: []string{sentWA}}
	o := tandem.Outgoing{Message: "out", To: "48600100200", Template: &tandem.Filled{Name: "named", Lang: "en_US", Slots: []string{"first_name"}, Values: []string{"Eva"}}}
	if _, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), o); err != nil || len(p.calls) != 1 || !strings.Contains(p.calls[0], `{"parameter_name":"first_name","text":"Eva","type":"text"}`) {
		t.Errorf("%v, %q", err, p.calls)
	}
}

// TestTemplateParts: a header's file is uploaded anew and named by its id, a header's line and a link's end go as
// values of their own, and a button is named by its place among all.
func TestTemplateParts(t *testing.T) {
	pdf := []tandem.Part{{Type: "file", Name: "faktura.pdf", Mime: "application/pdf", File: "f1"}}
	for name, c := range map[string]struct {
		filled tandem.Filled
		parts  []tandem.Part
		want   string
		calls  int
	}{
		"a document": {tandem.Filled{File: "file"}, pdf, `[{"parameters":[{"document":{"filename":"faktura.pdf","id":"900"},"type":"document"}],"type":"header"}]`, 2},
		"a line":     {tandem.Filled{Header: "48213", HeaderSlot: "order"}, nil, `[{"parameters":[{"parameter_name":"order","text":"48213","type":"text"}],"type":"header"}]`, 1},
		"a link": {tandem.Filled{Values: []string{"Ewa"}, Buttons: []tandem.FilledButton{{Index: 2, Value: "48213"}}}, nil,
			`[{"parameters":[{"text":"Ewa","type":"text"}],"type":"body"},{"index":"2","parameters":[{"text":"48213","type":"text"}],"sub_type":"url","type":"button"}]`, 1},
	} {
		p := &platform{script: []string{`{"id":"900"}`, sentWA}[2-c.calls:]}
		c.filled.Name, c.filled.Lang = "t", "pl"
		o := tandem.Outgoing{Message: "out", To: "48600100200", Template: &c.filled, Parts: c.parts, Files: map[tandem.FileID][]byte{"f1": []byte("%PDF")}}
		_, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), o)
		if err != nil || len(p.calls) != c.calls || !strings.Contains(p.calls[c.calls-1], `"components":`+c.want) {
			t.Errorf("%s: %v, %q", name, err, p.calls)
		}
	}
	p := &platform{}
	o := tandem.Outgoing{Message: "out", To: "48600100200", Template: &tandem.Filled{Name: "t", Lang: "pl", File: "image"}}
	if _, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), o); tandem.CodeOf(err) != CodeMedia || len(p.calls) > 0 {
		t.Errorf("without its file: %v, %q", err, p.calls)
	}
}

// TestRefusedTemplates: what is wrong with a template's values is told as such, not as a fault of ours.
func TestRefusedTemplates(t *testing.T) {
	for code, want := range map[string]string{"132000": CodeTemplate, "132012": CodeTemplate, "132018": CodeTemplate, "131008": CodeTemplate, "100": CodeTemplate, "131047": CodeWindow, "131000": "maybe_sent"} {
		p := &platform{script: []string{`{"error":{"code":` + code + `}}`}}
		o := tandem.Outgoing{Message: "out", To: "48600100200", Template: &tandem.Filled{Name: "t", Lang: "pl"}}
		if _, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), o); tandem.CodeOf(err) != want {
			t.Errorf("%s: %v", code, err)
		}
	}
}
