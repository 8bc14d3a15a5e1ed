package policy

import (
	"slices"
	"testing"
	"time"

	"tandem"
)

// everything makes as many triggers fire as can at the same time, in the order of evaluation of
// HITL.md 1.6: what is dangerous first, then law and wishes, then what the company decided, then
// what was only concluded, then facts.
var everything = []struct {
	code, kind string
	do         func(*Input)
}{
	{"T19", "distress", nil}, // one message has one kind of hard word: see the test
	{"T11", "safety", nil},
	{"T11", "privacy", nil},
	{"T11", "legal", nil},
	{"T1", "request", func(in *Input) { in.Reading.WantsHuman = true }},
	{"T2", "fraud", func(in *Input) { in.Reading.Hard, in.Reading.HardKind = true, "fraud" }},
	{"T14", "bad_feedback", func(in *Input) { in.Reading.Feedback, in.Snapshot.Conversation.BotTurns = -1, 6 }},
	{"T22", "anger", mood(tandem.Angry)},
	{"T9", "paused", func(in *Input) { in.Snapshot.Workspace.Settings.Paused = true }},
	{"T9", "parked", func(in *Input) { in.Snapshot.Conversation.Parked = "order_status" }},
	{"T1", "preference", func(in *Input) { in.Snapshot.Customer.Human = true }},
	{"T18", "language", func(in *Input) { in.Reading.Lang = "de" }},
	{"T9", "topic", topic("order_status", func(t *tandem.Touchpoint) { t.Level = tandem.L1 })},
	{"T10", "vulnerable", func(in *Input) { in.Snapshot.Customer.Vulnerable = true }},
	{"T15", "repeat_contact", earlier("damaged_item", "resolved", time.Hour)},
	{"T17", "unreadable", part("image", tandem.Pending)},
	{"T4", "slope", nil}, // reads the mood of messages that the others do not have
	{"T5", "rephrasing", func(in *Input) {
		in.Reading.Evidence = append(in.Reading.Evidence, tandem.Evidence{Layer: "structure", Code: "repetition"})
	}},
	{"T12", "no_progress", func(in *Input) { in.Snapshot.Conversation.BotTurns = 6 }},
	{"T12", "attempts", func(in *Input) { in.Attempts = 5 }},
	{"T16", "bad_fact", urgentLoss},
	{"T16", "lost", urgentLoss},
	{"T6", "loop", func(in *Input) { in.Reply, in.Again = &tandem.Reply{}, true }},
	{"T7", "no_knowledge", func(in *Input) { in.Reply = &tandem.Reply{} }},
}

func urgentLoss(in *Input) {
	urgent(in)
	facts(badFact("exception_lost"))(in)
}

func TestTheFirstTriggerDecidesAndAllAreStored(t *testing.T) {
	for first := range everything {
		if everything[first].do == nil {
			continue
		}
		in := with(about("order_status"))
		var want []string
		for _, e := range everything[first:] {
			if e.do != nil {
				e.do(&in)
				want = append(want, e.code+" "+e.kind)
			}
		}
		d := Decide(in)
		var got []string
		for _, f := range d.Triggers {
			got = append(got, f.Code+" "+f.Kind)
		}
		if d.Rule != everything[first].code {
			t.Errorf("%s %s is the first and %s decides", everything[first].code, everything[first].kind, d.Rule)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("with %s first, %s is not stored: %v", everything[first].code, w, got)
			}
		}
		order := slices.DeleteFunc(slices.Clone(got), func(g string) bool { return !slices.Contains(want, g) })
		if !slices.Equal(order, want) {
			t.Errorf("stored in the order %v, want %v", order, want)
		}
	}
}

// Danger, data protection and law are asked before a wish for a person, whatever else is there.
func TestHardWordsOfDangerComeBeforeEverything(t *testing.T) {
	for kind, code := range map[string]string{"distress": "T19", "safety": "T11", "privacy": "T11", "legal": "T11", "media": "T11"} {
		in := with(all(hardWord(kind), mood(tandem.Angry), func(in *Input) {
			in.Reading.WantsHuman = true
			in.Snapshot.Workspace.Settings.Paused = true
		}))
		d, hard := Hard(in)
		if !hard || d.Rule != code {
			t.Errorf("%s: %v %s", kind, hard, d.Rule)
			continue
		}
		if got := d.Triggers[0].Kind; got != kind {
			t.Errorf("%s is stored as %s", kind, got)
		}
		if paused := slices.ContainsFunc(d.Triggers, func(f tandem.Trigger) bool { return f.Code == "T9" }); paused {
			t.Errorf("%s: a trigger that is not hard was asked at once", kind)
		}
	}
}

func TestTheTableIsInTheOrderOfTheSpecification(t *testing.T) {
	var got []string
	for _, r := range triggers {
		got = append(got, r.code+" "+r.kind)
	}
	at := func(s string) int { return slices.Index(got, s) }
	for _, pair := range [][2]string{
		{"T19 distress", "T11 safety"}, {"T11 safety", "T11 privacy"}, {"T11 privacy", "T11 legal"}, {"T11 legal", "T1 request"}, {"T1 request", "T2 hard_word"},
		{"T2 hard_word", "T14 bad_feedback"}, {"T3 tension", "T22 anger"}, {"T22 anger", "T9 paused"}, {"T15 repeat_contact", "T17 unreadable"}, {"T17 unreadable", "T4 slope"},
		{"T4 slope", "T5 rephrasing"}, {"T5 rephrasing", "T7 not_understood"}, {"T7 not_understood", "T12 no_progress"}, {"T12 attempts", "T16 bad_fact"},
		{"T16 lost", "T13 tool_failure"}, {"T13 tool_failure", "T6 loop"}, {"T6 loop", "T7 no_knowledge"},
	} {
		if at(pair[0]) < 0 || at(pair[0]) > at(pair[1]) {
			t.Errorf("%s is not asked before %s", pair[0], pair[1])
		}
	}
}

func TestTheScoreIsStoredWithItsLimit(t *testing.T) {
	in := with(func(in *Input) { in.Snapshot.Conversation.Tension, in.Reading.Escalation = 2, 1 })
	d := Decide(in)
	if f := d.Triggers[0]; f.Code != "T3" || f.Score != 2.4 || f.Limit != 1.2 || d.Tension != 2.4 {
		t.Errorf("tension: %+v, decision %g", f, d.Tension)
	}
	for _, c := range []struct {
		profile string
		careful bool
		want    float64
	}{{"wysoka", false, 1.2}, {"zrownowazona", false, 2.5}, {"niska", false, 4}, {"", false, 1.2}, {"nie ma takiego", false, 1.2}, {"zrownowazona", true, 1.5}} {
		if got := Limit(c.profile, c.careful); got != c.want {
			t.Errorf("limit of %q, careful %v: %g, want %g", c.profile, c.careful, got, c.want)
		}
	}
	tense := func(in *Input) {
		in.Snapshot.Workspace.Settings.Profile = "niska"
		in.Reading.Escalation = 2.6
	}
	if d := Decide(with(tense)); d.Act != tandem.Answer {
		t.Errorf("at a low sensitivity: %s by %s", d.Act, d.Rule)
	}
	if d := Decide(with(all(tense, topic("store_hours", func(t *tandem.Touchpoint) { t.Profile = "zrownowazona" })))); d.Rule != "T3" {
		t.Errorf("the topic's own profile does not count: %s", d.Rule)
	}
	if d := Decide(with(all(tense, func(in *Input) { in.Snapshot.Customer.VIP = true }))); d.Rule != "T3" {
		t.Errorf("a VIP is not heard earlier: %s", d.Rule)
	}
}

func TestPriority(t *testing.T) {
	for i, c := range []struct {
		do   func(*Input)
		want tandem.Priority
	}{
		{hardWord("distress"), tandem.Urgent},
		{hardWord("safety"), tandem.Urgent},
		{hardWord("legal"), tandem.Urgent},
		{hardWord("fraud"), tandem.High},
		{mood(tandem.Angry), tandem.High},
		{func(in *Input) { in.Reading.WantsHuman = true }, tandem.High},
		{func(in *Input) { in.Snapshot.Customer.Human = true }, tandem.Normal}, // a standing wish is no hurry
		{func(in *Input) { in.Reading.Feedback, in.Snapshot.Conversation.BotTurns = -1, 1 }, tandem.High},
		{moods(tandem.Pleased, tandem.Tense, tandem.Tense, tandem.Tense), tandem.High},
		{facts(badFact("exception_lost")), tandem.High},
		{about("damaged_item"), tandem.Normal},
		{all(about("damaged_item"), func(in *Input) { in.Snapshot.Customer.VIP = true }), tandem.High},
		{about("parcel_lost"), tandem.High},
		{about("payment_problem"), tandem.High},
		{about("fraud_safety"), tandem.High},
		{func(in *Input) { in.Reading.Lang = "de" }, tandem.Normal},
		{all(func(in *Input) { in.Reading.Lang = "de" }, hardWord("safety")), tandem.Urgent}, // the highest of all that fired
	} {
		if d := Decide(with(c.do)); d.Act != tandem.HandOver || d.Priority != c.want {
			t.Errorf("row %d: %s by %s with priority %d, want %d", i, d.Act, d.Rule, d.Priority, c.want)
		}
	}
}

func TestUrgentReadingsAreNotGathered(t *testing.T) {
	for i, c := range []struct {
		r    tandem.Reading
		want bool
	}{
		{tandem.Reading{Hard: true}, true}, {tandem.Reading{HardKind: "safety"}, true}, {tandem.Reading{WantsHuman: true}, true},
		{tandem.Reading{Mood: tandem.Angry}, true}, {tandem.Reading{Escalation: 1.2}, true},
		{tandem.Reading{Escalation: 1.19, Mood: tandem.Tense, Urgent: true}, false}, {reading("store_hours"), false},
	} {
		if got := Urgent(c.r); got != c.want {
			t.Errorf("row %d: %v", i, got)
		}
	}
}
