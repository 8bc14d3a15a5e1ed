package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"tandem"
)

// say is a catalogue of two words.
func say(lang, code string) string {
	if code == "conflict" || code == "taken" {
		return lang + ":" + code
	}
	return code
}

func TestEveryKindOfErrorIsAProblem(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
		detail string
	}{
		{tandem.Coded(tandem.Invalid, "bad_level", "a level is 0 to 4"), 422, "bad_level", "a level is 0 to 4"},
		{tandem.Errorf(tandem.Denied, "no"), 403, "denied", "no"},
		{tandem.Coded(tandem.Denied, "signed_out", "nobody"), 401, "signed_out", "nobody"},
		{tandem.Coded(tandem.Denied, "unsigned", "x"), 401, "unsigned", "x"},
		{tandem.Coded(tandem.Denied, "signature", "x"), 403, "signature", "x"},
		{tandem.Coded(tandem.NotFound, "not_found", "no such draft"), 404, "not_found", "no such draft"},
		{tandem.Coded(tandem.Conflict, "taken", "Ola has it"), 409, "taken", "Ola has it"},
		{tandem.Errorf(tandem.TooLarge, "x"), 413, "too_large", "x"},
		{tandem.Errorf(tandem.Limited, "x"), 429, "limited", "x"},
		{tandem.Errorf(tandem.Transient, "the database at 10.0.0.1 does not answer"), 503, "transient", ""},
		{tandem.Coded(tandem.Internal, "wrong_key", "the secrets of account 5 cannot be read"), 500, "internal", ""},
		{errors.New("select text from message: broken"), 500, "internal", ""},
		{fmt.Errorf("turn 5: %w", tandem.Coded(tandem.Conflict, "taken", "Ola has it")), 409, "taken", "Ola has it"},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", "en")
		WriteProblem(w, r, say, c.err)
		var p Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Fatalf("%v: %s %v", c.err, w.Header(), err)
		}
		if w.Code != c.status || p.Status != c.status || p.Code != c.code || p.Detail != c.detail || p.Type != "about:blank" || p.Title == "" {
			t.Errorf("%v: %d %+v", c.err, w.Code, p)
		}
		if c.code == "taken" && p.Title != "en:taken" {
			t.Errorf("the title is %q", p.Title)
		}
		if (c.status == 429 || c.status == 503) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("%d: Retry-After %q", c.status, w.Header().Get("Retry-After"))
		}
	}
}

func TestLanguage(t *testing.T) {
	for accept, want := range map[string]string{
		"": "pl", "en": "en", "pl": "pl", "en-GB,en;q=0.9": "en", "de,en;q=0.5": "en", "de": "pl", "pl;q=0.3,en;q=0.7": "en", "en;q=0.3, pl-PL;q=0.9": "pl", "*": "pl", ";;,=": "pl",
	} {
		if got := Lang(accept); got != want {
			t.Errorf("%q is %s, want %s", accept, got, want)
		}
	}
}

func TestStreamIsWrittenAsBrowsersReadIt(t *testing.T) {
	w := httptest.NewRecorder()
	s, err := OpenStream(w)
	if err != nil {
		t.Fatal(err)
	}
	s.Send(7, "message.added", map[string]string{"text": "raz\ndwa"})
	s.Send(0, "hello", map[string]int{"seq": 7})
	s.Alive()
	want := "retry: 1000\n\nid: 7\nevent: message.added\ndata: {\"text\":\"raz\\ndwa\"}\n\nevent: hello\ndata: {\"seq\":7}\n\n: alive\n\n"
	if got := w.Body.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if w.Header().Get("Content-Type") != "text/event-stream" || !w.Flushed {
		t.Errorf("%v, flushed %v", w.Header(), w.Flushed)
	}
}

// stuck is a connection whose reader has gone.
type stuck struct{ httptest.ResponseRecorder }

func (*stuck) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestStreamEndsWithItsReader(t *testing.T) {
	if _, err := OpenStream(&stuck{}); err == nil {
		t.Error("a stream to nobody goes on")
	}
}

func files(t *testing.T) *Files {
	t.Helper()
	f, err := NewFiles(fstest.MapFS{
		"index.html": {Data: []byte("plain page")}, "index.html.br": {Data: []byte("BR")}, "index.html.gz": {Data: []byte("GZ")},
		"assets/a-1.js": {Data: []byte("let a")}, "alone.js.br": {Data: []byte("of nothing")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFilesAreServedAsTheBrowserTakesThem(t *testing.T) {
	f := files(t)
	for _, c := range []struct{ name, accept, body, coding, cache string }{
		{"index.html", "", "plain page", "", "no-cache"},
		{"index.html", "gzip, br", "BR", "br", "no-cache"},
		{"index.html", "gzip", "GZ", "gzip", "no-cache"},
		{"index.html", "br;q=0, gzip;q=0.5", "GZ", "gzip", "no-cache"},
		{"index.html", "identity", "plain page", "", "no-cache"},
		{"assets/a-1.js", "br", "let a", "", "public, max-age=31536000, immutable"},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", c.accept)
		if !f.Serve(w, r, c.name) || w.Body.String() != c.body || w.Header().Get("Content-Encoding") != c.coding || w.Header().Get("Cache-Control") != c.cache || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s for %q: %q %v", c.name, c.accept, w.Body, w.Header())
		}
		again := httptest.NewRecorder()
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
		f.Serve(again, r, c.name)
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s again: %d", c.name, again.Code)
		}
	}
	for _, none := range []string{"", "nothing", "alone.js", "../web_test.go", "index.html.br"} {
		if f.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), none) {
			t.Errorf("%q is served", none)
		}
	}
	w := httptest.NewRecorder()
	f.Serve(w, httptest.NewRequest("HEAD", "/", nil), "index.html")
	if w.Body.Len() != 0 || w.Header().Get("Content-Length") != "10" {
		t.Errorf("HEAD: %d bytes, %v", w.Body.Len(), w.Header())
	}
}

// logged runs do and returns what it logged.
func logged(do func()) string {
	var b bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&b, nil)))
	defer slog.SetDefault(was)
	do()
	return b.String()
}

func TestGuardLogsRoutesAndNothingSaid(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /hook/{secret}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") })
	mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("słowa klienta") })
	h := Guard(mux, say, false)
	line := logged(func() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/hook/t0ken?q=tajne", strings.NewReader("treść")))
	})
	if !strings.Contains(line, "/hook/{secret}") || strings.Contains(line, "t0ken") || strings.Contains(line, "tajne") || strings.Contains(line, "treść") || !strings.Contains(line, "status=200") {
		t.Errorf("the line is %s", line)
	}
	w := httptest.NewRecorder()
	line = logged(func() { h.ServeHTTP(w, httptest.NewRequest("GET", "/panic", nil)) })
	if w.Code != 500 || w.Header().Get("Content-Type") != "application/problem+json" || strings.Contains(w.Body.String(), "klienta") || !strings.Contains(line, "panicked") {
		t.Errorf("%d %s\n%s", w.Code, w.Body, line)
	}
	if w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Error("browsers may guess types")
	}
	quiet := logged(func() {
		Guard(mux, say, true).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/hook/x", nil))
	})
	if quiet != "" {
		t.Errorf("quiet says %s", quiet)
	}
}

func TestCallerIsBelievedOnlyThroughOurProxy(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "10.1.2.3:55"
	r.Header.Set("X-Forwarded-For", "6.6.6.6, 9.8.7.6")
	r.Header.Set("X-Forwarded-Proto", "https")
	if ip, secure := Caller(r, false); ip != "10.1.2.3" || secure {
		t.Errorf("without a proxy: %s %v", ip, secure)
	}
	if ip, secure := Caller(r, true); ip != "9.8.7.6" || !secure {
		t.Errorf("behind our proxy: %s %v", ip, secure)
	}
}
