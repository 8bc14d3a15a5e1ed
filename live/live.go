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

// Hub spreads events to the subscribers of one node. The fields are set before its first use.
type Hub struct {
	Ledger Ledger
	Bus    Bus           // nil: other nodes, if there are any, are not told and not heard
	Poll   time.Duration // how often to look for other nodes' events while somebody listens; 0: this node is alone

	// Heard is told of events that other nodes may have made, before they are spread; nil events mean
	// that anything may have happened. Wake is told when a job that another node stored is due. Neither
	// may wait for long; both may be nil.
	Heard func(ws tandem.WorkspaceID, events []tandem.Event)
	Wake  func(at time.Time)

	mu     sync.Mutex
	spaces map[tandem.WorkspaceID]*space
}

type space struct {
	last  int64 // everything up to here was spread
	known bool
	subs  map[*Sub]struct{}
	ahead map[int64]tandem.Event // came before an earlier one

	begin   sync.Mutex // held while the first subscriber finds out where the ledger stands
	reading bool       // somebody catches up
	again   bool       // and has to look once more
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

// Subscribe begins to listen to a workspace: what is committed after it returns is heard, on this
// node or another. Cancel it when done.
func (h *Hub) Subscribe(ws tandem.WorkspaceID) *Sub {
	s := &Sub{C: make(chan Note, 256), hub: h, ws: ws}
	h.mu.Lock()
	sp := h.space(ws)
	h.mu.Unlock()
	sp.begin.Lock()
	defer sp.begin.Unlock()
	h.mu.Lock()
	first := len(sp.subs) == 0
	sp.subs[s] = struct{}{}
	h.mu.Unlock()
	if first && h.shared() { // while nobody listened, nobody looked: what others did then is no news
		h.toTheEnd(ws, sp)
	}
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
	var gaps, strange []tandem.WorkspaceID
	for _, e := range events {
		sp := h.space(e.Workspace)
		told[e.Workspace] = e.Seq
		if !sp.known {
			sp.known, sp.last = true, e.Seq-1
			strange = append(strange, e.Workspace)
		}
		switch {
		case e.Seq <= sp.last:
		case e.Seq == sp.last+1:
			h.spread(sp, e)
			h.drain(sp)
		default:
			sp.ahead[e.Seq] = e
			gaps = append(gaps, e.Workspace)
		}
	}
	h.mu.Unlock()
	if h.shared() {
		for _, ws := range strange { // what came before our first event is not known
			h.heard(ws, nil)
		}
	}
	if h.Bus != nil {
		for ws, seq := range told {
			h.Bus.Tell(Word{Workspace: ws, Seq: seq})
		}
	}
	for _, ws := range gaps { // another node's events lie between: read them
		go h.CatchUp(ws)
	}
}

func (h *Hub) spread(sp *space, e tandem.Event) {
	sp.last = e.Seq
	h.send(sp, Note{Event: e})
}

// drain spreads what came too early and is next now.
func (h *Hub) drain(sp *space) {
	for next, ok := sp.ahead[sp.last+1]; ok; next, ok = sp.ahead[sp.last+1] {
		delete(sp.ahead, next.Seq)
		h.spread(sp, next)
	}
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
