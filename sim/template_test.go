package sim

import (
	"strings"
	"testing"
	"time"
)

// A template is held against what was approved, part by part, as Meta does: what is missing, one too many or of
// another kind is refused by its number.
func TestTemplateComponents(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.AddTemplate(s.WhatsApp, Template{Name: "zamowienie", Language: "pl", Status: "APPROVED", Category: "UTILITY", Format: "TEXT", Header: "Zamówienie {{1}}", Body: "Czeka.",
			Buttons: []TemplateButton{{"PHONE_NUMBER", "Zadzwoń", ""}, {"URL", "Sklep", "https://s.example"}, {"URL", "Śledź", "https://s.example/{{1}}"}}})
		s.Meta.AddTemplate(s.WhatsApp, Template{Name: "faktura", Language: "pl", Status: "APPROVED", Category: "UTILITY", Format: "DOCUMENT", Body: "Faktura."})
		s.Meta.mu.Lock()
		picture := s.Meta.store(s.WhatsApp, []byte("x"), "image/png", time.Hour).id
		pdf := s.Meta.store(s.WhatsApp, []byte("x"), "application/pdf", time.Hour).id
		s.Meta.mu.Unlock()
		type object = map[string]any
		part := func(kind string, more object, params ...any) object {
			c := object{"type": kind, "parameters": params}
			for k, v := range more {
				c[k] = v
			}
			return c
		}
		text := func(v string) object { return object{"type": "text", "text": v} }
		head, link := part("header", nil, text("48213")), part("button", object{"sub_type": "url", "index": "2"}, text("48213"))
		for _, c := range []struct {
			what, name, code string
			parts            []any
		}{
			{"all of it", "zamowienie", "", []any{head, link}},
			{"no header", "zamowienie", "132000/0", []any{link}},
			{"a file in the place of a line", "zamowienie", "132012/0", []any{part("header", nil, object{"type": "image", "image": object{"id": picture}}), link}},
			{"no link", "zamowienie", "131008/0", []any{head}},
			{"an empty link", "zamowienie", "131008/0", []any{head, part("button", object{"sub_type": "url", "index": "2"}, text(""))}},
			{"a value for a fixed link", "zamowienie", "132018/0", []any{head, link, part("button", object{"sub_type": "url", "index": 1}, text("x"))}},
			{"a button that takes none", "zamowienie", "100/0", []any{head, link, part("button", object{"sub_type": "phone_number", "index": "0"}, text("x"))}},
			{"another kind of button", "zamowienie", "132012/0", []any{head, part("button", object{"sub_type": "url", "index": "0"}, text("x"))}},
			{"a button too many", "zamowienie", "132000/0", []any{head, part("button", object{"sub_type": "url", "index": "3"}, text("x"))}},
			{"an unknown part", "zamowienie", "100/0", []any{head, link, part("footer", nil)}},
			{"a document", "faktura", "", []any{part("header", nil, object{"type": "document", "document": object{"id": pdf, "filename": "f.pdf"}})}},
			{"a document by link", "faktura", "", []any{part("header", nil, object{"type": "document", "document": object{"link": "https://s.example/f.pdf"}})}},
			{"no document", "faktura", "132012/0", nil},
			{"a picture as a document", "faktura", "132012/0", []any{part("header", nil, object{"type": "image", "image": object{"id": picture}})}},
			{"a picture's id", "faktura", "131053/0", []any{part("header", nil, object{"type": "document", "document": object{"id": picture}})}},
			{"nobody's id", "faktura", "100/0", []any{part("header", nil, object{"type": "document", "document": object{"id": "1"}})}},
			{"a caption", "faktura", "132012/0", []any{part("header", nil, object{"type": "document", "document": object{"id": pdf, "caption": "x"}})}},
			{"a body that takes none", "faktura", "132000/0", []any{part("header", nil, object{"type": "document", "document": object{"id": pdf}}), part("body", nil, text("x"))}},
		} {
			s.want(s.wa("ola", "", "type", "template", "template", object{"name": c.name, "language": object{"code": "pl"}, "components": c.parts}), c.code, c.what)
		}
		out := s.Meta.Outbox("whatsapp", "ola")
		if len(out) != 3 || !strings.Contains(out[0].Text, "Zamówienie 48213") || !strings.Contains(out[0].Text, "Śledź: https://s.example/48213") {
			t.Errorf("outbox %+v", out)
		}
	})
}
