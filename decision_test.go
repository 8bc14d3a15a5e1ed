package tandem

import (
	"testing"
	"time"
)

func TestStatutoryTerms(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 1, 31, 10, 0, 0, 0, zone)
	for _, c := range []struct {
		topic Touchpoint
		kind  string
		want  string
	}{
		{Touchpoint{ID: "damaged_item", Clock: true}, "", "2026-02-14 23:59:59"},
		{Touchpoint{ID: "privacy_request", Clock: true}, "", "2026-02-28 23:59:59"},
		{Touchpoint{ID: "fraud_safety"}, "", ""},
		{Touchpoint{ID: "fraud_safety"}, "safety", "2026-02-14 23:59:59"},
		{Touchpoint{ID: "other"}, "legal", "2026-02-14 23:59:59"},
		{Touchpoint{ID: "other"}, "privacy", "2026-02-28 23:59:59"},
		{Touchpoint{ID: "other"}, "media", ""},
		{Touchpoint{ID: "store_hours"}, "", ""},
	} {
		got := c.topic.Term(c.kind, at)
		if s := got.Format(time.DateTime); !got.IsZero() && s != c.want || got.IsZero() != (c.want == "") {
			t.Errorf("%s %s: %s, want %s", c.topic.ID, c.kind, s, c.want)
		}
	}
}
