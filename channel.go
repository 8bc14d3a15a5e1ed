package tandem

import (
	"context"
	"net/http"
	"time"
)

// Channel speaks to one connected account. What a platform can do beyond sending it says by
// implementing one more of the small interfaces below.
type Channel interface {
	// Send delivers one message and returns the platform's ids for it. The job "send" calls it after
	// the row is durable and marked sending. A Transient error means that the platform certainly did
	// not take it; ErrMaybeSent that it may have; Invalid and Denied that it never will.
	Send(ctx context.Context, o Outgoing) (Receipt, error)
}

// Typer is a Channel that can show that somebody is writing.
type Typer interface {
	Typing(ctx context.Context, to string) error
}

// Profiler is a Channel that can tell the name of a person. Called in a job, never in a webhook.
type Profiler interface {
	Profile(ctx context.Context, user string) (Profile, error)
}

// Moderator is a Channel whose public posts can be hidden, shown and liked.
type Moderator interface {
	Moderate(ctx context.Context, external string, action string) error // hide, unhide, like, delete
}

// Historian is a Channel whose platform can be asked for what was missed.
type Historian interface {
	History(ctx context.Context, user string, since time.Time) ([]Inbound, error)
}

// Tester is a Channel that can say what is wrong with its connection. Each line is a code that the
// catalogue words: token_expired, permission_missing:pages_messaging, field_missing:messages ...
type Tester interface {
	Test(ctx context.Context) (ok []string, wrong []string, err error)
}

// Outgoing is what a Channel is asked to send.
type Outgoing struct {
	Message  MessageID // our id; platforms that can carry it return it in the echo
	To       string    // the thread's To
	Thread   string    // the thread's External
	ReplyTo  string    // external id that it answers; for a comment the comment replied to
	Private  bool      // answer a public comment in private
	Text     string
	Parts    []Part
	Choice   []string      // quick replies
	Human    bool          // a named person pressed send: the platform's exception for people may be used
	Since    time.Duration // time since the customer's last window-opening message
	Template string        // an approved template's name, outside the window
	Lang     string
	Surface  Surface  // of the thread; only with Comment is anything ever said in public
	Params   []string // values for the template's placeholders, in order
}

// Receipt is what a platform said to a send.
type Receipt struct {
	External string   // the platform's id of the message
	Also     []string // further ids, where a long text was split
	User     string   // scoped id of the receiver, where the platform tells it
	Delivery Delivery // Sent, or Delivered where the platform has no later word
}

// Profile is what a platform tells about a person.
type Profile struct {
	Name     string
	Username string
	Lang     string
}

// Webhook is one call of a platform, or of a widget, as it came.
type Webhook struct {
	Method string
	Path   string // below the hook's own prefix
	Query  map[string][]string
	Header http.Header
	Body   []byte
	At     time.Time
}

// InboundKind says what a platform told us.
type InboundKind string

// The kinds of inbound events (CHANNELS.md 1.8).
const (
	InMessage  InboundKind = "message"  // a customer wrote
	InEcho     InboundKind = "echo"     // the company wrote: ours, or from elsewhere
	InEdited   InboundKind = "edited"   // a customer changed a message
	InDeleted  InboundKind = "deleted"  // a customer took a message back
	InHidden   InboundKind = "hidden"   // a comment was hidden or shown
	InReaction InboundKind = "reaction" // Text has the emoji, Target the message
	InReceipt  InboundKind = "receipt"  // State about Target, or about everything up to At
	InIdentity InboundKind = "identity" // User is now also known as Alias
	InControl  InboundKind = "control"  // somebody else owns the thread now, or we do again (State)
	InAlert    InboundKind = "alert"    // about the account: Problem is a code
	InTyping   InboundKind = "typing"
	InHuman    InboundKind = "human"  // the customer pressed "talk to a person"
	InRating   InboundKind = "rating" // Text has 1 to 5

	InReferral InboundKind = "referral" // came through a link or an advertisement: Text has our reference
	InConsent  InboundKind = "consent"  // Text is stop or resume: marketing messages, asked for at the platform
	InNews     InboundKind = "news"     // about the account, nothing is broken: Problem is a code
)

// States of an Inbound that is no receipt.
const (
	StateHidden Delivery = "hidden" // of InHidden
	StateShown           = Delivered
	StateTheirs Delivery = "theirs" // of InControl: another app or role, which App names
	StateOurs            = Received
)

// Inbound is one event as a platform delivered it, normalised.
type Inbound struct {
	Kind     InboundKind
	Account  string // the platform's id of our account: routes the event
	Key      string // dedupe key within the account (CHANNELS.md 1.6)
	External string // the platform's id of the message
	User     string // scoped id of the customer
	Alias    []string
	Name     string
	Username string
	Surface  Surface
	Thread   string // external thread key; empty: the user
	Subject  string
	Text     string
	Parts    []Part
	ReplyTo  string
	Target   string   // what a receipt, edit, reaction is about
	State    Delivery // of a receipt
	Problem  string
	Ours     MessageID // our id, where an echo carries it
	App      string    // of an echo: which application wrote it
	Auto     bool      // of an echo: the platform's own automation, not a person
	Standby  bool      // somebody else owns the thread: store, do not answer
	Verified Level     // what the platform itself proves
	At       time.Time // the platform's time
	Seq      int64     // of a receipt of the widget: everything up to this number of the conversation
	Raw      int       // index of the raw body it came from, set by the receiver
}
