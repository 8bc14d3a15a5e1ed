package channel

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// shown asks for a page of a conversation's messages, from a cursor on.
func shown(after string) string {
	if after != "" {
		after = ".after(" + after + ")"
	}
	return "messages.limit(" + strconv.Itoa(talksShown) + ")" + after + "{id,from,to,created_time,message,attachments}"
}

// talk is one conversation of the Conversations API with its newest messages.
type talk struct {
	ID       id       `json:"id"`
	Updated  stamp    `json:"updated_time"`
	Messages messages `json:"messages"`
}

// messages are a page of a conversation, the newest first.
type messages struct {
	Data   []told `json:"data"`
	Paging paging `json:"paging"`
}

// deep is a conversation of which more was missed than its newest page shows. It is followed back to where the gap
// began and then read from there on, so that what was said first is stored first.
type deep struct {
	ID   string   `json:"id"`
	Path []string `json:"path"`           // cursors of its pages, the newest page first
	Back bool     `json:"back,omitempty"` // the begin was found: the pages are read from the last to the first
}

// talks reads private conversations, the one with the newest message first.
func (m messenger) talks(ctx context.Context, platform string, since time.Time, at cursor) (tandem.History, error) {
	var list struct {
		Data   []talk `json:"data"`
		Paging paging `json:"paging"`
	}
	query := url.Values{"platform": {platform}, "limit": {strconv.Itoa(talksPage)},
		"fields": {"id,updated_time," + shown("")}}
	if at.After != "" {
		query.Set("after", at.After)
	}
	if err := m.get(ctx, m.path+"/conversations", query, &list); err != nil {
		return tandem.History{}, err
	}
	var h tandem.History
	next, old := cursor{Stage: "deep"}, false
	for _, t := range list.Data {
		old = old || !t.Updated.IsZero() && t.Updated.Before(since)
		events, beyond, began := t.Messages.since(m.account, since)
		if !began && len(beyond) == 0 && t.ID != "" && t.Messages.Paging.more() != "" {
			next.Talks = append(next.Talks, deep{ID: string(t.ID), Path: []string{""}})
			continue
		}
		h.Events = append(h.Events, events...)
		h.Beyond = append(h.Beyond, beyond...)
	}
	if !old {
		next.More = list.Paging.more()
	}
	h.Next = next.endOfTalks()
	return h, nil
}

// endOfTalks is where the history goes on once conversations are read.
func (c cursor) endOfTalks() string {
	switch {
	case len(c.Talks) > 0:
		return c.String()
	case c.More != "":
		return cursor{Stage: "talks", After: c.More}.String()
	}
	return cursor{Stage: "posts"}.String()
}

// since are the events of a page since a moment. began tells that the page reaches back to it; beyond is the first
// message of which the platform tells no more than that it is there.
func (p messages) since(account string, since time.Time) (events []tandem.Inbound, beyond []string, began bool) {
	for _, s := range p.Data {
		in, ok := s.inbound(account)
		switch {
		case ok && !in.At.Before(since):
			events = append(events, in)
		case !s.At.IsZero():
			began = began || s.At.Before(since)
		case s.ID != "" && beyond == nil:
			beyond = []string{string(s.ID)}
		}
	}
	return events, beyond, began
}

// deeper reads one page of a conversation. For Instagram the platform lists all messages and tells only of the
// newest twenty ("you will only be able to query data for the 20 most recent messages", Meta, Graph API reference,
// Conversation, 2026-11); where that is an error, the pages before it are all there is.
func (m messenger) deeper(ctx context.Context, since time.Time, at cursor) (tandem.History, error) {
	if len(at.Talks) == 0 || len(at.Talks[0].Path) == 0 {
		return tandem.History{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "this is no place in the history")
	}
	var one talk
	t := &at.Talks[0]
	var h tandem.History
	err := m.get(ctx, "/"+url.PathEscape(t.ID), url.Values{"fields": {shown(t.Path[len(t.Path)-1])}}, &one)
	if err != nil {
		if tandem.KindOf(err) != tandem.Invalid {
			return h, err
		}
		h.Cut = true
	}
	events, beyond, began := one.Messages.since(m.account, since)
	more := one.Messages.Paging.more()
	if !t.Back && !began && beyond == nil && more != "" && err == nil {
		if len(t.Path) < deepest {
			t.Path = append(t.Path, more)
			h.Next = at.String()
			return h, nil
		}
		h.Cut = true
	}
	h.Events, h.Beyond = events, beyond
	t.Back, t.Path = true, t.Path[:len(t.Path)-1]
	if len(t.Path) == 0 {
		at.Talks = at.Talks[1:]
	}
	h.Next = at.endOfTalks()
	return h, nil
}

// told is one message as the Conversations API tells it.
type told struct {
	ID   id     `json:"id"`
	Text string `json:"message"`
	At   stamp  `json:"created_time"`
	From struct {
		ID   id     `json:"id"`
		Name string `json:"name"`
		User string `json:"username"`
	} `json:"from"`
	To struct {
		Data []struct {
			ID id `json:"id"`
		} `json:"data"`
	} `json:"to"`
	Attachments struct {
		Data []stored `json:"data"`
	} `json:"attachments"`
}

// stored is an attachment as the Conversations API tells it: another form than in a webhook.
type stored struct {
	Mime  string `json:"mime_type"`
	Name  string `json:"name"`
	URL   string `json:"file_url"`
	Image struct {
		URL string `json:"url"`
	} `json:"image_data"`
	Video struct {
		URL string `json:"url"`
	} `json:"video_data"`
}

// inbound makes an event of a message: the customer's, or the company's, which is an echo.
func (s told) inbound(account string) (tandem.Inbound, bool) {
	in := tandem.Inbound{Kind: tandem.InMessage, Account: account, User: string(s.From.ID), Name: s.From.Name, Username: s.From.User,
		Surface: tandem.Direct, Key: string(s.ID), External: string(s.ID), Text: s.Text, At: s.At.Time, Late: true}
	if in.User == account {
		in.Kind, in.User, in.Name, in.Username = tandem.InEcho, "", "", ""
		if len(s.To.Data) > 0 {
			in.User = string(s.To.Data[0].ID)
		}
	}
	for _, a := range s.Attachments.Data {
		in.Parts = append(in.Parts, a.part())
	}
	if in.Text == "" && len(in.Parts) == 0 {
		in.Parts = []tandem.Part{{Type: "unsupported"}}
	}
	return in, s.ID != "" && in.User != "" && !in.At.IsZero()
}

func (a stored) part() tandem.Part {
	p := tandem.Part{Type: "file", URL: cmp.Or(a.URL, a.Image.URL, a.Video.URL), Name: a.Name}
	kind, _, _ := strings.Cut(a.Mime, "/")
	switch {
	case kind == "image" || a.Image.URL != "":
		p.Type = "image"
	case kind == "video" || a.Video.URL != "":
		p.Type = "video"
	case kind == "audio":
		p.Type = "audio"
	}
	return p
}
