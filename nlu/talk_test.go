package nlu

import (
	"testing"

	"tandem"
)

// What is written in the middle of a talk: most of it says nothing of a topic by itself, and then it is about
// the talk's. A clear new question, thanks, a wish for a person and a feeling get through.
func TestInTheMiddleOfATalk(t *testing.T) {
	m := open(t)
	for _, c := range []struct{ topic, bot, says, want string }{ // want: any of these
		{"booking_make", "Mogę zmienić na stolik o 20:15. Czy to pasuje?", "pasuje jak ulał", "booking_make"},
		{"promo_code", "Rabat został naliczony.", "weszlo :)", "promo_code thanks"},
		{"payment_methods", "Decyduje bank.", "Mam je od pół roku.", "payment_methods"},
		{"product_availability", "Tak, 7 kg za 169 zł.", "a w abonamencie co miesiac?", "product_availability"},
		{"product_availability", "Yes, in stock, £6.50.", "robbery at that price, in a good way. two of each please", "product_availability"},
		{"booking_make", "Dogs are welcome, I've noted it.", "Perfect. Name's Osei.", "booking_make thanks"},
		{"store_hours", "Do 19:00.", "to wpadne w piatek", "store_hours"},
		{"parcel_tracking", "Jaki jest numer zamówienia?", "48213", "parcel_tracking"},
		{"store_hours", "Do 19:00.", "a jak można płacić?", "payment_methods"},
		{"parcel_tracking", "Paczka jest w drodze.", "Ile kosztuje dostawa?", "delivery_options"},
		{"store_hours", "Do 18:00.", "chcę odstąpić od umowy i zwrócić te buty, jak to zrobić?", "return_how_to"},
		{"parcel_tracking", "Doręczono dziś.", "w paczce jest cudza bluzka zamiast mojej kurtki", "wrong_item"},
		{"parcel_tracking", "Paczka jest w drodze.", "dziękuję", "thanks"},
	} {
		r := m.Read(c.says, inTalk(c.topic, c.bot))
		if !set(c.want)[r.Touchpoint] || len(r.Set) != 1 {
			t.Errorf("about %s, %q: %s %.2f %v", c.topic, c.says, r.Touchpoint, r.Confidence, r.Set)
		}
		if r.WantsHuman || r.Mood == tandem.Angry || r.Escalation >= Threshold(High) {
			t.Errorf("%q: a person %.2f, %s, escalation %.2f", c.says, r.HumanScore, r.Mood, r.Escalation)
		}
	}
}

// An offer that is taken is no wish for a person; a person who is asked for is, in the middle of a talk as at
// its beginning.
func TestAWishInTheMiddleOfATalk(t *testing.T) {
	m := open(t)
	for says, want := range map[string]bool{
		"poproszę :)": false, "tak, poproszę": false, "please do": false,
		"człowieka poproszę": true, "wolę z kimś porozmawiać": true, "połączcie mnie z kimś": true, "konsultant": true,
		"prosze zeby ktos do mnie zadzwonil": true, "can I talk to someone?": true, "human please": true,
	} {
		if r := m.Read(says, inTalk("parcel_tracking", "Czy wysłać SMS w dniu dostawy?")); r.WantsHuman != want {
			t.Errorf("%q: a person %v (%.2f), want %v", says, r.WantsHuman, r.HumanScore, want)
		}
	}
}

// Feelings get through, short or long, however calm the talk was.
func TestAFeelingInTheMiddleOfATalk(t *testing.T) {
	m := open(t)
	for _, says := range []string{"oszuści", "To jest skandal!!!", "co za żenada, trzeci raz to samo", "kpina jakaś", "no to jest jakiś żart",
		"dość tego, mam was dosyć", "this is a joke", "useless!!", "what a disgrace, I've had enough"} {
		r := m.Read(says, inTalk("parcel_tracking", "Paczka jest w drodze."))
		if alone := m.Read(says, Context{}); r.Escalation < Threshold(High) && alone.Escalation >= Threshold(High) {
			t.Errorf("%q: %s, escalation %.2f; alone %.2f", says, r.Mood, r.Escalation, alone.Escalation)
		}
	}
}

// What the talk is about is no more certain than it was: a guess that nobody confirmed is not made a topic by "ok".
func TestAGuessStaysAGuess(t *testing.T) {
	m := open(t)
	c := inTalk("privacy_request", "Proszę rozjaśnić ekran.")
	c.Before[0].Reading = &tandem.Reading{Touchpoint: "privacy_request", Confidence: 0.24, Mood: tandem.Calm,
		Alternatives: []tandem.Guess{{Touchpoint: "service_complaint", Confidence: 0.12}, {Touchpoint: "promo_code", Confidence: 0.1}, {Touchpoint: "return_how_to", Confidence: 0.09}}}
	if r := m.Read("dalej nic", c); len(r.Set) < 2 {
		t.Errorf("%s %.2f %v: certain of a guess", r.Touchpoint, r.Confidence, r.Set)
	}
}

func inTalk(topic, bot string) Context {
	return Context{Lang: "pl", Touchpoint: topic, Before: []Turn{
		{Customer: true, Text: "dzień dobry, mam pytanie", Reading: &tandem.Reading{Touchpoint: topic, Confidence: 0.95, Mood: tandem.Calm}},
		{Text: bot},
	}}
}
