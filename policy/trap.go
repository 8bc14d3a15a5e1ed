package policy

import (
	"hash/fnv"
	"strconv"
	"strings"

	"tandem"
)

// Chosen tells, the same way every time, whether the thing with an id is among the chosen of a
// thousand for a purpose.
func Chosen(id, purpose string, perMille int) bool {
	h := fnv.New32a()
	h.Write([]byte(purpose + ":" + id))
	return int(h.Sum32()%1000) < perMille
}

// Plant puts an error into a draft: a number in the first claim that has one is changed. It returns
// the text with the error, the wrong part, and false where nothing can be planted.
func Plant(text string, claims []tandem.Claim) (planted, wrong string, ok bool) {
	for _, c := range claims {
		if c.Start < 0 || c.End > len(text) || c.Start >= c.End {
			continue
		}
		part := text[c.Start:c.End]
		from := strings.IndexAny(part, "0123456789")
		if from < 0 {
			continue
		}
		to := from
		for to < len(part) && part[to] >= '0' && part[to] <= '9' {
			to++
		}
		n, err := strconv.Atoi(part[from:to])
		if err != nil || to-from > 4 { // a long number is an order's or a parcel's: nobody checks it by heart
			continue
		}
		wrong = part[:from] + strconv.Itoa(off(n)) + part[to:]
		return text[:c.Start] + wrong + text[c.End:], wrong, true
	}
	return text, "", false
}

// off is a number that is plausible and wrong.
func off(n int) int {
	switch {
	case n >= 50:
		return n + 10
	case n >= 10:
		return n - 2
	}
	return n + 3
}
