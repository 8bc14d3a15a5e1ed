package app

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/live"
	"tandem/store"
	"tandem/web"
)

// WidgetMessage is one message as a visitor sees it.
type WidgetMessage struct {
	ID     tandem.MessageID `json:"id"`
	Seq    int64            `json:"seq"`
	Author string           `json:"author" enum:"customer,bot,human,notice"`
	Name   string           `json:"name,omitempty" doc:"of the person who wrote"`
	Text   string           `json:"text"`
	At     time.Time        `json:"at"`
	Kind   string           `json:"kind,omitempty" doc:"of a notice"`
	Choice []string         `json:"choice,omitempty" doc:"buttons"`
	Files  []WidgetFile     `json:"files,omitempty"`
}

// widgetAuthors says who a visitor is told wrote a message. A draft that a person approved is that
// person's word; what came from elsewhere was written by a person too.
var widgetAuthors = map[tandem.Origin]string{
	tandem.FromCustomer: "customer", tandem.FromBot: "bot", tandem.FromDraft: "human", tandem.FromHuman: "human", tandem.FromExternal: "human", tandem.FromNotice: "notice",
}

// widgetPage is how many messages a widget is given at once.
const widgetPage = 200

func (a *App) widgetMessages(ctx context.Context, v visit, th tandem.ThreadID, after int64) ([]WidgetMessage, error) {
	out := []WidgetMessage{}
	all, err := a.db.ThreadMessages(ctx, v.site.Workspace, th, after, widgetPage)
	if err != nil || len(all) == 0 {
		return out, err
	}
	p, err := a.people(ctx, v.site.Workspace)
	if err != nil {
		return out, err
	}
	for _, m := range all {
		one := WidgetMessage{ID: m.ID, Seq: m.Seq, Author: widgetAuthors[m.Origin], Name: firstName(p.name(m.Author)), Text: m.Text, At: m.At, Kind: m.Kind, Files: widgetFiles(m)}
		if m.Origin == tandem.FromBot || m.Origin == tandem.FromNotice {
			extra, err := a.db.MessageExtra(ctx, v.site.Workspace, m.ID)
			if err != nil {
				return out, err
			}
			one.Choice = slices.DeleteFunc(extra.Choice, channel.IsDoor) // the chat's own door stands below all of them
		}
		out = append(out, one)
	}
	return out, nil
}

// firstName is how a person of the desk is named to customers.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// WidgetOwner tells a visitor who answers now.
type WidgetOwner struct {
	Owner tandem.Owner `json:"owner"`
	Name  string       `json:"name,omitempty"`
	Wait  bool         `json:"wait,omitempty" doc:"a person is being fetched"`
}

// listener is one open stream of a visitor.
type listener struct {
	a      *App
	v      visit
	out    *web.Stream
	thread tandem.Thread // zero until the visitor has written
	last   int64         // everything up to here was sent
	sent   map[int64]bool
}

// listen is GET /widget/{site}/stream. Ids are the numbers of messages, so a stream that was cut
// resumes where it was.
func (a *App) listen(w http.ResponseWriter, r *http.Request, v visit) error {
	sub := a.hub.Subscribe(v.site.Workspace)
	defer func() { sub.Cancel() }()
	out, err := web.OpenStream(w)
	if err != nil {
		return nil
	}
	l := listener{a: a, v: v, out: out, sent: map[int64]bool{}}
	l.last, _ = resumeFrom(r)
	ctx, end := a.whileOpen(r.Context())
	defer end()
	if l.find(ctx) != nil || l.news(ctx) != nil || l.owner(ctx) != nil || l.rating(ctx) != nil {
		return nil // the status is out already; the widget comes back
	}
	for ctx.Err() == nil {
		if l.follow(ctx, sub) != nil {
			return nil
		}
		sub = a.hub.Subscribe(v.site.Workspace)
		if l.news(ctx) != nil {
			return nil
		}
	}
	return nil
}

// find looks for the visitor's thread, which begins with the first message.
func (l *listener) find(ctx context.Context) error {
	th, err := l.a.db.ThreadByExternal(ctx, l.v.site.Workspace, l.v.site.ID, l.v.visitor)
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil
	}
	l.thread = th
	return err
}

// news sends the messages after the last one. A row that still waits to be sent has a lower number
// than what the visitor wrote meanwhile, so the stream's ids stay below the first such row: a widget
// that comes back is given everything from there, and may see a message twice but never miss one.
func (l *listener) news(ctx context.Context) error {
	for l.thread.ID != "" {
		all, err := l.a.widgetMessages(ctx, l.v, l.thread.ID, l.last)
		if err != nil || len(all) == 0 {
			return err
		}
		top := all[len(all)-1].Seq
		safe, err := l.waiting(ctx, top)
		if err != nil {
			return err
		}
		for _, m := range all {
			if l.sent[m.Seq] {
				continue
			}
			if err := l.out.Send(min(m.Seq, safe), "message", m); err != nil {
				return err
			}
			l.sent[m.Seq] = true
		}
		l.last = min(top, safe)
		maps.DeleteFunc(l.sent, func(seq int64, _ bool) bool { return seq <= l.last })
		if len(all) < widgetPage || safe < top {
			return nil
		}
	}
	return nil
}

// waiting returns the number below the first row up to top that is not yet sent, or top.
func (l *listener) waiting(ctx context.Context, top int64) (int64, error) {
	near, err := l.a.db.MessagesBefore(ctx, l.v.site.Workspace, l.thread.Conversation, top+1, 60)
	for _, m := range near {
		if m.Thread == l.thread.ID && m.Delivery == tandem.Queued {
			return m.Seq - 1, err
		}
	}
	return top, err
}

// owner tells who answers now.
func (l *listener) owner(ctx context.Context) error {
	if l.thread.ID == "" {
		return nil
	}
	c, err := l.a.db.Conversation(ctx, l.v.site.Workspace, l.thread.Conversation)
	if err != nil {
		return err
	}
	o := WidgetOwner{Owner: c.Owner, Wait: c.Owner == tandem.Queue}
	if c.Agent != "" {
		if u, err := l.a.db.User(ctx, l.v.site.Workspace, c.Agent); err == nil {
			o.Name = firstName(u.Name)
		}
	}
	return l.out.Send(0, "owner", o)
}

// rating asks how it went, also a visitor who was not here when the question came up. The moment it was asked
// tells the widget that it has shown this one already.
func (l *listener) rating(ctx context.Context) error {
	if l.thread.ID == "" {
		return nil
	}
	at, err := l.a.db.OpenRating(ctx, l.v.site.Workspace, l.thread.Conversation, now())
	if err != nil || at.IsZero() {
		return err
	}
	return l.out.Send(0, "rating", map[string]time.Time{"at": at})
}

// follow sends what happens in the visitor's conversation until the subscription is closed because
// we were too slow (nil), or nobody listens any more.
func (l *listener) follow(ctx context.Context, sub *live.Sub) error {
	beat := time.NewTicker(web.Beat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
			if err := l.out.Alive(); err != nil {
				return err
			}
		case n, open := <-sub.C:
			if !open {
				return nil
			}
			if err := l.take(ctx, n); err != nil {
				return err
			}
		}
	}
}

func (l *listener) take(ctx context.Context, n live.Note) error {
	if l.thread.ID == "" && n.Kind == tandem.MessageAdded && n.Code == string(tandem.FromCustomer) {
		if err := l.find(ctx); err != nil {
			return err
		}
	}
	if l.thread.ID != "" && n.Kind == tandem.ConversationMoved && (n.Code == "merged" || n.Code == "split") && n.Conversation == l.thread.Conversation {
		return l.find(ctx) // the thread went along with its customer
	}
	if l.thread.ID == "" || n.Conversation != l.thread.Conversation {
		return nil
	}
	switch {
	case n.Passing == "typing":
		if t, ok := n.Body.(Typing); ok && t.Who != "customer" {
			return l.out.Send(0, "typing", map[string]string{"name": firstName(t.Who)})
		}
	case n.Kind == tandem.MessageAdded, n.Kind == tandem.MessageChanged:
		return l.news(ctx)
	case n.Kind == tandem.OwnerChanged:
		return l.owner(ctx)
	case n.Kind == tandem.ConversationMoved && n.Code == store.RatingAsked:
		return l.rating(ctx)
	}
	return nil
}
