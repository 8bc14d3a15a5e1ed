package app

import (
	"time"

	"tandem"
	"tandem/store"
)

// The demo's addresses at Meta, its shop and its secrets. They are no secrets: they fit the
// simulators of package sim, which a test of cmd/tandem holds, and nothing else.
const (
	DemoSite        = "demo" // key of the website
	DemoVerifyToken = "verify-me"
)

// ModnaSzafa is the demo company "Modna Szafa" of docs: an online shop with four channels whose
// platforms are simulated. The shop's opening hours of 9 to 20 are what the bot tells customers;
// people are at the demo's desk all day and night, so that every scenario plays at any hour.
func ModnaSzafa() Company {
	const ws = tandem.WorkspaceID("modna-szafa")
	allDay := tandem.Span{From: 0, To: 24 * 60}
	c := Company{Workspace: tandem.Workspace{
		ID: ws, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl",
		Hours: tandem.Hours{Week: [7]tandem.Span{allDay, allDay, allDay, allDay, allDay, allDay, allDay}},
		Settings: tandem.Settings{
			OrderPattern: `\b4[78]\d{3}\b`, Profile: "wysoka", Gather: 700 * time.Millisecond, AgentSilence: 15 * time.Minute,
			ShopFacts: demoFacts,
		},
	}}
	for _, p := range []struct{ id, email, name, role string }{
		{"ola", "ola@demo.pl", "Ola Wiśniewska", "agent"}, {"piotr", "piotr@demo.pl", "Piotr Mazur", "agent"}, {"kierownik", "kierownik@demo.pl", "Ewa Kamińska", "owner"},
	} {
		c.People = append(c.People, Employee{tandem.User{ID: tandem.UserID(p.id), Workspace: ws, Email: p.email, Name: p.name, Role: tandem.Role(p.role), Lang: "pl"}, "demo"})
	}
	c.Accounts = demoAccounts()
	c.Sources = []store.Source{
		{ID: "demo-shop", Kind: "httpjson", Settings: map[string]string{"base": "https://shop.modnaszafa.example", "name": "Sklep"}, Secrets: map[string]string{"token": "shop-demo-modna-szafa"}},
		{ID: "demo-courier", Kind: "inpost", Settings: map[string]string{}},
	}
	return c
}

var demoFacts = tandem.ShopFacts{
	DeliveryPrice: "14,99 zł", FreeFrom: "199 zł", DeliveryTime: "1–2 dni robocze", Methods: "kurier InPost, paczkomat InPost", ReturnDays: 30,
	PayMethods: "BLIK, karta, przelew, PayPo, płatność przy odbiorze", Address: "ul. Tkacka 7, 00-950 Warszawa", Phone: "+48 799 000 111",
	ResetURL: "https://modnaszafa.example/haslo", ReturnURL: "https://modnaszafa.example/zwrot", BookingURL: "https://modnaszafa.example/przymiarka",
	Warranty:   "Na wszystkie ubrania przysługuje dwuletnia rękojmia, a na kurtki dodatkowo roczna gwarancja producenta.",
	Loyalty:    "W klubie Modnej Szafy za każde 10 zł przysługuje 1 punkt, a 100 punktów to 20 zł rabatu.",
	Newsletter: "Do newslettera można zapisać się na dole strony, a wypisać linkiem w stopce każdej wiadomości.",
	Promo:      "Do końca miesiąca z kodem SZAFA10 zamówienia od 150 zł są tańsze o 10%.",
}

func demoAccounts() []tandem.Account {
	meta := func(id, kind, name, external, token, secret string, settings map[string]string) tandem.Account {
		return tandem.Account{
			ID: tandem.AccountID(id), Kind: kind, Name: name, External: external, State: tandem.AccountOK, Settings: settings,
			Secrets: map[string]string{"token": token, "app_secret": secret, "verify_token": DemoVerifyToken},
		}
	}
	return []tandem.Account{
		meta("demo-instagram", "instagram", "Instagram @modnaszafa", "17841400000000001", "IGAA-demo-modna-szafa", "tandem-test-instagram-secret",
			map[string]string{"login": "instagram", "app_id": "880000000000002"}),
		meta("demo-facebook", "facebook", "Facebook Modna Szafa", "504100000000001", "EAA-demo-modna-szafa-page", "tandem-test-app-secret", map[string]string{"app_id": "880000000000001"}),
		meta("demo-whatsapp", "whatsapp", "WhatsApp +48 799 000 111", "330000000000001", "EAA-demo-modna-szafa-whatsapp", "tandem-test-app-secret",
			map[string]string{"app_id": "880000000000001", "waba_id": "220000000000001"}),
		{ID: "demo-webchat", Kind: "webchat", Name: "Czat na stronie", External: DemoSite, State: tandem.AccountOK, Settings: map[string]string{},
			Secrets: map[string]string{"widget_secret": "demo-widget-secret"}},
	}
}
