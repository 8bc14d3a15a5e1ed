package sim

import (
	"strconv"
	"time"
)

// WhatsAppMessage is what a person sends on WhatsApp. Type is text (also when empty), image, audio, video, document,
// sticker, location, contacts, button_reply, list_reply, nfm_reply, button, reaction, order, contact_request or
// unsupported (CHANNELS 6.2).
type WhatsAppMessage struct {
	ID       string    // wamid; empty: a new one
	At       time.Time // zero: now
	Type     string
	Text     string // body, caption, title of the button, or emoji of the reaction ("" takes it back)
	Payload  string // id of the button or list row, response_json of a form, name of a place
	ReplyTo  string // wamid it answers or reacts to
	Data     []byte // media
	MIME     string
	Filename string
	Lat      float64
	Long     float64
	Phone    string // of the contact card
	AdID     string
	Group    string // group chat
	// Broken: an interactive answer that arrives without its body, with error 131000 beside it.
	Broken bool
	// NoContacts leaves contacts out; BSUIDFrom puts the BSUID where the phone number belongs (CHANNELS 6.2).
	NoContacts bool
	BSUIDFrom  bool
	Delivery   Delivery
}

// Message is a person writing to a WhatsApp number. It gives the wamid.
func (m *Meta) Message(a *Asset, user string, w WhatsAppMessage) string {
	fail(a, "message", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	if w.ID == "" {
		w.ID = m.newID("whatsapp")
	}
	if w.At.IsZero() {
		w.At = time.Now()
	}
	if w.Type == "" {
		w.Type = "text"
	}
	if w.Type != "reaction" {
		t.opened(w.At)
	}
	m.keep(t, &message{id: w.ID, text: w.Text, at: w.At, kind: w.Type})
	msg := append(m.whatsappHead(t, w), m.whatsappBody(a, w)...)
	value := m.whatsappValue(t, !w.NoContacts, w.BSUIDFrom).with("messages", []object{msg})
	if w.Broken {
		value = value.with("errors", []object{obj("code", 131000, "title", "Something went wrong")})
	}
	m.claim(t)
	if m.standby(t) {
		value = standbyValue(value, "messages")
		m.emit(a, "standby", t.id, value, w.Delivery)
		return w.ID
	}
	m.emit(a, "messages", t.id, value, w.Delivery)
	return w.ID
}

// whatsappHead is who and when. Where phones are hidden from is left out (CHANNELS 6.7).
func (m *Meta) whatsappHead(t *thread, w WhatsAppMessage) object {
	from := nonEmpty(t.person.Phone)
	switch {
	case w.BSUIDFrom:
		from = t.person.bsuid
	case t.asset.ContactOnly:
		from = nil
	}
	kind := w.Type
	switch kind {
	case "button_reply", "list_reply", "nfm_reply":
		kind = "interactive"
	case "contact_request":
		kind = "contacts"
	}
	head := obj("from", from, "from_user_id", t.person.bsuid, "id", w.ID, "timestamp", seconds(w.At), "type", kind)
	if w.ReplyTo != "" && kind != "reaction" {
		head = head.with("context", obj("from", t.asset.Phone, "id", w.ReplyTo))
	}
	if w.AdID != "" {
		head = head.with("referral", obj("source_url", "https://fb.example/ad", "source_id", w.AdID, "source_type", "ad",
			"headline", "Reklama", "ctwa_clid", "clid"+w.AdID))
	}
	if w.Group != "" {
		head = head.with("group_id", w.Group)
	}
	return head
}

// whatsappValue is the frame of every change: who we are and, for messages, who they are.
func (m *Meta) whatsappValue(t *thread, contacts, bsuidOnly bool) object {
	a, p := t.asset, t.person
	v := obj("messaging_product", "whatsapp",
		"metadata", obj("display_phone_number", a.Phone, "phone_number_id", a.ID))
	if !contacts {
		return v
	}
	wa := any(p.Phone)
	switch {
	case bsuidOnly:
		wa = p.bsuid
	case a.ContactOnly:
		wa = nil
	}
	return v.with("contacts", []object{obj("profile", obj("name", p.full(), "username", nonEmpty(p.Username)),
		"wa_id", wa, "user_id", p.bsuid)})
}

// whatsappBody is the part named after the type.
func (m *Meta) whatsappBody(a *Asset, w WhatsAppMessage) object {
	switch w.Type {
	case "text":
		return obj("text", obj("body", w.Text))
	case "image", "audio", "video", "document", "sticker":
		return obj(w.Type, m.mediaPart(a, w))
	case "location":
		return obj("location", obj("latitude", w.Lat, "longitude", w.Long, "name", nonEmpty(w.Payload), "address", nonEmpty(w.Text)))
	case "contacts":
		return obj("contacts", []object{obj("name", obj("formatted_name", w.Text, "first_name", w.Text),
			"phones", []object{obj("phone", w.Phone, "wa_id", w.Phone, "type", "CELL")})})
	case "contact_request":
		return obj("origin", "contact_request", "contacts", []object{obj("phones", []object{obj("phone", w.Phone)})})
	case "button_reply", "list_reply":
		if w.Broken {
			return obj()
		}
		return obj("interactive", obj("type", w.Type, w.Type, obj("id", w.Payload, "title", w.Text)))
	case "nfm_reply":
		return obj("interactive", obj("type", w.Type, w.Type, obj("name", "flow", "body", "Sent", "response_json", w.Payload)))
	case "button":
		return obj("button", obj("payload", w.Payload, "text", w.Text))
	case "reaction":
		return obj("reaction", obj("message_id", w.ReplyTo, "emoji", nonEmpty(w.Text)))
	case "order":
		return obj("order", obj("catalog_id", "c1", "text", w.Text, "product_items", []object{
			obj("product_retailer_id", w.Payload, "quantity", 1, "item_price", 199, "currency", "PLN")}))
	case "unsupported":
		return obj("errors", []object{obj("code", 131051, "title", "Message type unknown",
			"error_data", obj("details", "Message type is not currently supported"))}, "unsupported", obj("type", "poll_creation"))
	}
	panic("sim: WhatsApp has no message type " + w.Type)
}

// mediaPart stores the media; ids from webhooks live 7 days (CHANNELS 6.5).
func (m *Meta) mediaPart(a *Asset, w WhatsAppMessage) object {
	f := m.store(a, w.Data, w.MIME, 7*24*time.Hour)
	o := obj("id", f.id, "mime_type", w.MIME, "sha256", digest(w.Data))
	switch w.Type {
	case "audio":
		return o.with("voice", true)
	case "sticker":
		return o.with("animated", false)
	case "document":
		return append(o, obj("filename", nonEmpty(w.Filename), "caption", nonEmpty(w.Text))...)
	}
	return append(o, obj("caption", nonEmpty(w.Text))...)
}

// standbyValue moves a list below the standby key (CHANNELS 7.2).
func standbyValue(v object, list string) object {
	inner := obj(list, v.get(list), "contacts", v.get("contacts"))
	return obj("messaging_product", "whatsapp", "metadata", v.get("metadata"), "standby", inner)
}

// seconds is a WhatsApp timestamp: seconds as a string.
func seconds(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// WhatsAppEdit is a person changing a message; only numbers in Coexistence hear of it (CHANNELS 6.2).
func (m *Meta) WhatsAppEdit(wamid, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	msg := m.messages[wamid]
	msg.text = text
	m.later(msg, "edit", obj("original_message_id", wamid, "message", obj("type", "text", "text", obj("body", text))))
}

// WhatsAppUnsend is a person taking a message back; only numbers in Coexistence hear of it.
func (m *Meta) WhatsAppUnsend(wamid string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	msg := m.messages[wamid]
	msg.deleted, msg.text = true, ""
	m.later(msg, "revoke", obj("original_message_id", wamid))
}

// later reports a change of an earlier message as a message of its own type. Called with the lock held.
func (m *Meta) later(msg *message, kind string, what object) {
	t := msg.thread
	if !t.asset.Coexistence {
		return
	}
	head := m.whatsappHead(t, WhatsAppMessage{ID: m.newID("whatsapp"), At: time.Now(), Type: kind})
	v := m.whatsappValue(t, true, false).with("messages", []object{head.with(kind, what)})
	m.emit(t.asset, "messages", t.id, v, Delivery{})
}

// AppReply is a human of the company answering from the phone app (Coexistence, CHANNELS 6.4). It gives the wamid.
func (m *Meta) AppReply(a *Asset, user, text string) string {
	fail(a, "app reply", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.thread(a, m.person(user))
	msg := m.keep(t, &message{id: m.newID("whatsapp"), text: text, at: time.Now(), out: true, kind: "text"})
	v := m.whatsappValue(t, false, false).with("message_echoes", []object{obj("from", a.Phone, "to", t.person.Phone,
		"to_user_id", t.person.bsuid, "id", msg.id, "timestamp", seconds(msg.at), "type", "text", "text", obj("body", text))})
	if a.Coexistence {
		m.emit(a, "smb_message_echoes", t.id, v, Delivery{})
	}
	return msg.id
}
