package live_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"

	"tandem"
	"tandem/live"
	"tandem/store"
	"tandem/stories/world"
)

// shelf is a ledger that has what was put there.
type shelf []tandem.Event

func (l shelf) EventsAfter(_ context.Context, _ tandem.WorkspaceID, seq int64, limit int) ([]tandem.Event, error) {
	if seq >= int64(len(l)) {
		return nil, nil
	}
	return l[seq:min(int64(len(l)), seq+int64(limit))], nil
}

func (l shelf) LastEvent(context.Context, tandem.WorkspaceID) (int64, error) {
	return int64(len(l)), nil
}

// ledger has n events, numbered from one.
func ledger(n int) shelf {
	out := make(shelf, n)
	for i := range out {
		out[i] = tandem.Event{Workspace: ws, Seq: int64(i + 1), Kind: tandem.NoteAdded}
	}
	return out
}

// Two commits may report in the other order than they were numbered; who listens does not see it.
func TestEventsThatCameInTheOtherOrderAreSpreadInOrder(t *testing.T) {
	for seed := range uint64(50) {
		synctest.Test(t, func(t *testing.T) {
			all := ledger(60)
			h := &live.Hub{Ledger: all}
			h.Publish(all[:1])
			s := h.Subscribe(ws)
			rest := append(shelf{}, all[1:]...)
			rng := rand.New(rand.NewPCG(seed, 1))
			rng.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			for len(rest) > 0 {
				n := min(1+rng.IntN(4), len(rest))
				h.Publish(rest[:n])
				rest = rest[n:]
			}
			want(t, fmt.Sprintf("seed %d", seed), numbers(s), row(2, 60))
			s.Cancel()
		})
	}
}

// What is missing and never reported here, because another node committed it, is read from the
// ledger; a repeated report is not repeated.
func TestAGapIsFilledFromTheLedgerOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := ledger(10)
		h := &live.Hub{Ledger: all}
		h.Publish(all[:2])
		s := h.Subscribe(ws)
		h.Publish(all[5:7])
		want(t, "after a gap", numbers(s), row(3, 10))
		h.Publish(all[2:9])
		h.Publish(all[5:7])
		want(t, "the same again", numbers(s), nil)
		s.Cancel()
		s.Cancel() // twice is no harm
	})
}

// One subscriber that does not read is dropped; the others and the company's work go on.
func TestASlowSubscriberIsDroppedAndResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := ledger(1000)
		h := &live.Hub{Ledger: all}
		h.Publish(all[:1])
		slow, quick := h.Subscribe(ws), h.Subscribe(ws)
		var got []int64
		for i := 1; i < len(all); i += 50 {
			h.Publish(all[i:min(i+50, len(all))])
			got = append(got, numbers(quick)...)
		}
		want(t, "the quick one", got, row(2, 1000))
		var had []int64
		for n := range slow.C { // it ends: the channel was closed
			had = append(had, n.Seq)
		}
		if len(had) == 0 || len(had) > 300 {
			t.Fatalf("the slow one was given %d events", len(had))
		}
		want(t, "what it was given", had, row(2, int64(len(had)+1)))
		rest, err := all.EventsAfter(t.Context(), ws, had[len(had)-1], 10000)
		if err != nil || len(had)+len(rest) != 999 {
			t.Errorf("%d given and %d to be read, %v", len(had), len(rest), err)
		}
		slow.Cancel()
		quick.Cancel()
	})
}

// Passing words have no number, reach who listens, and leave no trace in the order of events.
func TestPassingWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := ledger(3)
		h := &live.Hub{Ledger: all}
		h.Publish(all[:1])
		s, other := h.Subscribe(ws), h.Subscribe("another company")
		h.Say(ws, "c1", "typing", "Ola")
		h.Publish(all[1:2])
		synctest.Wait()
		n := <-s.C
		if n.Passing != "typing" || n.Conversation != "c1" || n.Body != "Ola" || n.Seq != 0 {
			t.Errorf("%+v", n)
		}
		want(t, "then the event", numbers(s), row(2, 2))
		want(t, "another company", numbers(other), nil)
		s.Cancel()
		other.Cancel()
		h.Say(ws, "c1", "typing", "Ola") // to nobody
	})
}

// reader follows a workspace as a browser's stream does: it listens, reads what it has not seen from
// the ledger, then takes what it hears, leaving out what it has seen.
type reader struct {
	h    *live.Hub
	db   *store.DB
	seen []int64
	last int64
}

func (r *reader) follow(t *testing.T, upto int64, most int) {
	s := r.h.Subscribe(ws)
	defer s.Cancel()
	for {
		page, err := r.db.EventsAfter(t.Context(), ws, r.last, 100)
		if err != nil {
			t.Error(err)
			return
		}
		for _, e := range page {
			r.take(e.Seq)
		}
		if len(page) < 100 {
			break
		}
	}
	for range most {
		if r.last >= upto {
			return
		}
		n, open := <-s.C
		if !open {
			return
		}
		if n.Seq > r.last {
			r.take(n.Seq)
		}
	}
}

func (r *reader) take(seq int64) {
	r.seen = append(r.seen, seq)
	r.last = seq
}

// Streams that are cut again and again while many write see every event once, in order.
func TestStreamsResumeWithoutAGapOrARepeat(t *testing.T) {
	const writers, each = 6, 50
	world.Each(t, func(t *testing.T, engine string) {
		h := &live.Hub{}
		db, err := store.Open(t.Context(), world.Database(t, engine), store.Options{Publish: h.Publish, Fast: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		h.Ledger = db
		if err := db.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "House"}) }); err != nil {
			t.Fatal(err)
		}
		first, err := db.LastEvent(t.Context(), ws)
		if err != nil {
			t.Fatal(err)
		}
		last := first + writers*each
		readers := make([]*reader, 4)
		var reading, writing sync.WaitGroup
		for i := range readers {
			readers[i] = &reader{h: h, db: db, last: first}
			reading.Go(func() {
				for readers[i].last < last {
					readers[i].follow(t, last, 1+i*7)
				}
			})
		}
		for range writers {
			writing.Go(func() {
				for range each {
					err := db.Write(t.Context(), ws, func(tx *store.Tx) error {
						tx.Emit(tandem.Event{Kind: tandem.NoteAdded})
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		writing.Wait()
		reading.Wait()
		for i, r := range readers {
			want(t, fmt.Sprintf("reader %d", i), r.seen, row(first+1, last))
		}
	})
}
