package sim

import (
	"sync"
	"time"
)

// alarms are the timers and goroutines of one simulator, so that closing it leaves nothing behind in a bubble.
type alarms struct {
	mu     sync.Mutex
	timers map[*time.Timer]bool
	work   sync.WaitGroup
	closed bool
}

// after runs f in its own goroutine once d has passed, unless closed before.
func (a *alarms) after(d time.Duration, f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	if a.timers == nil {
		a.timers = map[*time.Timer]bool{}
	}
	var t *time.Timer
	t = time.AfterFunc(d, func() {
		a.mu.Lock()
		live := a.timers[t] && !a.closed
		delete(a.timers, t)
		if live {
			a.work.Add(1)
		}
		a.mu.Unlock()
		if live {
			defer a.work.Done()
			f()
		}
	})
	a.timers[t] = true
}

// start runs f in its own goroutine, unless closed.
func (a *alarms) start(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.closed {
		a.work.Go(f)
	}
}

// close stops what has not begun and waits for what has.
func (a *alarms) close() {
	a.mu.Lock()
	a.closed = true
	for t := range a.timers {
		t.Stop()
	}
	a.timers = nil
	a.mu.Unlock()
	a.work.Wait()
}
