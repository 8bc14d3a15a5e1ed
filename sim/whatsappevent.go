package sim

import (
	"net/http"
	"time"
)

// Call is a person calling the WhatsApp number; it opens the 24 h window (CHANNELS 6.4).
func (m *Meta) Call(a *Asset, user string) {
	fail(a, "call", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	t, now := m.thread(a, m.person(user)), time.Now()
	t.opened(now)
	v := m.whatsappValue(t, true, false).with("calls", []object{obj("id", "wacid."+m.number(), "from", t.person.Phone,
		"to", a.Phone, "event", "connect", "direction", "USER_INITIATED", "timestamp", seconds(now))})
	m.emit(a, "calls", t.id, v, Delivery{})
}

// Marketing is a person stopping (or resuming) marketing messages; later marketing templates fail with 131050.
func (m *Meta) Marketing(a *Asset, user string, resume bool) {
	fail(a, "marketing preference", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	t, value := m.thread(a, m.person(user)), "stop"
	if resume {
		value = "resume"
	}
	t.optedOut = !resume
	v := m.whatsappValue(t, true, false).with("user_preferences", []object{obj("wa_id", t.person.Phone,
		"user_id", t.person.bsuid, "category", "marketing_messages", "value", value,
		"detail", "User requested to "+value+" marketing messages", "timestamp", time.Now().Unix())})
	m.emit(a, "user_preferences", t.id, v, Delivery{})
}

// ChangePhone is a person changing the phone number; the old number tells so (CHANNELS 6.2, 8.2).
func (m *Meta) ChangePhone(a *Asset, user, phone string) {
	fail(a, "phone change", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.person(user)
	t := m.thread(a, p)
	msg := obj("from", p.Phone, "id", m.newID("whatsapp"), "timestamp", seconds(time.Now()), "type", "system",
		"system", obj("type", "user_changed_number", "body", "User changed number", "wa_id", phone))
	v := m.whatsappValue(t, false, false).with("messages", []object{msg})
	m.emit(a, "messages", t.id, v, Delivery{})
	m.movePhone(p, phone)
}

// ChangeUserID gives a person a new BSUID, as after a change of phone, and reports it as user_id_update (CHANNELS 6.4).
func (m *Meta) ChangeUserID(a *Asset, user string) {
	fail(a, "user id change", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.person(user)
	old := p.bsuid
	p.bsuid = "PL." + m.number()
	m.byID[p.bsuid] = p
	t := m.thread(a, p)
	v := m.whatsappValue(t, true, false).with("user_id_update", []object{obj("wa_id", p.Phone,
		"user_id", obj("previous", old, "current", p.bsuid), "timestamp", seconds(time.Now()))})
	m.emit(a, "user_id_update", t.id, v, Delivery{})
}

// PassWhatsApp moves a chat to another role (ai_agent is the product) under Conversation Routing and reports it with
// an optional summary (CHANNELS 7.2).
func (m *Meta) PassWhatsApp(a *Asset, user, role, metadata, summary string) {
	fail(a, "control", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.passWhatsApp(m.thread(a, m.person(user)), role, metadata, summary)
}

// passWhatsApp changes the owning role and reports it. Called with the lock held.
func (m *Meta) passWhatsApp(t *thread, role, metadata, summary string) {
	a, before := t.asset, m.owner(t)
	t.owner = role
	passed := obj("previous_owner_role", nonEmpty(before), "new_owner_role", role, "metadata", metadata)
	if summary != "" {
		passed = passed.with("conversation_context", obj("type", "summary", "summary", obj("text", summary)))
	}
	m.emit(a, "messaging_handovers", t.id, obj("messaging_product", "whatsapp", "sender", obj("phone_number", t.person.Phone),
		"recipient", obj("phone_number_id", a.ID, "display_phone_number", a.Phone),
		"timestamp", seconds(time.Now()), "type", "control_passed", "control_passed", passed), Delivery{})
}

// whatsappControl is POST /{phone_number_id}/thread_control. Taking is for the escalation partner only, which the
// product is not.
func (m *Meta) whatsappControl(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.lookup(c.text("to"))
	var e *refusal
	switch {
	case a.routing == "" || p == nil || a.threads[p.Phone] == nil:
		e = graphError(100, 0, "(#100) No such conversation, or conversation routing is off")
	case c.text("action") == "take":
		e = graphError(2494191, 0, "(#2494191) Only the escalation partner may take control")
	case c.text("action") != "pass" && c.text("action") != "release":
		e = graphError(100, 0, "(#100) Param action must be one of {pass, release, take}")
	case m.standby(a.threads[p.Phone]):
		e = graphError(100, 0, "(#100) The conversation is owned by another partner")
	}
	var pass struct {
		Role string `json:"target_role"`
	}
	if e == nil && c.text("action") == "pass" {
		if err := unmarshal(c.params["control_pass"], &pass); err != nil || pass.Role == "" {
			e = graphError(100, 0, "(#100) The parameter control_pass.target_role is required")
		}
	}
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	a.threads[p.Phone].owner = pass.Role
	answer(w, obj("success", true))
}

// status reports what became of a message of ours (CHANNELS 6.3). Called with the lock held.
func (m *Meta) status(msg *message, name string, failure *refusal) {
	t, q := msg.thread, m.quirks
	s := obj("id", msg.id, "status", name, "timestamp", seconds(time.Now()))
	if !q.NoStatusRecipient {
		s = s.with("recipient_id", t.person.Phone)
	}
	s = append(s, obj("recipient_user_id", t.person.bsuid, "biz_opaque_callback_data", nonEmpty(msg.echo))...)
	if name == "sent" || name == "delivered" {
		s = s.with("pricing", obj("billable", msg.kind == "template", "pricing_model", "PMP", "category", "service", "type", "regular"))
	}
	if failure != nil {
		s = s.with("errors", []object{obj("code", failure.code, "title", failure.text, "message", failure.text,
			"error_data", obj("details", failure.details), "href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/")})
	}
	d := Delivery{}
	if q.DoubleStatuses {
		d.Copies = 2
	}
	m.emit(t.asset, "messages", t.id, m.whatsappValue(t, false, false).with("statuses", []object{s}), d)
}

// journey plays the statuses of an accepted message: sent, delivered, or failed.
func (m *Meta) journey(msg *message, failure *refusal) {
	step := func(d time.Duration, f func()) {
		m.alarms.after(d, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			f()
		})
	}
	if failure != nil {
		msg.failed = true
		step(10*quick, func() { m.status(msg, "failed", failure) })
		return
	}
	sent, delivered := 2*quick, 5*quick
	if m.quirks.ReorderStatuses {
		sent, delivered = delivered, sent
	}
	step(sent, func() { m.status(msg, "sent", nil) })
	step(delivered, func() {
		msg.delivered = true
		if !m.quirks.SkipDelivered {
			m.status(msg, "delivered", nil)
		}
	})
	if m.quirks.AutoRead > 0 {
		step(m.quirks.AutoRead+5*quick, func() { m.readAll(msg.thread) })
	}
}

// readAll reports every delivered message of ours in a chat as read.
func (m *Meta) readAll(t *thread) {
	for _, msg := range t.messages {
		if msg.out && msg.delivered && !msg.read {
			msg.read = true
			m.status(msg, "read", nil)
		}
	}
}
