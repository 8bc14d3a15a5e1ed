package channel

import (
	"bytes"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"tandem"
)

// The contract of every adapter and every hook. Whoever adds a file to this package is found by
// these tests through the registry.

// hookSample is what the suite has to know of a hook: how its calls are signed and one good call.
type hookSample struct {
	sign func(secret string, body []byte) tandem.Webhook
	body string
}

var arrived = time.Date(2026, 11, 22, 10, 0, 5, 0, time.UTC)

func metaSigned(secret string, body []byte) tandem.Webhook {
	return tandem.Webhook{Method: "POST", Header: http.Header{"X-Hub-Signature-256": {"sha256=" + sign(secret, body)}},
		Body: body, At: arrived}
}

var hookSamples = map[string]hookSample{
	"meta": {metaSigned, vectorBody},
	"webchat": {func(secret string, body []byte) tandem.Webhook {
		return tandem.Webhook{Method: "POST", Path: "/site-1", Body: body, At: arrived,
			Header: http.Header{"Authorization": {"Bearer visitor1." + visitorProof(secret, "visitor1")}}}
	}, `{"client_id":"c1","text":"Dzień dobry"}`},
	"sms": {twilioCall, "From=%2B48600100200&To=%2B48799000222&Body=Dzie%C5%84+dobry&MessageSid=SM00000000000000000000000000000001"},
}

func sampleOf(t testing.TB, h Hook) hookSample {
	s, ok := hookSamples[h.Name]
	if !ok {
		t.Fatalf("hook %s has no sample: add one to hookSamples", h.Name)
	}
	return s
}

func TestEveryHook(t *testing.T) {
	for _, h := range hooks {
		t.Run(h.Name, func(t *testing.T) {
			s := sampleOf(t, h)
			if len(h.Kinds()) == 0 {
				t.Error("no kind is called here")
			}
			good := s.sign("secret", []byte(s.body))
			first, err := h.Parse([]string{"other", "secret"}, good)
			if err != nil || len(first) == 0 {
				t.Fatalf("a good call: %v %v", first, err)
			}
			again, _ := h.Parse([]string{"secret"}, good)
			if !reflect.DeepEqual(first, again) {
				t.Error("the same bytes gave something else")
			}
			for _, in := range first {
				if in.Account == "" || in.Key == "" || in.Kind == "" || in.User == "" || in.At.IsZero() {
					t.Errorf("incomplete: %+v", in)
				}
			}
			bare := good
			bare.Header = http.Header{}
			for name, call := range map[string]tandem.Webhook{"unsigned": bare, "another secret": s.sign("stolen", good.Body)} {
				if in, err := h.Parse([]string{"secret", ""}, call); tandem.KindOf(err) != tandem.Denied || in != nil {
					t.Errorf("%s: %v %v", name, in, err)
				}
			}
			if _, err := h.Parse(nil, good); tandem.KindOf(err) != tandem.Denied {
				t.Errorf("no secret known: %v", err)
			}
			if _, err := h.Parse([]string{""}, s.sign("", good.Body)); tandem.KindOf(err) != tandem.Denied {
				t.Errorf("signed with an empty secret: %v", err)
			}
			for _, unknown := range []string{`{"object":"user","entry":[{"id":"1"}],"event":"dance"}`, `{"object":"page","entry":[{"id":"1","changes":[{"field":"dance","value":{}}]}],"event":"dance"}`} {
				if in, err := h.Parse([]string{"secret"}, s.sign("secret", []byte(unknown))); err != nil || len(in) != 0 {
					t.Errorf("an unknown object: %v %v", in, err)
				}
			}
			cut := s.sign("secret", []byte(s.body[:len(s.body)-3]))
			if _, err := h.Parse([]string{"secret"}, cut); tandem.KindOf(err) != tandem.Invalid {
				t.Errorf("a body that was cut off: %v", err)
			}
			numbers := regexp.MustCompile(`"(\d{6,18})"`).ReplaceAllString(s.body, "$1")
			in, err := h.Parse([]string{"secret"}, s.sign("secret", []byte(numbers)))
			if err != nil || !reflect.DeepEqual(in, first) {
				t.Errorf("ids as numbers: %+v %v", in, err)
			}
		})
	}
}

func TestHandshake(t *testing.T) {
	for _, h := range hooks {
		if (h.Handshake == nil) != (h.Token == "") {
			t.Errorf("%s: a handshake needs a token and the other way round", h.Name)
		}
		if h.Handshake == nil {
			continue
		}
		ask := func(dot, mode, token string) (int, string) {
			return h.Handshake([]string{"", "first", "second"}, tandem.Webhook{Method: "GET", Query: map[string][]string{
				"hub" + dot + "mode": {mode}, "hub" + dot + "verify_token": {token}, "hub" + dot + "challenge": {"1158201444"}}})
		}
		for _, dot := range []string{".", "_"} {
			if status, body := ask(dot, "subscribe", "second"); status != 200 || body != "1158201444" {
				t.Errorf("%s: %d %s", h.Name, status, body)
			}
		}
		for _, bad := range [][2]string{{"subscribe", "third"}, {"subscribe", ""}, {"unsubscribe", "first"}, {"", "first"}} {
			if status, body := ask(".", bad[0], bad[1]); status != 403 || strings.Contains(body, "1158201444") {
				t.Errorf("%s %v: %d %s", h.Name, bad, status, body)
			}
		}
	}
}

func FuzzHooks(f *testing.F) {
	for _, h := range hooks {
		f.Add([]byte(sampleOf(f, h).body))
	}
	for _, s := range fuzzSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, h := range hooks {
			all, err := h.Parse([]string{"secret"}, sampleOf(t, h).sign("secret", bytes.Clone(body)))
			if err != nil && all != nil {
				t.Error("events and an error at once")
			}
			for _, in := range all {
				if in.Kind == "" || in.Key == "" {
					t.Errorf("incomplete: %+v", in)
				}
			}
		}
	})
}
