package stories

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tandem"
	"tandem/sim"
	"tandem/stories/world"
	"tandem/upkeep"
)

// accountOf are the accounts by the words of the stories.
func accountOf(s *world.Stage, where string) *sim.Asset {
	return map[string]*sim.Asset{"instagram": s.World.Instagram, "instagramie": s.World.Instagram, "facebook": s.World.Page, "facebooku": s.World.Page,
		"messengerze": s.World.Page, "whatsapp": s.World.WhatsApp, "whatsappie": s.World.WhatsApp}[where]
}

// channelLines is what stories say about connections and about what comes by them.
var channelLines = []meaning{
	{form(`(\S+) odpowiada pod komentarzem (\S+) na (instagramie|facebooku): (.+)`), func(p *player, f []string) {
		p.who = f[0]
		p.comments[f[0]] = p.s.World.Meta.Comment(accountOf(p.s, f[2]), f[0], "p1", f[3], sim.CommentOptions{Parent: p.comments[f[1]]})
		p.s.Track(f[0])
	}},
	{form(`Ktoś odpisuje w aplikacji pod komentarzem (\S+): (.+)`), func(p *player, f []string) { p.s.World.Meta.ReplyFromInbox(p.comments[f[0]], f[1]) }},
	{form(`Tandem przestaje działać\.`), func(p *player, _ []string) { p.s.Down() }},
	{form(`Tandem znowu działa\.`), func(p *player, _ []string) { p.s.Up() }},
	{form(`Meta przestaje przysyłać zdarzenia z (instagrama|facebooka)\.`), func(p *player, f []string) {
		p.s.World.Meta.Unsubscribe(map[string]*sim.Asset{"instagrama": p.s.World.Instagram, "facebooka": p.s.World.Page}[f[0]])
	}},
	{form(`Wiadomości klienta po kolei: (.+)`), func(p *player, f []string) {
		if got := strings.Join(p.conversation(), " | "); got != f[0] {
			p.fail("jest: %s", got)
		}
	}},
	{form(`(\S+) pisze na (instagramie|messengerze|whatsappie) (\d+) wiadomości, po jednej na minutę\.`), func(p *player, f []string) {
		for n := range num(f[2]) {
			time.Sleep(time.Minute)
			p.write(f[0], f[1], fmt.Sprint("nr ", n+1), 1)
		}
	}},
	{form(`Wiadomości klienta po kolei od nr (\d+) do nr (\d+)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().Earlier(bg, world.Workspace, p.conv(), 0, 1000)
		if err != nil {
			p.t.Fatal(err)
		}
		want := num(f[0])
		for _, m := range all {
			if !m.Inbound() || m.Text[:3] != "nr " {
				continue
			}
			if m.Text != fmt.Sprint("nr ", want) {
				p.fail("%s w miejscu nr %d", m.Text, want)
				return
			}
			want++
		}
		if want != num(f[1])+1 {
			p.fail("ostatnia to nr %d", want-1)
		}
	}},
	{form(`(\S+) przysyła na (\S+) (zdjęcie|nagranie|dokument|stronę HTML zamiast zdjęcia|film za duży|plik spoza platformy)(?:: (.+))?`), func(p *player, f []string) { p.attach(f[0], f[1], f[2], f[3]) }},
	{form(`(\S+) wycofuje ostatnią wiadomość\.`), func(p *player, f []string) { p.s.World.Meta.Unsend(p.lastSent) }},
	{form(`Załącznik: (waiting|kept|gone|refused)(?:, (\S+))?\.`), func(p *player, f []string) {
		all := p.attachments()
		if len(all) != 1 || string(all[0].State) != f[0] || f[1] != "" && all[0].Mime != f[1] {
			p.fail("jest %+v", all)
		}
	}},
	{form(`Załączników: (\d+)\.`), func(p *player, f []string) {
		if n := len(p.attachments()); n != num(f[0]) {
			p.fail("jest %d", n)
		}
	}},
	{form(`(\S+) naciska na (\S+): (.+)`), func(p *player, f []string) {
		p.who, p.asked = f[0], time.Now()
		if !p.s.World.Meta.Tap(accountOf(p.s, f[1]), f[0], f[2]) {
			p.fail("nie ma tam tego")
		}
		p.s.Track(f[0])
	}},
	{form(`(\S+) naciska szybką odpowiedź na (\S+): (.+)`), func(p *player, f []string) {
		p.who, p.asked = f[0], time.Now()
		if !p.s.World.Meta.TapReply(accountOf(p.s, f[1]), f[0], f[2]) {
			p.fail("nie ma jej pod ostatnią wiadomością")
		}
	}},
	{form(`Firma ma na (\S+) własne: (.+)`), func(p *player, f []string) { p.s.World.Meta.SetDoors(accountOf(p.s, f[0]), f[1]) }},
	{form(`Kierownik sprawdza połączenie (\w+): (.+)`), func(p *player, f []string) {
		var got struct{ OK, Wrong []struct{ Code, Text string } }
		p.refusal(p.s.Call("kierownik", "POST", "/api/accounts/"+f[0]+"/test", nil, &got), "")
		for _, w := range append(got.OK, got.Wrong...) {
			if has(w.Text, f[1]) {
				return
			}
		}
		p.fail("jest %+v", got)
	}},
	{form(`(ola|piotr) odpisuje z plikiem (\S+?)(, odmowa (\w+))?(?:: (.+))?`), func(p *player, f []string) {
		id, code := p.s.Upload(f[0], f[1], contentOf(f[1]))
		p.refusal(code, "")
		p.act(f[0], "reply", map[string]any{"text": f[4], "files": []string{id}}, f[3])
	}},
	{form(`(ola|piotr) nie może dodać pliku: (za duży|pusty)\.`), func(p *player, f []string) {
		size, want := 0, "empty_file"
		if f[1] == "za duży" {
			size, want = upkeep.MaxFile+1, "file_too_large"
		}
		_, code := p.s.Upload(f[0], "a.bin", make([]byte, size))
		p.refusal(code, want)
	}},
	{form(`(\S+) dzwoni na infolinię w sprawie: (.+), czeka (\d+) min i woli pisać\.`), func(p *player, f []string) {
		in := map[string]any{"caller": "+" + p.s.World.Meta.UserID(p.s.World.WhatsApp, f[0]), "call_id": "call-" + f[0], "topic": f[1], "waited_s": num(f[2]) * 60, "prompt": "v1"}
		var again struct{ Code string }
		p.refusal(p.s.Call("ola", "POST", "/api/deflections", in, &p.link), "")
		p.refusal(p.s.Call("ola", "POST", "/api/deflections", in, &again), "")
		if again.Code != p.link.Code || !strings.Contains(p.link.Link, "https://wa.me/48799000111?text=Kod%20"+p.link.Code) {
			p.fail("jest %+v, potem %s", p.link, again.Code)
		}
	}},
	{form(`Infolinia nie może przekazać numeru (\S+): (\w+)\.`), func(p *player, f []string) {
		p.refusal(p.s.Call("ola", "POST", "/api/deflections", map[string]any{"caller": f[0], "call_id": f[0]}, nil), f[1])
	}},
	{form(`(\S+) otwiera link z infolinii\.`), func(p *player, f []string) { p.write(f[0], "whatsappie", "Kod "+p.link.Code, 1) }},
	{form(`Notatka: (.+)`), func(p *player, f []string) {
		if c := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "notes"); !has(c, f[0]) {
			p.fail("notatki: %s", c)
		}
	}},
	{form(`Nie ma notatek\.`), func(p *player, _ []string) {
		if c := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "notes"); c != "[]" {
			p.fail("notatki: %s", c)
		}
	}},
	{form(`Wiadomości oznaczonych jako spóźnione: (\d+)\.`), func(p *player, f []string) {
		if n := strings.Count(p.s.Text("ola", "/api/conversations/"+string(p.conv()), "messages"), `"late"`); n != num(f[0]) {
			p.fail("jest ich %d", n)
		}
	}},
	{form(`Rozmowa (\S+)\.`), func(p *player, f []string) { p.who = f[0] }},
	{form(`Meta odrzuca szablon (\w+)\.`), func(p *player, f []string) {
		p.s.World.Meta.TemplateStatus(p.s.World.WhatsApp, f[0], "REJECTED", "INVALID_FORMAT")
	}},
	{form(`Meta obniża ocenę numeru\.`), func(p *player, _ []string) { p.s.World.Meta.NumberQuality(p.s.World.WhatsApp, "FLAGGED") }},
	{form(`Meta wyłącza konto WhatsApp Business\.`), func(p *player, _ []string) { p.s.World.Meta.AccountUpdate(p.s.World.WhatsApp, "DISABLED_UPDATE") }},
	{form(`(\w+) przysyła coś nieczytelnego\.`), func(p *player, f []string) { p.s.World.Meta.Strange(accountOf(p.s, f[0])) }},
	{form(`Na stronie kanałów, (\w+): (.+)`), func(p *player, f []string) {
		for _, n := range p.accountNews(f[0]) {
			if has(n.Text, f[1]) {
				return
			}
		}
		p.fail("jest %+v", p.accountNews(f[0]))
	}},
	{form(`Na stronie kanałów, (\w+), nic nowego\.`), func(p *player, f []string) {
		if n := p.accountNews(f[0]); len(n) > 0 {
			p.fail("jest %+v", n)
		}
	}},
	{form(`Kierownik odkłada nowiny o koncie (\w+)\.`), func(p *player, f []string) {
		for _, n := range p.accountNews(f[0]) {
			p.refusal(p.s.Call("kierownik", "POST", "/api/news/"+n.ID+"/seen", nil, nil), "")
		}
	}},
}

// conversation is what the desk shows of the customer's words, in the order of reading.
func (p *player) conversation() (out []string) {
	var page struct {
		Messages []struct {
			Origin tandem.Origin `json:"origin"`
			Text   string        `json:"text"`
		} `json:"messages"`
	}
	p.refusal(p.s.Call("ola", "GET", "/api/conversations/"+string(p.conv()), nil, &page), "")
	for _, m := range page.Messages {
		if m.Origin == tandem.FromCustomer {
			out = append(out, m.Text)
		}
	}
	return out
}

// attach lets a customer send a file in private.
func (p *player) attach(who, where, what, text string) {
	p.who, p.asked = who, time.Now()
	a := accountOf(p.s, where)
	kind, mime, data := "image", "image/png", picture
	switch what {
	case "nagranie":
		kind, mime, data = "audio", "audio/ogg", []byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00")
	case "dokument":
		kind, mime, data = "file", "application/pdf", []byte("%PDF-1.4\n%%EOF")
	case "stronę HTML zamiast zdjęcia":
		data = []byte("<!doctype html><script>alert(1)</script>")
	case "film za duży":
		kind, mime, data = "video", "video/mp4", make([]byte, upkeep.MaxFile+1)
	}
	switch {
	case a.Kind == sim.WhatsApp && kind == "file":
		p.lastSent = p.s.World.Meta.Message(a, who, sim.WhatsAppMessage{Type: "document", Text: text, Data: data, MIME: mime, Filename: "../faktura\u202e.pdf"})
	case a.Kind == sim.WhatsApp:
		p.lastSent = p.s.World.Meta.Message(a, who, sim.WhatsAppMessage{Type: kind, Text: text, Data: data, MIME: mime})
	default:
		url := "https://169.254.169.254/latest/meta-data"
		if what != "plik spoza platformy" {
			url = p.s.World.Meta.PutFile(a, data, mime, 10*time.Minute)
		}
		p.lastSent = p.s.World.Meta.DM(a, who, text, sim.DMOptions{Attachments: []sim.Attachment{{Type: kind, URL: url}}})
	}
	p.s.Track(who)
}

// picture is the begin of a PNG, which is all that says what it is.
var picture = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")

// attachments are the files of the newest message with any, as the desk gets them. What is kept must be
// there for a person of the desk, and for nobody else.
func (p *player) attachments() (out []tandem.Part) {
	var page struct {
		Messages []struct {
			Parts []tandem.Part `json:"parts"`
		} `json:"messages"`
	}
	p.refusal(p.s.Call("ola", "GET", "/api/conversations/"+string(p.conv()), nil, &page), "")
	for _, m := range page.Messages {
		for _, part := range m.Parts {
			if part.File == "" {
				continue
			}
			out = append(out, part)
			if part.State != tandem.FileKept {
				if part.URL != "" {
					p.fail("adres czegoś, czego nie ma: %s", part.URL)
				}
				continue
			}
			status, h, body := p.s.Fetch("ola", part.URL)
			if status != 200 || int64(len(body)) != part.Size || h.Get("Content-Type") != part.Mime || h.Get("X-Content-Type-Options") != "nosniff" ||
				!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || strings.ContainsAny(h.Get("Content-Disposition"), "/\u202e") {
				p.fail("plik: %d, %d bajtów, %v", status, len(body), h)
			}
			if status, _, _ := p.s.Fetch("", part.URL); status != 401 && status != 403 {
				p.fail("plik dla każdego: %d", status)
			}
		}
	}
	return out
}

type newsOnPage struct{ ID, Account, Code, Text string }

// accountNews is what the channels page says about an account.
func (p *player) accountNews(account string) (out []newsOnPage) {
	var all []newsOnPage
	if err := json.Unmarshal([]byte(p.s.Text("kierownik", "/api/accounts", "news")), &all); err != nil {
		p.t.Fatal(err)
	}
	for _, n := range all {
		if n.Account == account {
			out = append(out, n)
		}
	}
	return out
}
