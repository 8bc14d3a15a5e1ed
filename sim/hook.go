package sim

import (
	"time"
)

// Delivery says how one webhook, or all of them, travel. The zero value is the ordinary way.
type Delivery struct {
	Copies       int           // how often the same body is delivered; zero means once
	BadSignature bool          // signed with another secret
	NoSignature  bool          // no signature header
	NumericIDs   bool          // ids as JSON numbers (CHANNELS 1.5 rule 4)
	Seconds      bool          // timestamps in seconds where milliseconds belong (rule 5)
	Flat         bool          // entry.field and entry.value without changes (rule 3)
	Unknown      bool          // unknown keys and an unknown change beside the real one (rule 7)
	Object       string        // another webhook object, such as "user", in place of the right one (rule 1)
	Delay        time.Duration // the first attempt comes this long after the event
}

// Attempt is one webhook call that was made.
type Attempt struct {
	At        time.Time // when it was made
	Asset     string    // ID of the account
	Field     string    // subscription field of the first event
	Body      []byte    // the very bytes that were signed
	Signature string    // of X-Hub-Signature-256; empty: none was sent
	Status    int       // zero: no answer within 5 s, or no connection
	Retry     int       // 0 for the first attempt
}

// hook is one event on its way.
type hook struct {
	asset   *Asset
	field   string
	part    string // messaging, standby or changes
	event   object // the messaging element, or the change's value
	to      string // person: hooks of one chat keep their order
	opts    Delivery
	body    []byte // fixed by the first attempt: a retry repeats the very bytes
	first   time.Time
	attempt int
	done    chan struct{} // closed after the first attempt
}

// messagingFields travel as entry.messaging; all others as entry.changes.
var messagingFields = map[string]bool{
	"messages": true, "message_echoes": true, "message_deliveries": true, "message_reads": true,
	"message_reactions": true, "message_edits": true, "message_edit": true, "messaging_postbacks": true,
	"messaging_referrals": true, "messaging_referral": true, "messaging_optins": true, "messaging_seen": true,
	"messaging_handovers": true, "messaging_handover": true, "standby": true, "messaging_policy_enforcement": true,
}

// field gives the subscription field an Instagram account uses for a Page's field (CHANNELS 1.7: names differ).
func (a *Asset) field(page string) string {
	if !a.instagram() {
		return page
	}
	switch page {
	case "message_echoes":
		return "messages"
	case "message_edits":
		return "message_edit"
	case "message_reads":
		return "messaging_seen"
	case "messaging_referrals":
		return "messaging_referral"
	case "messaging_handovers":
		return "messaging_handover"
	}
	return page
}

// emit sends one event for an account, unless its field is not subscribed at both layers. Call with the lock held.
// The returned channel closes when the first attempt is over or when there will be none.
func (m *Meta) emit(a *Asset, field, to string, event object, d Delivery) <-chan struct{} {
	h := &hook{asset: a, field: a.field(field), to: to, event: event, opts: d, done: make(chan struct{})}
	h.part = "changes"
	if a.Kind != WhatsApp && messagingFields[h.field] {
		h.part = "messaging"
		if h.field == "standby" {
			h.part = "standby"
		}
	}
	if !m.wanted(h) {
		close(h.done)
		return h.done
	}
	if m.holding {
		m.held = append(m.held, h)
		close(h.done)
		return h.done
	}
	if d.Delay > 0 {
		m.alarms.after(d.Delay, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.enqueue(h)
		})
		return h.done
	}
	m.enqueue(h)
	return h.done
}

// wanted tells whether both layers subscribed to the hook's field (CHANNELS 1.7).
func (m *Meta) wanted(h *hook) bool {
	sub := h.asset.app.hooks[h.asset.object()]
	return sub != nil && sub.fields[h.field] && h.asset.fields[h.field]
}

// enqueue puts a hook behind the others of its chat; chats are delivered side by side.
func (m *Meta) enqueue(h *hook) {
	key := h.asset.ID + "/" + h.to
	q, running := m.queues[key]
	m.queues[key] = append(q, h)
	if !running {
		m.alarms.start(func() { m.drain(key) })
	}
}

// drain delivers one chat's hooks until there are none.
func (m *Meta) drain(key string) {
	for {
		m.mu.Lock()
		q := m.queues[key]
		if len(q) == 0 {
			delete(m.queues, key)
			m.mu.Unlock()
			return
		}
		h := q[0]
		m.queues[key] = q[1:]
		m.mu.Unlock()
		for range max(1, h.opts.Copies) {
			m.deliver([]*hook{h})
		}
		select {
		case <-h.done:
		default:
			close(h.done)
		}
	}
}

// Hold keeps events back until Release, so that they can be reordered or batched.
func (m *Meta) Hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.holding = true
}

// Release lets the held events go: as they came, or the last first, each in a body of its own.
func (m *Meta) Release(reverse bool) {
	held := m.unhold()
	if reverse {
		for i := len(held) - 1; i >= 0; i-- {
			m.resend(held[i])
		}
		return
	}
	for _, h := range held {
		m.resend(h)
	}
}

// ReleaseBatched lets the held events go in one body per app and object, with several entries and several changes in
// one entry, as Meta does after a jam (CHANNELS 1.5 rule 2).
func (m *Meta) ReleaseBatched() {
	type group struct {
		app    *App
		object string
	}
	var order []group
	groups := map[group][]*hook{}
	for _, h := range m.unhold() {
		g := group{h.asset.app, h.asset.object()}
		if groups[g] == nil {
			order = append(order, g)
		}
		groups[g] = append(groups[g], h)
	}
	for _, g := range order {
		m.alarms.start(func() { m.deliver(groups[g]) })
	}
}

// unhold ends holding and hands over what was held.
func (m *Meta) unhold() []*hook {
	m.mu.Lock()
	defer m.mu.Unlock()
	held := m.held
	m.held, m.holding = nil, false
	return held
}

// resend queues a held event; all released ones share a queue, which keeps the chosen order over chats.
func (m *Meta) resend(h *hook) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h.to = "released"
	m.enqueue(h)
}

// Replay delivers a body once more, byte by byte as it went out before: a signature holds no time, so only the
// receiver's own memory can tell (CHANNELS 1.2).
func (m *Meta) Replay(at Attempt) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.assets {
		if a.ID == at.Asset {
			m.enqueue(&hook{asset: a, field: at.Field, to: "replay", body: at.Body, done: make(chan struct{})})
			return
		}
	}
}

// Attempts lists the latest webhook calls (at most 4000), oldest first.
func (m *Meta) Attempts() []Attempt {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]Attempt(nil), m.log...)
}
