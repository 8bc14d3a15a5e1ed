package turn

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tandem"
	"tandem/job"
	"tandem/nlu"
	"tandem/store"
)

// The week's list: how far back it looks, at how many messages at most, and how long it is. Thirty
// take a person five minutes.
const (
	weeklyBack = 7 * 24 * time.Hour
	weeklyRead = 3000
	weeklyMost = 30
)

// When the week's list is made, in the company's zone: before people come on Monday.
const (
	weeklyDay  = time.Monday
	weeklyHour = 5
)

// nextWeek is the next moment at which the list is due.
func nextWeek(now time.Time, w tandem.Workspace) time.Time {
	here := now.In(tandem.Snapshot{Workspace: w}.Zone())
	at := time.Date(here.Year(), here.Month(), here.Day(), weeklyHour, 0, 0, 0, here.Location())
	for at.Weekday() != weeklyDay || !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at.UTC()
}

// WeeklyJob makes the list of messages whose label would teach most.
func WeeklyJob(at time.Time) store.Job {
	return store.Job{Kind: "weekly", Once: "weekly", Queue: "weekly", RunAt: at}
}

// Weekly picks the messages of the last week whose labels would teach most: those about which the
// model is unsure, those like many others, and those about which people disagreed with it. What
// nobody labelled of the list before is forgotten: a new week has newer messages.
func (t Turn) Weekly(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "weekly list")
	all, err := t.DB.Unlabelled(ctx, j.Workspace, time.Now().Add(-weeklyBack), weeklyRead)
	if err != nil {
		return err
	}
	picked := pick(t.NLU(j.Workspace), all)
	err = t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if err := tx.DropSuggested(); err != nil {
			return err
		}
		for _, e := range picked {
			if _, err := tx.AddExample(e); err != nil {
				return err
			}
		}
		tx.Emit(tandem.Event{Kind: tandem.ExampleChanged, Actor: "clock", Code: string(store.Suggested), Data: map[string]any{"number": len(picked)}})
		return tx.Finish(j)
	})
	if err != nil {
		return err
	}
	return job.Finished
}

// The reasons why a message is on the list.
const (
	whyUnsure   = "unsure"   // no topic stands out
	whyFrequent = "frequent" // others say the same
	whyDisagree = "disagree" // a person said that the topic was wrong, or the model has changed its mind
)

// unsureBelow is the confidence below which a reading counts as unsure, frequentFrom how many alike
// messages count as many.
const (
	unsureBelow  = 0.6
	frequentFrom = 3
)

// pick chooses what a person should label, most useful first.
func pick(m *nlu.Model, all []store.Unlabelled) []store.Example {
	var texts []string
	seen := map[string]int{}
	var once []store.Unlabelled
	for _, u := range all {
		k := strings.Join(words(strings.ToLower(u.Text)), " ")
		if seen[k]++; seen[k] == 1 && u.Reading != nil && (u.Reading.Lang == "pl" || u.Reading.Lang == "en") {
			once, texts = append(once, u), append(texts, u.Text)
		}
	}
	value := map[int]float64{}
	for _, s := range m.Suggest(texts, 2*weeklyMost) {
		value[s.Index] = s.Value
	}
	var out []store.Example
	for i, u := range once {
		v, useful := value[i]
		if !useful && !u.Rejected {
			continue
		}
		r := m.Read(u.Text, nlu.Context{Lang: u.Lang})
		e := store.Example{Lang: r.Lang, Touchpoint: r.Touchpoint, Mood: r.Mood, Human: r.WantsHuman, Text: clean(u.Text, u.Name),
			Source: string(u.ID), State: store.Suggested, Value: v, Why: []string{}}
		if e.Lang != "en" {
			e.Lang = "pl"
		}
		if u.Rejected || r.Touchpoint != u.Reading.Touchpoint && r.Version != u.Reading.Version {
			e.Why, e.Value = append(e.Why, whyDisagree), e.Value+1
		}
		if n := seen[strings.Join(words(strings.ToLower(u.Text)), " ")]; n >= frequentFrom {
			e.Why, e.Value = append(e.Why, whyFrequent), e.Value+0.5
		}
		if r.Confidence < unsureBelow {
			e.Why = append(e.Why, whyUnsure)
		}
		if len(e.Why) > 0 && e.Text != "" {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b store.Example) int { return cmp.Compare(b.Value, a.Value) })
	return out[:min(len(out), weeklyMost)]
}

// oneLine is a text as an example has it: on one line, and not endless.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 1000 {
		s = string([]rune(s)[:1000])
	}
	return s
}

// words are the words of letters in a text.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// named tells whether a word is one of a name's, with another ending: a last vowel may change, and a
// short name may be one letter longer, a long one four.
func named(w string, parts []string) bool {
	w = strings.ToLower(w)
	return slices.ContainsFunc(parts, func(p string) bool {
		p = strings.ToLower(p)
		n, more, stem := utf8.RuneCountInString(p), 1, p
		if last, size := utf8.DecodeLastRuneInString(p); n > 3 && strings.ContainsRune("aeiouyąęó", last) {
			stem = p[:len(p)-size]
		}
		if n > 5 {
			more = 4
		}
		return n >= 3 && strings.HasPrefix(w, stem) && utf8.RuneCountInString(w) <= n+more
	})
}
