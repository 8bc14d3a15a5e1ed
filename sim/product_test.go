package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// product stands where tandem stands: it answers webhooks and keeps what it was told.
type product struct {
	mu      sync.Mutex
	bodies  [][]byte
	headers []http.Header
	at      []time.Time
	status  int           // answer to POST; zero: 200
	slow    time.Duration // before the answer
	verify  string
	garble  bool // answers the handshake with something more than the challenge
}

func (p *product) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Method == http.MethodGet {
		if r.URL.Query().Get("hub.verify_token") != p.verify {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		io.WriteString(w, r.URL.Query().Get("hub.challenge"))
		if p.garble {
			io.WriteString(w, "\n")
		}
		return
	}
	body, _ := io.ReadAll(r.Body)
	p.bodies, p.headers, p.at = append(p.bodies, body), append(p.headers, r.Header.Clone()), append(p.at, time.Now())
	slow, status := p.slow, p.status
	p.mu.Unlock()
	pause(r, slow)
	p.mu.Lock()
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
}

// scene is the demo world, subscribed, with a product, inside one bubble.
type scene struct {
	*World
	t       *testing.T
	net     *Net
	product *product
}

// answer makes the product answer so from now on.
func (s *scene) answer(status int, slow time.Duration) {
	s.product.mu.Lock()
	defer s.product.mu.Unlock()
	s.product.status, s.product.slow = status, slow
}

// play runs f in a bubble.
func play(t *testing.T, f func(s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &scene{World: ModnaSzafa(time.Now()), t: t, net: NewNet(), product: &product{verify: "v"}}
		defer s.Close()
		s.Join(s.net)
		s.net.Handle("tandem.test", s.product)
		if err := s.Subscribe(t.Context(), "http://tandem.test/hook/meta", "http://tandem.test/hook/whatsapp", "v"); err != nil {
			t.Fatal(err)
		}
		f(s)
	})
}

// settle lets d pass and everything due happen.
func (s *scene) settle(d time.Duration) {
	t := time.NewTimer(d)
	<-t.C
	synctest.Wait()
}

// fresh lets what is due happen and forgets the webhooks so far.
func (s *scene) fresh() {
	synctest.Wait()
	s.product.mu.Lock()
	defer s.product.mu.Unlock()
	s.product.bodies, s.product.headers, s.product.at = nil, nil, nil
}

// hooks gives the bodies received.
func (s *scene) hooks() [][]byte {
	s.product.mu.Lock()
	defer s.product.mu.Unlock()
	return append([][]byte(nil), s.product.bodies...)
}

// all is every webhook since the last fresh in one text, with escapes undone.
func (s *scene) all() string {
	var b strings.Builder
	for _, h := range s.hooks() {
		var v any
		if err := json.Unmarshal(h, &v); err != nil {
			s.t.Fatalf("webhook is not JSON: %v", err)
		}
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.Encode(v)
	}
	return b.String()
}

// has checks that the webhooks since the last fresh hold all of the texts.
func (s *scene) has(want ...string) {
	s.t.Helper()
	got := s.all()
	for _, w := range want {
		if !strings.Contains(got, w) {
			s.t.Errorf("webhooks lack %s\n%s", w, got)
		}
	}
}

// lacks checks that they hold none of them.
func (s *scene) lacks(not ...string) {
	s.t.Helper()
	got := s.all()
	for _, n := range not {
		if strings.Contains(got, n) {
			s.t.Errorf("webhooks hold %s\n%s", n, got)
		}
	}
}

// result is an answer of the Graph.
type result struct {
	status int
	header http.Header
	body   map[string]any
	err    error
}

// code is "code/subcode" of an error answer, "" for a good one.
func (r result) code() string {
	e, _ := r.body["error"].(map[string]any)
	if e == nil {
		return ""
	}
	sub, _ := e["error_subcode"].(float64)
	return fmt.Sprintf("%.0f/%.0f", e["code"], sub)
}

func (r result) text(key string) string { s, _ := r.body[key].(string); return s }

// do calls the Graph over the net with a JSON body.
func (s *scene) do(method, host, path, token string, body any) result {
	var in io.Reader
	if body != nil {
		raw, ok := body.(string)
		if !ok {
			b, err := json.Marshal(body)
			if err != nil {
				s.t.Fatal(err)
			}
			raw = string(b)
		}
		in = bytes.NewReader([]byte(raw))
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, "https://"+host+path, in)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	return s.send(r, 30*time.Second)
}

func (s *scene) send(r *http.Request, within time.Duration) result {
	client := s.net.Client()
	client.Timeout = within
	answer, err := client.Do(r)
	if err != nil {
		return result{err: err}
	}
	defer answer.Body.Close()
	got := result{status: answer.StatusCode, header: answer.Header}
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &got.body); err != nil {
		got.body = map[string]any{"raw": string(raw)}
	}
	return got
}

// ig sends on Instagram, fb on Messenger, wa on WhatsApp; extra keys are merged over the plain text message.
func (s *scene) ig(user, text string, extra ...any) result {
	return s.do("POST", InstagramHost, "/v25.0/me/messages", InstagramToken, s.message(s.Instagram, user, text, extra))
}

func (s *scene) fb(user, text string, extra ...any) result {
	extra = append([]any{"messaging_type", "RESPONSE"}, extra...)
	return s.do("POST", FacebookHost, "/v25.0/"+s.Page.ID+"/messages", PageToken, s.message(s.Page, user, text, extra))
}

func (s *scene) message(a *Asset, user, text string, extra []any) map[string]any {
	m := map[string]any{"recipient": map[string]any{"id": s.Meta.UserID(a, user)}, "message": map[string]any{"text": text, "metadata": "tnd:1"}}
	for i := 0; i+1 < len(extra); i += 2 {
		m[extra[i].(string)] = extra[i+1]
	}
	return m
}

func (s *scene) wa(user, text string, extra ...any) result {
	m := map[string]any{"messaging_product": "whatsapp", "to": "+" + s.Meta.UserID(s.WhatsApp, user), "type": "text",
		"text": map[string]any{"body": text}, "biz_opaque_callback_data": "out_1"}
	for i := 0; i+1 < len(extra); i += 2 {
		m[extra[i].(string)] = extra[i+1]
	}
	return s.do("POST", FacebookHost, "/v25.0/"+s.WhatsApp.ID+"/messages", WhatsAppToken, m)
}

// want checks a code ("" for success).
func (s *scene) want(r result, code, what string) {
	s.t.Helper()
	if r.err != nil {
		s.t.Errorf("%s: %v", what, r.err)
		return
	}
	if r.code() != code {
		s.t.Errorf("%s: answered %q %v, want %q", what, r.code(), r.body, code)
	}
	if code != "" && r.body["error"].(map[string]any)["fbtrace_id"] == "" {
		s.t.Errorf("%s: no fbtrace_id", what)
	}
}

// form makes a request with form parameters, as many Graph samples have it.
func (s *scene) form(method, host, path, token string, params url.Values) result {
	r, err := http.NewRequestWithContext(s.t.Context(), method, "https://"+host+path, strings.NewReader(params.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(r, 30*time.Second)
}
