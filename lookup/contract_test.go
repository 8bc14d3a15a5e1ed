package lookup_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/lookup"
)

// world answers calls in memory.
type world func(*http.Request) (*http.Response, error)

func (w world) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// serve puts a handler behind a client without a socket.
func serve(h http.Handler) *http.Client {
	return &http.Client{Transport: world(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result(), nil
	})}
}

func says(status int, body string, header ...string) *http.Client {
	return serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(header) == 2 {
			w.Header().Set(header[0], header[1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
}

// The secrets of the suite: none may ever be in an error.
const (
	secretToken = "tok-7f3a-secret"
	secretHost  = "shop-of-the-suite.example"
	secretMail  = "private.person@example.pl"
	secretOrder = "48213999"
)

func asked() tandem.Query {
	return tandem.Query{
		Customer: tandem.Customer{Shop: "c-77secret", Identities: []tandem.Identity{{Channel: "instagram", External: "178secret42"}}},
		Entities: []tandem.Entity{{Kind: "order", Value: secretOrder}, {Kind: "email", Value: secretMail}, {Kind: "tracking", Value: "620000000000000000048213"}},
		Now:      time.Now(), Zone: time.UTC, Lang: "pl",
	}
}

func open(t *testing.T, k lookup.Kind, web *http.Client, more ...string) lookup.Source {
	t.Helper()
	settings, secrets := map[string]string{"base": "https://" + secretHost}, map[string]string{"token": secretToken}
	for i := 0; i+1 < len(more); i += 2 {
		settings[more[i]] = more[i+1]
	}
	s, err := lookup.Open(k.Name, settings, secrets, web)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryKindDescribesItself(t *testing.T) {
	if len(lookup.Kinds()) < 2 {
		t.Fatal("the registry is empty")
	}
	for _, k := range lookup.Kinds() {
		if k.Title.PL == "" || k.Title.EN == "" || k.Role != lookup.Shop && k.Role != lookup.Courier {
			t.Errorf("%s: title or role is missing", k.Name)
		}
		if (k.Role == lookup.Courier) != (k.Typed != nil) {
			t.Errorf("%s: a courier, and nobody else, knows its numbers", k.Name)
		}
		for _, f := range k.Fields {
			if f.Name == "" || f.Label.PL == "" || f.Label.EN == "" || f.Help.PL == "" || f.Help.EN == "" {
				t.Errorf("%s: field %q is not described in both languages", k.Name, f.Name)
			}
			if !f.Required {
				continue
			}
			_, err := lookup.Open(k.Name, map[string]string{"base": "https://x.example"}, nil, nil)
			if f.Secret && tandem.CodeOf(err) != "setting_missing" {
				t.Errorf("%s opened without %s: %v", k.Name, f.Name, err)
			}
		}
		for _, base := range []string{"http://shop.example", "https://user:pw@shop.example", "ftp://x", "::", "https://x.example?key=1"} {
			_, err := lookup.Open(k.Name, map[string]string{"base": base}, map[string]string{"token": "t"}, nil)
			if tandem.CodeOf(err) != "setting_wrong" {
				t.Errorf("%s took the address %q: %v", k.Name, base, err)
			}
		}
	}
	if _, err := lookup.Open("nobody", nil, nil, nil); tandem.KindOf(err) != tandem.NotFound {
		t.Error("an unknown kind was opened")
	}
}

func TestEveryKindSortsItsErrors(t *testing.T) {
	cases := []struct {
		name string
		web  *http.Client
		kind tandem.Kind
		code string
	}{
		{"wrong token", says(401, `{"title":"Unauthorized"}`), tandem.Denied, "lookup_auth"},
		{"forbidden", says(403, ""), tandem.Denied, "lookup_auth"},
		{"too many", says(429, "", "Retry-After", "1"), tandem.Limited, "lookup_busy"},
		{"down", says(503, "<html>"), tandem.Transient, "lookup_down"},
		{"bad question", says(400, ""), tandem.Invalid, "lookup_refused"},
		{"a page instead of JSON", says(200, "<html><body>Log in</body></html>"), tandem.Transient, "lookup_unreadable"},
		{"cut off", says(200, `{"orders":[{"number":`), tandem.Transient, "lookup_unreadable"},
		{"JSON of another form", says(200, `[1,2,3]`), tandem.Transient, "lookup_unreadable"},
		{"endless", says(200, `{"x":"`+strings.Repeat("a", 2<<20)+`"}`), tandem.Transient, "lookup_unreadable"},
		{"no connection", &http.Client{Transport: world(func(*http.Request) (*http.Response, error) { return nil, errors.New("dial: refused " + secretToken) })},
			tandem.Transient, "lookup_down"},
		{"silence", &http.Client{Transport: world(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}, tandem.Transient, "lookup_timeout"},
	}
	for _, k := range lookup.Kinds() {
		for _, c := range cases {
			t.Run(k.Name+" "+c.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, stop := context.WithTimeout(t.Context(), 2500*time.Millisecond)
					defer stop()
					start := time.Now()
					_, err := open(t, k, c.web).Lookup.Find(ctx, asked())
					if tandem.KindOf(err) != c.kind || tandem.CodeOf(err) != c.code {
						t.Errorf("got %v (%s %s), want %s %s", err, tandem.KindOf(err), tandem.CodeOf(err), c.kind, c.code)
					}
					if d := time.Since(start); d > 2600*time.Millisecond {
						t.Errorf("took %s", d)
					}
					for _, s := range []string{secretToken, secretHost, secretMail, secretOrder, "48213", "178secret42", "c-77secret"} {
						if err != nil && strings.Contains(err.Error(), s) {
							t.Errorf("the error tells %q: %v", s, err)
						}
					}
				})
			})
		}
	}
}

// good is an answer that each kind can read, whatever it asks for.
const good = `{"id":"c-77secret","number":"48213999","status":"delivered","customer":{"id":"c-77secret","email":"private.person@example.pl"},
	"customers":[{"id":"c-77secret"}],"orders":[{"number":"48213999","status":"sent"}],"tracking_number":"620000000000000000048213"}`

func TestAnAnswerIsKeptForAMinuteAndUsedForFifteenWhereTheSystemFails(t *testing.T) {
	for _, k := range lookup.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var calls atomic.Int64 // one question may ask several ways at once
				status := 200
				s := open(t, k, serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					calls.Add(1)
					w.WriteHeader(status)
					io.WriteString(w, good)
				})))
				find := func() (tandem.Findings, error) { return s.Lookup.Find(t.Context(), asked()) }
				first, err := find()
				if err != nil || len(first.Facts) == 0 {
					t.Fatalf("%v %v", first, err)
				}
				n := calls.Load()
				time.Sleep(59 * time.Second)
				if find(); calls.Load() != n {
					t.Errorf("asked again within the minute")
				}
				status = 500
				time.Sleep(2 * time.Minute)
				f, err := find()
				if err != nil || len(f.Facts) == 0 || !f.Facts[0].At.Equal(first.Facts[0].At) {
					t.Errorf("the old answer was not used, or its age is hidden: %v %v", f, err)
				}
				time.Sleep(15 * time.Minute)
				if _, err := find(); tandem.KindOf(err) != tandem.Transient {
					t.Errorf("an answer older than 15 minutes was used: %v", err)
				}
			})
		})
	}
}

func TestASystemThatFailsIsLeftAlone(t *testing.T) {
	for _, k := range lookup.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var calls atomic.Int64
				status := 500
				s := open(t, k, serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					calls.Add(1)
					w.WriteHeader(status)
					io.WriteString(w, good)
				})), "cache", "0")
				for range 6 {
					s.Lookup.Find(t.Context(), asked())
				}
				n := calls.Load()
				if _, err := s.Lookup.Find(t.Context(), asked()); tandem.CodeOf(err) != "lookup_paused" || calls.Load() != n {
					t.Errorf("asked on: %v, %d calls", err, calls.Load()-n)
				}
				status = 200
				time.Sleep(31 * time.Second)
				if _, err := s.Lookup.Find(t.Context(), asked()); err != nil {
					t.Errorf("not asked again after 30 seconds: %v", err)
				}
			})
		})
	}
}

func TestARefusalThatTimeHealsIsAskedTwice(t *testing.T) {
	for _, k := range lookup.Kinds() {
		for _, status := range []int{429, 502} {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				seen := map[string]int{}
				s := open(t, k, serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					mu.Lock()
					seen[r.URL.String()]++
					first := seen[r.URL.String()] == 1
					mu.Unlock()
					if first {
						w.Header().Set("Retry-After", "1")
						w.WriteHeader(status)
						return
					}
					io.WriteString(w, good)
				})))
				q := asked()
				q.Customer.Identities = nil
				if f, err := s.Lookup.Find(t.Context(), q); err != nil || len(f.Facts) == 0 {
					t.Errorf("%s after %d: %v", k.Name, status, err)
				}
			})
		}
	}
}
