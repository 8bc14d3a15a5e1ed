package bot

import (
	"tandem"
	"time"
)

// Promises finds what a text of the company promises, with the moment it is due.
func Promises(text, lang string, now time.Time, zone *time.Location) []tandem.Promise { return nil }
