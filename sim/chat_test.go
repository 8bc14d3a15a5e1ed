package sim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Line 8.
func TestTheWindowIsTwentyFourHoursFromTheCustomer(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		s.Meta.DM(s.Page, "late", "x", DMOptions{At: time.Now().Add(-23 * time.Hour)})
		s.settle(23 * time.Hour)
		s.want(s.ig("ola", "a"), "", "Instagram within a day")
		s.want(s.fb("ola", "a"), "", "Messenger within a day")
		s.want(s.fb("late", "a"), "10/2018278", "the customer's own time counts")
		s.settle(2 * time.Hour)
		s.want(s.ig("ola", "a"), "10/2534022", "Instagram after a day")
		s.want(s.fb("ola", "a"), "10/2018278", "Messenger after a day")
		tag := []any{"messaging_type", "MESSAGE_TAG", "tag", "HUMAN_AGENT"}
		s.want(s.fb("ola", "człowiek", tag...), "", "human within a week")
		s.want(s.ig("ola", "człowiek", tag...), "", "human within a week")
		s.want(s.fb("ola", "a", "messaging_type", "MESSAGE_TAG", "tag", "POST_PURCHASE_UPDATE"), "100/0", "a dead tag")
		s.settle(6 * 24 * time.Hour)
		s.want(s.fb("ola", "a", tag...), "10/2018278", "human after a week")
		s.Meta.Postback(s.Page, "ola", "Start", "START")
		s.want(s.fb("ola", "a"), "", "a postback opens it again")
		s.Page.NoHumanAgent = true
		s.want(s.fb("ola", "a", tag...), "10/0", "no approval for the tag")
	})
}

func TestWhoCanBeWrittenTo(t *testing.T) {
	play(t, func(s *scene) {
		s.want(s.ig("obcy", "a"), "100/2534014", "Instagram, never wrote")
		s.want(s.fb("obcy", "a"), "100/2018001", "Messenger, never wrote")
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		s.Meta.SetPerson(Person{Name: "ola", Blocked: true})
		s.want(s.fb("ola", "a"), "551/1545041", "blocked")
		s.Meta.DM(s.Page, "ela", "x", DMOptions{})
		s.want(s.fb("ela", "a", "messaging_type", ""), "100/0", "Messenger needs messaging_type")
		s.want(s.fb("ela", "a", "reply_to", map[string]any{"mid": "m_none"}), "100/0", "an answer to nothing")
	})
}

// Line 9.
func TestLimitsOfOneMessage(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		reply := func(title string) map[string]any {
			return map[string]any{"content_type": "text", "title": title, "payload": "P"}
		}
		button := func(n, length int) map[string]any {
			list := []any{}
			for range n {
				list = append(list, map[string]any{"type": "postback", "title": "t", "payload": "p"})
			}
			return map[string]any{"type": "template", "payload": map[string]any{"template_type": "button", "text": strings.Repeat("ż", length), "buttons": list}}
		}
		for _, c := range []struct {
			what, code string
			message    map[string]any
			ig         bool
		}{
			{"Messenger 2000 characters", "", map[string]any{"text": strings.Repeat("ż", 2000)}, false},
			{"Messenger 2001 characters", "100/0", map[string]any{"text": strings.Repeat("a", 2001)}, false},
			{"Instagram 1000 bytes", "", map[string]any{"text": strings.Repeat("ż", 500)}, true},
			{"Instagram 1002 bytes in 501 letters", "100/0", map[string]any{"text": strings.Repeat("ż", 501)}, true},
			{"empty", "100/0", map[string]any{"text": ""}, true},
			{"14 quick replies", "100/0", map[string]any{"text": "a", "quick_replies": replies(14, reply("tak"))}, false},
			{"13 quick replies", "", map[string]any{"text": "a", "quick_replies": replies(13, reply("tak"))}, false},
			{"21 characters of title", "100/0", map[string]any{"text": "a", "quick_replies": replies(1, reply(strings.Repeat("ł", 21)))}, false},
			{"20 characters of title", "", map[string]any{"text": "a", "quick_replies": replies(1, reply(strings.Repeat("ł", 20)))}, true},
			{"4 buttons", "100/0", map[string]any{"attachment": button(4, 10)}, false},
			{"641 characters over buttons", "100/0", map[string]any{"attachment": button(3, 641)}, false},
			{"3 buttons, 640 characters", "", map[string]any{"attachment": button(3, 640)}, false},
			{"text and attachment", "100/0", map[string]any{"text": "a", "attachment": button(1, 1)}, false},
			{"a picture without a place", "100/2018008", map[string]any{"attachment": map[string]any{"type": "image"}}, true},
		} {
			if c.ig {
				s.want(s.ig("ola", "", "message", c.message), c.code, c.what)
			} else {
				s.want(s.fb("ola", "", "message", c.message), c.code, c.what)
			}
		}
	})
}

func replies(n int, one map[string]any) []any {
	list := []any{}
	for range n {
		list = append(list, one)
	}
	return list
}

func TestSendRate(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		for range 300 {
			s.want(s.fb("ola", "a"), "", "within the rate")
		}
		s.want(s.fb("ola", "a"), "613/2018338", "301 in a second")
		s.settle(time.Second)
		s.want(s.fb("ola", "a"), "", "a second later")
	})
}

// Line 10.
func TestEchoDeliveryAndSeen(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		synctest.Wait()
		s.fresh()
		r := s.ig("ola", "Już sprawdzam")
		mid := r.text("message_id")
		if r.text("recipient_id") != s.Meta.UserID(s.Instagram, "ola") || mid == "" {
			t.Errorf("answer %v", r.body)
		}
		if len(s.hooks()) != 0 {
			t.Error("echo before the answer")
		}
		s.settle(time.Second)
		s.has(`"is_echo":true`, mid, `"app_id":"880000000000002"`, `"metadata":"tnd:1"`)
		s.lacks("delivery")
		s.fresh()
		s.Meta.Read(s.Instagram, "ola")
		synctest.Wait()
		s.has(`"read":{"mid":"` + mid + `"}`)
		s.fresh()
		m2 := s.fb("ola", "Już").text("message_id")
		s.settle(time.Second)
		s.Meta.Read(s.Page, "ola")
		synctest.Wait()
		s.has(`"delivery":{"mids":["`+m2+`"]`, `"read":{"watermark":`)
		s.Meta.Quirk(func(q *Quirks) { q.EchoFirst, q.InstagramEchoBare = true, true })
		s.fresh()
		s.ig("ola", "Najpierw echo")
		s.has(`"is_echo":true`, "Najpierw echo")
		s.lacks("app_id", "metadata")
		s.Meta.Quirk(func(q *Quirks) { q.NoEcho = true })
		s.fresh()
		s.ig("ola", "Bez echa")
		s.settle(time.Minute)
		s.lacks("Bez echa")
		out := s.Meta.Outbox("instagram", "ola")
		if len(out) != 3 || out[0].Text != "Już sprawdzam" || out[0].ID != mid || out[0].Public || out[0].Kind != "text" {
			t.Errorf("outbox %+v", out)
		}
	})
}

// Line 11.
func TestHumansAndMachinesElsewhereEcho(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		synctest.Wait()
		for _, c := range []struct {
			do         func() string
			has, lacks string
		}{
			{func() string { return s.Meta.EchoFromInbox(s.Page, "ola", "Tu Ania") }, `"app_id":"263902037430900"`, "metadata"},
			{func() string { return s.Meta.EchoFrom(s.Page, "ola", "z telefonu", Echo{}) }, "z telefonu", "app_id"},
			{func() string { return s.Meta.EchoFrom(s.Page, "ola", "", Echo{Automation: true}) }, `"type":"template"`, `"text"`},
			{func() string { return s.Meta.EchoFromInbox(s.Instagram, "ola", "Tu Ania") }, `"app_id":"1217981644879628"`, "metadata"},
		} {
			s.fresh()
			mid := c.do()
			synctest.Wait()
			s.has(c.has, mid, `"is_echo":true`)
			s.lacks(c.lacks)
		}
		if got := s.Meta.Outbox("messenger", "ola"); len(got) != 0 {
			t.Errorf("other people's messages in our outbox: %v", got)
		}
	})
}

// Line 12.
func TestConversationRouting(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Route(s.Page, FacebookApp)
		s.Meta.DM(s.Page, "ola", "pierwsza", DMOptions{})
		synctest.Wait()
		s.has(`"messaging":[`)
		owner := func() string {
			return fmt.Sprint(s.do("GET", FacebookHost, "/v25.0/me/thread_owner?recipient="+s.Meta.UserID(s.Page, "ola"), PageToken, nil).body["data"])
		}
		if !strings.Contains(owner(), FacebookApp) {
			t.Errorf("owner %s", owner())
		}
		s.fresh()
		s.Meta.EchoFromInbox(s.Page, "ola", "Tu Ania")
		s.Meta.Postback(s.Page, "ola", "Pomoc", "TAJNE")
		synctest.Wait()
		s.has(`"take_thread_control":{"metadata":"","new_owner_app_id":"263902037430900","previous_owner_app_id":"880000000000001"}`, `"standby":[`)
		s.lacks("TAJNE")
		s.want(s.fb("ola", "a"), "100/2018300", "not the owner")
		to := map[string]any{"recipient": map[string]any{"id": s.Meta.UserID(s.Page, "ola")}}
		control := func(verb string, extra ...any) result {
			b := map[string]any{"recipient": to["recipient"]}
			for i := 0; i+1 < len(extra); i += 2 {
				b[extra[i].(string)] = extra[i+1]
			}
			return s.do("POST", FacebookHost, "/v25.0/me/"+verb, PageToken, b)
		}
		s.want(control("pass_thread_control", "target_app_id", PageInbox), "100/2018300", "passing what is not ours")
		s.want(control("take_thread_control"), "", "the default app takes")
		s.want(s.fb("ola", "a"), "", "the owner sends")
		s.want(control("pass_thread_control", "target_app_id", 263902037430900), "", "pass with a number")
		if s.Meta.Owner(s.Page, "ola") != PageInbox {
			t.Errorf("owner %s", s.Meta.Owner(s.Page, "ola"))
		}
		s.fresh()
		s.Meta.PassControl(s.Page, "ola", "wraca do bota")
		synctest.Wait()
		s.has("pass_thread_control", "wraca do bota")
		s.want(control("release_thread_control"), "", "release")
		s.Meta.DM(s.Page, "ola", "znów", DMOptions{})
		s.Meta.TakeControl(s.Page, "ola", PageInbox)
		s.settle(25 * time.Hour)
		if s.Meta.Owner(s.Page, "ola") != "" {
			t.Error("not idle after a day")
		}
		s.Meta.Route(s.Page, "")
		s.want(control("take_thread_control"), "100/2018321", "take without routing")
	})
}

// Line 15.
func TestLessUsualMessages(t *testing.T) {
	play(t, func(s *scene) {
		mid := s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		for _, c := range []struct {
			want string
			do   func()
		}{
			{`"is_deleted":true`, func() { s.Meta.Unsend(s.Meta.DM(s.Instagram, "ola", "cofnięta", DMOptions{})) }},
			{`"num_edit":"1"`, func() { s.Meta.Edit(mid, "zmiana", true) }},
			{`"num_edit":2`, func() { s.Meta.Edit(mid, "zmiana", false) }},
			{`"reaction":"angry"`, func() { s.Meta.React(mid, "angry", "😠") }},
			{`"action":"unreact"`, func() { s.Meta.React(mid, "", "") }},
			{`"sticker_id":"3692"`, func() { s.att("sticker", Attachment{Type: "sticker", URL: "https://x", StickerID: "3692"}) }},
			{`"type":"image"`, func() { s.att("", Attachment{Type: "image", URL: "https://x", StickerID: "3692"}) }},
			{`"type":"fallback","url`, func() { s.att("", Attachment{Type: "fallback", Title: "t", URL: "https://x", Bare: true}) }},
			{`"lat":52.2`, func() { s.att("", Attachment{Type: "location", Lat: 52.2, Long: 21}) }},
			{`"is_unsupported":true`, func() { s.Meta.DM(s.Instagram, "ola", "", DMOptions{Unsupported: true}) }},
			{`"admin_text"`, func() { s.Meta.DM(s.Instagram, "ola", "oddaję", DMOptions{NoMID: true}) }},
			{`"is_self":true`, func() { s.Meta.DM(s.Instagram, "ola", "x", DMOptions{Self: true}) }},
			{`"story":{"id":"7"`, func() { s.Meta.DM(s.Instagram, "ola", "x", DMOptions{StoryURL: "https://s", StoryID: "7"}) }},
			{`"reply_to":{"is_self_reply":false,"mid":"` + mid, func() { s.Meta.DM(s.Page, "ola", "x", DMOptions{ReplyTo: mid}) }},
			{`"quick_reply":{"payload":"HUMAN"}`, func() { s.Meta.DM(s.Page, "ola", "x", DMOptions{QuickReply: "HUMAN"}) }},
			{`"ad_id":"9"`, func() { s.Meta.DM(s.Page, "ola", "x", DMOptions{AdID: "9"}) }},
			{`"ref":"zam-1001"`, func() { s.Meta.Referral(s.Page, "ola", "zam-1001") }},
			{`"type":"story_mention"`, func() { s.att("", Attachment{Type: "story_mention", URL: "https://x"}) }},
			{`"policy_enforcement":{"action":"block"`, func() { s.Meta.PolicyEnforcement(s.Page, "block", "spam") }},
		} {
			s.fresh()
			c.do()
			synctest.Wait()
			s.has(c.want)
		}
	})
}

func (s *scene) att(text string, a Attachment) {
	s.Meta.DM(s.Page, "ola", text, DMOptions{Attachments: []Attachment{a}})
}

// Line 16.
func TestProfilesNeedAPrivateMessage(t *testing.T) {
	play(t, func(s *scene) {
		get := func(a *Asset, host, token string) result {
			return s.do("GET", host, "/v25.0/"+s.Meta.UserID(a, "ewelina.k")+"?fields=name", token, nil)
		}
		s.Meta.Comment(s.Instagram, "ewelina.k", "p1", "ładne", CommentOptions{})
		s.want(get(s.Instagram, InstagramHost, InstagramToken), "230/0", "a commenter only")
		s.want(get(s.Page, FacebookHost, PageToken), "100/2018218", "never wrote to the Page")
		s.Meta.DM(s.Instagram, "ewelina.k", "x", DMOptions{})
		r := get(s.Instagram, InstagramHost, InstagramToken)
		if r.text("name") != "Ewelina Kaczmarek" {
			t.Errorf("profile %v", r.body)
		}
		s.want(s.do("GET", InstagramHost, "/v25.0/"+s.Meta.UserID(s.Instagram, "ewelina.k")+"?fields=shoe_size", InstagramToken, nil),
			"100/0", "an unknown field")
	})
}

// Line 17.
func TestFilesExpireAndTypingClears(t *testing.T) {
	play(t, func(s *scene) {
		u := s.Meta.PutFile(s.Instagram, []byte("zdjęcie"), "image/jpeg", 24*time.Hour)
		get := func() int {
			answer, err := s.net.Client().Get(u)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			return answer.StatusCode
		}
		if got := get(); got != http.StatusOK {
			t.Errorf("fresh file: %d", got)
		}
		s.settle(24*time.Hour + time.Second)
		if got := get(); got != http.StatusForbidden {
			t.Errorf("old file: %d", got)
		}
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		action := func(name string) result {
			return s.do("POST", FacebookHost, "/v25.0/me/messages", PageToken, map[string]any{
				"recipient": map[string]any{"id": s.Meta.UserID(s.Page, "ola")}, "sender_action": name})
		}
		s.want(action("typing_on"), "", "typing_on")
		if !s.Meta.Typing(s.Page, "ola") {
			t.Error("not typing")
		}
		s.settle(20 * time.Second)
		if s.Meta.Typing(s.Page, "ola") {
			t.Error("typing after 20 s")
		}
		s.want(action("mark_seen"), "", "mark_seen")
		if s.Meta.SeenAt(s.Page, "ola").IsZero() {
			t.Error("not seen")
		}
		s.want(action("dance"), "100/0", "an unknown action")
	})
}

func TestBackfill(t *testing.T) {
	play(t, func(s *scene) {
		for i := range 25 {
			s.Meta.DM(s.Instagram, "ola", fmt.Sprint("nr ", i), DMOptions{})
		}
		path := "/v25.0/me/conversations?platform=instagram&fields=messages{id,from,message},is_owner&user_id=" + s.Meta.UserID(s.Instagram, "ola")
		r := s.do("GET", InstagramHost, path, InstagramToken, nil)
		got := fmt.Sprint(r.body)
		if strings.Count(got, "message:") != 20 || !strings.Contains(got, "nr 24") || strings.Contains(got, "nr 4]") {
			t.Errorf("back-fill %s", got)
		}
		s.do("GET", InstagramHost, path, InstagramToken, nil)
		s.want(s.do("GET", InstagramHost, path, InstagramToken, nil), "613/0", "third in a second")
		s.settle(31 * 24 * time.Hour)
		if r := s.do("GET", InstagramHost, path, InstagramToken, nil); fmt.Sprint(r.body["data"]) != "[]" {
			t.Errorf("a quiet chat is listed: %v", r.body)
		}
	})
}
