package nlu

import "strings"

// chunk is a run of digits with single spaces, dashes, dots or slashes between them.
type chunk struct {
	start, end int
	digits     string
	plus       bool
	parts      []int // lengths of the runs
	dashed     bool
}

// chunks finds the runs of digits of a text.
func chunks(s string) []chunk {
	var out []chunk
	for i := 0; i < len(s) && len(out) < 4000; {
		if !digit(s[i]) {
			i++
			continue
		}
		c := chunk{start: i, end: i}
		if i > 0 && s[i-1] == '+' {
			c.plus, c.start = true, i-1
		}
		var d strings.Builder
		run := 0
		for i < len(s) {
			if digit(s[i]) {
				d.WriteByte(s[i])
				run++
				i++
				c.end = i
				continue
			}
			if !strings.ContainsRune(" -.()", rune(s[i])) || i+1 >= len(s) || !digit(s[i+1]) || d.Len() > 40 || len(c.parts) > 10 {
				break
			}
			c.dashed = c.dashed || s[i] == '-'
			c.parts = append(c.parts, run)
			run = 0
			i++
		}
		c.parts = append(c.parts, run)
		c.digits = d.String()
		for i < len(s) && digit(s[i]) { // a run too long to mean anything
			i++
		}
		out = append(out, c)
	}
	return out
}

// split takes a chunk apart where it is several numbers with spaces between, each of four digits or
// more: "48213 501 600 700" is an order number and a telephone number.
func (c chunk) split(s string) []chunk {
	if len(c.parts) < 2 || c.plus || c.meaningful() {
		return []chunk{c}
	}
	var out []chunk
	i := c.start
	for i < c.end {
		for i < c.end && !digit(s[i]) {
			i++
		}
		// The longest stretch from here that means something by itself, else one run.
		best, first := 0, 0
		for j := i; j <= c.end; j++ {
			if j < c.end && digit(s[j]) {
				continue
			}
			if first == 0 {
				first = j
			}
			if sub := part(s, i, j); sub.meaningful() {
				best = j
			}
		}
		if best == 0 {
			best = first
		}
		out = append(out, part(s, i, best))
		i = best
	}
	return out
}

func part(s string, from, to int) chunk {
	c := chunk{start: from, end: to}
	run := 0
	for _, b := range []byte(s[from:to]) {
		if digit(b) {
			c.digits += string(b)
			run++
		} else {
			c.parts = append(c.parts, run)
			c.dashed = c.dashed || b == '-'
			run = 0
		}
	}
	c.parts = append(c.parts, run)
	return c
}

// meaningful tells whether the digits pass as one of the numbers that are known by their form.
func (c chunk) meaningful() bool {
	d := c.digits
	switch len(d) {
	case 9:
		return polishPhone(d)
	case 10:
		return c.dashed && nipOK(d)
	case 11:
		return peselOK(d) || strings.HasPrefix(d, "48") && polishPhone(d[2:])
	case 13:
		return strings.HasPrefix(d, "0048") && polishPhone(d[4:])
	case 20, 24:
		return len(c.parts) == 1 || len(d) == 24
	case 26:
		return ibanOK("PL" + d)
	}
	return len(d) >= 13 && len(d) <= 19 && luhnOK(d)
}

// numbers sorts the remaining runs of digits by their form and the words before them.
func (f *finder) numbers() {
	bareNumbers := 0
	for _, whole := range chunks(f.text) {
		for _, c := range whole.split(f.text) {
			if f.taken(c.start, c.end) {
				continue
			}
			kind, value := f.sort(c)
			if kind == "" && c.digits != "" {
				bareNumbers++
			}
			if kind != "" {
				f.put(kind, value, c.start, c.end)
			}
		}
	}
	if bareNumbers > 0 && f.order == nil {
		f.guessOrders()
	}
}

// cues are word beginnings that say what the number after them is; folded.
var cues = []struct{ word, kind string }{{"pesel", "pesel"}, {"kart", "card"}, {"card", "card"}, {"nip", "nip"},
	{"vat", "nip"}, {"kont", "iban"}, {"iban", "iban"}, {"tel", "phone"}, {"kom", "phone"}, {"phone", "phone"},
	{"zadzwon", "phone"}, {"oddzwon", "phone"}, {"call", "phone"}, {"paczk", "tracking"}, {"przesylk", "tracking"},
	{"list", "tracking"}, {"track", "tracking"}, {"parcel", "tracking"}, {"inpost", "tracking"}, {"dpd", "tracking"},
	{"dhl", "tracking"}, {"gls", "tracking"}, {"orlen", "tracking"}, {"ups", "tracking"}, {"fedex", "tracking"},
	{"zam", "order"}, {"order", "order"}}

// cue returns what the nearest of the four words before a place says, empty where none does.
func (f *finder) cue(start int) string {
	seen := 0
	for n := len(f.s.words) - 1; n >= 0; n-- {
		t := f.s.at(n)
		if t.end > start {
			continue
		}
		if seen++; seen > 4 {
			return ""
		}
		for _, c := range cues {
			if strings.HasPrefix(t.fold, c.word) {
				return c.kind
			}
		}
	}
	return ""
}

// sort says what a run of digits is, by checksum and form first.
func (f *finder) sort(c chunk) (kind, value string) {
	d, cue := c.digits, f.cue(c.start)
	switch {
	case len(d) == 26 && ibanOK("PL"+d):
		return "iban", "PL" + d
	case len(d) == 24, len(d) == 20 && strings.HasPrefix(d, "00"):
		return "tracking", d // InPost has 24 digits, Poczta Polska 20
	case cue == "pesel" && len(d) == 11, cue != "tracking" && len(d) == 11 && peselOK(d):
		return "pesel", d
	case len(d) >= 13 && len(d) <= 19 && luhnOK(d) && cue != "tracking" && !strings.HasPrefix(d, "0048"):
		return "card", d
	case cue == "card" && len(d) >= 13 && len(d) <= 19:
		return "card", d
	case cue == "tracking" && len(d) >= 10 && len(d) <= 20 && !c.plus:
		return "tracking", d
	case len(d) == 10 && nipOK(d) && (cue == "nip" || c.dashed):
		return "nip", d
	}
	if p := phone(c, cue); p != "" {
		return "phone", p
	}
	if cue == "order" && len(d) >= 3 && len(d) <= 12 && len(c.parts) == 1 && f.order == nil {
		return "order", d
	}
	return "", ""
}

// phone returns a number in E.164, empty where it is none. Without a country it is Polish: nine
// digits with a prefix that the numbering plan has given out (UKE, plan numeracji krajowej, 2026).
func phone(c chunk, cue string) string {
	d := c.digits
	if c.plus && len(d) >= 8 && len(d) <= 15 && d[0] != '0' {
		return "+" + d
	}
	switch {
	case len(d) == 13 && strings.HasPrefix(d, "0048") && polishPhone(d[4:]):
		return "+" + d[2:]
	case len(d) == 11 && strings.HasPrefix(d, "48") && polishPhone(d[2:]) && (len(c.parts) > 1 || cue == "phone"):
		return "+" + d
	case len(d) == 9 && polishPhone(d) && cue != "order" && cue != "tracking":
		return "+48" + d
	}
	return ""
}

func polishPhone(d string) bool {
	if len(d) != 9 {
		return false
	}
	switch d[:2] {
	case "45", "50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88",
		"12", "13", "14", "15", "16", "17", "18", "22", "23", "24", "25", "29", "32", "33", "34", "41", "42", "43", "44",
		"46", "48", "52", "54", "55", "56", "58", "59", "61", "62", "63", "65", "67", "68", "71", "74", "75", "76", "77",
		"80", "81", "82", "83", "84", "85", "86", "87", "89", "91", "94", "95":
		return true
	}
	return false
}

// guessOrders takes numbers of five to eight digits, or after "#", for order numbers where the
// company has said nothing of their form.
func (f *finder) guessOrders() {
	for _, c := range chunks(f.text) {
		if f.taken(c.start, c.end) || len(c.parts) > 1 || c.plus {
			continue
		}
		marked := c.start > 0 && f.text[c.start-1] == '#'
		if n := len(c.digits); n >= 5 && n <= 8 || marked && n >= 3 && n <= 12 {
			f.put("order", c.digits, c.start, c.end)
		}
	}
}

func weighted(d string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(d[i]-'0') * w
	}
	return sum
}

func nipOK(d string) bool {
	return len(d) == 10 && d != "0000000000" && weighted(d, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == int(d[9]-'0')
}

// peselOK checks the control digit and that the first six digits are a date.
func peselOK(d string) bool {
	if len(d) != 11 || (10-weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)%10)%10 != int(d[10]-'0') {
		return false
	}
	month := weighted(d[2:], 10, 1) % 20
	day := weighted(d[4:], 10, 1)
	return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

func luhnOK(d string) bool {
	sum, same := 0, true
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
		same = same && d[i] == d[0]
	}
	return sum%10 == 0 && !same
}

// ibanOK checks an IBAN without spaces: remainder 1 by 97 (ISO 13616).
func ibanOK(v string) bool {
	if len(v) < 15 || len(v) > 34 || strings.HasPrefix(v, "PL") && len(v) != 28 {
		return false
	}
	rest := 0
	for i := range len(v) {
		switch c := v[(i+4)%len(v)]; {
		case digit(c):
			rest = (rest*10 + int(c-'0')) % 97
		case 'A' <= c && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// idCardOK checks the number of a Polish identity card: three letters, a control digit, five digits.
func idCardOK(v string) bool {
	if len(v) != 9 {
		return false
	}
	sum := 0
	for i, w := range []int{7, 3, 1, 9, 7, 3, 1, 7, 3} {
		n := int(v[i] - '0')
		if i < 3 {
			n = int(v[i]-'A') + 10
		}
		sum += n * w
	}
	return sum%10 == 0
}
