package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Line 18.
func TestWhatsAppWindow(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		s.settle(23 * time.Hour)
		s.want(s.wa("ola", "w oknie"), "", "within a day")
		s.settle(2 * time.Hour)
		s.fresh()
		s.want(s.wa("ola", "za późno"), "", "accepted although the window is closed")
		s.settle(time.Second)
		s.has(`"status":"failed"`, `"code":131047`, `"biz_opaque_callback_data":"out_1"`)
		s.Meta.Quirk(func(q *Quirks) { q.SyncErrors = true })
		s.want(s.wa("ola", "za późno"), "131047/0", "refused at once")
		s.Meta.Call(s.WhatsApp, "ola")
		s.want(s.wa("ola", "po rozmowie"), "", "a call opens the window")
		out := s.Meta.Outbox("whatsapp", "ola")
		if len(out) != 2 || out[1].Text != "po rozmowie" {
			t.Errorf("outbox %+v", out)
		}
	})
}

// Line 19.
func TestWhatsAppStatuses(t *testing.T) {
	play(t, func(s *scene) {
		statuses := func(change func(*Quirks)) string {
			s.Meta.Quirk(change)
			s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
			synctest.Wait()
			s.fresh()
			r := s.wa("ola", "odpowiedź")
			s.settle(time.Second)
			s.Meta.Read(s.WhatsApp, "ola")
			synctest.Wait()
			id := r.body["messages"].([]any)[0].(map[string]any)["id"].(string)
			var order []string
			for _, b := range s.hooks() {
				var h struct {
					Entry []struct {
						Changes []struct {
							Value struct{ Statuses []map[string]any }
						}
					}
				}
				if err := json.Unmarshal(b, &h); err != nil {
					t.Fatal(err)
				}
				for _, st := range h.Entry[0].Changes[0].Value.Statuses {
					if st["id"] != id || st["biz_opaque_callback_data"] != "out_1" {
						t.Errorf("status %v", st)
					}
					order = append(order, fmt.Sprint(st["status"], st["recipient_id"] != nil))
				}
			}
			return strings.Join(order, " ")
		}
		for _, c := range []struct {
			want   string
			change func(*Quirks)
		}{
			{"senttrue deliveredtrue readtrue", func(q *Quirks) {}},
			{"senttrue readtrue", func(q *Quirks) { q.SkipDelivered = true }},
			{"deliveredtrue senttrue readtrue", func(q *Quirks) { q.SkipDelivered, q.ReorderStatuses = false, true }},
			{"senttrue senttrue deliveredtrue deliveredtrue readtrue readtrue", func(q *Quirks) { q.ReorderStatuses, q.DoubleStatuses = false, true }},
			{"sentfalse deliveredfalse readfalse", func(q *Quirks) { q.DoubleStatuses, q.NoStatusRecipient = false, true }},
		} {
			if got := statuses(c.change); got != c.want {
				t.Errorf("statuses %s, want %s", got, c.want)
			}
		}
		s.fresh()
		s.Meta.SetPerson(Person{Name: "ola", Unreachable: true})
		s.want(s.wa("ola", "x"), "", "accepted")
		s.settle(time.Second)
		s.has(`"code":131026`)
	})
}

// Line 20.
func TestWhatsAppIdentities(t *testing.T) {
	play(t, func(s *scene) {
		bsuid, phone := s.Meta.BSUID("ola"), s.Meta.UserID(s.WhatsApp, "ola")
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x", BSUIDFrom: true})
		synctest.Wait()
		s.has(`"from":"`+bsuid+`"`, `"wa_id":"`+bsuid+`"`)
		s.lacks(phone)
		s.WhatsApp.ContactOnly = true
		s.fresh()
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x", NoContacts: true})
		synctest.Wait()
		s.has(`"from_user_id":"` + bsuid + `"`)
		s.lacks(phone)
		s.WhatsApp.ContactOnly = false
		s.want(s.wa("ola", "na BSUID", "to", "", "recipient", bsuid), "", "to a BSUID")
		s.fresh()
		s.want(s.wa("ola", "bez plusa", "to", phone), "", "accepted without +")
		s.settle(time.Second)
		s.has(`"code":131026`, `"recipient_id":"48`+phone+`"`)
		s.fresh()
		s.Meta.ChangePhone(s.WhatsApp, "ola", "48600999888")
		s.Meta.ChangeUserID(s.WhatsApp, "ola")
		synctest.Wait()
		s.has(`"type":"user_changed_number"`, `"wa_id":"48600999888"`, `"from":"`+phone+`"`, `"user_id_update"`, `"previous":"`+bsuid+`"`)
		s.want(s.wa("ola", "na nowy numer"), "", "the chat goes on under the new number")
		if out := s.Meta.Outbox("whatsapp", "48600999888"); len(out) != 2 {
			t.Errorf("outbox by number %+v", out)
		}
	})
}

// Line 21.
func TestWhatsAppRates(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		for range pairBurst {
			s.want(s.wa("ola", "a"), "", "within the pair allowance")
		}
		r := s.wa("ola", "a")
		s.want(r, "131056/0", "too many to one person")
		if r.status != http.StatusTooManyRequests {
			t.Errorf("status %d", r.status)
		}
		s.settle(pairEvery)
		s.want(s.wa("ola", "a"), "", "six seconds later")
		s.settle(time.Second)
		for i := range 80 {
			user := fmt.Sprint("u", i)
			s.Meta.Message(s.WhatsApp, user, WhatsAppMessage{Text: "x"})
			s.want(s.wa(user, "a"), "", "80 a second")
		}
		s.want(s.wa("u1", "a"), "130429/0", "81 in a second")
	})
}

func TestWhatsAppTemplates(t *testing.T) {
	play(t, func(s *scene) {
		tpl := func(name string, params ...string) result {
			list := []any{}
			for _, p := range params {
				list = append(list, map[string]any{"type": "text", "text": p})
			}
			return s.wa("ola", "", "type", "template", "template", map[string]any{"name": name, "language": map[string]any{"code": "pl"},
				"components": []any{map[string]any{"type": "body", "parameters": list}}})
		}
		s.want(tpl("status_paczki", "1001"), "", "a template needs no window")
		s.want(tpl("status_paczki"), "132000/0", "missing parameter")
		s.want(tpl("nie_ma"), "132001/0", "unknown template")
		s.Meta.AddTemplate(s.WhatsApp, Template{Name: "status_paczki", Language: "pl", Status: "PAUSED", Category: "UTILITY", Body: "{{1}}"})
		s.want(tpl("status_paczki", "1"), "132015/0", "paused template")
		synctest.Wait()
		s.has(`"message_template_status_update"`, `"event":"PAUSED"`)
		if out := s.Meta.Outbox("whatsapp", "ola"); len(out) != 1 || !strings.Contains(out[0].Text, "zamówieniu 1001.") {
			t.Errorf("outbox %+v", out)
		}
		r := s.do("GET", FacebookHost, "/v25.0/"+s.WhatsApp.WABA+"/message_templates", WhatsAppToken, nil)
		if data := r.body["data"].([]any); len(data) != 8 {
			t.Errorf("templates %v", r.body)
		}
		r = s.do("GET", FacebookHost, "/v25.0/"+s.WhatsApp.WABA+"/message_templates?limit=2&after=7", WhatsAppToken, nil)
		if data := r.body["data"].([]any); len(data) != 1 || r.body["paging"].(map[string]any)["next"] != nil {
			t.Errorf("the last page %v", r.body)
		}
		s.want(tpl("wyprzedaz", "linia\ndruga"), "132012/0", "a line break in a value")
		s.want(tpl("wyprzedaz", "-20%"), "", "marketing")
		s.Meta.Marketing(s.WhatsApp, "ola", false)
		s.fresh()
		s.want(tpl("wyprzedaz", "-20%"), "", "accepted after the stop")
		s.settle(time.Second)
		s.has(`"code":131050`)
	})
}

func TestWhatsAppMediaExpires(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Type: "image", Text: "uszkodzona", Data: []byte("obraz"), MIME: "image/jpeg"})
		synctest.Wait()
		var h struct {
			Entry []struct {
				Changes []struct {
					Value struct {
						Messages []struct{ Image struct{ ID string } }
					}
				}
			}
		}
		if err := json.Unmarshal(s.hooks()[0], &h); err != nil {
			t.Fatal(err)
		}
		id := h.Entry[0].Changes[0].Value.Messages[0].Image.ID
		info := s.do("GET", FacebookHost, "/v25.0/"+id, WhatsAppToken, nil)
		s.want(info, "", "media info")
		get := func(token string) int {
			r, _ := http.NewRequest("GET", info.text("url"), nil)
			r.Header.Set("Authorization", "Bearer "+token)
			return s.send(r, time.Minute).status
		}
		if get(WhatsAppToken) != 200 || get("other") != 401 {
			t.Error("the URL needs the token")
		}
		s.settle(6 * time.Minute)
		if got := get(WhatsAppToken); got != 403 {
			t.Errorf("old URL: %d", got)
		}
		s.settle(8 * 24 * time.Hour)
		s.want(s.do("GET", FacebookHost, "/v25.0/"+id, WhatsAppToken, nil), "100/33", "media of last week")
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		w.WriteField("messaging_product", "whatsapp")
		w.WriteField("type", "application/pdf")
		part, _ := w.CreateFormFile("file", "a.pdf")
		part.Write([]byte("pdf"))
		w.Close()
		r, _ := http.NewRequest("POST", "https://"+FacebookHost+"/v25.0/"+s.WhatsApp.ID+"/media", &b)
		r.Header.Set("Authorization", "Bearer "+WhatsAppToken)
		r.Header.Set("Content-Type", w.FormDataContentType())
		up := s.send(r, time.Minute)
		s.want(up, "", "upload")
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		s.want(s.wa("ola", "", "type", "document", "document", map[string]any{"id": up.text("id")}), "", "send an upload")
		s.want(s.wa("ola", "", "type", "document", "document", map[string]any{"id": "1"}), "100/0", "send what is not there")
	})
}

func TestWhatsAppMessageTypes(t *testing.T) {
	play(t, func(s *scene) {
		for _, c := range []struct {
			want string
			m    WhatsAppMessage
		}{
			{`"voice":true`, WhatsAppMessage{Type: "audio", MIME: "audio/ogg"}},
			{`"filename":"faktura.pdf"`, WhatsAppMessage{Type: "document", Filename: "faktura.pdf"}},
			{`"animated":false`, WhatsAppMessage{Type: "sticker"}},
			{`"latitude":52.2`, WhatsAppMessage{Type: "location", Lat: 52.2, Long: 21}},
			{`"formatted_name":"Jan"`, WhatsAppMessage{Type: "contacts", Text: "Jan", Phone: "48600300400"}},
			{`"origin":"contact_request"`, WhatsAppMessage{Type: "contact_request", Phone: "48600300400"}},
			{`"button_reply":{"id":"human","title":"Konsultant"}`, WhatsAppMessage{Type: "button_reply", Payload: "human", Text: "Konsultant"}},
			{`"list_reply":{"id":"o1"`, WhatsAppMessage{Type: "list_reply", Payload: "o1", Text: "Zamówienie"}},
			{`"context":{"from":"48799000111","id":"wamid.1"}`, WhatsAppMessage{Type: "button", Payload: "STOP", Text: "Stop", ReplyTo: "wamid.1"}},
			{`"response_json":"{\"order\":1}"`, WhatsAppMessage{Type: "nfm_reply", Payload: `{"order":1}`}},
			{`"reaction":{"emoji":"👍"`, WhatsAppMessage{Type: "reaction", ReplyTo: "wamid.1", Text: "👍"}},
			{`"reaction":{"message_id":"wamid.1"}`, WhatsAppMessage{Type: "reaction", ReplyTo: "wamid.1"}},
			{`"product_retailer_id":"SKU7"`, WhatsAppMessage{Type: "order", Payload: "SKU7"}},
			{`"code":131051`, WhatsAppMessage{Type: "unsupported"}},
			{`"code":131000`, WhatsAppMessage{Type: "button_reply", Broken: true}},
			{`"group_id":"g1"`, WhatsAppMessage{Text: "x", Group: "g1"}},
			{`"source_id":"ad1"`, WhatsAppMessage{Text: "x", AdID: "ad1"}},
		} {
			s.fresh()
			s.Meta.Message(s.WhatsApp, "ola", c.m)
			synctest.Wait()
			s.has(c.want)
			if c.m.Broken {
				s.lacks(`"interactive":{`)
			}
		}
	})
}

// Line 22.
func TestWhatsAppCoexistenceAndControl(t *testing.T) {
	play(t, func(s *scene) {
		id := s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		s.Meta.WhatsAppUnsend(id)
		s.Meta.AppReply(s.WhatsApp, "ola", "z telefonu")
		synctest.Wait()
		s.lacks("revoke", "z telefonu")
		s.WhatsApp.Coexistence = true
		id = s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		s.Meta.WhatsAppEdit(id, "y")
		s.Meta.WhatsAppUnsend(id)
		s.Meta.AppReply(s.WhatsApp, "ola", "z telefonu")
		synctest.Wait()
		s.has(`"type":"edit"`, `"type":"revoke"`, `"original_message_id":"`+id+`"`, `"field":"smb_message_echoes"`, "z telefonu")
		s.fresh()
		s.Meta.Marketing(s.WhatsApp, "ola", false)
		s.Meta.Route(s.WhatsApp, "ai_agent")
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "do bota"})
		s.Meta.PassWhatsApp(s.WhatsApp, "ola", "escalation", "klient zły", "Paczka 1001")
		s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "do człowieka"})
		synctest.Wait()
		s.has(`"value":"stop"`, `"type":"control_passed"`, `"previous_owner_role":"ai_agent"`, `"text":"Paczka 1001"`, `"standby":{"contacts"`)
		s.fresh()
		s.want(s.wa("ola", "a"), "", "accepted from a listener")
		s.settle(time.Second)
		s.has(`"status":"failed"`)
		control := func(action string) result {
			return s.do("POST", FacebookHost, "/v25.0/"+s.WhatsApp.ID+"/thread_control", WhatsAppToken, map[string]any{"messaging_product": "whatsapp",
				"to": "+" + s.Meta.UserID(s.WhatsApp, "ola"), "action": action, "control_pass": map[string]any{"target_role": "escalation"}})
		}
		s.want(control("take"), "2494191/0", "take")
		s.want(control("pass"), "100/0", "passing what is not ours")
		s.Meta.PassWhatsApp(s.WhatsApp, "ola", "ai_agent", "", "")
		s.want(control("pass"), "", "pass")
		if got := s.Meta.Owner(s.WhatsApp, "ola"); got != "escalation" {
			t.Errorf("owner %q", got)
		}
	})
}

// Line 23.
func TestWhatsAppLimits(t *testing.T) {
	play(t, func(s *scene) {
		id := s.Meta.Message(s.WhatsApp, "ola", WhatsAppMessage{Text: "x"})
		buttons := func(n, title int) []any {
			list := []any{}
			for i := range n {
				list = append(list, map[string]any{"type": "reply", "reply": map[string]any{"id": fmt.Sprint(i), "title": strings.Repeat("ł", title)}})
			}
			return list
		}
		interactive := func(body int, action map[string]any) []any {
			kind := "button"
			if action["sections"] != nil {
				kind = "list"
			}
			return []any{"type", "interactive", "interactive", map[string]any{"type": kind, "body": map[string]any{"text": strings.Repeat("a", body)}, "action": action}}
		}
		list := func(rows, title int) map[string]any {
			r := []any{}
			for i := range rows {
				r = append(r, map[string]any{"id": fmt.Sprint(i), "title": strings.Repeat("ł", title)})
			}
			return map[string]any{"button": "Wybierz", "sections": []any{map[string]any{"title": "s", "rows": r}}}
		}
		for _, c := range []struct {
			what, code string
			extra      []any
		}{
			{"4096 characters", "", []any{"text", map[string]any{"body": strings.Repeat("ż", 4096)}}},
			{"4097 characters", "100/0", []any{"text", map[string]any{"body": strings.Repeat("ż", 4097)}}},
			{"no product", "100/0", []any{"messaging_product", "sms"}},
			{"no body", "131008/0", []any{"text", nil}},
			{"unknown type", "131051/0", []any{"type", "poll"}},
			{"to ourselves", "131021/0", []any{"to", "+48799000111"}},
			{"3 buttons of 20 characters", "", interactive(1024, map[string]any{"buttons": buttons(3, 20)})},
			{"4 buttons", "131009/0", interactive(10, map[string]any{"buttons": buttons(4, 5)})},
			{"21 characters on a button", "131009/0", interactive(10, map[string]any{"buttons": buttons(1, 21)})},
			{"1025 characters over buttons", "131009/0", interactive(1025, map[string]any{"buttons": buttons(1, 5)})},
			{"10 rows of 24 characters", "", interactive(4096, list(10, 24))},
			{"11 rows", "131009/0", interactive(10, list(11, 5))},
			{"25 characters in a row", "131009/0", interactive(10, list(1, 25))},
			{"caption of 1025", "100/0", []any{"type", "image", "image", map[string]any{"link": "https://x", "caption": strings.Repeat("a", 1025)}}},
			{"reaction", "", []any{"type", "reaction", "reaction", map[string]any{"message_id": id, "emoji": "👍"}}},
		} {
			s.want(s.wa("ola", "x", c.extra...), c.code, c.what)
		}
		read := s.do("POST", FacebookHost, "/v25.0/"+s.WhatsApp.ID+"/messages", WhatsAppToken, map[string]any{"messaging_product": "whatsapp",
			"status": "read", "message_id": id, "typing_indicator": map[string]any{"type": "text"}})
		s.want(read, "", "read and typing")
		if !s.Meta.Typing(s.WhatsApp, "ola") || s.Meta.SeenAt(s.WhatsApp, "ola").IsZero() {
			t.Error("neither read nor typing")
		}
		s.settle(25 * time.Second)
		if s.Meta.Typing(s.WhatsApp, "ola") {
			t.Error("typing after 25 s")
		}
	})
}
