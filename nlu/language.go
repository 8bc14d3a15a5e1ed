package nlu

import (
	"sync"
	"unicode"
)

// functionWords are frequent short words, folded, of the languages that are told apart. A word may
// be in several lists; rare ones are what decides.
var functionWords = map[string]map[string]bool{
	"pl": set("nie jest czy jak mam ale sie bo juz jeszcze moge prosze dzien dobry kiedy gdzie moje moja moj dla przez " +
		"oraz jestem sa bylo byla bedzie dlaczego ile ktos cos nic tego jej jego ze ja mi was panstwo witam hej czesc " +
		"dziekuje chce chcialam chcialem zeby tylko wasz wasza nadal tez albo bardzo dzis jutro wczoraj mnie pan pani tak z " +
		"w i za od po pod nad przed paczka zamowienie zwrot faktura haslo dzieki masz macie co to"),
	"en": set("the is are was were my your you and not how when where what why can could would please i im have has had do " +
		"does did dont this that with for from it its on of at in a an to me we they order hello hi hey thanks thank need " +
		"want will been be if but or get got still any there here just about"),
	"de": set("ich ist nicht und der die das mein meine wo wann wie bitte haben habe hat ein eine einen fur mit auf sie wir " +
		"kann konnen noch danke hallo guten tag warum bestellung paket lieferung wird wurde mir ihr ihre von zu dem den auch"),
	"cs": set("jsem neni kde kdy jak prosim dekuji dobry den muj moje mam nemam objednavka balik zasilka ale jeste uz ktery " +
		"protoze bych chtel chtela dnes zitra vcera vas vasi je se ve na si jsou"),
	"sk": set("som nie kde kedy ako prosim dakujem dobry den moj moja mam nemam objednavka balik zasielka ale este uz ktory " +
		"pretoze by chcel chcela dnes zajtra vcera vas vasa je sa vo na su"),
	"es": set("el la los las es no donde cuando como por favor gracias hola mi pedido paquete quiero tengo para con una un que " +
		"esta estoy muy pero mas del se lo su porque buenos dias"),
	"fr": set("le la les est pas ou quand comment merci bonjour mon ma je suis vous nous commande colis avec pour une un des " +
		"que qui dans sur mais tres plus du et votre pourquoi"),
	"it": set("il lo la gli non dove quando come grazie ciao mio mia sono ho avete ordine pacco per con una un che di del " +
		"della buongiorno ma piu molto perche vorrei vostro"),
	"uk": set("я не де коли як мій моя мені є чи що це дякую добрий день замовлення посилка будь ласка але ще вже для від "),
	"ru": set("я не где когда как мой моя мне есть ли что это спасибо добрый день здравствуйте заказ посылка пожалуйста но еще уже для от и"),
	"lt": set("kur kada kaip mano yra ne aciu labas prasau uzsakymas siunta bet dar jau ar"),
}

// languageOrder makes ties fall the same way each time.
var languageOrder = []string{"pl", "en", "de", "uk", "ru", "cs", "sk", "es", "fr", "it", "lt"}

// languageLetters are letters that one language has and its neighbours lack.
var languageLetters = map[rune]string{'ą': "pl", 'ę': "pl", 'ł': "pl", 'ś': "pl", 'ć': "pl", 'ź': "pl", 'ż': "pl", 'ń': "pl",
	'ß': "de", 'ä': "de", 'ü': "de", 'ї': "uk", 'і': "uk", 'є': "uk", 'ґ': "uk", 'ы': "ru", 'э': "ru", 'ё': "ru", 'ъ': "ru",
	'ě': "cs", 'ř': "cs", 'ů': "cs", 'ľ': "sk", 'ĺ': "sk", 'ŕ': "sk", 'ñ': "es", '¿': "es", 'ç': "fr", 'è': "fr", 'ê': "fr",
	'œ': "fr", 'ė': "lt", 'ų': "lt", 'į': "lt"}

// scripts of other languages are told by the letters alone.
var scripts = []struct {
	table *unicode.RangeTable
	lang  string
}{{unicode.Arabic, "ar"}, {unicode.Hebrew, "he"}, {unicode.Han, "zh"}, {unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"},
	{unicode.Hangul, "ko"}, {unicode.Greek, "el"}, {unicode.Devanagari, "hi"}, {unicode.Thai, "th"},
	{unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}}

// language tells the language of a text: pl, en, one of the others that are recognised, or und. It
// is sure where the evidence is clear; english is the trained probability of English against Polish.
func language(s *scanned, english float64, hint string) (lang string, sure bool) {
	if len(s.words) == 0 {
		return und(hint), false
	}
	score, letters := votes(s)
	if l, ok := script(s, letters); ok {
		return l, true
	}
	best, second := "", ""
	for _, l := range languageOrder {
		switch {
		case best == "" || score[l] > score[best]:
			best, second = l, best
		case second == "" || score[l] > score[second]:
			second = l
		}
	}
	lead := score[best] - score[second]
	if best != "pl" && best != "en" && score[best] >= 2 && lead >= 1 {
		return best, lead >= 2
	}
	if letters == 0 {
		return und(hint), false
	}
	// Between Polish and English the trained model and the function words vote together.
	e := english + 0.25*(score["en"]-score["pl"])/max(1, score["en"]+score["pl"])
	if hint == "en" {
		e += 0.1
	} else if hint == "pl" {
		e -= 0.1
	}
	lang = "pl"
	if e > 0.5 {
		lang = "en"
	}
	return lang, score[lang] >= 2 && lead >= 1 || e > 0.85 || e < 0.15
}

func und(hint string) string {
	if hint != "" {
		return hint
	}
	return "und"
}

// languagesOf has each function word with the languages that it belongs to.
var languagesOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, l := range languageOrder {
		for w := range functionWords[l] {
			m[w] = append(m[w], l)
		}
	}
	return m
})

// votes counts function words and telling letters.
func votes(s *scanned) (score map[string]float64, letters int) {
	score = make(map[string]float64, len(languageOrder))
	for n, i := range s.words {
		t := &s.tokens[i]
		if t.kind != word || n > 60 {
			continue
		}
		letters += len(t.fold)
		for _, l := range languagesOf()[t.fold] {
			score[l]++
		}
		for _, r := range t.raw {
			if r >= 0x80 {
				score[languageLetters[r]] += 0.7
			}
		}
	}
	return score, letters
}

// script returns the language of a text whose letters mostly belong to a script of its own.
func script(s *scanned, letters int) (string, bool) {
	n := map[string]int{}
	total, cyrillic := 0, 0
	for _, r := range clip(s.text, 600) {
		if !unicode.IsLetter(r) {
			continue
		}
		total++
		if r < 0x370 {
			continue
		}
		if unicode.Is(unicode.Cyrillic, r) {
			cyrillic++
		}
		for _, x := range scripts {
			if unicode.Is(x.table, r) {
				n[x.lang]++
				break
			}
		}
	}
	for _, x := range scripts {
		if n[x.lang]*2 > total {
			return x.lang, true
		}
	}
	if cyrillic*2 > total && letters > 0 {
		score, _ := votes(s)
		if score["ru"] > score["uk"] {
			return "ru", true
		}
		return "uk", true
	}
	return "", false
}
