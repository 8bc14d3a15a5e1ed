package live_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/live"
	"tandem/store"
)

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
	for n := 0; n < 2; { // until both listen to each other
		<-time.After(10 * time.Millisecond)
		line.mu.Lock()
		n = len(line.ears)
		line.mu.Unlock()
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
			case <-time.After(patience):
				t.Fatalf("node %d stands still at %d of %d", i, last, 2*each+1)
			}
		}
	}
}
