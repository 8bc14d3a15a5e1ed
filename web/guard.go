package web

import (
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"tandem"
)

// seen is a response writer that remembers what was answered.
type seen struct {
	http.ResponseWriter
	status int
	bytes  int
}

// Unwrap lets http.ResponseController reach the connection.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// WriteHeader remembers the status.
func (s *seen) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write counts.
func (s *seen) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(b)
	s.bytes += n
	return n, err
}

// Guard is what every request passes: a panic becomes a 500, and there is one log line with the
// route's pattern, which has neither ids nor tokens in it. quiet leaves out the line of what went
// well.
func Guard(next http.Handler, words Words, quiet bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, start := &seen{ResponseWriter: w}, time.Now()
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				slog.Error("a request panicked", "route", r.Pattern, "panic", p, "stack", string(debug.Stack()))
				if s.status == 0 {
					WriteProblem(s, r, words, tandem.Errorf(tandem.Internal, "panic"))
				}
			}
			if quiet && s.status < 500 {
				return
			}
			slog.Info("request", "method", r.Method, "route", r.Pattern, "status", s.status, "bytes", s.bytes, "ms", time.Since(start).Milliseconds())
		}()
		h := s.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(s, r)
	})
}

// SameOrigin refuses what another site's page sends with our cookie.
func SameOrigin(next http.Handler, words Words) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		WriteProblem(w, r, words, tandem.Coded(tandem.Denied, "cross_origin", "requests from other sites are not taken"))
	}))
	return guard.Handler(next)
}

// Caller returns the address a request came from and whether the way to us was encrypted. proxied is
// whether a proxy of ours stands in front and sets the X-Forwarded headers: only then are they
// believed, because anybody can send them.
func Caller(r *http.Request, proxied bool) (ip string, secure bool) {
	ip, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		ip = r.RemoteAddr
	}
	secure = r.TLS != nil
	if proxied {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			hops := strings.Split(strings.Join(all, ","), ",")
			ip = strings.TrimSpace(hops[len(hops)-1]) // the hop that our proxy saw
		}
		secure = secure || r.Header.Get("X-Forwarded-Proto") == "https"
	}
	return ip, secure
}
