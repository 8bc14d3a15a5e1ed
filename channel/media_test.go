package channel

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"tandem"
)

// A file is read from where the platform keeps files and from nowhere else, wherever an address or a
// redirect points; our token goes only to hosts that want it.
func TestFilesComeFromThePlatform(t *testing.T) {
	for name, c := range map[string]struct {
		address, to string // where it is, where that sends us on to
		kind        tandem.Kind
	}{
		"its host":             {"https://scontent.xx.fbcdn.net/v/a.jpg?oh=1", "", ""},
		"Instagram's host":     {"https://scontent.cdninstagram.com/a.jpg", "", ""},
		"sent on":              {"https://lookaside.fbsbx.com/a", "https://scontent.xx.fbcdn.net/a", ""},
		"without encryption":   {"http://scontent.xx.fbcdn.net/a.jpg", "", tandem.Invalid},
		"another host":         {"https://evil.example/a.jpg", "", tandem.Invalid},
		"a host that looks so": {"https://xx.fbcdn.net.evil.example/a.jpg", "", tandem.Invalid},
		"another port":         {"https://xx.fbcdn.net:8443/a.jpg", "", tandem.Invalid},
		"a user in front":      {"https://xx.fbcdn.net@evil.example/a.jpg", "", tandem.Invalid},
		"inside":               {"https://169.254.169.254/latest", "", tandem.Invalid},
		"sent inside":          {"https://lookaside.fbsbx.com/a", "http://127.0.0.1:8080/", tandem.Invalid},
		"sent to another host": {"https://lookaside.fbsbx.com/a", "https://evil.example/", tandem.Invalid},
		"sent on for ever":     {"https://lookaside.fbsbx.com/a", "https://lookaside.fbsbx.com/a", tandem.Invalid},
		"nothing":              {"", "", tandem.Invalid},
	} {
		for _, kind := range []string{"facebook", "instagram"} {
			a := canaries(kinds[kind])
			delete(a.Settings, "base")
			c1 := opened(t, a, func(r *http.Request) (*http.Response, error) {
				if r.Header.Get("Authorization") != "" {
					t.Errorf("%s: the token went to %s", name, r.URL.Host)
				}
				if c.to != "" && r.URL.String() == c.address {
					res := answer(302, "")
					res.Header.Set("Location", c.to)
					return res, nil
				}
				return answer(200, "zdjęcie"), nil
			})
			body, _, err := c1.(Fetcher).Fetch(t.Context(), tandem.Part{Type: "image", URL: c.address})
			if c.kind != "" {
				if err == nil || tandem.KindOf(err) != c.kind {
					t.Errorf("%s, %s: %v", kind, name, err)
				}
				noCanary(t, err)
				continue
			}
			if err != nil {
				t.Errorf("%s, %s: %v", kind, name, err)
				continue
			}
			if b, _ := io.ReadAll(body); !strings.Contains(string(b), "zdj") {
				t.Errorf("%s, %s: %q", kind, name, b)
			}
			body.Close()
		}
	}
}

// A dead address is gone for ever, a busy host is asked again.
func TestFilesThatAreNotThere(t *testing.T) {
	for status, want := range map[int]tandem.Kind{403: tandem.NotFound, 404: tandem.NotFound, 410: tandem.NotFound, 429: tandem.Transient, 503: tandem.Transient} {
		a := canaries(kinds["facebook"])
		c := opened(t, a, func(*http.Request) (*http.Response, error) { return answer(status, ""), nil })
		if _, _, err := c.(Fetcher).Fetch(t.Context(), tandem.Part{URL: "https://x.fbcdn.net/a"}); tandem.KindOf(err) != want {
			t.Errorf("http %d: %v", status, err)
		}
	}
}
