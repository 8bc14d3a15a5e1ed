package turn

import (
	"slices"
	"strings"

	"tandem"
	"tandem/nlu"
	"tandem/policy"
)

// thoughtMessages is how many of the newest messages a decision is made from. They are stored with
// it, so that it can be replayed.
const thoughtMessages = 16

// trim keeps of a snapshot what decisions are made from.
func trim(s tandem.Snapshot) tandem.Snapshot {
	s.Messages = s.Messages[max(0, len(s.Messages)-thoughtMessages):]
	s.Decisions, s.Notes, s.Drafts = nil, nil, nil
	s.Handover = nil
	return s
}

// understand reads what waits as a turn does: what the message says, and what the conversation adds.
func understand(m *nlu.Model, s tandem.Snapshot) tandem.Reading {
	return continued(matter(certain(m.ReadSnapshot(s), s)), s)
}

// certain puts what is certain above what is guessed: the button "talk to a person".
func certain(r tandem.Reading, s tandem.Snapshot) tandem.Reading {
	for _, m := range s.Unanswered() {
		if m.Kind == "human" && !r.WantsHuman {
			r.WantsHuman, r.HumanScore, r.Touchpoint, r.Set = true, 1, "human_request", []string{"human_request"}
			r.Evidence = append(r.Evidence, tandem.Evidence{Layer: "human", Code: "button", Text: m.Text, Weight: 1})
		}
	}
	return r
}

// matter puts a matter above the greeting it comes with: "dzień dobry, gdzie jest paczka?" is about
// the parcel. Where no topic at all is likelier than any matter there is none: "tak, zgadza się" is thanks.
func matter(r tandem.Reading) tandem.Reading {
	set := slices.DeleteFunc(slices.Clone(r.Set), func(t string) bool { return courtesy[t] })
	switch {
	case len(set) == len(r.Set), len(set) == 0:
		return r
	case set[0] == nlu.Other && courtesy[r.Touchpoint]: // a set begins with the likeliest
		set = []string{r.Touchpoint}
	}
	if r.Set = set; courtesy[r.Touchpoint] {
		r.Touchpoint = set[0]
	}
	return r
}

// continued keeps the matter when the customer gives what the bot asked for: "48377, jan@..." is an
// answer, not a topic and not a mood of its own.
func continued(r tandem.Reading, s tandem.Snapshot) tandem.Reading {
	if s.Conversation.Touchpoint == "" || len(s.Decisions) == 0 || r.HardKind != "" {
		return r
	}
	asked := s.Decisions[0]
	if asked.Act != tandem.Ask || asked.Rule != "verification" {
		return r
	}
	last, ok := s.Last(tandem.FromCustomer)
	if !ok || !answers(r) {
		return r
	}
	if words := bare(last.Text, r.Entities); words < fewWords {
		r.Mood, r.Anger, r.Escalation, r.Hard, r.WantsHuman, r.HumanScore = tandem.Calm, 0, 0, false, false, 0
	} else if words > manyWords {
		return r // more than the datum: it may be another matter
	}
	r.Touchpoint, r.Set, r.OutOfScope = s.Conversation.Touchpoint, []string{s.Conversation.Touchpoint}, 0
	return r
}

// How many words besides the data an answer to a question may have.
const (
	fewWords  = 4
	manyWords = 12
)

func answers(r tandem.Reading) bool {
	for _, e := range r.Entities {
		switch e.Kind {
		case "order", "email", "phone", "postcode", "tracking":
			return true
		}
	}
	return false
}

// bare counts the words of a text that are no data.
func bare(text string, data []tandem.Entity) int {
	b := []byte(text)
	for _, e := range data {
		for i := max(0, e.Start); i < min(e.End, len(b)); i++ {
			b[i] = ' '
		}
	}
	n := 0
	for _, w := range strings.Fields(string(b)) {
		if len(strings.Trim(w, ".,;:!?-")) > 1 {
			n++
		}
	}
	return n
}

var courtesy = map[string]bool{"greeting": true, "thanks": true, "goodbye": true}

// given returns what the customer has told in this conversation, oldest first: a datum given once is
// never asked for again.
func given(s tandem.Snapshot, r tandem.Reading) []tandem.Entity {
	var out []tandem.Entity
	seen := map[string]bool{}
	add := func(all []tandem.Entity) {
		for _, e := range all {
			if key := e.Kind + " " + e.Value; !seen[key] {
				seen[key] = true
				out = append(out, e)
			}
		}
	}
	for _, m := range s.Messages {
		if m.Inbound() && m.Reading != nil && !m.Removed {
			add(m.Reading.Entities)
		}
	}
	add(r.Entities)
	return out
}

// said tells whether the bot would repeat itself in this stretch: the same matter in the same state
// on the same day, or the same words (T6, I13).
func said(s tandem.Snapshot, r tandem.Reply) bool {
	since := int64(0)
	want := squeeze(r.Text)
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := s.Messages[i]
		if m.Origin == tandem.FromHuman || m.Origin == tandem.FromDraft || m.Origin == tandem.FromExternal {
			since = m.Seq
			break
		}
		if m.Origin == tandem.FromBot && m.Delivery != tandem.Suppressed && squeeze(m.Text) == want {
			return true
		}
	}
	for _, d := range s.Decisions {
		if r.ID != "" && d.Reply == r.ID && d.Seq > since && (d.Act == tandem.Answer || d.Act == tandem.Ask) {
			return true
		}
	}
	return false
}

// squeeze drops what does not make two answers different: case, spaces, punctuation.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t\n.,!?;:–—-…", r)
	}), " ")
}

// Replay decides again from what was stored with a decision.
func Replay(in policy.Input) tandem.Decision {
	if in.Findings == nil {
		if d, hard := policy.Hard(in); hard {
			return d
		}
	}
	return policy.Decide(in)
}
