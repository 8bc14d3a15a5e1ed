package turn

import (
	"bytes"
	"context"
	"runtime/debug"
	"slices"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"tandem"
	"tandem/job"
	"tandem/nlu"
	"tandem/store"
)

// School is what a company's own examples are put to: the examples that everybody's model learns
// from, the messages that a new version is checked with, and how it is trained.
type School struct {
	Model   *nlu.Model // what the program ships with, version 0
	Lessons func() ([]nlu.Example, error)
	Exam    func() ([]nlu.Labelled, error)
	Options nlu.Options
}

// Shipped is the school that the program comes with.
func Shipped() (School, error) {
	m, err := nlu.Open()
	return School{Model: m, Lessons: nlu.Lessons, Exam: nlu.Exam}, err
}

// learnAfter is how long after an approval a new version is trained: who approves ten in a row gets
// one version of them.
const learnAfter = 2 * time.Minute

// LearnLease is how long training may take before another node does it: ten seconds of a free
// processor, minutes on a busy one.
const LearnLease = 15 * time.Minute

// LearnJob trains a new version, soon after an approval or at once on a person's word.
func LearnJob(by tandem.UserID, now time.Time) store.Job {
	return store.Job{Kind: "learn", Arg: string(by), Once: "learn", Queue: "learn", RunAt: now.Add(learnAfter)}
}

// heldFrom is how many examples teach before the first is kept apart, heldEvery which of the later
// ones are: few are too few to lose any.
const (
	heldFrom  = 20
	heldEvery = 8
)

// held tells whether an example is kept apart to check new versions with. The same text falls on the
// same side each time.
func held(text string, approved int) bool {
	_, test := nlu.HoldOut([]nlu.Example{{Text: text}}, heldEvery)
	return approved >= heldFrom && len(test) == 1
}

// clean takes personal data out of a text that will be kept as an example, the writer's own name
// included, and puts it on one line.
func clean(text, name string) string { return oneLine(unnamed(nlu.Mask(text), name)) }

// training is one at a time on a node: each takes a processor for seconds.
var training sync.Mutex

// Learn trains a new version on all that is approved, checks it on messages that no version learns
// from, and uses it on every node unless it got worse. A refused one is kept with its figures.
func (t Turn) Learn(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "learn")
	start := time.Now()
	all, err := t.DB.Examples(ctx, j.Workspace, store.Approved, "", 0)
	if err != nil || len(all) == 0 {
		return err
	}
	before, err := t.DB.Models(ctx, j.Workspace, 1)
	if err != nil {
		return err
	}
	var since time.Time
	if len(before) > 0 {
		since = before[0].At
	}
	changed, err := t.DB.ChangedExamples(ctx, j.Workspace, since)
	if err != nil {
		return err
	}
	lessons, own, exam, err := t.School.classes(all)
	if err != nil {
		return err
	}
	current := t.NLU(j.Workspace)
	made := make(chan pupil, 1)
	go func() { // training hears no context; a node that stops goes without it, and another begins anew
		training.Lock()
		defer training.Unlock()
		made <- t.School.train(current, lessons, own, exam)
	}()
	var p pupil
	select {
	case <-ctx.Done():
		return ctx.Err()
	case p = <-made:
		debug.FreeOSMemory() // training takes some hundred megabytes for its seconds and none after
	}
	if name := p.model.Version(); name == current.Version() || len(before) > 0 && before[0].Name == name && before[0].State == store.ModelRefused {
		return nil // nothing has changed since
	}
	p.row.Changed, p.row.By, p.row.Took = changed, tandem.UserID(j.Arg), time.Since(start)
	p.row.Examples, p.row.Held = len(all)-len(exam.own), len(exam.own)
	p.row.Base = t.School.Model.Version()
	return t.graduate(ctx, j, p)
}

// graduate stores a version with its figures; an accepted one is used from the commit on.
func (t Turn) graduate(ctx context.Context, j store.Job, p pupil) error {
	var b bytes.Buffer
	if err := p.model.Write(&b); err != nil {
		return err
	}
	err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		var m store.Model
		if err := t.Renew(tx, func() (err error) { m, err = tx.AddModel(p.row, b.Bytes()); return err }); err != nil {
			return err
		}
		data := map[string]any{"number": m.Number, "state": m.State, "examples": m.Examples}
		if err := tx.Trail(m.By, "model", m.Name, data); err != nil {
			return err
		}
		return tx.Finish(j)
	})
	if err != nil {
		return err
	}
	return job.Finished
}

// exams are the messages that a version is checked with: the program's and the company's own.
type exams struct{ shipped, own []nlu.Labelled }

// classes parts a company's examples, those to learn from and those to check with, and adds everybody's.
func (s School) classes(all []store.Example) (lessons, own []nlu.Example, e exams, err error) {
	if lessons, err = s.Lessons(); err != nil {
		return nil, nil, e, err
	}
	if e.shipped, err = s.Exam(); err != nil {
		return nil, nil, e, err
	}
	var aside []nlu.Example
	for _, x := range all {
		one := nlu.Example{Lang: x.Lang, Touchpoint: x.Touchpoint, Mood: x.Mood, Human: x.Human, Text: x.Text}
		if x.Held {
			aside = append(aside, one)
		} else {
			own = append(own, one)
		}
	}
	e.own = nlu.LabelledOf(aside)
	return lessons, own, e, nil
}

// pupil is a trained version with what is stored of it.
type pupil struct {
	model *nlu.Model
	row   store.Model
}

// The losses on a company's own check from which a version is refused: more than one message, and
// more than one in twenty.
const (
	ownLeast = 2
	ownShare = 20
)

// train makes a version and holds it against the one in use and the shipped one.
func (s School) train(current *nlu.Model, lessons, own []nlu.Example, e exams) pupil {
	m, v := nlu.Retrain(current, lessons, own, e.shipped, s.Options)
	p := pupil{model: m, row: store.Model{Name: m.Version(), Before: figures(v.Old), After: figures(v.New), Reasons: v.Reasons, State: store.ModelAccepted}}
	if current.Version() != s.Model.Version() { // many small steps down from version to version are a long way
		for _, why := range nlu.Compare(s.Model, m, e.shipped).Reasons {
			if !slices.Contains(p.row.Reasons, why) {
				p.row.Reasons = append(p.row.Reasons, why)
			}
		}
	}
	p.row.Before.OwnN, p.row.After.OwnN = len(e.own), len(e.own)
	was, is := right(current, e.own), right(m, e.own)
	if lost := was - is; lost >= ownLeast && lost*ownShare > len(e.own) {
		p.row.Reasons = append(p.row.Reasons, "own_worse")
	}
	p.row.Before.Own, p.row.After.Own = share(was, len(e.own)), share(is, len(e.own))
	taught := nlu.LabelledOf(own)
	p.row.Before.Taught, p.row.After.Taught = share(right(current, taught), len(own)), share(right(m, taught), len(own))
	if len(p.row.Reasons) > 0 {
		p.row.State = store.ModelRefused
	}
	return p
}

func figures(e nlu.Evaluation) store.Figures {
	f := store.Figures{N: e.Topic.N, Topics: e.Topic.Top1}
	if e.Angry != nil {
		f.Anger, f.Alarms = e.Angry.Recall, e.Angry.Alarms
	}
	if e.Human != nil {
		f.Human = e.Human.Recall
	}
	return f
}

// right counts the messages whose topic a model knows.
func right(m *nlu.Model, rows []nlu.Labelled) (n int) {
	for _, r := range rows {
		if m.Read(r.Text, nlu.Context{}).Touchpoint == r.Touchpoint {
			n++
		}
	}
	return n
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// unnamed replaces the words of a name in a text, whatever their ending: "Marka" for "Marek" is not
// found, "Dąbrowskiego" for "Dąbrowski" is.
func unnamed(text, name string) string {
	parts := words(name)
	if len(parts) == 0 {
		return text
	}
	var b bytes.Buffer
	for len(text) > 0 {
		n := wordEnd(text)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text)
			b.WriteString(text[:n])
		} else if w := text[:n]; named(w, parts) {
			b.WriteString("[imię]")
		} else {
			b.WriteString(w)
		}
		text = text[n:]
	}
	return b.String()
}

// wordEnd is how many bytes of a text its first word has, 0 where it begins with none.
func wordEnd(text string) int {
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(text)
}
