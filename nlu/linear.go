package nlu

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"
)

// linear is a trained set of separating vectors over one table of features, stored feature by
// feature so that a text touches only its own, and each of them only three lines of memory.
type linear struct {
	uses  [groups]bool
	names []string  // of the outputs
	bias  []float32 // of the outputs
	scale []float32 // a stored weight times this is the weight
	slots []slot    // open hash table of the known features
	known int       // how many there are
	cells []mass
}

// slot is one known feature: its weights are cells[first : first+n].
type slot struct {
	key   uint32
	first uint32
	row   int32 // in the networks; -1 where they have none
	n     uint16
	used  bool
}

// mass is one weight.
type mass struct {
	out    uint8
	weight int8
}

// index makes the hash table of features that are given in ascending order of their keys.
func (l *linear) index(list []slot) {
	n := 16
	for n*3 < len(list)*4 {
		n *= 2
	}
	l.slots, l.known = make([]slot, n), len(list)
	mask := uint32(n - 1)
	for _, s := range list {
		i := s.key & mask
		for l.slots[i].used {
			i = (i + 1) & mask
		}
		s.used = true
		l.slots[i] = s
	}
}

// list returns the known features in ascending order of their keys.
func (l *linear) list() []slot {
	out := make([]slot, 0, l.known)
	for _, s := range l.slots {
		if s.used {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
	return out
}

// find returns a feature, nil for one that was never seen.
func (l *linear) find(h uint32) *slot {
	mask := uint32(len(l.slots) - 1)
	for i := h & mask; l.slots[i].used; i = (i + 1) & mask {
		if l.slots[i].key == h {
			return &l.slots[i]
		}
	}
	return nil
}

// of returns the weights of a feature.
func (l *linear) of(s *slot) []mass { return l.cells[s.first : s.first+uint32(s.n)] }

// vocabulary gives every feature of the training texts a column.
type vocabulary struct {
	id    map[uint32]int32
	keys  []uint32
	group []uint8
}

// tabulate makes the matrix of some texts.
func tabulate(texts []*scanned, uses *[groups]bool) (*matrix, *vocabulary) {
	v := &vocabulary{id: make(map[uint32]int32, 1<<16)}
	m := &matrix{start: []int32{0}}
	var e extractor
	for _, t := range texts {
		f := e.features(t, uses)
		g := uint8(0)
		for i, x := range f {
			for i >= e.ends[g] {
				g++
			}
			id, ok := v.id[x.id]
			if !ok {
				id = int32(len(v.keys))
				v.id[x.id] = id
				v.keys, v.group = append(v.keys, x.id), append(v.group, g)
			}
			f[i].id = uint32(id)
		}
		m.add(f)
	}
	return m, v
}

// fitAll learns one vector per output; positive tells whether a row belongs to an output.
func (l learner) fitAll(m *matrix, outputs int, positive func(row, out int) bool) [][]float32 {
	w := make([][]float32, outputs)
	next := make(chan int, outputs)
	for o := range outputs {
		next <- o
	}
	close(next)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for o := range next {
				y := make([]bool, m.rows())
				for r := range y {
					y[r] = positive(r, o)
				}
				w[o] = l.fit(m, y, uint64(o)+1)
			}
		})
	}
	wg.Wait()
	return w
}

// compress turns learnt vectors into a linear with whole numbers, keeping the given share of each
// output's weights, the largest. NLU.md measured that a tenth is enough. Columns in also are known even
// where no weight of theirs is kept, and numbered as rows of the networks.
func compress(w [][]float32, v *vocabulary, names []string, keep []float64, also []bool) *linear {
	n := len(v.keys)
	l := &linear{names: names, bias: make([]float32, len(w)), scale: make([]float32, len(w))}
	limit := thresholds(w, n, keep)
	for o, row := range w {
		var top float32
		for _, x := range row[:n] {
			top = max(top, abs(x))
		}
		l.bias[o], l.scale[o] = row[n], top/127
		if top == 0 {
			l.scale[o] = 1
		}
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(v.keys[a], v.keys[b]) })
	var list []slot
	rows := int32(0)
	for _, c := range order {
		x := slot{key: v.keys[c], first: uint32(len(l.cells)), row: -1}
		for o, row := range w {
			q := int8(math.Round(float64(row[c] / l.scale[o])))
			if abs(row[c]) >= limit[o] && q != 0 {
				l.cells = append(l.cells, mass{uint8(o), q})
			}
		}
		x.n = uint16(uint32(len(l.cells)) - x.first)
		if also[c] {
			x.row = rows
			rows++
		}
		if x.n > 0 || also[c] {
			list = append(list, x)
		}
	}
	l.index(list)
	return l
}

// thresholds finds, for each output, the size that the kept share of the weights reaches, over all
// outputs that keep the same share.
func thresholds(w [][]float32, n int, keep []float64) []float32 {
	out := make([]float32, len(w))
	for from := 0; from < len(w); {
		to := from
		var sample []float32 // every 61st weight is enough
		for ; to < len(w) && keep[to] == keep[from]; to++ {
			for i := 0; i < n; i += 61 {
				if x := abs(w[to][i]); x > 0 {
					sample = append(sample, x)
				}
			}
		}
		if len(sample) > 0 && keep[from] < 1 {
			slices.Sort(sample)
			limit := sample[min(int(float64(len(sample))*(1-keep[from])), len(sample)-1)]
			for o := from; o < to; o++ {
				out[o] = limit
			}
		}
		from = to
	}
	return out
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
