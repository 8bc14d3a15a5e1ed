package policy

import (
	"slices"
	"time"

	"tandem"
)

// trigger is one row of the table: when it fires, and whether a feeling, a fact or a wish made it.
type trigger struct {
	code  string
	kind  string
	found func(Input) (bool, []tandem.Evidence)
	score func(Input) (score, limit float64)
	hard  bool // acts at once, on the message alone: not gathered, no lookup awaited
}

// triggers is the set of HITL.md 1.6 in the order of evaluation: safety, privacy, legal, human
// request, hard words, policy, structure, score, facts. The first match decides; all are stored.
var triggers = []trigger{
	{code: "T19", kind: "distress", hard: true, found: hardKind("distress")},
	{code: "T11", kind: "safety", hard: true, found: hardKind("safety")},
	{code: "T11", kind: "privacy", hard: true, found: hardKind("privacy")},
	{code: "T11", kind: "legal", hard: true, found: hardKind("legal", "media")},
	{code: "T1", kind: "request", hard: true, found: func(in Input) (bool, []tandem.Evidence) {
		return in.Reading.WantsHuman, evidence(in, "human")
	}},
	{code: "T2", kind: "hard_word", hard: true, found: func(in Input) (bool, []tandem.Evidence) {
		return in.Reading.Hard, evidence(in, "lexicon")
	}},
	{code: "T14", kind: "bad_feedback", hard: true, found: func(in Input) (bool, []tandem.Evidence) {
		return in.Reading.Feedback < 0 && in.Snapshot.Conversation.BotTurns > 0, evidence(in, "feedback")
	}},
	{code: "T3", kind: "tension", hard: true, found: func(in Input) (bool, []tandem.Evidence) {
		return upset(in) && rising(in), in.Reading.Evidence
	}, score: func(in Input) (float64, float64) { return in.tension(), in.limit() }},
	{code: "T22", kind: "anger", hard: true, found: func(in Input) (bool, []tandem.Evidence) {
		return upset(in) && !rising(in), in.Reading.Evidence
	}, score: func(in Input) (float64, float64) { return in.Reading.Escalation, in.limit() }},
	{code: "T9", kind: "paused", found: paused},
	{code: "T9", kind: "parked", found: func(in Input) (bool, []tandem.Evidence) {
		p := in.Snapshot.Conversation.Parked
		return p != "" && p == in.Reading.Touchpoint, nil
	}},
	{code: "T1", kind: "preference", found: func(in Input) (bool, []tandem.Evidence) { return in.Snapshot.Customer.Human, nil }},
	{code: "T18", kind: "language", found: func(in Input) (bool, []tandem.Evidence) {
		return in.Reading.LangSure && in.Reading.Lang != "pl" && in.Reading.Lang != "en", nil
	}},
	{code: "T9", kind: "topic", found: func(in Input) (bool, []tandem.Evidence) {
		return in.understood() && in.level() <= tandem.L1, evidence(in, "model")
	}},
	{code: "T3", kind: "complaint", found: func(in Input) (bool, []tandem.Evidence) {
		return in.tension() >= in.limit() && unmoved(in), in.Reading.Evidence
	}, score: func(in Input) (float64, float64) { return in.tension(), in.limit() }},
	{code: "T10", kind: "vulnerable", found: func(in Input) (bool, []tandem.Evidence) {
		return in.Snapshot.Customer.Vulnerable && in.Reading.Mood != tandem.Pleased && !smallTalk[in.Reading.Touchpoint], nil
	}},
	{code: "T10", kind: "vip", found: func(in Input) (bool, []tandem.Evidence) { // a ceiling made it a matter for a person: there is no draft at L1
		l, _, _ := level(in)
		return in.understood() && l <= tandem.L1 && in.level() > tandem.L1, nil
	}},
	{code: "T23", kind: "shut", found: shut},
	{code: "T15", kind: "repeat_contact", found: repeated},
	{code: "T13", kind: "late", found: late},
	{code: "T17", kind: "unreadable", found: unreadable},
	{code: "T4", kind: "slope", found: slope},
	{code: "T5", kind: "rephrasing", found: func(in Input) (bool, []tandem.Evidence) {
		e := evidence(in, "repetition") // nlu: for the third time or more
		return len(e) >= 1 && in.Snapshot.Conversation.BotTurns >= 1, e
	}},
	{code: "T7", kind: "not_understood", found: func(in Input) (bool, []tandem.Evidence) {
		return !in.understood() && (in.Snapshot.Conversation.Fails >= 1 || in.Snapshot.Conversation.Clarified >= 2), nil
	}},
	{code: "T12", kind: "no_progress", found: func(in Input) (bool, []tandem.Evidence) {
		c := in.Snapshot.Conversation
		return c.BotTurns >= maxBotTurns || c.Clarified >= maxClarified && len(missing(in)) > 0, nil // it would have to ask a third time
	}},
	{code: "T12", kind: "attempts", found: func(in Input) (bool, []tandem.Evidence) { return in.Attempts >= 5, nil }},
	{code: "T16", kind: "bad_fact", found: func(in Input) (bool, []tandem.Evidence) {
		_, bad := in.bad()
		return bad && (in.tension() >= 1 || in.Reading.Urgent || in.Reading.Mood == tandem.Tense), evidence(in, "")
	}, score: func(in Input) (float64, float64) { return in.tension(), 1 }},
	{code: "T16", kind: "lost", found: func(in Input) (bool, []tandem.Evidence) { // a lost or damaged parcel is a person's, whatever the mood
		f, bad := in.bad()
		return bad && slices.Contains([]string{"exception_lost", "exception_damaged", "refund_overdue", "wrong_charge"}, f.Value), nil
	}},
	{code: "T13", kind: "tool_failure", found: func(in Input) (bool, []tandem.Evidence) {
		return in.Findings != nil && len(in.Findings.Failed) > 0 && Needs[in.Reading.Touchpoint].Bot && len(in.Findings.Facts) == 0, nil
	}},
	{code: "T6", kind: "loop", found: func(in Input) (bool, []tandem.Evidence) { return in.Reply != nil && in.Again, nil }},
	{code: "T7", kind: "no_knowledge", found: func(in Input) (bool, []tandem.Evidence) { return in.Reply != nil && !in.Reply.OK, nil }},
}

// Bounds of an unresolved stretch of the bot (I13).
const (
	maxBotTurns  = 6
	maxClarified = 2
)

// smallTalk are topics that are no matter of their own.
var smallTalk = map[string]bool{"greeting": true, "thanks": true, "goodbye": true, "bot_question": true}

func hardKind(kinds ...string) func(Input) (bool, []tandem.Evidence) {
	return func(in Input) (bool, []tandem.Evidence) {
		return slices.Contains(kinds, in.Reading.HardKind), evidence(in, "lexicon")
	}
}

// evidence returns the reading's evidence of a layer or code; of all where neither is named.
func evidence(in Input, of string) []tandem.Evidence {
	var out []tandem.Evidence
	for _, e := range in.Reading.Evidence {
		if of == "" || e.Layer == of || e.Code == of {
			out = append(out, e)
		}
	}
	return out
}

// clear is when a topic stands out although the conformal set has more: likely by itself, and
// several times likelier than the next.
const (
	clearAlone = 0.6
	clearTimes = 4
)

// understood tells whether one touchpoint stands out.
func (in Input) understood() bool {
	r := in.Reading
	if r.Touchpoint == "other" || len(r.Set) == 0 {
		return false
	}
	if len(r.Set) == 1 {
		return true
	}
	next := 0.0
	for _, a := range r.Alternatives {
		if a.Touchpoint != r.Touchpoint && !smallTalk[a.Touchpoint] {
			next = max(next, a.Confidence)
		}
	}
	return r.Confidence >= clearAlone && r.Confidence >= clearTimes*next
}

func paused(in Input) (bool, []tandem.Evidence) {
	return in.Snapshot.Workspace.Settings.Paused || in.touchpoint().Paused, nil
}

// shut is a customer who writes from a place where nothing can be sent to them: only a person knows another
// way. What is said over an account whose connection is broken waits until it is made again.
func shut(in Input) (bool, []tandem.Evidence) {
	m, ok := in.Snapshot.Last(tandem.FromCustomer)
	why := in.Snapshot.Thread(m.Thread).Shut
	return ok && why != "" && why != tandem.ShutBroken, nil
}

// repeated is a customer who comes back within 72 hours to a person's emotional matter, or within
// seven days to the same topic that a person had (HITL.md 6.4, T15).
func repeated(in Input) (bool, []tandem.Evidence) {
	if smallTalk[in.Reading.Touchpoint] {
		return false, nil
	}
	for _, c := range in.Snapshot.Cases {
		if c.Closed.IsZero() || c.Outcome == "bot" {
			continue
		}
		t := in.Snapshot.Touchpoints[c.Touchpoint]
		age := in.Snapshot.Now.Sub(c.Closed)
		if age < 72*time.Hour && t.Temper == "empathy" || age < 7*24*time.Hour && c.Touchpoint == in.Reading.Touchpoint && t.Temper == "empathy" {
			return true, nil
		}
	}
	return false, nil
}

// lateAfter is how long the way of a message to us may take before what it says may be overtaken: after
// an outage a platform repeats what it could not deliver for hours, and its history goes back days.
const lateAfter = 30 * time.Minute

// late is a message that reached us long after it was written. The customer may have been helped
// elsewhere, or have given up: a person looks first.
func late(in Input) (bool, []tandem.Evidence) {
	for _, m := range in.Snapshot.Unanswered() {
		if m.ReceivedAt.Sub(m.At) > lateAfter && !m.At.IsZero() {
			return true, nil
		}
	}
	return false, nil
}

// unreadable is a photo, a voice message or a document that the bot cannot read (T17).
func unreadable(in Input) (bool, []tandem.Evidence) {
	for _, m := range in.Snapshot.Unanswered() {
		for _, p := range m.Parts {
			switch p.Type {
			case "image", "audio", "video", "file", "unsupported":
				return true, nil
			}
		}
	}
	return false, nil
}

// slope is T4: the mood of the customer's turns as an exponential mean (alpha 0.5) is low and fell
// fast within three turns.
func slope(in Input) (bool, []tandem.Evidence) {
	var line []float64
	level := 0.0
	for _, m := range in.Snapshot.Messages {
		if m.Inbound() && m.Reading != nil {
			level = 0.5*m.Reading.Mood.Score() + 0.5*level
			line = append(line, level)
		}
	}
	n := len(line)
	if n < 2 || line[n-1] > -0.3 {
		return false, nil
	}
	return slices.Max(line[max(0, n-4):n])-line[n-1] >= 0.5, evidence(in, "structure")
}

// find returns all triggers that fire, in order; hardOnly looks at those that act on the message
// alone.
func find(in Input, hardOnly bool) []tandem.Trigger {
	var out []tandem.Trigger
	for _, t := range triggers {
		if hardOnly && !t.hard {
			continue
		}
		ok, why := t.found(in)
		if !ok {
			continue
		}
		f := tandem.Trigger{Code: t.code, Kind: t.kind, Evidence: why}
		if t.code == "T2" || t.code == "T11" {
			f.Kind = in.Reading.HardKind
		}
		if t.score != nil {
			f.Score, f.Limit = t.score(in)
		}
		out = append(out, f)
	}
	return out
}

// Urgent tells whether a reading by itself calls for an immediate turn: a burst is not gathered.
func Urgent(r tandem.Reading) bool {
	return r.Hard || r.HardKind != "" || r.WantsHuman || r.Mood == tandem.Angry || r.Escalation >= 1.2
}

// upset tells whether the feeling of a message, with what was before it, is a person's matter.
func upset(in Input) bool {
	return in.Reading.Mood == tandem.Angry || in.tension() >= in.limit() && !unmoved(in) && !askedAgain(in)
}

// askedAgain tells whether nothing but a question asked for the third time lifts the score to its limit: then T5
// hands over and says so, and nobody is called upset who is not.
func askedAgain(in Input) bool {
	sum := in.tension()
	for _, e := range evidence(in, "repetition") {
		sum -= e.Weight
	}
	return sum < in.tension() && sum < in.limit() && in.Snapshot.Conversation.BotTurns >= 1
}

// rising tells whether it takes the messages before this one to reach the limit. Of what one message does
// by itself nobody is told that something is rising: HITL.md has one row, T3, for both.
func rising(in Input) bool {
	return in.tension() >= in.limit() && in.Reading.Escalation < in.limit()
}

// unmoved tells whether words of a complaint come without any feeling, and for the first time: then the
// topic decides first, and nobody is told that something is rising.
func unmoved(in Input) bool {
	return (in.Reading.Mood == tandem.Calm || in.Reading.Mood == tandem.Pleased) && in.Snapshot.Conversation.Tension == 0
}
