package nlu

import (
	"strings"
	"time"
)

// veils are what personal data are replaced by.
var veils = map[string]string{"pesel": "[PESEL]", "card": "[karta]", "iban": "[konto]", "email": "[e-mail]",
	"phone": "[telefon]", "address": "[adres]", "postcode": "[kod]", "document": "[dokument]"}

// Mask replaces personal data in a text by what they are: PESEL, card, bank account, identity card,
// e-mail, telephone, street and postcode. It is for logs, notifications and whatever leaves the
// machine; it finds data by their form, so a name alone stays.
func Mask(text string) string {
	if len(text) <= readLimit {
		return maskPart(text)
	}
	// Long texts go in parts that end at a space, so that nothing is cut in two.
	var b strings.Builder
	for len(text) > 0 {
		n := min(len(text), readLimit-512)
		if n < len(text) {
			if i := strings.LastIndexAny(text[:n], "\n;,"); i > n/2 {
				n = i + 1
			} else if i := strings.LastIndexByte(text[:n], ' '); i > n/2 {
				n = i + 1
			}
		}
		p := clip(text, n)
		if p == "" {
			p = text[:n]
		}
		b.WriteString(maskPart(p))
		text = text[len(p):]
	}
	return b.String()
}

func maskPart(text string) string {
	if !strings.ContainsAny(text, "0123456789@") {
		return text
	}
	var b strings.Builder
	last := 0
	for _, e := range entities(scan(text), nil, time.Time{}) {
		v, ok := veils[e.Kind]
		if !ok || e.Start < last {
			continue
		}
		b.WriteString(text[last:e.Start])
		b.WriteString(v)
		last = e.End
	}
	b.WriteString(text[last:])
	return b.String()
}
