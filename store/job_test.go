package store_test

import (
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

func (b *bench) owe(t *testing.T, jobs ...store.Job) {
	t.Helper()
	b.must(t, func(tx *store.Tx) error {
		for _, j := range jobs {
			if err := tx.Enqueue(j); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) claim(t *testing.T, lease time.Duration) []store.Job {
	t.Helper()
	jobs, err := b.ClaimJobs(t.Context(), lease, 100)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

func TestJobsOfAQueueGoOneByOne(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.owe(t, store.Job{Kind: "a", Arg: "1", Queue: "q"}, store.Job{Kind: "a", Arg: "2", Queue: "q"}, store.Job{Kind: "a", Arg: "free"})
		first := b.claim(t, time.Minute)
		if len(first) != 2 {
			t.Fatalf("claimed %d, want the head of the queue and the free one", len(first))
		}
		if again := b.claim(t, time.Minute); len(again) != 0 {
			t.Fatalf("claimed %d while they are under way", len(again))
		}
		for _, j := range first {
			b.must(t, func(tx *store.Tx) error { return tx.Finish(j) })
		}
		if next := b.claim(t, time.Minute); len(next) != 1 || next[0].Arg != "2" {
			t.Fatalf("then %+v", next)
		}
	})
}

func TestALostLeaseCannotFinish(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.owe(t, store.Job{Kind: "a", Arg: "1"})
		old := b.claim(t, -time.Second) // it ran out already
		now := b.claim(t, time.Minute)
		if len(old) != 1 || len(now) != 1 || now[0].Fence <= old[0].Fence {
			t.Fatalf("%+v then %+v", old, now)
		}
		err := b.Write(t.Context(), ws, func(tx *store.Tx) error {
			tx.Emit(tandem.Event{Kind: tandem.NoteAdded, Code: "by the dead"})
			return tx.Finish(old[0])
		})
		if tandem.CodeOf(err) != "lost_lease" {
			t.Errorf("the worker that lost its lease: %v", err)
		}
		b.must(t, func(tx *store.Tx) error { return tx.Finish(now[0]) })
	})
}

func TestAJobOfOneNameWaitsOnceAndTheEarlierTimeWins(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		soon := time.Now().Add(time.Hour)
		b.owe(t, store.Job{Kind: "turn", Arg: "c", Once: "turn:c", RunAt: soon}, store.Job{Kind: "turn", Arg: "c", Once: "turn:c", RunAt: soon.Add(time.Hour)})
		if n, _ := b.Jobs(t.Context(), ws, "turn"); n != 1 {
			t.Errorf("%d wait", n)
		}
		if at, ok, err := b.NextDue(t.Context()); err != nil || !ok || at.Sub(soon).Abs() > time.Millisecond {
			t.Errorf("due %v %v %v", at, ok, err)
		}
		b.owe(t, store.Job{Kind: "turn", Arg: "c", Once: "turn:c"})
		got := b.claim(t, time.Minute)
		if len(got) != 1 {
			t.Fatalf("claimed %d", len(got))
		}
		b.owe(t, store.Job{Kind: "turn", Arg: "c", Once: "turn:c"}) // while one runs, another may wait
		if n, _ := b.Jobs(t.Context(), ws, "turn"); n != 2 {
			t.Errorf("%d, want the running one and a waiting one", n)
		}
	})
}

func TestManyWorkersClaimEachJobOnce(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for range 40 {
			b.owe(t, store.Job{Kind: "a"})
		}
		var mu sync.Mutex
		seen := map[tandem.JobID]int{}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for {
					jobs, err := b.ClaimJobs(t.Context(), time.Minute, 3)
					if err != nil || len(jobs) == 0 {
						return
					}
					mu.Lock()
					if len(jobs) > 3 {
						t.Errorf("%d jobs were claimed where three were asked for", len(jobs))
					}
					for _, j := range jobs {
						seen[j.ID]++
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for id, n := range seen {
			if n != 1 {
				t.Errorf("job %s was claimed %d times", id, n)
			}
		}
		if len(seen) == 0 {
			t.Error("nobody claimed anything")
		}
	})
}

func TestADeadJobIsSeenAndRevived(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.owe(t, store.Job{Kind: "a", Queue: "q"}, store.Job{Kind: "b", Queue: "q"})
		j := b.claim(t, time.Minute)[0]
		b.must(t, func(tx *store.Tx) error { return tx.Bury(j, "invalid") })
		if next := b.claim(t, time.Minute); len(next) != 1 || next[0].Kind != "b" {
			t.Errorf("a dead job holds up its queue: %+v", next)
		}
		dead, err := b.DeadJobs(t.Context(), ws)
		if err != nil || len(dead) != 1 || dead[0].Problem != "invalid" {
			t.Fatalf("dead: %+v, %v", dead, err)
		}
		b.must(t, func(tx *store.Tx) error { return tx.Revive(dead[0].ID) })
		if again := b.claim(t, time.Minute); len(again) != 1 || again[0].ID != j.ID {
			t.Errorf("revived: %+v", again)
		}
	})
}
