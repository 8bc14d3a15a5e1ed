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
	// History returns one page of what customers and the company said since a moment, in private and in
	// public. page is empty for the first one, afterwards the Next of the page before. It makes one call
	// to the platform. The events have the keys with which the platform would have delivered them, so
	// that one that was not missed is stored once all the same.
	History(ctx context.Context, since time.Time, page string) (History, error)
}

// History is one page of what a platform remembers.
type History struct {
	Events []Inbound
	Next   string // where it goes on, empty at the end
	Cut    bool   // the platform does not tell everything of that time

	// Beyond are messages, one a conversation, of which the platform tells nothing but their ids: where one of
	// them is not known, something of that time is missing.
	Beyond []string
}

// Subscriber is a Channel whose platform calls us only while it is subscribed for it, and which ends
// that by itself after an hour of failed calls.
type Subscriber interface {
	Subscribed(ctx context.Context) (bool, error)
	Subscribe(ctx context.Context) error
}

// Doorkeeper is a Channel whose platform can show "talk to a person" at all times, in a menu or before
// the first word.
type Doorkeeper interface {
	Door(ctx context.Context) (missing []string, err error) // the places that do not offer it, as codes
	SetDoor(ctx context.Context) error                      // offers it there; what else stands there stays
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
	Files    map[FileID][]byte // content of the parts that have a file
	Choice   []string          // quick replies
	Human    bool              // a named person pressed send: the platform's exception for people may be used
	Since    time.Duration     // time since the customer's last window-opening message
	Template *Filled           // an approved template, outside the window; Text is what it reads like
	Lang     string
	Surface  Surface // of the thread; only with Comment is anything ever said in public
	Mention  string  // of a public answer to one of several people: the name to begin it with, without the @
	Done     []int   // of a message in several pieces, from 1: those that are out already and are not sent again
}

// Receipt is what a platform said to a send.
type Receipt struct {
	External string   // the platform's id of the message
	Also     []string // ids of the pieces sent before it, in their order, where a long text was split
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
	Search string // the query as it was written
	Header http.Header
	Body   []byte
	At     time.Time

	// Address is what the platform was told to call, where it signs that.
	Address string
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
	InConsent  InboundKind = "consent"  // Text is stop or resume, Subject what of: marketing or all
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
	Piece    int       // of an echo or a receipt: which earlier piece of a message in several it is, from 1; 0: none
	Late     bool      // fetched from the platform's history, not delivered by it
	Raw      int       // index of the raw body it came from, set by the receiver
}
