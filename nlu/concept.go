package nlu

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed concepts.txt
var conceptFile string

//go:embed manners.txt
var mannerFile string

// concepts say which words mean nearly the same: those of the trade, and those of people to whom
// something has happened. They are features like words, so that what was learnt from "kasa" helps
// with "hajs", and what was learnt in one language in the other.
type concepts struct {
	names  []string
	exact  map[string][]uint8
	prefix map[[3]byte][]conceptPrefix
}

type conceptPrefix struct {
	text string
	id   uint8
}

var (
	shippedConcepts = sync.OnceValue(func() *concepts { return parseConcepts(conceptFile) })
	shippedManners  = sync.OnceValue(func() *concepts { return parseConcepts(mannerFile) })
)

func parseConcepts(file string) *concepts {
	c := &concepts{exact: map[string][]uint8{}, prefix: map[[3]byte][]conceptPrefix{}}
	for line := range strings.Lines(file) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		id := uint8(len(c.names))
		c.names = append(c.names, name)
		for w := range strings.FieldsSeq(words) {
			if p, ok := strings.CutSuffix(w, "*"); ok && len(p) >= 3 {
				k := [3]byte([]byte(p[:3]))
				c.prefix[k] = append(c.prefix[k], conceptPrefix{p, id})
			} else {
				c.exact[p] = append(c.exact[p], id)
			}
		}
	}
	return c
}

// of appends the concepts of a folded word.
func (c *concepts) of(w string, out []uint8) []uint8 {
	out = append(out, c.exact[w]...)
	if len(w) >= 3 {
		for _, p := range c.prefix[[3]byte([]byte(w[:3]))] {
			if strings.HasPrefix(w, p.text) {
				out = append(out, p.id)
			}
		}
	}
	return out
}

// features adds each concept of a text and each pair of them.
func (c *concepts) features(b *bag, s *scanned, group byte) {
	one, two := seed(group, 1), seed(group, 2)
	var met [256]bool
	var list, buf []uint8
	for n, i := range s.words {
		if n > 60 {
			break
		}
		buf = c.of(s.tokens[i].fold, buf[:0])
		for _, id := range buf {
			b.add(seal(mix(one, c.names[id])))
			if !met[id] {
				met[id] = true
				list = append(list, id)
			}
		}
	}
	for i, x := range list {
		for _, y := range list[:i] {
			if len(list) > 14 {
				return
			}
			lo, hi := min(x, y), max(x, y)
			b.add(seal(mix(mix(mix(two, c.names[lo]), " "), c.names[hi])))
		}
	}
}
