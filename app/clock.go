package app

import "time"

// now is the moment of a request, in UTC as everything is stored.
func now() time.Time { return time.Now().UTC() }

// when is a moment as JSON has it: nothing where it never was.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
