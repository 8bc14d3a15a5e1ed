package sim

import (
	"encoding/json"
	"net/http"
	"time"
	"unicode/utf8"
)

// The windows of Messenger and Instagram (CHANNELS 9.1).
const (
	freeWindow  = 24 * time.Hour
	humanWindow = 7 * 24 * time.Hour
)

// outgoing is the body of POST /{account}/messages on Messenger and Instagram.
type outgoing struct {
	Recipient struct {
		ID        lenientText `json:"id"`
		CommentID lenientText `json:"comment_id"`
		PostID    lenientText `json:"post_id"`
	} `json:"recipient"`
	MessagingType string       `json:"messaging_type"`
	Tag           string       `json:"tag"`
	Message       *outgoingMsg `json:"message"`
	SenderAction  string       `json:"sender_action"`
	Payload       struct {
		MessageID string `json:"message_id"`
		Reaction  string `json:"reaction"`
	} `json:"payload"`
	ReplyTo struct {
		MID string `json:"mid"`
	} `json:"reply_to"`
	ThreadControl *struct {
		Type  string      `json:"control_type"`
		AppID lenientText `json:"app_id"`
	} `json:"thread_control"`
}

// outgoingMsg is the message part of an outgoing body.
type outgoingMsg struct {
	Text         string `json:"text"`
	Metadata     string `json:"metadata"`
	QuickReplies []struct {
		ContentType string `json:"content_type"`
		Title       string `json:"title"`
		Payload     string `json:"payload"`
	} `json:"quick_replies"`
	Attachment  *outgoingAttachment  `json:"attachment"`
	Attachments []outgoingAttachment `json:"attachments"`
	StickerID   lenientText          `json:"sticker_id"`

	file string // name of the file that came along
}

// outgoingAttachment is a medium, a share or a template.
type outgoingAttachment struct {
	Type    string `json:"type"`
	Payload struct {
		URL          string            `json:"url"`
		ID           lenientText       `json:"id"`
		AttachmentID lenientText       `json:"attachment_id"`
		Template     string            `json:"template_type"`
		Text         string            `json:"text"`
		Buttons      []json.RawMessage `json:"buttons"`
		Elements     []json.RawMessage `json:"elements"`
	} `json:"payload"`
}

// fileLimits are the sizes Messenger and Instagram take, in bytes (CHANNELS 2.2, 3.3).
const (
	imageLimit = 8 << 20
	fileLimit  = 25 << 20
)

// upload answers POST /{account}/message_attachments: an attachment to be sent again and again by its id.
func (m *Meta) upload(w http.ResponseWriter, c *call) {
	var o outgoing
	if err := c.decode(&o); err != nil || o.Message == nil || o.Message.Attachment == nil {
		m.refuse(w, c, graphError(100, 0, "(#100) The parameter message[attachment] is required"))
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.checkFile(c, o.Message.Attachment); e != nil {
		m.refuse(w, c, e)
		return
	}
	id := m.number()
	m.uploads[id] = true
	answer(w, obj("attachment_id", id))
}

// checkFile looks at where an attachment's content comes from: a URL, an earlier upload, or this very request.
func (m *Meta) checkFile(c *call, k *outgoingAttachment) *refusal {
	if k == nil || k.Type == "template" {
		return nil
	}
	if id := string(k.Payload.AttachmentID); id != "" && !m.uploads[id] {
		return graphError(100, 2018047, "(#100) Invalid attachment_id")
	}
	if c.r.MultipartForm == nil || len(c.r.MultipartForm.File["filedata"]) == 0 {
		return checkAttachment(k)
	}
	limit := int64(fileLimit)
	if k.Type == "image" {
		limit = imageLimit
	}
	if c.r.MultipartForm.File["filedata"][0].Size > limit {
		return graphError(100, 2018109, "(#100) Attachment size exceeds allowable limit")
	}
	return nil
}

// send answers POST /{account}/messages.
func (m *Meta) send(w http.ResponseWriter, c *call) {
	var o outgoing
	if err := c.decode(&o); err != nil {
		m.refuse(w, c, graphError(100, 0, "(#100) Invalid parameter: "+err.Error()))
		return
	}
	m.mu.Lock()
	var body object
	var wait <-chan struct{}
	var e *refusal
	switch {
	case o.Recipient.CommentID != "" || o.Recipient.PostID != "":
		body, wait, e = m.privateReply(c, o)
	case o.SenderAction != "":
		body, e = m.senderAction(c, o)
	default:
		body, wait, e = m.sendText(c, o)
	}
	m.mu.Unlock()
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	if wait != nil {
		select {
		case <-wait:
		case <-c.r.Context().Done():
		}
	}
	answer(w, body)
}

// sendText sends a message into an existing chat. Called with the lock held, as all below.
func (m *Meta) sendText(c *call, o outgoing) (object, <-chan struct{}, *refusal) {
	a, t, e := m.recipient(c)
	if e != nil {
		return nil, nil, e
	}
	if e := checkMessage(a, o.Message); e != nil {
		return nil, nil, e
	}
	if e := m.checkFile(c, o.Message.Attachment); e != nil {
		return nil, nil, e
	}
	if c.r.MultipartForm != nil && len(c.r.MultipartForm.File["filedata"]) > 0 {
		o.Message.file = c.r.MultipartForm.File["filedata"][0].Filename
	}
	if e := m.maySend(t, o); e != nil {
		return nil, nil, e
	}
	// 300 a second for text, 10 for audio and video (CHANNELS 9.2); both counted per account.
	limit := 300
	if k := o.Message.Attachment; k != nil && (k.Type == "audio" || k.Type == "video") {
		limit = 10
	}
	if a.sends.full(limit) {
		sub := 2018338
		if a.instagram() {
			sub = 2534040
		}
		return nil, nil, graphError(613, sub, "(#613) Calls to this api have exceeded the rate limit.")
	}
	kind := "text"
	switch k := o.Message.Attachment; {
	case k != nil && k.Type == "template":
		kind = "template"
	case k != nil || len(o.Message.Attachments) > 0 || o.Message.StickerID != "":
		kind = "attachment"
	case len(o.Message.QuickReplies) > 0:
		kind = "buttons"
	}
	msg, wait := m.sent(t, o.Message, kind)
	if tc := o.ThreadControl; tc != nil && a.routing != "" {
		t.owner = ""
		if tc.Type == "pass" {
			t.owner = string(tc.AppID)
		}
	}
	return obj("recipient_id", t.id, "message_id", msg.id), wait, nil
}

// sent puts a message into the chat and sets off what follows.
func (m *Meta) sent(t *thread, o *outgoingMsg, kind string) (*message, <-chan struct{}) {
	t.typing = time.Time{}
	msg := m.keep(t, &message{id: m.newID(t.asset.platform()), text: o.Text, at: time.Now(), out: true,
		app: t.asset.app.ID, kind: kind, echo: o.Metadata})
	msg.buttons = map[string]string{}
	for _, q := range o.QuickReplies {
		msg.buttons[q.Title] = q.Payload
	}
	text := o.Text
	for _, k := range append(o.Attachments, deref(o.Attachment)...) {
		msg.attachments = append(msg.attachments, obj("type", k.Type, "payload", obj("url", nonEmpty(k.Payload.URL))))
		if text == "" {
			text = k.Payload.Text + k.Payload.URL
		}
	}
	if text == "" && o.file != "" {
		text = "📎 " + o.file
	}
	m.reached(t.asset.platform(), t.person, msg.id, text, kind, false)
	return msg, m.consequences(msg)
}

// deref gives one attachment as a list, so that both forms are handled alike.
func deref(k *outgoingAttachment) []outgoingAttachment {
	if k == nil {
		return nil
	}
	return []outgoingAttachment{*k}
}

// maySend holds the rules about who may write to whom and when (CHANNELS 7.1, 9.1).
func (m *Meta) maySend(t *thread, o outgoing) *refusal {
	a := t.asset
	if t.person.Blocked || m.faults[a.platform()].Now() == Unwanted {
		return graphError(551, 1545041, "(#551) This person isn't available right now.")
	}
	if owner := m.owner(t); owner != "" && owner != a.app.ID {
		return graphError(100, 2018300, "(#100) Message failed to send because another app is controlling this thread now.")
	}
	switch o.MessagingType {
	case "RESPONSE", "UPDATE":
	case "MESSAGE_TAG":
		if o.Tag != "HUMAN_AGENT" {
			return graphError(100, 0, "(#100) Param tag must be one of {HUMAN_AGENT}")
		}
		if a.NoHumanAgent {
			return graphError(10, 0, "(#10) To use HUMAN_AGENT, your use of this endpoint must be reviewed and approved by Facebook.")
		}
	case "":
		if !a.instagram() {
			return graphError(100, 0, "(#100) The parameter messaging_type is required")
		}
	default:
		return graphError(100, 0, "(#100) Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}")
	}
	if t.awaiting {
		return graphError(10, closedSub(a), "(#10) Only one message may be sent until the person replies.")
	}
	open := freeWindow
	if o.Tag == "HUMAN_AGENT" {
		open = humanWindow
	}
	if t.lastUser.IsZero() || time.Since(t.lastUser) > open {
		return graphError(10, closedSub(a), "(#10) This message is sent outside of allowed window.")
	}
	if mid := o.ReplyTo.MID; mid != "" && (m.messages[mid] == nil || m.messages[mid].thread != t) {
		return graphError(100, 0, "(#100) Invalid message id in reply_to")
	}
	return nil
}

// closedSub is the subcode of a closed window, which differs between the platforms.
func closedSub(a *Asset) int {
	if a.instagram() {
		return 2534022
	}
	return 2018278
}

// checkMessage holds the limits of one message (CHANNELS 2.2, 3.3).
func checkMessage(a *Asset, o *outgoingMsg) *refusal {
	if o == nil {
		return graphError(100, 0, "(#100) The parameter message is required")
	}
	parts := min(len(o.Attachments), 1)
	for _, has := range []bool{o.Text != "", o.Attachment != nil, o.StickerID != ""} {
		if has {
			parts++
		}
	}
	if parts != 1 {
		return graphError(100, 0, "(#100) Must send exactly one of text, attachment, attachments or sticker_id")
	}
	// Messenger counts characters, Instagram bytes: Polish letters count twice there.
	if !a.instagram() && utf8.RuneCountInString(o.Text) > 2000 {
		return graphError(100, 0, "(#100) Length of param message[text] must be less than or equal to 2000")
	}
	if a.instagram() && len(o.Text) > 1000 {
		return graphError(100, 0, "(#100) Length of param message[text] must be less than or equal to 1000")
	}
	if len(o.Metadata) > 1000 {
		return graphError(100, 0, "(#100) Length of param message[metadata] must be less than or equal to 1000")
	}
	if len(o.QuickReplies) > 13 {
		return graphError(100, 0, "(#100) Too many elements in param message[quick_replies]: at most 13")
	}
	for _, q := range o.QuickReplies {
		switch {
		case q.ContentType == "user_phone_number" || q.ContentType == "user_email":
		case q.ContentType != "text":
			return graphError(100, 0, "(#100) Param message[quick_replies][content_type] is invalid")
		case q.Title == "" || utf8.RuneCountInString(q.Title) > 20:
			return graphError(100, 0, "(#100) Length of param message[quick_replies][title] must be between 1 and 20")
		case q.Payload == "" || len(q.Payload) > 1000:
			return graphError(100, 0, "(#100) Length of param message[quick_replies][payload] must be between 1 and 1000")
		}
	}
	limit := 30
	if a.instagram() {
		limit = 10
	}
	if len(o.Attachments) > limit {
		return graphError(100, 0, "(#100) Too many attachments")
	}
	if k := o.Attachment; k != nil && k.Type == "template" {
		return checkAttachment(k)
	}
	return nil
}

// checkAttachment holds the limits of templates, and that other attachments come from somewhere.
func checkAttachment(k *outgoingAttachment) *refusal {
	p := k.Payload
	switch k.Type {
	case "image", "audio", "video", "file", "MEDIA_SHARE":
		if p.URL == "" && p.AttachmentID == "" && p.ID == "" {
			return graphError(100, 2018008, "(#100) Failed to fetch the file from the url.")
		}
	case "template":
		switch {
		case p.Template == "button" && (p.Text == "" || utf8.RuneCountInString(p.Text) > 640):
			return graphError(100, 0, "(#100) Length of param payload[text] must be between 1 and 640")
		case p.Template == "button" && (len(p.Buttons) < 1 || len(p.Buttons) > 3):
			return graphError(100, 0, "(#100) Param payload[buttons] must have between 1 and 3 elements")
		case p.Template == "generic" && (len(p.Elements) < 1 || len(p.Elements) > 10):
			return graphError(100, 0, "(#100) Param payload[elements] must have between 1 and 10 elements")
		case p.Template != "button" && p.Template != "generic":
			return graphError(100, 0, "(#100) Param payload[template_type] is not supported")
		}
	default:
		return graphError(100, 0, "(#100) Param message[attachment][type] is invalid")
	}
	return nil
}

// senderAction is typing, seen or a reaction: a call of its own, without a message (CHANNELS 2.2).
func (m *Meta) senderAction(c *call, o outgoing) (object, *refusal) {
	_, t, e := m.recipient(c)
	if e != nil {
		return nil, e
	}
	if o.Message != nil {
		return nil, graphError(100, 0, "(#100) Cannot have both a message and a sender_action")
	}
	// Typing and seen follow the window of messages; a private reply's chat is not open for them either.
	if t.lastUser.IsZero() || time.Since(t.lastUser) > humanWindow {
		return nil, graphError(10, closedSub(t.asset), "(#10) This message is sent outside of allowed window.")
	}
	switch o.SenderAction {
	case "typing_on":
		t.typing = time.Now()
	case "typing_off":
		t.typing = time.Time{}
	case "mark_seen":
		t.seen = time.Now()
	case "react", "unreact":
		msg := m.messages[o.Payload.MessageID]
		if msg == nil || msg.thread != t || o.SenderAction == "react" && o.Payload.Reaction == "" {
			return nil, graphError(100, 0, "(#100) Param payload must name a message and a reaction")
		}
		if o.SenderAction == "react" {
			m.reached(t.asset.platform(), t.person, msg.id, o.Payload.Reaction, "reaction", false)
		}
	default:
		return nil, graphError(100, 0, "(#100) Param sender_action must be one of {typing_on, typing_off, mark_seen, react, unreact}")
	}
	return obj("recipient_id", t.id), nil
}
