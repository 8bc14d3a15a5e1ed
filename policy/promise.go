package policy

import (
	"slices"
	"strings"

	"tandem"
)

// yields are the triggers that a person has answered already by giving the conversation back with a
// promise: the topic is a person's, the fact is bad, the customer comes again. Feelings, wishes, danger
// and what the company has switched off never yield.
var yields = map[string]bool{"T9:topic": true, "T15:repeat_contact": true, "T16:lost": true, "T7:not_understood": true, "T13:tool_failure": true}

// awaited tells whether the customer only asks how it stands ("i co?") after people have given the
// conversation back with something promised that is not due yet: then what they promised is the
// answer, and the one who promised hears of the question.
func awaited(in Input, found []tandem.Trigger) bool {
	r := in.Reading
	if r.Feedback < 0 || len(r.Entities) > 0 || in.tension() >= 1 || r.Urgent || in.public() || !in.nudge() {
		return false
	}
	if slices.ContainsFunc(found, func(t tandem.Trigger) bool { return !yields[t.Code+":"+t.Kind] }) {
		return false
	}
	return in.Snapshot.PeopleSpokeLast() && slices.ContainsFunc(in.Snapshot.Promises, func(p tandem.Promise) bool {
		return p.By != "" && p.Kept.IsZero() && p.Broken.IsZero() && p.Due.After(in.Snapshot.Now)
	})
}

// fewWords is how long a question is that brings nothing new.
const fewWords = 4

func (in Input) nudge() bool {
	words := 0
	for _, m := range in.Snapshot.Unanswered() {
		words += len(strings.Fields(m.Text))
		if len(m.Parts) > 0 {
			return false
		}
	}
	return words > 0 && words <= fewWords
}
