package bot

import "strings"

// endings of Polish and English names and nouns, folded. Longer ones come first only for reading:
// stems takes off each that fits.
var endings = strings.Fields("owie owi emu ego iego iemu iej ami iami ach ich iem ymi imi ie em im ym om ow ej ia iu iego a e y i u o")

// softened are ends of a stem that Polish bends before an ending: Marta, Marcie; Magda, Magdzie.
var softened = [][2]string{{"dz", "d"}, {"c", "t"}, {"rz", "r"}, {"c", "k"}, {"dz", "g"}, {"l", "l"}, {"sz", "ch"}, {"sci", "st"}, {"sc", "st"}, {"z", "g"}}

// stems are what a folded word may be a form of: two words are forms of one where they share a stem
// of at least two letters ("ol" of Ola and Oli), so it is for names, not for any words.
func stems(w string) map[string]bool {
	out := map[string]bool{}
	add := func(s string) {
		if len(s) < 2 {
			return
		}
		out[s] = true
		for _, fleeting := range []string{"ek", "el", "ec", "en", "er"} { // Marek, Marka; Paweł, Pawła
			if base, ok := strings.CutSuffix(s, fleeting); ok && len(base) >= 2 {
				out[base+fleeting[1:]] = true
			}
		}
		for _, p := range softened {
			if base, ok := strings.CutSuffix(s, p[0]); ok && len(base) >= 2 {
				out[base+p[1]] = true
			}
		}
	}
	w = strings.TrimSuffix(strings.ReplaceAll(w, "'", ""), "'s")
	add(w)
	for _, e := range endings {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) >= 2 {
			add(s)
			add(strings.TrimSuffix(s, "i")) // Kasia, Kasi
		}
	}
	return out
}

// bases are the dictionary forms that a folded name may have.
func bases(w string) []string {
	var out []string
	for s := range stems(w) {
		out = append(out, s, s+"a", s+"ia")
		if n := len(s) - 1; n > 1 && strings.ContainsAny(s[n:], "klr") {
			out = append(out, s[:n]+"e"+s[n:])
		}
	}
	return out
}
