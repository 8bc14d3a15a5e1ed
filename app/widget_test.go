package app

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/demo"
	"tandem/store"
)

// visitor is a browser with the shop's site open.
type visitor struct {
	s *shop
	Session
}

func (s *shop) visit(header ...string) visitor {
	s.t.Helper()
	v := visitor{s: s}
	got := s.call("POST", "/widget/"+demo.Site+"/session", map[string]any{}, header...)
	if got.status != 200 {
		s.t.Fatalf("no session: %d %s", got.status, got.body)
	}
	got.into(s.t, &v.Session)
	return v
}

func (v visitor) call(method, path string, body any, header ...string) answered {
	v.s.t.Helper()
	return v.s.call(method, "/widget/"+demo.Site+path, body, append([]string{"Authorization", "Bearer " + v.Token}, header...)...)
}

func (v visitor) history(after string) []WidgetMessage {
	v.s.t.Helper()
	var h struct{ Messages []WidgetMessage }
	got := v.call("GET", "/messages?after="+after, nil)
	got.into(v.s.t, &h)
	return h.Messages
}

func TestVisitorIsAnsweredAndKnowsByWhom(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v := s.visit()
		if v.Brand != "Modna Szafa" || !v.Open || !strings.Contains(v.Disclosure, "AI") {
			t.Errorf("the session is %+v", v.Session)
		}
		e := s.listenTo("/widget/"+demo.Site+"/stream", "Authorization", "Bearer "+v.Token)
		var sent struct {
			ID  tandem.MessageID
			Seq int64
		}
		v.call("POST", "/messages", map[string]string{"client_id": "c1", "text": "ile kosztuje dostawa?"}).into(t, &sent)
		var again struct{ ID tandem.MessageID }
		v.call("POST", "/messages", map[string]string{"client_id": "c1", "text": "ile kosztuje dostawa?"}).into(t, &again)
		if sent.ID == "" || sent.ID != again.ID || sent.Seq != 1 {
			t.Errorf("sent %+v, again %+v", sent, again)
		}
		s.settle(3 * time.Second)
		h := v.history("0")
		if len(h) != 2 || h[0].Author != "customer" || h[1].Author != "bot" || !strings.Contains(h[1].Text, "14,99") {
			t.Errorf("the history is %+v", h)
		}
		if len(h[1].Choice) != 0 {
			t.Errorf("the door to a person stands below the whole chat, and %q beside the answer too", h[1].Choice)
		}
		if rest := v.history("1"); len(rest) != 1 || rest[0].Seq != 2 {
			t.Errorf("after 1: %+v", rest)
		}
		ids := map[string]int{}
		for _, one := range e.heard("message") {
			var m WidgetMessage
			if err := json.Unmarshal([]byte(one.data), &m); err != nil {
				t.Fatal(err)
			}
			ids[string(m.ID)]++
		}
		if len(ids) != 2 || ids[string(h[1].ID)] != 1 {
			t.Errorf("the stream brought %v", ids)
		}
		e.hang()
	})
}

func TestVisitorGetsAPersonAndIsToldWho(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v, ola := s.visit(), s.sit("ola@demo.pl")
		e := s.listenTo("/widget/"+demo.Site+"/stream", "Authorization", "Bearer "+v.Token)
		if got := v.call("POST", "/human", map[string]any{}); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		s.settle(2 * time.Second)
		row := ola.first("needs_human")
		if row.Reason != "T1" || row.Channel != "webchat" {
			t.Errorf("the row is %+v", row)
		}
		at := "/api/conversations/" + string(row.ID)
		ola.must("POST", at+"/takeover", nil, nil)
		ola.must("POST", at+"/typing", nil, nil)
		var m MessageView
		ola.must("POST", at+"/reply", map[string]any{"text": "Dzień dobry, tu Ola.", "key": "k"}, &m)
		s.settle(time.Second)
		h := v.history("0")
		if last := h[len(h)-1]; last.Author != "human" || last.Name != "Ola" {
			t.Errorf("the visitor sees %+v", last)
		}
		if o := e.heard("owner"); len(o) < 2 || !strings.Contains(o[len(o)-1].data, `"owner":"human","name":"Ola"`) {
			t.Errorf("owners: %v", o)
		}
		if n := len(e.heard("typing")); n != 1 {
			t.Errorf("%d typing", n)
		}
		v.call("POST", "/read", map[string]any{"seq": h[len(h)-1].Seq})
		var c ConversationView
		ola.must("GET", at, nil, &c)
		if last := c.Messages[len(c.Messages)-1]; last.Delivery != tandem.Read {
			t.Errorf("what was read is %s", last.Delivery)
		}
		ola.must("POST", at+"/close", nil, nil)
		if n := len(e.heard("rating")); n != 1 {
			t.Errorf("%d questions for a rating", n)
		}
		if got := v.call("POST", "/rating", map[string]any{"value": 5, "text": "super"}); got.status != 204 {
			t.Errorf("rating: %d %s", got.status, got.body)
		}
		if got := v.call("POST", "/rating", map[string]any{"value": 9}); got.status != 422 {
			t.Errorf("a rating of 9: %d", got.status)
		}
		ola.must("GET", at, nil, &c)
		if len(c.Cases) > 0 && c.Cases[0].CSAT != 5 {
			t.Errorf("the case is %+v", c.Cases[0])
		}
		e.hang()
	})
}

// TestWidgetMissesNothingThatWasSentLate: an answer is numbered before the visitor's next message
// and sent after it; a stream that was cut in between resumes and has it.
func TestWidgetMissesNothingThatWasSentLate(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v, ola := s.visit(), s.sit("ola@demo.pl")
		say := func(id, text string) {
			if got := v.call("POST", "/messages", map[string]string{"client_id": id, "text": text}); got.status != 200 {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
		say("c1", "Chcę rozmawiać z człowiekiem")
		s.settle(2 * time.Second)
		id := ola.first("needs_human").ID
		late := tandem.Message{Origin: tandem.FromHuman, Author: "ola", Text: "Już odpowiadam", Delivery: tandem.Queued}
		err := s.DB().Write(t.Context(), demo.Workspace, func(tx *store.Tx) error {
			c, err := tx.Conversation(id)
			if err != nil {
				return err
			}
			s, err := tx.Snapshot(id)
			if err != nil {
				return err
			}
			_, err = tx.AddMessage(&c, s.Threads[0], &late)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		say("c2", "Halo?")
		e := s.listenTo("/widget/"+demo.Site+"/stream", "Authorization", "Bearer "+v.Token)
		got := e.heard("message")
		e.hang()
		if len(got) != 2 || got[1].id != "1" {
			t.Fatalf("before it is sent: %v", got)
		}
		err = s.DB().Write(t.Context(), demo.Workspace, func(tx *store.Tx) error {
			m, err := tx.Message(late.ID)
			if err == nil {
				_, err = tx.Deliver(&m, tandem.Sent, "", "")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		e = s.listenTo("/widget/"+demo.Site+"/stream", "Authorization", "Bearer "+v.Token, "Last-Event-ID", got[1].id)
		found := false
		for _, one := range e.heard("message") {
			found = found || strings.Contains(one.data, "Już odpowiadam")
		}
		if !found {
			t.Error("the late answer never came")
		}
		e.hang()
	})
}

func TestWidgetRefusesStrangers(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v := s.visit()
		for name, got := range map[string]answered{
			"no token":       s.call("GET", "/widget/"+demo.Site+"/messages", nil),
			"a forged token": s.call("GET", "/widget/"+demo.Site+"/messages", nil, "Authorization", "Bearer "+v.Visitor+"."+strings.Repeat("a", 43)),
			"no such site":   s.call("POST", "/widget/nobody/session", map[string]any{}),
			"no client id":   v.call("POST", "/messages", map[string]string{"text": "x"}),
			"no text":        v.call("POST", "/messages", map[string]string{"client_id": "c"}),
			"no JSON":        v.call("POST", "/messages", "{"),
			"too long":       v.call("POST", "/messages", map[string]string{"client_id": "c", "text": strings.Repeat("ą", 4001)}),
			"far too long":   v.call("POST", "/messages", map[string]string{"client_id": "c", "text": strings.Repeat("x", longestWidgetBody)}),
		} {
			want := map[string]int{"no token": 401, "a forged token": 401, "no such site": 404, "too long": 413, "far too long": 413}[name]
			if want == 0 {
				want = 422
			}
			if got.status != want || got.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		limited := 0
		for i := range s.perVisitor.Burst + 5 {
			if got := v.call("POST", "/messages", map[string]any{"client_id": string(rune('a' + i)), "text": "hej"}); got.status == 429 {
				limited++
			}
		}
		if limited == 0 {
			t.Error("nothing limits a visitor")
		}
	})
}

func TestWidgetIsHeldOnlyByAllowedSites(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		boss.must("PUT", "/api/accounts/webchat", map[string]any{"fields": map[string]string{"origins": "https://modnaszafa.example"}}, nil)
		session := func(origin string) int {
			return s.call("POST", "/widget/"+demo.Site+"/session", map[string]any{}, "Origin", origin).status
		}
		for origin, want := range map[string]int{"https://modnaszafa.example": 200, "https://evil.example": 403, "http://" + testHost: 200} {
			if got := session(origin); got != want {
				t.Errorf("from %s: %d, want %d", origin, got, want)
			}
		}
		csp := s.call("GET", "/widget/"+demo.Site+"/frame", nil).header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "frame-ancestors 'self' https://modnaszafa.example") {
			t.Errorf("the frame's policy is %s", csp)
		}
		v := s.visit()
		before := s.call("OPTIONS", "/widget/"+demo.Site+"/messages", nil, "Origin", "https://modnaszafa.example", "Access-Control-Request-Method", "POST")
		if before.status != 204 || before.header.Get("Access-Control-Allow-Origin") != "https://modnaszafa.example" {
			t.Errorf("the question before: %d %v", before.status, before.header)
		}
		if got := s.call("GET", "/widget.js", nil); got.status != 200 || got.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("the loader: %d", got.status)
		}
		_ = v
	})
}

func TestVisitorComesBackToTheSameConversation(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v := s.visit()
		v.call("POST", "/messages", map[string]string{"client_id": "c1", "text": "dzień dobry"})
		var back Session
		s.call("POST", "/widget/"+demo.Site+"/session", map[string]any{"token": v.Token}).into(t, &back)
		if back.Visitor != v.Visitor || back.Token != v.Token {
			t.Errorf("came back as %s, was %s", back.Visitor, v.Visitor)
		}
		if got := s.call("POST", "/widget/"+demo.Site+"/session", map[string]any{"user_id": "c-1002", "proof": "wrong"}); got.status != 403 {
			t.Errorf("a wrong proof: %d %s", got.status, got.body)
		}
	})
}

// Whoever was not there when the question came up is asked on coming back, and never again after an answer.
func TestARatingWaitsForTheVisitor(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		asked := func(v visitor) int {
			e := s.listenTo("/widget/"+demo.Site+"/stream", "Authorization", "Bearer "+v.Token)
			s.settle(time.Second)
			n := len(e.heard("rating"))
			e.hang()
			return n
		}
		served := func() visitor {
			v := s.visit()
			v.call("POST", "/human", map[string]any{})
			s.settle(2 * time.Second)
			at := "/api/conversations/" + string(ola.first("needs_human").ID)
			ola.must("POST", at+"/reply", map[string]any{"text": "Dzień dobry, tu Ola."}, nil)
			s.settle(time.Second)
			if n := asked(v); n != 0 {
				t.Errorf("asked %d times before the end", n)
			}
			ola.must("POST", at+"/close", nil, nil)
			return v
		}
		v := served()
		for range 2 { // a page that was left before it was seen
			if n := asked(v); n != 1 {
				t.Errorf("came back, asked %d times", n)
			}
		}
		v.call("POST", "/rating", map[string]any{"value": 5})
		if n := asked(v); n != 0 {
			t.Errorf("asked %d times after the answer", n)
		}
		again := served()
		s.settle(time.Minute)
		again.call("POST", "/messages", map[string]string{"client_id": "c1", "text": "jeszcze jedno pytanie o zwrot"})
		if n := asked(again); n != 0 {
			t.Errorf("asked %d times in the middle of the next matter", n)
		}
		late := served()
		s.settle(8 * 24 * time.Hour)
		if n := asked(late); n != 0 {
			t.Errorf("asked %d times a week later", n)
		}
	})
}
