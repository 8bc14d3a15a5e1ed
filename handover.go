package tandem

import "time"

// Handover is one stretch in which a person is, or is to be, in charge.
type Handover struct {
	ID           HandoverID
	Conversation ConversationID
	Epoch        int64
	Trigger      Trigger
	Card         Card
	Worded       Worded // the card in a language model's words, zero where there are none
	Step         int    // of the ladder: 0 alerted, 1 notice sent, 2 widened, 3 choice offered, out of hours at once
	At           time.Time
	TakenBy      UserID
	TakenAt      time.Time
	FirstReply   time.Time
	EndedAt      time.Time
	EndedBy      UserID
	Outcome      string
	Verdict      string // the agent's: right, early, late
}

// Card is the whole picture for the person who takes over, readable in ten seconds. It only copies
// what is known; it is written in the take-over transaction (I16).
type Card struct {
	Headline string       `json:"headline"`
	Ask      string       `json:"ask"` // the proposed step
	Customer CardCustomer `json:"customer"`
	Trigger  string       `json:"trigger"` // in words
	Code     string       `json:"code"`
	Facts    []Fact       `json:"facts"`
	Open     bool         `json:"open"` // facts are still being fetched
	Quotes   []Quote      `json:"quotes"`
	BotDid   []BotDid     `json:"bot_did"`
	Promises []string     `json:"promises"`
	Asked    []string     `json:"asked"`
	Given    []string     `json:"given"`   // data the customer already gave
	Missing  []string     `json:"missing"` // the open question
	Mood     CardMood     `json:"mood"`
	Next     []NextStep   `json:"next"`
	ClockDue time.Time    `json:"clock_due,omitzero"`
	Failed   []string     `json:"failed"` // sources that did not answer
	Lang     string       `json:"lang"`
	Version  string       `json:"version"`
}

// CardCustomer is who it is.
type CardCustomer struct {
	Name     string `json:"name"`
	Verified Level  `json:"verified"`
	Since    string `json:"since"`
	Orders   int    `json:"orders"`
	VIP      bool   `json:"vip"`
	Form     string `json:"form"`
	Lang     string `json:"lang"`
}

// Quote is what the customer said, masked, at most 160 runes.
type Quote struct {
	Seq  int64  `json:"seq"`
	Text string `json:"text"`
	Why  string `json:"why"` // first, trigger, last
}

// BotDid is what the bot did before, not its words.
type BotDid struct {
	At     time.Time `json:"at"`
	What   string    `json:"what"`
	Result string    `json:"result"`
}

// CardMood is the mood over the conversation.
type CardMood struct {
	Start  float64   `json:"start"`
	Now    float64   `json:"now"`
	Trend  string    `json:"trend"` // falls, rises, steady
	Labels []string  `json:"labels"`
	Line   []float64 `json:"line"`
}

// NextStep is one thing to do with its reason.
type NextStep struct {
	Action string `json:"action"`
	Why    string `json:"why"`
}
