package sim

import "time"

// Echo is a message to a person that somebody other than the product sent.
type Echo struct {
	App      string // sending app; empty: none is named, as from the phone app (CHANNELS 7.3)
	Metadata string
	// Automation: a template without text and without app, as Meta itself injects for ads and greetings.
	Automation bool
}

// EchoFromInbox is a human answering in Meta Business Suite. Under Conversation Routing the inbox takes the chat
// over first. It gives the mid.
func (m *Meta) EchoFromInbox(a *Asset, user, text string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	if a.routing != "" {
		m.take(t, a.inbox())
	}
	return m.external(t, text, Echo{App: a.inbox()})
}

// EchoFrom is any other message to a person from outside the product. It gives the mid.
func (m *Meta) EchoFrom(a *Asset, user, text string, e Echo) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.external(m.thread(a, m.person(user)), text, e)
}

// external stores and reports a message that the company sent past the product.
func (m *Meta) external(t *thread, text string, e Echo) string {
	msg := m.keep(t, &message{
		id: m.newID(t.asset.platform()), text: text, at: time.Now(), out: true, app: e.App, kind: "text", echo: e.Metadata,
	})
	if e.Automation {
		msg.text, msg.app = "", ""
		msg.attachments = []object{obj("type", "template", "payload", obj("url", "https://fb.example/post"))}
	}
	m.echo(msg, Delivery{})
	return msg.id
}

// echo reports an outgoing message to the product. Called with the lock held.
func (m *Meta) echo(msg *message, d Delivery) <-chan struct{} {
	t := msg.thread
	o := obj("mid", msg.id, "is_echo", true)
	// Whether Instagram echoes name the app is not confirmed, hence the quirk (CHANNELS 18 no. 1).
	if !t.asset.instagram() || !m.quirks.InstagramEchoBare {
		o = append(o, obj("app_id", nonEmpty(msg.app), "metadata", nonEmpty(msg.echo))...)
	}
	o = append(o, obj("text", nonEmpty(msg.text))...)
	if len(msg.attachments) > 0 {
		o = o.with("attachments", msg.attachments)
	}
	field := "message_echoes"
	if m.standby(t) {
		field = "standby"
	}
	return m.emit(t.asset, field, t.id, obj("sender", obj("id", t.asset.ID), "recipient", obj("id", t.id),
		"timestamp", msg.at.UnixMilli(), "message", o), d)
}

// consequences sends what follows a message the product sent: echo, delivery, and reading where people read at once.
// It gives the channel to wait on before the HTTP answer, nil for none. Called with the lock held.
func (m *Meta) consequences(msg *message) <-chan struct{} {
	var wait <-chan struct{}
	delay := m.quirks.EchoDelay
	if delay == 0 {
		delay = quick
	}
	switch {
	case m.quirks.NoEcho:
	case m.quirks.EchoFirst:
		wait = m.echo(msg, Delivery{})
	default:
		m.alarms.after(delay, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.echo(msg, Delivery{})
		})
	}
	t := msg.thread
	m.alarms.after(delay+4*quick, func() { m.received(msg) })
	if m.quirks.AutoRead > 0 {
		m.alarms.after(delay+m.quirks.AutoRead, func() { m.Read(t.asset, t.person.Name) })
	}
	return wait
}

// received reports a delivery on Messenger; Instagram has no such event (CHANNELS 3.2).
func (m *Meta) received(msg *message) {
	m.mu.Lock()
	defer m.mu.Unlock()
	msg.delivered = true
	t := msg.thread
	if t.asset.instagram() {
		return
	}
	m.emit(t.asset, "message_deliveries", t.id, obj("sender", obj("id", t.id), "recipient", obj("id", t.asset.ID),
		"timestamp", time.Now().UnixMilli(), "delivery", obj("mids", []string{msg.id}, "watermark", msg.at.UnixMilli())), Delivery{})
}
