package app

import "strings"

// hide blanks what is never shown in a chat (class D4 of HITL.md 4.2): card numbers and PESEL. All
// else is shown to agents as the customer wrote it. The length in bytes stays, so that marks by
// offset stay right.
func hide(s string) string {
	out := []byte(nil)
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' || i > 0 && (s[i-1] == '+' || s[i-1] >= '0' && s[i-1] <= '9') {
			i++
			continue
		}
		end, digits := run(s, i)
		if secret(digits) {
			if out == nil {
				out = []byte(s)
			}
			for j := i; j < end; j++ {
				if out[j] >= '0' && out[j] <= '9' {
					out[j] = '*'
				}
			}
		}
		i = end
	}
	if out == nil {
		return s
	}
	return string(out)
}

// run returns where a number that begins at i ends, and its digits; groups may be parted by single
// spaces or dashes.
func run(s string, i int) (end int, digits string) {
	var b strings.Builder
	for end = i; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			b.WriteByte(s[i])
			end = i + 1
		case (s[i] == ' ' || s[i] == '-') && i == end:
		default:
			return end, b.String()
		}
	}
	return end, b.String()
}

func secret(d string) bool {
	return len(d) >= 13 && len(d) <= 19 && luhn(d) || len(d) == 11 && pesel(d)
}

// luhn is the check digit of payment cards (ISO/IEC 7812-1, Annex B).
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0 && strings.Trim(d, "0") != ""
}

// pesel is the check digit of the Polish personal number, with a birth month of the 20th or 21st
// century (Act on the population register of 24.09.2010, art. 15 and 20).
func pesel(d string) bool {
	month := int(d[2]-'0')*10 + int(d[3]-'0')
	if m := month % 20; month >= 40 || m < 1 || m > 12 {
		return false
	}
	sum := 0
	for i, w := range []int{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1} {
		sum += int(d[i]-'0') * w
	}
	return sum%10 == 0
}
