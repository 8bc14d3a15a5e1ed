package nlu

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed names.txt
var namesFile string

// firstName is a first name that is known, with its gender.
type firstName struct {
	name     string // as it is written
	gender   string
	vocative string // where it does not follow the rules
}

// knownNames are first names by their folded form.
var knownNames = sync.OnceValue(func() map[string]firstName {
	m := map[string]firstName{}
	gender := "f"
	for line := range strings.Lines(namesFile) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			gender = strings.TrimSpace(line[1:])
			continue
		}
		for w := range strings.FieldsSeq(line) {
			n := firstName{name: w, gender: gender}
			if base, voc, ok := strings.Cut(w, "="); ok {
				n.name, n.vocative = base, voc
			}
			m[fold(n.name)] = n
		}
	}
	return m
})

// introductions are words after which somebody's own name stands.
var introductions = set("nazywam jestem imie nazwisko nazwiska nazwisku name im pozdrawiam powazaniem pozdrowienia tu tutaj mowi " +
	"regards dane imieniu cheers sie is")

// names finds the names by which people introduce or sign themselves: a known first name after
// such a word or at the end, and the capitalised word after it as the surname.
func (f *finder) names() {
	known := knownNames()
	for n := range f.s.words {
		t := f.s.at(n)
		if !t.title || t.kind != word {
			continue
		}
		before := ""
		if n > 0 {
			before = f.s.at(n - 1).fold
		}
		if before == "nazwisko" || before == "nazwiska" || before == "nazwisku" || before == "surname" {
			f.put("surname", f.text[t.start:t.end], t.start, t.end)
			continue
		}
		if _, ok := known[t.fold]; !ok || t.caps && len(t.fold) < 3 {
			continue
		}
		last := n+1 >= len(f.s.words)
		pair := !last && f.s.at(n+1).title && f.s.at(n+1).kind == word && !f.s.parts(n, n+1)
		if !introductions[before] && !(pair && n+2 >= len(f.s.words)) && !(last && n > 2) && !(pair && !vocativeUse(before)) {
			continue
		}
		if vocativeUse(before) {
			continue
		}
		f.put("name", f.text[t.start:t.end], t.start, t.end)
		if pair {
			s := f.s.at(n + 1)
			end := s.end
			if rest := f.text[end:]; strings.HasPrefix(rest, "-") && n+2 < len(f.s.words) && f.s.at(n+2).title {
				end = f.s.at(n + 2).end // Kowalska-Nowak
			}
			f.put("surname", f.text[s.start:end], s.start, end)
		}
	}
}

// vocativeUse tells that the name after a word is of the person spoken to or of, not the writer's.
func vocativeUse(before string) bool {
	switch before {
	case "pani", "panie", "pan", "pana", "panu", "mr", "mrs", "ms", "dear":
		return true
	}
	return false
}

// Vocative returns the form in which a person with this first name is addressed in Polish, and
// whether that is sure. It is sure only for names that are known; for any other nothing is returned,
// and the customer is greeted without a name (HITL.md 8.1). Surnames are never inflected.
func Vocative(first string) (string, bool) {
	first = strings.TrimSpace(first)
	if i := strings.IndexAny(first, " \t"); i >= 0 {
		first = first[:i]
	}
	n, ok := knownNames()[fold(first)]
	if !ok {
		return "", false
	}
	if n.vocative != "" {
		return n.vocative, true
	}
	v := vocative(n.name, n.gender)
	return v, v != ""
}

// GenderOfName returns "f" or "m" for a first name that is known, empty for any other. It is the
// weakest evidence of gender and is for grammar only.
func GenderOfName(first string) string { return knownNames()[fold(strings.TrimSpace(first))].gender }

// vocative inflects a Polish first name by its ending.
func vocative(name, gender string) string {
	for _, r := range vocativeRules[gender] {
		if base, ok := strings.CutSuffix(name, r.end); ok && base != "" {
			return base + r.with
		}
	}
	return ""
}

type ending struct{ end, with string }

// vocativeRules are tried in order; hypocoristics of women in -sia, -nia, -la, -cia, -dzia, -zia end
// in -u. Names that do not fit are spelt out in names.txt.
var vocativeRules = map[string][]ending{
	"f": {{"ria", "rio"}, {"lia", "lio"}, {"fia", "fio"}, {"wia", "wio"}, {"tia", "tio"}, {"mia", "mio"}, {"dia", "dio"},
		{"sia", "siu"}, {"zia", "ziu"}, {"cia", "ciu"}, {"nia", "niu"}, {"a", "o"}, {"i", "i"}, {"y", "y"}},
	"m": {{"iek", "ku"}, {"ciek", "ćku"}, {"ek", "ku"}, {"ciej", "cieju"}, {"ej", "eju"}, {"aj", "aju"}, {"ech", "echu"},
		{"st", "ście"}, {"sz", "szu"}, {"cz", "czu"}, {"rz", "rzu"}, {"ch", "chu"}, {"k", "ku"}, {"g", "gu"}, {"ż", "żu"},
		{"c", "cu"}, {"l", "lu"}, {"j", "ju"}, {"ń", "niu"}, {"ś", "siu"}, {"ć", "ciu"}, {"d", "dzie"}, {"t", "cie"},
		{"r", "rze"}, {"ł", "le"}, {"w", "wie"}, {"n", "nie"}, {"m", "mie"}, {"b", "bie"}, {"p", "pie"}, {"f", "fie"},
		{"s", "sie"}, {"z", "zie"}, {"sia", "siu"}, {"zia", "ziu"}, {"cia", "ciu"}, {"nia", "niu"}, {"a", "o"},
		{"i", "i"}, {"y", "y"}, {"o", "o"}},
}
