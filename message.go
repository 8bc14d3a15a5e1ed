package tandem

import "time"

// Origin says who wrote a message; every message carries it (I14).
type Origin string

// The origins.
const (
	FromCustomer Origin = "customer"
	FromBot      Origin = "bot"
	FromDraft    Origin = "draft"    // written by the bot, approved and sent by a person
	FromHuman    Origin = "human"    // written by a person at the desk
	FromExternal Origin = "external" // written by the company outside tandem, seen as an echo
	FromNotice   Origin = "notice"   // a system notice of the closed list (I2)
)

// Delivery is how far a message got. Inbound messages are Received.
type Delivery string

// The delivery states. Unknown means that a send timed out after the platform may have taken it;
// only an echo or a person resolves it, never a retry (I8).
const (
	Received   Delivery = "received"
	Queued     Delivery = "queued"
	Sending    Delivery = "sending"
	Sent       Delivery = "sent"
	Delivered  Delivery = "delivered"
	Read       Delivery = "read"
	Failed     Delivery = "failed"
	Unknown    Delivery = "unknown"
	Suppressed Delivery = "suppressed" // refused at dispatch: the conversation had moved
)

// Disposition says what became of an inbound message (I6).
type Disposition string

// The dispositions.
const (
	Pending         Disposition = "pending"
	AnsweredByBot   Disposition = "bot"
	AnsweredByHuman Disposition = "human"
	WithHuman       Disposition = "queued" // a person owns the conversation or will
	Merged          Disposition = "merged" // answered together with a later one
	NoReply         Disposition = "closed" // closed without a reply by a named person or rule
)

// Remover says who took the content of a message away, as far as it is known.
type Remover string

// The removers.
const (
	ByCustomer Remover = "customer" // wrote it in private and took it back
	ByCompany  Remover = "company"  // what the company had said, taken back in the platform's own app
	ByPlatform Remover = "platform" // a comment that is gone: whether its author, the page or the platform did that, nobody tells
	ByErasure  Remover = "erasure"  // the customer's data was erased
)

// Message is one thing that was said.
type Message struct {
	ID           MessageID
	Conversation ConversationID
	Thread       ThreadID
	Seq          int64 // order within the conversation
	Origin       Origin
	Author       UserID // the person for FromHuman and FromDraft
	Draft        DraftID
	Text         string
	Parts        []Part
	External     string // the platform's id; (account, external) is unique
	ReplyTo      string // external id of the message or comment it answers
	Key          string // idempotency: the client's key, or cause and slot for the bot
	Epoch        int64  // of the conversation when a bot row was written
	Delivery     Delivery
	Problem      string // code of a failure
	Disposition  Disposition
	Reading      *Reading  // of a customer's message
	Kind         string    // of a notice: wait, out_of_hours, disclosure, choice ...
	Template     *Filled   // where it is an approved template of the platform
	Held         time.Time // a person may take it back until then; it is not sent before
	Removed      bool      // its content is gone
	RemovedBy    Remover   // who took it away
	Edited       time.Time
	At           time.Time // the platform's time; windows and clocks use it
	ReceivedAt   time.Time
	SentAt       time.Time
	ReadAt       time.Time
}

// Inbound tells whether the customer wrote it.
func (m Message) Inbound() bool { return m.Origin == FromCustomer }

// Part is an attachment or an interactive element.
type Part struct {
	Type  string  `json:"type"` // image, audio, video, file, location, sticker, story, product, quick_reply, unsupported ...
	URL   string  `json:"url,omitempty"`
	Name  string  `json:"name,omitempty"`
	Value string  `json:"value,omitempty"`
	Lat   float64 `json:"lat,omitempty"`
	Lon   float64 `json:"lon,omitempty"`

	// Of a file that we keep a copy of.
	File  FileID    `json:"file,omitempty"`
	State FileState `json:"state,omitempty"`
	Mime  string    `json:"mime,omitempty"` // as it was found in the content
	Size  int64     `json:"size,omitempty"` // bytes
}

// FileState is what became of a file.
type FileState string

// The states of a file.
const (
	FileWaiting FileState = "waiting" // to be fetched from the platform
	FileKept    FileState = "kept"
	FileGone    FileState = "gone"    // the platform has it no more
	FileRefused FileState = "refused" // too large, or nowhere we may look
)

// Keepable tells whether a copy of the part is kept: pictures, recordings, films and documents that
// somebody sent. A story is not, its author decides how long it lives (CHANNELS.md 3.2), nor is what
// somebody merely shared.
func (p Part) Keepable() bool {
	switch p.Type {
	case "image", "audio", "video", "file", "sticker":
		return p.URL != "" || p.Value != "" && p.Type != "sticker"
	}
	return false
}
