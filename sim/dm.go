package sim

import (
	"strconv"
	"time"
)

// Attachment is something sent with a message. Type is the platform's own word: image, video, audio, file, sticker,
// location, fallback, share, ig_post, story_mention, like_heart, reel, template, unsupported_type ... (CHANNELS 2.1, 3.2).
type Attachment struct {
	Type      string
	URL       string // of the file; short-lived on the real platforms
	Title     string // file name or headline
	StickerID string // a sticker, in either of its two shapes: type sticker, or (until 2026) type image
	Lat, Long float64
	// Bare: no payload; a fallback then carries title and url beside its type (CHANNELS 2.1).
	Bare bool
}

// DMOptions are the less usual parts of a private message. The zero value is a plain text now.
type DMOptions struct {
	ID          string    // mid; empty: a new one
	At          time.Time // when the person sent it; zero: now
	Attachments []Attachment
	QuickReply  string // payload of the quick reply that was tapped
	ReplyTo     string // mid of the message it answers
	StoryURL    string // Instagram: it answers our story
	StoryID     string
	AdID        string // it comes from an ad
	Unsupported bool   // the platform does not show it to apps
	NoMID       bool   // carries admin_text only, as seen when Meta's own AI hands back (CHANNELS 7.3)
	Self        bool   // Instagram: a chat with oneself
	Delivery    Delivery
}

// DM is a person writing to an Instagram account or a Page in private. It gives the mid.
func (m *Meta) DM(a *Asset, user, text string, o DMOptions) string {
	fail(a, "DM", Instagram, InstagramViaPage, Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	if o.ID == "" {
		o.ID = m.newID(a.platform())
	}
	if o.At.IsZero() {
		o.At = time.Now()
	}
	t.opened(o.At)
	msg := obj("mid", o.ID, "text", nonEmpty(text))
	if o.NoMID {
		msg = obj("admin_text", text)
	} else if o.Unsupported {
		msg = obj("mid", o.ID, "is_unsupported", true)
	}
	list := attachments(o.Attachments)
	if len(list) > 0 {
		msg = msg.with("attachments", list)
	}
	if !o.NoMID {
		m.keep(t, &message{id: o.ID, text: text, at: o.At, kind: "text", attachments: list})
	}
	m.inbound(t, "messages", o.At, pair{"message", decorate(msg, o)}, o.Delivery)
	return o.ID
}

// decorate adds what a message refers to.
func decorate(msg object, o DMOptions) object {
	if o.QuickReply != "" {
		msg = msg.with("quick_reply", obj("payload", o.QuickReply))
	}
	switch {
	case o.ReplyTo != "":
		msg = msg.with("reply_to", obj("mid", o.ReplyTo, "is_self_reply", false))
	case o.StoryURL != "" || o.StoryID != "":
		msg = msg.with("reply_to", obj("story", obj("url", o.StoryURL, "id", o.StoryID)))
	}
	if o.AdID != "" {
		msg = msg.with("referral", obj("source", "ADS", "type", "OPEN_THREAD", "ad_id", o.AdID))
	}
	if o.Self {
		msg = msg.with("is_self", true)
	}
	return msg
}

// inbound sends one event of a person to whoever owns the chat. Called with the lock held.
func (m *Meta) inbound(t *thread, field string, at time.Time, what pair, d Delivery) {
	event := obj("sender", obj("id", t.id), "recipient", obj("id", t.asset.ID), "timestamp", at.UnixMilli())
	event = append(event, what)
	if field == "messages" || field == "messaging_postbacks" {
		m.claim(t)
	}
	if m.standby(t) {
		field = "standby"
		event = stripPostback(event)
	}
	m.emit(t.asset, field, t.id, event, d)
}

// opened notes that the person did something that opens the window.
func (t *thread) opened(at time.Time) {
	if at.After(t.lastUser) {
		t.lastUser = at
	}
	t.awaiting = false
}

// attachments writes the payload forms of CHANNELS 2.1 and 3.2; like_heart and some fallbacks have no payload at all.
func attachments(list []Attachment) []object {
	var out []object
	for _, a := range list {
		o := obj("type", a.Type)
		var p object
		switch {
		case a.Type == "location":
			p = obj("coordinates", obj("lat", a.Lat, "long", a.Long))
		case a.StickerID != "":
			p = obj("url", nonEmpty(a.URL), "sticker_id", a.StickerID)
		case !a.Bare:
			p = obj("url", nonEmpty(a.URL), "title", nonEmpty(a.Title))
		}
		if len(p) > 0 {
			o = o.with("payload", p)
		} else {
			o = append(o, obj("title", nonEmpty(a.Title), "url", nonEmpty(a.URL))...)
		}
		out = append(out, o)
	}
	return out
}

// nonEmpty is s, or nil so that obj leaves the key out.
func nonEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Edit is a person changing a message; asString writes num_edit as a string, as some fixtures do (CHANNELS 2.1).
func (m *Meta) Edit(mid, text string, asString bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	msg := m.messages[mid]
	msg.edits++
	msg.text = text
	var n any = msg.edits
	if asString {
		n = strconv.Itoa(msg.edits)
	}
	m.inbound(msg.thread, "message_edits", time.Now(),
		pair{"message_edit", obj("mid", mid, "text", text, "num_edit", n)}, Delivery{})
}

// Unsend is a person taking a message back.
func (m *Meta) Unsend(mid string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	msg := m.messages[mid]
	msg.deleted, msg.text, msg.attachments = true, "", nil
	m.inbound(msg.thread, "messages", time.Now(), pair{"message", obj("mid", mid, "is_deleted", true)}, Delivery{})
}

// React is a person reacting to a message: kind smile, angry, sad, wow, love, like, dislike or other; empty kind takes
// the reaction back. A reaction opens no window here (CHANNELS 9.1 leaves it open).
func (m *Meta) React(mid, kind, emoji string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := obj("mid", mid, "action", "react", "reaction", kind, "emoji", nonEmpty(emoji))
	if kind == "" {
		r = obj("mid", mid, "action", "unreact")
	}
	m.inbound(m.messages[mid].thread, "message_reactions", time.Now(), pair{"reaction", r}, Delivery{})
}

// Postback is a person tapping a button, a menu entry or an ice-breaker. It gives the mid.
func (m *Meta) Postback(a *Asset, user, title, payload string) string {
	fail(a, "postback", Instagram, InstagramViaPage, Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	t, now, mid := m.thread(a, m.person(user)), time.Now(), m.newID(a.platform())
	t.opened(now)
	m.keep(t, &message{id: mid, text: title, at: now, kind: "postback"})
	m.inbound(t, "messaging_postbacks", now, pair{"postback", obj("mid", mid, "title", title, "payload", payload)}, Delivery{})
	return mid
}

// Referral is a person coming back to an existing chat through a link with a reference (m.me, ig.me).
func (m *Meta) Referral(a *Asset, user, ref string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, now := m.thread(a, m.person(user)), time.Now()
	t.opened(now)
	m.inbound(t, "messaging_referrals", now,
		pair{"referral", obj("ref", ref, "source", "SHORTLINK", "type", "OPEN_THREAD")}, Delivery{})
}

// Read is a person opening the chat. Instagram reports the last message seen, Messenger a watermark, WhatsApp a read
// status for each message.
func (m *Meta) Read(a *Asset, user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	if a.Kind == WhatsApp {
		m.readAll(t)
		return
	}
	var last *message
	for _, msg := range t.messages {
		if msg.out && !msg.read {
			msg.read, last = true, msg
		}
	}
	switch {
	case last == nil:
	case a.instagram():
		m.inbound(t, "message_reads", time.Now(), pair{"read", obj("mid", last.id)}, Delivery{})
	default:
		m.inbound(t, "message_reads", time.Now(), pair{"read", obj("watermark", last.at.UnixMilli())}, Delivery{})
	}
}

// PolicyEnforcement is Meta warning, blocking or unblocking a Page (action warning, block or unblock).
func (m *Meta) PolicyEnforcement(a *Asset, action, reason string) {
	fail(a, "policy enforcement", Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit(a, "messaging_policy_enforcement", "policy", obj("recipient", obj("id", a.ID), "timestamp",
		time.Now().UnixMilli(), "policy_enforcement", obj("action", action, "reason", reason)), Delivery{})
}

// Typing tells whether the person sees the product typing: it clears by itself after 20 s (25 s on WhatsApp) and when
// a message arrives (CHANNELS 2.2, 6.5).
func (m *Meta) Typing(a *Asset, user string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := 20 * time.Second
	if a.Kind == WhatsApp {
		last = 25 * time.Second
	}
	t := m.thread(a, m.person(user))
	return !t.typing.IsZero() && time.Since(t.typing) < last
}

// SeenAt tells when the product last marked the person's messages as seen; zero for never.
func (m *Meta) SeenAt(a *Asset, user string) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.thread(a, m.person(user)).seen
}
