package sim

import (
	"fmt"
	"net/http"
	"time"
)

// Settings of the demo company's accounts.
const (
	InstagramToken = "IGAA-demo-modna-szafa"
	PageToken      = "EAA-demo-modna-szafa-page"
	WhatsAppToken  = "EAA-demo-modna-szafa-whatsapp"
	ShopToken      = "shop-demo-modna-szafa"
)

// ModnaSzafa gives the world of the demo company "Modna Szafa" as it is at the moment now: Instagram user marek is
// Marek Dąbrowski, whose order 48213 was promised for yesterday and is stuck in sorting; kasia is Katarzyna Lis, whose
// order 48377 is out for delivery today, on time; a dozen others are in other states. Nothing is subscribed yet.
func ModnaSzafa(now time.Time) *World {
	w := &World{Meta: NewMeta(http.DefaultClient), Shop: NewShop(ShopToken), Courier: NewCourier(), LLM: NewLLM()}
	w.SMS = NewTwilio(w.Meta)
	w.Instagram = w.Meta.Add(&Asset{Kind: Instagram, ID: "17841400000000001", Name: "Modna Szafa", Username: "modnaszafa",
		Token: InstagramToken})
	w.Page = w.Meta.Add(&Asset{Kind: Page, ID: "504100000000001", Name: "Modna Szafa", Token: PageToken})
	w.WhatsApp = w.Meta.Add(&Asset{Kind: WhatsApp, ID: "330000000000001", Name: "Modna Szafa", Token: WhatsAppToken,
		WABA: "220000000000001", Phone: "48799000111"})
	for _, t := range demoTemplates {
		w.Meta.AddTemplate(w.WhatsApp, t)
	}
	for i, s := range demo {
		w.sell(i, s, now)
	}
	for platform, users := range map[string]map[string]string{
		"instagram": {"marek": "c-1001", "kasia": "c-1002", "ewelina.k": "c-1003", "bartek_n": "c-1006", "natalia": "c-1013"},
		"messenger": {"marek": "c-1001", "agnieszka": "c-1004", "tomasz": "c-1005"},
		"facebook":  {"agnieszka": "c-1004", "tomasz": "c-1005"},
		"whatsapp":  {"marek": "c-1001", "kasia": "c-1002", "joanna": "c-1007", "natalia": "c-1013"},
		"webchat":   {"kasia": "c-1002"},
	} {
		for user, customer := range users {
			must(w.Link(platform, user, customer))
		}
	}
	return w
}

// demoTemplates are what the demo's WhatsApp number may say outside the window.
var demoTemplates = []Template{
	{Name: "status_paczki", Language: "pl", Status: "APPROVED", Category: "UTILITY", Body: "Dzień dobry, mamy nowe informacje o zamówieniu {{1}}. Czy możemy o nim porozmawiać?", Examples: []string{"48213"}},
	{Name: "powrot_do_rozmowy", Language: "pl", Status: "APPROVED", Category: "UTILITY", Body: "Dzień dobry, wracamy do rozmowy z {{1}}. Prosimy o odpowiedź, jeśli sprawa jest aktualna.", Examples: []string{"poniedziałku"}},
	{Name: "wyprzedaz", Language: "pl", Status: "APPROVED", Category: "MARKETING", Body: "Wyprzedaż w Modnej Szafie: {{1}}", Examples: []string{"płaszcze do 50% taniej"}},
	{Name: "dalej_na_pismie", Language: "pl", Status: "APPROVED", Category: "UTILITY", Body: "Dzień dobry, tu można dokończyć rozmowę z infolinii w sprawie: {{1}}. Wystarczy odpisać.", Examples: []string{"zwrot"}},
	{Name: "back_to_conversation", Language: "en", Status: "APPROVED", Category: "UTILITY", Body: "Hello, we are back with an answer about order {{1}}. Please reply if you still need it.", Examples: []string{"48213"}},
	{Name: "zwrot_gotowy", Language: "pl", Status: "PAUSED", Category: "UTILITY", Body: "Zwrot za zamówienie {{1}} w kwocie {{2}} jest w drodze.", Examples: []string{"48213", "249,98 zł"}},
	{Name: "zdjecie_paczki", Language: "pl", Status: "APPROVED", Category: "UTILITY", Format: "IMAGE", Body: "Dzień dobry, przesyłamy zdjęcie do zamówienia {{1}}. Czy wszystko się zgadza?", Examples: []string{"48213"},
		Footer: "Modna Szafa", Buttons: []TemplateButton{{"QUICK_REPLY", "Tak, dziękuję", ""}, {"URL", "Śledź paczkę", "https://" + ShopHost + "/sledz/{{1}}"}}},
	{Name: "karta_podarunkowa", Language: "pl", Status: "APPROVED", Category: "MARKETING", Body: "Oto kod na następne zakupy.", Buttons: []TemplateButton{{"COPY_CODE", "Kopiuj kod", ""}}},
}

// sold is one row of the demo's order book. ordered, scanned and due are hours before (or after, when negative) now;
// promised is days before today.
type sold struct {
	customer, number, status string
	ordered                  int
	item                     string
	price                    int64
	parcel                   string // ShipX status; empty: not sent
	scanned, promised        int
	refund                   string
	due                      int
}

// demoCustomers are the customers in the order of the rows that name them: first name, last name, postcode.
var demoCustomers = map[string][3]string{
	"c-1001": {"Marek", "Dąbrowski", "00-950"}, "c-1002": {"Katarzyna", "Lis", "31-041"},
	"c-1003": {"Ewelina", "Kaczmarek", "61-701"}, "c-1004": {"Agnieszka", "Wójcik", "80-833"},
	"c-1005": {"Tomasz", "Zieliński", "50-101"}, "c-1006": {"Bartosz", "Nowak", "90-001"},
	"c-1007": {"Joanna", "Szymańska", "40-012"}, "c-1008": {"Paweł", "Woźniak", "20-002"},
	"c-1009": {"Magdalena", "Krawczyk", "15-062"}, "c-1010": {"Grzegorz", "Piątek", "35-064"},
	"c-1011": {"Zofia", "Malinowska", "70-419"}, "c-1012": {"Łukasz", "Śliwa", "85-010"},
	"c-1013": {"Natalia", "Wrona", "60-101"},
}

var demo = []sold{
	{"c-1001", "48213", "sent", 98, "Kurtka zimowa Tatra, r. L", 24998, "delay_in_delivery", 20, 1, "", 0},
	{"c-1002", "48377", "sent", 45, "Sukienka midi Lena, r. 38", 18999, "out_for_delivery", 3, 0, "", 0},
	{"c-1001", "47102", "delivered", 900, "Szalik wełniany", 7999, "delivered", 850, 35, "", 0},
	{"c-1003", "48391", "paid", 20, "Płaszcz Mokotów, r. M", 39900, "", 0, 0, "", 0},
	{"c-1004", "47755", "returned", 500, "Buty trekkingowe, r. 39", 32900, "delivered", 450, 18, "pending", 72},
	{"c-1005", "48002", "delivered", 220, "Koszula lniana, r. XL", 14999, "delivered", 170, 7, "", 0},
	{"c-1006", "48105", "sent", 170, "Plecak miejski", 21999, "ready_to_pickup", 26, 1, "", 0},
	{"c-1007", "47930", "returned", 330, "Torebka Sopot", 27900, "delivered", 280, 11, "paid", 40},
	{"c-1008", "48220", "sent", 110, "Bluza z kapturem, r. S", 12999, "missing", 8, 3, "", 0},
	{"c-1009", "48260", "sent", 90, "Spodnie dresowe, r. M", 9999, "avizo", 5, 0, "", 0},
	{"c-1010", "48399", "new", 2, "Czapka z daszkiem", 5999, "", 0, 0, "", 0},
	{"c-1011", "48311", "cancelled", 60, "Sweter Kaszmir, r. L", 29900, "", 0, 0, "pending", -120},
	{"c-1012", "48350", "packed", 50, "Rękawiczki skórzane", 11999, "confirmed", 4, -2, "", 0},
	{"c-1004", "48366", "sent", 48, "Skarpety 3-pak", 3999, "adopted_at_sorting_center", 7, -1, "", 0},
	{"c-1013", "48344", "sent", 96, "Bluzka jedwabna, r. S", 14999, "delay_in_delivery", 22, 1, "", 0}, // late, and its delivery was paid for
}

// sell writes one row into the shop and the courier's book.
func (w *World) sell(i int, s sold, now time.Time) {
	ago := func(hours int) time.Time {
		return now.Add(-time.Duration(hours) * time.Hour).UTC().Truncate(time.Minute)
	}
	name := demoCustomers[s.customer]
	nth := s.customer[len(s.customer)-2:]
	must(w.Shop.AddCustomer(Customer{ID: s.customer, FirstName: name[0], LastName: name[1], Postcode: name[2],
		Email: fold(name[0]) + "." + fold(name[1]) + "@example.pl", Phone: "+486001002" + nth}))
	total := s.price
	if total < 19900 {
		total += 1499 // delivery costs 14,99 zł below 199 zł
	}
	o := Order{Number: s.number, Status: s.status, CreatedAt: ago(s.ordered), Total: Money{total, "PLN"},
		Customer: Customer{ID: s.customer}, Items: []Item{{fmt.Sprintf("MS-%03d", 101+i), s.item, 1, Money{s.price, "PLN"}}}}
	if total > s.price {
		o.Delivery = &Money{total - s.price, "PLN"}
	}
	if s.parcel != "" {
		promised := s.when(now)
		o.Parcel = &ShippedParcel{Carrier: "inpost", Number: "6200000000000000000" + s.number, PromisedAt: &promised}
		must(w.Courier.Add(Parcel{Number: o.Parcel.Number, Locker: "WAW" + nth + "A", Events: travelled(s.parcel, ago(s.scanned))}))
	}
	if s.refund != "" {
		due := ago(s.due)
		o.Refund = &Refund{Status: s.refund, Amount: Money{s.price, "PLN"}, DueAt: &due}
	}
	if s.status != "new" && s.status != "cancelled" {
		o.Invoice = &Invoice{Number: "FV/" + s.number, IssuedAt: o.CreatedAt, URL: "https://" + ShopHost + "/faktury/" + s.number + ".pdf"}
	}
	must(w.Shop.AddOrder(o))
}

// when is the moment the customer was told: at six in the evening some days ago or ahead, for today's promise never
// before the next hour.
func (s sold) when(now time.Time) time.Time {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		zone = time.FixedZone("CET", 3600)
	}
	local := now.In(zone)
	at := time.Date(local.Year(), local.Month(), local.Day()-s.promised, 18, 0, 0, 0, zone)
	if soon := local.Add(time.Hour); s.promised == 0 && at.Before(soon) {
		if at = time.Date(local.Year(), local.Month(), local.Day(), 23, 59, 0, 0, zone); at.Before(soon) {
			at = soon // the day is over
		}
	}
	return at.UTC()
}

// fold writes a Polish name with ASCII letters, as people do in addresses.
func fold(s string) string {
	plain := map[rune]rune{'ą': 'a', 'ć': 'c', 'ę': 'e', 'ł': 'l', 'ń': 'n', 'ó': 'o', 'ś': 's', 'ź': 'z', 'ż': 'z',
		'Ł': 'l', 'Ś': 's', 'Ż': 'z'}
	out := []rune{}
	for _, r := range s {
		if p, ok := plain[r]; ok {
			r = p
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		out = append(out, r)
	}
	return string(out)
}

// must is for the fixed data above, where an error is a mistake in this file.
func must(err error) {
	if err != nil {
		panic("sim: " + err.Error())
	}
}
