package nlu

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
)

// linear is a trained set of separating vectors over one table of features, stored feature by
// feature so that a text touches only its own. Table and weights are read where they lie, in the
// program or in a stored model's bytes: nothing is decoded, and what no text ever touches costs no memory.
type linear struct {
	uses   [groups]bool
	names  []string  // of the outputs
	bias   []float32 // of the outputs
	scale  []float32 // a stored weight times this is the weight
	table  []byte    // the known features, slotBytes each, ascending by key
	cells  []byte    // the weights: output and whole number (int8), those of the most frequent features first
	starts []uint32  // by a key's highest bits: where in the table such keys begin; one more at the end
	shift  int       // what is left of a key are those bits
}

// slot is one known feature: its weights are n cells from first, both in place.
type slot struct {
	key   uint32
	place uint32 // first<<8 | n
	row   int32  // in the networks; -1 where they have none
}

const slotBytes = 12

func placed(first, n int) uint32 { return uint32(first)<<8 | uint32(n) }

func (s slot) first() uint32 { return s.place >> 8 }

func (s slot) n() uint32 { return s.place & 255 }

// known is how many features there are.
func (l *linear) known() int { return len(l.table) / slotBytes }

func (l *linear) slot(i int) slot {
	b := l.table[i*slotBytes:][:slotBytes]
	return slot{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), int32(binary.LittleEndian.Uint32(b[8:]))}
}

// put appends a feature to the table.
func (l *linear) put(s slot) {
	l.table = binary.LittleEndian.AppendUint32(l.table, s.key)
	l.table = binary.LittleEndian.AppendUint32(l.table, s.place)
	l.table = binary.LittleEndian.AppendUint32(l.table, uint32(s.row))
}

// index notes where each of the keys' highest bits begin; two features or so share them, for keys are
// hashes. It tells whether the table is in order and names no cell and no row beyond so many.
func (l *linear) index(rows int) bool {
	high := max(bits.Len(uint(l.known()))-2, 0)
	l.shift, l.starts = 32-high, make([]uint32, 1<<high+1)
	next, last := 0, int64(-1)
	for i := range l.known() {
		s := l.slot(i)
		if int64(s.key) <= last || int(s.first()+s.n())*2 > len(l.cells) || int(s.row) >= rows || s.row < -1 {
			return false
		}
		for last = int64(s.key); next <= int(uint64(s.key)>>l.shift); next++ {
			l.starts[next] = uint32(i)
		}
	}
	for ; next < len(l.starts); next++ {
		l.starts[next] = uint32(l.known())
	}
	return true
}

// find returns a feature, false for one that was never seen.
func (l *linear) find(h uint32) (slot, bool) {
	b := uint64(h) >> l.shift
	for i, end := l.starts[b], l.starts[b+1]; i < end; i++ {
		if s := l.slot(int(i)); s.key == h {
			return s, true
		}
	}
	return slot{}, false
}

// of returns the weights of a feature, two bytes each.
func (l *linear) of(s slot) []byte { return l.cells[2*s.first() : 2*(s.first()+s.n())] }

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
// where no weight of theirs is kept, and are rows of the networks; they are returned in the rows'
// order. Weights and rows of the most frequent columns come first, so that what most texts touch lies together.
func compress(w [][]float32, v *vocabulary, names []string, keep []float64, frequent []int32, also []bool) (*linear, []int32) {
	l := &linear{names: names, bias: make([]float32, len(w)), scale: make([]float32, len(w))}
	number, fill := l.quantize(w, len(v.keys), keep)
	slots, columns, first := make([]slot, len(v.keys)), []int32(nil), 0
	for _, c := range frequent {
		slots[c] = slot{key: v.keys[c], place: placed(first, int(number[c])), row: -1}
		first += int(number[c])
		if also[c] {
			slots[c].row, columns = int32(len(columns)), append(columns, c)
		}
	}
	l.cells = make([]byte, 2*first)
	fill(slots)
	slices.SortFunc(slots, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
	for _, s := range slots {
		if s.n() > 0 || s.row >= 0 {
			l.put(s)
		}
	}
	l.index(len(columns))
	return l, columns
}

// quantize makes whole numbers of so many columns' weights. It returns how many of each column are
// kept, and what puts them into their places.
func (l *linear) quantize(w [][]float32, n int, keep []float64) (number []uint8, fill func([]slot)) {
	limit := thresholds(w, n, keep)
	number = make([]uint8, n)
	kept, where := make([][]int8, len(w)), make([][]int32, len(w)) // by output
	for o, row := range w {
		var top float32
		for _, x := range row[:n] {
			top = max(top, abs(x))
		}
		l.bias[o], l.scale[o] = row[n], top/127
		if top == 0 {
			l.scale[o] = 1
		}
		for c, x := range row[:n] {
			if x == 0 || abs(x) < limit[o] {
				continue
			}
			if q := int8(math.Round(float64(x / l.scale[o]))); q != 0 {
				kept[o], where[o] = append(kept[o], q), append(where[o], int32(c))
				number[c]++
			}
		}
	}
	return number, func(slots []slot) {
		done := make([]uint8, n)
		for o := range kept {
			for i, c := range where[o] {
				at := 2 * (slots[c].first() + uint32(done[c]))
				l.cells[at], l.cells[at+1] = uint8(o), byte(kept[o][i])
				done[c]++
			}
		}
	}
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
