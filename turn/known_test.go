package turn

import (
	"slices"
	"testing"

	"tandem"
)

func TestMatterAboveCourtesy(t *testing.T) {
	for name, c := range map[string]struct {
		set   []string // the likeliest first
		topic string
		want  []string
	}{
		"a greeting with a matter":             {[]string{"greeting", "parcel_tracking"}, "parcel_tracking", []string{"parcel_tracking"}},
		"a matter with thanks":                 {[]string{"parcel_tracking", "thanks"}, "parcel_tracking", []string{"parcel_tracking"}},
		"thanks, or nothing: tak, zgadza się":  {[]string{"thanks", "other", "invoice_unclear"}, "thanks", []string{"thanks"}},
		"nothing, or a greeting, or a matter":  {[]string{"other", "greeting", "booking_make"}, "other", []string{"other", "booking_make"}},
		"a matter likelier than nothing":       {[]string{"greeting", "booking_make", "other"}, "booking_make", []string{"booking_make", "other"}},
		"no courtesy":                          {[]string{"refund_status", "other"}, "refund_status", []string{"refund_status", "other"}},
		"a courtesy alone":                     {[]string{"goodbye"}, "goodbye", []string{"goodbye"}},
		"nobody knows: the set may be empty":   {nil, "other", nil},
		"two courtesies, of which both may be": {[]string{"thanks", "goodbye"}, "thanks", []string{"thanks", "goodbye"}},
	} {
		r := tandem.Reading{Touchpoint: "other", Set: c.set}
		if len(c.set) > 0 {
			r.Touchpoint = c.set[0]
		}
		if got := matter(r); got.Touchpoint != c.topic || !slices.Equal(got.Set, c.want) {
			t.Errorf("%s: %s %v, want %s %v", name, got.Touchpoint, got.Set, c.topic, c.want)
		}
	}
}
