package channel

import (
	"strconv"
	"strings"

	"tandem"
)

// The private messages of Facebook Pages and Instagram accounts: entry[].messaging[] and its copy
// standby[] have one form for both (CHANNELS 2.1, 3.2).

// PayloadHuman is the payload of a button, a quick reply or a menu line that asks for a person.
const PayloadHuman = "TALK_TO_HUMAN"

// ourMark begins what we let a platform carry for us, so that another app's metadata is not taken
// for ours.
const ourMark = "tnd:"

// mark returns the text that carries a message's id; piece counts from 0. The earlier pieces of a
// message in several end with a sign of their own, because only the last piece's id is the message's.
func mark(m tandem.MessageID, piece, of int) string {
	if piece == of-1 {
		return ourMark + string(m)
	}
	return ourMark + string(m) + "#" + strconv.Itoa(piece+1)
}

// marked returns the message id that a text carries, empty where it is not ours, and which of the earlier
// pieces it is, from 1; 0: the last one, or the only one.
func marked(text string) (m tandem.MessageID, piece int) {
	text, ours := strings.CutPrefix(text, ourMark)
	if !ours {
		return "", 0
	}
	text, number, more := strings.Cut(text, "#")
	if piece, _ = strconv.Atoi(number); more {
		piece = max(piece, 1)
	}
	return tandem.MessageID(text), piece
}

// event is one element of messaging[]; exactly one of the pointers is set.
type event struct {
	Sender    party     `json:"sender"`
	Recipient party     `json:"recipient"`
	Time      stamp     `json:"timestamp"`
	Message   *message  `json:"message"`
	Edit      *edit     `json:"message_edit"`
	Postback  *postback `json:"postback"`
	Reaction  *struct {
		Mid      id     `json:"mid"`
		Action   string `json:"action"`
		Reaction string `json:"reaction"`
		Emoji    string `json:"emoji"`
	} `json:"reaction"`
	Delivery *struct { // its list of ids may be missing; only the watermark is trusted
		Watermark stamp `json:"watermark"`
	} `json:"delivery"`
	Read *struct { // Instagram names a message, Messenger a moment (CHANNELS 2.1, 3.2)
		Watermark stamp `json:"watermark"`
		Mid       id    `json:"mid"`
	} `json:"read"`
	Referral *referral `json:"referral"`
	Optin    *struct {
		Ref string `json:"ref"`
	} `json:"optin"`
	Policy *struct {
		Action string `json:"action"`
	} `json:"policy_enforcement"`
	Pass *control `json:"pass_thread_control"`
	Take *control `json:"take_thread_control"`
}

// party is one side. A checkbox or the comment plugin gives a user_ref in the place of an id.
type party struct {
	ID  id `json:"id"`
	Ref id `json:"user_ref"`
}

// edit is a new wording. The number counts up to five and tells two edits apart.
type edit struct {
	Mid  id     `json:"mid"`
	Text string `json:"text"`
	Num  id     `json:"num_edit"`
}

// postback is a pressed button, a menu line or "get started".
type postback struct {
	Mid      id        `json:"mid"`
	Title    string    `json:"title"`
	Payload  string    `json:"payload"`
	Referral *referral `json:"referral"`
}

// control names the app that owns the thread from now on.
type control struct {
	New id `json:"new_owner_app_id"`
}

// metaInboxes are the apps of Meta's own inbox, for Pages and for Instagram (CHANNELS 7.1).
var metaInboxes = map[id]bool{"263902037430900": true, "1217981644879628": true}

// messaging turns one element into events. The customer is whichever side is not the account: some
// echoes name the sides the wrong way round (CHANNELS 2.1).
func messaging(p place, raw []byte) []tandem.Inbound {
	var e event
	fitted, err := decode(raw, &e)
	if err != nil {
		return []tandem.Inbound{p.unreadable(raw)}
	}
	user := e.Sender
	if string(user.ID) == p.account {
		user = e.Recipient
	}
	in := tandem.Inbound{Account: p.account, User: string(user.ID), Surface: tandem.Direct,
		At: p.at(e.Time), Standby: p.standby}
	if in.User == "" && user.Ref != "" {
		in.User = "user_ref:" + string(user.Ref)
	}
	known := e.fill(&in) && (in.User != "" || in.Kind == tandem.InAlert || in.Kind == tandem.InNews)
	switch {
	case !known && !fitted:
		return []tandem.Inbound{p.unreadable(raw)}
	case !known:
		return nil
	}
	in.Key = p.key(in.Key)
	return []tandem.Inbound{in}
}

// fill completes an event and tells whether it is one that matters to us.
func (e event) fill(in *tandem.Inbound) bool {
	moment := in.User + ":" + strconv.FormatInt(in.At.UnixMilli(), 10)
	switch {
	case e.Message != nil:
		return e.Message.fill(in, moment)
	case e.Edit != nil:
		in.Kind, in.Target, in.Text = tandem.InEdited, string(e.Edit.Mid), e.Edit.Text
		// A correction is an event about the message, so it has a key but no External of its own.
		in.Key = in.Target + ":edit:" + string(e.Edit.Num)
	case e.Postback != nil:
		e.Postback.fill(in, moment)
	case e.Reaction != nil:
		r := e.Reaction
		in.Kind, in.Target = tandem.InReaction, string(r.Mid)
		in.Key = in.User + ":" + in.Target + ":" + r.Action + ":" + moment
		if r.Action != "unreact" {
			in.Text = orElse(r.Emoji, reactions[r.Reaction])
		}
	case e.Delivery != nil:
		in.Kind, in.State, in.At = tandem.InReceipt, tandem.Delivered, place{sent: in.At}.at(e.Delivery.Watermark)
		in.Key = "delivery:" + in.User + ":" + strconv.FormatInt(in.At.UnixMilli(), 10)
	case e.Read != nil && e.Read.Mid != "":
		in.Kind, in.State, in.Target = tandem.InReceipt, tandem.Read, string(e.Read.Mid)
		in.Key = "read:" + in.User + ":" + in.Target
	case e.Read != nil:
		in.Kind, in.State, in.At = tandem.InReceipt, tandem.Read, place{sent: in.At}.at(e.Read.Watermark)
		in.Key = "read:" + in.User + ":" + strconv.FormatInt(in.At.UnixMilli(), 10)
	case e.Policy != nil:
		in.Kind, in.Problem = tandem.InNews, "policy_"+e.Policy.Action
		if e.Policy.Action == "block" {
			in.Kind = tandem.InAlert
		}
		in.Key = "policy:" + moment
	case e.Pass != nil:
		e.Pass.fill(in, "pass:"+moment)
	case e.Take != nil:
		e.Take.fill(in, "take:"+moment)
		if e.Take.New == "" { // older ones leave it out: whoever takes is not us
			in.State = tandem.StateTheirs
		}
	case e.Referral != nil:
		in.Kind, in.Text, in.Key = tandem.InReferral, e.Referral.Ref, "referral:"+moment
		in.Parts = e.Referral.parts()
	case e.Optin != nil && e.Optin.Ref != "":
		in.Kind, in.Text, in.Key = tandem.InReferral, e.Optin.Ref, "optin:"+moment
	default:
		return false
	}
	return true
}

// reactions are the emoji of the named reactions, for the payloads that leave them out.
var reactions = map[string]string{"smile": "😆", "angry": "😠", "sad": "😢", "wow": "😮",
	"love": "❤", "like": "👍", "dislike": "👎"}

// fill takes a thread that is passed for ours, unless it goes to Meta's inbox or we only listen; an
// account that knows its app's id corrects that in Settle.
func (c *control) fill(in *tandem.Inbound, key string) {
	in.Kind, in.App, in.Key = tandem.InControl, string(c.New), key
	in.State = tandem.StateOurs
	if metaInboxes[c.New] || in.Standby {
		in.State = tandem.StateTheirs
	}
}

// fill makes a pressed button a message with the words that stood on it.
func (b *postback) fill(in *tandem.Inbound, moment string) {
	in.Kind, in.Text = tandem.InMessage, b.Title
	in.Key = orElse(string(b.Mid), moment+":"+b.Payload)
	in.External = in.Key
	if b.Payload != "" {
		in.Parts = []tandem.Part{{Type: "quick_reply", Name: b.Title, Value: b.Payload}}
	}
	if b.Payload == PayloadHuman {
		in.Kind = tandem.InHuman
	}
	if b.Referral != nil {
		in.Parts = append(in.Parts, b.Referral.parts()...)
	}
}

// message is what somebody wrote. Metadata and App are of echoes, and may be missing there too.
type message struct {
	Mid         id           `json:"mid"`
	Text        string       `json:"text"`
	Echo        flag         `json:"is_echo"`
	Deleted     flag         `json:"is_deleted"`
	Unsupported flag         `json:"is_unsupported"`
	Self        flag         `json:"is_self"`
	App         id           `json:"app_id"`
	Metadata    id           `json:"metadata"`
	Attachments []attachment `json:"attachments"`
	Referral    *referral    `json:"referral"`
	QuickReply  *struct {
		Payload string `json:"payload"`
	} `json:"quick_reply"`
	ReplyTo *struct {
		Mid   id `json:"mid"`
		Story *struct {
			ID  id     `json:"id"`
			URL string `json:"url"`
		} `json:"story"`
	} `json:"reply_to"`
}

// fill reads a message, an echo or a withdrawal. Self is an Instagram account that writes to
// itself. What has neither id nor content is the trace of Meta's own automation (CHANNELS 7.3).
func (m *message) fill(in *tandem.Inbound, moment string) bool {
	in.Key, in.External = string(m.Mid), string(m.Mid)
	if m.Self {
		return false
	}
	if m.Deleted {
		in.Kind, in.Target, in.External = tandem.InDeleted, in.External, ""
		in.Key += ":deleted"
		return m.Mid != ""
	}
	in.Kind, in.Text = tandem.InMessage, m.Text
	in.Parts = attachments(m.Attachments)
	if IsDoor(m.Text) && !bool(m.Echo) && len(in.Parts) == 0 {
		in.Kind = tandem.InHuman
	}
	in.Text = orElse(in.Text, spoken(in.Parts))
	m.context(in)
	if m.Unsupported || m.Mid != "" && in.Text == "" && len(in.Parts) == 0 {
		in.Parts = append(in.Parts, tandem.Part{Type: "unsupported"})
	}
	if m.Mid == "" {
		if in.Text == "" && len(in.Parts) == 0 {
			return false
		}
		in.Key = moment + ":" + sign("", []byte(in.Text))[:16]
		in.External = in.Key
	}
	if m.Echo {
		in.Kind, in.App = tandem.InEcho, string(m.App)
		in.Ours, in.Piece = marked(string(m.Metadata))
		in.Auto = in.Ours == "" && m.Text == "" && onlyCards(m.Attachments)
	}
	return true
}

// context adds what a message refers to: the button pressed, the message or story answered, the
// advertisement it came from.
func (m *message) context(in *tandem.Inbound) {
	if r := m.ReplyTo; r != nil {
		in.ReplyTo = string(r.Mid)
		if r.Story != nil {
			in.Parts = append(in.Parts, tandem.Part{Type: "story", URL: r.Story.URL, Value: string(r.Story.ID)})
		}
	}
	if m.QuickReply != nil {
		in.Parts = append(in.Parts, tandem.Part{Type: "quick_reply", Name: m.Text, Value: m.QuickReply.Payload})
		if m.QuickReply.Payload == PayloadHuman && !bool(m.Echo) {
			in.Kind = tandem.InHuman
		}
	}
	if m.Referral != nil {
		in.Parts = append(in.Parts, m.Referral.parts()...)
	}
}

// onlyCards tells whether an echo is what Meta itself puts into a thread: a shared post, an away
// card (CHANNELS 7.3).
func onlyCards(all []attachment) bool {
	for _, a := range all {
		if a.Type != "template" && a.Type != "fallback" {
			return false
		}
	}
	return len(all) > 0
}

// referral says how somebody came: by a link with our reference, or from an advertisement.
type referral struct {
	Ref  string `json:"ref"`
	Ad   id     `json:"ad_id"`
	Data struct {
		Title string `json:"ad_title"`
		Photo string `json:"photo_url"`
	} `json:"ads_context_data"`
	Product *struct {
		ID id `json:"id"`
	} `json:"product"`
}

// parts keeps where somebody came from with the message, so that the answer can start there.
func (r *referral) parts() []tandem.Part {
	var parts []tandem.Part
	if r.Ref != "" || r.Ad != "" {
		parts = append(parts, tandem.Part{Type: "referral", Name: orElse(r.Data.Title, string(r.Ad)), URL: r.Data.Photo,
			Value: orElse(r.Ref, string(r.Ad))})
	}
	if r.Product != nil {
		parts = append(parts, tandem.Part{Type: "product", Value: string(r.Product.ID)})
	}
	return parts
}
