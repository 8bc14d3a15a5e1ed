package nlu

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tandem"
)

// Bench measures a model against public test sets and prints the figures beside published ones. It
// has no files and no clock of its own.
type Bench struct {
	Open func(name string) (io.ReadCloser, error) // a file of the data folder: "massive_pl/train.tsv"
	CPU  func() time.Duration                     // processor time used so far, by all cores
	Out  io.Writer
	Only []string // names of rows; empty runs all
}

// benchRow is one line of the table.
type benchRow struct {
	name   string
	set    string
	part   string // the training part
	want   float64
	others string // node-nlp, fastText, LinearSVC, best published, as NLU.md measured or quotes them
	run    func(*Bench, *benchRow) (float64, error)
}

var benchRows = []benchRow{
	{"massive_pl", "massive_pl", "train", 85.5, "72.3 / 81.6 / 84.5 / 87.1 mT5", (*Bench).accuracy},
	{"massive_en", "massive_en", "train", 86, "68.5 / 80.2 / 85.6 / 89.0 mT5", (*Bench).accuracy},
	{"banking77", "banking77", "train", 92, "50.6 / 87.1 / 91.4 / 93.7 BERT", (*Bench).accuracy},
	{"hwu64", "hwu64", "train", 89, "78.3 / 84.9 / 88.7 / 92.6 USE+ConveRT", (*Bench).accuracy},
	{"clinc150", "clinc150", "train", 93.3, "84.5 / 90.3 / 92.8 / 96.9 BERT", (*Bench).accuracy},
	{"clinc150_scope", "clinc150", "train", 95.5, "- / - / - / -", (*Bench).scope},
	{"clinc150_scope_oos", "clinc150", "train", 95.5, "- / - / - / -", (*Bench).scopeTaught},
	{"massive_pl_10", "massive_pl", "train_10", 60, "47.4 / - / - / -", (*Bench).accuracy},
	{"banking77_10", "banking77", "train_10", 76, "66.0 / 67.8 / - / 85.2 USE+ConveRT", (*Bench).accuracy},
	{"hwu64_10", "hwu64", "train_10", 72, "62.6 / 64.8 / - / 85.8 USE+ConveRT", (*Bench).accuracy},
	{"clinc150_10", "clinc150", "train_10", 83, "75.9 / 66.6 / - / 93.3 USE+ConveRT", (*Bench).accuracy},
	{"massive_pl_10_log", "massive_pl", "train_10", 64, "- / - / - / -", (*Bench).withLog},
	{"banking77_10_log", "banking77", "train_10", 78, "- / - / - / -", (*Bench).withLog},
	{"hwu64_10_log", "hwu64", "train_10", 77, "- / - / - / -", (*Bench).withLog},
	{"massive_pl_marks", "massive_pl", "train", -0.5, "- / - / - / -", (*Bench).marks},
	{"massive_pl_typos", "massive_pl", "train", 79.5, "- / - / - / -", (*Bench).typos},
	{"wccrs_hotels_F1", "wccrs_hotels", "train", 88.5, "48.4 / - / - / 88.7 linear", (*Bench).negative},
	{"wccrs_hotels_4", "wccrs_hotels", "train", 85, "- / 82.5 / 84.3 / 85.5 ELMo", (*Bench).fourClasses},
	{"wccrs_medicine_F1", "wccrs_medicine", "train", 76, "47.7 / - / - / 76.2 linear", (*Bench).negative},
	{"wccrs_medicine_4", "wccrs_medicine", "train", 79, "- / 75.3 / 77.8 / 81.2 LASER", (*Bench).fourClasses},
}

// Run prints the table; it returns an error for a missing file only.
func (b *Bench) Run() error {
	fmt.Fprintf(b.Out, "%-20s %8s %8s  %-44s %s\n", "", "tandem", "wanted", "node-nlp / fastText / LinearSVC / published", "CPU s")
	for i := range benchRows {
		r := &benchRows[i]
		if len(b.Only) > 0 && !slices.Contains(b.Only, r.name) && !slices.Contains(b.Only, r.set) {
			continue
		}
		start := b.CPU()
		v, err := r.run(b, r)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		mark := " "
		if v < r.want {
			mark = "!"
		}
		fmt.Fprintf(b.Out, "%-20s %7.1f%s %8.1f  %-44s %.1f\n", r.name, v, mark, r.want, r.others, (b.CPU() - start).Seconds())
	}
	return nil
}

func (b *Bench) read(name string) ([]Labelled, error) {
	f, err := b.Open(name + ".tsv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadLabelled(f)
}

// ExamplesOf makes examples of labelled rows. What is labelled as outside of all topics ("oos", "none" ...)
// is an example of Other.
func ExamplesOf(rows []Labelled) []Example {
	out := make([]Example, 0, len(rows))
	for _, r := range rows {
		if r.Touchpoint != "" {
			e := Example{Touchpoint: r.Touchpoint, Text: r.Text, Human: r.Human != nil && *r.Human}
			if outside[e.Touchpoint] {
				e.Touchpoint = Other
			}
			if slices.Contains(moodNames, r.Mood) {
				e.Mood = tandem.Mood(r.Mood)
			}
			out = append(out, e)
		}
	}
	return out
}

// hits is the share, in percent, of rows that a model reads rightly.
func (m *Model) hits(rows []Labelled, change func(string) string) float64 {
	n, ok := 0, 0
	for _, r := range rows {
		if outside[r.Touchpoint] {
			continue
		}
		text := r.Text
		if change != nil {
			text = change(text)
		}
		j := m.judge(m.scanText(text))
		n++
		if ranked(j.topics, m.tuning.Topics)[0].Touchpoint == r.Touchpoint {
			ok++
		}
	}
	return 100 * float64(ok) / float64(max(n, 1))
}

// train learns from parts of a set, separated by commas.
func (b *Bench) train(set, parts string, o Options) (*Model, []Labelled, error) {
	var rows []Labelled
	for part := range strings.SplitSeq(parts, ",") {
		more, err := b.read(set + "/" + part)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, more...)
	}
	test, err := b.read(set + "/test")
	if err != nil {
		return nil, nil, err
	}
	m, _ := Train(ExamplesOf(rows), o)
	return m, test, nil
}

func (b *Bench) accuracy(r *benchRow) (float64, error) {
	m, test, err := b.train(r.set, r.part, Options{})
	if err != nil {
		return 0, err
	}
	return m.hits(test, nil), nil
}

// withLog also has the full training part without its labels, as a company has its message log.
func (b *Bench) withLog(r *benchRow) (float64, error) {
	rows, err := b.read(r.set + "/train")
	if err != nil {
		return 0, err
	}
	var o Options
	for _, row := range rows {
		o.Log = append(o.Log, row.Text)
	}
	m, test, err := b.train(r.set, r.part, o)
	if err != nil {
		return 0, err
	}
	return m.hits(test, nil), nil
}

// marks is what the missing Polish letters cost.
func (b *Bench) marks(r *benchRow) (float64, error) {
	m, test, err := b.train(r.set, r.part, Options{})
	if err != nil {
		return 0, err
	}
	return m.hits(test, withoutMarks) - m.hits(test, nil), nil
}

// typos is the accuracy with one slip in twelve letters, learnt with slips of another seed.
func (b *Bench) typos(r *benchRow) (float64, error) {
	m, test, err := b.train(r.set, r.part, Options{Typos: true})
	if err != nil {
		return 0, err
	}
	rng := random(2026)
	return m.hits(test, func(s string) string { return mistype(s, 12, &rng) }), nil
}

// scope is the area under the curve of the out-of-scope score on CLINC150. It also prints how many
// in-scope messages are answered rightly and how many others refused at the threshold that the
// validation part set.
func (b *Bench) scope(r *benchRow) (float64, error) { return b.scopeOf(r.set, r.part) }

// scopeTaught is scope with the set's hundred messages that belong to no topic among the lessons.
func (b *Bench) scopeTaught(r *benchRow) (float64, error) {
	return b.scopeOf(r.set, r.part+","+r.part+"_oos")
}

func (b *Bench) scopeOf(set, parts string) (float64, error) {
	m, test, err := b.train(set, parts, Options{})
	if err != nil {
		return 0, err
	}
	val, err := b.read(set + "/val")
	if err != nil {
		return 0, err
	}
	strange, err := b.read(set + "/test_oos")
	if err != nil {
		return 0, err
	}
	var x [][]float64
	var y []bool
	for _, v := range val {
		x, y = append(x, m.measure(v.Text)), append(y, outside[v.Touchpoint])
	}
	m.tuning.Other = fitLogit(x, y)
	at := m.refuseAt(val)
	var in, out []float64
	right, refused := 0, 0
	for _, t := range test {
		j := m.judge(m.scanText(t.Text))
		in = append(in, j.other)
		if j.other < at && ranked(j.topics, m.tuning.Topics)[0].Touchpoint == t.Touchpoint {
			right++
		}
	}
	for _, t := range strange {
		j := m.judge(m.scanText(t.Text))
		out = append(out, j.other)
		if j.other >= at {
			refused++
		}
	}
	fmt.Fprintf(b.Out, "  in scope right %.1f (wanted 91), out of scope recalled %.1f (wanted 82)\n",
		100*float64(right)/float64(len(test)), 100*float64(refused)/float64(len(strange)))
	return 100 * auroc(out, in), nil
}

// measure returns what the out-of-scope score is made of.
func (m *Model) measure(text string) []float64 {
	var w buffers
	m.joint.read(m.scanText(text), &w)
	return scope(w.margins[:len(m.tuning.Topics)], m.tuning.Topics, w.strangeness, w.probs[headTopics], w.nets[headTopics])
}

// refusedShare is the share of in-scope messages that the threshold of the out-of-scope figures refuses.
const refusedShare = 0.04

// refuseAt is the threshold that refuses so many of the in-scope messages of the validation part.
func (m *Model) refuseAt(val []Labelled) float64 {
	var in []float64
	for _, v := range val {
		if !outside[v.Touchpoint] {
			in = append(in, m.judge(m.scanText(v.Text)).other)
		}
	}
	return atRate(in, refusedShare)
}

// moodsOf learns the four classes of a review corpus as moods are learnt.
func (b *Bench) moodsOf(r *benchRow) (*joint, []string, error) {
	rows, err := b.read(r.set + "/" + r.part)
	if err != nil {
		return nil, nil, err
	}
	names := []string{"ambivalent", "negative", "neutral", "positive"}
	var texts []*scanned
	var y []int
	for _, row := range rows {
		texts, y = append(texts, scanShipped(row.Text)), append(y, slices.Index(names, row.Touchpoint))
	}
	_, c := Options{}.filled().courses()
	uses := usesOf(c)
	t := tabulate(texts, &uses)
	return learnJoint(t, t.span(0, len(texts)), task{course: c, names: names, classes: len(names), y: y}), names, nil
}

func scanShipped(text string) *scanned {
	l, _ := shippedLexicon()
	s := scan(text)
	s.hits = l.match(s)
	return s
}

func (b *Bench) fourClasses(r *benchRow) (float64, error) {
	m, names, err := b.moodsOf(r)
	if err != nil {
		return 0, err
	}
	test, err := b.read(r.set + "/test")
	if err != nil {
		return 0, err
	}
	ok := 0
	for _, p := range m.all(test) {
		if ranked(p.probs, names)[0].Touchpoint == p.want {
			ok++
		}
	}
	return 100 * float64(ok) / float64(len(test)), nil
}

type judgement struct {
	probs []float64
	want  string
}

// all reads every row of a test.
func (j *joint) all(rows []Labelled) []judgement {
	var w buffers
	var out []judgement
	for _, r := range rows {
		j.read(scanShipped(r.Text), &w)
		out = append(out, judgement{slices.Clone(w.probs[0]), r.Touchpoint})
	}
	return out
}

// negative is the F1 of "negative or ambivalent" against the rest, with the threshold that is best
// on the validation part.
func (b *Bench) negative(r *benchRow) (float64, error) {
	m, _, err := b.moodsOf(r)
	if err != nil {
		return 0, err
	}
	val, err := b.read(r.set + "/val")
	if err != nil {
		return 0, err
	}
	test, err := b.read(r.set + "/test")
	if err != nil {
		return 0, err
	}
	best, at := 0.0, 0.5
	js := m.all(val)
	for t := 0.2; t < 0.8; t += 0.02 {
		if f := negativeF1(js, t); f > best {
			best, at = f, t
		}
	}
	return 100 * negativeF1(m.all(test), at), nil
}

func negativeF1(js []judgement, at float64) float64 {
	var c Binary
	for _, j := range js {
		c.Add(strings.HasPrefix(j.want, "neg") || strings.HasPrefix(j.want, "amb"), j.probs[0]+j.probs[1] >= at)
	}
	return c.F1()
}
