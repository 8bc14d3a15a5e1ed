package app

import (
	"time"

	"tandem"
	"tandem/channel"
)

// window is how long after a customer's message a kind of channel takes free text, and a named
// person's. What is said in public has no window.
func window(kind string, s tandem.Surface) (free, human time.Duration) {
	k, ok := channel.Find(kind)
	if !ok || s.Public() {
		return 0, 0
	}
	return k.Window, k.HumanWindow
}

// windowEnds is until when the platform takes free-form answers; nil where it sets no limit.
func windowEnds(kind string, s tandem.Surface, from time.Time) *time.Time {
	free, _ := window(kind, s)
	return endOf(free, from)
}

// humanEnds is until when the platform lets a named person answer.
func humanEnds(kind string, s tandem.Surface, from time.Time) *time.Time {
	_, human := window(kind, s)
	return endOf(human, from)
}

func endOf(d time.Duration, from time.Time) *time.Time {
	if d == 0 || from.IsZero() {
		return nil
	}
	return when(from.Add(d))
}
