package nlu

import (
	"cmp"
	"slices"
)

// table has the features of all texts of a training. They are taken apart once; whatever learns from
// some of them picks its rows.
type table struct {
	matrix
	vocabulary
	slots []int32 // open hash table of the keys: column+1, 0 is free
}

// vocabulary gives every feature of the training texts a column.
type vocabulary struct {
	keys  []uint32
	group []uint8
}

// tabulate takes texts apart.
func tabulate(texts []*scanned, uses *[groups]bool) *table {
	t := &table{matrix: matrix{start: make([]int32, 1, len(texts)+1)}, slots: make([]int32, 1<<16)}
	var e extractor
	for _, s := range texts {
		f := sourced(e.features(s, uses), s, &e, uses)
		g := uint8(0)
		for i, x := range f {
			for i >= e.ends[g] {
				g++
			}
			t.col, t.val = append(t.col, t.column(x.id, g)), append(t.val, x.value)
		}
		t.start = append(t.start, int32(len(t.col)))
	}
	t.cols, t.slots = len(t.keys), nil
	return t
}

// sourced adds whose hand a text is from. Some hands wrote half of their examples angry and others a
// tenth; what is only theirs, the way they say good morning, would else pass for anger. What the hand
// explains its words need not (a fixed effect). What is read has no hand.
func sourced(f []feature, s *scanned, e *extractor, uses *[groups]bool) []feature {
	if uses[groupSource] && s.source != "" {
		f = append(f, feature{seal(mix(seed(groupSource, 1), s.source)), 1})
		e.ends[groupSource] = len(f)
	}
	return f
}

// column returns a feature's column, a new one where it was not met before.
func (t *table) column(key uint32, group uint8) int32 {
	for i := key & uint32(len(t.slots)-1); ; i = (i + 1) & uint32(len(t.slots)-1) {
		c := t.slots[i]
		if c == 0 {
			break
		}
		if t.keys[c-1] == key {
			return c - 1
		}
	}
	t.keys, t.group = append(t.keys, key), append(t.group, group)
	if 2*len(t.keys) > len(t.slots) {
		t.slots = make([]int32, 2*len(t.slots))
		for c := range t.keys {
			t.settle(int32(c))
		}
	} else {
		t.settle(int32(len(t.keys) - 1))
	}
	return int32(len(t.keys) - 1)
}

// settle enters a column into the hash table.
func (t *table) settle(c int32) {
	i := t.keys[c] & uint32(len(t.slots)-1)
	for t.slots[i] != 0 {
		i = (i + 1) & uint32(len(t.slots)-1)
	}
	t.slots[i] = c + 1
}

// features returns those of a row that a model uses, as an extractor returns those of a text.
func (t *table) features(row int32, uses *[groups]bool, e *extractor) []feature {
	e.out = e.out[:0]
	g := uint8(0)
	for k := t.start[row]; k < t.start[row+1]; k++ {
		c := t.col[k]
		for ; g < t.group[c]; g++ {
			e.ends[g] = len(e.out)
		}
		if uses[g] {
			e.out = append(e.out, feature{t.keys[c], t.val[k]})
		}
	}
	for ; g < groups; g++ {
		e.ends[g] = len(e.out)
	}
	return e.out
}

// span names the rows of a range.
func (t *table) span(from, to int) (rows []int32) {
	for r := from; r < to; r++ {
		rows = append(rows, int32(r))
	}
	return rows
}

// pick returns some rows with those columns that are in so many of them or more.
func (t *table) pick(rows []int32, least int32) (*matrix, *vocabulary) {
	df, n := make([]int32, t.cols), 0
	for _, r := range rows {
		for _, c := range t.col[t.start[r]:t.start[r+1]] {
			df[c]++
		}
	}
	for _, d := range df {
		if d >= least {
			n += int(d)
		}
	}
	m, v := newMatrix(len(rows), n), &vocabulary{}
	to := make([]int32, t.cols) // column+1, in the order of first appearance
	for _, r := range rows {
		for k := t.start[r]; k < t.start[r+1]; k++ {
			c := t.col[k]
			if df[c] < least {
				continue
			}
			if to[c] == 0 {
				v.keys, v.group = append(v.keys, t.keys[c]), append(v.group, t.group[c])
				to[c] = int32(len(v.keys))
			}
			m.col, m.val = append(m.col, to[c]-1), append(m.val, t.val[k])
		}
		m.start = append(m.start, int32(len(m.col)))
	}
	m.cols = len(v.keys)
	return m, v
}

// matrix holds texts as sparse rows, one after the other.
type matrix struct {
	start []int32 // row r is [start[r], start[r+1]); begins with 0
	col   []int32
	val   []float32
	norm  []float32 // squared length of each row, with the constant 1 that carries the bias; see stretch
	cols  int
}

// newMatrix has room for so many rows and values.
func newMatrix(rows, values int) *matrix {
	return &matrix{start: make([]int32, 1, rows+1), col: make([]int32, 0, values), val: make([]float32, 0, values)}
}

func (m *matrix) rows() int { return len(m.start) - 1 }

// part returns the rows that have a class, with the groups' weights put in, and which rows they are.
func (m *matrix) part(y []int, group []uint8, weights [groups]float32) (*matrix, []int32) {
	out := newMatrix(m.rows(), len(m.col))
	out.cols = m.cols
	var rows []int32
	for r := range m.rows() {
		if y[r] < 0 {
			continue
		}
		for k := m.start[r]; k < m.start[r+1]; k++ {
			c := m.col[k]
			if v := m.val[k] * weights[group[c]]; v != 0 {
				out.col, out.val = append(out.col, c), append(out.val, v)
			}
		}
		out.start, rows = append(out.start, int32(len(out.col))), append(rows, int32(r))
	}
	return out, rows
}

// stretch multiplies the columns and measures the rows.
func (m *matrix) stretch(s []float32) {
	m.norm = make([]float32, m.rows())
	for r := range m.rows() {
		n := float32(1)
		for k := m.start[r]; k < m.start[r+1]; k++ {
			m.val[k] *= s[m.col[k]]
			n += float32(m.val[k] * m.val[k])
		}
		m.norm[r] = n
	}
}

// narrow returns the matrix with only those columns that are in so many rows or more, in still more
// where that would be more columns than most, and where each of them was.
func (m *matrix) narrow(least int32, most int) (*matrix, []int32) {
	df := make([]int32, m.cols)
	for _, c := range m.col {
		df[c]++
	}
	in := make([]int, m.rows()+2) // columns by how many rows they are in; then in so many or more
	for _, n := range df {
		in[n]++
	}
	for n := m.rows(); n >= 0; n-- {
		in[n] += in[n+1]
	}
	for int(least) <= m.rows() && in[least] > most {
		least++
	}
	to, from, values := make([]int32, m.cols), []int32{}, 0
	for c, n := range df {
		if to[c] = -1; n >= least {
			to[c] = int32(len(from))
			from = append(from, int32(c))
			values += int(n)
		}
	}
	out := newMatrix(m.rows(), values)
	out.cols = len(from)
	for r := range m.rows() {
		for k := m.start[r]; k < m.start[r+1]; k++ {
			if c := to[m.col[k]]; c >= 0 {
				out.col, out.val = append(out.col, c), append(out.val, m.val[k])
			}
		}
		out.start = append(out.start, int32(len(out.col)))
	}
	return out, from
}

// frequent returns the columns, those in most rows first.
func (m *matrix) frequent() []int32 {
	df, order := make([]int32, m.cols), make([]int32, m.cols)
	for _, c := range m.col {
		df[c]++
	}
	for c := range order {
		order[c] = int32(c)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(df[b], df[a]) })
	return order
}

// byColumn returns, for each column, the rows that it is in: column c has [start[c], start[c+1]).
func (m *matrix) byColumn() (start, rows []int32) {
	start = make([]int32, m.cols+1)
	for _, c := range m.col {
		start[c+1]++
	}
	for c := range m.cols {
		start[c+1] += start[c]
	}
	rows, next := make([]int32, len(m.col)), append([]int32(nil), start...)
	for r := range m.rows() {
		for _, c := range m.col[m.start[r]:m.start[r+1]] {
			rows[next[c]] = int32(r)
			next[c]++
		}
	}
	return start, rows
}
