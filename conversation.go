package tandem

import "time"

// Owner says who speaks next for the brand; there is exactly one at any moment (I1).
type Owner string

// The owners.
const (
	Bot    Owner = "bot"
	Queue  Owner = "queue" // waits for a person
	Human  Owner = "human"
	Closed Owner = "closed"
)

// Priority orders the queue; higher is sooner.
type Priority int

// The priorities.
const (
	Normal Priority = iota
	High
	Urgent
)

// Mood is how a customer writes.
type Mood string

// The moods.
const (
	Pleased Mood = "pleased"
	Calm    Mood = "calm"
	Tense   Mood = "tense"
	Angry   Mood = "angry"
)

// Score places a mood on [-1, 1] for lines and slopes.
func (m Mood) Score() float64 {
	return map[Mood]float64{Pleased: 0.6, Tense: -0.4, Angry: -0.8}[m]
}

// Conversation is the one continuing exchange with a customer, over all channels and years.
type Conversation struct {
	ID         ConversationID
	Customer   CustomerID
	Owner      Owner
	Agent      UserID // set while Owner is Human
	Team       TeamID // whose queue it is in; empty is everybody's
	Offered    UserID // while Owner is Queue: who alone is alerted, for a while; anybody may take it
	Epoch      int64  // +1 on every change of owner: the fencing token of bot speech
	Rev        int64  // +1 on every message and transition: the freshness token of content
	Seq        int64  // the newest message's number
	Asked      int64  // the newest customer message's number
	Answered   int64  // every customer message up to here has a disposition
	Priority   Priority
	Touchpoint string
	Mood       Mood
	Tension    float64 // S of trigger T3, decays by 0.7 a turn
	Lang       string
	Reason     string    // trigger code of the last hand-over
	WaitSince  time.Time // when it entered the queue
	BotTurns   int       // unresolved bot turns in a row (I13)
	Clarified  int       // clarifying questions in a row
	Fails      int       // turns in a row that were not understood
	Disclosed  time.Time // when the customer was last told that an AI writes
	Parked     string    // touchpoint that waits as a human task and is barred for the bot
	Brief      string    // what a person told the bot when giving it back
	Instructed string    // a whisper that the bot obeys
	LastAt     time.Time // platform time of the newest message
	Preview    string    // its first 140 runes
	LastFrom   Origin
	Opened     time.Time
	ClosedAt   time.Time
}

// Thread is one place of a conversation.
type Thread struct {
	ID           ThreadID
	Conversation ConversationID
	Account      AccountID
	Channel      string // the account's kind
	Surface      Surface
	External     string    // the platform's key: scoped user id, comment root, message-id
	Subject      string    // of a mail, a post
	To           string    // whom the platform is told to send to
	WindowFrom   time.Time // platform time of the customer's last message that opens a reply window
	Shut         string    `json:",omitempty"` // why nothing can be sent there, a Shut code; only a Snapshot tells it
}

// Takes tells whether a place takes a free text at a moment, where its platform does so for a while after the
// customer's last message; 0: it sets no limit. Where the customer has not written yet nothing is open: neither a
// comment nor a private reply to one opens a window (CHANNELS.md 4.4, 9.1).
func (t Thread) Takes(window time.Duration, at time.Time) bool {
	return window == 0 || !t.WindowFrom.IsZero() && at.Sub(t.WindowFrom) <= window
}

// Why a place takes no free text although something else may be sent there.
const (
	WindowClosed = "window_closed" // the customer's window is over
	WindowNone   = "window_none"   // the customer has not written there yet
)

// Untaken is the code of why a place takes no free text at a moment, empty where it does.
func (t Thread) Untaken(window time.Duration, at time.Time) string {
	switch {
	case t.Takes(window, at):
		return ""
	case t.WindowFrom.IsZero():
		return WindowNone
	}
	return WindowClosed
}

// Why nothing can be sent to a place, whoever would send it.
const (
	ShutErased      = "erased"         // the customer's data was erased
	ShutBroken      = "account_broken" // the connection has to be made again
	ShutOff         = "account_off"    // somebody has switched the account off
	ShutOptedOut    = "opted_out"      // the customer has asked to be written to no more there
	ShutUnreachable = "unreachable"    // the platform could not deliver the last message, within ShutFor
)

// ShutFor is how long a person whom a platform could not reach is taken to be out of reach. Their next
// message, and a message that arrives, end it sooner.
const ShutFor = 24 * time.Hour

// Surface is the kind of place.
type Surface string

// The surfaces.
const (
	Direct  Surface = "dm"
	Comment Surface = "comment"
	Webchat Surface = "webchat"
	Mail    Surface = "email"
)

// Public tells whether everybody can read what is said there.
func (s Surface) Public() bool { return s == Comment }

// Case is one matter within a conversation.
type Case struct {
	ID           CaseID
	Conversation ConversationID
	Touchpoint   string
	Opened       time.Time
	Closed       time.Time
	Outcome      string
	ClockDue     time.Time // statutory deadline (complaint: 14 days), zero where there is none
	CSAT         int       // 1 to 5, 0 where not asked
}

// Promise is what the bot or a person told a customer would happen.
type Promise struct {
	ID           PromiseID
	Conversation ConversationID
	Message      MessageID
	By           UserID // empty: the bot
	Text         string
	Due          time.Time
	Kept         time.Time // also after it was broken: then it was kept late
	Broken       time.Time
}

// Note is written by people for people, or by a person for the bot.
type Note struct {
	ID           NoteID
	Conversation ConversationID
	By           UserID
	Text         string
	ForBot       bool // a whisper that the bot obeys
	At           time.Time
}
