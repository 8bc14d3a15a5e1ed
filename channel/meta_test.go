package channel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem"
)

// vectorBody is the body of the reference's test vector (CHANNELS 19), escaped as Meta escapes.
const vectorBody = `{"object":"page","entry":[{"id":"504100000000001","time":1795341600123,"messaging":[{"sender":{"id":"7600000000000042"},"recipient":{"id":"504100000000001"},"timestamp":1795341600001,"message":{"mid":"m_TEST_0001","text":"Gdzie jest moja paczka?! Mia\u0142a by\u0107 wczoraj! https:\/\/sklep.example\/z\/1001"}}]}]}`

const (
	page     = "504100000000001"
	psid     = "7600000000000042"
	igID     = "17841400000000001"
	igsid    = "1090000000000042"
	vectorAt = 1795341600001
)

// fuzzSeeds are bodies that fuzzing starts from, beside one sample of each hook.
var fuzzSeeds = []string{
	`{"object":"instagram","entry":[{"id":17841400000000001,"time":1,"messaging":[null,{},{"message":{}},{"message":{"attachments":[{"payload":null}]}}],"changes":[{"field":"comments","value":null}],"field":"mentions","value":{"media_id":1}}]}`,
	`{"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":7}}],"standby":[{"sender":{"id":2},"read":{"watermark":"x"}}]}]}`,
	`{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"message_edit":{"num_edit":"37"}},{"sender":{"user_ref":"r"},"postback":{}},{"sender":{"id":"2"},"pass_thread_control":{}}]}]}`,
	`[]`, `{"object":"page","entry":{}}`, `{"event":"rating","value":"5"}`, `{"event":"read","seq":1e9}`,
}

// parseOne parses one body that must hold exactly one event.
func parseOne(t *testing.T, hook, body string) tandem.Inbound {
	t.Helper()
	all := parseAll(t, hook, body)
	if len(all) != 1 {
		t.Fatalf("%d events in %s: %+v", len(all), body, all)
	}
	return all[0]
}

func parseAll(t *testing.T, hook, body string) []tandem.Inbound {
	t.Helper()
	h, _ := FindHook(hook)
	all, err := h.Parse([]string{"secret"}, hookSamples[hook].sign("secret", []byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// inFrame puts one messaging element of a customer into the frame of an object.
func inFrame(object, account, user, element string) string {
	return fmt.Sprintf(`{"object":%q,"entry":[{"id":%q,"time":1795341609000,"messaging":[{"sender":{"id":%q},"recipient":{"id":%q},"timestamp":1795341600001,%s}]}]}`,
		object, account, user, account, element)
}

func onPage(element string) string      { return inFrame("page", page, psid, element) }
func onInstagram(element string) string { return inFrame("instagram", igID, igsid, element) }

func TestSignatureVector(t *testing.T) {
	h, _ := FindHook("meta")
	call := metaSigned("tandem-test-app-secret", []byte(vectorBody))
	if got := call.Header.Get("X-Hub-Signature-256"); got != "sha256=c29256bf8315ffb32e7209372d3900b9435bc3812a18f77885614768b1ab792e" {
		t.Errorf("signature %s", got)
	}
	all, err := h.Parse([]string{"tandem-test-app-secret"}, call)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	want := tandem.Inbound{Kind: tandem.InMessage, Account: page, Key: "m_TEST_0001", External: "m_TEST_0001", User: psid,
		Surface: tandem.Direct, Text: "Gdzie jest moja paczka?! Miała być wczoraj! https://sklep.example/z/1001",
		At: time.UnixMilli(vectorAt).UTC()}
	if fmt.Sprintf("%+v", all[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", all[0], want)
	}
	// The same JSON written anew has other bytes, and its signature must not be taken for this one.
	call.Body = []byte(strings.NewReplacer(`\u0142`, "ł", `\u0107`, "ć", `\/`, "/").Replace(vectorBody))
	if got := sign("tandem-test-app-secret", call.Body); got != "3633f036490a17c7bebd9fdd7d63b811456ac08bafdb3f86e0927d2d15d96aca" {
		t.Errorf("re-marshalled signature %s", got)
	}
	if _, err := h.Parse([]string{"tandem-test-app-secret"}, call); tandem.KindOf(err) != tandem.Denied {
		t.Errorf("a re-marshalled body: %v", err)
	}
}

func TestProofVector(t *testing.T) {
	if got := Proof("tandem-test-app-secret", "EAA-test-token"); got != "5c0186b5d3f61e9f976c0ebf9dae9972280a8143ecb9a82ddcb4f3e1f08d5976" {
		t.Error(got)
	}
}

func TestLongBodyIsRefused(t *testing.T) {
	h, _ := FindHook("meta")
	body := bytes.Repeat([]byte(" "), MaxBody+1)
	if _, err := h.Parse([]string{"s"}, metaSigned("s", body)); tandem.KindOf(err) != tandem.TooLarge {
		t.Error(err)
	}
}

func TestWholeBatchIsRead(t *testing.T) {
	all := parseAll(t, "meta", `{"object":"page","entry":[
	 {"id":"1","time":1795341600000,"messaging":[{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1795341600,"message":{"mid":"a","text":"x"}},
	   {"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1795341600000,"message":{"mid":"b","text":"y"}}],
	  "standby":[{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1,"message":{"mid":"c","text":"z"}}]},
	 {"id":"2","time":1795341600,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","post_id":"2_1","comment_id":"1_1","parent_id":"2_1","from":{"id":"8"},"message":"k"}},
	   {"field":"feed","value":{"item":"like","verb":"add"}}]},
	 {"id":"3","time":1795341600,"changes":{"odd":true},"messaging":["odd",{"sender":"odd","message":{"mid":5,"text":["odd"]}}]}]}`)
	var keys []string
	for _, in := range all {
		keys = append(keys, in.Account+"/"+in.Key)
	}
	got := strings.Join(keys, " ")
	if !strings.HasPrefix(got, "1/a 1/b 1/standby:c 2/1_1:add:1795341600 3/unreadable:") || len(all) != 6 {
		t.Errorf("got %d: %s", len(all), got)
	}
	if !all[2].Standby || all[0].Standby || !all[0].At.Equal(all[1].At) {
		t.Error("standby or time is wrong")
	}
	if all[5].Problem != "unreadable" || all[5].Kind != tandem.InNews {
		t.Errorf("an element of an odd form must be noticed: %+v", all[5])
	}
}

func TestPrivateMessages(t *testing.T) {
	cases := []struct {
		name, element string
		want          tandem.Inbound // what must be set; the rest is not looked at
	}{
		{"quick reply", `"message":{"mid":"m_A1","text":"Gdzie?","quick_reply":{"payload":"INTENT"},"reply_to":{"mid":"m_A0"}}`,
			tandem.Inbound{Kind: tandem.InMessage, Key: "m_A1", Text: "Gdzie?", ReplyTo: "m_A0", Parts: []tandem.Part{{Type: "quick_reply", Name: "Gdzie?", Value: "INTENT"}}}},
		{"asks for a person", `"postback":{"mid":"m_P1","title":"Rozmowa z konsultantem","payload":"TALK_TO_HUMAN"}`,
			tandem.Inbound{Kind: tandem.InHuman, Key: "m_P1", External: "m_P1", Text: "Rozmowa z konsultantem"}},
		{"postback without an id", `"postback":{"title":"Start","payload":"GO"}`,
			tandem.Inbound{Kind: tandem.InMessage, Text: "Start", Key: "USER:1795341600001:GO", External: "USER:1795341600001:GO"}},
		{"edit", `"message_edit":{"mid":"m_A1","text":"nr 1001","num_edit":"37"}`,
			tandem.Inbound{Kind: tandem.InEdited, Target: "m_A1", Text: "nr 1001", Key: "m_A1:edit:37"}},
		{"unsend", `"message":{"mid":"m_A1","is_deleted":true}`,
			tandem.Inbound{Kind: tandem.InDeleted, Target: "m_A1", Key: "m_A1:deleted"}},
		{"unsupported", `"message":{"mid":"m_A1","is_unsupported":true}`,
			tandem.Inbound{Kind: tandem.InMessage, Parts: []tandem.Part{{Type: "unsupported"}}}},
		{"reaction", `"reaction":{"mid":"m_B7","action":"react","reaction":"angry"}`,
			tandem.Inbound{Kind: tandem.InReaction, Target: "m_B7", Text: "😠"}},
		{"delivered", `"delivery":{"mids":["m_B7"],"watermark":1795341602900}`,
			tandem.Inbound{Kind: tandem.InReceipt, State: tandem.Delivered, Key: "delivery:USER:1795341602900", At: time.UnixMilli(1795341602900).UTC()}},
		{"read", `"read":{"watermark":1795341602900}`,
			tandem.Inbound{Kind: tandem.InReceipt, State: tandem.Read, At: time.UnixMilli(1795341602900).UTC()}},
		{"seen", `"read":{"mid":"aWc_3"}`,
			tandem.Inbound{Kind: tandem.InReceipt, State: tandem.Read, Target: "aWc_3", Key: "read:USER:aWc_3"}},
		{"referral", `"referral":{"ref":"zam-1001","source":"SHORTLINK"}`,
			tandem.Inbound{Kind: tandem.InReferral, Text: "zam-1001"}},
		{"story reply", `"message":{"mid":"s","text":"?","reply_to":{"story":{"url":"https://cdn.example/s.mp4","id":"18"}}}`,
			tandem.Inbound{Kind: tandem.InMessage, Text: "?", Parts: []tandem.Part{{Type: "story", URL: "https://cdn.example/s.mp4", Value: "18"}}}},
		{"story mention", `"message":{"mid":"s","attachments":[{"type":"story_mention","payload":{"url":"https://cdn.example/st.jpg"}}]}`,
			tandem.Inbound{Kind: tandem.InMessage, Parts: []tandem.Part{{Type: "story", Name: "mention", URL: "https://cdn.example/st.jpg"}}}},
		{"heart", `"message":{"mid":"h","attachments":[{"type":"like_heart"}]}`,
			tandem.Inbound{Kind: tandem.InMessage, Text: "❤️"}},
		{"policy", `"policy_enforcement":{"action":"block","reason":"x"}`,
			tandem.Inbound{Kind: tandem.InAlert, Problem: "policy_block"}},
		{"inbox takes over", `"take_thread_control":{"previous_owner_app_id":880000000000001,"new_owner_app_id":263902037430900}`,
			tandem.Inbound{Kind: tandem.InControl, App: "263902037430900", State: tandem.StateTheirs}},
		{"old take", `"take_thread_control":{"metadata":""}`,
			tandem.Inbound{Kind: tandem.InControl, State: tandem.StateTheirs}},
		{"back to us", `"pass_thread_control":{"new_owner_app_id":"880000000000001"}`,
			tandem.Inbound{Kind: tandem.InControl, App: "880000000000001", State: tandem.StateOurs}},
	}
	for _, c := range cases {
		for account, body := range map[string]string{page: onPage(c.element), igID: onInstagram(c.element)} {
			in := parseOne(t, "meta", body)
			user := map[string]string{page: psid, igID: igsid}[account]
			c.want.Account, c.want.User, c.want.Surface = account, user, tandem.Direct
			agrees(t, c.name, in, c.want, user)
		}
	}
}

// agrees compares what want sets; USER in a key stands for the user.
func agrees(t *testing.T, name string, in, want tandem.Inbound, user string) {
	t.Helper()
	want.Key = strings.ReplaceAll(want.Key, "USER", user)
	want.External = strings.ReplaceAll(want.External, "USER", user)
	if want.Key == "" {
		want.Key = in.Key
	}
	if want.At.IsZero() {
		want.At = in.At
	}
	if want.Parts == nil {
		want.Parts = in.Parts
	}
	if want.External == "" {
		want.External = in.External
	}
	if got, want := fmt.Sprintf("%+v", in), fmt.Sprintf("%+v", want); got != want {
		t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
	}
}

func TestAttachments(t *testing.T) {
	in := parseOne(t, "meta", onPage(`"message":{"mid":"m_A2","attachments":[
	  {"type":"image","payload":{"url":"https://cdn.example/a.jpg"}},
	  {"type":"image","payload":{"url":"https://cdn.example/s.png","sticker_id":369239263222822}},
	  {"type":"sticker","payload":{"url":"https://cdn.example/s.png","sticker_id":369239263222822}},
	  {"type":"file","payload":{"url":"https://cdn.example/faktura.pdf","title":"faktura.pdf"}},
	  {"type":"location","payload":{"coordinates":{"lat":52.2297,"long":21.0122}}},
	  {"type":"fallback","title":"Produkt","url":"https://sklep.example/p/7"},
	  {"type":"template","payload":{"product":{"elements":[{"id":"55","retailer_id":"SKU7","title":"Buty","image_url":"https://cdn.example/p.jpg"}]}}},
	  {"type":"hologram","payload":{"url":"https://cdn.example/h"}}]}`))
	var got []string
	for _, p := range in.Parts {
		got = append(got, fmt.Sprintf("%s|%s|%s|%s|%g", p.Type, p.URL, p.Name, p.Value, p.Lat))
	}
	want := `image|https://cdn.example/a.jpg|||0 sticker|https://cdn.example/s.png||👍|0 file|https://cdn.example/faktura.pdf|faktura.pdf||0 location||||52.2297 share|https://sklep.example/p/7|Produkt||0 product|https://cdn.example/p.jpg|Buty|SKU7|0 unsupported|https://cdn.example/h||hologram|0`
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	lone := parseOne(t, "meta", onPage(`"message":{"mid":"x","attachments":[{"type":"image","payload":{"url":"u","sticker_id":369239343222814}}]}`))
	if lone.Text != "👍" || lone.Parts[0].Type != "sticker" {
		t.Errorf("a thumb sent in the old way: %+v", lone)
	}
}

func TestEchoes(t *testing.T) {
	echo := func(sender, recipient, rest string) tandem.Inbound {
		return parseOne(t, "meta", fmt.Sprintf(`{"object":"page","entry":[{"id":%q,"messaging":[{"sender":{"id":%q},"recipient":{"id":%q},"timestamp":1795341605000,"message":{"mid":"m_B8","is_echo":true,%s}}]}]}`, page, sender, recipient, rest))
	}
	for _, c := range []struct {
		name, rest string
		ours       tandem.MessageID
		auto       bool
		app        string
	}{
		{"ours", `"app_id":880000000000001,"metadata":"tnd:out_01J","text":"a"`, "out_01J", false, "880000000000001"},
		{"our second piece", `"metadata":"tnd:out_01J#2","text":"a"`, "out_01J", false, ""},
		{"our app, unknown row", `"app_id":"880000000000001","text":"a"`, "", false, "880000000000001"},
		{"a person in Meta's inbox", `"app_id":263902037430900,"text":"a"`, "", false, "263902037430900"},
		{"another app's metadata", `"app_id":7,"metadata":"x","text":"a"`, "", false, "7"},
		{"a native app", `"text":"Już sprawdzam!"`, "", false, ""},
		{"a card of the platform", `"attachments":[{"type":"template","payload":{}}]`, "", true, ""},
	} {
		for _, sides := range [][2]string{{page, psid}, {psid, page}} {
			in := echo(sides[0], sides[1], c.rest)
			if in.Kind != tandem.InEcho || in.User != psid || in.Ours != c.ours || in.Auto != c.auto || in.App != c.app {
				t.Errorf("%s: %+v", c.name, in)
			}
		}
	}
}

func TestWhatIsNoMessageIsLeftOut(t *testing.T) {
	for _, element := range []string{
		`"message":{"mid":"x","text":"self","is_self":true}`,
		`"message":{"admin_text":"the assistant has handed back"}`,
		`"account_linking":{"status":"linked","authorization_code":"c"}`,
		`"optin":{"type":"notification_messages"}`,
	} {
		if all := parseAll(t, "meta", onInstagram(element)); len(all) != 0 {
			t.Errorf("%s: %+v", element, all)
		}
	}
}

func TestOwnerOfAThread(t *testing.T) {
	control := func(element string, standby bool) tandem.Inbound {
		body := onPage(element)
		if standby {
			body = strings.Replace(body, "messaging", "standby", 1)
		}
		return parseOne(t, "meta", body)
	}
	pass := `"pass_thread_control":{"new_owner_app_id":"880000000000001"}`
	for _, c := range []struct {
		element, app string
		standby      bool
		want         tandem.Delivery
	}{
		{pass, "", false, tandem.StateOurs},
		{pass, "880000000000001", false, tandem.StateOurs},
		{pass, "880000000000001", true, tandem.StateOurs},
		{pass, "", true, tandem.StateTheirs},
		{pass, "5", false, tandem.StateTheirs},
		{`"pass_thread_control":{"new_owner_app_id":"263902037430900"}`, "", false, tandem.StateTheirs},
		{`"take_thread_control":{"previous_owner_app_id":"880000000000001"}`, "880000000000001", false, tandem.StateTheirs},
	} {
		in := Settle(tandem.Account{Settings: map[string]string{"app_id": c.app}}, control(c.element, c.standby))
		if in.State != c.want {
			t.Errorf("%s for app %s, standby %v: %s", c.element, c.app, c.standby, in.State)
		}
	}
}
