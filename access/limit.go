package access

import (
	"sync"
	"time"

	"tandem"
)

// Limiter bounds how often something may happen per key: Burst at once, refilled evenly over Per.
// The zero Limiter allows nothing. It may be used by many goroutines.
type Limiter struct {
	Burst int
	Per   time.Duration // in which a spent Burst comes back whole

	mu   sync.Mutex
	keys map[string]bucket
}

type bucket struct {
	spent float64
	at    time.Time
}

// mostKeys bounds the memory that somebody who invents keys can take; beyond it, full ones are
// forgotten first.
const mostKeys = 20_000

// Take spends one for a key. Limited, code rate_limited: the key has spent its burst.
func (l *Limiter) Take(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.now(key, now)
	if b.spent+1 > float64(l.Burst) {
		return tandem.Coded(tandem.Limited, "rate_limited", "too often; wait a little")
	}
	b.spent++
	if l.keys == nil {
		l.keys = map[string]bucket{}
	}
	if len(l.keys) >= mostKeys {
		l.forget(now)
	}
	l.keys[key] = b
	return nil
}

// now returns a key's bucket as it has refilled.
func (l *Limiter) now(key string, now time.Time) bucket {
	b := l.keys[key]
	if l.Per > 0 {
		b.spent = max(0, b.spent-now.Sub(b.at).Seconds()*float64(l.Burst)/l.Per.Seconds())
	}
	b.at = now
	return b
}

func (l *Limiter) forget(now time.Time) {
	for k := range l.keys {
		if l.now(k, now).spent == 0 || len(l.keys) >= mostKeys {
			delete(l.keys, k)
		}
	}
}

// Refund gives back one that was taken: it was none of those that are to be limited.
func (l *Limiter) Refund(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.keys[key]; ok {
		b.spent = max(0, b.spent-1)
		l.keys[key] = b
	}
}

// Clear gives a key its whole burst back: the right password was given.
func (l *Limiter) Clear(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.keys, key)
}
