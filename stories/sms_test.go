package stories

import (
	"encoding/json"
	"strings"
	"time"

	"tandem/sim"
)

// smsLines is what stories say about SMS, and about wishes not to be written to.
var smsLines = []meaning{
	{form(`(\S+) pisze sms: (.+)`), func(p *player, f []string) { p.texts(f[0], f[1], sim.SMSOptions{}) }},
	{form(`(\S+) pisze sms trzykrotnie powtórzony: (.+)`), func(p *player, f []string) { p.texts(f[0], f[1], sim.SMSOptions{Copies: 3}) }},
	{form(`Podrobiony sms od (\S+): (.+)`), func(p *player, f []string) {
		if _, status := p.s.World.SMS.Text(f[0], f[1], sim.SMSOptions{BadSignature: true}); status != 403 && status != 401 {
			p.fail("odpowiedź %d", status)
		}
	}},
	{form(`(\S+) pisze STOP, a webhook nie dociera\.`), func(p *player, f []string) {
		p.s.World.SMS.Text(f[0], "STOP", sim.SMSOptions{Missed: true})
	}},
	{form(`Telefon (\S+) nie odbiera SMS-ów: (\d+)\.`), func(p *player, f []string) { p.s.World.SMS.SwitchOff(f[0], f[1]) }},
	{form(`Operator podpisuje adres z portem\.`), func(p *player, _ []string) { p.s.World.SMS.SignPort = true }},
	{form(`Operator zgłasza stany nie po kolei\.`), func(p *player, _ []string) { p.s.World.SMS.Reorder, p.s.World.SMS.EarlyState = true, true }},
	{form(`Operator SMS-ów: (\w+) przez (\d+) s\.`), func(p *player, f []string) {
		if err := p.s.World.SMS.Faults().Set(sim.Mode(f[0]), time.Duration(num(f[1]))*time.Second); err != nil {
			p.t.Fatal(err)
		}
	}},
	{form(`(ola|piotr) odpisuje długo: (\d+) znaków\.`), func(p *player, f []string) {
		p.act(f[0], "reply", map[string]any{"text": strings.Repeat("słowo ", num(f[1])/6)}, "")
	}},
	{form(`Powód stanu: (\w+)\.`), func(p *player, f []string) {
		if m := p.lastOut(); m.Problem != f[0] {
			p.fail("powód %q", m.Problem)
		}
	}},
	{form(`W rozmowie widać: (.+)`), func(p *player, f []string) {
		if c := p.s.Text("ola", p.path(), "signs"); !has(c, f[0]) {
			p.fail("jest %s", c)
		}
	}},
	{form(`Miejsce (\w+): (\w+)\.`), func(p *player, f []string) {
		var all []struct{ Channel, Blocked string }
		if err := json.Unmarshal([]byte(p.s.Text("ola", p.path(), "threads")), &all); err != nil {
			p.t.Fatal(err)
		}
		for _, t := range all {
			if t.Channel == f[0] && t.Blocked == f[1] {
				return
			}
		}
		p.fail("jest %+v", all)
	}},
	{form(`(\S+) przychodzi na whatsapp z reklamy (\S+) i pisze: (.+)`), func(p *player, f []string) {
		p.who, p.asked = f[0], time.Now()
		p.s.World.Meta.Message(p.s.World.WhatsApp, f[0], sim.WhatsAppMessage{Type: "text", Text: f[2], AdID: f[1]})
		p.s.Track(f[0])
	}},
	{form(`(\S+) (wyłącza|włącza) reklamy na WhatsAppie\.`), func(p *player, f []string) {
		p.s.World.Meta.Marketing(p.s.World.WhatsApp, f[0], f[1] == "włącza")
	}},
	{form(`(\S+) wraca przez link (\S+)\.`), func(p *player, f []string) { p.s.World.Meta.Referral(p.s.World.Page, f[0], f[1]) }},
	{form(`Kanałów do sprawdzenia: (\d+)\.`), func(p *player, f []string) {
		var me struct{ Counts struct{ Channels int } }
		p.refusal(p.s.Call("kierownik", "GET", "/api/me", nil, &me), "")
		if me.Counts.Channels != num(f[0]) {
			p.fail("jest %d", me.Counts.Channels)
		}
	}},
	{form(`Numer (\S+) nie ma WhatsAppa\.`), func(p *player, f []string) {
		p.s.World.Meta.SetPerson(sim.Person{Name: f[0], Unreachable: true})
	}},
	{form(`(\S+) dzwoni w sprawie: (.+), czeka (\d+) min i woli (sms|whatsapp)(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.who = f[0]
		in := map[string]any{"caller": "+" + p.s.World.Meta.UserID(p.s.World.WhatsApp, f[0]), "call_id": "call-" + f[0], "topic": f[1], "waited_s": num(f[2]) * 60, "prompt": "v1", "channel": f[3]}
		for range 2 { // a hotline on a bad line asks twice; one message goes out
			p.refusal(p.s.Call("ola", "POST", "/api/deflections", in, nil), f[4])
		}
		p.s.Track(f[0])
	}},
}

// texts lets a person write an SMS; Twilio calls once, so it must be taken.
func (p *player) texts(who, text string, o sim.SMSOptions) {
	p.who, p.asked = who, time.Now()
	if _, status := p.s.World.SMS.Text(who, text, o); status != 200 {
		p.fail("odpowiedź %d", status)
	}
	p.s.Track(who)
}
