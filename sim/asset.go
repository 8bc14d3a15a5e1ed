package sim

import (
	"maps"
	"slices"
	"time"
)

// Kind is what sort of account an Asset is.
type Kind string

// The kinds of accounts. Instagram comes in two: the account's own login, or through a Facebook Page (CHANNELS 3.1).
const (
	Instagram        Kind = "instagram"
	InstagramViaPage Kind = "instagram via page"
	Page             Kind = "page"
	WhatsApp         Kind = "whatsapp"
)

// Asset is one account of the company at Meta. Fill the exported fields, give it to Meta.Add, and do not change them
// afterwards.
type Asset struct {
	Kind     Kind
	ID       string // what webhooks name: IG user_id, Page id; for WhatsApp the phone_number_id
	Name     string // as shown on the platform
	Username string // Instagram only; without @
	Token    string // Instagram user token, Page token or system-user token
	PageID   string // InstagramViaPage: the Page it is linked to; that Page's token serves it
	WABA     string // WhatsApp: the business account id that webhooks name
	Phone    string // WhatsApp: the business's own number, digits with country code
	// Engaged is how many engaged users the account has besides those simulated; it sets the call cap.
	Engaged int
	// NoHumanAgent: the app has no approval for the HUMAN_AGENT tag.
	NoHumanAgent bool
	// Coexistence: the WhatsApp number is also used in the phone app, so edits, unsends and app replies are reported.
	Coexistence bool
	// ContactOnly: people's phone numbers are hidden; webhooks name them by BSUID only (CHANNELS 6.7).
	ContactOnly bool

	app       *App
	fields    map[string]bool // what the product asked for with subscribed_apps; nil: not subscribed
	threads   map[string]*thread
	failing   time.Time // since when deliveries fail
	routing   string    // default app of Conversation Routing; empty: routing is off
	revoked   bool      // the token was withdrawn
	sends     window
	replies   window
	reads     window
	templates []Template
	doors     doors
}

// thread is one person's private chat with one asset.
type thread struct {
	asset    *Asset
	person   *Person
	id       string    // how the platform names the person here
	lastUser time.Time // platform time of the last thing that opens the window
	owner    string    // app that owns it under routing; empty: idle
	typing   time.Time // when the product last said typing_on
	seen     time.Time // when the product last said mark_seen
	awaiting bool      // a private reply was sent and the person has not answered
	messages []*message
	pair     float64 // WhatsApp: used part of the pair allowance
	pairAt   time.Time
	optedOut bool // WhatsApp: no marketing
}

// message is one private message, theirs or ours.
type message struct {
	id          string
	thread      *thread
	text        string
	at          time.Time
	out         bool
	app         string
	kind        string
	echo        string // metadata or biz_opaque_callback_data of the sender
	attachments []object
	buttons     map[string]string // words and what they carry, of a message of ours
	edits       int
	deleted     bool
	read        bool
	delivered   bool
	failed      bool
}

// Add takes an account into the world and gives the same value back. Instagram accounts belong to InstagramApp,
// the others to FacebookApp. It is not yet subscribed to anything.
func (m *Meta) Add(a *Asset) *Asset {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.app = m.apps[FacebookApp]
	if a.Kind == Instagram {
		a.app = m.apps[InstagramApp]
	}
	if a.Engaged == 0 {
		a.Engaged = 1000
	}
	a.threads = map[string]*thread{}
	a.sends.within, a.replies.within, a.reads.within = time.Second, time.Hour, time.Second
	m.assets = append(m.assets, a)
	return a
}

// Asset gives the first account of a platform ("instagram", "messenger", "facebook", "whatsapp"), or nil.
func (m *Meta) Asset(platform string) *Asset {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.assets {
		if a.platform() == platform || platform == "facebook" && a.Kind == Page {
			return a
		}
	}
	return nil
}

// Revoke withdraws the account's token, as when a customer changes the password: every call answers 190.
func (m *Meta) Revoke(a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.revoked = true
}

// Renew gives the account a new token, as when somebody authorises the app again.
func (m *Meta) Renew(a *Asset, token string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.revoked, a.Token = false, token
}

// Unsubscribe ends the account's subscription from the platform's side, as after an hour of failed calls.
func (m *Meta) Unsubscribe(a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.fields, a.failing = nil, time.Time{}
}

// Subscribed lists the fields the account is subscribed to at the asset level, sorted; empty when it is not.
func (m *Meta) Subscribed(a *Asset) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(a.fields))
}

// platform is the name the outbox and faults know the account's private messages by.
func (a *Asset) platform() string {
	switch a.Kind {
	case Instagram, InstagramViaPage:
		return "instagram"
	case WhatsApp:
		return "whatsapp"
	}
	return "messenger"
}

// instagram tells whether Instagram's rules hold: byte lengths, seen without watermark, other error subcodes.
func (a *Asset) instagram() bool { return a.platform() == "instagram" }

// object is the webhook's "object" for the account.
func (a *Asset) object() string {
	switch a.platform() {
	case "instagram":
		return "instagram"
	case "whatsapp":
		return "whatsapp_business_account"
	}
	return "page"
}

// entryID is what webhooks name the account by.
func (a *Asset) entryID() string {
	if a.Kind == WhatsApp {
		return a.WABA
	}
	return a.ID
}

// inbox is the app id of Meta's own inbox for the account.
func (a *Asset) inbox() string {
	if a.instagram() {
		return InstagramInbox
	}
	return PageInbox
}

// thread gives the chat with a person, opening an empty one.
func (m *Meta) thread(a *Asset, p *Person) *thread {
	id := m.scoped(a, p)
	t := a.threads[id]
	if t == nil {
		t = &thread{asset: a, person: p, id: id}
		a.threads[id] = t
	}
	return t
}

// keep stores a message in its thread.
func (m *Meta) keep(t *thread, msg *message) *message {
	msg.thread = t
	t.messages = append(t.messages, msg)
	m.messages[msg.id] = msg
	return msg
}

// window counts calls within a sliding span of time.
type window struct {
	within time.Duration
	times  []time.Time
}

// full tells whether limit calls fell within the span; if not, it counts one more.
func (w *window) full(limit int) bool {
	now := time.Now()
	i := 0
	for i < len(w.times) && now.Sub(w.times[i]) >= w.within {
		i++
	}
	w.times = w.times[i:]
	if len(w.times) >= limit {
		return true
	}
	w.times = append(w.times, now)
	return false
}
