package bot

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Tidy takes off what models wrap an answer in: a heading, quotation marks around the whole, stars,
// line breaks.
func Tidy(text string) string {
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, "**", "")), " ")
	for _, head := range []string{"Podsumowanie:", "Streszczenie:", "Summary:"} {
		if rest, ok := strings.CutPrefix(text, head); ok {
			text = strings.TrimSpace(rest)
		}
	}
	if r := []rune(text); len(r) > 2 && strings.ContainsRune(`"„“`, r[0]) && strings.ContainsRune(`"”`, r[len(r)-1]) && !strings.ContainsAny(string(r[1:len(r)-1]), `"„”“`) {
		text = string(r[1 : len(r)-1])
	}
	return text
}

// Faithful is the fact filter of HITL.md 2.3: it tells whether a summary says only what the material
// says. Every number, amount, date, time, id, name, quotation, state of things and promise in it must
// be in the material, a state with the same yes or no. Money, ids, states and promises that only the
// customer speaks of must stand in a sentence that tells them as the customer's words; so an order to the model that is hidden in a
// customer's message becomes a claim about what the customer wrote, or is refused. name tells of a
// folded word whether it is a known first name. It returns an empty string, or the kind of the first
// thing that has no source: empty, long, form, language, quote, name, number, amount, date, time, code,
// status, promise, denial.
//
// It compares forms, not meanings: a wrong relation between right things ("the courier returned it")
// is found only where a row of notions knows the words.
func Faithful(text string, m Material, name func(string) bool) string {
	return m.filter(name).refuses(text)
}

// filter is what may be said, read once.
type filter struct {
	m          Material
	name       func(string) bool
	ours, both source
}

func (m Material) filter(name func(string) bool) filter {
	f := filter{m, name, newSource(), newSource()}
	for _, l := range m.Ours {
		if l.rest > 0 {
			f.both.add(l, m)
		}
		l.Text = l.Text[l.rest:]
		f.ours.add(l, m)
	}
	for _, l := range m.Theirs {
		f.both.add(l, m)
	}
	f.ours.said[stated{"status", "awaited"}] = true // why else would a person be asked for
	maps.Copy(f.both.said, f.ours.said)
	maps.Copy(f.both.names, f.ours.names)
	for w, p := range f.ours.words {
		f.both.words[w] = polarity{f.both.words[w].stated || p.stated, f.both.words[w].denied || p.denied}
	}
	f.both.text.WriteString(f.ours.text.String())
	return f
}

func (f filter) refuses(text string) string {
	if why := shape(text, f.m.Lang); why != "" {
		return why
	}
	text, fine := f.both.unquote(text)
	if !fine {
		return "quote"
	}
	for _, sentence := range sentences(text) {
		if why := f.lacks(sentence); why != "" {
			return why
		}
	}
	return ""
}

var (
	markup  = pattern("[<>{}|`@#*_]|https?:|www\\.|^\\s*(?:[-•]|\\d+[.)])\\s")
	refusal = pattern(`\b(?:jako (?:model|asystent|ai)|model\w* jezykow|as an ai|language model|i (?:cannot|can't|am unable)|nie moge|przykro mi)\b`)
)

// shape looks at the form of a summary: its length, plain text, the desk's language.
func shape(text, lang string) string {
	words := strings.Fields(text)
	switch {
	case len(words) < wordedLeast:
		return "empty"
	case len(words) > wordedMost+wordedMost/8 || len([]rune(text)) > wordedRunes:
		return "long"
	case markup().MatchString(strings.ReplaceAll(text, "#", "")) || refusal().MatchString(folded(text)):
		return "form"
	case tongueOf(text) != lang:
		return "language"
	}
	return ""
}

// little are words that only one of the two languages has.
var little = map[string]map[string]bool{
	"pl": wordSet("w we z ze na nie sie jest sa i oraz ale od po przez dla przy czy ze tej ten ta tego jej jego klient klientka zamowienie paczka pisze pyta prosi byl byla bylo ma juz wczoraj dzis jutro"),
	"en": wordSet("the is are was were and of has have not but for with by from that this it its their they customer order parcel writes asks an at on yesterday today tomorrow"),
}

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// tongueOf is the language of a text by its little words, empty where neither has more.
func tongueOf(text string) string {
	pl, en := 0, 0
	for _, w := range strings.FieldsFunc(folded(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if little["pl"][w] {
			pl++
		}
		if little["en"][w] {
			en++
		}
	}
	switch {
	case pl > en:
		return "pl"
	case en > pl:
		return "en"
	}
	return ""
}

// source is what may be said.
type source struct {
	said  map[stated]bool
	names map[string]bool // stems of all words
	words map[string]polarity
	text  *strings.Builder
}

func newSource() source {
	return source{said: map[stated]bool{}, names: map[string]bool{}, words: map[string]polarity{}, text: &strings.Builder{}}
}

func (s source) add(l Line, m Material) {
	for _, x := range statements(l.Who+": "+l.Text, m.Lang, l.At, true) {
		s.said[x] = true
	}
	for _, w := range tokens(l.Who + " " + l.Text) {
		for st := range stems(folded(w)) {
			s.names[st] = true
		}
	}
	for w, p := range polar(folded(l.Text)) {
		s.words[w] = polarity{s.words[w].stated || p.stated, s.words[w].denied || p.denied}
	}
	s.text.WriteString(bareText(l.Text) + " . ")
}

// bareText is folded and has single spaces between its words and nothing else.
func bareText(s string) string { return strings.Join(tokens(folded(s)), " ") }

// tokens are the words of a text, numbers included.
func tokens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var quotation = pattern(`[„“"«]([^„“”"«»]{1,300})[”“"»]`)

// unquote takes quotations out of a text, keeping where a sentence ends. Each must be in the material
// word for word.
func (s source) unquote(text string) (rest string, fine bool) {
	fine = true
	rest = quotation().ReplaceAllStringFunc(text, func(q string) string {
		r := []rune(q)
		if want := bareText(string(r[1 : len(r)-1])); want != "" && !strings.Contains(s.text.String(), want) {
			fine = false
		}
		if strings.ContainsRune(".!?…", r[len(r)-2]) {
			return ". "
		}
		return " "
	})
	return rest, fine && !strings.ContainsAny(rest, "„“”\"«»") // one that does not end
}

var (
	speech = pattern(`\b(?:pisz\w*|pisal\w*|napisal\w*|twierdz\w*|pyta\w*|spytal\w*|zapytal\w*|prosi\w*|zglasz\w*|zglosi\w*|skarz\w*|zada|zadaj\w*|domag\w*|podaj\w*|podal\w*|uwaza\w*|` +
		`oczek\w*|chce|chca|chcial\w*|mowi\w*|dodaj\w*|wspomin\w*|wspomnial\w*|relacjon\w*|wedlug|zdaniem|nalega\w*|narzek\w*|grozi\w*|zapowiada\w*|zarzuca\w*|opisuj\w*|informuj\w*|` +
		`ask\w*|says?|said|writes?|writing|wrote|claim\w*|reports?|reported|demand\w*|wants?|wanted|request\w*|complain\w*|states?|stated|expect\w*|mention\w*|threaten\w*|accus\w*|according to)\b`)
	ourSpeech = pattern(`\b(?:bot\w*|konsultant\w*|agent\w*|sklep\w*|firm[aye]|obslug\w*|pracowni\w*|kierowni\w*|zespol\w*|shop|company|support|team|staff|manager|we)\s+(?:\w+\s+)?(?:` +
		`pisz|pisal|napisal|twierdz|pyta|spytal|zapytal|prosi|zglasz|zglosi|podaj|podal|mowi|dodaj|zapowiada|informuj|asked|asks|says|said|writes|wrote|states|stated|wants|expects|reports)`)
)

// attributed tells whether a folded sentence tells what the customer said.
func attributed(s string) bool { return speech().MatchString(s) && !ourSpeech().MatchString(s) }

// theirsToo are the kinds that a sentence may take from the customer without saying so: what a person acts
// on by mistake is money, an id, a state, a promise.
var theirsToo = map[string]bool{"date": true, "time": true, "number": true}

// lacks returns the kind of the first thing in a sentence that has no source.
func (f filter) lacks(sentence string) string {
	theirs := attributed(folded(sentence))
	for _, x := range statements(sentence, f.m.Lang, f.m.Now, false) {
		if !f.ours.has(x) && !((theirs || theirsToo[x.kind]) && f.both.has(x)) {
			return x.kind
		}
	}
	if turned(sentence, f.both.words) {
		return "denial"
	}
	for _, w := range proper(sentence, f.name) {
		if !slices.ContainsFunc(keys(stems(w)), func(st string) bool { return f.both.names[st] }) {
			return "name"
		}
	}
	return ""
}

// has: an id may be told with its role where the material has it without one, but not in another's.
func (s source) has(x stated) bool {
	if s.said[x] {
		return true
	}
	if x.kind != "code" {
		return false
	}
	role, id, _ := strings.Cut(x.value, " ")
	for _, other := range roles {
		if other != role && s.said[stated{"code", other + " " + id}] {
			return false
		}
	}
	return s.said[stated{"number", id}]
}

func keys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

// forms of address and words that English and Polish write with a capital and that name nobody.
var noName = wordSet("pan pani panu pana panem panstwo panstwa panstwu ai vip mr mrs ms i im pln eur gbp usd klient klientka klienta klientce klientki the customer")

// proper finds the names of a sentence, folded: words with a capital inside it, and its first word where
// that is a known first name or another name follows.
func proper(sentence string, name func(string) bool) []string {
	words := tokens(sentence)
	capital := func(i int) bool {
		return i >= 0 && i < len(words) && unicode.IsUpper([]rune(words[i])[0])
	}
	var out []string
	for i := range words {
		w := folded(words[i])
		if !capital(i) || noName[w] || weekForm().MatchString(w) || dayForm().MatchString(w) || monthWord().MatchString(w) || strings.ContainsAny(w, "0123456789") {
			continue
		}
		if i == 0 && !(name != nil && slices.ContainsFunc(bases(w), name)) && !(capital(1) && !noName[folded(words[1])]) {
			continue
		}
		out = append(out, w)
	}
	return out
}

var monthWord = pattern(`^` + monthNames + `$`)
