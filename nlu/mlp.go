package nlu

import "math"

// net is a small network with one hidden layer over sparse features: it learns what words have in
// common, where the separating vectors learn only what each says.
type net struct {
	hidden, outputs int
	in              []float32 // column c has [c*hidden, (c+1)*hidden)
	bias            []float32
	out             []float32 // output o has [o*hidden, (o+1)*hidden)
	outBias         []float32
}

// netTrainer has the settings and state of one training (Adagrad, one rate per column).
type netTrainer struct {
	*net
	Rate   float32
	Drop   float64
	Smooth float32
	inSum  []float32
	outSum []float32
	h, g   []float32
	p      []float32
	keep   []bool
	rng    random
	DropIn float64
	col    []int32
	val    []float32
}

func newNet(cols, hidden, outputs int, seed uint64) *net {
	n := &net{hidden: hidden, outputs: outputs, in: make([]float32, cols*hidden), bias: make([]float32, hidden),
		out: make([]float32, outputs*hidden), outBias: make([]float32, outputs)}
	rng := random(seed*0x9E3779B97F4A7C15 + 99)
	u := func(scale float32) float32 { return scale * (float32(rng.next()>>40)/float32(1<<23) - 1) }
	for i := range n.in {
		n.in[i] = u(0.3)
	}
	s := float32(1 / math.Sqrt(float64(hidden)))
	for i := range n.out {
		n.out[i] = u(s)
	}
	return n
}

// forward writes the hidden layer and the outputs' logits.
func (n *net) forward(col []int32, val []float32, h, p []float32) {
	copy(h, n.bias)
	H := n.hidden
	for k, c := range col {
		axpy(val[k], n.in[int(c)*H:int(c)*H+H], h)
	}
	for i, x := range h {
		h[i] = max(x, 0)
	}
	for o := range p {
		p[o] = n.outBias[o] + dotp(n.out[o*H:o*H+H], h)
	}
}

func axpy(a float32, x, y []float32) {
	y = y[:len(x)]
	for len(x) >= 4 {
		y[0] += float32(a * x[0])
		y[1] += float32(a * x[1])
		y[2] += float32(a * x[2])
		y[3] += float32(a * x[3])
		x, y = x[4:], y[4:]
	}
	for i := range x {
		y[i] += float32(a * x[i])
	}
}

func dotp(x, y []float32) float32 {
	y = y[:len(x)]
	var a, b, c, d float32
	for len(x) >= 4 {
		a += float32(x[0] * y[0])
		b += float32(x[1] * y[1])
		c += float32(x[2] * y[2])
		d += float32(x[3] * y[3])
		x, y = x[4:], y[4:]
	}
	for i := range x {
		a += float32(x[i] * y[i])
	}
	return a + b + c + d
}

func softmax32(p []float32) {
	top := p[0]
	for _, x := range p {
		top = max(top, x)
	}
	var sum float32
	for i, x := range p {
		p[i] = float32(math.Exp(float64(x - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

// step learns from one row.
func (t *netTrainer) step(col []int32, val []float32, y int) {
	H := t.hidden
	h, g, p := t.h, t.g, t.p
	if t.DropIn > 0 {
		t.col, t.val = t.col[:0], t.val[:0]
		up := float32(1 / (1 - t.DropIn))
		lim := uint64(t.DropIn * (1 << 24))
		for k, c := range col {
			if t.rng.next()>>40 >= lim {
				t.col = append(t.col, c)
				t.val = append(t.val, val[k]*up)
			}
		}
		col, val = t.col, t.val
	}
	copy(h, t.bias)
	for k, c := range col {
		axpy(val[k], t.in[int(c)*H:int(c)*H+H], h)
	}
	scale := float32(1 / (1 - t.Drop))
	for i, x := range h {
		if x <= 0 || float64(t.rng.next()>>40)/(1<<24) < t.Drop {
			h[i], t.keep[i] = 0, false
		} else {
			h[i], t.keep[i] = x*scale, true
		}
	}
	for o := range p {
		p[o] = t.outBias[o] + dotp(t.out[o*H:o*H+H], h)
	}
	softmax32(p)
	clear(g)
	for o := range p {
		want := t.Smooth / float32(len(p))
		if o == y {
			want += 1 - t.Smooth
		}
		d := p[o] - want
		if d < 1e-4 && d > -1e-4 {
			continue
		}
		w := t.out[o*H : o*H+H]
		axpy(d, w, g)
		t.outSum[o] += float32(d * d)
		r := -t.Rate * d / float32(math.Sqrt(float64(t.outSum[o])+1e-2))
		axpy(r, h, w)
		t.outBias[o] += r
	}
	var size float32
	for i := range g {
		if !t.keep[i] {
			g[i] = 0
		} else {
			g[i] *= scale
		}
		size += g[i] * g[i]
	}
	if size == 0 {
		return
	}
	size /= float32(H)
	for k, c := range col {
		t.inSum[c] += size * val[k] * val[k]
		r := -t.Rate * val[k] / float32(math.Sqrt(float64(t.inSum[c])+1e-4))
		axpy(r, g, t.in[int(c)*H:int(c)*H+H])
	}
	b := -t.Rate * 0.1
	axpy(b, g, t.bias)
}

// learnNet trains a network on the rows of a matrix.
func learnNet(m, alt *matrix, dropIn float64, y []int, outputs, hidden, epochs int, rate float32, drop float64, smooth float32, seed uint64) *net {
	n := newNet(m.cols, hidden, outputs, seed)
	t := &netTrainer{net: n, Rate: rate, Drop: drop, Smooth: smooth, inSum: make([]float32, m.cols), outSum: make([]float32, outputs),
		h: make([]float32, hidden), g: make([]float32, hidden), p: make([]float32, outputs), keep: make([]bool, hidden),
		rng: random(seed + 12345), DropIn: dropIn}
	order := make([]int, m.rows())
	for i := range order {
		order[i] = i
	}
	for e := range epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := t.rng.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		t.Rate = rate * (1 - 0.9*float32(e)/float32(epochs))
		for _, r := range order {
			x := m
			if alt != nil && t.rng.below(2) == 0 {
				x = alt
			}
			lo, hi := x.start[r], x.start[r+1]
			t.step(x.col[lo:hi], x.val[lo:hi], y[r])
		}
	}
	return n
}
