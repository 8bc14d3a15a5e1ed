package sim

import (
	"net/http"
	"time"
)

// ownership of a chat lasts this long after the person's last message (CHANNELS 7.1).
const ownedFor = 24 * time.Hour

// Route turns Conversation Routing on for an account with defaultApp as the app that gets new chats, or off with "".
// With routing on, an app that does not own a chat gets its events as standby and may not send (CHANNELS 7.1, 7.2).
func (m *Meta) Route(a *Asset, defaultApp string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.routing = defaultApp
	for _, t := range a.threads {
		t.owner = ""
	}
}

// Owner tells which app owns a chat now; empty when idle or when routing is off.
func (m *Meta) Owner(a *Asset, user string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.owner(m.thread(a, m.person(user)))
}

// owner is the owning app; a chat whose person was silent for a day is idle again.
func (m *Meta) owner(t *thread) string {
	if t.asset.routing == "" {
		return ""
	}
	if t.owner != "" && time.Since(t.lastUser) > ownedFor {
		t.owner = ""
	}
	return t.owner
}

// claim gives an idle chat to the default app.
func (m *Meta) claim(t *thread) {
	if t.asset.routing != "" && m.owner(t) == "" {
		t.owner = t.asset.routing
	}
}

// standby tells whether the product only listens to this chat.
func (m *Meta) standby(t *thread) bool {
	o := m.owner(t)
	return o != "" && o != t.asset.us()
}

// us is how the product is named as an owner: by app id, on WhatsApp by its role (CHANNELS 7.2).
func (a *Asset) us() string {
	if a.Kind == WhatsApp {
		return "ai_agent"
	}
	return a.app.ID
}

// stripPostback removes the payload that a listener may not see (CHANNELS 7.1).
func stripPostback(event object) object {
	p, ok := event.get("postback").(object)
	if !ok {
		return event
	}
	out := obj()
	for _, f := range event {
		if f.key == "postback" {
			f.value = obj("mid", p.get("mid"), "title", p.get("title"))
		}
		out = append(out, f)
	}
	return out
}

// TakeControl is another app (for example an inbox) taking a chat from the product.
func (m *Meta) TakeControl(a *Asset, user, app string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.take(m.thread(a, m.person(user)), app)
}

// take changes the owner. The product hears of it only if it loses something.
func (m *Meta) take(t *thread, app string) {
	before := m.owner(t)
	if before == app {
		return
	}
	t.owner = app
	if before == t.asset.app.ID {
		m.handover(t, "take_thread_control", before, app, "")
	}
}

// PassControl is another app passing a chat to the product.
func (m *Meta) PassControl(a *Asset, user, metadata string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	before := m.owner(t)
	t.owner = a.app.ID
	m.handover(t, "pass_thread_control", before, a.app.ID, metadata)
}

// RequestControl is another app asking the product for a chat.
func (m *Meta) RequestControl(a *Asset, user, app, metadata string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	m.control(t, pair{"request_thread_control", obj("requested_owner_app_id", app, "metadata", metadata)})
}

// handover reports a change of owner; previous_owner is left out where the chat was idle.
func (m *Meta) handover(t *thread, kind, before, after, metadata string) {
	m.control(t, pair{kind, obj("previous_owner_app_id", nonEmpty(before), "new_owner_app_id", after, "metadata", metadata)})
}

// control sends one event of the messaging_handovers field.
func (m *Meta) control(t *thread, what pair) {
	event := obj("sender", obj("id", t.id), "recipient", obj("id", t.asset.ID), "timestamp", time.Now().UnixMilli())
	m.emit(t.asset, "messaging_handovers", t.id, append(event, what), Delivery{})
}

// threadControl answers POST /{page}/pass_thread_control and its sisters.
func (m *Meta) threadControl(w http.ResponseWriter, c *call, verb string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, t, e := m.recipient(c)
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	us := a.app.ID
	owner := m.owner(t)
	switch {
	case a.routing == "":
		e = graphError(100, 2018321, "(#100) No default app is set for conversation routing")
	case verb == "take_thread_control" && a.routing != us:
		e = graphError(10, 2018301, "(#10) Only the default app may take thread control")
	case verb == "take_thread_control":
		t.owner = us
	case verb == "request_thread_control":
	case owner != us:
		e = graphError(100, 2018300, "(#100) Thread control is owned by another app")
	case verb == "pass_thread_control" && c.text("target_app_id") == "":
		e = graphError(100, 0, "(#100) The parameter target_app_id is required")
	case verb == "pass_thread_control":
		t.owner = c.text("target_app_id")
	case verb == "release_thread_control":
		t.owner = ""
	}
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	answer(w, obj("success", true))
}

// threadOwner answers GET /{page}/thread_owner?recipient=PSID.
func (m *Meta) threadOwner(w http.ResponseWriter, c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, t, e := m.recipient(c)
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	data := []object{}
	if o := m.owner(t); o != "" && a.routing != "" {
		data = append(data, obj("thread_owner", obj("app_id", o, "expiration", t.lastUser.Add(ownedFor).UTC().Format(time.RFC3339))))
	}
	answer(w, obj("data", data))
}
