package tandem

import "time"

// Event is one line of the ledger: ids and codes, never texts. (workspace, seq) is unique and has
// no gap that could still be filled, so a reader that saw seq has seen everything before it.
type Event struct {
	Workspace    WorkspaceID    `json:"-"`
	Seq          int64          `json:"seq"`
	Kind         EventKind      `json:"kind"`
	At           time.Time      `json:"at"`
	Conversation ConversationID `json:"conversation,omitempty"`
	Subject      string         `json:"subject,omitempty"` // the id of what it is about: a message, a draft, a user
	Actor        string         `json:"actor,omitempty"`   // a user's id, "bot", "customer", "clock"
	Code         string         `json:"code,omitempty"`    // a reason: trigger code, state
	Data         map[string]any `json:"data,omitempty"`    // numbers and codes only
}

// EventKind names what happened.
type EventKind string

// The events.
const (
	MessageAdded      EventKind = "message.added"
	MessageChanged    EventKind = "message.changed" // edited, removed, delivery
	OwnerChanged      EventKind = "owner.changed"   // code: the trigger or reason; data: from, to, epoch
	AlertRaised       EventKind = "alert.raised"    // a person is needed
	AlertWidened      EventKind = "alert.widened"   // nobody came: wider skill, supervisor
	WindowClosing     EventKind = "window.closing"  // the platform soon takes no answer; code: window_free or window_human; data: ends (unix seconds), agent
	CardChanged       EventKind = "card.changed"
	CardWorded        EventKind = "card.worded" // a language model's summary; code: accepted, or why it was not
	DecisionMade      EventKind = "decision.made"
	DraftAdded        EventKind = "draft.added"
	DraftChanged      EventKind = "draft.changed"
	NoteAdded         EventKind = "note.added"
	PromiseAdded      EventKind = "promise.added"
	PromiseChanged    EventKind = "promise.changed"
	ConversationMoved EventKind = "conversation.changed" // priority, team, assignee, topic
	CustomerChanged   EventKind = "customer.changed"
	CustomerMerged    EventKind = "customer.merged"
	CustomerSplit     EventKind = "customer.split"
	AccountChanged    EventKind = "account.changed"
	PolicyChanged     EventKind = "policy.changed" // map, level, pause
	PresenceChanged   EventKind = "presence.changed"
	BotSuppressed     EventKind = "bot.suppressed" // a bot row that was refused; code says why
	JobDead           EventKind = "job.dead"
	UserSignedIn      EventKind = "user.signed_in"
	UserChanged       EventKind = "user.changed"    // code: signed_out, saved, disabled, enabled; open streams of the person ask again
	ExampleChanged    EventKind = "example.changed" // code: its state
	ModelChanged      EventKind = "model.changed"   // code: used, refused, late; data: number
)
