// Package demo has the demo company "Modna Szafa": its people, its accounts at the simulators, its
// sources and its facts. `tandem demo` and the stories start from it; `tandem serve` never does.
package demo

import (
	"context"

	"tandem"
	"tandem/policy"
	"tandem/sim"
	"tandem/store"
)

// What the demo company is called by.
const (
	Workspace   tandem.WorkspaceID = "modna-szafa"
	Site                           = "demo" // the key of its website chat
	Password                       = "demo"
	VerifyToken                    = "verify-modna-szafa"
	SiteSecret                     = "widget-secret-modna-szafa"
	smsNumber                      = "48799000222"
)

// SMSHook is the address that the company's number sends its messages to.
func SMSHook(here string) string { return here + "/hook/sms/" + smsNumber }

// Hosts are the base addresses of the simulated world.
type Hosts struct {
	Facebook, Instagram, CDN, Shop, Courier, Twilio string
}

// InMemory are the addresses on a sim.Net.
var InMemory = Hosts{
	Facebook: "https://" + sim.FacebookHost, Instagram: "https://" + sim.InstagramHost, CDN: "https://" + sim.CDNHost,
	Shop: "https://" + sim.ShopHost, Courier: "https://" + sim.CourierHost, Twilio: "https://" + sim.TwilioHost,
}

// Options are what differs between a demo and a story.
type Options struct {
	Hosts Hosts
	Here  string       // the address that the platforms call tandem by
	Hash  string       // of Password
	Hours tandem.Hours // when people are at the desk
}

// Always is a desk that is never closed: the demo plays at any hour.
var Always = week(tandem.Span{From: 0, To: 24 * 60})

// Office is the desk of the stories: 9:00 to 20:00 every day.
var Office = week(tandem.Span{From: 9 * 60, To: 20 * 60})

func week(s tandem.Span) tandem.Hours {
	return tandem.Hours{Week: [7]tandem.Span{s, s, s, s, s, s, s}}
}

// People are who signs in: two agents and the manager who owns the company.
var People = []tandem.User{
	{ID: "ola", Email: "ola@demo.pl", Name: "Ola Mazur", Role: tandem.RoleAgent, Lang: "pl"},
	{ID: "piotr", Email: "piotr@demo.pl", Name: "Piotr Nowak", Role: tandem.RoleAgent, Lang: "pl"},
	{ID: "kierownik", Email: "kierownik@demo.pl", Name: "Anna Kubiak", Role: tandem.RoleOwner, Lang: "pl"},
}

// Facts are what the company says about itself to anybody.
var Facts = tandem.ShopFacts{
	DeliveryPrice: "14,99 zł", FreeFrom: "199 zł", DeliveryTime: "1–2 dni robocze", Methods: "kurier InPost, Paczkomat InPost, odbiór w salonie",
	ReturnDays: 30, PayMethods: "BLIK, karta, szybki przelew, płatność przy odbiorze",
	Address: "ul. Krucza 12, Warszawa, codziennie 9:00–20:00", Phone: "22 100 20 30",
	ResetURL: "https://modnaszafa.example/haslo", ReturnURL: "https://modnaszafa.example/zwroty", BookingURL: "https://modnaszafa.example/przymiarka",
	Warranty:   "2 lata od zakupu; reklamację rozpatrujemy w 14 dni",
	Loyalty:    "W Klubie Szafy 1 zł to 1 punkt, a 200 punktów daje 10 zł rabatu",
	Newsletter: "Zapis i rezygnacja są w stopce strony i w każdym liście",
	Promo:      "Kod SZAFA10 daje 10% na pierwsze zamówienie",
}

// Company writes the demo company into a database. It may run again on one that has it already.
func Company(ctx context.Context, db *store.DB, o Options) error {
	return db.Write(ctx, Workspace, func(tx *store.Tx) error {
		if err := tx.Enqueue(store.WatchJob(tx.Now)); err != nil {
			return err
		}
		was, err := tx.Workspace()
		if err == nil && was.ID == Workspace { // only the addresses may have moved
			return connect(tx, o)
		}
		w := tandem.Workspace{ID: Workspace, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl", Hours: o.Hours,
			Settings: tandem.Settings{Profile: "wysoka", OrderPattern: `\b4[78]\d{3}\b`, ShopFacts: Facts}}
		if err := tx.SaveWorkspace(w); err != nil {
			return err
		}
		for _, t := range policy.Shipped {
			if err := tx.SaveTouchpoint(t, "setup"); err != nil {
				return err
			}
		}
		for _, u := range People {
			if err := tx.SaveUser(u, o.Hash); err != nil {
				return err
			}
		}
		return connect(tx, o)
	})
}

// connect writes the accounts and the sources with the addresses of this run.
func connect(tx *store.Tx, o Options) error {
	meta := func(token, secret string) map[string]string {
		return map[string]string{"token": token, "app_secret": secret, "verify_token": VerifyToken}
	}
	for _, a := range []tandem.Account{
		{ID: "instagram", Kind: "instagram", Name: "Instagram @modnaszafa", External: "17841400000000001",
			Settings: map[string]string{"login": "instagram", "base": o.Hosts.Instagram, "media": o.Hosts.CDN}, Secrets: meta(sim.InstagramToken, "tandem-test-instagram-secret")},
		{ID: "facebook", Kind: "facebook", Name: "Facebook Modna Szafa", External: "504100000000001",
			Settings: map[string]string{"base": o.Hosts.Facebook, "media": o.Hosts.CDN}, Secrets: meta(sim.PageToken, "tandem-test-app-secret")},
		{ID: "whatsapp", Kind: "whatsapp", Name: "WhatsApp +48 799 000 111", External: "330000000000001",
			Settings: map[string]string{"base": o.Hosts.Facebook, "waba_id": "220000000000001", "phone": "48799000111", "invitation": "dalej_na_pismie", "media": o.Hosts.CDN}, Secrets: meta(sim.WhatsAppToken, "tandem-test-app-secret")},
		{ID: "sms", Kind: "sms", Name: "SMS +48 799 000 222", External: smsNumber,
			Settings: map[string]string{"base": o.Hosts.Twilio, "account_sid": sim.TwilioAccount, "callback": SMSHook(o.Here)}, Secrets: map[string]string{"token": sim.TwilioToken}},
		{ID: "webchat", Kind: "webchat", Name: "Czat na stronie", External: Site, Settings: map[string]string{}, Secrets: map[string]string{"widget_secret": SiteSecret}},
	} {
		a.State = tandem.AccountOK
		if err := tx.SaveAccount(a); err != nil {
			return err
		}
	}
	for _, s := range []store.Source{
		{ID: "shop", Kind: "httpjson", Settings: map[string]string{"base": o.Hosts.Shop}, Secrets: map[string]string{"token": sim.ShopToken}},
		{ID: "inpost", Kind: "inpost", Settings: map[string]string{"base": o.Hosts.Courier}},
	} {
		if err := tx.SaveSource(s, "setup"); err != nil {
			return err
		}
	}
	return nil
}
