package turn

import (
	"strings"

	"tandem"
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
// the parcel.
func matter(r tandem.Reading) tandem.Reading {
	var set []string
	for _, t := range r.Set {
		if !courtesy[t] {
			set = append(set, t)
		}
	}
	if len(set) == 0 || len(set) == len(r.Set) {
		return r
	}
	r.Set = set
	if courtesy[r.Touchpoint] {
		r.Touchpoint = set[0]
	}
	return r
}

var courtesy = map[string]bool{"greeting": true, "thanks": true, "goodbye": true}

// given returns what the customer has told in this conversation: a datum given once is never asked
// for again. Newer data come first.
func given(s tandem.Snapshot, r tandem.Reading) []tandem.Entity {
	out := append([]tandem.Entity{}, r.Entities...)
	have := map[string]bool{}
	for _, e := range out {
		have[e.Kind] = true
	}
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := s.Messages[i]
		if !m.Inbound() || m.Reading == nil || m.Removed {
			continue
		}
		for _, e := range m.Reading.Entities {
			if !have[e.Kind] {
				out = append(out, e)
			}
		}
		for _, e := range m.Reading.Entities {
			have[e.Kind] = true
		}
	}
	return out
}

// said tells whether the bot would repeat itself: the same words again in this stretch (T6, I13).
func said(s tandem.Snapshot, r tandem.Reply) bool {
	want := squeeze(r.Text)
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := s.Messages[i]
		if m.Origin == tandem.FromHuman || m.Origin == tandem.FromDraft || m.Origin == tandem.FromExternal {
			return false
		}
		if m.Origin == tandem.FromBot && m.Delivery != tandem.Suppressed && squeeze(m.Text) == want {
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
