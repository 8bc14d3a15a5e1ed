package channel

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
)

func TestWidgetVector(t *testing.T) {
	const proof = "ce661eace05c3c4a3a4379cf9e5dc32cf85b7071c6ca6dce1b36f279355d5a98"
	if !Identified("tandem-widget-secret", "customer-1001", proof) {
		t.Error("the vector's proof is refused")
	}
	for _, bad := range [][3]string{
		{"tandem-widget-secret", "customer-1002", proof}, {"other", "customer-1001", proof},
		{"tandem-widget-secret", "customer-1001", ""}, {"", "customer-1001", sign("", []byte("customer-1001"))},
	} {
		if Identified(bad[0], bad[1], bad[2]) {
			t.Errorf("taken: %v", bad)
		}
	}
}

func TestVisitorToken(t *testing.T) {
	visitor, token := NewVisitor("s")
	if got, ok := VisitorOf("s", token); !ok || got != visitor || len(visitor) < 26 {
		t.Errorf("%s %v", got, ok)
	}
	if other, _ := NewVisitor("s"); other == visitor {
		t.Error("two visitors are the same")
	}
	// Computed with openssl: printf 'visitor:v1' | openssl dgst -sha256 -hmac s
	if got, ok := VisitorOf("s", "v1."+vectorProof); !ok || got != "v1" {
		t.Error("the documented form of a token is refused")
	}
	for _, bad := range []string{"", ".", "v1", "v1.", token + "0", strings.Replace(token, visitor[:1], "-", 1), "." + sign("s", []byte("visitor:"))[:43]} {
		if v, ok := VisitorOf("s", bad); ok {
			t.Errorf("%q is taken for %q", bad, v)
		}
	}
	if _, ok := VisitorOf("other", token); ok {
		t.Error("a token of another site is taken")
	}
	if _, ok := VisitorOf("", "v1."+visitorProof("", "v1")); ok {
		t.Error("a site without a secret takes tokens")
	}
}

func TestWidgetEvents(t *testing.T) {
	h, _ := FindHook("webchat")
	s := hookSamples["webchat"]
	for _, c := range []struct {
		body string
		want tandem.Inbound
		kind tandem.Kind
	}{
		{`{"client_id":"c1","text":" Dzień dobry "}`, tandem.Inbound{Kind: tandem.InMessage, Key: "visitor1:c1", External: "visitor1:c1", Text: "Dzień dobry"}, ""},
		{`{"event":"human","client_id":"c2"}`, tandem.Inbound{Kind: tandem.InHuman, Key: "visitor1:c2", External: "visitor1:c2"}, ""},
		{`{"event":"rating","value":4,"client_id":"c3"}`, tandem.Inbound{Kind: tandem.InRating, Text: "4", Key: "visitor1:c3"}, ""},
		{`{"event":"read","seq":17}`, tandem.Inbound{Kind: tandem.InReceipt, State: tandem.Read, Seq: 17, Key: "visitor1:read:17"}, ""},
		{`{"event":"typing"}`, tandem.Inbound{Kind: tandem.InTyping}, ""},
		{`{"event":"identify","user_id":"customer-1001","proof":"` + sign("secret", []byte("customer-1001")) + `"}`,
			tandem.Inbound{Kind: tandem.InIdentity, Alias: []string{"customer-1001"}, Verified: tandem.V3}, ""},
		{`{"event":"identify","user_id":"customer-1002","proof":"` + sign("secret", []byte("customer-1001")) + `"}`, tandem.Inbound{}, tandem.Denied},
		{`{"event":"rating","value":6}`, tandem.Inbound{}, tandem.Invalid},
		{`{"text":"no id"}`, tandem.Inbound{}, tandem.Invalid},
		{`{"client_id":"c","text":"  "}`, tandem.Inbound{}, tandem.Invalid},
		{`{"client_id":"c","text":["a"]}`, tandem.Inbound{}, tandem.Invalid},
		{`{"client_id":"c","text":"` + strings.Repeat("ą", 4001) + `"}`, tandem.Inbound{}, tandem.TooLarge},
		{`{"client_id":"c9","text":"` + strings.Repeat("ą", 4000) + `  "}`, tandem.Inbound{Kind: tandem.InMessage, Key: "visitor1:c9", External: "visitor1:c9", Text: strings.Repeat("ą", 4000)}, ""},
		{`{"event":"human","client_id":"c","text":"` + strings.Repeat("ą", 4001) + `"}`, tandem.Inbound{}, tandem.TooLarge},
		{`{"event":"human","client_id":"` + strings.Repeat("c", 101) + `"}`, tandem.Inbound{}, tandem.Invalid},
		{`{"event":"rating","value":4,"client_id":"` + strings.Repeat("c", 101) + `"}`, tandem.Inbound{}, tandem.Invalid},
		{`{"event":"identify","user_id":"` + strings.Repeat("u", 201) + `","proof":"x"}`, tandem.Inbound{}, tandem.Invalid},
	} {
		all, err := h.Parse([]string{"secret"}, s.sign("secret", []byte(c.body)))
		if c.kind != "" {
			if tandem.KindOf(err) != c.kind || all != nil {
				t.Errorf("%.60s: %v %v", c.body, all, err)
			}
			continue
		}
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %v %v", c.body, all, err)
			continue
		}
		c.want.Account, c.want.User, c.want.Surface = "site-1", "visitor1", tandem.Webchat
		agrees(t, c.body, all[0], c.want, "visitor1")
	}
}

func TestSiteKeyIsThatOfTheAddress(t *testing.T) {
	h, _ := FindHook("webchat")
	if got := h.Account(tandem.Webhook{Path: "/site-1/messages"}); got != "site-1" {
		t.Error(got)
	}
	call := hookSamples["webchat"].sign("secret", []byte(`{}`))
	call.Header = http.Header{"Authorization": {strings.TrimPrefix(call.Header.Get("Authorization"), "Bearer ")}}
	if _, err := h.Parse([]string{"secret"}, call); tandem.KindOf(err) != tandem.Denied {
		t.Errorf("a token that is no bearer: %v", err)
	}
}

func TestAllowedOrigins(t *testing.T) {
	a := tandem.Account{Settings: map[string]string{"origins": "https://sklep.example/, https://www.sklep.example"}}
	for origin, want := range map[string]bool{"https://sklep.example": true, "https://www.sklep.example": true,
		"https://evil.example": false, "http://sklep.example": false, "": false, "null": false} {
		if FromSite(a, origin) != want {
			t.Errorf("%q: %v", origin, !want)
		}
	}
	if !FromSite(tandem.Account{}, "https://any.example") {
		t.Error("an account without a list refuses")
	}
}

func TestWidgetSendIsTheRowItself(t *testing.T) {
	k, _ := Find("webchat")
	r, err := opened(t, canaries(k), nil).Send(t.Context(), sample(k))
	if err != nil || r.External != string(sample(k).Message) || r.Delivery != tandem.Sent {
		t.Error(r, err)
	}
}

const vectorProof = "eb5a15e6505d2cea24aee9aeac57f982223f87eb5c6"
