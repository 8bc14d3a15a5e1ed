package nlu

import "math"

// inform scales the columns of a matrix by how much each tells about the classes: a word that all
// classes share counts less. power 0 leaves everything as it is; the scales' mean square over all
// values is 1, so that the learner's settings keep their meaning. The scales are returned; learnt
// weights are multiplied by them.
func inform(m *matrix, y []int, classes int, power float64, group []uint8) []float32 {
	s := make([]float32, m.cols)
	for i := range s {
		s[i] = 1
	}
	if power == 0 || m.rows() == 0 {
		m.stretch(s)
		return s
	}
	start, rows := m.byColumn()
	count, met := make([]int32, classes), make([]int, 0, classes) // of one column
	k := float64(classes)
	var square, sum float64
	for c := range s {
		if group[c] == groupDense {
			continue // every text has every number of a vector: how often says nothing
		}
		met = met[:0]
		for _, r := range rows[start[c]:start[c+1]] {
			if count[y[r]]++; count[y[r]] == 1 {
				met = append(met, y[r])
			}
		}
		total := float64(start[c+1] - start[c])
		entropy, n := 0.0, total+1
		for _, class := range met { // each class has 1/k of an example for a start
			p := (float64(count[class]) + 1/k) / n
			entropy -= p * math.Log(p)
			count[class] = 0
		}
		if rest := k - float64(len(met)); rest > 0 {
			p := 1 / k / n
			entropy -= rest * p * math.Log(p)
		}
		v := math.Pow(max(1.05-entropy/math.Log(max(k, 2)), 0.02), power)
		s[c] = float32(v)
		square += v * v * total
		sum += total
	}
	norm := float32(math.Sqrt(square / max(sum, 1)))
	for c := range s {
		if group[c] != groupDense {
			s[c] /= norm
		}
	}
	m.stretch(s)
	return s
}
