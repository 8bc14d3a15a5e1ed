package app

import (
	"context"
	"sync"

	"tandem"
	"tandem/store"
)

// eventCache holds what an event of the ledger is about, read once per event and node however many
// browsers listen.
type eventCache struct {
	mu    sync.Mutex
	all   map[eventKey]*enriched
	order []eventKey
}

type eventKey struct {
	ws  tandem.WorkspaceID
	seq int64
}

// enriched is what is the same for every reader of an event. Words and the reader's own badge are
// put in later.
type enriched struct {
	once    sync.Once
	err     error
	row     *Row
	line    store.Line
	message *MessageView
	draft   *tandem.Draft
	counts  *Counts
	people  people
}

// cachedEvents is how many events stay ready: a reader that falls further behind reads the lists
// anew anyway.
const cachedEvents = 2048

func (c *eventCache) entry(k eventKey) *enriched {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.all[k]; ok {
		return e
	}
	if c.all == nil {
		c.all = map[eventKey]*enriched{}
	}
	if len(c.order) >= cachedEvents {
		delete(c.all, c.order[0])
		c.order = c.order[1:]
	}
	e := &enriched{}
	c.all[k] = e
	c.order = append(c.order, k)
	return e
}

// badges are the kinds of events after which the badges may differ.
var badges = map[tandem.EventKind]bool{
	tandem.OwnerChanged: true, tandem.DraftAdded: true, tandem.DraftChanged: true, tandem.MessageAdded: true, tandem.ConversationMoved: true, tandem.AlertRaised: true, tandem.AccountChanged: true,
}

// eventView is an event as one reader sees it.
func (a *App) eventView(ctx context.Context, c caller, e tandem.Event) (EventView, error) {
	n := a.events.entry(eventKey{e.Workspace, e.Seq})
	n.once.Do(func() { n.err = a.enrich(context.WithoutCancel(ctx), e, n) })
	v := EventView{Event: e, Message: n.message}
	if n.err != nil {
		return v, n.err
	}
	if n.row != nil {
		r := worded(*n.row, c.lang)
		v.Row = &r
	}
	if n.draft != nil {
		d := draftView(*n.draft, n.people, c.lang, now())
		if n.row != nil {
			d.Customer, d.Channel, d.Public, d.Rev = n.row.Customer, n.row.Channel, n.row.Public, n.row.Rev
		}
		v.Draft = &d
	}
	if n.counts != nil {
		k := *n.counts
		k.Mine = n.people.loads[c.ID]
		v.Counts = &k
	}
	return v, nil
}

// enrich reads what an event is about, as it is now. What is gone meanwhile is left out.
func (a *App) enrich(ctx context.Context, e tandem.Event, n *enriched) error {
	gone := func(err error) bool { return err != nil && tandem.KindOf(err) == tandem.NotFound }
	var err error
	if n.people, err = a.people(ctx, e.Workspace); err != nil {
		return err
	}
	if e.Conversation != "" {
		if n.line, err = a.db.Line(ctx, e.Workspace, e.Conversation); err != nil && !gone(err) {
			return err
		}
		if err == nil {
			r := row(n.line, n.people, "pl", now())
			n.row = &r
		}
	}
	switch e.Kind {
	case tandem.MessageAdded, tandem.MessageChanged:
		m, err := a.db.Message(ctx, e.Workspace, tandem.MessageID(e.Subject))
		if err != nil && !gone(err) {
			return err
		}
		if err == nil {
			v, err := a.eventMessage(ctx, e.Workspace, m, n.people)
			if err != nil {
				return err
			}
			n.message = &v
		}
	case tandem.DraftAdded, tandem.DraftChanged:
		d, err := a.db.Draft(ctx, e.Workspace, tandem.DraftID(e.Subject))
		if err != nil && !gone(err) {
			return err
		}
		if err == nil {
			n.draft = &d
		}
	}
	if badges[e.Kind] {
		all, err := a.db.Counts(ctx, e.Workspace, "")
		if err != nil {
			return err
		}
		k := Counts(all)
		n.counts = &k
	}
	return nil
}

// eventMessage is a message with what its decision and its question tell.
func (a *App) eventMessage(ctx context.Context, ws tandem.WorkspaceID, m tandem.Message, p people) (MessageView, error) {
	v := message(m, p)
	seq, ok := answers(m)
	if !ok {
		return v, nil
	}
	extra, err := a.db.MessageExtra(ctx, ws, m.ID)
	if err != nil {
		return v, err
	}
	if extra.Decision != "" {
		d, _, err := a.db.Decision(ctx, ws, extra.Decision)
		if err != nil {
			return v, err
		}
		v.Decision, v.Sources = string(d.ID), sources(d)
	}
	asked, err := a.db.MessagesBefore(ctx, ws, m.Conversation, seq+1, 1)
	if len(asked) == 1 && !m.SentAt.IsZero() {
		v.TookMS = max(1, m.SentAt.Sub(asked[0].ReceivedAt).Milliseconds())
	}
	return v, err
}
