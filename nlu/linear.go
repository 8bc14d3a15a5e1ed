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

// slot is one known feature in twelve bytes: its weights are n cells from first, both in place.
type slot struct {
	key   uint32
	place uint32 // first<<8 | n; free where the slot is empty
	row   int32  // in the networks; -1 where they have none
}

const free = math.MaxUint32

func placed(first, n int) uint32 { return uint32(first)<<8 | uint32(n) }

func (s *slot) first() uint32 { return s.place >> 8 }

func (s *slot) n() uint32 { return s.place & 255 }

// mass is one weight.
type mass struct {
	out    uint8
	weight int8
}

// index makes the hash table, a quarter of it free.
func (l *linear) index(list []slot) {
	l.slots, l.known = make([]slot, max(16, len(list)*4/3)), len(list)
	for i := range l.slots {
		l.slots[i].place = free
	}
	for _, s := range list {
		i := l.home(s.key)
		for l.slots[i].place != free {
			if i++; i == len(l.slots) {
				i = 0
			}
		}
		l.slots[i] = s
	}
}

// home is where the search for a key begins. Keys are hashes, so their high bits are spread.
func (l *linear) home(key uint32) int { return int(uint64(key) * uint64(len(l.slots)) >> 32) }

// list returns the known features in ascending order of their keys.
func (l *linear) list() []slot {
	out := make([]slot, 0, l.known)
	for _, s := range l.slots {
		if s.place != free {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
	return out
}

// find returns a feature, nil for one that was never seen.
func (l *linear) find(h uint32) *slot {
	for i := l.home(h); l.slots[i].place != free; {
		if l.slots[i].key == h {
			return &l.slots[i]
		}
		if i++; i == len(l.slots) {
			i = 0
		}
	}
	return nil
}

// of returns the weights of a feature.
func (l *linear) of(s *slot) []mass { return l.cells[s.first() : s.first()+s.n()] }

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
// output's weights, the largest. NLU.md measured that a tenth of all, zeros
// included, is enough; a third of the others loses nothing either. Columns in also are known even
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
		x, first := slot{key: v.keys[c], row: -1}, len(l.cells)
		for o, row := range w {
			q := int8(math.Round(float64(row[c] / l.scale[o])))
			if abs(row[c]) >= limit[o] && q != 0 {
				l.cells = append(l.cells, mass{uint8(o), q})
			}
		}
		x.place = placed(first, len(l.cells)-first)
		if also[c] {
			x.row = rows
			rows++
		}
		if x.n() > 0 || also[c] {
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
