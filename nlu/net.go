package nlu

import (
	"math"
	"slices"
)

// net is a small network with one hidden layer over sparse features. The separating vectors learn
// what each word says; the network also learns which words say the same, and the two err in
// different places.
type net struct {
	hidden, outputs int
	in              []float32 // row r has [r*hidden, (r+1)*hidden); nil once the joint has it in whole numbers
	bias            []float32
	out             []float32 // output o has [o*hidden, (o+1)*hidden)
	outBias         []float32
}

// schooling has the settings of one network's training.
type schooling struct {
	Hidden int
	Epochs int
	Rate   float32 // of learning
	Drop   float32 // share of hidden units left out at each step
	DropIn float32 // share of features left out
	Smooth float32 // share of certainty that is given to the other classes
}

// trainee is a network being trained by Adagrad with one rate per row.
type trainee struct {
	*net
	schooling
	inSum, outSum []float32
	h, g, p       []float32
	kept          []bool
	col           []int32
	val           []float32
	rng           random
}

func newTrainee(rows, outputs int, s schooling, seed uint64) *trainee {
	n := &net{hidden: s.Hidden, outputs: outputs, in: make([]float32, rows*s.Hidden), bias: make([]float32, s.Hidden),
		out: make([]float32, outputs*s.Hidden), outBias: make([]float32, outputs)}
	t := &trainee{net: n, schooling: s, inSum: make([]float32, rows), outSum: make([]float32, outputs),
		h: make([]float32, s.Hidden), g: make([]float32, s.Hidden), p: make([]float32, outputs),
		kept: make([]bool, s.Hidden), rng: random(seed*0x9E3779B97F4A7C15 + 99)}
	for i := range n.in {
		n.in[i] = 0.3 * t.spread()
	}
	size := float32(1 / math.Sqrt(float64(s.Hidden)))
	for i := range n.out {
		n.out[i] = size * t.spread()
	}
	return t
}

// spread returns a number from -1 to 1.
func (t *trainee) spread() float32 { return float32(t.rng.next()>>40)/float32(1<<23) - 1 }

// border is how many of the 1<<24 numbers that the upper bits of a draw can be are below a chance.
func border(p float32) uint64 { return uint64(math.Ceil(float64(p * (1 << 24)))) }

// learnNet trains a network on the rows of a matrix with their classes.
func learnNet(m *matrix, y []int, outputs int, s schooling, seed uint64) *net {
	t := newTrainee(m.cols, outputs, s, seed)
	order := make([]int, m.rows())
	for i := range order {
		order[i] = i
	}
	for e := range s.Epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := t.rng.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		t.Rate = s.Rate * (1 - 0.9*float32(e)/float32(s.Epochs))
		for _, r := range order {
			lo, hi := m.start[r], m.start[r+1]
			t.sample(m.col[lo:hi], m.val[lo:hi])
			t.forward()
			t.backward(y[r])
		}
	}
	return t.net
}

// sample leaves some features of a row out.
func (t *trainee) sample(col []int32, val []float32) {
	t.col, t.val = slices.Grow(t.col[:0], len(col))[:len(col)], slices.Grow(t.val[:0], len(col))[:len(col)]
	up, border := 1/(1-t.DropIn), border(t.DropIn)
	n := 0
	for k, c := range col { // each is written and only some stay: no branch to guess
		t.col[n], t.val[n] = c, val[k]*up
		n += int((border - 1 - t.rng.next()>>40) >> 63)
	}
	t.col, t.val = t.col[:n], t.val[:n]
}

func (t *trainee) forward() {
	n := t.hidden
	copy(t.h, t.bias)
	gather(t.h, t.in, t.col, t.val)
	up, border := 1/(1-t.Drop), border(t.Drop)
	for i, x := range t.h {
		t.kept[i] = x > 0 && t.rng.next()>>40 >= border
		t.h[i] = 0
		if t.kept[i] {
			t.h[i] = x * up
		}
	}
	for o := range t.p {
		t.p[o] = t.outBias[o] + dot(t.out[o*n:o*n+n], t.h)
	}
	normal(t.p)
}

func (t *trainee) backward(y int) {
	n := t.hidden
	clear(t.g)
	for o := range t.p {
		d := t.p[o] - t.Smooth/float32(len(t.p))
		if o == y {
			d -= 1 - t.Smooth
		}
		if d < 1e-4 && d > -1e-4 {
			continue
		}
		w := t.out[o*n : o*n+n]
		axpy(d, w, t.g)
		t.outSum[o] += float32(d * d)
		r := -t.Rate * d / float32(math.Sqrt(float64(t.outSum[o])+1e-2))
		axpy(r, t.h, w)
		t.outBias[o] += r
	}
	up, size := 1/(1-t.Drop), float32(0)
	for i := range t.g {
		if !t.kept[i] {
			t.g[i] = 0
		} else {
			t.g[i] *= up
		}
		size += float32(t.g[i] * t.g[i])
	}
	if size == 0 {
		return
	}
	size /= float32(n)
	for k, c := range t.col { // the values become the rates at which their rows learn
		v := t.val[k]
		t.inSum[c] += float32(size * float32(v*v))
		t.val[k] = -t.Rate * v / float32(math.Sqrt(float64(t.inSum[c])+1e-4))
	}
	scatter(t.g, t.in, t.col, t.val)
	axpy(-t.Rate*0.1, t.g, t.bias)
}

// axpyPlain adds a times x to y. The conversions keep the product from being fused with the sum, so
// that every processor trains the same model.
func axpyPlain(a float32, x, y []float32) {
	for len(x) >= 8 && len(y) >= 8 {
		p, q := (*[8]float32)(x), (*[8]float32)(y)
		q[0] += float32(a * p[0])
		q[1] += float32(a * p[1])
		q[2] += float32(a * p[2])
		q[3] += float32(a * p[3])
		q[4] += float32(a * p[4])
		q[5] += float32(a * p[5])
		q[6] += float32(a * p[6])
		q[7] += float32(a * p[7])
		x, y = x[8:], y[8:]
	}
	for i := range x {
		y[i] += float32(a * x[i])
	}
}

// gatherPlain is gather on any processor.
func gatherPlain(h, in []float32, col []int32, val []float32) {
	for k, c := range col {
		axpyPlain(val[k], in[int(c)*len(h):int(c)*len(h)+len(h)], h)
	}
}

// scatterPlain is scatter on any processor.
func scatterPlain(g, in []float32, col []int32, val []float32) {
	for k, c := range col {
		axpyPlain(val[k], g, in[int(c)*len(g):int(c)*len(g)+len(g)])
	}
}

func dot(x, y []float32) float32 {
	var a, b, c, d float32
	for len(x) >= 4 && len(y) >= 4 {
		p, q := (*[4]float32)(x), (*[4]float32)(y)
		a += float32(p[0] * q[0])
		b += float32(p[1] * q[1])
		c += float32(p[2] * q[2])
		d += float32(p[3] * q[3])
		x, y = x[4:], y[4:]
	}
	for i := range x {
		a += float32(x[i] * y[i])
	}
	return a + b + c + d
}

// normal turns logits into probabilities in place, and returns the highest and the sum of all as
// multiples of it, as exponentials.
func normal(p []float32) (top, sum float32) {
	top = p[0]
	for _, x := range p {
		top = max(top, x)
	}
	for i, x := range p {
		p[i] = float32(math.Exp(float64(x - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return top, sum
}

// finish turns the hidden layer into probabilities, added to p, and returns the logarithm of the sum of
// what the logits are exponents of.
func (n *net) finish(h, logits []float32, p []float32, share float32) float64 {
	for i, x := range h {
		h[i] = max(x+n.bias[i], 0)
	}
	for o := range n.outputs {
		logits[o] = n.outBias[o] + dot(n.out[o*n.hidden:(o+1)*n.hidden], h)
	}
	top, sum := normal(logits[:n.outputs])
	for o := range n.outputs {
		p[o] += float32(share * logits[o])
	}
	return float64(top) + math.Log(float64(sum))
}
