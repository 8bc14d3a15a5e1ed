package nlu

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"tandem"
)

// finder collects the entities of one text; what is found first keeps its place.
type finder struct {
	text  string
	s     *scanned
	found []tandem.Entity
	order *regexp.Regexp
	now   time.Time
}

// entities finds the data in a text. order is what the company's order numbers look like, nil where
// nobody said; now resolves relative dates, in the company's zone, zero leaves them as words.
func entities(s *scanned, order *regexp.Regexp, now time.Time) []tandem.Entity {
	f := &finder{text: s.text, s: s, order: order, now: now}
	f.all()
	slices.SortStableFunc(f.found, func(a, b tandem.Entity) int { return cmp.Compare(a.Start, b.Start) })
	return f.found
}

func (f *finder) all() {
	f.emails()
	f.pattern()
	if n := digits(f.text); n > 0 {
		if n >= 6 { // no code has fewer
			f.codes()
		}
		f.addresses()
		f.amounts()
		f.dates()
		f.numbers()
	}
	f.days()
	f.sizes()
	f.names()
}

func digits(s string) (n int) {
	for i := range len(s) {
		if digit(s[i]) {
			n++
		}
	}
	return n
}

// put adds an entity unless its place is taken.
func (f *finder) put(kind, value string, start, end int) bool {
	if f.taken(start, end) || len(f.found) >= 1000 {
		return false
	}
	f.found = append(f.found, tandem.Entity{Kind: kind, Value: value, Start: start, End: end})
	return true
}

func (f *finder) taken(start, end int) bool {
	for _, e := range f.found {
		if start < e.End && end > e.Start {
			return true
		}
	}
	return false
}

var email = regexp.MustCompile(`[\p{L}\d._%+\-]{1,64}@[\p{L}\d\-]{1,63}(?:\.[\p{L}\d\-]{1,63})+`)

func (f *finder) emails() {
	if !strings.Contains(f.text, "@") {
		return
	}
	for _, m := range email.FindAllStringIndex(f.text, -1) {
		v := strings.TrimRight(f.text[m[0]:m[1]], ".-")
		f.put("email", strings.ToLower(v), m[0], m[0]+len(v))
	}
}

// pattern finds order numbers of the company's own form. They go before phone numbers and such.
func (f *finder) pattern() {
	if f.order == nil {
		return
	}
	for _, m := range f.order.FindAllStringSubmatchIndex(f.text, -1) {
		if m[0] == m[1] || !edges(f.text, m[0], m[1]) {
			continue
		}
		from, to := m[0], m[1]
		if len(m) >= 4 && m[2] >= 0 { // a group in the pattern says which part is the number
			from, to = m[2], m[3]
		}
		f.put("order", f.text[from:to], from, to)
	}
}

// edges tells whether a match is not part of a longer number.
func edges(s string, from, to int) bool {
	return (from == 0 || !digit(s[from-1])) && (to == len(s) || !digit(s[to]))
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// codes are tracking numbers and other data with letters in them.
var codes = []struct {
	kind string
	re   *regexp.Regexp
	ok   func(v string) bool
}{
	{"iban", regexp.MustCompile(`(?i)\b[A-Z]{2} ?\d{2}(?:[ \-]?[A-Z\d]{4}){3,7}(?:[ \-]?[A-Z\d]{1,3})?\b`), ibanOK},
	// UPS: 1Z and 16 letters or digits. Universal Postal Union S10: two letters, nine digits, country.
	{"tracking", regexp.MustCompile(`(?i)\b1Z[A-Z\d]{16}\b`), nil},
	{"tracking", regexp.MustCompile(`(?i)\b[A-Z]{2}\d{9}[A-Z]{2}\b`), nil},
	// DPD Polska: thirteen digits and a letter. Pocztex: PX and ten digits. DHL: JJD and digits.
	{"tracking", regexp.MustCompile(`(?i)\b\d{13}[A-Z]\b`), nil},
	{"tracking", regexp.MustCompile(`(?i)\b(?:PX\d{10}|JJD\d{10,20}|JVGL\d{10,20}|AD\d{11,14})\b`), nil},
	{"document", regexp.MustCompile(`\b[A-Z]{3} ?\d{6}\b`), idCardOK},
}

func (f *finder) codes() {
	for _, c := range codes {
		for _, m := range c.re.FindAllStringIndex(f.text, -1) {
			v := strings.ToUpper(bare(f.text[m[0]:m[1]]))
			if c.ok == nil || c.ok(v) {
				f.put(c.kind, v, m[0], m[1])
			}
		}
	}
}

// bare takes spaces and dashes out.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' || r == '.' || r == '/' || r == '–' {
			return -1
		}
		return r
	}, s)
}

var (
	street = regexp.MustCompile(`(?i)\b(?:ul\.?|ulica|ulicy|ulicę|al\.|aleja|alei|aleje|os\.|osiedle|osiedlu|pl\.|plac)\s+` +
		`[\p{L}\d][\p{L}\d.\- ]{1,40}?\s\d{1,4}[a-zA-Z]?(?:\s?(?:/|m\.?|lok\.?)\s?\d{1,4}[a-zA-Z]?)?\b`)
	streetEn = regexp.MustCompile(`(?i)\b\d{1,4}[a-z]?\s+[\p{L}][\p{L}\- ]{1,30}\s(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)\b`)
	zip      = regexp.MustCompile(`\b\d{2}[-–]\d{3}\b`)
)

func (f *finder) addresses() {
	for _, m := range zip.FindAllStringIndex(f.text, -1) {
		if edges(f.text, m[0], m[1]) && !strings.HasPrefix(f.text[m[1]:], "-") {
			f.put("postcode", f.text[m[0]:m[0]+2]+"-"+f.text[m[1]-3:m[1]], m[0], m[1])
		}
	}
	for _, re := range []*regexp.Regexp{street, streetEn} {
		for _, m := range re.FindAllStringIndex(f.text, -1) {
			f.put("address", f.text[m[0]:m[1]], m[0], m[1])
		}
	}
}

var amount = regexp.MustCompile(`(?i)(\d{1,3}(?:[ \x{a0}]\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?\s?(zł|zl|złot\p{L}*|zlot\p{L}*|pln|eur|euro|€|gbp|£|usd|\$)(?:[^\p{L}]|$)`)
var amountEn = regexp.MustCompile(`([€£$])\s?(\d{1,7})(?:[.,](\d{1,2}))?`)

var currencies = map[string]string{"z": "PLN", "p": "PLN", "e": "EUR", "€": "EUR", "g": "GBP", "£": "GBP", "u": "USD", "$": "USD"}

func (f *finder) amounts() {
	for _, m := range amount.FindAllStringSubmatchIndex(f.text, -1) {
		f.money(f.text[m[2]:m[3]], group(f.text, m, 2), f.text[m[6]:m[7]], m[0], m[7])
	}
	for _, m := range amountEn.FindAllStringSubmatchIndex(f.text, -1) {
		f.money(f.text[m[4]:m[5]], group(f.text, m, 3), f.text[m[2]:m[3]], m[0], m[1])
	}
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

func (f *finder) money(whole, cents, currency string, start, end int) {
	_, n := firstRune(currency)
	c := currencies[strings.ToLower(currency[:n])]
	for len(cents) < 2 {
		cents += "0"
	}
	f.put("amount", strings.TrimLeft(bare(whole), "0")+"."+cents+" "+c, start, end)
}

func firstRune(s string) (rune, int) {
	for i, r := range s {
		_ = i
		return r, len(string(r))
	}
	return 0, 0
}

var sizeWord = regexp.MustCompile(`(?i)\b(?:rozmiar\p{L}*|rozm\.?|rozmiarze|size)\s*(?:to |: ?|is |na )?(x{0,3}[sl]|m|\d{1,3}(?:[.,]5)?(?:/\d{1,3})?|one ?size|uni)\b`)

func (f *finder) sizes() {
	l := fold(f.text)
	if strings.Contains(l, "rozm") || strings.Contains(l, "size") {
		for _, m := range sizeWord.FindAllStringSubmatchIndex(f.text, -1) {
			f.put("size", strings.ToUpper(f.text[m[2]:m[3]]), m[2], m[3])
		}
	}
	for _, i := range f.s.words {
		t := &f.s.tokens[i]
		switch w := f.text[t.start:t.end]; w {
		case "XS", "XL", "XXL", "XXXL", "XXS", "3XL", "2XL":
			f.put("size", w, t.start, t.end)
		}
	}
}
