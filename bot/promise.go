package bot

import (
	"strings"
	"time"
	"unicode"

	"tandem"
)

// Promises finds what a text of the company promises, with the moment it is due: the end of the day
// where only a day is named, a day from now where nothing is. lang is "pl" or "en", anything else
// tries both; zone is the company's. Questions, conditions, negations and what has happened already
// are no promises. Only Text and Due are set.
func Promises(text, lang string, now time.Time, zone *time.Location) []tandem.Promise {
	if zone == nil {
		zone = time.UTC
	}
	now = now.In(zone)
	var out []tandem.Promise
	for _, s := range sentences(text) {
		if strings.HasSuffix(s, "?") {
			continue
		}
		for _, t := range tongues(lang) {
			if found := t.promises(s, now); len(found) > 0 {
				out = append(out, found...)
				break
			}
		}
	}
	return out
}

// Moment finds the moment that a text names, in the company's zone: the end of the day where only a day is
// named. It returns false where none is, and for "soon". Both languages are tried.
func Moment(text string, now time.Time, zone *time.Location) (time.Time, bool) {
	now = now.In(zone)
	text = ascii(strings.ToLower(text))
	for _, t := range tongues("") {
		if due, ok, real := t.due(text, now); ok && real {
			return due, true
		}
	}
	return time.Time{}, false
}

// tongue is how one language promises.
type tongue struct {
	verb      lazy // over folded text: somebody of ours will do something
	exact     lazy // over text with its diacritics, where it has any; nil: verb
	vague     lazy // verbs that are a promise only with a date
	no        lazy // before the verb: not a promise
	condition lazy
	split     lazy
	due       func(text string, now time.Time) (time.Time, bool, bool) // the moment, whether there is one, whether it is a real date
}

func tongues(lang string) []tongue {
	switch lang {
	case "pl":
		return []tongue{polishTongue}
	case "en":
		return []tongue{englishTongue}
	}
	return []tongue{polishTongue, englishTongue}
}

// promises finds those of one sentence. A sentence with two verbs is taken apart, each with the time
// that stands beside it.
func (t tongue) promises(sentence string, now time.Time) []tandem.Promise {
	low := strings.ToLower(sentence)
	if t.condition().MatchString(ascii(low)) {
		return nil
	}
	parts := pieces(sentence, t.split)
	var verbs []int
	for i, p := range parts {
		if t.promising(strings.ToLower(p)) {
			verbs = append(verbs, i)
		}
	}
	var out []tandem.Promise
	for n, i := range verbs {
		from, to := i, len(parts)
		if n == 0 {
			from = 0
		}
		if n+1 < len(verbs) {
			to = verbs[n+1]
		}
		group := strings.TrimSpace(strings.Join(parts[from:to], ""))
		due, ok := t.when(parts, from, i, to, now)
		if !ok {
			continue
		}
		if len(verbs) == 1 {
			group = strings.TrimSpace(sentence)
		}
		out = append(out, tandem.Promise{Text: clip(trimJoin(group), 200), Due: due})
	}
	return out
}

// when looks for the time in the verb's own piece, then in those after it, then in those before.
func (t tongue) when(parts []string, from, verb, to int, now time.Time) (time.Time, bool) {
	order := []int{verb}
	for i := verb + 1; i < to; i++ {
		order = append(order, i)
	}
	for i := verb - 1; i >= from; i-- {
		order = append(order, i)
	}
	vague := t.vague().MatchString(ascii(strings.ToLower(parts[verb])))
	for _, i := range order {
		if due, ok, real := t.due(ascii(strings.ToLower(parts[i])), now); ok && (real || !vague) {
			return due, true
		}
	}
	return now.Add(24 * time.Hour), !vague
}

// promising tells whether a piece says that we will do something. Where a text has diacritics they
// decide: "wyślę" is a promise, "wyśle" is what somebody else does.
func (t tongue) promising(low string) bool {
	folded := ascii(low)
	if t.no().MatchString(folded) {
		return false
	}
	if t.exact != nil && low != folded {
		return t.exact().MatchString(low)
	}
	return t.verb().MatchString(folded)
}

// pieces cuts a sentence before each separator and keeps everything.
func pieces(s string, at lazy) []string {
	var out []string
	last := 0
	for _, m := range at().FindAllStringIndex(s, -1) {
		out = append(out, s[last:m[0]])
		last = m[0]
	}
	return append(out, s[last:])
}

// trimJoin takes the separator off the beginning of a piece.
func trimJoin(s string) string {
	s = strings.TrimLeft(s, " ,;–-")
	for _, w := range []string{"a ", "i ", "oraz ", "ale ", "and ", "but "} {
		s = strings.TrimPrefix(s, w)
	}
	return strings.TrimSpace(s)
}

var abbreviations = []string{"godz", "ul", "nr", "ok", "np", "tj", "r", "tel", "al", "p.m", "a.m", "m.in", "ww", "pn", "pt", "sob", "niedz"}

// sentences cuts a text; full stops of dates and abbreviations do not end one.
func sentences(text string) []string {
	var out []string
	r := []rune(text)
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(string(r[start:end])); s != "" {
			out = append(out, s)
		}
		start = end
	}
	for i, c := range r {
		switch c {
		case '\n', '!', '?':
			cut(i + 1)
		case '.':
			next := i + 1
			for next < len(r) && r[next] == ' ' {
				next++
			}
			if next == i+1 && next < len(r) || next < len(r) && !unicode.IsUpper(r[next]) || endsShort(string(r[start:i])) {
				continue
			}
			cut(i + 1)
		}
	}
	cut(len(r))
	return out
}

func endsShort(s string) bool {
	i := strings.LastIndexAny(s, " (")
	word := strings.ToLower(s[i+1:])
	for _, a := range abbreviations {
		if word == a {
			return true
		}
	}
	return false
}

var plain = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z", "’", "'", "–", "-")

// ascii takes diacritics off lower-case text.
func ascii(s string) string { return plain.Replace(s) }

var (
	// First persons of the future, as they are written; \b of RE2 knows only ASCII, so spaces bound them.
	firstPL = "oddzwonię|oddzwonimy|zadzwonię|zadzwonimy|przedzwonię|wyślę|wyślemy|odpiszę|odpiszemy|odpowiem|odpowiemy|odezwę|odezwiemy|napiszę|napiszemy|" +
		"zwrócę|zwrócimy|przeleję|przelejemy|potwierdzę|potwierdzimy|prześlę|prześlemy|dostarczę|dostarczymy|wystawię|wystawimy|naliczę|naliczymy|" +
		"zlecę|zlecimy|wymienię|wymienimy|nadam|nadamy|przygotuję|przygotujemy|zarezerwuję|zarezerwujemy|poinformuję|poinformujemy|skontaktuję|" +
		"skontaktujemy|dam znać|damy znać|doślę|doślemy|uzupełnię|uzupełnimy|załatwię|załatwimy|naprawię|naprawimy|wrócę|wrócimy|oddam|oddamy|" +
		"dołączę|dołączymy|anuluję|anulujemy|spakuję|spakujemy|dopiszę|dopiszemy|przedłużę|przedłużymy|powiadomię|powiadomimy|umówię|umówimy|podeślę|podeślemy|" +
		"przyślę|przyślemy|zrealizuję|zrealizujemy|wypłacę|wypłacimy|skoryguję|skorygujemy|odblokuję|odblokujemy|zaksięguję|zaksięgujemy|obiecuję|obiecujemy"
	vaguePL = "sprawdzę|sprawdzimy|ustalę|ustalimy|zajmę się|zajmiemy się|przekażę|przekażemy|zweryfikuję|zweryfikujemy|postaram się|postaramy się|postaram|postaramy|" +
		"wyjaśnię|wyjaśnimy|zgłoszę|zgłosimy|poproszę o|dopilnuję|dopilnujemy|" +
		"zrobię|zrobimy|rozpatrzę|rozpatrzymy|rozwiążę|rozwiążemy|poprawię|poprawimy|zmienię|zmienimy|oddzwaniam|oddzwaniamy|" + passivePL
	// What is done to a thing of ours is a promise of ours where it has a date.
	passivePL = `(?:zostanie|zostaną|będzie|będą)\s+(?:\S+\s+)?(?:wysłan|zwrócon|zrealizowan|nadan|przelan|wystawion|wymienion|naliczon|rozpatrzon|zaksięgowan|dosłan)[yeai]|` +
		`(?:pieniądze|zwrot|środki|przelew)\s(?:[^,;]*\s)?(?:wrócą|wróci|będą|będzie|dotrą|dotrze|trafią|trafi)|kupon\s(?:[^,;]*\s)?(?:przyjdzie|dotrze)`
	youPL  = `dostaniesz|otrzymasz|dostaniecie|otrzymacie|(?:dostanie|otrzyma)\s+pani?|(?:dostaną|otrzymają)\s+państwo`
	oursPL = `(?:ktoś|ktos|osoba|konsultant|konsultantka|kolega|koleżanka|kolezanka|zespół|zespol|dział|dzial|kierownik|kierowniczka|specjalista)[^,;]*\s` +
		`(?:oddzwoni|zadzwoni|odezwie|odpisze|napisze|skontaktuje|odpowie|wyśle|wysle)`
)

func bounded(words string) lazy {
	return pattern(`(?:^|[\s,;(–-])(?:` + words + `)(?:$|[\s.,;:!)–-])`)
}

var polishTongue = tongue{
	exact:     bounded(firstPL + "|" + vaguePL + "|" + youPL + "|" + oursPL),
	verb:      bounded(ascii(firstPL + "|" + vaguePL + "|" + youPL + "|" + oursPL)),
	vague:     bounded(ascii(vaguePL)),
	no:        pattern(`\bnie\s+(?:\S+\s+)?(?:` + ascii(firstPL+"|"+vaguePL+"|dostanie|otrzyma|oddzwoni|zadzwoni|odpisze") + `)`),
	condition: pattern(`\b(?:jesli|jezeli|gdyby|o ile|chyba ze|w razie|w przypadku)\b`),
	split:     pattern(`[,;] | (?:i|a|oraz|ale) | – `),
	due:       duePL,
}

const doEN = `(?:call|ring|phone|send|refund|reply|answer|respond|write|get back|let you know|ship|confirm|e-?mail|transfer|issue|deliver|contact|replace|credit|return|post|give you|be in touch|keep you|book|cancel|follow up|sort|fix|resolve|arrange|process)`

var englishTongue = tongue{
	verb: pattern(`\b(?:(?:i|we)(?:'ll| will| shall| am going to|'m going to| are going to|'re going to)\s+(?:\w+ly\s+|also\s+|then\s+)?(?:` + doEN + `|check|look into|find out|try|make sure|take care)\b` +
		`|you(?:'ll| will)\s+(?:get|receive|hear|have)\b|i promise to\b|(?:will|is going to|are going to) be (?:sent|refunded|processed|shipped|issued|paid)\b|(?:somebody|someone|a colleague|a person|our team|the team|a manager)[^,;]*\s(?:will|is going to)\s+` + doEN + `\b)`),
	vague:     pattern(`\b(?:check|look into|find out|try|make sure|take care|keep you|you(?:'ll| will) have|fix|resolve|sort|will be (?:sent|refunded|processed|shipped|issued|paid)|going to be)\b`),
	no:        pattern(`\b(?:won't|will not|will never|cannot|can't|not going to)\b`),
	condition: pattern(`\b(?:if|unless|in case|would|could|might)\b`),
	split:     pattern(`[,;] | (?:and|but) | – `),
	due:       dueEN,
}
