package stories

import (
	"strings"
	"time"

	"tandem"
	"tandem/sim"
)

// deedOnPage is an action as a person saw it, with the rev of the conversation at that moment.
type deedOnPage struct {
	ID       string             `json:"id"`
	Kind     tandem.ActionKind  `json:"kind"`
	Subject  string             `json:"subject"`
	Amount   int64              `json:"amount"`
	Currency string             `json:"currency"`
	State    tandem.ActionState `json:"state"`
	By       string             `json:"by"`
	Rev      int64              `json:"-"`
}

// actionLines is what stories say about actions.
var actionLines = []meaning{
	{form(`Dostawa zamówienia (\d+) kosztowała (\d+),(\d\d) zł\.`), func(p *player, f []string) {
		fee := int64(num(f[1])*100 + num(f[2]))
		if !p.s.World.Shop.ChangeOrder(f[0], func(o *sim.Order) {
			o.Delivery = &sim.Money{Amount: fee, Currency: "PLN"}
			o.Total.Amount += fee
		}) {
			p.fail("nie ma takiego zamówienia")
		}
	}},
	{form(`Działanie: (\w+), zamówienie (\d+), (\d+),(\d\d) zł, stan (\w+), od: (.+)\.`), func(p *player, f []string) {
		d := p.deeds("ola")[0]
		if string(d.Kind) != f[0] || d.Subject != f[1] || d.Amount != int64(num(f[2])*100+num(f[3])) || string(d.State) != f[4] || !strings.EqualFold(d.By, f[5]) {
			p.fail("jest %+v", d)
		}
	}},
	{form(`Działań: (\d+)\.`), func(p *player, f []string) {
		if n := len(p.deeds("ola")); n != num(f[0]) {
			p.fail("jest ich %d", n)
		}
	}},
	{form(`(ola|piotr|kierownik) ogląda działanie\.`), func(p *player, f []string) { p.deed = p.deeds(f[0])[0] }},
	{form(`(ola|piotr|kierownik) zatwierdza działanie(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/actions/"+p.deed.ID+"/approve", map[string]any{"seen_rev": p.deed.Rev}, nil), f[1])
	}},
	{form(`(ola|piotr|kierownik) cofa działanie(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/actions/"+p.deed.ID+"/cancel", nil, nil), f[1])
	}},
	{form(`(ola|piotr|kierownik) odrzuca działanie: (\w+)\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/actions/"+p.deed.ID+"/reject", map[string]any{"reason": f[1]}, nil), "")
	}},
	{form(`(ola|piotr) proponuje działanie: (\w+), zamówienie (\d+), (\d+),(\d\d) zł(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		body := map[string]any{"kind": f[1], "subject": f[2], "amount": num(f[3])*100 + num(f[4]), "currency": "PLN"}
		p.act(f[0], "actions", body, f[5])
	}},
	{form(`Sklep wykonał zwrotów: (\d+)\.`), func(p *player, f []string) {
		if n := len(p.s.World.Shop.Changes()); n != num(f[0]) {
			p.fail("wykonał %d", n)
		}
	}},
	{form(`Sklep wykonuje, ale milczy przez (\d+) s\.`), func(p *player, f []string) {
		p.s.World.Shop.Faults().Set(sim.TimeoutAfterSend, time.Duration(num(f[0]))*time.Second)
	}},
	{form(`Notatka: (.+)`), func(p *player, f []string) {
		if n := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "notes"); !has(n, f[0]) {
			p.fail("notatki: %s", n)
		}
	}},
}

// deeds are the actions of the story's conversation as a person sees them, the newest first.
func (p *player) deeds(who string) []deedOnPage {
	var view struct {
		Rev     int64        `json:"rev"`
		Actions []deedOnPage `json:"actions"`
	}
	p.refusal(p.s.Call(who, "GET", "/api/conversations/"+string(p.conv()), nil, &view), "")
	if len(view.Actions) == 0 {
		p.t.Fatalf("%s\n\tnie ma żadnego działania", p.line)
	}
	for i := range view.Actions {
		view.Actions[i].Rev = view.Rev
	}
	return view.Actions
}
