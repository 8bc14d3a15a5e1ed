// Package live tells browsers and other nodes what changed, after commit. It keeps the newest events
// of each workspace and reads older ones from the ledger, so that a stream that was cut resumes by
// its number without a gap or a repeat. It never decides who may see what: a subscriber brings that
// along.
package live

import (
	"context"
	"sync"
	"time"

	"tandem"
)

// Ledger is where events come from: the store.
type Ledger interface {
	EventsAfter(ctx context.Context, ws tandem.WorkspaceID, seq int64, limit int) ([]tandem.Event, error)
	LastEvent(ctx context.Context, ws tandem.WorkspaceID) (int64, error)
}

// Bus tells other nodes that a workspace has new events. A lost word costs only time: every node
// also looks when it is asked to.
type Bus interface {
	Tell(ws tandem.WorkspaceID, seq int64)
	Listen(func(ws tandem.WorkspaceID, seq int64)) error
	Close() error
}

// Hub spreads events to the subscribers of one node.
type Hub struct {
	Ledger Ledger
	Bus    Bus // nil on one machine

	mu     sync.Mutex
	spaces map[tandem.WorkspaceID]*space
}

type space struct {
	last  int64 // everything up to here was spread
	known bool
	subs  map[*Sub]struct{}
	ahead map[int64]tandem.Event // came before an earlier one
}

// Sub is one subscriber. Its channel is closed when it falls behind: the reader then resumes from
// the ledger with the last number it saw.
type Sub struct {
	C    chan Note
	hub  *Hub
	ws   tandem.WorkspaceID
	once sync.Once
}

// Note is what a subscriber gets: an event of the ledger, or a passing word (who is typing, who is
// looking) that has no number and is not kept.
type Note struct {
	tandem.Event
	Passing string // name of a passing word; empty for an event
	Body    any
}

// Subscribe begins to listen to a workspace. Cancel it when done.
func (h *Hub) Subscribe(ws tandem.WorkspaceID) *Sub {
	s := &Sub{C: make(chan Note, 256), hub: h, ws: ws}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.space(ws).subs[s] = struct{}{}
	return s
}

// Cancel ends a subscription. It may be called twice.
func (s *Sub) Cancel() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.drop()
}

// drop is Cancel under the lock.
func (s *Sub) drop() {
	s.once.Do(func() {
		delete(s.hub.space(s.ws).subs, s)
		close(s.C)
	})
}

func (h *Hub) space(ws tandem.WorkspaceID) *space {
	if h.spaces == nil {
		h.spaces = map[tandem.WorkspaceID]*space{}
	}
	sp := h.spaces[ws]
	if sp == nil {
		sp = &space{subs: map[*Sub]struct{}{}, ahead: map[int64]tandem.Event{}}
		h.spaces[ws] = sp
	}
	return sp
}

// Publish spreads committed events of this node. Two commits may report in the other order than
// they were numbered; what comes early waits for what is missing.
func (h *Hub) Publish(events []tandem.Event) {
	h.mu.Lock()
	told := map[tandem.WorkspaceID]int64{}
	var gaps []tandem.WorkspaceID
	for _, e := range events {
		sp := h.space(e.Workspace)
		told[e.Workspace] = e.Seq
		if !sp.known {
			sp.known, sp.last = true, e.Seq-1
		}
		switch {
		case e.Seq <= sp.last:
		case e.Seq == sp.last+1:
			h.spread(sp, e)
			for next, ok := sp.ahead[sp.last+1]; ok; next, ok = sp.ahead[sp.last+1] {
				delete(sp.ahead, next.Seq)
				h.spread(sp, next)
			}
		default:
			sp.ahead[e.Seq] = e
			gaps = append(gaps, e.Workspace)
		}
	}
	h.mu.Unlock()
	if h.Bus == nil {
		return
	}
	for ws, seq := range told {
		h.Bus.Tell(ws, seq)
	}
	for _, ws := range gaps { // another node's events lie between: read them
		go h.CatchUp(ws)
	}
}

func (h *Hub) spread(sp *space, e tandem.Event) {
	sp.last = e.Seq
	h.send(sp, Note{Event: e})
}

func (h *Hub) send(sp *space, n Note) {
	for s := range sp.subs {
		select {
		case s.C <- n:
		default:
			s.drop()
		}
	}
}

// Say spreads a passing word to a workspace's subscribers of this node.
func (h *Hub) Say(ws tandem.WorkspaceID, c tandem.ConversationID, name string, body any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.send(h.space(ws), Note{Event: tandem.Event{Workspace: ws, Conversation: c, At: time.Now().UTC()}, Passing: name, Body: body})
}

// CatchUp reads from the ledger what this node has not spread yet: other nodes' events.
func (h *Hub) CatchUp(ws tandem.WorkspaceID) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.mu.Lock()
	sp := h.space(ws)
	from, known, heard := sp.last, sp.known, len(sp.subs) > 0
	h.mu.Unlock()
	if !known {
		last, err := h.Ledger.LastEvent(ctx, ws)
		if err != nil || !heard {
			return
		}
		from = max(0, last-1)
	}
	events, err := h.Ledger.EventsAfter(ctx, ws, from, 1000)
	if err != nil || len(events) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !sp.known {
		sp.known, sp.last = true, events[0].Seq-1
	}
	for _, e := range events {
		if e.Seq == sp.last+1 {
			delete(sp.ahead, e.Seq)
			h.spread(sp, e)
		}
	}
}

// Run listens to other nodes until ctx ends. Without a Bus it returns at once.
func (h *Hub) Run(ctx context.Context) error {
	if h.Bus == nil {
		return nil
	}
	err := h.Bus.Listen(func(ws tandem.WorkspaceID, seq int64) {
		h.mu.Lock()
		behind := h.space(ws).last < seq
		h.mu.Unlock()
		if behind {
			h.CatchUp(ws)
		}
	})
	if err != nil {
		return err
	}
	<-ctx.Done()
	return h.Bus.Close()
}
