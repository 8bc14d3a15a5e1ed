package policy

import (
	"testing"
	"time"

	"tandem"
)

// asks is a customer who asks how it stands after people gave the conversation back with a promise.
func asks(in *Input) {
	in.Snapshot.Messages = []tandem.Message{
		{Thread: "t", Seq: 1, Origin: tandem.FromCustomer, Text: "gdzie zwrot?", At: noon, Disposition: tandem.AnsweredByHuman},
		{Thread: "t", Seq: 2, Origin: tandem.FromHuman, Text: "Napiszę do 17:00.", At: noon},
		{Thread: "t", Seq: 3, Origin: tandem.FromCustomer, Text: "i co?", At: noon, Disposition: tandem.Pending},
	}
	in.Snapshot.Conversation.Asked, in.Snapshot.Conversation.Answered = 3, 2
	in.Snapshot.Promises = []tandem.Promise{{ID: "p", By: "ola", Text: "napiszę", Due: noon.Add(time.Hour)}}
}

func promise(change func(*tandem.Promise)) func(*Input) {
	return func(in *Input) { change(&in.Snapshot.Promises[0]) }
}

// What people promised is the answer to a question that brings nothing new, whatever a person would
// have been called for before; a feeling, a wish, new words and a promise that is over are a person's.
func TestThePromiseIsTheAnswer(t *testing.T) {
	says := func(text string) func(*Input) {
		return func(in *Input) { in.Snapshot.Messages[2].Text = text }
	}
	for name, c := range map[string]struct {
		change func(*Input)
		is     bool
	}{
		"a question":                  {func(*Input) {}, true},
		"the money is overdue":        {facts(badFact("refund_overdue")), true},
		"a topic for people":          {about("damaged_item"), true},
		"a topic nobody understands":  {all(about("other"), func(in *Input) { in.Snapshot.Conversation.Fails = 1 }), true},
		"overdue and tense":           {all(mood(tandem.Tense), facts(badFact("refund_overdue"))), false},
		"angry":                       {mood(tandem.Angry), false},
		"urgent":                      {urgent, false},
		"a wish for a person":         {func(in *Input) { in.Reading.WantsHuman = true }, false},
		"a person is preferred":       {func(in *Input) { in.Snapshot.Customer.Human = true }, false},
		"the bot is paused":           {func(in *Input) { in.Snapshot.Workspace.Settings.Paused = true }, false},
		"bad feedback":                {func(in *Input) { in.Reading.Feedback = -1 }, false},
		"more than a question":        {says("a czy mogę jeszcze zmienić adres dostawy?"), false},
		"a datum":                     {func(in *Input) { in.Reading.Entities = []tandem.Entity{{Kind: "order", Value: "48213"}} }, false},
		"the promise is kept":         {promise(func(p *tandem.Promise) { p.Kept = noon }), false},
		"the promise is broken":       {promise(func(p *tandem.Promise) { p.Broken = noon }), false},
		"the promise is due":          {promise(func(p *tandem.Promise) { p.Due = noon }), false},
		"the bot promised":            {promise(func(p *tandem.Promise) { p.By = "" }), false},
		"the bot has said so already": {func(in *Input) { in.Snapshot.Messages[1].Origin = tandem.FromBot }, false},
	} {
		in := with(all(asks, c.change))
		if d := Decide(in); (d.Rule == tandem.RulePromise) != c.is || c.is && d.Act != tandem.Answer {
			t.Errorf("%s: %s by %s, want the promise: %v", name, d.Act, d.Rule, c.is)
		}
	}
}
