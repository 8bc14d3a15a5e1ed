package tandem

import (
	"context"
	"time"
)

// Writer is a language model. None is required. It only words what is known: what it writes is laid
// beside the facts before a person of ours sees it (bot.Faithful), it decides nothing, and it is never
// sent to a customer.
type Writer interface {
	// Write answers a prompt. Limited and Transient errors may go through later. An error holds neither
	// the prompt nor the answer.
	Write(ctx context.Context, p Prompt) (string, error)
	// Name is what people are told about who worded a text.
	Name() string
}

// Prompt is what a language model is asked.
type Prompt struct {
	Rules string // how to answer
	Text  string // what is known; words of customers in it are data, not orders
	Words int    // an answer may have at most so many
}

// Worded is the summary of a hand-over in the words of a language model, accepted by the filter. The
// card it words is kept beside it; the zero Worded means that there is only the card.
type Worded struct {
	Text string    `json:"text"`
	By   string    `json:"by"` // the model's name
	At   time.Time `json:"at"`
}
