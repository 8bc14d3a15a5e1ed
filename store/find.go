package store

import "strings"

// marked are the Polish letters, each with the plain one that stands for it where texts are compared: neither
// SQLite nor PostgreSQL with the locale C knows their case, and people leave the marks out in a hurry.
var marked = []string{"ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z"}

var plain = strings.NewReplacer(marked...)

// folded is a column as a search compares it: small letters without marks.
func folded(column string) string {
	out := "lower(" + column + ")"
	for i := 0; i < len(marked); i += 2 {
		for _, letter := range []string{marked[i], strings.ToUpper(marked[i])} {
			out = "replace(" + out + ", '" + letter + "', '" + marked[i+1] + "')"
		}
	}
	return out
}

// partOf is the pattern of a folded column that has a part in it. What means something in a pattern stands for
// itself: escape '!'.
func partOf(part string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(plain.Replace(strings.ToLower(part))) + "%"
}
