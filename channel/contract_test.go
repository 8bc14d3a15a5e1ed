package channel

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem"
)

// The contract of every adapter and every hook. Whoever adds a file to this package is found by
// these tests through the registry.

// wire is a platform in memory: a transport that is a function.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// answer makes a response.
func answer(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// canaries is an account whose every value can be recognised in a text.
func canaries(k Kind) tandem.Account {
	a := tandem.Account{ID: "acc", Kind: k.Name, External: "canary-external",
		Settings: map[string]string{"base": "https://canary-base.invalid"}, Secrets: map[string]string{}}
	for _, f := range k.Fields {
		v := "canary-" + f.Name
		if len(f.Options) > 0 {
			v = f.Options[0]
		}
		if f.Secret {
			a.Secrets[f.Name] = v
		} else if f.Name != External {
			a.Settings[f.Name] = v
		}
	}
	return a
}

// sample is a message that every kind can send.
func sample(k Kind) tandem.Outgoing {
	return tandem.Outgoing{Message: "0193f0aa-0000-7000-8000-000000000001", To: "canary-to", Thread: "canary-to",
		Text: "canary-words słowa", Surface: k.Surfaces[0]}
}

// opened opens an account against a wire.
func opened(t *testing.T, a tandem.Account, w wire) tandem.Channel {
	t.Helper()
	c, err := Open(Settings{Account: a, Web: &http.Client{Transport: w}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryKindDescribesItself(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			words := map[string]Words{"title": k.Title}
			for _, f := range k.Fields {
				words[f.Name+" label"], words[f.Name+" help"] = f.Label, f.Help
			}
			for what, w := range words {
				if w.PL == "" || w.EN == "" {
					t.Errorf("%s has no text in both languages", what)
				}
			}
			if k.Icon == "" || len(k.Icon) > 400 || !regexp.MustCompile(`^M[-MmLlHhVvCcSsAaZz0-9., ]+$`).MatchString(k.Icon) {
				t.Errorf("the icon is no small svg path: %q", k.Icon)
			}
			if k.Group == "" || k.Receipts == "" || len(k.Surfaces) == 0 || k.Limit == 0 {
				t.Errorf("group, receipts, surfaces and limit must be said: %+v", k)
			}
			if _, ok := FindHook(k.Hook); k.Hook != "" && !ok {
				t.Errorf("nobody listens at the hook %q", k.Hook)
			}
			if _, err := json.Marshal(k); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMissingSettingIsNamed(t *testing.T) {
	for _, k := range Kinds() {
		for _, f := range k.Fields {
			a := canaries(k)
			delete(a.Secrets, f.Name)
			delete(a.Settings, f.Name)
			if f.Name == External {
				a.External = ""
			}
			_, err := Open(Settings{Account: a})
			if f.Required != (tandem.CodeOf(err) == "setting_missing") || f.Required && !strings.Contains(err.Error(), f.Name) {
				t.Errorf("%s without %s: %v", k.Name, f.Name, err)
			}
		}
	}
	if _, err := Open(Settings{Account: tandem.Account{Kind: "pigeon"}}); tandem.KindOf(err) != tandem.NotFound {
		t.Errorf("an unknown kind: %v", err)
	}
}

// echoed answers with a status and an error object that repeats all that was asked, as a careless
// platform would.
func echoed(status, code, subcode int) wire {
	return func(r *http.Request) (*http.Response, error) {
		var said []byte
		if r.Body != nil {
			said, _ = io.ReadAll(r.Body)
		}
		all := fmt.Sprint(r.URL, r.Header, string(said))
		fault := map[string]any{"message": all, "type": all, "code": code, "error_subcode": subcode, "status": status, "more_info": all,
			"fbtrace_id": "canary-token", "error_user_msg": all, "error_data": map[string]string{"details": all}}
		whole := map[string]any{"error": fault} // Meta's
		if strings.Contains(r.URL.Path, "/2010-04-01/") {
			whole = fault // Twilio's
			whole["code"] = cmp.Or(twilios[code], code)
		}
		b, _ := json.Marshal(whole)
		return answer(status, string(b)), nil
	}
}

// twilios are Twilio's numbers for what Meta's codes in these tests mean.
var twilios = map[int]int{190: 20003, 2: 20500, 4: 20429, 100: 21602}

// plain takes the whole body and answers; fails takes it and breaks.
func plain(status int, body string) wire {
	return func(r *http.Request) (*http.Response, error) {
		io.Copy(io.Discard, r.Body)
		return answer(status, body), nil
	}
}

func fails(err error) wire {
	return func(r *http.Request) (*http.Response, error) {
		io.Copy(io.Discard, r.Body)
		return nil, err
	}
}

func TestErrorsOfSend(t *testing.T) {
	dial := &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("canary-base.invalid refused canary-token")}
	cases := []struct {
		name  string
		wire  wire
		kind  tandem.Kind
		maybe bool
	}{
		{"429", plain(429, "canary-token"), tandem.Limited, false},
		{"503", plain(503, ""), tandem.Transient, false},
		{"503 and a vague code", echoed(503, 2, 0), tandem.Transient, false},
		{"500 and a vague code", echoed(500, 2, 0), tandem.Transient, true},
		{"dial", fails(dial), tandem.Transient, false},
		{"refused", fails(&net.OpError{Op: "read", Err: syscall.ECONNREFUSED}), tandem.Transient, false},
		{"500", plain(500, "canary"), tandem.Transient, true},
		{"502", plain(502, "<html>"), tandem.Transient, true},
		{"timeout after the body", fails(context.DeadlineExceeded), tandem.Transient, true},
		{"reset after the body", fails(&net.OpError{Op: "read", Err: syscall.ECONNRESET}), tandem.Transient, true},
		{"200 cut off", plain(200, `{"message_id":"m`), tandem.Transient, true},
		{"200 without an id", plain(200, `{}`), tandem.Transient, true},
		{"302", plain(302, ""), tandem.Invalid, false},
		{"401", plain(401, ""), tandem.Denied, false},
		{"190", echoed(400, 190, 463), tandem.Denied, false},
		{"190 in a 200", echoed(200, 190, 0), tandem.Denied, false},
		{"unknown code", echoed(400, 99999999, 0), tandem.Invalid, false},
		{"limit", echoed(400, 4, 0), tandem.Limited, false},
	}
	for _, k := range Kinds() {
		for _, c := range cases {
			t.Run(k.Name+"/"+c.name, func(t *testing.T) {
				calls := 0
				ch := opened(t, canaries(k), func(r *http.Request) (*http.Response, error) { calls++; return c.wire(r) })
				_, err := ch.Send(t.Context(), sample(k))
				if calls == 0 {
					if err != nil {
						t.Errorf("no call was made, yet: %v", err)
					}
					t.Skip("this kind calls nobody")
				}
				if calls != 1 {
					t.Errorf("%d calls; sending is one attempt", calls)
				}
				if tandem.KindOf(err) != c.kind || errors.Is(err, ErrMaybeSent) != c.maybe {
					t.Errorf("got %v, kind %s", err, tandem.KindOf(err))
				}
				if _, ok := RetryAfter(err); ok != (c.kind == tandem.Limited) {
					t.Errorf("when to try again must be said of limits, and only of them: %v", err)
				}
				noCanary(t, err)
			})
		}
	}
}

// noCanary fails where an error gives a setting, a secret or the customer's words away.
func noCanary(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := fmt.Sprintf("%s %+v", e, e); strings.Contains(text, "canary") || strings.Contains(text, "słowa") {
			t.Errorf("an error tells too much: %s", text)
		}
	}
}

func TestOtherCallsTellNothingEither(t *testing.T) {
	for _, k := range Kinds() {
		ch := opened(t, canaries(k), echoed(400, 100, 33))
		ctx := t.Context()
		if c, ok := ch.(tandem.Typer); ok {
			noCanary(t, c.Typing(ctx, "canary-to"))
		}
		if c, ok := ch.(tandem.Profiler); ok {
			_, err := c.Profile(ctx, "canary-to")
			noCanary(t, err)
		}
		if c, ok := ch.(tandem.Moderator); ok {
			noCanary(t, c.Moderate(ctx, "canary-to", "hide"))
			if err := c.Moderate(ctx, "x", "canary-dance"); tandem.KindOf(err) != tandem.Invalid {
				t.Errorf("%s: an unknown action: %v", k.Name, err)
			}
		}
		if c, ok := ch.(tandem.Historian); ok {
			_, err := c.History(ctx, time.Time{}, "")
			noCanary(t, err)
			if _, err := c.History(ctx, time.Time{}, "canary-page"); tandem.KindOf(err) != tandem.Invalid {
				t.Errorf("%s: a place that is none: %v", k.Name, err)
			}
		}
		if c, ok := ch.(tandem.Doorkeeper); ok {
			_, err := c.Door(ctx)
			noCanary(t, errors.Join(err, c.SetDoor(ctx)))
		}
		if c, ok := ch.(tandem.Subscriber); ok {
			_, err := c.Subscribed(ctx)
			noCanary(t, errors.Join(err, c.Subscribe(ctx)))
		}
		if c, ok := ch.(tandem.Tester); ok {
			_, _, err := c.Test(ctx)
			noCanary(t, err)
		}
	}
}

func TestDeadTokenIsReported(t *testing.T) {
	for _, k := range Kinds() {
		c, ok := opened(t, canaries(k), echoed(401, 190, 463)).(tandem.Tester)
		if !ok {
			continue
		}
		if good, wrong, err := c.Test(t.Context()); err != nil || len(good) > 0 || !reflect.DeepEqual(wrong, []string{"token_expired"}) {
			t.Errorf("%s: %v %v %v", k.Name, good, wrong, err)
		}
	}
}

func TestClosedWindowIsNotTried(t *testing.T) {
	for _, k := range Kinds() {
		if k.Window == 0 {
			continue
		}
		ch := opened(t, canaries(k), func(*http.Request) (*http.Response, error) {
			t.Errorf("%s was called", k.Name)
			return nil, io.EOF
		})
		o := sample(k)
		o.Since = k.Window + time.Minute
		if _, err := ch.Send(t.Context(), o); tandem.KindOf(err) != tandem.Invalid || tandem.CodeOf(err) != CodeWindow {
			t.Errorf("%s: %v", k.Name, err)
		}
		o.Human, o.Since = true, max(k.Window, k.HumanWindow)+time.Minute
		if _, err := ch.Send(t.Context(), o); tandem.CodeOf(err) != CodeWindow {
			t.Errorf("%s for a person: %v", k.Name, err)
		}
	}
}
