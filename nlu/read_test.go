package nlu

import (
	"testing"

	"tandem"
)

func open(t testing.TB) *Model {
	t.Helper()
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The messages that the founders of the product named, and their harmless twins.
func TestFoundingMessages(t *testing.T) {
	m := open(t)
	for _, c := range []struct {
		text   string
		topics string // any of these
		moods  string
		hard   bool
		least  float64 // of escalation
		most   float64
	}{
		{"Gdzie jest moja paczka?! Miała być wczoraj!", "parcel_late parcel_tracking", "angry", false, 1.2, 99},
		{"Dzień dobry, kiedy dotrze moja paczka?", "parcel_tracking", "calm", false, 0, 1},
		{"zapomniałem hasła", "password_reset", "calm", false, 0, 1},
		{"TRZECI RAZ pytam ile kosztuje dostawa, co wy tam robicie?!", "delivery_options", "angry", true, 2.5, 99},
		{"Dzień dobry, paczka miała dotrzeć w poniedziałek, a dziś jest środa i nadal jej nie ma. Proszę o informację.",
			"parcel_late", "calm tense", false, 0, 2.5},
		{"to jakieś oszustwo", "", "angry tense", true, 2.5, 99},
		{"znowu zły rozmiar, jak zwrócić?", "", "", true, 1.2, 99},
		{"dzień dobry, znowu dostałam nie ten kolor", "", "", true, 1.2, 99},
		{"jestem znowu w domu, proszę doręczyć jutro", "", "", false, 0, 2},
		{"znowu jestem w domu", "", "", false, 0, 1.2},
		{"znów mieszkam w Krakowie, proszę zmienić adres", "", "", false, 0, 1.2},
		{"I'm home again, please deliver tomorrow", "", "", false, 0, 2},
		{"znowu jestem bez prądu", "", "", true, 1.2, 99},
		{"paczka znowu spóźniona", "", "", true, 1.2, 99},
		{"dzień dobry, niestety paczka spóźniona znowu, proszę o sprawdzenie", "", "", true, 1.2, 99},
		{"again no reply", "", "", true, 1.2, 99},
		{"hello, the parcel is late again", "", "", true, 1.2, 99},
		{"kiedy znowu będzie promocja", "", "calm", false, 0, 1},
		{"gdzie moja paczka, to oszustwo", "", "", true, 2.5, 99},
		{"to jakieś oszustwo, ile kosztuje dostawa?", "", "", true, 2.5, 99},
		{"Dzień dobry, oszukaliście mnie na koszcie dostawy zamówienia", "", "", true, 2.5, 99},
		{"where is my parcel, this is a scam", "", "", true, 2.5, 99},
		{"Syn mówi, że to oszustwo, ten SMS z dopłatą do paczki. Prawda to?", "", "", false, 0, 2},
		{"znowu to samo", "", "tense angry", true, 1.2, 99},
		{"macie błąd na fakturze", "invoice_unclear", "", true, 1, 99},
		{"znowu u was zamówię, super", "thanks", "pleased calm", false, 0, 0.5},
		{"mój błąd, już działa", "thanks", "pleased calm", false, 0, 1},
		{"znowu zamawiam", "", "pleased calm", false, 0, 1},
	} {
		r := m.Read(c.text, Context{Profile: High})
		if c.topics != "" && !set(c.topics)[r.Touchpoint] {
			t.Errorf("%q: touchpoint %s (%.2f), want %s; %v", c.text, r.Touchpoint, r.Confidence, c.topics, r.Alternatives)
		}
		if c.moods != "" && !set(c.moods)[string(r.Mood)] {
			t.Errorf("%q: mood %s (anger %.2f), want %s", c.text, r.Mood, r.Anger, c.moods)
		}
		if r.Hard != c.hard {
			t.Errorf("%q: hard %v %s, want %v; %+v", c.text, r.Hard, r.HardKind, c.hard, r.Evidence)
		}
		if r.Escalation < c.least || r.Escalation > c.most {
			t.Errorf("%q: escalation %.2f, want %.1f to %.1f; %+v", c.text, r.Escalation, c.least, c.most, r.Evidence)
		}
	}
	_ = tandem.Calm
}
