package channel

import (
	"errors"
	"fmt"
	"time"

	"tandem"
)

// ErrMaybeSent says that a platform may have taken a message although it did not say so. The row
// becomes Unknown; only an echo, a status or a person resolves it (I8). Ask with errors.Is before
// looking at the kind.
var ErrMaybeSent = tandem.Coded(tandem.Transient, "maybe_sent", "the platform may have taken the message")

// Codes of the errors of Send; the catalogue words them for people.
const (
	CodeRateLimited   = "rate_limited"          // Limited, holds a RateError; was not taken
	CodeWindow        = "window_closed"         // Invalid: the customer's window is over
	CodeUnreachable   = "unreachable"           // Invalid: this person cannot be reached, now or ever
	CodeOwned         = "owned_elsewhere"       // Invalid: another app owns the thread
	CodePrivate       = "private_reply_refused" // Invalid: answer in public and ask to write
	CodeRestricted    = "restricted"            // Denied: the platform has restricted the account
	CodeAuth          = "auth"                  // Denied: the connection has to be made again
	CodeMedia         = "media"                 // Invalid: the attachment was refused
	CodeBadRequest    = "bad_request"           // Invalid: ours to mend
	CodeTemplate      = "template"              // Invalid: the template is missing, paused or filled wrongly
	CodeAlreadySent   = "already_sent"          // Conflict: the platform has it
	CodePartlySent    = "partly_sent"           // Invalid: the first pieces are out, a later one was refused
	CodeNoAnswer      = "no_answer"             // Transient: the platform cannot be reached; was not taken
	CodeNotRegistered = "not_registered"        // Denied: the number is not registered
	CodeOptedOut      = "opted_out"             // Invalid: this person has asked to be written to no more
	CodeNoMarketing   = "no_marketing"          // Invalid: this person has asked for no more marketing
)

// RateError says how long a platform wants to be left alone.
type RateError struct {
	After time.Duration // counted from the answer
}

// Error names the time.
func (e *RateError) Error() string { return fmt.Sprintf("again in %s", e.After) }

// RetryAfter returns how long to wait before the next attempt, and false where the error says
// nothing about it.
func RetryAfter(err error) (time.Duration, bool) {
	r, ok := errors.AsType[*RateError](err)
	if !ok {
		return 0, false
	}
	return r.After, true
}

// limited makes the error of a call that came too often.
func limited(after time.Duration) error {
	return &tandem.Error{Kind: tandem.Limited, Code: CodeRateLimited,
		Text: "the platform wants fewer calls", Err: &RateError{After: after}}
}
