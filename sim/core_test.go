package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The vectors of CHANNELS.md section 19.
func TestSignatureVectors(t *testing.T) {
	const secret = "tandem-test-app-secret"
	event := obj("sender", obj("id", "7600000000000042"), "recipient", obj("id", "504100000000001"), "timestamp", int64(1795341600001),
		"message", obj("mid", "m_TEST_0001", "text", "Gdzie jest moja paczka?! Miała być wczoraj! https://sklep.example/z/1001"))
	h := &hook{asset: &Asset{Kind: Page, ID: "504100000000001"}, part: "messaging", event: event}
	body := envelope([]*hook{h}, time.UnixMilli(1795341600123))
	if len(body) != 315 {
		t.Errorf("body has %d bytes, want 315: %s", len(body), body)
	}
	if got := Sign(secret, body); got != "sha256=c29256bf8315ffb32e7209372d3900b9435bc3812a18f77885614768b1ab792e" {
		t.Errorf("signature is %s for %s", got, body)
	}
	plain := strings.NewReplacer(`\u0142`, "ł", `\u0107`, "ć", `\/`, "/").Replace(string(body))
	if got := Sign(secret, []byte(plain)); got != "sha256=3633f036490a17c7bebd9fdd7d63b811456ac08bafdb3f86e0927d2d15d96aca" {
		t.Errorf("signature of the re-marshalled body is %s", got)
	}
	if got := Proof(secret, "EAA-test-token"); got != "5c0186b5d3f61e9f976c0ebf9dae9972280a8143ecb9a82ddcb4f3e1f08d5976" {
		t.Errorf("proof is %s", got)
	}
}

func TestEncodingEscapesAndKeepsMeaning(t *testing.T) {
	for _, s := range []string{"Zażółć gęślą jaźń", "a/b\\\"c\n\t\r\x01", "😠❤️", "<&>"} {
		b := encode(s)
		var back string
		if err := json.Unmarshal(b, &back); err != nil || back != s {
			t.Errorf("%q became %s (%v)", s, b, err)
		}
		for _, c := range b {
			if c >= 0x7f {
				t.Errorf("%s holds a raw byte", b)
			}
		}
	}
	if got := string(encode("😠/")); got != `"\ud83d\ude20\/"` {
		t.Errorf("got %s", got)
	}
}

// Line 1.
func TestHandshakeNeedsTheExactChallenge(t *testing.T) {
	play(t, func(s *scene) {
		sub := Subscription{App: FacebookApp, Object: "page", Callback: "http://tandem.test/hook", VerifyToken: "wrong"}
		if err := s.Meta.Subscribe(s.t.Context(), sub); err == nil {
			t.Error("subscribed although the verify token was refused")
		}
		s.product.garble = true
		sub.VerifyToken = "v"
		if err := s.Meta.Subscribe(s.t.Context(), sub); err == nil {
			t.Error("subscribed although the challenge came back with a newline")
		}
		s.product.garble = false
		r := s.do("POST", FacebookHost, "/v25.0/"+FacebookApp+"/subscriptions", FacebookApp+"|tandem-test-app-secret", map[string]any{
			"object": "page", "callback_url": "http://tandem.test/hook", "verify_token": "v", "fields": "messages,feed"})
		s.want(r, "", "subscriptions")
		r = s.do("POST", FacebookHost, "/v25.0/"+FacebookApp+"/subscriptions", FacebookApp+"|tandem-test-app-secret", map[string]any{
			"object": "page", "callback_url": "http://nowhere.test/hook", "verify_token": "v"})
		s.want(r, "2200/0", "a callback nobody serves")
	})
}

// Line 2.
func TestWebhooksAreSignedOverTheRawBytes(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "Była / będzie", DMOptions{})
		s.Meta.DM(s.Page, "ola", "ł", DMOptions{})
		synctest.Wait()
		for i, h := range s.product.headers {
			secret := "tandem-test-instagram-secret"
			if strings.Contains(string(s.product.bodies[i]), `"object":"page"`) {
				secret = "tandem-test-app-secret"
			}
			if h.Get("X-Hub-Signature-256") != Sign(secret, s.product.bodies[i]) {
				t.Errorf("wrong signature on %s", s.product.bodies[i])
			}
		}
		if b := string(s.product.bodies[0]) + string(s.product.bodies[1]); !strings.Contains(b, `By\u0142a \/ b\u0119dzie`) {
			t.Errorf("not escaped as Meta does: %s", b)
		}
		first := s.Meta.Attempts()[0]
		s.fresh()
		s.Meta.DM(s.Instagram, "ola", "a", DMOptions{Delivery: Delivery{BadSignature: true}})
		s.Meta.DM(s.Instagram, "ola", "b", DMOptions{Delivery: Delivery{NoSignature: true}})
		s.Meta.Replay(first)
		synctest.Wait()
		bad, none, replay := 0, 0, 0
		for i, h := range s.product.headers {
			switch sig := h.Get("X-Hub-Signature-256"); {
			case sig == "":
				none++
			case sig == first.Signature && string(s.product.bodies[i]) == string(first.Body):
				replay++
			case sig != Sign("tandem-test-instagram-secret", s.product.bodies[i]):
				bad++
			}
		}
		if bad != 1 || none != 1 || replay != 1 {
			t.Errorf("bad %d, none %d, replay %d", bad, none, replay)
		}
	})
}

// Line 3.
func TestRedeliveryAndPunishment(t *testing.T) {
	play(t, func(s *scene) {
		s.answer(500, 0)
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		s.settle(30 * time.Second)
		n := len(s.hooks())
		if n < 3 {
			t.Fatalf("%d attempts in 30 s", n)
		}
		for _, b := range s.hooks() {
			if string(b) != string(s.hooks()[0]) {
				t.Error("a retry changed the body")
			}
		}
		s.answer(200, 0)
		s.settle(time.Minute)
		n = len(s.hooks())
		s.settle(24 * time.Hour)
		if len(s.hooks()) != n {
			t.Error("delivered again after success")
		}
		s.fresh()
		s.answer(0, 6*time.Second)
		s.Meta.DM(s.Page, "ola", "y", DMOptions{})
		s.settle(5 * time.Second)
		s.answer(0, 0)
		s.settle(2 * time.Minute)
		if len(s.hooks()) != 2 {
			t.Errorf("%d deliveries where the first took 6 s, want 2", len(s.hooks()))
		}
		s.answer(503, 0)
		s.Meta.DM(s.Page, "ola", "z", DMOptions{})
		s.settle(61 * time.Minute)
		if got := s.Meta.Subscribed(s.Page); len(got) != 0 {
			t.Errorf("still subscribed after an hour of failure: %v", got)
		}
		s.fresh()
		s.answer(0, 0)
		s.Meta.DM(s.Page, "ola", "lost", DMOptions{})
		s.settle(time.Hour)
		s.lacks("lost")
	})
}

func TestChangesAreKeptLonger(t *testing.T) {
	play(t, func(s *scene) {
		s.answer(500, 0)
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "długo"})
		s.Meta.Comment(s.Page, "ola", "p1", "krótko", CommentOptions{})
		s.settle(30 * time.Hour)
		s.fresh()
		s.settle(5 * time.Hour)
		s.has("krótko")
		s.settle(10 * time.Hour)
		s.fresh()
		s.settle(24 * time.Hour)
		s.has("długo")
		s.lacks("krótko")
		s.settle(6 * 24 * time.Hour)
		s.fresh()
		s.settle(48 * time.Hour)
		s.lacks("długo")
	})
}

func TestDuplicatesReorderAndBatches(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "trzy", DMOptions{Delivery: Delivery{Copies: 3}})
		synctest.Wait()
		if n := len(s.hooks()); n != 3 {
			t.Errorf("%d copies, want 3", n)
		}
		for _, reverse := range []bool{false, true} {
			s.fresh()
			s.Meta.Hold()
			s.Meta.DM(s.Page, "ola", "first", DMOptions{})
			s.Meta.DM(s.Page, "ola", "second", DMOptions{})
			synctest.Wait()
			if len(s.hooks()) != 0 {
				t.Error("delivered while held")
			}
			s.Meta.Release(reverse)
			synctest.Wait()
			got := s.all()
			if (strings.Index(got, "first") > strings.Index(got, "second")) != reverse {
				t.Errorf("reverse %v: %s", reverse, got)
			}
		}
		s.fresh()
		s.Meta.Hold()
		s.Meta.DM(s.Page, "ola", "dm", DMOptions{})
		s.Meta.Comment(s.Page, "ola", "p1", "k1", CommentOptions{})
		s.Meta.Comment(s.Page, "ela", "p1", "k2", CommentOptions{})
		s.Meta.ReleaseBatched()
		synctest.Wait()
		var b struct {
			Entry []struct{ Messaging, Changes []json.RawMessage }
		}
		if n := len(s.hooks()); n != 1 || json.Unmarshal(s.hooks()[0], &b) != nil {
			t.Fatalf("%d bodies", n)
		}
		if len(b.Entry) != 2 || len(b.Entry[0].Messaging) != 1 || len(b.Entry[1].Changes) != 2 {
			t.Errorf("batch is %s", s.hooks()[0])
		}
	})
}

// Line 4.
func TestNothingComesForFieldsNotSubscribedAtBothLayers(t *testing.T) {
	play(t, func(s *scene) {
		r := s.do("POST", FacebookHost, "/v25.0/"+s.Page.ID+"/subscribed_apps?subscribed_fields=feed,messages", PageToken, nil)
		s.want(r, "", "subscribed_apps")
		s.Meta.React(s.Meta.DM(s.Page, "ola", "tekst", DMOptions{}), "angry", "😠")
		synctest.Wait()
		s.has("tekst")
		s.lacks("reaction")
		s.fresh()
		if err := s.Meta.Subscribe(s.t.Context(), Subscription{FacebookApp, "page", "http://tandem.test/h", "v", []string{"feed"}}); err != nil {
			t.Fatal(err)
		}
		s.Meta.DM(s.Page, "ola", "cisza", DMOptions{})
		synctest.Wait()
		s.lacks("cisza")
		r = s.do("GET", FacebookHost, "/v25.0/me/subscribed_apps", PageToken, nil)
		if fmt.Sprint(r.body["data"]) != "[map[id:880000000000001 name:tandem subscribed_fields:[feed messages]]]" {
			t.Errorf("listed %v", r.body)
		}
		r = s.do("POST", InstagramHost, "/v25.0/me/subscribed_apps?subscribed_fields=feed", InstagramToken, nil)
		s.want(r, "100/0", "a field Instagram does not have")
	})
}

// Line 5.
func TestOddFormsOfPayloads(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Page, "ola", "x", DMOptions{Delivery: Delivery{NumericIDs: true, Seconds: true, Unknown: true}})
		s.Meta.Comment(s.Instagram, "ola", "p1", "płasko", CommentOptions{Delivery: Delivery{Flat: true}})
		synctest.Wait()
		raw := string(s.hooks()[0]) + string(s.hooks()[1])
		for _, want := range []string{`"sender":{"id":` + s.Meta.UserID(s.Page, "ola") + `}`, fmt.Sprintf(`"timestamp":%d`, time.Now().Unix()),
			"tandem_unknown", `"field":"comments","value":{`} {
			if !strings.Contains(raw, want) {
				t.Errorf("lacks %s: %s", want, raw)
			}
		}
		if strings.Contains(raw, "changes") {
			t.Errorf("flat form has changes: %s", raw)
		}
	})
}

// Line 6.
func TestTokensVersionsAndUsage(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		r := s.do("GET", InstagramHost, "/v25.0/me?fields=user_id,username", "wrong", nil)
		s.want(r, "190/0", "wrong token")
		if r.status != http.StatusUnauthorized {
			t.Errorf("status %d, want 401", r.status)
		}
		s.want(s.do("GET", FacebookHost, "/v25.0/me", InstagramToken, nil), "190/0", "Instagram token at Facebook")
		s.want(s.do("GET", InstagramHost, "/v20.0/me", InstagramToken, nil), "2635/0", "dead version")
		s.want(s.do("GET", InstagramHost, "/me", InstagramToken, nil), "2635/0", "no version")
		r = s.do("GET", InstagramHost, "/v25.0/me?fields=id,user_id,username", InstagramToken, nil)
		if r.text("user_id") != s.Instagram.ID || r.text("id") == s.Instagram.ID {
			t.Errorf("me is %v: id must be app-scoped, user_id the webhook's", r.body)
		}
		if r.header.Get("X-App-Usage") == "" || r.header.Get("X-Business-Use-Case-Usage") == "" {
			t.Error("no usage headers")
		}
		s.want(s.do("GET", FacebookHost, "/v25.0/me?appsecret_proof=00", PageToken, nil), "100/0", "wrong proof")
		s.want(s.do("GET", FacebookHost, "/v25.0/me?appsecret_proof="+Proof("tandem-test-app-secret", PageToken), PageToken, nil), "", "proof")
		s.Meta.App(FacebookApp).RequireProof = true
		s.want(s.do("GET", FacebookHost, "/v25.0/me", PageToken, nil), "100/0", "missing proof")
		s.Meta.App(FacebookApp).RequireProof = false
		r = s.do("GET", InstagramHost, "/v25.0/me/permissions", InstagramToken, nil)
		if !strings.Contains(fmt.Sprint(r.body), "instagram_business_manage_messages") {
			t.Errorf("permissions %v", r.body)
		}
		r = s.do("GET", FacebookHost, "/v25.0/debug_token?input_token="+PageToken, FacebookApp+"|tandem-test-app-secret", nil)
		if !strings.Contains(fmt.Sprint(r.body), "is_valid:true") {
			t.Errorf("debug_token %v", r.body)
		}
		s.Meta.Revoke(s.Instagram)
		s.want(s.ig("ola", "y"), "190/460", "withdrawn token")
	})
}

func TestCallCap(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Quirk(func(q *Quirks) { q.CallCap = 3 })
		for _, c := range []struct{ token, host, code string }{{InstagramToken, InstagramHost, "4/0"}, {PageToken, FacebookHost, "80006/0"}} {
			for i := range 3 {
				s.want(s.do("GET", c.host, "/v25.0/me", c.token, nil), "", fmt.Sprint("call ", i))
			}
			r := s.do("GET", c.host, "/v25.0/me", c.token, nil)
			s.want(r, c.code, "call over the cap")
			if u := r.header.Get("X-Business-Use-Case-Usage"); !strings.Contains(u, `"call_count":100`) || strings.Contains(u, `access":0`) {
				t.Errorf("usage at the cap is %s", u)
			}
		}
		s.settle(25 * time.Hour)
		s.want(s.do("GET", InstagramHost, "/v25.0/me", InstagramToken, nil), "", "a day later")
	})
}

// Line 7.
func TestFaults(t *testing.T) {
	for mode, want := range map[Mode]struct {
		code    string
		reached int
	}{Down: {"2/0", 0}, RateLimited: {"613/0", 0}, Transient: {"2/0", 0}, ErrorAfterSend: {"1/0", 1}, Slow: {"", 1}, OK: {"", 1}} {
		t.Run(string(mode), func(t *testing.T) {
			play(t, func(s *scene) {
				s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
				if err := s.Meta.Faults("instagram").Set(mode, time.Minute); err != nil {
					t.Fatal(err)
				}
				begin := time.Now()
				s.want(s.ig("ola", "odpowiedź"), want.code, string(mode))
				if took := time.Since(begin); (mode == Slow) != (took >= 10*time.Second) {
					t.Errorf("took %v", took)
				}
				if got := s.Meta.Outbox("instagram", "ola"); len(got) != want.reached {
					t.Errorf("reached the person: %v", got)
				}
				s.settle(time.Minute)
				s.want(s.ig("ola", "potem"), "", "after the fault")
			})
		})
	}
}

func TestTimeoutAfterSendReachesThePerson(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		s.Meta.Faults("instagram").Set(TimeoutAfterSend, time.Second)
		begin := time.Now()
		r := s.ig("ola", "odpowiedź")
		if r.err == nil || time.Since(begin) != 30*time.Second {
			t.Errorf("answered %v after %v", r, time.Since(begin))
		}
		if got := s.Meta.Outbox("instagram", "ola"); len(got) != 1 {
			t.Errorf("reached the person: %v", got)
		}
		synctest.Wait()
		s.has(`"is_echo":true`, `"metadata":"tnd:1"`)
	})
}

func TestNetTellsRefusedFromBroken(t *testing.T) {
	n := NewNet()
	n.Handle("a.test", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	if _, err := n.Client().Get("http://b.test/"); !errors.Is(err, ErrUnreachable) {
		t.Errorf("nobody there: %v", err)
	}
	if _, err := n.Client().Get("http://a.test/"); !errors.Is(err, ErrReset) {
		t.Errorf("broken off: %v", err)
	}
}
