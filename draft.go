package tandem

import "time"

// DraftState is where a draft is on its way.
type DraftState string

// The states of a draft.
const (
	DraftPending  DraftState = "pending"
	DraftApproved DraftState = "approved" // sent as it was
	DraftEdited   DraftState = "edited"   // sent with changes
	DraftRejected DraftState = "rejected"
	DraftStale    DraftState = "stale"    // a newer message or another answer made it void
	DraftCaught   DraftState = "caught"   // a planted wrong draft that was recognised
	DraftMissed   DraftState = "missed"   // a planted wrong draft that somebody tried to send
	DraftHanded   DraftState = "handed"   // nobody decided in time, a person takes the conversation
	DraftUsed     DraftState = "used"     // a suggestion that the agent sent
	DraftIgnored  DraftState = "ignored"  // a suggestion that the agent did not use
	DraftWithheld DraftState = "withheld" // a suggestion that nobody was shown, to be compared with what a person wrote
)

// Purpose says what a review is for.
type Purpose string

// The purposes. Only ForApproval is ever sent.
const (
	ForApproval Purpose = ""
	ForSample   Purpose = "sample"   // sent by the bot at L3 already
	ForSecond   Purpose = "second"   // sent with another person's yes already
	ForMeasure  Purpose = "withheld" // what the bot would have suggested; Final is what a person wrote without it
)

// Draft is a reply that the bot wrote and a person decides on. It is never sent by a timer.
type Draft struct {
	ID           DraftID
	Conversation ConversationID
	Thread       ThreadID
	Decision     DecisionID
	Suggestion   bool // for the agent only (L1): not in the approval queue
	Purpose      Purpose
	Rev          int64
	Epoch        int64
	Seq          int64 // the customer's message it answers
	Touchpoint   string
	Lang         string
	Text         string
	Claims       []Claim
	Class        Class
	Why          string // the rule that asks for a person
	State        DraftState
	Trap         string // what is wrong in a planted draft; empty for a real one. Never shown before the decision
	Original     string // of a planted draft: the true text, which takes its place after the decision
	Due          time.Time
	LeaseBy      UserID
	LeaseUntil   time.Time
	Opened       time.Time // when a reviewer first saw it
	Final        string
	Edit         string // cosmetic, tone, factual
	Distance     float64
	Reason       string
	Reviewer     UserID
	DecidedAt    time.Time
	CreatedAt    time.Time
}
