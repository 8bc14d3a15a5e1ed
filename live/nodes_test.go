package live_test

import (
	"context"
	"errors"
	"path/filepath"
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

func TestNodeHearsOfAnotherNodesEventsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &wire{}
		h := build(t, 0, &end{line}, &end{line})
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			h.emit(3, tandem.CustomerChanged)
			want(t, "heard", numbers(s), row(2, 4)) // 1 was there before
			h.emit(2, tandem.PolicyChanged)
			want(t, "heard later", numbers(s), row(5, 6))
			if n := len(h.heard); n < 6 || h.heard[0] != "anything" || h.heard[n-1] != string(tandem.PolicyChanged) {
				t.Errorf("caches were told %v", h.heard)
			}
		})
	})
}

func TestLostWordsCostOnlyTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &wire{}
		h := build(t, time.Second, &end{line}, &end{line})
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			line.mu.Lock()
			line.cut = true
			line.mu.Unlock()
			h.emit(5, tandem.CustomerChanged)
			want(t, "without words", numbers(s), nil)
			pass(time.Second)
			want(t, "a second later", numbers(s), row(2, 6))
			h.emit(1, tandem.CustomerChanged)
			line.mu.Lock()
			line.cut = false
			line.mu.Unlock()
			h.emit(1, tandem.CustomerChanged) // its word brings the lost one too
			want(t, "after the cut", numbers(s), row(7, 8))
		})
	})
}

func TestLedgerIsPolledOnlyWhileSomebodyListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, time.Second, nil, nil)
		h.run(func() {
			h.emit(3, tandem.CustomerChanged)
			pass(time.Minute)
			if n := h.readings(); n != 0 {
				t.Errorf("nobody listened and the ledger was read %d times", n)
			}
			s := h.b.Subscribe(ws)
			h.emit(1, tandem.CustomerChanged)
			pass(time.Second)
			want(t, "heard", numbers(s), row(5, 5))
			s.Cancel()
			h.emit(2000, tandem.CustomerChanged)
			before := h.readings()
			pass(time.Minute)
			if n := h.readings() - before; n != 0 {
				t.Errorf("nobody listened any more and the ledger was read %d times", n)
			}
			s = h.b.Subscribe(ws) // what happened meanwhile is not spread: readers have lists of their own
			defer s.Cancel()
			h.emit(1, tandem.CustomerChanged)
			pass(time.Second)
			want(t, "heard again", numbers(s), row(2006, 2006))
		})
	})
}

func TestPollIsSparseWhileTheBusIsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &wire{}
		h := build(t, time.Second, &end{line}, &end{line})
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			before := h.readings()
			pass(time.Minute)
			if n := h.readings() - before; n != 12 {
				t.Errorf("%d readings in a minute with words, want 12", n)
			}
			line.mu.Lock()
			line.cut = true
			line.mu.Unlock()
			before = h.readings()
			pass(time.Minute)
			if n := h.readings() - before; n != 60 {
				t.Errorf("%d readings in a minute without words, want 60", n)
			}
		})
	})
}

func TestLedgerThatIsAwayIsReadLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, time.Second, nil, nil)
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			h.mu.Lock()
			h.broken = true
			h.mu.Unlock()
			h.emit(4, tandem.CustomerChanged)
			pass(3 * time.Second)
			want(t, "meanwhile", numbers(s), nil)
			h.mu.Lock()
			h.broken = false
			h.mu.Unlock()
			pass(time.Second)
			want(t, "later", numbers(s), row(2, 5))
		})
	})
}

// TestWordThatComesWhileTheLedgerIsReadIsNotLost: what the word is about is not in what was read.
func TestWordThatComesWhileTheLedgerIsReadIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, 0, nil, &end{&wire{}})
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			h.emit(1, tandem.CustomerChanged)
			h.during = func() {
				h.emit(1, tandem.CustomerChanged)
				h.b.CatchUp(ws)
			}
			h.b.CatchUp(ws)
			want(t, "heard", numbers(s), row(2, 3))
		})
	})
}

// TestEventThatComesTooEarlyWaits: this node's own commit is announced while another node's before it
// has not been read.
func TestEventThatComesTooEarlyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, 0, nil, &end{&wire{}})
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			h.emit(3, tandem.CustomerChanged)
			own, err := h.db.EventsAfter(t.Context(), ws, 3, 1)
			if err != nil {
				t.Fatal(err)
			}
			h.b.Publish(own) // 4; of 2 and 3 no word came
			want(t, "heard", numbers(s), row(2, 4))
			h.emit(1, tandem.CustomerChanged)
			own, err = h.db.EventsAfter(t.Context(), ws, 4, 1)
			if err != nil {
				t.Fatal(err)
			}
			h.b.Publish(own)
			want(t, "heard next", numbers(s), row(5, 5))
		})
	})
}

func TestNodesWakeEachOtherForJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &wire{}
		h := build(t, 0, &end{line}, &end{line})
		var woken []time.Time
		h.b.Wake = func(at time.Time) { woken = append(woken, at) }
		h.run(func() {
			at := time.Now().Add(time.Minute).UTC().Truncate(time.Microsecond)
			err := h.db.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.Enqueue(store.Job{Kind: "turn", RunAt: at}) })
			if err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if len(woken) != 1 || !woken[0].Equal(at) {
				t.Errorf("woken for %v, want %v", woken, at)
			}
		})
	})
}

func TestWordThatWordsWereLostLooksEverywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &wire{}
		first := &end{line}
		h := build(t, 0, first, &end{line})
		woken := 0
		h.b.Wake = func(time.Time) { woken++ }
		h.run(func() {
			s := h.b.Subscribe(ws)
			defer s.Cancel()
			line.mu.Lock()
			line.cut = true
			line.mu.Unlock()
			h.emit(250, tandem.CustomerChanged) // more than a page
			line.mu.Lock()
			line.cut = false
			line.mu.Unlock()
			first.Tell(live.Word{})
			want(t, "heard", numbers(s), row(2, 251))
			if woken != 1 {
				t.Errorf("jobs were looked for %d times", woken)
			}
		})
	})
}

// TestAllEventsInOrderHoweverTheyComeIn: two nodes write at once, and each spreads everything once
// and in order, whatever it hears first.
func TestAllEventsInOrderHoweverTheyComeIn(t *testing.T) {
	line := &wire{}
	path := filepath.Join(t.TempDir(), "tandem.db")
	var hubs [2]*live.Hub
	var dbs [2]*store.DB
	for i := range hubs {
		hubs[i] = &live.Hub{Bus: &end{line}}
		db, err := store.Open(t.Context(), path, store.Options{Publish: hubs[i].Publish, Fast: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		hubs[i].Ledger, dbs[i] = db, db
	}
	if err := dbs[0].Write(t.Context(), ws, func(tx *store.Tx) error { return tx.SaveWorkspace(tandem.Workspace{ID: ws}) }); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var running, writing sync.WaitGroup
	defer running.Wait()
	defer stop()
	const each = 100
	var subs [2]*live.Sub
	for i, h := range hubs {
		running.Go(func() { h.Run(ctx) })
		subs[i] = h.Subscribe(ws)
		defer subs[i].Cancel()
	}
	for range 200 { // until both listen to each other
		line.mu.Lock()
		n := len(line.ears)
		line.mu.Unlock()
		if n == 2 {
			break
		}
		<-time.After(10 * time.Millisecond)
	}
	for _, db := range dbs {
		writing.Go(func() {
			for range each {
				if err := db.Write(ctx, ws, func(tx *store.Tx) error { tx.Emit(tandem.Event{Kind: tandem.NoteAdded}); return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	for i, s := range subs {
		last := int64(1)
		for last < 2*each+1 {
			select {
			case n := <-s.C:
				if n.Seq != last+1 {
					t.Fatalf("node %d: %d comes after %d", i, n.Seq, last)
				}
				last = n.Seq
			case <-time.After(20 * time.Second):
				t.Fatalf("node %d stands still at %d of %d", i, last, 2*each+1)
			}
		}
	}
}
