package nlu

import "sync"

// course says how a head is learnt.
type course struct {
	Weights [groups]float32 // what each group of features counts; 0 leaves it out
	Inform  float64         // see inform
	Learner learner
	School  schooling
	Nets    int
	Share   float32 // of the networks in the mix
	Keep    float64 // share of the linear's weights that is stored
	Least   int32   // texts that a feature must be in for the networks
}

// task is one head to be learnt.
type task struct {
	course
	names   []string // the classes, then the outputs beyond them
	classes int
	y       []int                    // the class of each text; -1: the text is not part of this task
	extra   func(text, out int) bool // whether a text belongs to an output beyond the classes
}

// taught is what came out of a task.
type taught struct {
	w    [][]float32 // by output and column
	by   []float32   // what a column was multiplied by
	from []int32     // the columns that the networks know
	nets []*net
}

// fewTexts is how many texts are so few that three times as many networks are cheap, and needed.
const fewTexts = 4000

// learnJoint learns heads from texts.
func learnJoint(texts []*scanned, tasks ...task) *joint {
	var uses [groups]bool
	for _, t := range tasks {
		for g, w := range t.Weights {
			uses[g] = uses[g] || w > 0
		}
	}
	m, v := tabulate(texts, &uses)
	j := &joint{}
	var lessons []taught
	var names []string
	var w [][]float32
	var keep []float64
	also := make([]bool, m.cols)
	for _, t := range tasks {
		l := t.learn(m, v)
		lessons = append(lessons, l)
		h := head{first: len(names), classes: t.classes, nets: l.nets, at: j.width(), share: t.Share, sharp: 5, final: 1}
		j.heads = append(j.heads, h)
		names, w = append(names, t.names...), append(w, l.w...)
		for range t.names {
			keep = append(keep, t.Keep)
		}
		for _, c := range l.from {
			also[c] = true
		}
	}
	j.linear = compress(w, v, names, keep, also)
	j.uses = uses
	j.compact(v, lessons)
	return j
}

// learn learns the vectors and networks of one task.
func (t *task) learn(all *matrix, v *vocabulary) taught {
	m, rows := all.part(t.y, v.group, t.Weights)
	y := make([]int, len(rows))
	for i, r := range rows {
		y[i] = t.y[r]
	}
	var out taught
	out.by = inform(m, y, t.classes, t.Inform)
	var wg sync.WaitGroup
	if t.Nets > 0 && len(rows) > 0 {
		var small *matrix
		small, out.from = m.narrow(t.Least)
		s, n := t.School, t.Nets
		s.Epochs = min(max(s.Epochs, 30000/len(rows)), 30)
		if len(rows) < fewTexts {
			n *= 3
		}
		out.nets = make([]*net, n)
		for i := range out.nets {
			wg.Go(func() { out.nets[i] = learnNet(small, y, t.classes, s, uint64(i)+1) })
		}
	}
	out.w = t.Learner.fitAll(m, len(t.names), func(r, o int) bool {
		if o >= t.classes {
			return t.extra(int(rows[r]), o-t.classes)
		}
		return y[r] == o
	})
	wg.Wait()
	for c, g := range v.group {
		out.by[c] *= t.Weights[g]
	}
	for _, w := range out.w {
		for c, by := range out.by {
			w[c] *= by
		}
	}
	return out
}

// part returns the rows that have a class, with the groups' weights put in, and which rows they are.
func (m *matrix) part(y []int, group []uint8, weights [groups]float32) (*matrix, []int32) {
	out := &matrix{start: []int32{0}, cols: m.cols}
	var rows []int32
	for r := range m.rows() {
		if y[r] < 0 {
			continue
		}
		n := float32(1)
		for k := m.start[r]; k < m.start[r+1]; k++ {
			c := m.col[k]
			v := m.val[k] * weights[group[c]]
			if v == 0 {
				continue
			}
			out.col, out.val = append(out.col, c), append(out.val, v)
			n += float32(v * v)
		}
		out.start, out.norm = append(out.start, int32(len(out.col))), append(out.norm, n)
		rows = append(rows, int32(r))
	}
	return out, rows
}
