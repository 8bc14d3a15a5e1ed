package app

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/access"
	"tandem/desk"
	"tandem/nlu"
	"tandem/store"
	"tandem/turn"
)

func (a *App) learning(ctx context.Context, c caller, _ *nothing) (Learning, error) {
	v := Learning{Versions: []VersionView{}, Words: []WordView{}}
	n, err := a.db.CountExamples(ctx, c.Workspace)
	if err != nil {
		return v, err
	}
	v.Counts = LearningCounts{Suggested: n.By[store.Suggested], Waiting: n.By[store.Waiting], Approved: n.By[store.Approved], Rejected: n.By[store.Rejected], Held: n.Held}
	owed, err := a.db.Jobs(ctx, c.Workspace, "learn")
	if err != nil {
		return v, err
	}
	v.Training = owed > 0
	if v.Lessons, err = a.db.Lessons(ctx, c.Workspace); err != nil {
		return v, err
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return v, err
	}
	all, err := a.db.Models(ctx, c.Workspace, 50)
	if err != nil {
		return v, err
	}
	v.Shipped = a.school.Model.Version()
	for _, m := range all {
		if m.Used {
			v.Used = m.Number
		}
		v.Versions = append(v.Versions, versionView(m, p))
	}
	own, err := a.db.BrandWords(ctx, c.Workspace)
	for _, w := range own {
		v.Words = append(v.Words, wordView(w, p))
	}
	return v, err
}

type examplesIn struct {
	State string `query:"state" enum:"suggested,waiting,approved,rejected" default:"waiting"`
	Find  string `query:"q" maxLength:"200" doc:"a part of the text or of the topic"`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

func (a *App) examples(ctx context.Context, c caller, in *examplesIn) (Examples, error) {
	out := Examples{Items: []ExampleView{}}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return out, err
	}
	all, err := a.db.Examples(ctx, c.Workspace, store.ExampleState(in.State), in.Find, in.Limit)
	if err != nil {
		return out, err
	}
	m := a.model(c.Workspace)
	for _, e := range all {
		out.Items = append(out.Items, exampleView(e, m, p))
	}
	return out, nil
}

// state is what a person's word makes of an example: theirs who may judge counts at once.
func (c caller) state() store.ExampleState {
	if access.Can(c.User, access.LearningJudge, c.object()) {
		return store.Approved
	}
	return store.Waiting
}

type newExampleIn struct {
	Body struct {
		Text       string      `json:"text" minLength:"1" maxLength:"2000"`
		Touchpoint string      `json:"touchpoint" minLength:"1" maxLength:"64"`
		Mood       tandem.Mood `json:"mood,omitempty" enum:"pleased,calm,tense,angry"`
		Human      bool        `json:"human,omitempty" doc:"the writer asks for a person"`
		Lang       string      `json:"lang,omitempty" enum:"pl,en" doc:"absent: the company's"`
	}
}

func (a *App) addExample(ctx context.Context, c caller, in *newExampleIn) (Added, error) {
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return Added{}, err
	}
	b := in.Body
	if b.Lang == "" {
		b.Lang = s.Lang
	}
	e := store.Example{Text: b.Text, Touchpoint: b.Touchpoint, Mood: b.Mood, Human: b.Human, Lang: b.Lang, Source: store.FromHand, State: c.state()}
	n, err := a.desk.AddExamples(ctx, c.Workspace, c.User, []store.Example{e})
	return Added{Added: n, Known: 1 - n}, err
}

type exampleIn struct {
	ID   tandem.ExampleID `path:"id" maxLength:"64"`
	Body struct {
		Touchpoint *string      `json:"touchpoint,omitempty" maxLength:"64"`
		Mood       *tandem.Mood `json:"mood,omitempty" enum:"pleased,calm,tense,angry"`
		Human      *bool        `json:"human,omitempty"`
		Lang       *string      `json:"lang,omitempty" enum:"pl,en"`
		Text       *string      `json:"text,omitempty" maxLength:"2000"`
		State      string       `json:"state,omitempty" enum:"approved,rejected,label" doc:"label: what a person says who may not approve; it waits. Absent: only the words or the label change"`
	}
}

// judge changes an example and says what becomes of it. To label a message of the week's list is
// everybody's right, to approve is not.
func (a *App) judge(ctx context.Context, c caller, in *exampleIn) (ExampleView, error) {
	b := in.Body
	l := desk.Label{Touchpoint: b.Touchpoint, Mood: b.Mood, Human: b.Human, Lang: b.Lang, Text: b.Text}
	switch b.State {
	case "label":
		to := c.state()
		l.State = &to
	default:
		if err := c.may(access.LearningJudge, c.object()); err != nil {
			return ExampleView{}, err
		}
		if b.State != "" {
			to := store.ExampleState(b.State)
			l.State = &to
		}
	}
	e, err := a.desk.Judge(ctx, c.Workspace, c.User, in.ID, l)
	if err != nil {
		return ExampleView{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	return exampleView(e, a.model(c.Workspace), p), err
}

type importIn struct {
	Body struct {
		File string `json:"file" minLength:"1" doc:"tab-separated, with a header naming touchpoint, mood, flags (- or human), text and, where it differs, lang"`
		Lang string `json:"lang,omitempty" enum:"pl,en" doc:"of lines that do not say; absent: the company's"`
	}
}

func (a *App) importExamples(ctx context.Context, c caller, in *importIn) (Added, error) {
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return Added{}, err
	}
	lang := in.Body.Lang
	if lang == "" {
		lang = s.Lang
	}
	read, err := nlu.ReadExamples(strings.NewReader(in.Body.File), lang)
	if err != nil {
		return Added{}, tandem.Coded(tandem.Invalid, "bad_file", "the file cannot be read: %s", err)
	}
	var all []store.Example
	for _, e := range read {
		all = append(all, store.Example{Text: e.Text, Touchpoint: e.Touchpoint, Mood: e.Mood, Human: e.Human, Lang: e.Lang, Source: store.FromFile, State: store.Approved})
	}
	if len(all) == 0 {
		return Added{}, tandem.Coded(tandem.Invalid, "bad_file", "the file has no examples")
	}
	n, err := a.desk.AddExamples(ctx, c.Workspace, c.User, all)
	return Added{Added: n, Known: len(all) - n}, err
}

func (a *App) exportExamples(ctx context.Context, c caller, _ *nothing) (ExampleFile, error) {
	all, err := a.db.Examples(ctx, c.Workspace, store.Approved, "", 0)
	if err != nil {
		return ExampleFile{}, err
	}
	slices.Reverse(all) // oldest first, so that two exports differ at the end only
	var b bytes.Buffer
	b.WriteString("touchpoint\tmood\tflags\tlang\ttext\n")
	for _, e := range all {
		flags := "-"
		if e.Human {
			flags = "human"
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", e.Touchpoint, e.Mood, flags, e.Lang, e.Text)
	}
	return ExampleFile{Name: "examples-" + now().Format(time.DateOnly) + ".tsv", File: b.String()}, nil
}

func (a *App) train(ctx context.Context, c caller, _ *nothing) error {
	return a.desk.Train(ctx, c.Workspace, c.User)
}

func (a *App) useVersion(ctx context.Context, c caller, in *versionIn) error {
	return a.desk.UseVersion(ctx, c.Workspace, c.User, in.Body.Number)
}

type versionIn struct {
	Body struct {
		Number int64 `json:"number" minimum:"0" doc:"0 is what the program ships with"`
	}
}

// weekly makes the week's list now.
func (a *App) weekly(ctx context.Context, c caller, _ *nothing) error {
	return a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error { return tx.Enqueue(turn.WeeklyJob(tx.Now)) })
}

type newWordIn struct {
	Body struct {
		Pattern string `json:"pattern" minLength:"2" maxLength:"100" doc:"a word or several; * stands for any ending, .. for up to three words, / for one of several"`
		Side    string `json:"side" enum:"hard,soft,harmless"`
	}
}

func (a *App) addWord(ctx context.Context, c caller, in *newWordIn) (WordView, error) {
	w := store.BrandWord{Side: in.Body.Side, Pattern: strings.ToLower(strings.Join(strings.Fields(in.Body.Pattern), " "))}
	if _, err := a.school.Model.With(brandWords([]store.BrandWord{w})); err != nil {
		return WordView{}, tandem.Coded(tandem.Invalid, "bad_word", "the word cannot be read: %s", err)
	}
	w, err := a.desk.AddWord(ctx, c.Workspace, c.User, w)
	if err != nil {
		return WordView{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	return wordView(w, p), err
}

type wordIn struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *App) dropWord(ctx context.Context, c caller, in *wordIn) error {
	return a.desk.DropWord(ctx, c.Workspace, c.User, in.ID)
}

type tryIn struct {
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000"`
	}
}

// try reads a sentence as if a customer had written it; nothing is kept.
func (a *App) try(ctx context.Context, c caller, in *tryIn) (tandem.Reading, error) {
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return tandem.Reading{}, err
	}
	return a.model(c.Workspace).Read(in.Body.Text, nlu.Context{Lang: s.Lang, Order: s.order, Now: now().In(s.zone()), Profile: s.Settings.Profile}), nil
}
