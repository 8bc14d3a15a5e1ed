package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// widget is tandem's side of the widget API, as far as the client needs it.
type widget struct {
	mu   sync.Mutex
	seen map[string]string
	list []WidgetMessage
}

func (g *widget) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch r.Method + " " + r.URL.Path {
	case "POST /widget/key/session":
		reply(w, map[string]string{"token": "tok", "visitor": "v1"})
		return
	case "POST /widget/key/messages":
		var in struct {
			Client string `json:"client_id"`
			Text   string `json:"text"`
		}
		json.NewDecoder(r.Body).Decode(&in)
		if r.Header.Get("Authorization") != "Bearer tok" || in.Client == "" {
			problem(w, 401, "no")
			return
		}
		if g.seen[in.Client] == "" {
			g.seen[in.Client] = fmt.Sprint("m", len(g.list))
			n := int64(len(g.list))
			g.list = append(g.list, WidgetMessage{ID: g.seen[in.Client], Seq: n + 1, Author: "customer", Text: in.Text},
				WidgetMessage{ID: fmt.Sprint("b", n), Seq: n + 2, Author: "bot", Text: "echo " + in.Text, At: time.Now(), Kind: "text"})
		}
		reply(w, map[string]any{"id": g.seen[in.Client], "seq": 1})
	case "GET /widget/key/messages":
		after, _ := strconv.Atoi(r.URL.Query().Get("after"))
		end := min(len(g.list), after+3) // short pages, so that the client must ask again
		reply(w, map[string]any{"messages": g.list[after:end]})
	default:
		problem(w, 404, "no")
	}
}

// control posts to /sim/... and gives status and body.
func (s *scene) control(method, path, body string) (int, string) {
	r, err := http.NewRequest(method, "http://tandem.test/sim/"+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	w := &memory{header: http.Header{}}
	s.net.mu.Lock()
	h := s.net.hosts["control.test"]
	s.net.mu.Unlock()
	h.ServeHTTP(w, r)
	return w.status, w.body.String()
}

func withControl(t *testing.T, f func(s *scene, c *Control)) {
	play(t, func(s *scene) {
		s.net.Handle("widget.test", &widget{seen: map[string]string{}})
		c := NewControl(s.World, &Webchat{Client: s.net.Client(), Base: "http://widget.test", SiteKey: "key"})
		s.net.Handle("control.test", c)
		f(s, c)
	})
}

func TestControlPlaysCustomers(t *testing.T) {
	withControl(t, func(s *scene, c *Control) {
		for path, want := range map[string]string{
			"instagram/dm": `"object":"instagram"`, "messenger/dm": `"object":"page"`, "instagram/comment": `"field":"comments"`,
			"facebook/comment": `"field":"feed"`, "whatsapp/message": `"object":"whatsapp_business_account"`,
		} {
			s.fresh()
			status, got := s.control("POST", path, `{"from":"marek","text":"Gdzie jest moja paczka?!","repeat":2}`)
			synctest.Wait()
			var id struct{ ID string }
			if status != 200 || json.Unmarshal([]byte(got), &id) != nil || id.ID == "" {
				t.Errorf("%s: %d %s", path, status, got)
			}
			s.has(want, id.ID, "Gdzie jest moja paczka?!")
			if n := len(s.hooks()); n != 2 {
				t.Errorf("%s: %d deliveries, want 2", path, n)
			}
		}
		s.fresh()
		s.control("POST", "instagram/dm", `{"from":"ola","text":"zdjęcie","attachments":[{"type":"image","url":"https://cdn.example/a.jpg"}]}`)
		s.control("POST", "whatsapp/message", `{"from":"ola","attachments":[{"type":"audio"}]}`)
		synctest.Wait()
		s.has("https://cdn.example/a.jpg", `"voice":true`)
		s.want(s.ig("marek", "Już sprawdzam"), "", "answer")
		status, got := s.control("GET", "instagram/outbox?to=marek", "")
		var out []map[string]any
		if json.Unmarshal([]byte(got), &out) != nil || status != 200 || len(out) != 1 || out[0]["text"] != "Już sprawdzam" ||
			out[0]["to"] != "marek" || out[0]["public"] != false || out[0]["kind"] != "text" || out[0]["at"] == nil {
			t.Errorf("outbox %d %s", status, got)
		}
		if status, got := s.control("POST", "instagram/read", `{"from":"marek"}`); status != 200 {
			t.Errorf("read: %d %s", status, got)
		}
		synctest.Wait()
		s.has(`"read":{"mid":`)
		if _, got := s.control("GET", "messenger/outbox?to=nikt", ""); strings.TrimSpace(got) != "[]" {
			t.Errorf("empty outbox is %s", got)
		}
	})
}

func TestControlWebchat(t *testing.T) {
	withControl(t, func(s *scene, c *Control) {
		if _, got := s.control("GET", "webchat/outbox?to=ola", ""); strings.TrimSpace(got) != "[]" {
			t.Errorf("before the first word: %s", got)
		}
		for _, text := range []string{"raz", "dwa", "trzy"} {
			if status, got := s.control("POST", "webchat/message", `{"from":"ola","text":"`+text+`","repeat":3}`); status != 200 || !strings.Contains(got, `"id":"m`) {
				t.Errorf("%d %s", status, got)
			}
		}
		_, got := s.control("GET", "webchat/outbox?to=ola", "")
		if strings.Count(got, "echo ") != 3 || strings.Contains(got, `"text":"raz"`) {
			t.Errorf("outbox %s", got)
		}
	})
}

func TestControlShopCourierLink(t *testing.T) {
	withControl(t, func(s *scene, c *Control) {
		ok := func(path, body string) {
			t.Helper()
			if status, got := s.control("POST", path, body); status != 200 {
				t.Errorf("%s: %d %s", path, status, got)
			}
		}
		ok("shop/orders", `{"number":"50001","customer":"Anna Nowak","email":"anna@example.pl","phone":"600 111 222","status":"sent",
			"total":"1 249,99 zł","items":["Buty",{"sku":"S1","name":"Pasek","quantity":2,"price":{"amount":4999,"currency":"PLN"}}],
			"parcel":{"carrier":"inpost","number":"620000000000000000050001"}}`)
		ok("shop/orders", `{"number":"50002","customer":"anna@example.pl","status":"new","total":199.9}`)
		ok("courier/parcels", `{"number":"620000000000000000050001","carrier":"inpost","status":"avizo","promised":"2026-11-21"}`)
		ok("link", `{"platform":"instagram","user":"ania","customer":"anna@example.pl"}`)
		for path, want := range map[string]string{"/orders/50001": "amount:124999", "/orders/50002": "amount:19990"} {
			if r := s.ask(ShopHost, path, ShopToken); !strings.Contains(fmt.Sprint(r.body), want) || !strings.Contains(fmt.Sprint(r.body), "Nowak") {
				t.Errorf("%s: %v", path, r.body)
			}
		}
		if r := s.ask(ShopHost, "/orders/50001", ShopToken); !strings.Contains(fmt.Sprint(r.body), "promised_at:2026-11-21T18:00:00Z") {
			t.Errorf("promise: %v", r.body)
		}
		if r := s.ask(CourierHost, "/v1/tracking/620000000000000000050001", ""); r.text("status") != "avizo" {
			t.Errorf("parcel %v", r.body)
		}
		if r := s.ask(ShopHost, "/customers?channel=instagram&user="+s.Meta.UserID(s.Instagram, "ania"), ShopToken); !strings.Contains(fmt.Sprint(r.body), "+48600111222") {
			t.Errorf("link %v", r.body)
		}
		// Somebody with an address of their own is somebody new, whosever number and name they share.
		ok("shop/orders", `{"number":"50003","customer":"Anna Nowak","email":"inna@example.pl","phone":"600 111 222"}`)
		if r := s.ask(ShopHost, "/orders/50003", ShopToken); !strings.Contains(fmt.Sprint(r.body), "inna@example.pl") {
			t.Errorf("a namesake's order: %v", r.body)
		}
		// The parcel may be told of before the order.
		ok("courier/parcels", `{"number":"620000000000000000050004","carrier":"InPost","status":"delay_in_delivery","promised":"2026-11-20"}`)
		ok("shop/orders", `{"number":"50004","customer":"inna@example.pl","parcel":"620000000000000000050004"}`)
		if r := s.ask(ShopHost, "/orders/50004", ShopToken); !strings.Contains(fmt.Sprint(r.body), "promised_at:2026-11-20T18:00:00Z") {
			t.Errorf("promise before the order: %v", r.body)
		}
		// Each platform knows a person by its own id: a number on a telephone, the shop's id on its own site.
		ok("link", `{"platform":"sms","user":"ania","customer":"anna@example.pl"}`)
		ok("link", `{"platform":"webchat","user":"ania","customer":"Anna Nowak"}`)
		anna, _ := s.Shop.Find("anna@example.pl")
		for channel, user := range map[string]string{"sms": "%2B" + s.Meta.numberOf("ania"), "webchat": anna.ID} {
			if r := s.ask(ShopHost, "/customers?channel="+channel+"&user="+user, ShopToken); !strings.Contains(fmt.Sprint(r.body), anna.Email) {
				t.Errorf("link on %s: %v", channel, r.body)
			}
		}
	})
}

func TestControlFaultsAndAdditions(t *testing.T) {
	withControl(t, func(s *scene, c *Control) {
		var llm Faults
		c.Target("llm", &llm)
		c.Platform("telegram", "message", func(_ context.Context, in Inbound) (string, error) { return "t-" + in.From, nil })
		for _, target := range []string{"instagram", "shop", "courier", "llm"} {
			if status, got := s.control("POST", "faults", `{"target":"`+target+`","mode":"down","seconds":30}`); status != 200 {
				t.Errorf("%s: %d %s", target, status, got)
			}
		}
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		s.want(s.ig("ola", "a"), "2/0", "Instagram down")
		if llm.Now() != Down || s.ask(CourierHost, "/v1/statuses", "").status != 503 {
			t.Error("faults not in force")
		}
		s.settle(30 * time.Second)
		s.want(s.ig("ola", "a"), "", "after 30 s")
		if status, got := s.control("POST", "telegram/message", `{"from":"ola","text":"x"}`); status != 200 || !strings.Contains(got, "t-ola") {
			t.Errorf("%d %s", status, got)
		}
	})
}

func TestControlRefusesWithAReason(t *testing.T) {
	withControl(t, func(s *scene, c *Control) {
		for _, q := range []struct {
			path, body string
			status     int
			reason     string
		}{
			{"instagram/dm", `{"from":"","text":"x"}`, 400, "from is required"},
			{"instagram/dm", `{"from":"ola"}`, 400, "text or attachments"},
			{"instagram/dm", `{"from":"ola","text":"x","repeat":99}`, 400, "repeat"},
			{"instagram/dm", `{"fron":"ola","text":"x"}`, 400, "unknown field"},
			{"instagram/dm", `not json`, 400, "JSON"},
			{"instagram/fax", `{"from":"ola","text":"x"}`, 404, "instagram/comment"},
			{"faults", `{"target":"moon","mode":"down"}`, 400, "courier"},
			{"faults", `{"target":"shop","mode":"sad"}`, 400, "unknown fault mode"},
			{"link", `{"platform":"instagram","user":"ola","customer":"nikt"}`, 400, "no customer"},
			{"facebook/read", `{"from":"ola"}`, 400, "instagram, messenger and whatsapp"},
			{"instagram/read", `{}`, 400, "from is required"},
			{"link", `{"platform":"gołąb","user":"ola","customer":"Marek Dąbrowski"}`, 400, "instagram"},
			{"shop/orders", `{"number":"1","customer":"Jan K","status":"lost"}`, 400, "statuses"},
			{"shop/orders", `{"number":"1","customer":"Jan K","total":"dużo"}`, 400, "total"},
			{"courier/parcels", `{"number":"1","status":"lost"}`, 400, "no status"},
			{"courier/parcels", `{"number":"1","carrier":"gołąb","status":"created"}`, 400, "inpost"},
			{"whatsapp/message", `{"from":"ola","attachments":[{"type":"hologram"}]}`, 400, "attachment type"},
		} {
			status, got := s.control("POST", q.path, q.body)
			if status != q.status || !strings.Contains(got, q.reason) || !strings.Contains(got, `"status":`) {
				t.Errorf("%s %s: %d %s, want %d with %q", q.path, q.body, status, got, q.status, q.reason)
			}
		}
		if status, _ := s.control("DELETE", "instagram/dm", ""); status != 405 {
			t.Errorf("DELETE: %d", status)
		}
	})
}

// The same world behind one real port, each host below its name.
func TestHandlerServesHostsBelowTheirNames(t *testing.T) {
	play(t, func(s *scene) {
		s.net.Handle("127.0.0.1:9", s.Handler())
		for path, token := range map[string]string{"/graph.instagram.com/v25.0/me?fields=user_id": InstagramToken,
			"/graph.facebook.com/v25.0/me": PageToken, "/" + ShopHost + "/ping": ShopToken, "/" + CourierHost + "/v1/statuses": ""} {
			r, _ := http.NewRequest("GET", "http://127.0.0.1:9"+path, nil)
			r.Header.Set("Authorization", "Bearer "+token)
			if got := s.send(r, time.Minute); got.status != 200 {
				t.Errorf("%s: %d %v", path, got.status, got.body)
			}
		}
		r, _ := http.NewRequest("GET", "http://127.0.0.1:9/graph.facebook.com/v25.0/me", nil)
		r.Header.Set("Authorization", "Bearer "+InstagramToken)
		s.want(s.send(r, time.Minute), "190/0", "Instagram token at Facebook, below a name")
	})
}
