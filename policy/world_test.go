package policy

import (
	"encoding/json"
	"testing"
	"time"

	"tandem"
)

// noon is a Monday.
var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// calm is a customer whom the bot may answer by itself: a general question, understood, asked
// calmly in a private message. Every row of the tables changes one thing about it.
func calm() Input {
	topics := map[string]tandem.Touchpoint{}
	for _, t := range Shipped {
		t.Version = 1
		topics[t.ID] = t
	}
	r := reading("store_hours")
	return Input{
		Reading: r,
		Snapshot: tandem.Snapshot{
			Workspace:    tandem.Workspace{ID: "w", Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl"},
			Conversation: tandem.Conversation{ID: "c", Owner: tandem.Bot, Epoch: 3, Rev: 8, Seq: 1, Asked: 1, Lang: "pl"},
			Customer:     tandem.Customer{ID: "k", Identities: []tandem.Identity{{ID: "i", Account: "a", Channel: "instagram"}}},
			Threads:      []tandem.Thread{{ID: "t", Account: "a", Channel: "instagram", Surface: tandem.Direct}},
			Messages: []tandem.Message{{ID: "m", Thread: "t", Seq: 1, Origin: tandem.FromCustomer, Text: "do której macie otwarte?", Disposition: tandem.Pending,
				Reading: &r, At: noon}},
			Touchpoints: topics, Staffed: true, Now: noon,
		},
	}
}

// reading is a message on one topic, understood, in sure Polish.
func reading(topic string) tandem.Reading {
	return tandem.Reading{Lang: "pl", LangSure: true, Touchpoint: topic, Confidence: 0.95, Set: []string{topic}, Mood: tandem.Calm, Version: "r1",
		Evidence: []tandem.Evidence{{Layer: "model", Code: topic, Weight: 1}}}
}

// about makes the input be about a topic.
func about(topic string) func(*Input) {
	return func(in *Input) {
		in.Reading = reading(topic)
		in.Snapshot.Messages[0].Reading = &in.Reading
	}
}

// facts puts findings of a verified customer into the input.
func facts(all ...tandem.Fact) func(*Input) {
	return func(in *Input) { in.Findings = &tandem.Findings{Facts: all, Verified: tandem.V1} }
}

// ok is a reply that the bot can give.
func ok(in *Input) { in.Reply = &tandem.Reply{ID: "hours", Text: "Od 9:00 do 20:00.", OK: true} }

// all makes one change of several.
func all(do ...func(*Input)) func(*Input) {
	return func(in *Input) {
		for _, f := range do {
			if f != nil {
				f(in)
			}
		}
	}
}

// topic changes a touchpoint of the map.
func topic(id string, change func(*tandem.Touchpoint)) func(*Input) {
	return func(in *Input) {
		t := in.Snapshot.Touchpoints[id]
		change(&t)
		in.Snapshot.Touchpoints[id] = t
	}
}

// with returns calm with a change.
func with(change func(*Input)) Input {
	in := calm()
	if change != nil {
		change(&in)
	}
	return in
}

func js(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
