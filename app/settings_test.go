package app

import (
	"bytes"
	"strings"
	"testing"

	"tandem"
	"tandem/demo"
	"tandem/store"
)

func TestAccountIsConnectedAndItsSecretsAreNeverShown(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		fields := map[string]string{"external": "777", "login": "instagram", "token": "very-secret-token", "app_secret": "very-secret-app", "verify_token": "very-secret-verify"}
		var v ChannelView
		boss.must("POST", "/api/accounts", map[string]any{"kind": "instagram", "name": "Drugi", "fields": fields}, &v)
		all := boss.call("GET", "/api/accounts", nil)
		if bytes.Contains(all.body, []byte("very-secret")) || !bytes.Contains(all.body, []byte("Drugi")) {
			t.Errorf("the list is %s", all.body)
		}
		body := dm("777", "700009", "mid.9", "hej")
		if got := s.call("POST", "/hook/meta", body, "X-Hub-Signature-256", signed("very-secret-app", body)); got.status != 200 || s.inbound() != 1 {
			t.Errorf("the new account does not hear: %d, %d messages", got.status, s.inbound())
		}
		boss.must("PUT", "/api/accounts/"+string(v.ID), map[string]any{"state": "off"}, nil)
		if got := s.call("POST", "/hook/meta", strings.Replace(body, "mid.9", "mid.10", 1), "X-Hub-Signature-256", signed("very-secret-app", strings.Replace(body, "mid.9", "mid.10", 1))); got.status == 200 {
			t.Error("an account that is off still hears")
		}
		for name, in := range map[string]map[string]any{
			"a kind that is none":   {"kind": "telex", "name": "x", "fields": map[string]string{}},
			"a field that is none":  {"kind": "instagram", "name": "x", "fields": map[string]string{"colour": "red"}},
			"a field that is empty": {"kind": "instagram", "name": "x", "fields": map[string]string{"external": "1"}},
		} {
			if got := boss.call("POST", "/api/accounts", in); got.status != 422 {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		if got := boss.call("POST", "/api/accounts", map[string]any{"kind": "instagram", "name": "x", "fields": fields}); got.status != 409 {
			t.Errorf("the same account twice: %d %s", got.status, got.body)
		}
		var tested Tested
		boss.must("POST", "/api/accounts/instagram/test", nil, &tested)
		if len(tested.OK) == 0 || tested.OK[0].Text == "" {
			t.Errorf("the test of a good connection found %+v", tested)
		}
	})
}

func TestSecretsAreSealedAndKeysCanBeReplaced(t *testing.T) {
	old, err := ParseKeys([]byte(NewKey()))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := old.Seal("hasło do Instagrama", "account/1")
	if err != nil || strings.Contains(sealed, "Instagram") {
		t.Fatalf("%q %v", sealed, err)
	}
	if twice, _ := old.Seal("hasło do Instagrama", "account/1"); twice == sealed {
		t.Error("the same text is sealed the same twice")
	}
	if got, err := old.Open(sealed, "account/1"); err != nil || got != "hasło do Instagrama" {
		t.Errorf("%q %v", got, err)
	}
	if _, err := old.Open(sealed, "account/2"); tandem.KindOf(err) != tandem.Denied {
		t.Errorf("a sealed text was moved to another row: %v", err)
	}
	broken := sealed[:len(sealed)-2] + "AA"
	if _, err := old.Open(broken, "account/1"); err == nil {
		t.Error("a changed text opens")
	}
	other, _ := ParseKeys([]byte(NewKey()))
	if _, err := other.Open(sealed, "account/1"); err == nil || strings.Contains(err.Error(), "Instagram") {
		t.Errorf("another key: %v", err)
	}
	first, second := NewKey(), NewKey()
	before, _ := ParseKeys([]byte(first))
	kept, _ := before.Seal("x", "a")
	both, err := ParseKeys([]byte("# newest first\n" + second + "\n" + first + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := both.Open(kept, "a"); err != nil || got != "x" {
		t.Errorf("after a replacement: %q %v", got, err)
	}
	fresh, _ := both.Seal("x", "a")
	if strings.Split(fresh, ".")[1] == strings.Split(kept, ".")[1] {
		t.Error("the old key still seals")
	}
	for _, bad := range []string{"", "short", "# only a comment\n", NewKey()[:20]} {
		if _, err := ParseKeys([]byte(bad)); tandem.KindOf(err) != tandem.Invalid || err == nil {
			t.Errorf("the key %q: %v", bad, err)
		}
	}
}

func TestSecretsInTheDatabaseNeedTheKey(t *testing.T) {
	ctx, file := t.Context(), t.TempDir()+"/x.db"
	one, two := []byte(NewKey()), []byte(NewKey())
	a, err := New(ctx, Config{Address: file, Key: one, Front: front, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Company(ctx, a.DB(), demo.Options{Hosts: demo.InMemory, Hash: hashed(), Hours: demo.Always}); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if _, err := New(ctx, Config{Address: file, Key: two, Front: front, Fast: true}); tandem.CodeOf(err) != "wrong_key" {
		t.Errorf("another key: %v", err)
	}
	if _, err := New(ctx, Config{Address: file, Front: front, Fast: true}); tandem.CodeOf(err) != "no_key" {
		t.Errorf("no key: %v", err)
	}
	a, err = New(ctx, Config{Address: file, Key: append(append(two, '\n'), one...), Front: front, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := a.Reseal(ctx); err != nil || n != 7 {
		t.Errorf("%d secrets were sealed anew: %v", n, err)
	}
	a.Close()
	a, err = New(ctx, Config{Address: file, Key: two, Front: front, Fast: true})
	if err != nil {
		t.Fatalf("after the replacement the new key alone is not enough: %v", err)
	}
	defer a.Close()
	s, err := a.DB().Sources(ctx, demo.Workspace)
	if err != nil || len(s) != 2 || s[0].Secrets["token"]+s[1].Secrets["token"] == "" {
		t.Errorf("the sources are %v %v", s, err)
	}
}

func TestOnlyWhatIsNeverShownIsHidden(t *testing.T) {
	for in, want := range map[string]string{
		"karta 4111 1111 1111 1111, ważna 12/28":            "karta **** **** **** ****, ważna 12/28",
		"4111-1111-1111-1111":                               "****-****-****-****",
		"4111111111111112":                                  "4111111111111112", // no card: the check digit is wrong
		"PESEL 44051401359.":                                "PESEL ***********.",
		"PESEL 44051401358":                                 "PESEL 44051401358",
		"telefon +48600100200":                              "telefon +48600100200",
		"telefon 600 100 200":                               "telefon 600 100 200",
		"zamówienie 48213, paczka 620000000000000000048213": "zamówienie 48213, paczka 620000000000000000048213",
		"konto 61 1090 1014 0000 0712 1981 2874":            "konto 61 1090 1014 0000 0712 1981 2874",
		"ola@example.pl, ul. Długa 5":                       "ola@example.pl, ul. Długa 5",
		"":                                                  "",
	} {
		if got := hide(in); got != want || len(got) != len(in) {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func FuzzHide(f *testing.F) {
	for _, s := range []string{"4111 1111 1111 1111", "ą44051401359ż", "- - 12 3-4", strings.Repeat("4", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := hide(s)
		if len(got) != len(s) || hide(got) != got {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func TestFoundingTwiceChangesNothing(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		c := Company{Workspace: tandem.Workspace{ID: "w", Name: "Pierwsza", Zone: "UTC", Lang: "pl"}, People: []Employee{{User: tandem.User{ID: "u", Email: "u@x.pl", Name: "U", Role: tandem.RoleOwner, Workspace: "w"}, Password: "tajne-haslo"}}}
		if err := s.Found(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		c.Workspace.Name = "Druga"
		if err := s.Found(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		w, err := s.DB().Workspace(t.Context(), "w")
		if err != nil || w.Name != "Pierwsza" {
			t.Errorf("%s %v", w.Name, err)
		}
		topics, _ := s.DB().Touchpoints(t.Context(), "w")
		if len(topics) != 40 {
			t.Errorf("%d topics", len(topics))
		}
		found, looked, err := s.DB().Check(t.Context())
		if err != nil || len(found) != 0 || looked < 10 {
			t.Errorf("the check looked at %d and found %v (%v)", looked, found, err)
		}
	})
}

// TestCheckFindsWhatIsWrong: a check that can find nothing would be worth nothing.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		s.angry(ola)
		id := ola.first("needs_human").ID
		err := s.DB().Write(t.Context(), demo.Workspace, func(tx *store.Tx) error {
			c, err := tx.Conversation(id)
			if err != nil {
				return err
			}
			c.Agent, c.Seq = "ola", 0 // an owner that is none, and a number that is behind
			return tx.SaveConversation(c)
		})
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := s.DB().Check(t.Context())
		if err != nil || len(found) != 2 {
			t.Errorf("found %v (%v)", found, err)
		}
	})
}
