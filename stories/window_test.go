package stories

import (
	"strings"

	"tandem"
	"tandem/sim"
	"tandem/stories/world"
)

// windowLines is what stories say about reply windows and approved templates.
var windowLines = []meaning{
	{form(`(ola|piotr) próbuje odpisać, odmowa (\w+): (.+)`), func(p *player, f []string) { p.act(f[0], "reply", map[string]any{"text": f[2]}, f[1]) }},
	{form(`(ola|piotr) wysyła szablon (\w+)(?: z: (.+?))?(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		t := map[string]any{"name": f[1], "lang": "pl"}
		if f[2] != "" {
			t["values"] = strings.Split(f[2], " | ")
		}
		p.act(f[0], "reply", map[string]any{"template": t}, f[3])
	}},
	{form(`(ola|piotr) wysyła szablon (\w+) z plikiem (\S+?)(?: i: (.+?))?(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		id, code := p.s.Upload(f[0], f[2], contentOf(f[2]))
		p.refusal(code, "")
		t := map[string]any{"name": f[1], "lang": "pl"}
		if f[3] != "" {
			t["values"] = strings.Split(f[3], " | ")
		}
		p.act(f[0], "reply", map[string]any{"template": t, "files": []string{id}}, f[4])
	}},
	{form(`Szablon (\w+): (\w+)(?:, podpowiada: (.+))?\.`), func(p *player, f []string) {
		for _, t := range p.templates() {
			if t.Name == f[0] {
				if t.State != f[1] || f[2] != "" && (len(t.Slots) == 0 || t.Slots[0].Value != f[2]) {
					p.fail("jest %+v", t)
				}
				return
			}
		}
		p.fail("nie ma go")
	}},
	{form(`Meta wstrzymuje szablon (\w+)\.`), func(p *player, f []string) {
		p.s.World.Meta.AddTemplate(p.s.World.WhatsApp, sim.Template{Name: f[0], Language: "pl", Status: "PAUSED", Category: "UTILITY", Body: "Zamówienie {{1}}"})
	}},
	{form(`(ola|piotr) cofa wysłanie(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.act(f[0], "cancel", map[string]any{"message": p.lastOut().ID}, f[1])
	}},
	{form(`Ostrzeżeń o oknie: (\d+)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.WindowClosing)
		if err != nil || len(all) != num(f[0]) {
			p.fail("%+v, %v", all, err)
		}
	}},
}

// contentOf is what a file with such a name holds.
func contentOf(name string) []byte {
	if strings.HasSuffix(name, ".pdf") {
		return []byte("%PDF-1.4\n%%EOF")
	}
	return picture
}

type templateOnPage struct {
	Name, State string
	Slots       []struct{ Value string }
}

// templates is what the composer offers in the newest thread of the conversation.
func (p *player) templates() []templateOnPage {
	path := "/api/conversations/" + string(p.conv())
	var page struct{ Threads []struct{ ID string } }
	if code := p.s.Call("ola", "GET", path, nil, &page); code != "" || len(page.Threads) == 0 {
		p.fail("rozmowa: %q", code)
		return nil
	}
	path += "/templates?thread=" + page.Threads[0].ID
	var list struct{ Items []templateOnPage }
	p.refusal(p.s.Call("ola", "GET", path, nil, &list), "")
	return list.Items
}
