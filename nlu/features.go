package nlu

import (
	"math"
	"unicode/utf8"
)

// The groups of features. Each group of a text has length 1, so that a long text does not drown a
// short one and thousands of letter groups do not drown the words.
const (
	groupWords    = iota // words as written and folded, pairs of words
	groupPrefix          // first five letters: cheap stems, and pairs of them
	groupChars           // runs of 3 to 5 letters within a word
	groupMood            // what mood adds: marks, capitals, emoji, words under a negation
	groupConcepts        // words of the trade by what they mean, and pairs of them
	groupDense           // a vector from an embedding model, where the company has one
	groupManner          // what people say when something has gone wrong, and the bones of their sentences
	groupSource          // whose hand an example is from; only while learning
	groups
)

// feature is one hashed property of a text with its weight.
type feature struct {
	id    uint32 // hash, or place in the model's table once looked up
	value float32
}

// bag counts hashed features of one group without a map; it is used again for text after text.
type bag struct {
	slots []bagSlot
	used  []uint32 // slots in the order of first appearance
	round uint32
}

type bagSlot struct {
	id, count, round uint32
}

func (b *bag) reset() {
	if b.slots == nil {
		b.slots = make([]bagSlot, 1<<13)
	}
	b.used = b.used[:0]
	if b.round++; b.round == 0 {
		clear(b.slots)
		b.round = 1
	}
}

func (b *bag) add(h uint32) {
	mask := uint32(len(b.slots) - 1)
	for i := h * 0x9E3779B1 >> 7 & mask; ; i = (i + 1) & mask {
		s := &b.slots[i]
		if s.round != b.round {
			if len(b.used)*4 > len(b.slots)*3 {
				return // a text of thousands of different runs says no more
			}
			*s = bagSlot{h, 1, b.round}
			b.used = append(b.used, i)
			return
		}
		if s.id == h {
			s.count++
			return
		}
	}
}

// damp holds 1+ln(n) for small counts.
var damp = func() (t [64]float32) {
	for n := 1; n < len(t); n++ {
		t[n] = float32(1 + math.Log(float64(n)))
	}
	return t
}()

// take appends the bag's features; together they have length 1.
func (b *bag) take(out []feature) []feature {
	var sum float64
	for _, i := range b.used {
		v := float64(damp[min(b.slots[i].count, 63)])
		sum += float64(v * v)
	}
	if sum == 0 {
		return out
	}
	scale := 1 / float32(math.Sqrt(sum))
	for _, i := range b.used {
		s := b.slots[i]
		out = append(out, feature{s.id, damp[min(s.count, 63)] * scale})
	}
	return out
}

// mix starts or continues a hash; FNV-1a with a final stir in seal.
func mix(h uint32, s string) uint32 {
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func seed(group, sort byte) uint32 {
	return (2166136261^uint32(group))*16777619 ^ uint32(sort)*0x85EBCA6B
}

func seal(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2C1B3C6D
	return h ^ h>>13
}

// The lengths of the runs of letters: two letters say little, six are a word.
const (
	charLow  = 3
	charHigh = 5
)

// extractor turns texts into features; one per goroutine.
type extractor struct {
	bags [groups]bag
	out  []feature
	ends [groups]int
	cuts []int
}

// features returns the hashed features of a text, group after group; the slice is good until the
// next call. ends has where each group ends.
func (e *extractor) features(s *scanned, uses *[groups]bool) []feature {
	e.out = e.out[:0]
	for g := range groups {
		if uses[g] && g == groupDense {
			e.out = denseFeatures(e.out, s.vector)
		} else if uses[g] {
			b := &e.bags[g]
			b.reset()
			switch g {
			case groupWords:
				wordFeatures(b, s)
			case groupPrefix:
				prefixFeatures(b, s)
			case groupChars:
				e.charFeatures(b, s)
			case groupMood:
				moodFeatures(b, s)
			case groupConcepts:
				shippedConcepts().features(b, s, groupConcepts)
			case groupManner:
				shippedManners().features(b, s, groupManner)
				bones(b, s)
			}
			e.out = b.take(e.out)
		}
		e.ends[g] = len(e.out)
	}
	return e.out
}

// shape hides the digits of long numbers, and of codes: an order number is a number, whichever it is.
func shape(t *token) string {
	if t.kind == number && len(t.fold) >= 4 {
		return "000000000000"[:min(len(t.fold), 12)]
	}
	if t.code {
		return "#code"
	}
	return t.fold
}

func wordFeatures(b *bag, s *scanned) {
	one, raw, two := seed(0, 1), seed(0, 2), seed(0, 3)
	last := "^"
	for _, i := range s.words {
		t := &s.tokens[i]
		f := shape(t)
		b.add(seal(mix(one, f)))
		if t.raw != t.fold && t.kind == word {
			b.add(seal(mix(raw, t.raw)))
		}
		b.add(seal(mix(mix(mix(two, last), " "), f)))
		last = f
	}
	if last != "^" {
		b.add(seal(mix(mix(mix(two, last), " "), "$")))
	}
}

// prefixLetters is the length of the cheap stem: Polish endings are longer, roots seldom shorter.
const prefixLetters = 5

func prefix(s string) string {
	n := 0
	for i := range s {
		if n == prefixLetters {
			return s[:i]
		}
		n++
	}
	return s
}

func prefixFeatures(b *bag, s *scanned) {
	one, two := seed(1, 1), seed(1, 2)
	last := "^"
	for _, i := range s.words {
		p := prefix(shape(&s.tokens[i]))
		b.add(seal(mix(one, p)))
		b.add(seal(mix(mix(mix(two, last), " "), p)))
		last = p
	}
}

func (e *extractor) charFeatures(b *bag, s *scanned) {
	for _, i := range s.words {
		e.runs(b, shape(&s.tokens[i]))
	}
}

// runs adds the runs of letters of one word, with a space before and after it.
func (e *extractor) runs(b *bag, w string) {
	start := seed(groupChars, 1)
	var buf [256]byte
	p := append(buf[:0], ' ')
	p = append(p, w...)
	p = append(p, ' ')
	cuts := e.cuts[:0]
	for i := 0; i < len(p); {
		cuts = append(cuts, i)
		_, n := utf8.DecodeRune(p[i:])
		i += n
	}
	cuts = append(cuts, len(p))
	for i := range len(cuts) - 1 {
		h := start
		for n := 1; n <= charHigh && i+n < len(cuts); n++ {
			for _, c := range p[cuts[i+n-1]:cuts[i+n]] {
				h = (h ^ uint32(c)) * 16777619
			}
			if n >= charLow {
				b.add(seal(h ^ uint32(n)))
			}
		}
	}
	e.cuts = cuts
}

// denseFeatures appends the numbers of a vector, which together have length 1.
func denseFeatures(out []feature, vector []float32) []feature {
	var sum float64
	for _, x := range vector {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsInf(sum, 0) || math.IsNaN(sum) {
		return out
	}
	scale := float32(1 / math.Sqrt(sum))
	for i, x := range vector {
		out = append(out, feature{seal(seed(groupDense, 1) + uint32(i)*0x9E3779B1), x * scale})
	}
	return out
}
