package tandem

import (
	"slices"
	"time"
)

// Snapshot is all that is known of a conversation at one moment, read once; the argument of all
// thinking.
type Snapshot struct {
	Workspace    Workspace
	Conversation Conversation
	Customer     Customer
	Threads      []Thread
	Messages     []Message // oldest first, the newest 60
	Cases        []Case
	Promises     []Promise // open ones
	Notes        []Note
	Drafts       []Draft // pending ones
	Decisions    []Decision
	Handover     *Handover // the current one, nil where a bot owns
	Touchpoints  map[string]Touchpoint
	Staffed      bool      // people are at the desk now
	Next         time.Time // when they are next
	Now          time.Time
}

// Unanswered returns the customer's messages that nobody has answered yet, oldest first.
func (s Snapshot) Unanswered() []Message {
	var out []Message
	for _, m := range s.Messages {
		if m.Inbound() && m.Seq > s.Conversation.Answered && (m.Disposition == Pending || m.Disposition == WithHuman) {
			out = append(out, m)
		}
	}
	return out
}

// Last returns the newest message of an origin, and false where there is none.
func (s Snapshot) Last(o Origin) (Message, bool) {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		if s.Messages[i].Origin == o {
			return s.Messages[i], true
		}
	}
	return Message{}, false
}

// Thread returns the thread with an id; the zero Thread where there is none.
func (s Snapshot) Thread(id ThreadID) Thread {
	for _, t := range s.Threads {
		if t.ID == id {
			return t
		}
	}
	return Thread{}
}

// Zone returns the workspace's time zone, UTC where it is unknown.
func (s Snapshot) Zone() *time.Location {
	if z, err := time.LoadLocation(s.Workspace.Zone); err == nil {
		return z
	}
	return time.UTC
}

// PeopleSpokeLast tells whether it was people who spoke last for the company: the bot has not said yet
// what holds.
func (s Snapshot) PeopleSpokeLast() bool {
	for _, m := range slices.Backward(s.Messages) {
		switch m.Origin {
		case FromHuman, FromExternal, FromDraft:
			return true
		case FromBot:
			return false
		}
	}
	return false
}
