package sim

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// whatsappOut is the body of POST /{phone_number_id}/messages.
type whatsappOut struct {
	Product   string `json:"messaging_product"`
	To        string `json:"to"`
	Recipient string `json:"recipient"` // BSUID
	Type      string `json:"type"`
	Status    string `json:"status"` // "read": marks a message as read
	MessageID string `json:"message_id"`
	Typing    *struct {
		Type string `json:"type"`
	} `json:"typing_indicator"`
	Callback string `json:"biz_opaque_callback_data"`
	Context  struct {
		MessageID string `json:"message_id"`
	} `json:"context"`
	Text *struct {
		Body string `json:"body"`
	} `json:"text"`
	Interactive *interactive     `json:"interactive"`
	Template    *whatsappTplSend `json:"template"`
	Reaction    *struct {
		MessageID string `json:"message_id"`
		Emoji     string `json:"emoji"`
	} `json:"reaction"`
	Image    *whatsappMedia `json:"image"`
	Audio    *whatsappMedia `json:"audio"`
	Video    *whatsappMedia `json:"video"`
	Document *whatsappMedia `json:"document"`
	Sticker  *whatsappMedia `json:"sticker"`
}

// whatsappMedia is a medium by upload id or by link.
type whatsappMedia struct {
	ID      string `json:"id"`
	Link    string `json:"link"`
	Caption string `json:"caption"`
}

// pairBurst messages may go to one person at once; the allowance comes back at one per pairEvery (CHANNELS 6.6).
const (
	pairBurst = 45
	pairEvery = 6 * time.Second
)

// sendWhatsApp answers POST /{phone_number_id}/messages. 200 means accepted, not delivered (CHANNELS 6.3).
func (m *Meta) sendWhatsApp(w http.ResponseWriter, c *call, a *Asset) {
	var o whatsappOut
	if err := c.decode(&o); err != nil {
		m.refuse(w, c, graphError(100, 0, "(#100) Invalid parameter: "+err.Error()))
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if o.Product != "whatsapp" {
		m.refuse(w, c, graphError(100, 0, "(#100) The parameter messaging_product is required."))
		return
	}
	if o.Status != "" {
		if e := m.markRead(a, o); e != nil {
			m.refuse(w, c, e)
			return
		}
		answer(w, obj("success", true))
		return
	}
	text, e := m.checkWhatsApp(a, &o)
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	t, input, e := m.whatsappTo(a, o)
	if e == nil {
		e = m.whatsappPace(t)
	}
	late := (*refusal)(nil)
	if e == nil {
		late = m.whatsappMay(t, o)
		if late != nil && m.quirks.SyncErrors {
			e = late
		}
	}
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	t.typing = time.Time{}
	msg := m.keep(t, &message{id: m.newID("whatsapp"), text: text, at: time.Now(), out: true, app: a.app.ID,
		kind: outKind(o), echo: o.Callback, buttons: o.Interactive.buttons()})
	if late == nil {
		m.reached("whatsapp", t.person, msg.id, text, msg.kind, false)
	}
	m.journey(msg, late)
	sent := obj("id", msg.id)
	if o.Type == "template" {
		sent = sent.with("message_status", "accepted")
	}
	contact := obj("input", input, "wa_id", t.person.Phone, "user_id", t.person.bsuid)
	answer(w, obj("messaging_product", "whatsapp", "contacts", []object{contact}, "messages", []object{sent}))
}

// whatsappTo finds the person. A number without "+" gets the business's own country code put before it, even when it
// has one already (CHANNELS 6.5).
func (m *Meta) whatsappTo(a *Asset, o whatsappOut) (*thread, string, *refusal) {
	if o.To == "" {
		p := m.byID[o.Recipient]
		if o.Recipient == "" || p == nil {
			return nil, "", graphError(100, 0, "(#100) Invalid parameter: to or recipient is required")
		}
		return m.thread(a, p), o.Recipient, nil
	}
	var number strings.Builder
	for _, r := range o.To {
		switch {
		case r >= '0' && r <= '9':
			number.WriteRune(r)
		case !strings.ContainsRune("+ -().", r):
			return nil, "", graphError(131009, 0, "(#131009) Parameter value is not valid")
		}
	}
	phone := number.String()
	if !strings.HasPrefix(o.To, "+") && len(a.Phone) > 9 {
		phone = a.Phone[:len(a.Phone)-9] + phone
	}
	if phone == a.Phone {
		return nil, "", graphError(131021, 0, "(#131021) Recipient cannot be sender")
	}
	p := m.byID[phone]
	if p == nil {
		// Nobody there: WhatsApp accepts it all the same and fails it afterwards.
		p = m.person(phone)
		p.Unreachable = true
	}
	return m.thread(a, p), o.To, nil
}

// whatsappPace holds the limits per second and per person.
func (m *Meta) whatsappPace(t *thread) *refusal {
	a, now := t.asset, time.Now()
	limit := 80
	if a.Coexistence {
		limit = 20
	}
	if a.sends.full(limit) {
		return graphError(130429, 0, "(#130429) Rate limit hit")
	}
	t.pair = max(0, t.pair-float64(now.Sub(t.pairAt))/float64(pairEvery))
	t.pairAt = now
	if t.pair+1 > pairBurst {
		return graphError(131056, 0, "(#131056) (Business Account, Consumer Account) pair rate limit hit")
	}
	t.pair++
	return nil
}

// whatsappMay holds the rules whose breach WhatsApp often reports only as a failed status (CHANNELS 6.3, 6.6).
func (m *Meta) whatsappMay(t *thread, o whatsappOut) *refusal {
	refuse := func(code int, text, details string) *refusal {
		e := graphError(code, 0, text)
		e.details = details
		return e
	}
	p := t.person
	open := !t.lastUser.IsZero() && time.Since(t.lastUser) <= freeWindow
	switch {
	case p.Blocked || p.Unreachable || m.faults["whatsapp"].Now() == Unwanted:
		return refuse(131026, "Message undeliverable", "Message Undeliverable.")
	case m.standby(t) && o.Type != "template":
		// The code is not documented (CHANNELS 7.2).
		return refuse(131005, "Access denied", "Another partner owns the conversation.")
	case o.Type == "template" && t.optedOut && m.marketing(t.asset, o.Template):
		return refuse(131050, "User has stopped marketing messages", "The user has chosen to stop receiving marketing messages.")
	case o.Type != "template" && !open:
		return refuse(131047, "Re-engagement message", "More than 24 hours have passed since the recipient last replied.")
	}
	return nil
}

// markRead marks a message of a person (and all earlier ones) as read, with typing where asked.
func (m *Meta) markRead(a *Asset, o whatsappOut) *refusal {
	msg := m.messages[o.MessageID]
	if o.Status != "read" || msg == nil || msg.out || msg.thread.asset != a {
		return graphError(100, 0, "(#100) Invalid parameter: status or message_id")
	}
	msg.thread.seen = time.Now()
	if o.Typing != nil {
		if o.Typing.Type != "text" {
			return graphError(100, 0, "(#100) Param typing_indicator.type must be text")
		}
		msg.thread.typing = time.Now()
	}
	return nil
}

// outKind is the outbox's word for a message.
func outKind(o whatsappOut) string {
	switch o.Type {
	case "text", "template", "reaction":
		return o.Type
	case "interactive":
		return "buttons"
	}
	return "attachment"
}

// checkWhatsApp holds the limits of one message (CHANNELS 6.5) and gives the text the person will see.
func (m *Meta) checkWhatsApp(a *Asset, o *whatsappOut) (string, *refusal) {
	if o.Type == "" {
		o.Type = "text"
	}
	if len(o.Callback) > 512 {
		return "", graphError(131009, 0, "(#131009) Parameter value is not valid: biz_opaque_callback_data")
	}
	missing := graphError(131008, 0, "(#131008) Required parameter is missing: "+o.Type)
	switch o.Type {
	case "text":
		if o.Text == nil || o.Text.Body == "" {
			return "", missing
		}
		if utf8.RuneCountInString(o.Text.Body) > 4096 {
			return "", graphError(100, 0, "(#100) Param text['body'] must be at most 4096 characters long.")
		}
		return o.Text.Body, nil
	case "interactive":
		if o.Interactive == nil {
			return "", missing
		}
		return o.Interactive.check()
	case "template":
		if o.Template == nil {
			return "", missing
		}
		return m.checkTemplate(a, o.Template)
	case "reaction":
		if o.Reaction == nil || m.messages[o.Reaction.MessageID] == nil {
			return "", missing
		}
		return o.Reaction.Emoji, nil
	}
	return m.checkMedia(a, o, missing)
}

// checkMedia holds the limits of media; ids belong to one number and expire.
func (m *Meta) checkMedia(a *Asset, o *whatsappOut, missing *refusal) (string, *refusal) {
	media, known := map[string]*whatsappMedia{"image": o.Image, "audio": o.Audio, "video": o.Video,
		"document": o.Document, "sticker": o.Sticker}[o.Type]
	switch {
	case !known:
		return "", graphError(131051, 0, "(#131051) Unsupported message type")
	case media == nil || media.ID == "" && media.Link == "":
		return "", missing
	case utf8.RuneCountInString(media.Caption) > 1024:
		return "", graphError(100, 0, "(#100) Param caption must be at most 1024 characters long.")
	}
	if f := m.files[media.ID]; media.ID != "" {
		if f == nil || f.asset != a || time.Now().After(f.expires) {
			return "", graphError(100, 0, "(#100) Invalid media id")
		}
		return strings.TrimSpace(media.Caption + " 📎 " + f.name), nil
	}
	return strings.TrimSpace(media.Caption + " " + media.Link), nil
}
