package channel

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"tandem"
)

// messenger sends private messages on the Messenger Platform, which serves Pages and Instagram
// accounts with the same calls (CHANNELS 2.2, 3.3).
type messenger struct {
	graph
	kind    *Kind
	account string // our external id, the side of a thread that is not the customer
	path    string // "/" and the asset in whose name is sent
	carries bool   // metadata comes back in the echo
	replies bool   // a message may quote the one it answers
	hooked  subscription
}

// Limits of the Messenger Platform (CHANNELS 2.2).
const (
	quickReplies = 13
	quickTitle   = 20
)

// sending is the body of a send.
type sending struct {
	Recipient map[string]string `json:"recipient"`
	Type      string            `json:"messaging_type,omitempty"`
	Tag       string            `json:"tag,omitempty"`
	Message   said              `json:"message"`
	ReplyTo   map[string]string `json:"reply_to,omitempty"`
}

// said is the content of a send: a text or one attachment, never both.
type said struct {
	Text       string       `json:"text,omitempty"`
	Attachment *file        `json:"attachment,omitempty"`
	Metadata   string       `json:"metadata,omitempty"`
	Quick      []quickReply `json:"quick_replies,omitempty"`

	upload *form // the content of the attachment, where it goes along
}

// file is an attachment: by address, which the platform fetches within seconds, or with an empty payload
// and its content beside it.
type file struct {
	Type    string         `json:"type"`
	Payload map[string]any `json:"payload"`
}

// Sizes that Messenger and Instagram take, in bytes (CHANNELS 2.2, 3.3).
const (
	imageMost = 8 << 20
	fileMost  = 25 << 20
)

// fitsMeta tells whether a file is small enough.
func fitsMeta(p tandem.Part) bool {
	return p.Size <= fileMost && (p.Type != "image" || p.Size <= imageMost)
}

// quickReply is one answer to press. It vanishes with the next message and some clients do not show
// it, so its title has to work as a typed answer too (CHANNELS 2.2).
type quickReply struct {
	Type    string `json:"content_type"`
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

// direct sends a private message: the text in as many pieces as the limit asks for, then the
// attachments. The last piece of text has the quick replies.
func (m messenger) direct(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	frame := sending{Recipient: map[string]string{"id": o.To}, Type: "RESPONSE"}
	if o.Since > m.kind.Window {
		// The tag is only for what a named person sent (CHANNELS 9.1); the bot has no way out.
		if !o.Human || o.Since > m.kind.HumanWindow {
			return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodeWindow, "the customer's window is over")
		}
		frame.Type, frame.Tag = "MESSAGE_TAG", "HUMAN_AGENT"
		m.codes = taggedCodes
	}
	pieces, err := m.pieces(o)
	if err != nil {
		return tandem.Receipt{}, err
	}
	return inPieces(len(pieces), o.Done, func(i int) (tandem.Receipt, error) {
		next := frame
		next.Message = pieces[i]
		if m.carries {
			next.Message.Metadata = mark(o.Message, i, len(pieces))
		}
		if i == 0 && m.replies && o.ReplyTo != "" {
			next.ReplyTo = map[string]string{"mid": o.ReplyTo}
		}
		return m.post(ctx, next)
	})
}

// pieces turns a message into the calls it takes.
func (m messenger) pieces(o tandem.Outgoing) ([]said, error) {
	var all []said
	for _, text := range Split(o.Text, m.kind.Limit, m.kind.LimitBytes) {
		all = append(all, said{Text: text})
	}
	if n := len(all); n > 0 {
		for _, c := range o.Choice[:min(len(o.Choice), quickReplies)] {
			all[n-1].Quick = append(all[n-1].Quick, quickReply{"text", clip(c, quickTitle), carried(c, 900)})
		}
	}
	for _, p := range o.Parts {
		data := o.Files[p.File]
		if !slices.Contains(m.kind.Media, p.Type) || p.URL == "" && len(data) == 0 {
			return nil, tandem.Coded(tandem.Invalid, CodeMedia, "%s sends no part of this type", m.kind.Name)
		}
		if p.Size = int64(len(data)); len(data) > 0 && !m.kind.Sends(p) {
			return nil, tandem.Coded(tandem.Invalid, CodeMedia, "%s takes no file of this type and size", m.kind.Name)
		}
		if len(data) > 0 {
			all = append(all, said{Attachment: &file{p.Type, map[string]any{"is_reusable": false}}, upload: &form{field: "filedata", name: orElse(p.Name, p.Type), mime: p.Mime, data: data}})
			continue
		}
		all = append(all, said{Attachment: &file{p.Type, map[string]any{"url": p.URL}}})
	}
	if len(all) == 0 {
		return nil, tandem.Coded(tandem.Invalid, CodeBadRequest, "nothing to send")
	}
	return all, nil
}

// inPieces makes those of n sends, in order, that are not done already. What follows the first must never be tried
// again as a whole, so a refusal there is a kind of its own; where only a pause or a repair is needed, the receipt
// tells what is out by then. The last piece gives the message its id: once that one is delivered or seen, so is all
// of it.
func inPieces(n int, done []int, send func(i int) (tandem.Receipt, error)) (all tandem.Receipt, err error) {
	for i := range n {
		if slices.Contains(done, i+1) {
			continue
		}
		r, err := send(i)
		switch {
		case err == nil && all.External == "":
			all = r
		case err == nil:
			all.Also, all.External = append(all.Also, all.External), r.External
		case i == 0 || errors.Is(err, ErrMaybeSent) || tandem.KindOf(err) != tandem.Invalid:
			return all, err
		default:
			return all, tandem.Coded(tandem.Invalid, CodePartlySent, "%d of %d pieces went out, then: %s", i, n, tandem.CodeOf(err))
		}
	}
	if all.External == "" {
		return all, tandem.Coded(tandem.Conflict, CodeAlreadySent, "every piece is out")
	}
	return all, nil
}

// post sends one piece.
func (m messenger) post(ctx context.Context, s sending) (tandem.Receipt, error) {
	var answer struct {
		Recipient id `json:"recipient_id"`
		Message   id `json:"message_id"`
	}
	var body any = s
	if u := s.Message.upload; u != nil {
		with := *u
		with.fields = map[string]any{"recipient": s.Recipient, "message": s.Message, "messaging_type": s.Type}
		if s.Tag != "" {
			with.fields["tag"] = s.Tag
		}
		if s.ReplyTo != nil {
			with.fields["reply_to"] = s.ReplyTo
		}
		body = with
	}
	if err := m.send(ctx, m.path+"/messages", body, &answer); err != nil {
		return tandem.Receipt{}, err
	}
	if answer.Message == "" {
		return tandem.Receipt{}, ErrMaybeSent
	}
	return tandem.Receipt{External: string(answer.Message), User: string(answer.Recipient), Delivery: tandem.Sent}, nil
}

// private answers a public comment in private: one single message for each comment, ever, hence
// text only and never split (CHANNELS 4.4). target is comment_id, or post_id for a visitor's post.
func (m messenger) private(ctx context.Context, target string, o tandem.Outgoing) (tandem.Receipt, error) {
	if len(Split(o.Text, m.kind.Limit, m.kind.LimitBytes)) != 1 {
		return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "a private reply is one message of at most %d", m.kind.Limit)
	}
	s := sending{Recipient: map[string]string{target: orElse(o.ReplyTo, rootOf(o.Thread))}, Message: said{Text: strings.TrimSpace(o.Text)}}
	if m.carries {
		s.Message.Metadata = mark(o.Message, 0, 1)
	}
	m.codes = privateCodes
	return m.post(ctx, s)
}

// Typing shows that somebody writes, for about 20 seconds.
func (m messenger) Typing(ctx context.Context, to string) error {
	return m.act(ctx, http.MethodPost, m.path+"/messages",
		map[string]any{"recipient": map[string]string{"id": to}, "sender_action": "typing_on"})
}

// test asks what is missing for the connection to work: is the token alive, does it belong to the
// account, are the permissions given and the fields subscribed (CHANNELS 1.7).
func (m messenger) test(ctx context.Context, me func() (string, error), permissions []string) (ok, wrong []string, err error) {
	owner, err := me()
	if tandem.KindOf(err) == tandem.Denied {
		return nil, []string{"token_expired"}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	ok = append(ok, "token_valid")
	if owner != m.account {
		wrong = append(wrong, "account_mismatch")
	}
	good, bad := m.permitted(ctx, permissions)
	ok, wrong = append(ok, good...), append(wrong, bad...)
	good, bad = m.subscribed(ctx, m.hooked.path, m.hooked.needed)
	return append(ok, good...), append(wrong, bad...), nil
}

// permitted compares the permissions of the token with those needed. Not every kind of token may
// ask; then the line says that nobody looked.
func (g graph) permitted(ctx context.Context, needed []string) (ok, wrong []string) {
	var answer struct {
		Data []struct {
			Permission string `json:"permission"`
			Status     string `json:"status"`
		} `json:"data"`
	}
	if g.get(ctx, "/me/permissions", nil, &answer) != nil {
		return []string{"permissions_unchecked"}, nil
	}
	granted := map[string]bool{}
	for _, d := range answer.Data {
		granted[d.Permission] = d.Status == "granted"
	}
	return sift("permission", needed, granted)
}

// subscribed compares the webhook fields of the app's subscription with those needed.
func (g graph) subscribed(ctx context.Context, path string, needed []string) (ok, wrong []string) {
	var answer struct {
		Data []struct {
			Fields []string `json:"subscribed_fields"`
		} `json:"data"`
	}
	if g.get(ctx, path, nil, &answer) != nil {
		return []string{"fields_unchecked"}, nil
	}
	there := map[string]bool{}
	for _, d := range answer.Data {
		for _, f := range d.Fields {
			there[f] = true
		}
	}
	return sift("field", needed, there)
}

// sift makes a line of every needed name: ok as "field:messages", wrong as "field_missing:messages".
func sift(what string, needed []string, there map[string]bool) (ok, wrong []string) {
	for _, n := range needed {
		if there[n] {
			ok = append(ok, what+":"+n)
		} else {
			wrong = append(wrong, what+"_missing:"+n)
		}
	}
	return ok, wrong
}
