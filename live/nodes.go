package live

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"tandem"
)

// Word is what one node tells the others: how far a workspace's ledger has grown, or when a job is
// due. It never carries what happened, only that it is worth looking. The zero Word means that words
// may have been lost: look everywhere.
type Word struct {
	Workspace tandem.WorkspaceID
	Seq       int64     // the newest event of Workspace
	Due       time.Time // of the earliest new job, of any workspace
}

// Bus carries words between nodes. A lost word costs only time: every node also looks by itself.
// Whoever opened a Bus closes it, after the last Tell.
type Bus interface {
	// Tell tells the other nodes, not this one. It is called in the store's writer and never waits;
	// newer words may take the place of older ones.
	Tell(Word)
	// Listen hears the other nodes until ctx ends. heard must not wait.
	Listen(ctx context.Context, heard func(Word)) error
	// Up tells whether words travel now.
	Up() bool
	Close() error
}

// Bounds of reading what other nodes did.
const (
	page     = 200              // events at a time: a subscriber's channel holds more
	patience = 10 * time.Second // for one reading
	sparse   = 5                // with a Bus that is up only every fifth Poll reads: words are rarely lost
)

// shared tells whether other nodes may write to the ledger.
func (h *Hub) shared() bool { return h.Bus != nil || h.Poll > 0 }

// Due tells the other nodes that a job was stored and when it is due, so that one of them does it
// should this node be busy or end. It never waits.
func (h *Hub) Due(at time.Time) {
	if h.Bus != nil {
		h.Bus.Tell(Word{Due: at})
	}
}

// Run looks for what other nodes did until ctx ends. Where there are none it returns at once.
func (h *Hub) Run(ctx context.Context) error {
	var ears sync.WaitGroup
	defer ears.Wait()
	if h.Poll > 0 {
		ears.Go(func() { h.patrol(ctx) })
	}
	if h.Bus == nil {
		return nil
	}
	return h.Bus.Listen(ctx, h.hear)
}

// patrol reads the ledgers of the workspaces that somebody listens to.
func (h *Hub) patrol(ctx context.Context) {
	tick := time.NewTicker(h.Poll)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if h.Bus != nil && h.Bus.Up() && n%sparse != 0 {
			continue
		}
		for _, ws := range h.listened() {
			h.CatchUp(ws)
		}
	}
}

// listened returns the workspaces that have subscribers.
func (h *Hub) listened() []tandem.WorkspaceID {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []tandem.WorkspaceID
	for ws, sp := range h.spaces {
		if len(sp.subs) > 0 {
			out = append(out, ws)
		}
	}
	return out
}

func (h *Hub) hear(w Word) {
	switch {
	case w == Word{}:
		go h.look()
	case w.Workspace != "":
		h.mu.Lock()
		behind := h.space(w.Workspace).last < w.Seq
		h.mu.Unlock()
		if behind {
			go h.CatchUp(w.Workspace)
		}
	}
	if !w.Due.IsZero() && h.Wake != nil {
		h.Wake(w.Due)
	}
}

// look catches up everywhere: words may have been lost.
func (h *Hub) look() {
	if h.Wake != nil {
		h.Wake(time.Now())
	}
	h.mu.Lock()
	all := slices.Collect(maps.Keys(h.spaces))
	h.mu.Unlock()
	for _, ws := range all {
		h.CatchUp(ws)
	}
}

// CatchUp reads from the ledger what this node has not spread yet: other nodes' events. It may be
// called at any time and as often as anybody likes; one call reads, others make it look once more.
func (h *Hub) CatchUp(ws tandem.WorkspaceID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sp := h.space(ws)
	if sp.reading {
		sp.again = true
		return
	}
	sp.reading = true
	for more := true; more || sp.again; {
		sp.again = false
		h.mu.Unlock()
		more = h.read(ws, sp)
		h.mu.Lock()
	}
	sp.reading = false
}

// read spreads one page of the ledger and tells whether there may be more.
func (h *Hub) read(ws tandem.WorkspaceID, sp *space) bool {
	h.mu.Lock()
	from, known, listened := sp.last, sp.known, len(sp.subs) > 0
	h.mu.Unlock()
	if !known {
		h.toTheEnd(ws, sp)
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	events, err := h.Ledger.EventsAfter(ctx, ws, from, page)
	if err != nil || len(events) == 0 {
		return false // the next word or patrol finds it
	}
	full := len(events) == page
	if full && !listened { // far behind, and nobody waits for it
		h.toTheEnd(ws, sp)
		return false
	}
	h.heard(ws, events)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range events {
		if e.Seq == sp.last+1 {
			delete(sp.ahead, e.Seq)
			h.spread(sp, e)
		}
	}
	return full
}

// toTheEnd leaves out what the ledger has so far. Readers that want it read it themselves: a hole in
// the numbers tells them.
func (h *Hub) toTheEnd(ws tandem.WorkspaceID, sp *space) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	last, err := h.Ledger.LastEvent(ctx, ws)
	if err != nil {
		return
	}
	h.mu.Lock()
	skipped := last > sp.last
	if sp.known = true; skipped {
		sp.last = last
		maps.DeleteFunc(sp.ahead, func(seq int64, _ tandem.Event) bool { return seq <= last })
		h.drain(sp)
	}
	h.mu.Unlock()
	if skipped {
		h.heard(ws, nil)
	}
}

func (h *Hub) heard(ws tandem.WorkspaceID, events []tandem.Event) {
	if h.Heard != nil {
		h.Heard(ws, events)
	}
}
