package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/job"
	"tandem/store"
	"tandem/stories/world"
)

const ws = tandem.WorkspaceID("w")

var (
	bg    = context.Background()
	start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
)

// bench is a store with a runner on it, in virtual time.
type bench struct {
	*store.DB
	t      *testing.T
	r      *job.Runner
	at     string // the database's address
	stop   context.CancelFunc
	ended  chan struct{}
	mu     sync.Mutex
	log    []string // what was done and when, counted from the start
	events []tandem.Event
}

// each runs a test in virtual time, once per engine.
func each(t *testing.T, run func(b *bench)) {
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(start.Sub(time.Now()))
			b := &bench{t: t, at: address, r: &job.Runner{}, ended: make(chan struct{})}
			b.DB = b.open(b.r)
			defer b.Close()
			b.must(func(tx *store.Tx) error {
				return tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "Sklep", Zone: "Europe/Warsaw", Lang: "pl"})
			})
			b.r.DB = b.DB
			defer func() {
				if b.stop != nil {
					b.stop()
					<-b.ended
				}
			}()
			run(b)
		})
	})
}

// open opens the database for a runner, or for somebody without one.
func (b *bench) open(r *job.Runner) *store.DB {
	o := store.Options{Fast: true}
	if r != nil {
		o.Wake, o.Hands = r.Wake, r
	}
	o.Publish = func(e []tandem.Event) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.events = append(b.events, e...)
	}
	db, err := store.Open(bg, b.at, o)
	if err != nil {
		b.t.Fatal(err)
	}
	return db
}

// run starts the runner with what its jobs do.
func (b *bench) run(do map[string]job.Do) {
	ctx, stop := context.WithCancel(bg)
	b.r.Do, b.stop = do, stop
	go func() {
		defer close(b.ended)
		b.r.Run(ctx)
	}()
	synctest.Wait()
}

func (b *bench) must(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.Write(bg, ws, do); err != nil {
		b.t.Fatal(err)
	}
}

func owe(b *bench, db *store.DB, jobs ...store.Job) {
	b.t.Helper()
	err := db.Write(bg, ws, func(tx *store.Tx) error {
		for _, j := range jobs {
			if err := tx.Enqueue(j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// note writes down what happened and when.
func (b *bench) note(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.log = append(b.log, fmt.Sprintf(format, args...)+" "+time.Since(start).Truncate(time.Millisecond).String())
}

// done compares what happened so far and forgets it.
func (b *bench) done(want ...string) {
	b.t.Helper()
	synctest.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.Equal(b.log, want) {
		b.t.Errorf("done: %s\nwant: %s", strings.Join(b.log, ", "), strings.Join(want, ", "))
	}
	b.log = nil
}

// noted carries out every job by writing it down.
func (b *bench) noted(_ context.Context, j store.Job) error {
	b.note("%s", j.Arg)
	return nil
}

func TestAJobIsDoneWhenItIsDue(t *testing.T) {
	each(t, func(b *bench) {
		b.run(map[string]job.Do{"a": b.noted})
		owe(b, b.DB, store.Job{Kind: "a", Arg: "now"})
		b.done("now 0s")
		owe(b, b.DB, store.Job{Kind: "a", Arg: "in an hour", RunAt: start.Add(time.Hour)}, store.Job{Kind: "a", Arg: "in a minute", RunAt: start.Add(time.Minute)})
		b.done()
		time.Sleep(2 * time.Hour)
		b.done("in a minute 1m0s", "in an hour 1h0m0s")
		if n, err := b.Jobs(bg, ws, ""); err != nil || n != 0 {
			b.t.Errorf("%d are left, %v", n, err)
		}
	})
}

func TestAnEarlierJobWakesEarlier(t *testing.T) {
	each(t, func(b *bench) {
		owe(b, b.DB, store.Job{Kind: "a", Arg: "late", RunAt: start.Add(24 * time.Hour)})
		b.run(map[string]job.Do{"a": b.noted})
		time.Sleep(time.Minute)
		owe(b, b.DB, store.Job{Kind: "a", Arg: "soon", RunAt: start.Add(2 * time.Minute)})
		owe(b, b.DB, store.Job{Kind: "a", Arg: "later", RunAt: start.Add(3 * time.Minute)})
		time.Sleep(time.Hour)
		b.done("soon 2m0s", "later 3m0s")
	})
}

// While nothing is due nobody asks: a job that comes in behind the runner's back, as another node
// would bring it, is found at the next known moment and not before.
func TestThereIsNoPolling(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Workers = 1 // one after the other, oldest first
		owe(b, b.DB, store.Job{Kind: "a", Arg: "known", RunAt: start.Add(24 * time.Hour)})
		b.run(map[string]job.Do{"a": b.noted})
		other := b.open(nil)
		defer other.Close()
		time.Sleep(time.Second)
		owe(b, other, store.Job{Kind: "a", Arg: "unheard"})
		time.Sleep(23 * time.Hour)
		b.done()
		time.Sleep(time.Hour)
		b.done("unheard 24h0m0s", "known 24h0m0s")
	})
}

// Where many nodes share a store each looks now and then, because it does not hear of the others.
func TestAPatrolFindsWhatOthersBrought(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Patrol = 10 * time.Second
		b.run(map[string]job.Do{"a": b.noted})
		other := b.open(nil)
		defer other.Close()
		time.Sleep(time.Second)
		owe(b, other, store.Job{Kind: "a", Arg: "unheard"})
		time.Sleep(time.Minute)
		b.done("unheard 10s")
	})
}

func TestAFailingJobIsTriedAgainEachTimeLater(t *testing.T) {
	each(t, func(b *bench) {
		b.run(map[string]job.Do{"a": func(_ context.Context, j store.Job) error {
			b.note("try %d", j.Tries)
			if j.Tries < 6 {
				return tandem.Coded(tandem.Transient, "down", "down")
			}
			return nil
		}})
		owe(b, b.DB, store.Job{Kind: "a"})
		time.Sleep(time.Hour)
		b.done("try 1 0s", "try 2 1s", "try 3 3s", "try 4 7s", "try 5 15s", "try 6 31s")
		if n, _ := b.Jobs(bg, ws, ""); n != 0 {
			b.t.Errorf("%d are left", n)
		}
	})
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 9: 256 * time.Second, 10: 5 * time.Minute, 1000: 5 * time.Minute} {
		if got := job.Backoff(n); got != want {
			t.Errorf("after try %d: %s, want %s", n, got, want)
		}
	}
}

// A job that cannot succeed, or never did, is buried in sight: it is announced and can be revived.
func TestHopelessJobsAreBuried(t *testing.T) {
	each(t, func(b *bench) {
		var buried []string
		b.r.Tries, b.r.Buried = 3, func(_ context.Context, j store.Job) {
			b.mu.Lock()
			defer b.mu.Unlock()
			buried = append(buried, j.Kind)
		}
		do := map[string]job.Do{"mended": b.noted}
		tries := map[string]int{}
		for kind, err := range map[string]error{
			"invalid": tandem.Coded(tandem.Invalid, "bad", "x"), "denied": tandem.Coded(tandem.Denied, "auth", "x"), "gone": tandem.Coded(tandem.NotFound, "not_found", "x"),
			"down": tandem.Coded(tandem.Transient, "down", "x"), "broken": errors.New("plain"),
		} {
			do[kind] = func(context.Context, store.Job) error {
				b.mu.Lock()
				tries[kind]++
				b.mu.Unlock()
				return err
			}
		}
		b.run(do)
		for _, kind := range []string{"invalid", "denied", "gone", "down", "broken", "unknown"} {
			owe(b, b.DB, store.Job{Kind: kind})
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		dead, err := b.DeadJobs(bg, ws)
		if err != nil || len(dead) != 6 || len(buried) != 6 {
			b.t.Fatalf("%d dead, %d told, %v", len(dead), len(buried), err)
		}
		for kind, want := range map[string]int{"invalid": 1, "denied": 1, "gone": 1, "down": 3, "broken": 3} {
			if tries[kind] != want {
				b.t.Errorf("%s was tried %d times, want %d", kind, tries[kind], want)
			}
		}
		for _, d := range dead {
			want := map[string]string{"invalid": "bad", "denied": "auth", "gone": "not_found", "down": "down", "broken": "internal", "unknown": "invalid"}[d.Kind]
			if d.Problem != want {
				b.t.Errorf("%s died of %q, want %q", d.Kind, d.Problem, want)
			}
		}
		told := 0
		for _, e := range b.events {
			if e.Kind == tandem.JobDead {
				told++
			}
		}
		if told != 6 {
			b.t.Errorf("%d deaths are in the ledger", told)
		}
		b.must(func(tx *store.Tx) error { return tx.Revive(dead[0].ID) })
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(buried) != 7 {
			b.t.Errorf("the revived one was not tried again")
		}
	})
}

// Waiting for a platform is no failure: a job that was put off many times has all its tries left, and
// one that was put off because it failed waits longer each time.
func TestLaterIsNoFailure(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Tries = 3
		n := 0
		b.run(map[string]job.Do{
			"wait": func(_ context.Context, j store.Job) error {
				if n++; n <= 20 {
					return job.Later{At: time.Now().Add(15 * time.Minute), Why: "account_broken"}
				}
				b.note("try %d", j.Tries)
				if n <= 22 {
					return tandem.Coded(tandem.Transient, "down", "x")
				}
				return nil
			},
			"send": func(_ context.Context, j store.Job) error {
				if j.Tries == 5 {
					return nil
				}
				b.note("%d", j.Tries)
				return fmt.Errorf("send: %w", job.Later{At: time.Now().Add(job.Backoff(j.Tries)), Why: "down", Failed: true})
			},
		})
		owe(b, b.DB, store.Job{Kind: "wait"})
		time.Sleep(6 * time.Hour)
		b.done("try 1 5h0m0s", "try 2 5h0m1s", "try 3 5h0m3s")
		owe(b, b.DB, store.Job{Kind: "send"})
		time.Sleep(time.Hour)
		b.done("1 6h0m0s", "2 6h0m1s", "3 6h0m3s", "4 6h0m7s")
		if dead, err := b.DeadJobs(bg, ws); err != nil || len(dead) != 0 {
			b.t.Errorf("%d are dead, %v", len(dead), err)
		}
	})
}

// A job that finishes itself within its own transaction is finished with what it did, or not at all.
func TestAJobThatFinishesItself(t *testing.T) {
	each(t, func(b *bench) {
		b.run(map[string]job.Do{"a": func(_ context.Context, j store.Job) error {
			err := b.Write(bg, ws, func(tx *store.Tx) error {
				tx.Emit(tandem.Event{Kind: tandem.NoteAdded, Code: j.Arg})
				if err := tx.Finish(j); err != nil {
					return err
				}
				if j.Tries == 1 {
					return tandem.Coded(tandem.Transient, "down", "x")
				}
				return nil
			})
			if err != nil {
				return err
			}
			b.note("%s", j.Arg)
			return job.Finished
		}})
		owe(b, b.DB, store.Job{Kind: "a", Arg: "x"})
		time.Sleep(time.Hour)
		b.done("x 1s")
		if n, _ := b.Jobs(bg, ws, ""); n != 0 {
			b.t.Errorf("%d are left", n)
		}
		notes := 0
		for _, e := range b.events {
			if e.Kind == tandem.NoteAdded {
				notes++
			}
		}
		if notes != 1 {
			b.t.Errorf("what it did was stored %d times", notes)
		}
	})
}
