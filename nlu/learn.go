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
	Least   int32   // texts that a feature must be in for the networks, where they are few
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

// seenPerClass is how many examples of a class, counted again in each epoch, the networks see at least.
const seenPerClass = 900

// smoothFrom is from how many examples of a class on the networks' certainty is smoothed in full: who has
// seen a class little is unsure of it anyway.
const smoothFrom = 140

// manyClasses is from how many classes on features are not scaled by what they tell, see inform: a word
// that ten of sixty topics share says little, one that ten of 150 share narrows them down.
const manyClasses = 100

// mostRows is how many features the networks know at most, the most frequent: their rows are most of a
// model's memory.
const mostRows = 56000

// commonFrom is how many texts a feature must be in to be learnt from where there are many: what was
// met once is two thirds of all features and says little of other texts.
var commonFrom int32 = 2

// usesOf are the groups of features that any of the courses counts.
func usesOf(courses ...course) (uses [groups]bool) {
	for _, c := range courses {
		for g, w := range c.Weights {
			uses[g] = uses[g] || w > 0
		}
	}
	return uses
}

// learnJoint learns heads from rows of a table; a task's texts are in the order of these.
func learnJoint(all *table, rows []int32, tasks ...task) *joint {
	least := int32(1)
	if len(rows) >= fewTexts {
		least = commonFrom
	}
	m, v := all.pick(rows, least)
	j := &joint{}
	var lessons []taught
	var names []string
	var w [][]float32
	var keep []float64
	var courses []course
	also := make([]bool, m.cols)
	for _, t := range tasks {
		courses = append(courses, t.course)
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
	var columns []int32
	j.linear, columns = compress(w, v, names, keep, m.frequent(), also)
	j.uses = usesOf(courses...)
	j.uses[groupSource] = false // nobody's hand is known when a message is read
	j.compact(columns, m.cols, lessons)
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
	if t.classes >= manyClasses {
		t.Inform = 0
	}
	out.by = inform(m, y, t.classes, t.Inform, v.group)
	var wg sync.WaitGroup
	if t.Nets > 0 && len(rows) > 0 {
		var small *matrix
		small, out.from = m.narrow(t.Least, mostRows)
		s, n := t.School, t.Nets
		s.Epochs = min(max(s.Epochs, 30000/len(rows), seenPerClass*t.classes/len(rows)), 30)
		s.Smooth *= min(float32(len(rows))/float32(smoothFrom*t.classes), 1)
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
