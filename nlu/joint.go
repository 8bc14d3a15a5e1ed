package nlu

import (
	"encoding/binary"
	"math"
	"slices"
)

// joint is a set of trained heads (topics, moods) over one table of features: a text is taken apart
// and looked up once for all of them.
type joint struct {
	*linear        // the outputs of all heads, one after the other
	heads   []head // topics first
	small   []byte // the networks' rows: what its numbers are multiplied by, then these side by side, whole (int8); read where they lie
}

// head is one question with its classes: separating vectors and networks, mixed. Outputs of the
// linear that follow its classes are questions of their own, which the networks do not have.
type head struct {
	first, classes int // of the outputs
	nets           []*net
	at             int     // the first hidden unit
	share          float32 // of the networks in the mix
	sharp          float32 // of the margins in the mix
	final          float32 // of the mix itself
}

// buffers are what a joint needs while it reads; they can be used again.
type buffers struct {
	extractor
	margins []float32 // of all outputs
	probs   [][]float64
	nets    [][]float32
	hidden  []float32
	logits  []float32
	strangeness
}

// strangeness is how unlike all that was learnt a text is, before its topics are weighed.
type strangeness struct {
	known  [1 + groupChars + 1]float64 // the share of the features, by weight, that are known: of all; of words, stems, runs of letters
	energy float64                     // of the topics' networks (Liu et al., NeurIPS 2020): low where no topic excites them
}

func sized[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// read writes margins, each head's calibrated probabilities and how strange the text is into the buffers.
func (j *joint) read(s *scanned, w *buffers) { j.weigh(w.features(s, &j.uses), w) }

// weigh is read for a text that has been taken apart by the buffers' extractor.
func (j *joint) weigh(f []feature, w *buffers) {
	w.margins, w.hidden = sized(w.margins, len(j.names)), sized(w.hidden, j.width())
	j.gather(f, w)
	if len(w.probs) != len(j.heads) {
		w.probs, w.nets = make([][]float64, len(j.heads)), make([][]float32, len(j.heads))
	}
	for i := range j.heads {
		h := &j.heads[i]
		energy := h.ask(w, &w.nets[i])
		if i == headTopics {
			w.energy = energy
		}
		w.probs[i] = h.mix(w.margins, w.nets[i], w.probs[i])
	}
}

// ask writes what the networks of a head say, all together, and returns their energy.
func (h *head) ask(w *buffers, p *[]float32) (energy float64) {
	*p = sized(*p, h.classes)
	w.logits = sized(w.logits, h.classes)
	at, share := h.at, 1/float32(len(h.nets))
	for _, n := range h.nets {
		energy += float64(share) * n.finish(w.hidden[at:at+n.hidden], w.logits, *p, share)
		at += n.hidden
	}
	return energy
}

// mix makes the head's probabilities from margins and networks.
func (h *head) mix(margins, nets []float32, p []float64) []float64 {
	p = sized(p, h.classes)
	softmax(margins[h.first:h.first+h.classes], h.sharp, p)
	if len(h.nets) == 0 {
		return p
	}
	var sum float64
	for i, x := range p {
		both := float64(h.share*nets[i]) + (1-float64(h.share))*x
		p[i] = math.Pow(math.Max(both, 1e-9), float64(h.final))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// width is the number of hidden units of all networks.
func (j *joint) width() int {
	n := 0
	for i := range j.heads {
		for _, x := range j.heads[i].nets {
			n += x.hidden
		}
	}
	return n
}

// weights is how many numbers the model has.
func (j *joint) weights() int { return len(j.cells)/2 + len(j.small) }

// gather adds up weights and rows of the known features, and how much is known.
func (j *joint) gather(f []feature, w *buffers) {
	var sum, seen [groups]float32
	n, g := len(w.hidden), 0
	for i, x := range f {
		for i >= w.ends[g] {
			g++
		}
		sum[g] += x.value
		s, ok := j.find(x.id)
		if !ok {
			continue
		}
		seen[g] += x.value
		for c := j.of(s); len(c) >= 2; c = c[2:] {
			w.margins[c[0]] += float32(x.value * float32(int8(c[1])))
		}
		if s.row >= 0 && n > 0 {
			row := j.small[int(s.row)*(sizeBytes+n):][:sizeBytes+n]
			spread(x.value*math.Float32frombits(binary.LittleEndian.Uint32(row)), row[sizeBytes:], w.hidden)
		}
	}
	for o := range w.margins {
		w.margins[o] = float32(w.margins[o]*j.scale[o]) + j.bias[o]
	}
	w.known = shares(&seen, &sum)
}

// shares are those of strangeness.
func shares(seen, sum *[groups]float32) (known [1 + groupChars + 1]float64) {
	share := func(seen, sum float32) float64 {
		if sum == 0 {
			return 0
		}
		return float64(seen / sum)
	}
	var all, of float32
	for g := range seen {
		all, of = all+seen[g], of+sum[g]
	}
	known[0] = share(all, of)
	for g := range known[1:] {
		known[1+g] = share(seen[g], sum[g])
	}
	return known
}

// spread adds a row of whole numbers, times a, to the hidden units.
func spread(a float32, row []byte, h []float32) {
	for len(row) >= 8 && len(h) >= 8 {
		r, y := (*[8]byte)(row), (*[8]float32)(h)
		y[0] += float32(a * float32(int8(r[0])))
		y[1] += float32(a * float32(int8(r[1])))
		y[2] += float32(a * float32(int8(r[2])))
		y[3] += float32(a * float32(int8(r[3])))
		y[4] += float32(a * float32(int8(r[4])))
		y[5] += float32(a * float32(int8(r[5])))
		y[6] += float32(a * float32(int8(r[6])))
		y[7] += float32(a * float32(int8(r[7])))
		row, h = row[8:], h[8:]
	}
	for i, x := range row {
		h[i] += float32(a * float32(int8(x)))
	}
}

// compact turns the networks' rows into whole numbers. columns has the column of each row, of so many
// in all; each lesson has those that its networks know, by what each is to be multiplied.
func (j *joint) compact(columns []int32, of int, lessons []taught) {
	n := j.width()
	if n == 0 {
		return
	}
	place := make([][]int32, len(lessons)) // of a column in a lesson's networks, +1
	for i, l := range lessons {
		place[i] = make([]int32, of)
		for r, c := range l.from {
			place[i][c] = int32(r) + 1
		}
	}
	j.small = make([]byte, 0, len(columns)*(sizeBytes+n))
	row := make([]float32, n)
	for _, c := range columns {
		clear(row)
		for i, h := range j.heads {
			if at := place[i][c]; at > 0 {
				h.copyRow(int(at)-1, lessons[i].by[c], row)
			}
		}
		j.shrink(row)
	}
	for _, h := range j.heads {
		for _, x := range h.nets {
			x.in = nil
		}
	}
}

func (h *head) copyRow(r int, by float32, row []float32) {
	at := h.at
	for _, x := range h.nets {
		for i, v := range x.in[r*x.hidden : (r+1)*x.hidden] {
			row[at+i] = v * by
		}
		at += x.hidden
	}
}

// sizeBytes is how many bytes of a row say what its numbers are multiplied by.
const sizeBytes = 4

// shrink appends a row in whole numbers.
func (j *joint) shrink(row []float32) {
	var top float32
	for _, x := range row {
		top = max(top, abs(x))
	}
	j.small = binary.LittleEndian.AppendUint32(j.small, math.Float32bits(top/127))
	for _, x := range row {
		if top > 0 {
			x = x / top * 127
		}
		j.small = append(j.small, byte(int8(math.Round(float64(x)))))
	}
}
