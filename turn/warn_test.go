package turn

import (
	"testing"
	"time"

	"tandem"
)

// Who promised is reminded while somebody is at the desk.
func TestAReminderComesWhileTheDeskIsOpen(t *testing.T) {
	w := tandem.Workspace{Zone: "Europe/Warsaw"}
	for day := time.Monday; day <= time.Friday; day++ {
		w.Hours.Week[day] = tandem.Span{From: 9 * 60, To: 20 * 60}
	}
	w.Hours.Holidays = []string{"2026-11-26"}
	zone := tandem.Snapshot{Workspace: w}.Zone()
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ now, due, warn string }{
		{"2026-11-23 10:00", "2026-11-23 12:00", "2026-11-23 11:30"}, // a quarter of the time is left
		{"2026-11-23 10:00", "2026-11-24 12:00", "2026-11-24 11:00"},
		{"2026-11-23 10:00", "2026-11-23 23:59", "2026-11-23 19:00"}, // "today": before the desk closes
		{"2026-11-23 19:40", "2026-11-23 23:59", "2026-11-23 19:55"},
		{"2026-11-23 21:00", "2026-11-23 23:59", "2026-11-23 23:14"}, // promised at night: there is no better moment
		{"2026-11-23 15:00", "2026-11-24 09:30", "2026-11-24 09:00"}, // at once when it opens
		{"2026-11-23 15:00", "2026-11-24 09:00", "2026-11-23 19:00"},
		{"2026-11-23 15:00", "2026-11-29 23:59", "2026-11-27 19:00"}, // "by the end of the week": on Friday
		{"2026-11-23 15:00", "2026-11-26 23:59", "2026-11-25 19:00"}, // a day off
	} {
		if got := warnAt(at(c.now), at(c.due), w); !got.Truncate(time.Minute).Equal(at(c.warn)) {
			t.Errorf("promised %s for %s: %s, want %s", c.now, c.due, got.In(zone), c.warn)
		}
	}
}
