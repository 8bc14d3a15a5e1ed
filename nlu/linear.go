package nlu

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// linear is a trained set of separating vectors over one table of features, stored feature by
// feature so that a text touches only its own.
type linear struct {
	recipe recipe
	names  []string  // of the outputs
	bias   []float32 // of the outputs
	scale  []float32 // a stored weight times this is the weight
	keys   []uint32  // hashes of the known features, ascending
	first  []uint32  // feature i has weights [first[i], first[i+1])
	out    []uint8   // which output a weight belongs to
	weight []int8
	table  []uint32 // open hash table: place in keys + 1
}

// index builds the hash table; call it once after keys are set.
func (l *linear) index() {
	n := 16
	for n < len(l.keys)*2 {
		n *= 2
	}
	l.table = make([]uint32, n)
	mask := uint32(n - 1)
	for k, h := range l.keys {
		i := h & mask
		for l.table[i] != 0 {
			i = (i + 1) & mask
		}
		l.table[i] = uint32(k + 1)
	}
}

// find returns the place of a feature in keys, -1 for one that was never seen.
func (l *linear) find(h uint32) int {
	mask := uint32(len(l.table) - 1)
	for i := h & mask; l.table[i] != 0; i = (i + 1) & mask {
		if k := l.table[i] - 1; l.keys[k] == h {
			return int(k)
		}
	}
	return -1
}

// vocabulary gives every feature of the training texts a column.
type vocabulary struct {
	id   map[uint32]int32
	keys []uint32
}

func (v *vocabulary) columns(f []feature) []feature {
	for i, x := range f {
		id, ok := v.id[x.id]
		if !ok {
			id = int32(len(v.keys))
			v.id[x.id] = id
			v.keys = append(v.keys, x.id)
		}
		f[i].id = uint32(id)
	}
	return f
}

// tabulate makes the matrix of some texts.
func tabulate(texts []*scanned, r *recipe) (*matrix, *vocabulary) {
	v := &vocabulary{id: make(map[uint32]int32, 1<<16)}
	m := &matrix{start: []int32{0}}
	var e extractor
	for _, t := range texts {
		m.add(v.columns(e.features(t, r)))
	}
	return m, v
}

// fitAll learns one vector per output; positive tells whether a row belongs to an output.
func (l learner) fitAll(m *matrix, rows []int32, outputs int, positive func(row, out int) bool) [][]float32 {
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
				w[o] = l.fit(m, y, rows, uint64(o)+1)
			}
		})
	}
	wg.Wait()
	return w
}

// compress turns learnt vectors into a linear with whole numbers, keeping the given share of the
// weights, the largest. NLU.md measured that a tenth is enough. Columns in also are known even where
// no weight of theirs is kept.
func compress(w [][]float32, v *vocabulary, r recipe, names []string, keep float64, also []int32) *linear {
	n := len(v.keys)
	l := &linear{recipe: r, names: names, bias: make([]float32, len(w)), scale: make([]float32, len(w))}
	limit := threshold(w, n, keep)
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
	wanted := make([]bool, n)
	for _, c := range also {
		wanted[c] = true
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if v.keys[a] < v.keys[b] {
			return -1
		}
		return 1
	})
	for _, c := range order {
		before := len(l.out)
		for o, row := range w {
			q := int8(math.Round(float64(row[c] / l.scale[o])))
			if abs(row[c]) >= limit && q != 0 {
				l.out, l.weight = append(l.out, uint8(o)), append(l.weight, q)
			}
		}
		if len(l.out) > before || wanted[c] {
			l.keys, l.first = append(l.keys, v.keys[c]), append(l.first, uint32(before))
		}
	}
	l.first = append(l.first, uint32(len(l.out)))
	l.index()
	return l
}

// threshold finds the size that the given share of all weights reaches.
func threshold(w [][]float32, n int, keep float64) float32 {
	if keep >= 1 {
		return 0
	}
	// A sample is enough: every 7th weight, deterministic.
	var sample []float32
	for _, row := range w {
		for i := 0; i < n; i += 7 {
			sample = append(sample, abs(row[i]))
		}
	}
	if len(sample) == 0 {
		return 0
	}
	slices.Sort(sample)
	return sample[min(int(float64(len(sample))*(1-keep)), len(sample)-1)]
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
