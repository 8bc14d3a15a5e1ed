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
	nets    []*net
	small   []int8    // the networks' rows, side by side, in whole numbers
	size    []float32 // what a row's numbers are multiplied by
	share   float32   // of the networks in the mix
	sharp   float32   // of the linear's margins in the mix
	final   float32   // of the mix itself
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
	w.hidden, w.logits = sized(w.hidden, b.width()), sized(w.logits, b.classes)
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

// width is the number of hidden units of all networks.
func (b *blend) width() int {
	n := 0
	for _, x := range b.nets {
		n += x.hidden
	}
	return n
}

// gather adds up weights and rows of the known features.
func (b *blend) gather(f []feature, w *buffers) float32 {
	var sum, seen float32
	n := len(w.hidden)
	for _, x := range f {
		sum += x.value
		s := b.find(x.id)
		if s == nil {
			continue
		}
		seen += x.value
		for _, c := range b.of(s) {
			w.margins[c.out] += float32(x.value * float32(c.weight))
		}
		if s.row >= 0 && n > 0 {
			spread(x.value*b.size[s.row], b.small[int(s.row)*n:int(s.row)*n+n], w.hidden)
		}
	}
	for o := range w.margins {
		w.margins[o] = float32(w.margins[o]*b.scale[o]) + b.bias[o]
	}
	at := 0
	for _, x := range b.nets {
		for i, v := range x.bias {
			w.hidden[at+i] += v
		}
		at += x.hidden
	}
	if sum == 0 {
		return 0
	}
	return seen / sum
}

// spread adds a row of whole numbers, times a, to the hidden units.
func spread(a float32, row []int8, h []float32) {
	for len(row) >= 8 && len(h) >= 8 {
		r, y := (*[8]int8)(row), (*[8]float32)(h)
		y[0] += float32(a * float32(r[0]))
		y[1] += float32(a * float32(r[1]))
		y[2] += float32(a * float32(r[2]))
		y[3] += float32(a * float32(r[3]))
		y[4] += float32(a * float32(r[4]))
		y[5] += float32(a * float32(r[5]))
		y[6] += float32(a * float32(r[6]))
		y[7] += float32(a * float32(r[7]))
		row, h = row[8:], h[8:]
	}
	for i, x := range row {
		h[i] += float32(a * float32(x))
	}
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
		if len(texts) < 4000 {
			c.nets *= 3 // few examples: networks differ much, and cost little
		}
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

// compact turns the networks' rows into whole numbers, in the order of the linear's features.
func (b *blend) compact(v *vocabulary, from []int32, by []float32) {
	n := b.width()
	if n == 0 {
		return
	}
	place := make(map[uint32]int, len(from))
	for r, c := range from {
		place[v.keys[c]] = r
	}
	b.small, b.size = make([]int8, len(from)*n), make([]float32, len(from))
	row := make([]float32, 0, n)
	for _, s := range b.slots {
		if !s.used || s.row < 0 {
			continue
		}
		r := place[s.key]
		row = row[:0]
		for _, x := range b.nets {
			row = append(row, x.in[r*x.hidden:(r+1)*x.hidden]...)
		}
		var top float32
		for _, x := range row {
			top = max(top, abs(x))
		}
		if top == 0 {
			continue
		}
		for i, x := range row {
			b.small[int(s.row)*n+i] = int8(math.Round(float64(x / top * 127)))
		}
		b.size[s.row] = top / 127 * by[from[r]]
	}
	for _, x := range b.nets {
		x.in = nil
	}
}
