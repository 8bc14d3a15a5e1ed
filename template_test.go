package tandem

import (
	"slices"
	"testing"
)

func TestTemplateFill(t *testing.T) {
	for _, c := range []struct {
		body, state string
		values      []string
		want, code  string
		slots       []string
	}{
		{"Zamówienie {{1}} jest w drodze", "approved", []string{"48213"}, "Zamówienie 48213 jest w drodze", "", []string{"1"}},
		{"{{2}} i {{1}}, {{10}}", "approved", []string{"a", "b", "c"}, "b i a, c", "", []string{"1", "2", "10"}},
		{"Dzień dobry {{imie}}, {{order}}", "approved", []string{"Ewa", "{{imie}}"}, "Dzień dobry Ewa, {{imie}}", "", []string{"imie", "order"}},
		{"Bez miejsc", "approved", nil, "Bez miejsc", "", nil},
		{"{{1}}", "paused", []string{"a"}, "", "template_gone", []string{"1"}},
		{"{{1}}", "complex", []string{"a"}, "", "template_gone", []string{"1"}},
		{"{{1}}", "approved", nil, "", "template_values", []string{"1"}},
		{"{{1}}", "approved", []string{" "}, "", "template_values", []string{"1"}},
		{"{{1}}", "approved", []string{"a\nb"}, "", "template_values", []string{"1"}},
		{"{{1}}", "approved", []string{"a     b"}, "", "template_values", []string{"1"}},
		{"niezamknięte {{1", "approved", nil, "niezamknięte {{1", "", nil},
	} {
		one := Template{Name: "x", Lang: "pl", Body: c.body, State: TemplateState(c.state)}
		var got []string
		for _, s := range one.Slots() {
			got = append(got, s.Name)
		}
		if !slices.Equal(got, c.slots) {
			t.Errorf("%q: slots %q", c.body, got)
		}
		text, f, err := one.Fill(c.values, nil)
		if text != c.want || err != nil && CodeOf(err) != c.code || err == nil && c.code != "" {
			t.Errorf("%q with %q: %q, %v", c.body, c.values, text, err)
		}
		if err == nil && len(f.Values) != len(c.slots) {
			t.Errorf("%q: %+v", c.body, f)
		}
	}
}

// TestTemplateFrame: a header, a footer and links have placeholders and values of their own, and a file has to fit.
func TestTemplateFrame(t *testing.T) {
	picture := TemplateHeader{File: "image", Types: []string{"image/png"}, Most: 100}
	line := TemplateHeader{Text: "Zamówienie {{1}}", Example: "48213"}
	links := []TemplateButton{{Text: "Tak"}, {Text: "Śledź", URL: "https://s.example/sledz/{{1}}", Example: "48213"}, {Text: "Sklep", URL: "https://s.example"}}
	png := &Part{Type: "image", Mime: "image/png", Size: 100}
	for name, c := range map[string]struct {
		header     TemplateHeader
		buttons    []TemplateButton
		values     []string
		file       *Part
		want, code string
		filled     Filled
	}{
		"a line":              {line, nil, []string{"48213", "Ewa"}, nil, "Zamówienie 48213\n\nCześć Ewa\n\nModna Szafa", "", Filled{Header: "48213"}},
		"a named line":        {TemplateHeader{Text: "Do {{order}}"}, nil, []string{"48213", "Ewa"}, nil, "Do 48213\n\nCześć Ewa\n\nModna Szafa", "", Filled{Header: "48213", HeaderSlot: "order"}},
		"links":               {TemplateHeader{}, links, []string{"Ewa", "48213"}, nil, "Cześć Ewa\n\nModna Szafa\n\nŚledź: https://s.example/sledz/48213\n\nSklep: https://s.example", "", Filled{Buttons: []FilledButton{{1, "48213"}}}},
		"a whole address":     {TemplateHeader{}, links, []string{"Ewa", "https://s.example/sledz/48213"}, nil, "Cześć Ewa\n\nModna Szafa\n\nŚledź: https://s.example/sledz/48213\n\nSklep: https://s.example", "", Filled{Buttons: []FilledButton{{1, "48213"}}}},
		"a link with a space": {TemplateHeader{}, links, []string{"Ewa", "48 213"}, nil, "", "template_values", Filled{}},
		"a link without":      {TemplateHeader{}, links, []string{"Ewa", "https://s.example/sledz/"}, nil, "", "template_values", Filled{}},
		"a picture":           {picture, nil, []string{"Ewa"}, png, "Cześć Ewa\n\nModna Szafa", "", Filled{File: "image"}},
		"no picture":          {picture, nil, []string{"Ewa"}, nil, "", "template_file", Filled{}},
		"another type":        {picture, nil, []string{"Ewa"}, &Part{Type: "image", Mime: "image/webp", Size: 1}, "", "template_file", Filled{}},
		"too large":           {picture, nil, []string{"Ewa"}, &Part{Type: "image", Mime: "image/png", Size: 101}, "", "template_file", Filled{}},
		"one too many":        {line, nil, []string{"1", "Ewa"}, png, "", "template_file", Filled{}},
		"a value too few":     {line, nil, []string{"Ewa"}, nil, "", "template_values", Filled{}},
	} {
		tpl := Template{Body: "Cześć {{1}}", Footer: "Modna Szafa", Header: c.header, Buttons: c.buttons, State: TemplateApproved}
		text, f, err := tpl.Fill(c.values, c.file)
		if text != c.want || err != nil && CodeOf(err) != c.code || err == nil && c.code != "" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		if err == nil && (f.Header != c.filled.Header || f.HeaderSlot != c.filled.HeaderSlot || f.File != c.filled.File || !slices.Equal(f.Buttons, c.filled.Buttons) || !slices.Equal(f.Values, []string{"Ewa"})) {
			t.Errorf("%s: %+v", name, f)
		}
		if len(c.buttons) > 1 && c.buttons[1].URL != "https://s.example/sledz/{{1}}" {
			t.Errorf("%s: filling changed the template: %+v", name, c.buttons)
		}
	}
}
