package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/access"
	"tandem/demo"
	"tandem/store"
	"tandem/web"
)

func TestLoginSetsACookieThatScriptsCannotRead(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		got := s.call("POST", "/api/login", map[string]string{"email": " Ola@Demo.pl ", "password": demo.Password})
		if got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		cookie := got.header.Get("Set-Cookie")
		for _, want := range []string{access.Cookie + "=", "HttpOnly", "SameSite=Lax", "Max-Age=1209600", "Path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("the cookie lacks %s: %s", want, cookie)
			}
		}
		if strings.Contains(cookie, "Secure") {
			t.Error("a cookie over plain http says Secure, which browsers drop")
		}
		var me Me
		got.into(t, &me)
		if me.User.ID != "ola" || me.Workspace.ID != demo.Workspace || len(me.Touchpoints) != 40 || len(me.Channels) != 5 || len(me.People) != 3 || !me.Workspace.Open {
			t.Errorf("me is %+v", me)
		}
	})
}

func TestCookieIsSecureBehindAProxyThatSpeaksHTTPS(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		s.conf.Proxied = true
		got := s.call("POST", "/api/login", map[string]string{"email": "ola@demo.pl", "password": demo.Password}, "X-Forwarded-Proto", "https")
		if !strings.Contains(got.header.Get("Set-Cookie"), "Secure") {
			t.Errorf("the cookie is %s", got.header.Get("Set-Cookie"))
		}
	})
}

func TestLoginDoesNotTellWhoIsThere(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		wrong := s.call("POST", "/api/login", map[string]string{"email": "ola@demo.pl", "password": "nie"})
		unknown := s.call("POST", "/api/login", map[string]string{"email": "nikt@demo.pl", "password": "nie"})
		if wrong.status != 401 || unknown.status != 401 || string(wrong.body) != string(unknown.body) {
			t.Errorf("wrong password: %d %s\nunknown address: %d %s", wrong.status, wrong.body, unknown.status, unknown.body)
		}
		if wrong.header.Get("Set-Cookie") != "" {
			t.Error("a refusal sets a cookie")
		}
	})
}

func TestLoginIsLimitedPerAddressAndPerCaller(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		try := func(email string) answered {
			return s.call("POST", "/api/login", map[string]string{"email": email, "password": "nie"})
		}
		for i := range s.perEmail.Burst {
			if got := try("ola@demo.pl"); got.status != 401 {
				t.Fatalf("attempt %d: %d", i+1, got.status)
			}
		}
		got := try("ola@demo.pl")
		if got.status != 429 || got.code() != "rate_limited" || got.header.Get("Retry-After") == "" {
			t.Errorf("one too many: %d %s", got.status, got.body)
		}
		if got := s.call("POST", "/api/login", map[string]string{"email": "ola@demo.pl", "password": demo.Password}); got.status != 429 {
			t.Errorf("the right password while limited: %d", got.status)
		}
		if got := try("piotr@demo.pl"); got.status != 401 {
			t.Errorf("somebody else is limited too: %d", got.status)
		}
		s.settle(15 * time.Minute)
		if got := s.call("POST", "/api/login", map[string]string{"email": "ola@demo.pl", "password": demo.Password}); got.status != 200 {
			t.Errorf("after the wait: %d %s", got.status, got.body)
		}
		s.settle(15 * time.Minute)
		s.perIP.Burst = 1
		if got := s.call("POST", "/api/login", map[string]string{"email": "x@demo.pl", "password": "nie"}); got.status != 401 {
			t.Errorf("the first of a caller: %d", got.status)
		}
		if got := s.call("POST", "/api/login", map[string]string{"email": "y@demo.pl", "password": "nie"}); got.status != 429 {
			t.Errorf("the second of a caller: %d", got.status)
		}
	})
}

func TestSessionEnds(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, other := s.sit("ola@demo.pl"), s.sit("ola@demo.pl")
		stream := s.listenTo("/api/events", "Cookie", ola.cookie)
		if got := ola.call("POST", "/api/logout", map[string]string{}); got.status != 204 || !strings.Contains(got.header.Get("Set-Cookie"), "Max-Age=0") {
			t.Errorf("logout: %d %s", got.status, got.header.Get("Set-Cookie"))
		}
		stream.done.Wait() // signing out cuts the stream; otherwise this never returns
		if got := ola.call("GET", "/api/me", nil); got.status != 401 || got.code() != "signed_out" {
			t.Errorf("after logout: %d %s", got.status, got.body)
		}
		if got := other.call("GET", "/api/me", nil); got.status != 200 {
			t.Errorf("another browser was signed out too: %d", got.status)
		}
		s.stop() // nobody works meanwhile: two weeks are long
		s.settle(access.SessionLasts)
		if got := other.call("GET", "/api/me", nil); got.status != 401 {
			t.Errorf("after 14 days: %d", got.status)
		}
	})
}

// A stream ends when its reader may not read it any more: at once where an event tells, at the next
// beat where none does.
func TestStreamsEndWithTheRightToThem(t *testing.T) {
	becomes := func(role tandem.Role) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			u, err := tx.User("ola")
			if err != nil {
				return err
			}
			u.Role = role
			return tx.SaveUser(u, "")
		}
	}
	nothing := func(*store.Tx) error { return nil }
	for name, c := range map[string]struct {
		what func(*store.Tx) error
		wait time.Duration
		over bool
	}{
		"disabled":             {func(tx *store.Tx) error { return tx.SetDisabled("ola", true) }, 0, true},
		"another role":         {becomes(tandem.RoleManager), 0, true},
		"the same role":        {becomes(tandem.RoleAgent), 0, false},
		"a colleague":          {func(tx *store.Tx) error { return tx.SetDisabled("piotr", true) }, 0, false},
		"the session lasts":    {nothing, 39 * time.Second, false},
		"the session runs out": {nothing, 40*time.Second + web.Beat, true},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(t *testing.T, s *shop) {
				token, hash := access.NewToken()
				change := func(do func(*store.Tx) error) {
					if err := s.DB().Write(t.Context(), demo.Workspace, do); err != nil {
						t.Fatal(err)
					}
				}
				change(func(tx *store.Tx) error { return tx.StartSession(hash, "ola", tx.Now.Add(40*time.Second), "test") })
				e := s.listenTo("/api/events", "Cookie", access.Cookie+"="+token)
				change(c.what)
				s.settle(c.wait)
				if e.over() != c.over {
					t.Errorf("the stream is over: %v, want %v", e.over(), c.over)
				}
				e.hang()
			})
		})
	}
}

func TestOtherSitesCannotUseTheCookie(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		got := ola.call("PUT", "/api/me", map[string]bool{"away": true}, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
		if got.status != http.StatusForbidden || got.code() != "cross_origin" {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
}

func TestLanguageFollowsThePersonThenTheBrowser(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		title := func(a answered) string {
			var p struct{ Title string }
			a.into(t, &p)
			return p.Title
		}
		pl, en := title(s.call("GET", "/api/me", nil)), title(s.call("GET", "/api/me", nil, "Accept-Language", "en-GB,en;q=0.9,pl;q=0.1"))
		if pl == en || pl == "" || en == "" {
			t.Errorf("pl %q, en %q", pl, en)
		}
		ola := s.sit("ola@demo.pl")
		ola.must("PUT", "/api/me", map[string]string{"lang": "en"}, nil)
		var me Me
		ola.must("GET", "/api/me", nil, &me)
		if me.User.Lang != "en" {
			t.Errorf("the language is %s", me.User.Lang)
		}
		if got := title(ola.call("GET", "/api/conversations/none", nil)); got != words("en", "not_found") {
			t.Errorf("the person reads English and got %q", got)
		}
	})
}
