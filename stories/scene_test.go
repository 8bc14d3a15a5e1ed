package stories

import (
	"fmt"
	"strings"
	"time"

	"tandem"
	"tandem/sim"
	"tandem/store"
	"tandem/stories/world"
)

// sceneLines are what the acceptance scenarios say beside the plain stories: a new customer's order, a
// photo, statutory terms, promises, planted errors.
var sceneLines = []meaning{
	{form(`(\S+) ma na (instagramie|facebooku|messengerze|whatsappie) zamówienie (\d+): (.+), (dostarczone|zwrot po terminie o (\d+) dni)\.`), func(p *player, f []string) {
		p.sells(f[0], f[1], f[2], f[3], f[5])
	}},
	{form(`(\S+) wysyła na (messengerze|instagramie) zdjęcie i pisze: (.+)`), func(p *player, f []string) {
		p.who, p.asked = f[0], time.Now()
		at := map[string]*sim.Asset{"messengerze": p.s.World.Page, "instagramie": p.s.World.Instagram}[f[1]]
		p.s.World.Meta.DM(at, f[0], f[2], sim.DMOptions{Attachments: []sim.Attachment{{Type: "image", URL: "https://" + sim.CDNHost + "/zdjecie.jpg"}}})
		p.s.Track(f[0])
	}},
	{form(`Ta sama wiadomość przychodzi jeszcze raz\.`), func(p *player, _ []string) {
		w := p.s.World
		w.Meta.DM(w.Instagram, p.who, p.said, sim.DMOptions{ID: "mid-" + p.who})
	}},
	{form(`(\S+) pisze na instagramie wiadomość: (.+)`), func(p *player, f []string) {
		p.who, p.asked, p.said = f[0], time.Now(), f[1]
		p.s.World.Meta.DM(p.s.World.Instagram, f[0], f[1], sim.DMOptions{ID: "mid-" + f[0]})
		p.s.Track(f[0])
	}},
	{form(`Powód: (\w+)\.`), func(p *player, f []string) {
		c, err := p.s.App.DB().Conversation(bg, world.Workspace, p.conv())
		if err != nil || c.Reason != f[0] {
			p.fail("powód %q, %v", c.Reason, err)
		}
	}},
	{form(`Otwarta sprawa ma termin (\d+)\.(\d+)\.`), func(p *player, f []string) {
		var view struct {
			Cases []struct {
				Due    *time.Time `json:"clock_due"`
				Closed *time.Time `json:"closed"`
			} `json:"cases"`
		}
		p.refusal(p.s.Call("ola", "GET", p.path(), nil, &view), "")
		for _, c := range view.Cases {
			if c.Closed == nil && c.Due != nil && c.Due.In(warsaw()).Format("2.1") == f[0]+"."+f[1] {
				return
			}
		}
		p.fail("sprawy: %s", p.s.Text("ola", p.path(), "cases"))
	}},
	{form(`(ola|piotr) zamyka: (\w+), odmowa (\w+)\.`), func(p *player, f []string) { p.act(f[0], "close", map[string]any{"outcome": f[1]}, f[2]) }},
	{form(`Obietnica: (.+), termin (\d+)\.(\d+) (\d+):(\d+)\.`), func(p *player, f []string) {
		var view struct {
			Promises []struct {
				Text string
				Due  time.Time
			} `json:"promises"`
		}
		p.refusal(p.s.Call("ola", "GET", p.path(), nil, &view), "")
		for _, o := range view.Promises {
			if has(o.Text, f[0]) && o.Due.In(warsaw()).Format("2.1 15:04") == strings.Join(f[1:3], ".")+" "+f[3]+":"+f[4] {
				return
			}
		}
		p.fail("obietnice: %+v", view.Promises)
	}},
	{form(`(ola|piotr) dotrzymuje obietnicy\.`), func(p *player, f []string) {
		var view struct {
			Promises []struct {
				ID   string
				Kept *time.Time
			} `json:"promises"`
		}
		p.refusal(p.s.Call(f[0], "GET", p.path(), nil, &view), "")
		for _, o := range view.Promises {
			if o.Kept == nil {
				p.refusal(p.s.Call(f[0], "POST", "/api/promises/"+o.ID+"/keep", map[string]any{}, nil), "")
				return
			}
		}
		p.fail("nie ma otwartej obietnicy")
	}},
	{form(`Nikt nie przejął rozmowy\.`), func(p *player, _ []string) {
		if all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.OwnerChanged); err != nil || len(all) > 0 {
			p.fail("%+v %v", all, err)
		}
	}},
	{form(`Pominiętych próśb o człowieka: (\d+)\.`), func(p *player, f []string) {
		if n := p.s.Text("kierownik", "/api/wall", "ignored"); n != f[0] {
			p.fail("pominiętych: %s", n)
		}
	}},
	{form(`Ola (nie )?słyszy o obietnicy: (\w+)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.PromiseChanged)
		if heard := len(all) > 0 && all[len(all)-1].Code == f[1] && all[len(all)-1].Data["agent"] == "ola"; err != nil || heard == (f[0] != "") {
			p.fail("%+v %v", all, err)
		}
	}},
	{form(`Na liście obietnic (ola|piotr) (?:ma: (\S+)|nie ma nikogo)\.`), func(p *player, f []string) {
		var page struct {
			Items []struct {
				Customer struct{ Username string } `json:"customer"`
			} `json:"items"`
		}
		p.refusal(p.s.Call(f[0], "GET", "/api/conversations?view=promised", nil, &page), "")
		if f[1] == "" && len(page.Items) > 0 || f[1] != "" && (len(page.Items) != 1 || page.Items[0].Customer.Username != f[1]) {
			p.fail("%+v", page.Items)
		}
	}},
	{form(`Alert dla: (ola|piotr|wszyscy)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.AlertRaised)
		if err != nil || len(all) == 0 {
			p.fail("nie było alertu, %v", err)
		}
		if to, _ := all[len(all)-1].Data["agent"].(string); to != f[0] && !(to == "" && f[0] == "wszyscy") {
			p.fail("dla: %q", to)
		}
	}},
	{form(`Pytań o ocenę: (\d+)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.ConversationMoved)
		n := 0
		for _, e := range all {
			if e.Code == store.RatingAsked {
				n++
			}
		}
		if err != nil || n != num(f[0]) {
			p.fail("było ich %d, %v", n, err)
		}
	}},
	{form(`Alert poszerzony\.`), func(p *player, _ []string) {
		all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.AlertWidened)
		if err != nil || len(all) == 0 {
			p.fail("nie poszerzono go, %v", err)
		}
	}},
	{form(`Najpierw: (ola|piotr|nikt)\.`), func(p *player, f []string) {
		c, err := p.s.App.DB().Conversation(bg, world.Workspace, p.conv())
		if err != nil || string(c.Offered) != f[0] && !(c.Offered == "" && f[0] == "nikt") {
			p.fail("%q %v", c.Offered, err)
		}
	}},
	{form(`(ola|piotr) ma przerwę\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "PUT", "/api/me", map[string]any{"away": true}, nil), "")
	}},
	{form(`Każdy szkic ma podłożony błąd\.`), func(p *player, _ []string) {
		err := p.s.App.DB().Write(bg, world.Workspace, func(tx *store.Tx) error {
			w, err := tx.Workspace()
			if err != nil {
				return err
			}
			w.Settings.Sampling.Traps = 1000
			return tx.SaveWorkspace(w)
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}},
	{form(`Kierownik obniża temat (\w+) do L2\.`), func(p *player, f []string) {
		err := p.s.App.DB().Write(bg, world.Workspace, func(tx *store.Tx) error {
			t, err := tx.Touchpoint(f[0])
			if err != nil {
				return err
			}
			t.Level = tandem.L2
			return tx.SaveTouchpoint(t, "kierownik")
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}},
	{form(`Temat (\w+) ma poziom (L\d)\.`), func(p *player, f []string) {
		all, err := p.s.App.DB().Touchpoints(bg, world.Workspace)
		for _, t := range all {
			if t.ID == f[0] && fmt.Sprintf("L%d", t.Level) == f[1] {
				return
			}
		}
		p.fail("%+v %v", all, err)
	}},
	{form(`Szkic został (\w+)(?:, zmiana: (\w+))?\.`), func(p *player, f []string) {
		s, err := p.s.App.DB().Snapshot(bg, world.Workspace, p.conv(), time.Now())
		if err != nil {
			p.t.Fatal(err)
		}
		d, err := p.draftNow()
		if err != nil || string(d.State) != f[0] || f[1] != "" && string(d.Edit) != f[1] {
			p.fail("szkic %s %s (%d czeka), %v", d.State, d.Edit, len(s.Drafts), err)
		}
	}},
	{form(`(ola|piotr) otwiera szkic, odmowa (\w+)\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/drafts/"+p.draft.ID+"/open", map[string]any{}, nil), f[1])
	}},
	{form(`Szkic nie mówi: (.+)`), func(p *player, f []string) {
		if d, err := p.draftNow(); err != nil || has(d.Text, f[0]) {
			p.fail("szkic: %q, %v", d.Text, err)
		}
	}},
}

// sells gives a person a customer's account and an order in the shop, known by the platform's id.
func (p *player) sells(who, where, number, item, overdue string) {
	platform := map[string]string{"instagramie": "instagram", "facebooku": "facebook", "messengerze": "messenger", "whatsappie": "whatsapp"}[where]
	w, now := p.s.World, time.Now()
	id := "c-" + who
	name := strings.ToUpper(who[:1]) + who[1:]
	err := w.Shop.AddCustomer(sim.Customer{ID: id, FirstName: name, LastName: "Kowalczyk", Postcode: "30-001", Email: who + "@example.pl"})
	if err == nil {
		err = w.Link(platform, who, id)
	}
	o := sim.Order{Number: number, Status: "delivered", CreatedAt: now.Add(-20 * 24 * time.Hour), Total: sim.Money{Amount: 129900, Currency: "PLN"},
		Customer: sim.Customer{ID: id}, Items: []sim.Item{{SKU: "MS-900", Name: item, Quantity: 1, Price: sim.Money{Amount: 129900, Currency: "PLN"}}}}
	if overdue != "" {
		due := now.Add(-time.Duration(num(overdue)) * 24 * time.Hour)
		o.Status, o.Refund = "returned", &sim.Refund{Status: "pending", Amount: o.Total, DueAt: &due}
	}
	if err == nil {
		err = w.Shop.AddOrder(o)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// draftNow is the draft that somebody opened last.
func (p *player) draftNow() (d tandem.Draft, err error) {
	err = p.s.App.DB().Write(bg, world.Workspace, func(tx *store.Tx) error {
		d, err = tx.Draft(tandem.DraftID(p.draft.ID))
		return err
	})
	return d, err
}

func (p *player) path() string { return "/api/conversations/" + string(p.conv()) }

func warsaw() *time.Location {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		panic(err)
	}
	return zone
}
