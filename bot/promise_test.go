package bot

import (
	"strings"
	"testing"
	"time"

	"tandem"
)

// Monday is 23 November 2026, 10:00 in Warsaw.
func TestPromisesAreFoundWithTheirMoment(t *testing.T) {
	cases := []struct{ lang, text, due string }{
		{"pl", "Oddzwonimy do piątku.", "2026-11-27 23:59"},
		{"pl", "Kupon wyślemy dziś.", "2026-11-23 23:59"},
		{"pl", "Odezwę się jutro do 12:00.", "2026-11-24 12:00"},
		{"pl", "odezwe sie jutro do 12:00", "2026-11-24 12:00"},
		{"pl", "Korektę wystawię dziś do 15:00.", "2026-11-23 15:00"},
		{"pl", "Napiszę do godz. 17:00.", "2026-11-23 17:00"},
		{"pl", "Zadzwonię o 9:30.", "2026-11-24 09:30"},
		{"pl", "Zwrócimy pieniądze w ciągu 14 dni.", "2026-12-07 23:59"},
		{"pl", "Przelejemy środki w ciągu 2 dni roboczych.", "2026-11-25 23:59"},
		{"pl", "Przelejemy środki w ciągu 5 dni roboczych.", "2026-11-30 23:59"},
		{"pl", "Odpiszę za 2 godziny.", "2026-11-23 12:00"},
		{"pl", "Dam znać za godzinę.", "2026-11-23 11:00"},
		{"pl", "Damy znać za pół godziny.", "2026-11-23 10:30"},
		{"pl", "Zaraz odpiszemy.", "2026-11-23 11:00"},
		{"pl", "Odezwiemy się wkrótce.", "2026-11-24 10:00"},
		{"pl", "Odpowiedź dostanie Pani mailem najpóźniej do 6 grudnia.", "2026-12-06 23:59"},
		{"pl", "Otrzymasz zwrot do 06.12.2026.", "2026-12-06 23:59"},
		{"pl", "Zadzwonię o 9.10.", "2026-11-24 09:10"},
		{"pl", "Oddzwonię 6.12 o 14:30.", "2026-12-06 14:30"},
		{"pl", "Wyślemy nową sztukę 2026-12-01.", "2026-12-01 23:59"},
		{"pl", "Prześlę dokumenty do końca tygodnia.", "2026-11-29 23:59"},
		{"pl", "Oddzwonię w przyszłym tygodniu.", "2026-12-06 23:59"},
		{"pl", "Skontaktujemy się w poniedziałek.", "2026-11-30 23:59"},
		{"pl", "Skontaktujemy się do poniedziałku.", "2026-11-23 23:59"},
		{"pl", "Zadzwonię we wtorek po południu.", "2026-11-24 18:00"},
		{"pl", "Odpiszemy jutro rano.", "2026-11-24 12:00"},
		{"pl", "Pojutrze wyślemy paczkę.", "2026-11-25 23:59"},
		{"pl", "Napiszę, gdy tylko będę wiedzieć więcej.", "2026-11-24 10:00"},
		{"pl", "Sprawdzę to do jutra.", "2026-11-24 23:59"},
		{"pl", "Postaram się oddzwonić do 16:30.", "2026-11-23 16:30"},
		{"pl", "Ktoś z zespołu oddzwoni jutro o 9:00.", "2026-11-24 09:00"},
		{"pl", "Oddzwonimy do 17.", "2026-11-23 17:00"},
		{"pl", "Zwrócimy 249,98 zł do końca miesiąca.", "2026-11-30 23:59"},
		{"pl", "Oddzwonię dziś wieczorem.", "2026-11-23 22:00"},
		{"pl", "Przyślemy etykietę do jutra.", "2026-11-24 23:59"},
		{"pl", "Zwrot zrobimy do końca tygodnia.", "2026-11-29 23:59"},
		{"pl", "Obiecuję oddzwonić jutro do 12.", "2026-11-24 12:00"},
		{"pl", "Kupon zostanie wysłany dziś.", "2026-11-23 23:59"},
		{"pl", "Pieniądze wrócą na konto do piątku.", "2026-11-27 23:59"},
		{"pl", "Zadzwonię o 17-tej.", "2026-11-23 17:00"},
		{"pl", "Oddzwonimy w ciągu dwóch godzin.", "2026-11-23 12:00"},
		{"pl", "Zwrócimy pieniądze w ciągu dwóch dni roboczych.", "2026-11-25 23:59"},
		{"pl", "Zwrócimy pieniądze w ciągu 3–5 dni roboczych.", "2026-11-30 23:59"},
		{"pl", "Odezwiemy się po weekendzie.", "2026-11-30 23:59"},
		{"en", "We'll call you back within two hours.", "2026-11-23 12:00"},
		{"en", "You'll have your money back in 3-5 business days.", "2026-11-30 23:59"},
		{"en", "Your refund will be processed by Friday.", "2026-11-27 23:59"},
		{"en", "I'll follow up on Thursday.", "2026-11-26 23:59"},
		{"en", "We'll call you back by Friday.", "2026-11-27 23:59"},
		{"en", "I will send the coupon today.", "2026-11-23 23:59"},
		{"en", "I'll get back to you tomorrow by 12:00.", "2026-11-24 12:00"},
		{"en", "We will refund you within 14 days.", "2026-12-07 23:59"},
		{"en", "You will receive the invoice by 6 December.", "2026-12-06 23:59"},
		{"en", "You'll hear from us within 24 hours.", "2026-11-24 10:00"},
		{"en", "I'll call you at 5 pm.", "2026-11-23 17:00"},
		{"en", "We will write by the end of the day.", "2026-11-23 23:59"},
		{"en", "I'll let you know next week.", "2026-12-06 23:59"},
		{"en", "Someone from our team will call you on Tuesday.", "2026-11-24 23:59"},
		{"en", "I will reply shortly.", "2026-11-24 10:00"},
		{"en", "We will ship it in 2 business days.", "2026-11-25 23:59"},
		{"en", "I’ll send it tomorrow afternoon.", "2026-11-24 18:00"},
		{"en", "I'll check it by Thursday.", "2026-11-26 23:59"},
		{"", "Oddzwonimy do piątku.", "2026-11-27 23:59"},
		{"", "We will call you on Friday.", "2026-11-27 23:59"},
	}
	for _, c := range cases {
		got := Promises(c.text, c.lang, monday, warsaw)
		if len(got) != 1 || got[0].Due.In(warsaw).Format("2006-01-02 15:04") != c.due || got[0].Text != c.text {
			t.Errorf("%s\n got %+v\nwant %s", c.text, got, c.due)
		}
	}
}

// Clocks that change, holidays and the turn of a year do not move what was said.
func TestPromisesAcrossTheCalendar(t *testing.T) {
	for _, c := range []struct{ now, text, due string }{
		{"2026-10-23 10:00", "Zwrócimy pieniądze w ciągu 14 dni.", "2026-11-06 23:59 CET"},
		{"2026-10-25 01:30", "Oddzwonię za 2 godziny.", "2026-10-25 02:30 CET"}, // an hour was there twice
		{"2026-10-24 10:00", "Oddzwonimy jutro do 12:00.", "2026-10-25 12:00 CET"},
		{"2027-03-27 12:00", "Odpiszemy w ciągu 24 godzin.", "2027-03-28 13:00 CEST"},
		{"2027-03-27 12:00", "Odezwiemy się jutro rano.", "2027-03-28 12:00 CEST"},
		{"2027-03-26 10:00", "Kupon wyślemy do poniedziałku.", "2027-03-29 23:59 CEST"},
		{"2026-11-10 10:00", "Zwrócimy to w ciągu 2 dni roboczych.", "2026-11-13 23:59 CET"},  // 11 November
		{"2026-12-23 10:00", "Zwrócimy to w ciągu 3 dni roboczych.", "2026-12-30 23:59 CET"},  // Christmas Eve is a day off, and a weekend follows
		{"2027-03-26 10:00", "Zwrócimy to w ciągu 1 dni roboczych.", "2027-03-30 23:59 CEST"}, // Easter Monday
		{"2027-05-26 10:00", "Zwrócimy to w ciągu 2 dni roboczych.", "2027-05-31 23:59 CEST"}, // Corpus Christi
		{"2026-12-30 10:00", "Oddzwonimy do piątku.", "2027-01-01 23:59 CET"},
		{"2026-12-30 10:00", "Oddzwonimy 2 stycznia.", "2027-01-02 23:59 CET"},
		{"2026-11-27 21:00", "Oddzwonimy do piątku.", "2026-11-27 23:59 CET"},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, warsaw)
		if err != nil {
			t.Fatal(err)
		}
		got := Promises(c.text, "pl", now, warsaw)
		if len(got) != 1 || got[0].Due.In(warsaw).Format("2006-01-02 15:04 MST") != c.due {
			t.Errorf("%s, %s: %+v, want %s", c.now, c.text, got, c.due)
		}
	}
	berlin, _ := time.LoadLocation("Europe/Berlin") // whose holidays are not known
	if got := Promises("Zwrócimy to w ciągu 1 dni roboczych.", "pl", time.Date(2026, 11, 10, 10, 0, 0, 0, berlin), berlin); len(got) != 1 || got[0].Due.Day() != 11 {
		t.Errorf("%+v", got)
	}
}

// Dates of Easter Sunday as the Church keeps them.
func TestEaster(t *testing.T) {
	for _, day := range []string{"2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2030-04-21", "2038-04-25"} {
		want, _ := time.Parse(time.DateOnly, day)
		if got := easter(want.Year()); !got.Equal(want) {
			t.Errorf("%s: %s", day, got)
		}
	}
}

func TestWhatIsNoPromise(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"pl", "Czy możemy oddzwonić jutro?"}, {"pl", "Oddzwonimy jutro, dobrze?"}, {"pl", "Nie wyślemy tego dziś."}, {"pl", "Niestety nie zwrócimy kosztów przesyłki."},
		{"pl", "Wysłaliśmy paczkę wczoraj."}, {"pl", "Kupon już poszedł."}, {"pl", "Oddzwoniłam w piątek."}, {"pl", "Jeśli paczka nie dotrze do piątku, zwrócimy pieniądze."},
		{"pl", "Gdyby coś, zadzwonię jutro."}, {"pl", "Kurier zadzwoni jutro o 9:00."}, {"pl", "Paczka dotrze jutro."}, {"pl", "Sklep jest otwarty do 20:00."},
		{"pl", "Mogę oddzwonić jutro do 12:00."}, {"pl", "Sprawdzam to."}, {"pl", "Sprawdzę to."}, {"pl", "Na zwrot jest 14 dni."}, {"pl", "Kiedy Pani wyśle paczkę, kurier odbierze ją jutro."},
		{"pl", "Proszę odesłać paczkę do piątku."}, {"pl", "Kupon będzie ważny do piątku."}, {"pl", "Paczka zostanie doręczona jutro."}, {"pl", "W razie pytań odpiszemy dziś."}, {"pl", ""},
		{"en", "Shall we call you tomorrow?"}, {"en", "We won't refund this by Friday."}, {"en", "We sent it yesterday."}, {"en", "If it does not arrive by Friday, we will refund you."},
		{"en", "The courier will arrive tomorrow."}, {"en", "Please send it back by Friday."}, {"en", "We can call you tomorrow."}, {"en", "You have 14 days for a return."}, {"en", "I will check it."},
	} {
		if got := Promises(c.text, c.lang, monday, warsaw); len(got) > 0 {
			t.Errorf("%q: %+v", c.text, got)
		}
	}
}

func TestTwoPromisesInOneSentenceAreTwo(t *testing.T) {
	got := Promises("Przepraszam za kłopot. Kupon wyślemy dziś, a zadzwonimy jutro do 12:00. Pozdrawiam, Ola", "pl", monday, warsaw)
	if len(got) != 2 || got[0].Text != "Kupon wyślemy dziś" || got[1].Text != "zadzwonimy jutro do 12:00." ||
		got[0].Due.Day() != 23 || got[1].Due.Format("02 15:04") != "24 12:00" {
		t.Errorf("%+v", got)
	}
	got = Promises("Zlecam przelew teraz i napiszę, gdy bank potwierdzi.", "pl", monday, warsaw)
	if len(got) != 1 || got[0].Due.Sub(monday) != 24*time.Hour {
		t.Errorf("%+v", got)
	}
	got = Promises("Spotkanie 6.12. Zadzwonię do godz. 17:00 w sprawie kwoty 14.99 zł!\nOdpiszę jutro.", "pl", monday, warsaw)
	if len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

// TestTheBotPromisesNothing holds that no answer, question or notice of the bot but "we will reply"
// binds anybody.
func TestTheBotPromisesNothing(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		for _, topic := range all {
			s := shop()
			s.Conversation.Lang = lang
			texts := []string{Compose(s, decide(tandem.Answer, topic), late(found("delayed", true))).Text,
				Compose(s, decide(tandem.Ask, topic, missing("private")), tandem.Findings{}).Text, Compose(s, decide(tandem.Ask, topic, missing("order", "contact", "again")), tandem.Findings{}).Text}
			for _, text := range texts {
				if got := Promises(text, lang, monday, warsaw); len(got) > 0 {
					t.Errorf("%s: %+v", topic, got)
				}
			}
		}
	}
}

func FuzzPromises(f *testing.F) {
	for _, s := range []string{"Oddzwonimy do piątku.", "za 999 dni", "31.02", "do 99:99", "We'll call at 25:61 on 31 February", "\xff\xfe do 17", strings.Repeat("a, ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Promises(s, "", monday, warsaw) {
			if p.Text == "" || p.Due.IsZero() {
				t.Errorf("%+v", p)
			}
		}
	})
}
