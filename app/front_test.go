package app

import (
	"strings"
	"testing"
)

func TestFrontIsServedUnderAStrictPolicy(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		for path, want := range map[string]int{
			"/": 200, "/inbox/01a2": 200, "/index.html": 200, "/assets/a-123.js": 200, "/nothing.js": 404, "/demo.html": 404, "/demo": 404, "/../app.go": 307, "/favicon.ico": 404,
		} {
			if got := s.call("GET", path, nil); got.status != want {
				t.Errorf("%s: %d, want %d", path, got.status, want)
			}
		}
		csp := s.call("GET", "/", nil).header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("the policy lacks %s: %s", want, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
			t.Errorf("the policy lets others in: %s", csp)
		}
		if got := s.call("GET", "/healthz", nil); got.status != 200 {
			t.Errorf("healthz: %d", got.status)
		}
		if got := s.call("GET", "/readyz", nil); got.status != 200 {
			t.Errorf("readyz: %d", got.status)
		}
	})
}
