package app

import (
	"time"

	"tandem"
	"tandem/nlu"
	"tandem/store"
)

// Learning is how what understands the company's messages is doing.
type Learning struct {
	Counts   LearningCounts `json:"counts"`
	Shipped  string         `json:"shipped" doc:"the name of version 0"`
	Lessons  int            `json:"lessons" doc:"approved examples that the version in use has not learnt from yet"`
	Used     int64          `json:"used" doc:"number of the version in use; 0 is what the program ships with"`
	Training bool           `json:"training" doc:"a new version is due or under way"`
	Versions []VersionView  `json:"versions" doc:"newest first, at most 50"`
	Words    []WordView     `json:"words" doc:"the brand's own"`
}

// LearningCounts are how many examples are in each state.
type LearningCounts struct {
	Suggested int `json:"suggested"`
	Waiting   int `json:"waiting"`
	Approved  int `json:"approved"`
	Held      int `json:"held" doc:"of the approved: kept apart to check new versions with"`
	Rejected  int `json:"rejected"`
}

// VersionView is one version with its figures.
type VersionView struct {
	Number   int64          `json:"number"`
	Name     string         `json:"name" doc:"as decisions name it"`
	State    string         `json:"state" enum:"accepted,refused"`
	Used     bool           `json:"used"`
	CanUse   bool           `json:"can_use" doc:"it is kept and passed its check"`
	Reasons  []string       `json:"reasons" doc:"why it was refused: topics_worse, anger_missed, anger_imagined, human_missed, own_worse"`
	Examples int            `json:"examples" doc:"of the company's own that it learnt from"`
	Held     int            `json:"held" doc:"of the company's own that it was checked with"`
	Changed  map[string]int `json:"changed" doc:"new examples by topic"`
	Before   store.Figures  `json:"before" doc:"of the version in use then"`
	After    store.Figures  `json:"after" doc:"of this one, on the same messages"`
	Seconds  float64        `json:"seconds" doc:"that the training took"`
	At       time.Time      `json:"at"`
	By       *Person        `json:"by,omitempty" doc:"absent: what was approved asked for it"`
}

func versionView(m store.Model, p people) VersionView {
	v := VersionView{Number: m.Number, Name: m.Name, State: string(m.State), Used: m.Used, CanUse: m.Kept, Reasons: m.Reasons, Examples: m.Examples, Held: m.Held,
		Changed: m.Changed, Before: m.Before, After: m.After, Seconds: m.Took.Seconds(), At: m.At, By: p.person(m.By)}
	if v.Reasons == nil {
		v.Reasons = []string{}
	}
	if v.Changed == nil {
		v.Changed = map[string]int{}
	}
	return v
}

// WordView is one of the brand's own words.
type WordView struct {
	ID      string  `json:"id"`
	Pattern string  `json:"pattern"`
	Side    string  `json:"side" enum:"hard,soft,harmless"`
	By      *Person `json:"by,omitempty"`
}

func wordView(w store.BrandWord, p people) WordView {
	return WordView{ID: w.ID, Pattern: w.Pattern, Side: w.Side, By: p.person(w.By)}
}

// Examples are the examples of a state.
type Examples struct {
	Items []ExampleView `json:"items" doc:"newest first; suggested ones by how much their label would teach"`
}

// ExampleView is an example with what the version in use makes of its text.
type ExampleView struct {
	ID         tandem.ExampleID `json:"id"`
	Text       string           `json:"text" doc:"without personal data"`
	Touchpoint string           `json:"touchpoint"`
	Mood       tandem.Mood      `json:"mood,omitempty" doc:"absent: nobody said"`
	Human      bool             `json:"human"`
	Lang       string           `json:"lang"`
	State      string           `json:"state" enum:"suggested,waiting,approved,rejected"`
	Held       bool             `json:"held" doc:"checks new versions instead of teaching them"`
	Source     string           `json:"source" enum:"message,hand,file"`
	Why        []string         `json:"why" doc:"why a label is asked for: unsure, frequent, disagree"`
	Guesses    []tandem.Guess   `json:"guesses" doc:"what the version in use makes of it, best first"`
	GuessMood  tandem.Mood      `json:"guess_mood"`
	By         *Person          `json:"by,omitempty"`
	At         time.Time        `json:"at"`
	JudgedBy   *Person          `json:"judged_by,omitempty"`
}

// guessesShown are as many as have a key of their own on the week's list.
const guessesShown = 4

func exampleView(e store.Example, m *nlu.Model, p people) ExampleView {
	r := m.Read(e.Text, nlu.Context{Lang: e.Lang})
	v := ExampleView{ID: e.ID, Text: e.Text, Touchpoint: e.Touchpoint, Mood: e.Mood, Human: e.Human, Lang: e.Lang, State: string(e.State), Held: e.Held, Source: "message", Why: e.Why,
		Guesses: append([]tandem.Guess{{Touchpoint: r.Touchpoint, Confidence: r.Confidence}}, r.Alternatives...), GuessMood: r.Mood, By: p.person(e.By), At: e.At, JudgedBy: p.person(e.JudgedBy)}
	v.Guesses = v.Guesses[:min(len(v.Guesses), guessesShown)]
	if e.Source == store.FromHand || e.Source == store.FromFile {
		v.Source = e.Source
	}
	if v.Why == nil {
		v.Why = []string{}
	}
	return v
}

// Added is how many examples were new.
type Added struct {
	Added int `json:"added"`
	Known int `json:"known" doc:"the same text with the same label was there already"`
}

// ExampleFile is a company's approved examples as a file.
type ExampleFile struct {
	Name string `json:"name"`
	File string `json:"file" doc:"tab-separated, as import takes it"`
}
