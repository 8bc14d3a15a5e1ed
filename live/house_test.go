package live_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/live"
	"tandem/store"
)

const ws tandem.WorkspaceID = "house"

// wire is a bus between the hubs of one process; cut loses every word.
type wire struct {
	mu    sync.Mutex
	ears  map[*end]func(live.Word)
	cut   bool
	words []live.Word
}

type end struct{ *wire }

func (e *end) Tell(w live.Word) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.words = append(e.words, w)
	if e.cut {
		return
	}
	for other, heard := range e.ears {
		if other != e {
			heard(w)
		}
	}
}

func (e *end) Listen(ctx context.Context, heard func(live.Word)) error {
	e.mu.Lock()
	if e.ears == nil {
		e.ears = map[*end]func(live.Word){}
	}
	e.ears[e] = heard
	e.mu.Unlock()
	<-ctx.Done()
	return nil
}

func (e *end) Up() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return !e.cut
}

func (e *end) Close() error { return nil }

// house is a ledger with two nodes: what is written goes through the first, so the second hears of it
// as of another node's work.
type house struct {
	t      *testing.T
	db     *store.DB
	a, b   *live.Hub
	heard  []string // by the second: kinds, or "anything"
	reads  int      // of the ledger, by the second
	broken bool     // the second cannot read
	during func()   // happens once while the second reads, after the ledger has answered
	mu     sync.Mutex
}

// EventsAfter and LastEvent let the second node's readings be counted and fail.
func (h *house) EventsAfter(ctx context.Context, ws tandem.WorkspaceID, seq int64, limit int) ([]tandem.Event, error) {
	if err := h.read(); err != nil {
		return nil, err
	}
	events, err := h.db.EventsAfter(ctx, ws, seq, limit)
	h.mu.Lock()
	during := h.during
	h.during = nil
	h.mu.Unlock()
	if during != nil {
		during()
	}
	return events, err
}

func (h *house) LastEvent(ctx context.Context, ws tandem.WorkspaceID) (int64, error) {
	if err := h.read(); err != nil {
		return 0, err
	}
	return h.db.LastEvent(ctx, ws)
}

func (h *house) read() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reads++
	if h.broken {
		return errors.New("the database is away")
	}
	return nil
}

func (h *house) readings() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.reads
}

// build opens the house; poll and the ends of a wire are the nodes' own.
func build(t *testing.T, poll time.Duration, first, second live.Bus) *house {
	h := &house{t: t, a: &live.Hub{Bus: first}, b: &live.Hub{Bus: second, Poll: poll}}
	db, err := store.Open(t.Context(), ":memory:", store.Options{Publish: h.a.Publish, Wake: h.a.Due, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	h.db, h.a.Ledger, h.b.Ledger = db, db, h
	h.b.Heard = func(_ tandem.WorkspaceID, events []tandem.Event) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if events == nil {
			h.heard = append(h.heard, "anything")
		}
		for _, e := range events {
			h.heard = append(h.heard, string(e.Kind))
		}
	}
	err = db.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "House"}) })
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// run lets both nodes work until the test's bubble ends.
func (h *house) run(do func()) {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, one := range []*live.Hub{h.a, h.b} {
		running.Go(func() {
			if err := one.Run(ctx); err != nil {
				h.t.Error(err)
			}
		})
	}
	synctest.Wait()
	do()
	stop()
	running.Wait()
	h.db.Close()
}

func (h *house) emit(n int, kind tandem.EventKind) {
	h.t.Helper()
	for i := range n {
		err := h.db.Write(h.t.Context(), ws, func(tx *store.Tx) error {
			tx.Emit(tandem.Event{Kind: kind, Code: strconv.Itoa(i)})
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// numbers takes what a subscriber has been given so far.
func numbers(s *live.Sub) (out []int64) {
	synctest.Wait()
	for {
		select {
		case n, open := <-s.C:
			if !open {
				return out
			}
			out = append(out, n.Seq)
		default:
			return out
		}
	}
}

func row(from, to int64) (out []int64) {
	for n := from; n <= to; n++ {
		out = append(out, n)
	}
	return out
}

func want(t *testing.T, what string, got, want []int64) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func pass(d time.Duration) {
	<-time.NewTimer(d).C
	synctest.Wait()
}
