// Package job carries out what is owed: durable jobs, one after the other within a queue, leased
// with a fence, tried again with back-off, buried in sight when hopeless. It never decides what a
// job means.
//
// There is no polling: a commit that adds a job for now hands it to a free slot or wakes the runner,
// and a timer wakes it for the next due time. Where many nodes share a store, each also looks every Patrol, because it does not hear
// of the others' commits.
package job

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"tandem"
	"tandem/store"
)

// Do carries out one job. It finishes the job in its own transaction with Tx.Finish; a nil error
// with the job unfinished makes the runner finish it. A Later error puts it off without counting as
// a failure.
type Do func(ctx context.Context, j store.Job) error

// Later puts a job off until a moment.
type Later struct {
	At     time.Time
	Why    string
	Failed bool // it was tried in vain: the next back-off is longer
}

// Error tells why.
func (l Later) Error() string { return "later: " + l.Why }

// Runner carries out the jobs of a store.
type Runner struct {
	DB      *store.DB
	Do      map[string]Do
	Workers int                      // at the same time; 0 means 64
	Lease   time.Duration            // how long a job may take before another takes it over; 0 means 30 s
	Leases  map[string]time.Duration // of kinds of jobs that may take longer
	Patrol  time.Duration            // how often to look without being woken; 0 means never
	Tries   int                      // after so many a job is buried; 0 means 12
	Grace   time.Duration            // how long jobs under way may go on when ctx has ended; 0 means 7 s
	Buried  func(ctx context.Context, j store.Job)

	once  sync.Once
	wake  chan time.Time
	slots chan struct{} // one for each job under way or promised to one
	full  atomic.Bool   // a slot that is freed wakes the runner
	late  atomic.Bool   // jobs are waiting for a slot: they come first

	mu   sync.Mutex
	open bool            // it runs: slots are given away
	work context.Context // of the jobs
	busy sync.WaitGroup
}

func (r *Runner) init() {
	r.once.Do(func() {
		r.wake = make(chan time.Time, 1)
		if r.Workers == 0 {
			r.Workers = 64
		}
		if r.Lease == 0 {
			r.Lease = 30 * time.Second
		}
		if r.Tries == 0 {
			r.Tries = 12
		}
		if r.Grace == 0 {
			r.Grace = 7 * time.Second
		}
		r.slots = make(chan struct{}, r.Workers)
	})
}

// Wake tells that a job is due at a moment. It never blocks.
func (r *Runner) Wake(at time.Time) {
	r.init()
	for {
		select {
		case r.wake <- at:
			return
		case was := <-r.wake: // keep the earlier of the two
			if was.Before(at) {
				at = was
			}
		}
	}
}

// Take keeps a slot for a job that is due at once, so that the commit which adds it leases it too
// and nobody has to claim it. It returns the length of the lease, and false where no slot is free.
func (r *Runner) Take() (time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.open || r.late.Load() {
		return 0, false
	}
	select {
	case r.slots <- struct{}{}:
		r.busy.Add(1)
		return r.Lease, true
	default:
		r.late.Store(true)
		return 0, false
	}
}

// Drop gives a slot back whose job was not stored.
func (r *Runner) Drop() {
	<-r.slots
	r.busy.Done()
}

// Start carries out a job that was leased for a slot that Take kept.
func (r *Runner) Start(j store.Job) {
	r.mu.Lock()
	work := r.work
	r.mu.Unlock()
	go func() {
		defer r.busy.Done()
		r.carryOut(work, j)
		<-r.slots
		if r.full.Swap(false) {
			r.Wake(time.Now())
		}
	}()
}

// Run carries out jobs until ctx ends, then lets those under way finish: a message that is on its
// way to a platform is not cut off, because nobody would know whether it arrived.
func (r *Runner) Run(ctx context.Context) {
	r.init()
	work, halt := context.WithCancel(context.WithoutCancel(ctx))
	r.mu.Lock()
	r.open, r.work = true, work
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.open = false
		r.mu.Unlock()
		late := time.AfterFunc(r.Grace, halt)
		r.busy.Wait()
		late.Stop()
		halt()
	}()
	timer := time.NewTimer(0)
	defer timer.Stop()
	next := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case at := <-r.wake:
			if at.After(time.Now()) {
				if next.IsZero() || at.Before(next) {
					next = at
					timer.Reset(time.Until(at))
				}
				continue
			}
		case <-timer.C:
		}
		next = r.round(ctx)
		if next.IsZero() {
			timer.Stop()
		} else {
			timer.Reset(max(0, time.Until(next)))
		}
	}
}

// round claims what is due, starts it, and returns when to look again, zero for not before a wake.
func (r *Runner) round(ctx context.Context) time.Time {
	r.full.Store(true) // before counting: a slot that is freed from here on wakes us
	free := r.Workers - len(r.slots)
	if free <= 0 {
		return time.Time{}
	}
	jobs, err := r.DB.ClaimJobs(ctx, r.Lease, free)
	if err != nil {
		if ctx.Err() == nil {
			slog.Error("jobs cannot be claimed", "err", err)
		}
		return time.Now().Add(time.Second)
	}
	for _, j := range jobs {
		r.slots <- struct{}{} // others may have been quicker: then a moment later
		r.busy.Add(1)
		r.Start(j)
	}
	if len(jobs) == free {
		r.late.Store(true)
		return time.Now() // there may be more
	}
	r.full.Store(false)
	r.late.Store(false)
	at, ok, err := r.DB.NextDue(ctx)
	if err != nil || !ok {
		at = time.Time{}
	}
	if now := time.Now(); ok && at.Before(now) {
		at = now.Add(5 * time.Millisecond) // its queue is busy, or it came in just now
	}
	if r.Patrol > 0 {
		if p := time.Now().Add(r.Patrol); at.IsZero() || p.Before(at) {
			at = p
		}
	}
	return at
}

// carryOut does one job and sees to it that it ends finished, put off or buried.
func (r *Runner) carryOut(ctx context.Context, j store.Job) {
	do, known := r.Do[j.Kind]
	var err error
	if !known {
		err = tandem.Errorf(tandem.Invalid, "no such kind of job")
	} else {
		err = r.within(ctx, j, do)
	}
	settle := context.WithoutCancel(ctx) // what was done is recorded even while stopping
	switch later, put := errors.AsType[Later](err); {
	case err == nil:
		err = r.DB.Write(settle, j.Workspace, func(tx *store.Tx) error { return tx.Finish(j) })
	case put:
		if !later.Failed {
			j.Tries-- // waiting is no failure
		}
		err = r.DB.Write(settle, j.Workspace, func(tx *store.Tx) error { return tx.PutOff(j, later.At, later.Why) })
	default:
		r.failed(settle, j, err)
		return
	}
	if err != nil && tandem.CodeOf(err) != "lost_lease" {
		slog.Error("a job's end cannot be recorded", "job", j.ID, "kind", j.Kind, "err", err)
	}
}

// within carries out a job in the time that its kind has, counted from its lease: one that waited for a
// slot has less, and where others may have it already it is theirs. A longer lease is written down before
// it begins, or others would take the job over in the middle. Its time ends a little before its lease: a
// call that still hangs is cut off first, so that what it was sending cannot arrive after what the next
// one sends.
func (r *Runner) within(ctx context.Context, j store.Job, do Do) error {
	lease := r.Lease
	if long := r.Leases[j.Kind]; long > lease {
		lease, j.Until = long, time.Now().Add(long)
		if err := r.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error { return tx.Extend(j, j.Until) }); err != nil {
			return err
		}
	}
	end := j.Until.Add(Within(lease) - lease)
	if !time.Now().Before(end) {
		return tandem.Coded(tandem.Conflict, "lost_lease", "job %s waited for longer than its lease", j.ID)
	}
	work, cancel := context.WithDeadline(ctx, end)
	defer cancel()
	return do(work, j)
}

// Within is how long the work of a job may take that is leased for a while: a tenth of it is left
// for what is recorded, and for clocks that differ.
func Within(lease time.Duration) time.Duration { return lease - lease/10 }

// failed puts a failed job off, longer each time, or buries it.
func (r *Runner) failed(ctx context.Context, j store.Job, cause error) {
	kind, code := tandem.KindOf(cause), tandem.CodeOf(cause)
	if code == "lost_lease" || code == "finished" {
		return
	}
	hopeless := kind == tandem.Invalid || kind == tandem.Denied || kind == tandem.NotFound || j.Tries >= r.Tries
	slog.Warn("a job failed", "job", j.ID, "kind", j.Kind, "try", j.Tries, "code", code, "buried", hopeless, "err", cause)
	err := r.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if hopeless {
			return tx.Bury(j, code)
		}
		return tx.PutOff(j, time.Now().Add(Backoff(j.Tries)), code)
	})
	if err != nil {
		slog.Error("a failed job cannot be put off; its lease will run out", "job", j.ID, "err", err)
	}
	if hopeless && r.Buried != nil {
		r.Buried(ctx, j)
	}
}

// Backoff is how long to wait after the nth try: 1, 2, 4 ... seconds, at most five minutes.
func Backoff(tries int) time.Duration {
	return min(5*time.Minute, time.Second<<min(max(tries-1, 0), 9))
}

// Finished is what a Do returns that has finished its job within its own transaction.
var Finished = tandem.Coded(tandem.Conflict, "finished", "the job is finished")
