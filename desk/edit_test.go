package desk_test

import (
	"math"
	"testing"

	"tandem/desk"
)

func TestEditClasses(t *testing.T) {
	const was = "Dzień dobry, paczka 48213 dotrze w środę 25.11, dostawa kosztuje 14,99 zł. Nie trzeba nic robić."
	for _, c := range []struct{ name, was, is, want string }{
		{"nothing", was, was, ""},
		{"a capital and a mark", "dzień dobry paczka jest w drodze", "Dzień dobry, paczka jest w drodze!", "cosmetic"},
		{"a slip of the pen", "Dzień dobry, paczka jest już w drodze do Pani", "Dzień dobry, paczka jest juz w drodze do Pani", "cosmetic"},
		{"a closing word", "Dzień dobry, Pani zamówienie jest już spakowane i czeka na kuriera z naszego magazynu", "Dzień dobry, Pani zamówienie jest już spakowane i czeka na kuriera z naszego magazynu. :)", "cosmetic"},
		{"other words, the same facts", "Paczka jest w drodze.", "Bardzo przepraszam za kłopot, paczka jest w drodze, proszę jeszcze o chwilę cierpliwości.", "tone"},
		{"an adverb that ends like a negation", "Sprawdzimy to.", "Sprawdzimy to wyraźnie i uważnie, proszę się o nic już dziś bać.", "factual"}, // dziś is a day
		{"an adverb only", "Sprawdzimy to szybko.", "Sprawdzimy to bardzo uważnie i wyraźnie.", "tone"},

		{"an amount", "Dostawa kosztuje 14,99 zł.", "Dostawa kosztuje 12,99 zł.", "factual"},
		{"an amount with a space for thousands", "Kwota zamówienia to 1 240,00 zł.", "Kwota zamówienia to 1 420,00 zł.", "factual"},
		{"the same amount, other space", "Kwota zamówienia to 1 240,00 zł.", "Kwota zamówienia to 1\u00a0240,00 zł.", "cosmetic"},
		{"an amount taken away", "Kwota zamówienia to 1 240,00 zł.", "Kwotę podam po weryfikacji.", "factual"},
		{"a number of days", "Zwrot trwa do 14 dni.", "Zwrot trwa do 4 dni.", "factual"},
		{"a number in words", "Zwrot trwa dwa dni.", "Zwrot trwa trzy dni.", "factual"},
		{"a date", "Dotrze 25.11.", "Dotrze 26.11.", "factual"},
		{"a month", "Odpowiedź do 6 grudnia.", "Odpowiedź do 6 stycznia.", "factual"},
		{"a day", "Paczka będzie w środę.", "Paczka będzie w piątek.", "factual"},
		{"a day taken away", "Paczka będzie u Pani w środę.", "Paczka będzie u Pani.", "factual"},
		{"a day added", "Oddzwonimy.", "Oddzwonimy jutro.", "factual"},
		{"today for tomorrow", "Korektę wystawię dziś.", "Korektę wystawię jutro.", "factual"},
		{"an hour", "Zadzwonimy o 9:30.", "Zadzwonimy o 10:30.", "factual"},
		{"a negation added", "Paczka dotarła.", "Paczka nie dotarła.", "factual"},
		{"a negation taken away", "Nie przyjmujemy zwrotów bielizny.", "Przyjmujemy zwroty bielizny.", "factual"},
		{"an address", "Proszę pisać na biuro@szafa.pl.", "Proszę pisać na zwroty@szafa.pl.", "factual"},
		{"a link", "https://szafa.example/zwrot", "https://szafa.example/reklamacja", "factual"},
		{"an order", "Zamówienie 48213 jest w drodze.", "Zamówienie 48377 jest w drodze.", "factual"},
		{"the same facts in another order", "Dziś wyślemy 48213.", "48213 wyślemy dziś.", "tone"},
		{"the mark after a number", "Numer: 48213", "Numer: 48213.", "cosmetic"},

		{"a negation in English", "The parcel has arrived.", "The parcel has not arrived.", "factual"},
		{"a short negation in English", "We do ship on Sunday.", "We don't ship on Sunday.", "factual"},
		{"a short negation with a curly mark", "We do ship there.", "We don’t ship there.", "factual"},
		{"a day in English", "It arrives on Monday.", "It arrives on Tuesday.", "factual"},
		{"two days for two weeks", "Zwrot trwa 2 dni.", "Zwrot trwa 2 tygodnie.", "factual"},
		{"another greeting", "Dzień dobry, przesyłam link.", "Cześć, przesyłam link.", "tone"},
		{"money, not the day", "Przelew wyślemy szybko.", "Bardzo przepraszam, środki wyślemy szybko.", "tone"},
		{"a word that begins like a month", "Może Pani zmienić rozmiar sukienki.", "Mają Państwo możność zmiany rozmiaru.", "tone"},
	} {
		if got, _ := desk.Class(c.was, c.is); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		was, is string
		want    float64
	}{
		{"a", "a", 0}, {"", "abc", 1}, {"abc", "", 1}, {"abcd", "abce", 0.25}, {"żółw", "żółwi", 0.2}, {"Ala  ma kota!", "ala ma kota", 0}, {"...", "!!!", 0},
	} {
		_, got := desk.Class(c.was, c.is)
		if math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%q to %q: %g, want %g", c.was, c.is, got, c.want)
		}
		if _, back := desk.Class(c.is, c.was); back != got {
			t.Errorf("%q and %q: %g one way, %g the other", c.was, c.is, got, back)
		}
	}
}
