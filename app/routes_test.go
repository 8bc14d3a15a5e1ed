package app

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"tandem"
	"tandem/access"
)

var update = flag.Bool("update", false, "write golden files anew")

// everybody may call these without a session: they are how one gets a session and loses it. The
// stream has a test of its own, because it does not end.
var everybody = map[string]bool{"post-login": true, "post-logout": true, "get-events": true, "post-invite": true}

// TestEveryRouteAsks walks every described route: without a session it answers 401, and a person
// whose role has not the route's right gets 403, whatever is sent along.
func TestEveryRouteAsks(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		agent, owner := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		u := tandem.User{ID: "ola", Workspace: "modna-szafa", Role: tandem.RoleAgent}
		asked, refused := 0, 0
		for path, item := range s.api.OpenAPI().Paths {
			for method, op := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete, "PATCH": item.Patch} {
				id, action, there := described(t, op)
				if !there || everybody[id] {
					continue
				}
				asked++
				if !access.Can(tandem.User{ID: "x", Workspace: "w", Role: tandem.RoleOwner}, action, access.Object{Workspace: "w"}) {
					t.Errorf("%s %s asks for %q, which not even an owner has", method, path, action)
				}
				at := strings.NewReplacer("{id}", "none").Replace(path)
				if got := s.call(method, at, wellFormed(id)); got.status != 401 || got.code() != "signed_out" {
					t.Errorf("%s %s without a session: %d %s", method, path, got.status, got.body)
				}
				may := access.Can(u, action, access.Object{Workspace: u.Workspace})
				got := agent.call(method, at, wellFormed(id))
				if !may {
					refused++
				}
				if may == (got.status == 403) {
					t.Errorf("%s %s as an agent: %d, and access.Can says %v: %s", method, path, got.status, may, got.body)
				}
				if got := owner.call(method, at, wellFormed(id)); got.status == 403 || got.status == 401 || got.status >= 500 {
					t.Errorf("%s %s as the owner: %d %s", method, path, got.status, got.body)
				}
			}
		}
		if asked < 35 || refused < 4 {
			t.Errorf("only %d routes were walked, %d of them refused to an agent", asked, refused)
		}
	})
}

// described returns a route's id and the right it asks for.
func described(t *testing.T, op any) (id, action string, there bool) {
	t.Helper()
	b, err := json.Marshal(op)
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		ID     string `json:"operationId"`
		Action string `json:"x-action"`
	}
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	return o.ID, o.Action, o.ID != ""
}

// wellFormed is a body that a route's form accepts, so that it is the right that is refused.
func wellFormed(id string) any {
	bodies := map[string]map[string]any{
		"post-people":                      {"name": "X", "email": "x@demo.pl", "role": "agent"},
		"put-people-id":                    {"disabled": false},
		"put-me":                           {"away": false},
		"post-conversations-id-reply":      {"text": "x"},
		"post-conversations-id-cancel":     {"message": "x"},
		"post-conversations-id-retry":      {"message": "x"},
		"post-conversations-id-note":       {"text": "x"},
		"post-conversations-id-assign":     {"user": "ola"},
		"post-conversations-id-priority":   {"priority": 1},
		"post-conversations-id-topic":      {"touchpoint": "thanks"},
		"post-conversations-id-verdict":    {"verdict": "right"},
		"post-drafts-id-approve":           {"seen_rev": 1},
		"post-drafts-id-reject":            {"reason": "x"},
		"put-policy-touchpoints-id":        {"level": 1, "version": 1},
		"post-policy-touchpoints-id-raise": {"group": "pl/chat"},
		"post-policy-pause":                {"paused": true, "touchpoint": "none"},
		"post-conversations-id-actions":    {"kind": "refund_amount", "subject": "1", "amount": 1, "currency": "PLN"},
		"post-actions-id-approve":          {"seen_rev": 1},
		"post-actions-id-reject":           {"reason": "no"},
		"post-merges":                      {"keep": "a", "gone": "b"},
		"post-proposals-id":                {"yes": false},
		"post-accounts":                    {"kind": "nobody", "name": "x", "fields": map[string]string{}},
		"put-accounts-id":                  {"name": "x"},
		"post-learning-examples":           {"text": "gdzie moja paczka", "touchpoint": "order_status"},
		"put-learning-examples-id":         {"state": "label"},
		"post-learning-import":             {"file": "touchpoint\ttext\nthanks\tdzięki"},
		"post-learning-use":                {"number": 0},
		"post-learning-words":              {"pattern": "skandal*", "side": "harmless"},
		"post-learning-try":                {"text": "dzień dobry"},
		"post-deflections":                 {"caller": "+48600100200", "call_id": "1"},
	}
	if b, ok := bodies[id]; ok {
		return b
	}
	return nil
}

func TestStreamAndUnknownAddressesAsk(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		if got := s.call("GET", "/api/events", nil); got.status != 401 {
			t.Errorf("the stream without a session: %d", got.status)
		}
		for _, path := range []string{"/api/nothing", "/api/conversations/x/y/z"} {
			if got := s.call("GET", path, nil); got.status != 404 || got.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s", path, got.status, got.header.Get("Content-Type"))
			}
		}
	})
}

// TestResumingTheBotIsForManagers: the same route silences, which is everybody's right.
func TestResumingTheBotIsForManagers(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		ola.must("POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
		if got := ola.call("POST", "/api/policy/pause", map[string]any{"paused": false}); got.status != 403 {
			t.Errorf("an agent let the bot speak again: %d", got.status)
		}
		var me Me
		ola.must("GET", "/api/me", nil, &me)
		if !me.Workspace.Paused {
			t.Error("the bot is not paused")
		}
		boss.must("POST", "/api/policy/pause", map[string]any{"paused": false}, nil)
		ola.must("GET", "/api/me", nil, &me)
		if me.Workspace.Paused {
			t.Error("the bot is still paused")
		}
	})
}

// TestOpenAPIIsAsWritten: the description is what the front end's types are generated from. Run with
// -update after a change that is meant.
func TestOpenAPIIsAsWritten(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		got, err := s.OpenAPI()
		if err != nil {
			t.Fatal(err)
		}
		const file = "testdata/openapi.json"
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("the API is described otherwise than %s; run go test ./app -run OpenAPI -update if that is meant", file)
		}
		var doc struct {
			OpenAPI string         `json:"openapi"`
			Paths   map[string]any `json:"paths"`
		}
		if err := json.Unmarshal(got, &doc); err != nil || doc.OpenAPI != "3.1.0" || len(doc.Paths) < 30 {
			t.Errorf("version %q, %d paths, %v", doc.OpenAPI, len(doc.Paths), err)
		}
		served := s.call("GET", "/api/openapi.json", nil)
		if served.status != 200 || !json.Valid(served.body) {
			t.Errorf("it is served with %d", served.status)
		}
	})
}
