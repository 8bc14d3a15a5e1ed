package sim

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// ErrUnreachable is what a client of a Net gets for a host that nobody serves, as from a refused connection:
// the request has certainly not been handled.
var ErrUnreachable = errors.New("connection refused")

// ErrReset is what a client of a Net gets when the handler broke the connection off: the request may have been handled.
var ErrReset = errors.New("connection reset by peer")

// Net is an internet in memory: an http.RoundTripper that hands each request to the handler of its host.
// It opens no sockets, so virtual time moves on while a request waits. Responses are buffered whole.
type Net struct {
	mu    sync.Mutex
	hosts map[string]http.Handler
}

// NewNet gives an empty internet.
func NewNet() *Net { return &Net{hosts: map[string]http.Handler{}} }

// Handle serves host (name as in the URL, with a port if the URL has one) by h from now on; nil takes it off the net.
func (n *Net) Handle(host string, h http.Handler) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if h == nil {
		delete(n.hosts, host)
		return
	}
	n.hosts[host] = h
}

// Client gives an HTTP client that talks over this net and follows no redirects.
func (n *Net) Client() *http.Client {
	return &http.Client{Transport: n, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// RoundTrip implements http.RoundTripper. The handler runs in its own goroutine and, as behind a real server, goes on
// after the caller gave up; its request context ends then.
func (n *Net) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	h := n.hosts[r.URL.Host]
	n.mu.Unlock()
	var body []byte
	if r.Body != nil {
		var err error
		body, err = io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			return nil, err
		}
	}
	if h == nil {
		return nil, ErrUnreachable
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := serverRequest(r, body)
	w := &memory{header: http.Header{}}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p == http.ErrAbortHandler {
				done <- ErrReset
			} else if p != nil {
				panic(p)
			}
		}()
		h.ServeHTTP(w, in)
		done <- nil
	}()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case err := <-done:
		if err != nil {
			return nil, err
		}
		return w.response(r), nil
	}
}

// serverRequest is the request as a server would see it: path escaped, host in Host, a fresh body.
func serverRequest(r *http.Request, body []byte) *http.Request {
	in := r.Clone(r.Context())
	in.Body = io.NopCloser(bytes.NewReader(body))
	in.ContentLength = int64(len(body))
	in.RequestURI = r.URL.RequestURI()
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	in.RemoteAddr = "127.0.0.1:1"
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	return in
}

// memory is a response writer that keeps what it is given.
type memory struct {
	mu     sync.Mutex
	status int
	header http.Header
	sent   http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *memory) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter; as on a real server, later changes of headers have no effect.
func (w *memory) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 {
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write implements http.ResponseWriter.
func (w *memory) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.body.Write(p)
}

// Flush lets handlers that insist on a flusher run; the response is delivered whole all the same.
func (w *memory) Flush() {}

// response is what the client gets.
func (w *memory) response(r *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sent.Get("Content-Type") == "" && w.body.Len() > 0 {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	return &http.Response{
		StatusCode: w.status, Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.sent,
		Body: io.NopCloser(bytes.NewReader(w.body.Bytes())), ContentLength: int64(w.body.Len()), Request: r,
	}
}

// hostOf is the plain host name a request was made to, without port.
func hostOf(r *http.Request) string {
	host, _, _ := strings.Cut(r.Host, ":")
	return strings.ToLower(host)
}
