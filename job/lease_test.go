package job_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/job"
	"tandem/store"
)

// What a worker that died had claimed is done by another when the lease has run out, and the dead one
// can no longer finish it.
func TestALeaseIsTakenOverAfterACrash(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Lease = 30 * time.Second
		owe(b, b.DB, store.Job{Kind: "a", Arg: "x", Queue: "q"}, store.Job{Kind: "a", Arg: "behind it", Queue: "q"})
		held, err := b.ClaimJobs(bg, 30*time.Second, 10)
		if err != nil || len(held) != 1 {
			b.t.Fatalf("%d claimed, %v", len(held), err)
		}
		b.run(map[string]job.Do{"a": b.noted})
		time.Sleep(29 * time.Second)
		b.done()
		time.Sleep(31 * time.Second)
		b.done("x 30s", "behind it 30s")
		err = b.Write(bg, ws, func(tx *store.Tx) error { return tx.Finish(held[0]) })
		if tandem.CodeOf(err) != "lost_lease" {
			b.t.Errorf("the dead worker finishes: %v", err)
		}
	})
}

// A worker that was slower than its lease changes nothing when it comes to its end.
func TestALateWorkerLosesItsJob(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Lease = 30 * time.Second
		n := 0
		b.run(map[string]job.Do{"a": func(ctx context.Context, j store.Job) error {
			b.mu.Lock()
			n++
			first := n == 1
			b.mu.Unlock()
			if first {
				<-ctx.Done()
				b.note("gave up")
				time.Sleep(10 * time.Second) // and it does not even obey that
				return tandem.Coded(tandem.Transient, "slow", "x")
			}
			b.note("done by another, fence %d", j.Fence)
			return nil
		}})
		owe(b, b.DB, store.Job{Kind: "a"})
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(b.log) != 2 || b.log[0] != "gave up 27s" || n != 2 { // a little before its lease ends
			b.t.Errorf("%d times: %v", n, b.log)
		}
		if dead, _ := b.DeadJobs(bg, ws); len(dead) != 0 {
			b.t.Errorf("%d are dead", len(dead))
		}
	})
}

// A stop takes nothing new and finishes what is under way: it is not cut off in the middle.
func TestAStopFinishesWhatIsUnderWay(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Workers = 1
		b.run(map[string]job.Do{"a": func(ctx context.Context, j store.Job) error {
			b.note("%s begins", j.Arg)
			select {
			case <-ctx.Done():
				b.note("%s is cut off", j.Arg)
				return ctx.Err()
			case <-time.After(5 * time.Second):
			}
			b.note("%s ends", j.Arg)
			return nil
		}})
		owe(b, b.DB, store.Job{Kind: "a", Arg: "one"}, store.Job{Kind: "a", Arg: "two"})
		time.Sleep(time.Second)
		b.stop()
		<-b.ended
		b.done("one begins 0s", "one ends 5s")
		if n, err := b.Jobs(bg, ws, ""); err != nil || n != 1 {
			b.t.Errorf("%d are left, want the one that was not begun; %v", n, err)
		}
	})
}

// What does not come to its end in time is cut off, so that the program stops; it is owed still.
func TestAStopDoesNotWaitForEver(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Lease = time.Hour
		b.run(map[string]job.Do{"a": func(ctx context.Context, j store.Job) error {
			<-ctx.Done()
			b.note("cut off")
			return ctx.Err()
		}})
		owe(b, b.DB, store.Job{Kind: "a"})
		time.Sleep(time.Second)
		b.stop()
		<-b.ended
		b.done("cut off 8s")
		if n, _ := b.Jobs(bg, ws, ""); n != 1 {
			b.t.Errorf("%d are left", n)
		}
	})
}

// A job that is due at once goes to a free slot with the commit that adds it; one that has somebody
// before it in its queue, or for which there is no slot, waits its turn, and nothing is kept of what
// was not stored.
func TestADueJobGoesToAFreeSlot(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Workers = 2
		hold := make(chan struct{})
		b.run(map[string]job.Do{"a": b.noted, "slow": func(ctx context.Context, j store.Job) error {
			<-hold
			return b.noted(ctx, j)
		}})
		failed := b.Write(bg, ws, func(tx *store.Tx) error {
			for range 5 {
				if err := tx.Enqueue(store.Job{Kind: "slow", Arg: "never"}); err != nil {
					return err
				}
			}
			return errors.New("no")
		})
		if failed == nil {
			b.t.Fatal("stored")
		}
		owe(b, b.DB, store.Job{Kind: "slow", Arg: "1", Queue: "q"}, store.Job{Kind: "a", Arg: "2", Queue: "q"}, store.Job{Kind: "a", Arg: "3"})
		b.done("3 0s") // the slots of what was not stored are free, and the queue's second waits
		owe(b, b.DB, store.Job{Kind: "slow", Arg: "4"}, store.Job{Kind: "a", Arg: "5"})
		b.done() // both slots are taken
		close(hold)
		synctest.Wait()
		time.Sleep(time.Second)
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.log) != 4 || slices.Index(b.log, "1 0s") > slices.Index(b.log, "2 0s") {
			b.t.Errorf("done: %v", b.log)
		}
	})
}

// What was handed out is leased like what was claimed: after a crash another does it, and the fence
// keeps the first from finishing it.
func TestAHandedOutJobIsLeased(t *testing.T) {
	each(t, func(b *bench) {
		hold := make(chan struct{})
		b.run(map[string]job.Do{"a": func(context.Context, store.Job) error { <-hold; return nil }})
		owe(b, b.DB, store.Job{Kind: "a", Once: "once"})
		synctest.Wait()                                                                             // where nodes share a store it is claimed
		owe(b, b.DB, store.Job{Kind: "a", Arg: "again", Once: "once", RunAt: start.Add(time.Hour)}) // the first is no longer waiting
		if jobs, err := b.ClaimJobs(bg, time.Minute, 10); err != nil || len(jobs) != 0 {
			b.t.Fatalf("%v, %v", jobs, err)
		}
		time.Sleep(31 * time.Second)
		n, err := b.Jobs(bg, ws, "a")
		if err != nil || n != 2 {
			b.t.Errorf("%d jobs, %v", n, err)
		}
		close(hold)
		time.Sleep(2 * time.Hour)
		if n, err := b.Jobs(bg, ws, "a"); err != nil || n != 0 {
			b.t.Errorf("%d are left, %v", n, err)
		}
	})
}

// A kind of job that takes long has a lease of its own: nobody takes it over in the middle, and it is
// not cut off when others would be.
func TestALongJobHasALongLease(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Leases = map[string]time.Duration{"long": 10 * time.Minute, "short": time.Second}
		slow := func(ctx context.Context, j store.Job) error {
			select {
			case <-ctx.Done():
				b.note("%s is cut off", j.Kind)
				return ctx.Err()
			case <-time.After(2 * time.Minute):
			}
			b.note("%s ends at try %d", j.Kind, j.Tries)
			return nil
		}
		b.run(map[string]job.Do{"long": slow, "short": slow, "a": b.noted})
		owe(b, b.DB, store.Job{Kind: "long"})
		time.Sleep(time.Minute)
		if jobs, err := b.ClaimJobs(bg, time.Minute, 10); err != nil || len(jobs) != 0 {
			b.t.Errorf("another takes %v, %v", jobs, err)
		}
		time.Sleep(90 * time.Second)
		b.done("long ends at try 1 2m0s")
		owe(b, b.DB, store.Job{Kind: "short"}) // a lease is never shorter than everybody's
		time.Sleep(31 * time.Second)
		b.done("short is cut off 2m57s")
	})
}

// A lease begins when a job is claimed. One that waited for a slot has what is left of it: its work is cut off
// before others may begin it, and where they may already it does not begin at all.
func TestAJobThatWaitedForASlotKeepsToItsLease(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Lease = 10 * time.Second
		b.run(map[string]job.Do{"slow": func(ctx context.Context, j store.Job) error {
			<-ctx.Done()
			b.note("%s was cut off", j.Arg)
			return job.Later{At: time.Now().Add(time.Hour), Why: "cut_off"}
		}})
		other := b.open(nil)
		defer other.Close()
		wait := func(arg string, d time.Duration) {
			owe(b, other, store.Job{Kind: "slow", Arg: arg})
			claimed, err := other.ClaimJobs(bg, 10*time.Second, 1)
			if err != nil || len(claimed) != 1 {
				t.Fatal(claimed, err)
			}
			time.Sleep(d)
			if _, free := b.r.Take(); !free {
				t.Fatal("no slot is free")
			}
			b.r.Start(claimed[0])
			time.Sleep(time.Minute)
		}
		wait("early", 4*time.Second)
		b.done("early was cut off 9s")
		wait("late", 11*time.Second)
		b.done()
	})
}
