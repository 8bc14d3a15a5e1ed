package tandem

import "time"

// News is something about an account that people should know although nothing is broken: a part that
// could not be read, a template that was refused, a time in which nothing was received.
type News struct {
	ID      NewsID
	Account AccountID
	Code    string    // worded by the catalogue: unreadable, gap_lost, template_rejected ...
	Subject string    // what it is about, where there is a name: a template's
	Once    string    // matters with the same text are one, however often they come
	Times   int       // how often it came
	Since   time.Time // of a stretch of time: its begin; At is its end
	At      time.Time
	SeenAt  time.Time
	SeenBy  UserID
}
