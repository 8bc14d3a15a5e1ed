package llm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
)

// service is an endpoint in memory.
type service func(q map[string]any, r *http.Request) (status int, body string)

func (s service) RoundTrip(r *http.Request) (*http.Response, error) {
	var q map[string]any
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		return nil, err
	}
	status, body := s(q, r)
	if status == 0 {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	h := http.Header{}
	if status == 429 {
		h.Set("Retry-After", "90")
	}
	if status == 307 {
		h.Set("Location", "http://elsewhere.example/v1/chat/completions")
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

const fine = `{"choices":[{"message":{"role":"assistant","content":" Paczka jest opóźniona. "},"finish_reason":"stop"}]}`

func open(t *testing.T, s service) *OpenAI {
	o, err := New(Config{URL: "https://model.example/v1/", Model: "bielik", Key: "sesame", Web: &http.Client{Transport: s},
		Mask: func(t string) string { return strings.ReplaceAll(t, "jan@x.pl", "[e-mail]") }})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var prompt = tandem.Prompt{Rules: "streść", Text: "klient: mój mail to jan@x.pl", Words: 80}

func TestAQuestion(t *testing.T) {
	o := open(t, func(q map[string]any, r *http.Request) (int, string) {
		if r.URL.String() != "https://model.example/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer sesame" {
			t.Error(r.URL, r.Header)
		}
		all, _ := json.Marshal(q)
		if s := string(all); strings.Contains(s, "jan@") || !strings.Contains(s, "[e-mail]") || q["model"] != "bielik" || q["temperature"] != 0.0 || q["max_tokens"] == nil {
			t.Errorf("%s", s)
		}
		return 200, fine
	})
	if got, err := o.Write(t.Context(), prompt); err != nil || got != "Paczka jest opóźniona." || o.Name() != "bielik" {
		t.Error(got, err)
	}
}

func TestNewerModelsAreAskedInTheirWay(t *testing.T) {
	old, modern := 0, 0
	o := open(t, func(q map[string]any, _ *http.Request) (int, string) {
		if q["max_tokens"] != nil || q["temperature"] != nil {
			old++
			return 400, `{"error":{"message":"Unsupported parameter: 'max_tokens'"}}`
		}
		modern++
		return 200, fine
	})
	for range 3 {
		if _, err := o.Write(t.Context(), prompt); err != nil {
			t.Fatal(err)
		}
	}
	if old != 1 || modern != 3 {
		t.Errorf("asked %d times in the old way, %d in the new", old, modern)
	}
}

// Failures: what kind of error they are, that no text, key or address is in it, and how long the service
// is left alone.
func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		kind   tandem.Kind
		rest   time.Duration
	}{
		"down":         {503, "klient Jan, sesame", tandem.Transient, rest},
		"too often":    {429, "", tandem.Limited, 90 * time.Second},
		"wrong key":    {401, "sesame", tandem.Denied, rest},
		"no such name": {404, "bielik", tandem.Denied, rest},
		"bad request":  {400, "klient", tandem.Denied, rest},
		"silent":       {0, "", tandem.Transient, rest},
		"no JSON":      {200, "<html>jan@x.pl", tandem.Transient, rest},
		"cut off":      {200, `{"choices":[{"message":{"content":"Paczka"},"finish_reason":"length"}]}`, tandem.Invalid, 0},
		"only thought": {200, `{"choices":[{"message":{"content":"<think>hm</think>"},"finish_reason":"stop"}]}`, tandem.Invalid, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			asked := 0
			o := open(t, func(map[string]any, *http.Request) (int, string) { asked++; return c.status, c.body })
			_, err := o.Write(context.Background(), prompt)
			if tandem.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
			for _, secret := range []string{"sesame", "jan@", "Jan", "model.example", "klient"} {
				if err == nil || strings.Contains(err.Error(), secret) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if c.rest == 0 {
				return
			}
			before := asked
			time.Sleep(c.rest - time.Second)
			if _, err := o.Write(context.Background(), prompt); tandem.CodeOf(err) != "llm_resting" || asked != before {
				t.Errorf("%s: asked while it rests, %v", name, err)
			}
			time.Sleep(2 * time.Second)
			if o.Write(context.Background(), prompt); asked == before {
				t.Errorf("%s: never asked again", name)
			}
		})
	}
}

// Customers' words go to the address that was checked and to no other that it names.
func TestWordsAreNotSentOn(t *testing.T) {
	o := open(t, func(_ map[string]any, r *http.Request) (int, string) {
		if r.URL.Host != "model.example" {
			t.Errorf("the words went to %s", r.URL)
			return 200, fine
		}
		return 307, ""
	})
	if text, err := o.Write(t.Context(), prompt); tandem.CodeOf(err) != "llm_refused" {
		t.Errorf("%q %v", text, err)
	}
}

func TestFewAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t, func(_ map[string]any, r *http.Request) (int, string) {
			time.Sleep(10 * time.Second)
			return 200, fine
		})
		busy := make(chan error, atOnce+1)
		for range atOnce + 1 {
			go func() {
				_, err := o.Write(context.Background(), prompt)
				busy <- err
			}()
		}
		refused := 0
		for range atOnce + 1 {
			if err := <-busy; errors.Is(err, error(nil)) {
				continue
			} else if tandem.CodeOf(err) == "llm_busy" {
				refused++
			} else {
				t.Error(err)
			}
		}
		if refused != 1 {
			t.Errorf("%d refused", refused)
		}
	})
}

func TestAWrongAddressIsRefused(t *testing.T) {
	for _, c := range []Config{{}, {URL: "model.example", Model: "m"}, {URL: "http://model.example/v1", Model: "m"}, {URL: "https://u:p@model.example", Model: "m"},
		{URL: "https://model.example?key=1", Model: "m"}, {URL: "https://model.example/v1"}} {
		if _, err := New(c); tandem.KindOf(err) != tandem.Invalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, url := range []string{"http://127.0.0.1:11434/v1", "http://ollama:11434/v1", "https://api.openai.com/v1"} {
		if _, err := New(Config{URL: url, Model: "m"}); err != nil {
			t.Error(url, err)
		}
	}
}
