package app

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
)

const (
	pageSecret      = "tandem-test-app-secret"
	instagramSecret = "tandem-test-instagram-secret"
	pageID          = "504100000000001"
	instagramID     = "17841400000000001"
)

// dm is a private message to an Instagram account as Meta would send it.
func dm(account, user, mid, text string) string {
	return `{"object":"instagram","entry":[{"id":"` + account + `","time":1795339800000,"messaging":[{"sender":{"id":"` + user + `"},"recipient":{"id":"` + account +
		`"},"timestamp":1795339800000,"message":{"mid":"` + mid + `","text":"` + text + `"}}]}]}`
}

func TestHooksSortCallsByWhatTheyAre(t *testing.T) {
	good := dm(instagramID, "700001", "mid.1", "Dzień dobry")
	numeric := strings.NewReplacer(`"`+instagramID+`"`, instagramID, `"700001"`, `700001`).Replace(dm(instagramID, "700001", "mid.2", "hej"))
	for _, c := range []struct {
		name, method, path, body, signed string
		status, messages, raw            int
	}{
		{"a message", "POST", "/hook/meta", good, instagramSecret, 200, 1, 1},
		{"ids as numbers", "POST", "/hook/meta", numeric, instagramSecret, 200, 1, 1},
		{"no signature", "POST", "/hook/meta", good, "", 401, 0, 0},
		{"another's signature", "POST", "/hook/meta", good, "guessed", 403, 0, 0},
		{"signed and cut short", "POST", "/hook/meta", good[:len(good)/2], instagramSecret, 422, 0, 0},
		{"an unknown object", "POST", "/hook/meta", `{"object":"permissions","entry":[]}`, pageSecret, 200, 0, 1},
		{"an unknown account", "POST", "/hook/meta", dm("999", "700001", "mid.3", "hej"), instagramSecret, 200, 0, 1},
		{"signed by the page, about Instagram", "POST", "/hook/meta", good, pageSecret, 200, 0, 1},
		{"too long", "POST", "/hook/meta", `{"object":"` + strings.Repeat("x", channel.MaxBody) + `"}`, instagramSecret, 413, 0, 0},
		{"no such hook", "POST", "/hook/nobody", good, instagramSecret, 404, 0, 0},
		{"the widget is no hook", "POST", "/hook/webchat/demo", `{}`, "", 404, 0, 0},
		{"another method", "DELETE", "/hook/meta", "", "", 405, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			play(t, func(t *testing.T, s *shop) {
				var header []string
				if c.signed != "" {
					header = []string{"X-Hub-Signature-256", sim.Sign(c.signed, []byte(c.body))}
				}
				got := s.call(c.method, c.path, c.body, header...)
				if got.status != c.status {
					t.Errorf("status %d, want %d: %s", got.status, c.status, got.body)
				}
				if c.status == 200 && string(got.body) != "EVENT_RECEIVED" {
					t.Errorf("the answer is %q", got.body)
				}
				if n := s.inbound(); n != c.messages {
					t.Errorf("%d messages are stored, want %d", n, c.messages)
				}
				if n, err := s.DB().RawBodies(t.Context(), "meta"); err != nil || n != c.raw {
					t.Errorf("%d raw bodies are kept, want %d (%v)", n, c.raw, err)
				}
			})
		})
	}
}

// inbound counts the customers' messages in the store.
func (s *shop) inbound() int {
	s.t.Helper()
	lines, _, err := s.DB().Lines(s.t.Context(), demo.Workspace, store.View{Name: "all", Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	n := 0
	for _, l := range lines {
		all, err := s.DB().MessagesBefore(s.t.Context(), demo.Workspace, l.ID, 1<<60, 1000)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, m := range all {
			if m.Inbound() {
				n++
			}
		}
	}
	return n
}

func TestSameCallAgainChangesNothing(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		body := dm(instagramID, "700001", "mid.1", "Dzień dobry")
		for range 3 {
			if got := s.call("POST", "/hook/meta", body, "X-Hub-Signature-256", sim.Sign(instagramSecret, []byte(body))); got.status != 200 {
				t.Fatalf("status %d", got.status)
			}
		}
		if n := s.inbound(); n != 1 {
			t.Errorf("%d messages, want 1", n)
		}
		if n, err := s.DB().RawBodies(t.Context(), "meta"); err != nil || n != 1 {
			t.Errorf("%d raw bodies, want 1 (%v)", n, err)
		}
	})
}

func TestHandshakeAnswersOnlyTheRightToken(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ask := "/hook/meta?hub.mode=subscribe&hub.challenge=12345&hub.verify_token="
		if got := s.call("GET", ask+demo.VerifyToken, nil); got.status != 200 || string(got.body) != "12345" {
			t.Errorf("the right token: %d %q", got.status, got.body)
		}
		if got := s.call("GET", ask+"wrong", nil); got.status != http.StatusForbidden || strings.Contains(string(got.body), "12345") {
			t.Errorf("a wrong token: %d %q", got.status, got.body)
		}
	})
}

// TestCompaniesCannotSpeakForEachOther: whoever has an app of their own knows its secret and could
// sign a body that names another company's account.
func TestCompaniesCannotSpeakForEachOther(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		other := tandem.Workspace{ID: "other", Name: "Inny", Zone: "UTC", Lang: "pl"}
		theirs := tandem.Account{ID: "ig-other", Kind: "instagram", Name: "x", External: "555", State: tandem.AccountOK,
			Settings: map[string]string{"login": "instagram"}, Secrets: map[string]string{"token": "t", "app_secret": "their-secret", "verify_token": "v"}}
		if err := s.Found(t.Context(), Company{Workspace: other, Accounts: []tandem.Account{theirs}}); err != nil {
			t.Fatal(err)
		}
		forged := dm(instagramID, "700001", "mid.1", "przelew na inne konto")
		if got := s.call("POST", "/hook/meta", forged, "X-Hub-Signature-256", sim.Sign("their-secret", []byte(forged))); got.status != 200 {
			t.Errorf("status %d", got.status)
		}
		if n := s.inbound(); n != 0 {
			t.Errorf("a forged message came in")
		}
		own := dm("555", "700001", "mid.1", "hej")
		s.call("POST", "/hook/meta", own, "X-Hub-Signature-256", sim.Sign("their-secret", []byte(own)))
		lines, _, err := s.DB().Lines(t.Context(), "other", store.View{Name: "all", Limit: 10})
		if err != nil || len(lines) != 1 {
			t.Errorf("their own message did not come in: %d %v", len(lines), err)
		}
	})
}

// TestACallAboutTwoCompaniesIsKeptInParts: one app of Meta's serves both, so they have one secret and share calls.
func TestACallAboutTwoCompaniesIsKeptInParts(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		theirs := tandem.Account{ID: "ig-other", Kind: "instagram", Name: "x", External: "555", State: tandem.AccountOK,
			Settings: map[string]string{"login": "instagram"}, Secrets: map[string]string{"token": "t", "app_secret": instagramSecret, "verify_token": "v"}}
		if err := s.Found(t.Context(), Company{Workspace: tandem.Workspace{ID: "other", Name: "Inny", Zone: "UTC", Lang: "pl"}, Accounts: []tandem.Account{theirs}}); err != nil {
			t.Fatal(err)
		}
		entry := func(account, user, mid, text string) string {
			_, rest, _ := strings.Cut(dm(account, user, mid, text), `"entry":[`)
			return strings.TrimSuffix(rest, "]}")
		}
		body := `{"object":"instagram","entry":[` + entry(instagramID, "700001", "mid.1", "słowo do szafy") + "," + entry("555", "700002", "mid.2", "słowo do innych") + "," + entry("999", "700003", "mid.3", "słowo do nikogo") + `]}`
		if got := s.call("POST", "/hook/meta", body, "X-Hub-Signature-256", sim.Sign(instagramSecret, []byte(body))); got.status != 200 {
			t.Fatalf("status %d", got.status)
		}
		for ws, own := range map[tandem.WorkspaceID]string{demo.Workspace: "słowo do szafy", "other": "słowo do innych"} {
			kept, err := s.DB().RawOf(t.Context(), ws)
			if err != nil || len(kept) != 1 || !strings.Contains(kept[0], own) || strings.Count(kept[0], "słowo") != 1 {
				t.Errorf("%s keeps %q, %v", ws, kept, err)
			}
		}
	})
}

// TestNothingIsAcknowledgedThatIsNotStored: a store that does not answer makes the platform repeat.
func TestNothingIsAcknowledgedThatIsNotStored(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		body := dm(instagramID, "700001", "mid.1", "Dzień dobry")
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		a := &App{conf: s.conf, db: s.db, school: s.school}
		a.lines.all = s.lines.all
		h, _ := channel.FindHook("meta")
		header := http.Header{"X-Hub-Signature-256": {sim.Sign(instagramSecret, []byte(body))}}
		err := a.receive(ended, h, s.lines.all, tandem.Webhook{Method: "POST", Header: header, Body: []byte(body), At: time.Now()})
		if err == nil {
			t.Error("a call was acknowledged whose transaction did not begin")
		}
		if n := s.inbound(); n != 0 {
			t.Errorf("%d messages", n)
		}
	})
}

func signed(secret, body string) string { return sim.Sign(secret, []byte(body)) }
