package tandem

import (
	"context"
	"time"
)

// ActionID names an action.
type ActionID string

// ActionKind is what an action does outside the conversation.
type ActionKind string

// The kinds of action.
const (
	RefundDelivery ActionKind = "refund_delivery" // the cost of delivery goes back
	RefundAmount   ActionKind = "refund_amount"   // a part of the price, or all of it, goes back
	ChangeAddress  ActionKind = "change_address"  // the parcel goes elsewhere; possible until it is sent
	Resend         ActionKind = "resend"          // the goods are sent again
)

// ActionState is where an action is on its way.
type ActionState string

// The states of an action. Only a named person's yes leads from proposed, or from unknown, to
// approved.
const (
	ActionProposed ActionState = "proposed"
	ActionApproved ActionState = "approved"
	ActionDoing    ActionState = "doing" // the call is under way
	ActionDone     ActionState = "done"
	ActionFailed   ActionState = "failed" // refused: nothing was done
	ActionRejected ActionState = "rejected"
	ActionUnknown  ActionState = "unknown" // perhaps done: never repeated by itself, a person looks
)

// ByBot is the proposer of what the bot suggests.
const ByBot = "bot"

// Action is something done to a customer's order that a person approves apart from any text: sending
// the words and doing the deed are two presses. A bot proposes and never carries out.
type Action struct {
	ID           ActionID
	Conversation ConversationID
	Kind         ActionKind
	Subject      string            // the order's number
	Amount       int64             // minor units; 0 where no money moves
	Currency     string            // ISO 4217
	Args         map[string]string // of an address: name, street, postcode, city, country, phone
	Reason       string            // a code: parcel_late, parcel_lost, goodwill ...
	State        ActionState
	By           string // who proposed it: a user's id or ByBot
	ApprovedBy   UserID // who decided, also against it
	Epoch        int64  // of the conversation when it was approved
	Key          string // the idempotency key: one for all attempts
	Result       string // the outside system's number for it, or the code of why it was not done
	CreatedAt    time.Time
	DecidedAt    time.Time
	Held         time.Time // an approved one is not carried out before, and can be taken back until it is
	DoneAt       time.Time
}

// maybeDone is the result of an action whose fate is not known. It stays while the action is approved
// again: an approval that is taken back must not make it look as if nothing had been done.
const maybeDone = "maybe_done"

// TakeBack returns the action as it was before it was approved: waiting for a person, with the code of
// why, or still of unknown fate.
func (a Action) TakeBack(why string) Action {
	a.State, a.ApprovedBy, a.DecidedAt, a.Held = ActionProposed, "", time.Time{}, time.Time{}
	if a.Result == maybeDone {
		a.State = ActionUnknown
		return a
	}
	a.Result = why
	return a
}

// Money tells whether an action moves money.
func (a Action) Money() bool { return a.Kind == RefundDelivery || a.Kind == RefundAmount }

// Open tells whether an action is neither finished nor refused.
func (a Action) Open() bool {
	return a.State == ActionProposed || a.State == ActionApproved || a.State == ActionDoing || a.State == ActionUnknown
}

// Doer carries out actions in a system outside. Called once per approval, outside any transaction;
// Action.Key goes along, so that the same action is done at most once over there. result is the
// system's own number for it. An error with the code maybe_done means that the fate is not known;
// any other means that nothing was done.
type Doer interface {
	Do(ctx context.Context, a Action) (result string, err error)
}

// ErrMaybeDone is returned by a Doer that got no answer: the action may have been carried out.
var ErrMaybeDone = Coded(Transient, maybeDone, "no answer: it may have been done")

// The events of actions. Code is the state, subject the action's id.
const (
	ActionAdded   EventKind = "action.added"
	ActionChanged EventKind = "action.changed"
)
