package app

import (
	"regexp"
	"testing"

	"tandem"
)

// Only a number that can have WhatsApp is taken; the hotline hears what to ask for otherwise.
func TestMobile(t *testing.T) {
	for caller, want := range map[string]string{
		"+48 600 100 200": "48600100200", "600100200": "48600100200", "48-600-100-200": "48600100200", "+4915112345678": "4915112345678",
		"+48 22 100 20 30": "caller_landline", "221002030": "caller_landline", "+48 62 100 20 30": "caller_landline", "anonymous": "caller_unknown", "+266696687": "caller_unknown",
		"": "caller_unknown", "112": "caller_unknown", "+48600100200999999": "caller_unknown", "<script>": "caller_unknown",
	} {
		got, err := mobile(caller)
		if err != nil {
			got = tandem.CodeOf(err)
		}
		if got != want {
			t.Errorf("%q: %s", caller, got)
		}
	}
}

func TestNumbersAreReadable(t *testing.T) {
	for digits, want := range map[string]string{"48600100200": "+48 600 100 200", "4915112345678": "+4915112345678", "INFO": "INFO", "": "", "7373": "7373"} {
		if got := spaced(digits); got != want {
			t.Errorf("%q: %q", digits, got)
		}
	}
}

func TestCodesCanBeReadOut(t *testing.T) {
	form, seen := regexp.MustCompile(`^[A-HJ-NP-Z2-9]{6}$`), map[string]bool{}
	for range 1000 {
		c := newCode()
		if !form.MatchString(c) || seen[c] {
			t.Fatalf("%q", c)
		}
		seen[c] = true
	}
}
