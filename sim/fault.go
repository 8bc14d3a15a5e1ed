package sim

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Mode is how a simulated service misbehaves.
type Mode string

// The modes of a fault. "After send" means that the call has had its effect although the caller cannot know it.
const (
	OK               Mode = "ok"
	Down             Mode = "down"               // answers 503, nothing is done
	Slow             Mode = "slow"               // answers rightly, but only after SlowBy
	RateLimited      Mode = "rate_limited"       // answers the platform's own "too many calls"
	TimeoutAfterSend Mode = "timeout_after_send" // does it, then never answers
	ErrorAfterSend   Mode = "error_after_send"   // does it, then answers 500
	Garbage          Mode = "garbage"            // a language model only: answers, and adds what nobody said
	Transient        Mode = "transient"          // answers the platform's "please try again", nothing is done
	Unwanted         Mode = "unwanted"           // Meta only: the people there have blocked the company, messages to them are refused
	TokenExpired     Mode = "token_expired"      // Meta only: every call is refused until somebody authorises the app again
)

// Faults holds the present misbehaviour of one service. The zero value works and has none. Safe for many goroutines.
type Faults struct {
	mu    sync.Mutex
	mode  Mode
	knows []Mode // those of its own, besides the modes that every service has
	until time.Time
	// SlowBy is how long a call takes in mode slow; zero means 10 s, which is longer than any bot may think.
	// Set it before use.
	SlowBy time.Duration
}

// Set makes the service misbehave for d (zero: until it is set again). An unknown mode is an error.
func (f *Faults) Set(mode Mode, d time.Duration) error {
	switch mode {
	case OK, Down, Slow, RateLimited, TimeoutAfterSend, ErrorAfterSend, Transient:
	case Garbage, Unwanted, TokenExpired:
		if !slices.Contains(f.knows, mode) {
			return fmt.Errorf("this target has no fault mode %q", string(mode))
		}
	default:
		return fmt.Errorf("unknown fault mode %q", string(mode))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mode, f.until = mode, time.Time{}
	if d > 0 {
		f.until = time.Now().Add(d)
	}
	return nil
}

// Now tells the mode in force at this moment.
func (f *Faults) Now() Mode {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mode == "" || !f.until.IsZero() && !time.Now().Before(f.until) {
		return OK
	}
	return f.mode
}

// left is how long the present fault goes on, one minute where it has no end.
func (f *Faults) left() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.until.IsZero() {
		return time.Minute
	}
	return max(0, time.Until(f.until))
}

// crash is what a service answers in the modes in which it does answer wrongly.
type crash struct {
	down, limited, transient, failed func(http.ResponseWriter)
	expired                          func(http.ResponseWriter) // of those who know TokenExpired
}

// serve runs next under the present fault.
func (f *Faults) serve(w http.ResponseWriter, r *http.Request, c crash, next http.HandlerFunc) {
	switch f.Now() {
	case Down:
		c.down(w)
	case RateLimited:
		c.limited(w)
	case Transient:
		c.transient(w)
	case TokenExpired:
		c.expired(w)
	case Slow:
		by := f.SlowBy
		if by == 0 {
			by = 10 * time.Second
		}
		if pause(r, by) {
			next(w, r)
		}
	case TimeoutAfterSend:
		next(&memory{header: http.Header{}}, r)
		// Longer than any sensible client waits; then the line breaks, as a proxy in between would do it.
		pause(r, 2*time.Minute)
		panic(http.ErrAbortHandler)
	case ErrorAfterSend:
		next(&memory{header: http.Header{}}, r)
		c.failed(w)
	default:
		next(w, r)
	}
}

// pause waits for d; false when the caller went away first.
func pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
