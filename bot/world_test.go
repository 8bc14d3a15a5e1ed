package bot

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem"
)

var update = flag.Bool("update", false, "write the golden files anew")

var warsaw, _ = time.LoadLocation("Europe/Warsaw")

// monday is 23 November 2026, 10:00.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, warsaw)

// all are the 40 shipped touchpoints of TOUCHPOINTS.md.
var all = strings.Fields(`order_status parcel_tracking delivery_options return_how_to exchange refund_status password_reset account_change
	order_change order_cancel payment_methods invoice_request promo_code product_availability store_hours booking_make booking_change
	warranty_terms loyalty_program newsletter damaged_item wrong_item parcel_late parcel_lost refund_overdue payment_problem
	invoice_unclear product_advice service_complaint fraud_safety privacy_request legal_threat churn human_request bot_question
	greeting thanks goodbye cooperation other`)

// shop is the demo company with everything filled in.
func shop() tandem.Snapshot {
	s := tandem.Snapshot{Now: monday.UTC(), Staffed: true, Next: monday.Add(23 * time.Hour)}
	s.Workspace = tandem.Workspace{Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl"}
	for i := range s.Workspace.Hours.Week {
		s.Workspace.Hours.Week[i] = tandem.Span{From: 9 * 60, To: 20 * 60}
	}
	s.Workspace.Settings.ShopFacts = tandem.ShopFacts{
		DeliveryPrice: "14,99 zł", FreeFrom: "199 zł", DeliveryTime: "1–2 dni robocze", Methods: "Paczkomaty InPost i kurier", ReturnDays: 14,
		PayMethods: "BLIK, karta i szybki przelew", Address: "ul. Długa 5, Kraków", Phone: "12 345 67 89", ResetURL: "https://modnaszafa.example/haslo",
		ReturnURL: "https://modnaszafa.example/zwroty", BookingURL: "https://modnaszafa.example/wizyta", Warranty: "24 miesiące od zakupu, z paragonem",
		Loyalty: "1 zł to 1 punkt, 200 punktów to 10 zł rabatu", Newsletter: "zapis i rezygnacja są w stopce sklepu", Promo: "z kodem LISTOPAD 10% taniej do końca miesiąca",
	}
	s.Conversation = tandem.Conversation{ID: "01", Lang: "pl", Owner: tandem.Bot, Seq: 1, Asked: 1}
	s.Threads = []tandem.Thread{{ID: "t", Surface: tandem.Direct}, {ID: "post", Surface: tandem.Comment}}
	s.Messages = []tandem.Message{{ID: "m1", Seq: 1, Thread: "t", Origin: tandem.FromCustomer, Text: "pytanie", At: monday.Add(-time.Minute)}}
	s.Customer = tandem.Customer{First: "Marek", Name: "Marek Dąbrowski", Identities: []tandem.Identity{{Verified: tandem.V2}}}
	s.Touchpoints = map[string]tandem.Touchpoint{}
	for _, t := range all {
		s.Touchpoints[t] = tandem.Touchpoint{ID: t, Level: tandem.L4}
	}
	return s
}

// disclosed is the same in the middle of a conversation.
func disclosed(s tandem.Snapshot) tandem.Snapshot {
	s.Conversation.Disclosed = s.Now.Add(-time.Hour)
	return s
}

func english2(s tandem.Snapshot) tandem.Snapshot {
	s.Conversation.Lang = "en"
	return s
}

func decide(act tandem.Act, topic string, more ...func(*tandem.Decision)) tandem.Decision {
	d := tandem.Decision{ID: "d1", Seq: 1, Act: act, Touchpoint: topic, Level: tandem.L4, At: monday, Reading: tandem.Reading{Touchpoint: topic, Mood: tandem.Calm, Set: []string{topic}}}
	for _, m := range more {
		m(&d)
	}
	return d
}

func missing(m ...string) func(*tandem.Decision) {
	return func(d *tandem.Decision) { d.Missing = m }
}

func mood(m tandem.Mood) func(*tandem.Decision) {
	return func(d *tandem.Decision) { d.Reading.Mood = m }
}

func ty(d *tandem.Decision) { d.Reading.Form = "ty" }

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// found are the facts of one order, sent, with a parcel in a state, promised for tonight.
func found(parcel string, bad bool) tandem.Findings {
	f := func(key, value, text, source string, class tandem.Class) tandem.Fact {
		return tandem.Fact{Key: key, Value: value, Text: text, Source: source, At: monday, Class: class, Subject: "48213"}
	}
	out := tandem.Findings{Verified: tandem.V1, Customer: &tandem.ShopCustomer{ID: "c-1", Name: "Marek Dąbrowski", First: "Marek", Count: 3, Since: monday.AddDate(-2, 0, 0)},
		Facts: []tandem.Fact{
			f("order", "48213", "Zamówienie 48213", "sklep", tandem.D1), f("status", "sent", "Wysłane", "sklep", tandem.D1),
			f("parcel", parcel, map[bool]string{true: "Opóźnienie w sortowni", false: "Status"}[parcel == "delayed"], "InPost", tandem.D1),
			f("promised", stamp(monday.Add(8*time.Hour)), "Obiecana dostawa: 23 listopada, 18:00", "sklep", tandem.D1),
			f("scan", stamp(monday.Add(-3*time.Hour)), "Ostatni skan: 23 listopada, 07:00", "InPost", tandem.D1),
			f("place", "WAW01A", "Punkt odbioru: WAW01A", "InPost", tandem.D2), f("tracking", "620000000000000000048213", "Przesyłka", "sklep", tandem.D1),
			f("items", "Kurtka zimowa Tatra", "Kurtka zimowa Tatra", "sklep", tandem.D2), f("total", "24998 PLN", "Wartość: 249,98 zł", "sklep", tandem.D2),
			f("refund", "pending", "Zwrot pieniędzy w toku", "sklep", tandem.D2), f("refund_amount", "9999 PLN", "Kwota zwrotu: 99,99 zł", "sklep", tandem.D2),
			f("refund_due", stamp(monday.AddDate(0, 0, 2)), "Termin zwrotu: 25 listopada", "sklep", tandem.D2),
			f("invoice", "FV/48213", "Faktura FV/48213", "sklep", tandem.D2), f("address", "00-950", "Kod pocztowy 00-950", "sklep", tandem.D3),
		}}
	for i, x := range out.Facts {
		if x.Key == "parcel" {
			out.Facts[i].Bad = bad
		}
	}
	return out
}

// late moves the promise to yesterday.
func late(f tandem.Findings) tandem.Findings {
	for i, x := range f.Facts {
		if x.Key == "promised" {
			f.Facts[i].Value, f.Facts[i].Bad = stamp(monday.Add(-16*time.Hour)), true
		}
	}
	return f
}

func with(f tandem.Findings, key, value string) tandem.Findings {
	for i, x := range f.Facts {
		if x.Key == key {
			f.Facts[i].Value = value
		}
	}
	return f
}

// golden compares a text with the stored one.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("%s line %d\n got %s\nwant %s", path, i+1, a, b)
		}
	}
}

// show is a reply as the golden files have it: claims in braces.
func show(r tandem.Reply) string {
	if !r.OK {
		return "(nothing)\n"
	}
	var b strings.Builder
	last := 0
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "%s{%s|%s D%d}", r.Text[last:c.Start], c.Text, c.Source, c.Class)
		last = c.End
	}
	fmt.Fprintf(&b, "%s\n", r.Text[last:])
	if len(r.Choice) > 0 {
		fmt.Fprintf(&b, "  [%s]\n", strings.Join(r.Choice, "] ["))
	}
	return b.String()
}
