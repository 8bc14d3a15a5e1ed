package nlu

import "math"

// inform scales the columns of a matrix by how much each tells about the classes: a word that all
// classes share counts less. power 0 leaves everything as it is; the scales' mean square over all
// values is 1, so that the learner's settings keep their meaning. The scales are returned; learnt
// weights are multiplied by them.
func inform(m *matrix, y []int, classes int, power float64) []float32 {
	s := make([]float32, m.cols)
	for i := range s {
		s[i] = 1
	}
	if power == 0 || m.rows() == 0 {
		return s
	}
	counts, total := tally(m, y, classes)
	k := float64(classes)
	var square, sum float64
	for c := range s {
		entropy, seen, n := 0.0, 0, float64(total[c])+1
		for _, x := range counts[c] { // each class has 1/k of an example for a start
			p := (float64(x.n) + 1/k) / n
			entropy -= p * math.Log(p)
			seen++
		}
		if rest := k - float64(seen); rest > 0 {
			p := 1 / k / n
			entropy -= rest * p * math.Log(p)
		}
		v := math.Pow(max(1.05-entropy/math.Log(max(k, 2)), 0.02), power)
		s[c] = float32(v)
		square += v * v * float64(total[c])
		sum += float64(total[c])
	}
	norm := float32(math.Sqrt(square / max(sum, 1)))
	for c := range s {
		s[c] /= norm
	}
	m.stretch(s)
	return s
}

type classCount struct{ class, n int32 }

// tally counts in how many rows of each class a column is.
func tally(m *matrix, y []int, classes int) ([][]classCount, []int32) {
	counts, total := make([][]classCount, m.cols), make([]int32, m.cols)
	for r := range m.rows() {
		for k := m.start[r]; k < m.start[r+1]; k++ {
			c := m.col[k]
			total[c]++
			found := false
			for i := range counts[c] {
				if counts[c][i].class == int32(y[r]) {
					counts[c][i].n++
					found = true
					break
				}
			}
			if !found {
				counts[c] = append(counts[c], classCount{int32(y[r]), 1})
			}
		}
	}
	return counts, total
}

// stretch multiplies the columns.
func (m *matrix) stretch(s []float32) {
	for r := range m.rows() {
		n := float32(1)
		for k := m.start[r]; k < m.start[r+1]; k++ {
			m.val[k] *= s[m.col[k]]
			n += float32(m.val[k] * m.val[k])
		}
		m.norm[r] = n
	}
}

// narrow returns the matrix with only those columns that are in so many rows or more, and where each
// of them was.
func (m *matrix) narrow(least int32) (*matrix, []int32) {
	df := make([]int32, m.cols)
	for _, c := range m.col {
		df[c]++
	}
	to, from := make([]int32, m.cols), []int32{}
	for c, n := range df {
		if to[c] = -1; n >= least {
			to[c] = int32(len(from))
			from = append(from, int32(c))
		}
	}
	out := &matrix{start: make([]int32, 1, len(m.start)), cols: len(from)}
	for r := range m.rows() {
		for k := m.start[r]; k < m.start[r+1]; k++ {
			if c := to[m.col[k]]; c >= 0 {
				out.col, out.val = append(out.col, c), append(out.val, m.val[k])
			}
		}
		out.start = append(out.start, int32(len(out.col)))
		out.norm = append(out.norm, m.norm[r])
	}
	return out, from
}
