package stories

import (
	"encoding/json"
)

// reachLines is what stories say about places where nothing can be sent, before anybody presses.
var reachLines = []meaning{
	{form(`Szkic może wyjść\.`), func(p *player, _ []string) {
		if d := p.waiting(); d.Shut != "" || len(d.Elsewhere) > 0 {
			p.fail("jest %+v", d)
		}
	}},
	{form(`Szkic nie może wyjść: (\w+)(?:, zostaje (\w+))?\.`), func(p *player, f []string) {
		d := p.waiting()
		if d.Shut != f[0] || (f[1] == "") != (len(d.Elsewhere) == 0) || f[1] != "" && d.Elsewhere[0].Channel != f[1] {
			p.fail("jest %+v", d)
		}
	}},
	{form(`(ola|piotr) zatwierdza szkic na (\w+)\.`), func(p *player, f []string) {
		for _, e := range p.waiting().Elsewhere {
			if e.Channel == f[1] {
				p.decide(f[0], "approve", map[string]any{"seen_rev": p.draft.Rev, "thread": e.Thread}, "")
				return
			}
		}
		p.fail("nie ma takiego miejsca")
	}},
	{form(`(ola|piotr) ponawia wysłanie(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.act(f[0], "retry", map[string]any{"message": p.lastOut().ID}, f[1])
	}},
	{form(`Można pisać: (\w+)\.`), func(p *player, f []string) {
		var all []struct{ Channel, Blocked string }
		if err := json.Unmarshal([]byte(p.s.Text("ola", p.path(), "threads")), &all); err != nil {
			p.t.Fatal(err)
		}
		for _, t := range all {
			if t.Channel == f[0] && t.Blocked != "" {
				p.fail("jest %+v", t)
			}
		}
	}},
}

type reachOnPage struct {
	ID        string
	Shut      string
	Elsewhere []struct{ Thread, Channel string }
}

// waiting is the draft that was opened last, as the queue shows it now.
func (p *player) waiting() reachOnPage {
	var page struct{ Items []reachOnPage }
	p.refusal(p.s.Call("ola", "GET", "/api/drafts", nil, &page), "")
	for _, d := range page.Items {
		if d.ID == p.draft.ID {
			return d
		}
	}
	p.fail("szkic już nie czeka")
	return reachOnPage{}
}
