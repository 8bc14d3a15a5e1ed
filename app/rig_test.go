package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/argon2"

	"tandem/demo"
	"tandem/nlu"
	"tandem/sim"
	"tandem/turn"
)

// shop is the demo company on a whole App, with the simulated world around it, in one bubble of
// virtual time and without a socket.
type shop struct {
	*App
	t     *testing.T
	world *sim.World
	net   *sim.Net
	stop  context.CancelFunc
}

// hashed is the demo's password, cheaply: every test signs in, and what a hash costs is tested in access.
var hashed = sync.OnceValue(func() string {
	salt := []byte("0123456789abcdef")
	sum, b64 := argon2.IDKey([]byte(demo.Password), salt, 1, 64, 1, 32), base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=64,t=1,p=1$%s$%s", argon2.Version, b64(salt), b64(sum))
})

// front stands for the built front end.
var front = fstest.MapFS{
	"index.html": {Data: []byte("<!doctype html><title>desk</title>")}, "frame.html": {Data: []byte("<!doctype html><title>frame</title>")},
	"demo.html": {Data: []byte("<!doctype html><title>phone</title>")}, "widget.js": {Data: []byte("/* loader */")}, "assets/a-123.js": {Data: []byte("let a = 1")},
}

const testHost = "tandem.test"

// briefly is a school that teaches next to nothing: what a version is worth is not for these tests.
func briefly() *turn.School {
	s, err := turn.Shipped()
	if err != nil {
		panic(err)
	}
	s.Options.Quick = true
	s.Lessons = func() ([]nlu.Example, error) {
		all, err := nlu.Lessons()
		return all[:min(len(all), 200)], err
	}
	s.Exam = func() ([]nlu.Labelled, error) {
		all, err := nlu.Exam()
		return all[:min(len(all), 20)], err
	}
	return &s
}

// play runs do in a bubble with a shop whose jobs are carried out.
func play(t *testing.T, do func(t *testing.T, s *shop)) {
	t.Helper()
	playOn(t, Config{Address: ":memory:"}, do)
}

// playOn is play with a database and a rhythm of its own.
func playOn(t *testing.T, conf Config, do func(t *testing.T, s *shop)) {
	t.Helper()
	hashed()
	synctest.Test(t, func(t *testing.T) {
		// A bubble begins in the year 2000; a Monday of 2026 at nine is a day on which platforms' times
		// are milliseconds of thirteen digits.
		<-time.NewTimer(time.Until(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))).C
		s := &shop{t: t, net: sim.NewNet(), world: sim.ModnaSzafa(time.Now())}
		s.world.Join(s.net)
		conf := conf
		conf.Key, conf.Web, conf.Front, conf.Quiet, conf.School = []byte("0123456789abcdef0123456789abcdef"), s.net.Client(), front, true, briefly()
		a, err := New(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		s.App = a
		if err := demo.Company(t.Context(), a.DB(), demo.Options{Hosts: demo.InMemory, Hash: hashed(), Hours: demo.Always}); err != nil {
			t.Fatal(err)
		}
		s.net.Handle(testHost, a.Handler())
		if err := s.world.Subscribe(t.Context(), "http://"+testHost+"/hook/meta", "http://"+testHost+"/hook/whatsapp", demo.VerifyToken); err != nil {
			t.Fatal(err)
		}
		work, stop := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { a.Run(work) })
		s.stop = stop
		defer func() {
			s.world.Close()
			stop()
			running.Wait()
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		}()
		do(t, s)
	})
}

// settle lets d pass and everything due happen.
func (s *shop) settle(d time.Duration) {
	t := time.NewTimer(d)
	<-t.C
	synctest.Wait()
}

// answered is what a call came back with.
type answered struct {
	status int
	header http.Header
	body   []byte
}

func (a answered) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("the answer is no JSON of the expected form: %v\n%s", err, a.body)
	}
}

// code is the code of a problem.
func (a answered) code() string {
	var p struct {
		Code string `json:"code"`
	}
	json.Unmarshal(a.body, &p)
	return p.Code
}

// call makes one request; body is JSON, a string of bytes as they are, or nil.
func (s *shop) call(method, path string, body any, header ...string) answered {
	s.t.Helper()
	return call(s.t, s.Handler(), method, path, body, header...)
}

func call(t *testing.T, h http.Handler, method, path string, body any, header ...string) answered {
	t.Helper()
	var b []byte
	switch v := body.(type) {
	case nil:
	case string:
		b = []byte(v)
	default:
		var err error
		if b, err = json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(b))
	r.Host = testHost
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return answered{w.Code, w.Header(), w.Body.Bytes()}
}

// desk is a signed-in person.
type seat struct {
	s      *shop
	cookie string
}

// sit signs in.
func (s *shop) sit(email string) seat {
	s.t.Helper()
	a := s.call("POST", "/api/login", map[string]string{"email": email, "password": demo.Password})
	if a.status != http.StatusOK {
		s.t.Fatalf("%s cannot sign in: %d %s", email, a.status, a.body)
	}
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return seat{s, cookie}
}

func (d seat) call(method, path string, body any, header ...string) answered {
	d.s.t.Helper()
	return d.s.call(method, path, body, append([]string{"Cookie", d.cookie}, header...)...)
}

// must is call where anything but success ends the test.
func (d seat) must(method, path string, body, into any) {
	d.s.t.Helper()
	a := d.call(method, path, body)
	if a.status/100 != 2 {
		d.s.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	if into != nil {
		a.into(d.s.t, into)
	}
}

// first is the first conversation of a view.
func (d seat) first(view string) Row {
	d.s.t.Helper()
	var p Page
	d.must("GET", "/api/conversations?view="+view, nil, &p)
	if len(p.Items) == 0 {
		d.s.t.Fatalf("the view %s is empty", view)
	}
	return p.Items[0]
}

// event is one server-sent event.
type event struct{ id, name, data string }

// ear is an open event stream in memory. Its goroutines end with hang.
type ear struct {
	mu     sync.Mutex
	got    []event
	beats  int
	status int
	ended  bool
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// listenTo opens a stream.
func (s *shop) listenTo(path string, header ...string) *ear {
	e := &ear{}
	ctx, cancel := context.WithCancel(context.Background())
	e.cancel = cancel
	r := httptest.NewRequestWithContext(ctx, "GET", path, nil)
	r.Host = testHost
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	from, to := io.Pipe()
	w := &pipeWriter{header: http.Header{}, to: to}
	e.done.Go(func() {
		s.Handler().ServeHTTP(w, r)
		to.Close()
		e.mu.Lock()
		e.ended = true
		e.mu.Unlock()
	})
	e.done.Go(func() { e.read(from) })
	synctest.Wait()
	e.mu.Lock()
	e.status = w.status
	e.mu.Unlock()
	return e
}

// over tells whether the node has ended the stream.
func (e *ear) over() bool {
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ended
}

func (e *ear) read(from io.Reader) {
	var one event
	for lines := bufio.NewScanner(from); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			one.id = value
		case "event":
			one.name = value
		case "data":
			one.data = value
		case "":
			e.mu.Lock()
			if one.name != "" {
				e.got = append(e.got, one)
			} else if value != "" {
				e.beats++
			}
			e.mu.Unlock()
			one = event{}
		}
	}
}

// heard returns what came so far, of the named kinds or all.
func (e *ear) heard(names ...string) []event {
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []event
	for _, one := range e.got {
		keep := len(names) == 0
		for _, n := range names {
			keep = keep || n == one.name
		}
		if keep {
			out = append(out, one)
		}
	}
	return out
}

// hang closes the stream and waits for its end.
func (e *ear) hang() {
	e.cancel()
	e.done.Wait()
}

// pipeWriter is a connection that is read while it is written.
type pipeWriter struct {
	header http.Header
	status int
	to     *io.PipeWriter
}

func (w *pipeWriter) Header() http.Header         { return w.header }
func (w *pipeWriter) WriteHeader(status int)      { w.status = status }
func (w *pipeWriter) Write(b []byte) (int, error) { return w.to.Write(b) }
func (w *pipeWriter) Flush()                      {}
