package app

import (
	"strings"
	"testing"

	"tandem"
)

// TestAPersonComesAndGoes: invited with a link that is good once, then with a role, then without access.
func TestAPersonComesAndGoes(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss, ola := s.sit("kierownik@demo.pl"), s.sit("ola@demo.pl")
		var i Invitation
		boss.must("POST", "/api/people", map[string]any{"name": "Ewa Nowak", "email": " Ewa@demo.pl", "role": "agent"}, &i)
		if got := boss.call("POST", "/api/people", map[string]any{"name": "Ewa", "email": "ewa@demo.pl", "role": "agent"}); got.status != 409 || got.code() != "email_taken" {
			t.Errorf("the same address: %d %s", got.status, got.body)
		}
		if got := boss.call("POST", "/api/people", map[string]any{"name": "Ewa", "email": "ewa", "role": "agent"}); got.code() != "bad_member" {
			t.Errorf("no address: %d %s", got.status, got.body)
		}
		if got := s.call("POST", "/api/login", map[string]string{"email": "ewa@demo.pl", "password": ""}); got.status != 401 {
			t.Errorf("signed in without a password: %d", got.status)
		}
		accept := func(path, password string) (int, string) {
			got := s.call("POST", "/api/invite", map[string]string{"token": strings.TrimPrefix(path, "/#/invite/"), "password": password})
			return got.status, got.code()
		}
		old := i.Path
		boss.must("POST", "/api/people/"+string(i.ID)+"/invite", map[string]any{}, &i)
		for _, c := range []struct {
			path, password string
			status         int
		}{{i.Path, "short", 422}, {old, "długie-hasło", 403}, {"/#/invite/x", "długie-hasło", 403}, {i.Path, "długie-hasło", 200}, {i.Path, "inne-hasło-1", 403}} {
			if status, code := accept(c.path, c.password); status != c.status {
				t.Errorf("%s with %q: %d %s", c.path, c.password, status, code)
			}
		}
		if got := s.call("POST", "/api/login", map[string]string{"email": "ewa@demo.pl", "password": "długie-hasło"}); got.status != 200 {
			t.Errorf("with the new password: %d %s", got.status, got.body)
		}
		change := func(id tandem.UserID, body map[string]any) string {
			got := boss.call("PUT", "/api/people/"+string(id), body)
			if got.status == 204 {
				return ""
			}
			return got.code()
		}
		for _, c := range []struct {
			id   tandem.UserID
			body map[string]any
			code string
		}{
			{i.ID, map[string]any{"role": "manager"}, ""}, {i.ID, map[string]any{"disabled": true}, ""}, {"kierownik", map[string]any{"disabled": true}, "yourself"},
			{"kierownik", map[string]any{"role": "agent"}, "last_owner"}, {"none", map[string]any{"disabled": true}, "not_found"},
		} {
			if got := change(c.id, c.body); got != c.code {
				t.Errorf("%s %v: %q", c.id, c.body, got)
			}
		}
		if got := s.call("POST", "/api/login", map[string]string{"email": "ewa@demo.pl", "password": "długie-hasło"}); got.status != 401 {
			t.Errorf("signed in without access: %d", got.status)
		}
		var all Members
		boss.must("GET", "/api/people", nil, &all)
		if last := all.Items[len(all.Items)-1]; last.ID != i.ID || !last.Disabled || last.Invited || last.Role != tandem.RoleManager {
			t.Errorf("%+v", all.Items)
		}
		if got := ola.call("GET", "/api/people", nil); got.status != 403 {
			t.Errorf("an agent looks: %d", got.status)
		}
		// What somebody had in hand is in the queue again.
		ola.must("POST", s.angry(ola)+"/takeover", map[string]any{}, nil)
		if got := change("ola", map[string]any{"disabled": true}); got != "" {
			t.Fatal(got)
		}
		if got := ola.call("GET", "/api/me", nil); got.status != 401 {
			t.Errorf("her session: %d", got.status)
		}
		if row := boss.first("needs_human"); row.Reason != "M3" || row.ReasonText == "M3" {
			t.Errorf("%+v", row)
		}
	})
}
