package nlu

import (
	"strings"
	"testing"
	"time"
)

func TestEntities(t *testing.T) {
	now := time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC) // a Wednesday
	for text, want := range map[string]string{
		"zamówienie 48213":                            "order=48213",
		"moje zam. nr #482":                           "order=482",
		"nr paczki 620012345678901234567890 InPost":   "tracking=620012345678901234567890",
		"6200 1234 5678 9012 3456 7890":               "tracking=620012345678901234567890",
		"paczka DPD 1000123456789U":                   "tracking=1000123456789U",
		"list RR123456785PL":                          "tracking=RR123456785PL",
		"UPS 1Z999AA10123456784":                      "tracking=1Z999AA10123456784",
		"proszę dzwonić 501 600 700":                  "phone=+48501600700",
		"tel. +48 22 123 45 67":                       "phone=+48221234567",
		"0048501600700":                               "phone=+48501600700",
		"+44 20 7946 0958":                            "phone=+442079460958",
		"Anna.Nowak@Przyklad.pl.":                     "email=anna.nowak@przyklad.pl",
		"NIP 526-025-02-74":                           "nip=5260250274",
		"nip: 5260250274":                             "nip=5260250274",
		"konto PL61 1090 1014 0000 0712 1981 2874":    "iban=PL61109010140000071219812874",
		"61 1090 1014 0000 0712 1981 2874":            "iban=PL61109010140000071219812874",
		"pesel 44051401359":                           "pesel=44051401359",
		"karta 4111 1111 1111 1111":                   "card=4111111111111111",
		"kosztowało 1 240,50 zł":                      "amount=1240.50 PLN",
		"za 89zł":                                     "amount=89.00 PLN",
		"it was £12.5":                                "amount=12.50 GBP",
		"00-950 Warszawa":                             "postcode=00-950",
		"zamówione 12.11.2026":                        "date=2026-11-12",
		"zamówione 5 listopada":                       "date=2026-11-05",
		"wczoraj":                                     "date=2026-11-17",
		"za 3 dni":                                    "date=2026-11-21",
		"dwa tygodnie temu":                           "date=2026-11-04",
		"miała być w poniedziałek":                    "date=2026-11-16",
		"przyjdę w piątek":                            "date=2026-11-20",
		"ordered 3 days ago":                          "date=2026-11-15",
		"on December 24th":                            "",
		"24th December":                               "date=2026-12-24",
		"rozmiar M":                                   "size=M",
		"buty rozmiar 42,5":                           "size=42,5",
		"koszulka XL":                                 "size=XL",
		"nazywam się Anna Kowalska-Nowak":             "name=Anna surname=Kowalska-Nowak",
		"Pozdrawiam, Marek":                           "name=Marek",
		"otwarte 10.00-18.00":                         "",
		"o godz. 10.30":                               "",
		"ul. Długa 5/3, 30-001 Kraków, tel 501600700": "address=ul. Długa 5/3 postcode=30-001 phone=+48501600700",
		"48213, 501 600 700":                          "order=48213 phone=+48501600700",
		"zamówienie 48213 na kwotę 199 zł z 3.11, ania@domek.pl": "order=48213 amount=199.00 PLN date=2026-11-03 email=ania@domek.pl",
	} {
		var got []string
		for _, e := range entities(scan(text), nil, now) {
			got = append(got, e.Kind+"="+e.Value)
			if e.Start < 0 || e.End > len(text) || e.Start >= e.End {
				t.Errorf("%q: place %d-%d", text, e.Start, e.End)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %q, want %q", text, g, want)
		}
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"mój pesel 44051401359 i karta 4111-1111-1111-1111": "mój pesel [PESEL] i karta [karta]",
		"zwrot na PL61109010140000071219812874":             "zwrot na [konto]",
		"pisz na ola@demo.pl albo 501-600-700":              "pisz na [e-mail] albo [telefon]",
		"ul. Polna 3 m. 5, 00-950 Warszawa":                 "[adres], [kod] Warszawa",
		"zamówienie 48213 za 199 zł":                        "zamówienie 48213 za 199 zł",
		"":                                                  "",
	} {
		if got := Mask(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	long := strings.Repeat("kilka słów przed numerem ", 3000) + "501600700 koniec"
	if got := Mask(long); strings.Contains(got, "501600700") || !strings.HasSuffix(got, " koniec") {
		t.Error("a number at the end of a long text was not masked")
	}
}

func TestVocative(t *testing.T) {
	for name, want := range map[string]string{"Anna": "Anno", "Kasia": "Kasiu", "Ola": "Olu", "Maria": "Mario", "Marek": "Marku",
		"Paweł": "Pawle", "Piotr": "Piotrze", "Krzysztof": "Krzysztofie", "Tomek": "Tomku", "Jan": "Janie", "Michał": "Michale",
		"Łukasz": "Łukaszu", "Lukasz": "Łukaszu", "Aleksander": "Aleksandrze", "Kacper": "Kacprze", "Jakub": "Jakubie", "Kuba": "Kubo",
		"Andrzej": "Andrzeju", "Maciej": "Macieju", "Wojciech": "Wojciechu", "Dawid": "Dawidzie", "Robert": "Robercie", "Marcin": "Marcinie",
		"Ania": "Aniu", "Zosia": "Zosiu", "Katarzyna": "Katarzyno", "Agnieszka": "Agnieszko", "Jerzy": "Jerzy", "Antoni": "Antoni",
		"Grzegorz": "Grzegorzu", "Tomasz": "Tomaszu", "Stanisław": "Stanisławie", "Zbigniew": "Zbigniewie", "Kamil": "Kamilu",
		"Bartek": "Bartku", "Maciek": "Maćku", "Sylwia": "Sylwio", "Natalia": "Natalio", "Zofia": "Zofio", "Ewa": "Ewo",
		"Mieszko": "Mieszku", "Norbert": "Norbercie", "Szymon": "Szymonie", "Adam": "Adamie", "Filip": "Filipie", "Igor": "Igorze",
		"Józef": "Józefie", "Olek": "Olku", "Jaś": "Jasiu", "Emilia": "Emilio", "Krzysiek": "Krzyśku", "Wiktor": "Wiktorze"} {
		if got, ok := Vocative(name); !ok || got != want {
			t.Errorf("%s: %q %v, want %q", name, got, ok, want)
		}
	}
	for _, name := range []string{"Xavier", "Nguyen", "klient123", "", "Kowalski"} {
		if got, ok := Vocative(name); ok || got != "" {
			t.Errorf("%s: %q, want nothing", name, got)
		}
	}
}

func TestPersonOfTheWriter(t *testing.T) {
	for text, want := range map[string]string{
		"Zamówiłam sukienkę": "f", "kupilem wczoraj": "m", "chciałabym zapytać": "f", "chcialbym zwrocic": "m",
		"mam problem z mailem": "", "jestem zadowolona": "f", "wczoraj poszedłem do punktu": "m", "duzo reklam": "",
		"paczka nie przyszła": "", "powinienem dostać zwrot": "m",
	} {
		if got := genderOf(scan(text)); got != want {
			t.Errorf("gender of %q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"hej, macie ten model?": "ty", "Czy mogą Państwo sprawdzić?": "pan", "gdzie paczka": "", "Szanowni Państwo, proszę": "pan",
	} {
		if got, _ := formOf(scan(text)); got != want {
			t.Errorf("form of %q: %q, want %q", text, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	m := open(t)
	for text, want := range map[string]string{
		"gdzie jest moja paczka": "pl", "Where is my parcel?": "en", "Wo ist mein Paket? Ich warte schon lange": "de",
		"Де моя посилка? Я чекаю вже тиждень": "uk", "Где моя посылка? Я жду уже неделю": "ru", "paczka?": "pl", "refund please": "en",
		"Kde je můj balík? Objednávka ještě nepřišla": "cs", "¿Dónde está mi pedido? Gracias": "es", "أين طلبي": "ar",
		"zwrot": "pl", "hello": "en",
	} {
		if got := m.Read(text, Context{}); got.Lang != want {
			t.Errorf("%q: %s, want %s", text, got.Lang, want)
		}
	}
	if got := m.Read("123", Context{}); got.Lang != "und" {
		t.Errorf("a number has no language: %s", got.Lang)
	}
}
