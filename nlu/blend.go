package nlu

import (
	"math"
	"slices"
	"sync"
)

// blend is a linear and two networks over the same features. The first classes of the linear's
// outputs are the classes; what follows are outputs of their own, which the networks do not have.
type blend struct {
	*linear
	classes int
	row     []int32 // of each key of the linear in the networks, -1 where they have none
	nets    []*net
	share   float32 // of the networks in the mix
	sharp   float32 // of the linear's margins in the mix
	final   float32 // of the mix itself
}

// buffers are what a blend needs while it reads; they can be used again.
type buffers struct {
	margins []float32 // of all outputs of the linear
	mixed   []float32
	probs   []float64 // of the classes
	hidden  []float32
	logits  []float32
}

func sized[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// read writes margins and calibrated probabilities of a text's features into the buffers and returns
// the share of the features, by weight, that are known.
func (b *blend) read(f []feature, w *buffers) (known float32) {
	w.margins, w.mixed = sized(w.margins, len(b.names)), sized(w.mixed, b.classes)
	w.probs = sized(w.probs, b.classes)
	total := 0
	for _, n := range b.nets {
		total += n.hidden
	}
	w.hidden, w.logits = sized(w.hidden, total), sized(w.logits, b.classes)
	known = b.gather(f, w)
	softmax(w.margins[:b.classes], b.sharp, w.probs)
	if len(b.nets) == 0 {
		return known
	}
	at, part := 0, b.share/float32(len(b.nets))
	for _, n := range b.nets {
		n.finish(w.hidden[at:at+n.hidden], w.logits, w.mixed, part)
		at += n.hidden
	}
	for i, p := range w.probs {
		w.mixed[i] += (1 - b.share) * float32(p)
	}
	temper(w.mixed, b.final, w.probs)
	return known
}

// gather adds up weights and rows of the known features.
func (b *blend) gather(f []feature, w *buffers) float32 {
	var sum, seen float32
	for _, x := range f {
		sum += x.value
		k := b.find(x.id)
		if k < 0 {
			continue
		}
		seen += x.value
		for j := b.first[k]; j < b.first[k+1]; j++ {
			w.margins[b.out[j]] += float32(x.value * float32(b.weight[j]))
		}
		if len(b.nets) == 0 || b.row[k] < 0 {
			continue
		}
		at := 0
		for _, n := range b.nets {
			n.add(b.row[k], x.value, w.hidden[at:at+n.hidden])
			at += n.hidden
		}
	}
	for o := range w.margins {
		w.margins[o] = float32(w.margins[o]*b.scale[o]) + b.bias[o]
	}
	if sum == 0 {
		return 0
	}
	return seen / sum
}

// temper raises probabilities to a power and makes them sum to 1 again.
func temper(p []float32, power float32, out []float64) {
	var sum float64
	for i, x := range p {
		out[i] = math.Pow(math.Max(float64(x), 1e-9), float64(power))
		sum += out[i]
	}
	for i := range p {
		out[i] /= sum
	}
}

// course says how a blend is learnt.
type course struct {
	recipe  recipe
	Inform  float64 // see inform
	learner learner
	school  schooling
	nets    int
	share   float32
	keep    float64 // of the linear's weights
	least   int32   // rows that a feature must be in
	netDF   int32   // and for the networks
}

// learnBlend learns from texts with their classes; extra tells for the outputs beyond the classes
// whether a text belongs to them.
func learnBlend(texts []*scanned, y []int, names []string, classes int, c course, extra func(row, out int) bool) *blend {
	m, v := tabulate(texts, &c.recipe)
	if c.least > 1 && len(texts) > 3000 {
		var from []int32
		m, from = m.narrow(c.least)
		keys := make([]uint32, len(from))
		for i, f := range from {
			keys[i] = v.keys[f]
		}
		v = &vocabulary{keys: keys}
		m.stretch(nil)
	}
	by := inform(m, y, classes, c.Inform)
	b := &blend{classes: classes, share: c.share, sharp: 5, final: 1}
	var wg sync.WaitGroup
	var from []int32
	if c.nets > 0 && len(texts) > 0 {
		var small *matrix
		small, from = m.narrow(c.netDF)
		s := c.school
		s.Epochs = min(max(s.Epochs, 30000/(len(texts)+1)), 30)
		b.nets = make([]*net, c.nets)
		for i := range b.nets {
			wg.Go(func() { b.nets[i] = learnNet(small, y, classes, s, uint64(i)+1) })
		}
	}
	w := c.learner.fitAll(m, nil, len(names), func(r, o int) bool {
		if o >= classes {
			return extra(r, o-classes)
		}
		return y[r] == o
	})
	wg.Wait()
	for _, row := range w {
		for i, s := range by {
			row[i] *= s
		}
	}
	b.linear = compress(w, v, c.recipe, names, c.keep, from)
	b.compact(v, from, by)
	return b
}

// compact brings the networks' rows into the order of the linear's keys.
func (b *blend) compact(v *vocabulary, from []int32, by []float32) {
	b.row = make([]int32, len(b.keys))
	place := make(map[uint32]int32, len(from))
	mine := make([]float32, len(from))
	for r, c := range from {
		place[v.keys[c]] = int32(r)
		mine[r] = by[c]
	}
	var order []int32
	for i, k := range b.keys {
		b.row[i] = -1
		if r, ok := place[k]; ok {
			b.row[i] = int32(len(order))
			order = append(order, r)
		}
	}
	for _, n := range b.nets {
		n.compact(order, mine)
	}
}
