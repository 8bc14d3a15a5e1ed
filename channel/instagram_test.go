package channel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
)

// platform is a scripted platform: it notes the calls and gives the answers in order, the last one
// for ever.
type platform struct {
	calls   []string // method, host and path, body
	answers []*http.Response
	script  []string // bodies of 200 answers, used where answers is empty
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	if r.Header.Get("Authorization") != "Bearer tok" || strings.Contains(r.URL.String(), "tok") {
		return answer(401, `{"error":{"code":190}}`), nil
	}
	p.calls = append(p.calls, strings.TrimSpace(r.Method+" "+r.URL.Host+r.URL.Path+" "+r.URL.RawQuery+string(body)))
	n := len(p.calls) - 1
	if len(p.answers) > 0 {
		return p.answers[min(n, len(p.answers)-1)], nil
	}
	return answer(200, p.script[min(n, len(p.script)-1)]), nil
}

// connect opens an account on a scripted platform.
func connect(t *testing.T, kind, external string, settings map[string]string, p *platform) tandem.Channel {
	t.Helper()
	a := tandem.Account{Kind: kind, External: external, Settings: map[string]string{"login": "instagram"},
		Secrets: map[string]string{"token": "tok", "app_secret": "sec", "verify_token": "v"}}
	for k, v := range settings {
		a.Settings[k] = v
	}
	c, err := Open(Settings{Account: a, Web: &http.Client{Transport: p}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const sentDM = `{"recipient_id":"1090000000000042","message_id":"aWc_9"}`

func TestInstagramSends(t *testing.T) {
	dm := func(text string) tandem.Outgoing {
		return tandem.Outgoing{Message: "out1", To: igsid, Thread: igsid, Surface: tandem.Direct, Text: text}
	}
	with := func(o tandem.Outgoing, change func(*tandem.Outgoing)) tandem.Outgoing { change(&o); return o }
	comment := tandem.Outgoing{Message: "out1", To: igsid, Thread: "179010/" + igsid, ReplyTo: "179011", Surface: tandem.Comment, Text: "Sprawdzam"}
	messages := "POST graph.instagram.com/v25.0/17841400000000001/messages "
	for _, c := range []struct {
		name     string
		o        tandem.Outgoing
		settings map[string]string
		script   string
		want     string
	}{
		{"text", dm("Sprawdzam"), nil, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"text":"Sprawdzam","metadata":"tnd:out1"}}`},
		{"without metadata", dm("a"), map[string]string{"metadata": "off"}, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"text":"a"}}`},
		{"choice", with(dm("Co dalej?"), func(o *tandem.Outgoing) { o.Choice = []string{"Rozmowa z człowiekiem teraz"} }), nil, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"text":"Co dalej?","metadata":"tnd:out1","quick_replies":[{"content_type":"text","title":"Rozmowa z człowieki…","payload":"Rozmowa z człowiekiem teraz"}]}}`},
		{"by a person after a day", with(dm("a"), func(o *tandem.Outgoing) { o.Human, o.Since = true, 30*time.Hour }), nil, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":{"text":"a","metadata":"tnd:out1"}}`},
		{"through the page", dm("a"), map[string]string{"login": "facebook", "page_id": "55", "version": "v26.0", "base": "http://127.0.0.1:9/"}, sentDM,
			`POST 127.0.0.1:9/v26.0/55/messages {"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"text":"a","metadata":"tnd:out1"}}`},
		{"comment goes to the top", comment, nil, `{"id":"17999"}`,
			`POST graph.instagram.com/v25.0/179010/replies {"message":"Sprawdzam"}`},
		{"comment, the surface not told", with(comment, func(o *tandem.Outgoing) { o.Surface = "" }), nil, `{"id":"17999"}`,
			`POST graph.instagram.com/v25.0/179010/replies {"message":"Sprawdzam"}`},
		{"text, the surface not told", with(dm("a"), func(o *tandem.Outgoing) { o.Surface = "" }), nil, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"text":"a","metadata":"tnd:out1"}}`},
		{"private reply", with(comment, func(o *tandem.Outgoing) { o.Private = true }), nil, sentDM,
			messages + `{"recipient":{"comment_id":"179011"},"message":{"text":"Sprawdzam","metadata":"tnd:out1"}}`},
		{"mention elsewhere", with(comment, func(o *tandem.Outgoing) { o.Thread = "mention:18:77/anonymous:77" }), nil, `{"id":"17999"}`,
			`POST graph.instagram.com/v25.0/17841400000000001/mentions {"comment_id":"77","media_id":"18","message":"Sprawdzam"}`},
		{"picture", with(dm(""), func(o *tandem.Outgoing) { o.Parts = []tandem.Part{{Type: "image", URL: "https://s.example/a.jpg"}} }), nil, sentDM,
			messages + `{"recipient":{"id":"1090000000000042"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"image","payload":{"url":"https://s.example/a.jpg"}},"metadata":"tnd:out1"}}`},
	} {
		p := &platform{script: []string{c.script}}
		r, err := connect(t, "instagram", igID, c.settings, p).Send(t.Context(), c.o)
		if err != nil || len(p.calls) != 1 || p.calls[0] != c.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, strings.Join(p.calls, "\n     "), c.want)
		}
		if private := c.script == sentDM; r.Delivery != tandem.Sent || private != (r.User == igsid) || r.External == "" {
			t.Errorf("%s: receipt %+v", c.name, r)
		}
	}
}

func TestLongTextGoesInPieces(t *testing.T) {
	p := &platform{script: []string{`{"message_id":"a"}`, `{"message_id":"b"}`, `{"message_id":"c"}`}}
	c := connect(t, "instagram", igID, nil, p)
	text := strings.TrimSpace(strings.Repeat("żółć ", 230)) // 9 bytes a word: 2069 bytes
	r, err := c.Send(t.Context(), tandem.Outgoing{Message: "out1", To: igsid, Text: text, Choice: []string{"Tak"}})
	if err != nil || r.External != "c" || !slices.Equal(r.Also, []string{"a", "b"}) {
		t.Fatal(r, err)
	}
	var all []string
	for i, call := range p.calls {
		var body sending
		if err := json.Unmarshal([]byte(call[strings.Index(call, "{"):]), &body); err != nil {
			t.Fatal(err)
		}
		all = append(all, body.Message.Text)
		if len(body.Message.Text) > 1000 {
			t.Errorf("piece %d has %d bytes", i, len(body.Message.Text))
		}
		if last := i == len(p.calls)-1; last != (len(body.Message.Quick) == 1) {
			t.Errorf("the quick replies belong to the last piece, not to %d", i)
		}
		if want := []string{"tnd:out1#1", "tnd:out1#2", "tnd:out1"}[i]; body.Message.Metadata != want {
			t.Errorf("mark %q", body.Message.Metadata)
		}
	}
	if strings.Join(all, " ") != text {
		t.Error("the pieces are not the text")
	}
}

func TestAFailureAfterTheFirstPiece(t *testing.T) {
	long := tandem.Outgoing{Message: "out1", To: igsid, Text: strings.Repeat("a ", 900)}
	for status, want := range map[int]string{503: CodeNoAnswer, 429: CodeRateLimited, 401: CodeAuth, 400: CodePartlySent, 500: "maybe_sent"} {
		p := &platform{answers: []*http.Response{answer(200, sentDM), answer(status, "")}}
		r, err := connect(t, "instagram", igID, nil, p).Send(t.Context(), long)
		if tandem.CodeOf(err) != want || r.External != "aWc_9" || len(r.Also) != 0 {
			t.Errorf("%d: %v %+v", status, err, r)
		}
		p = &platform{answers: []*http.Response{answer(200, `{"message_id":"b"}`)}}
		rest := long
		rest.Done = []int{1}
		r, err = connect(t, "instagram", igID, nil, p).Send(t.Context(), rest)
		if err != nil || r.External != "b" || len(p.calls) != 1 || !strings.Contains(p.calls[0], `"metadata":"tnd:out1"`) {
			t.Errorf("%d: what is missing goes alone: %v %+v %q", status, err, r, p.calls)
		}
	}
	long.Done = []int{1, 2}
	p := &platform{}
	if _, err := connect(t, "instagram", igID, nil, p).Send(t.Context(), long); tandem.CodeOf(err) != CodeAlreadySent || len(p.calls) != 0 {
		t.Errorf("nothing is missing: %v %q", err, p.calls)
	}
}

func TestMetaErrors(t *testing.T) {
	send := func(o tandem.Outgoing, status int, body string) error {
		p := &platform{answers: []*http.Response{answer(status, body)}}
		_, err := connect(t, "instagram", igID, nil, p).Send(t.Context(), o)
		return err
	}
	dm := tandem.Outgoing{Message: "o", To: igsid, Text: "a"}
	private := tandem.Outgoing{Message: "o", ReplyTo: "179", Text: "a", Private: true}
	human := tandem.Outgoing{Message: "o", To: igsid, Text: "a", Human: true, Since: 48 * time.Hour}
	for _, c := range []struct {
		o         tandem.Outgoing
		code, sub int
		kind      tandem.Kind
		want      string
	}{
		{dm, 613, 0, tandem.Limited, CodeRateLimited},
		{dm, 80006, 0, tandem.Limited, CodeRateLimited},
		{dm, 2, 0, tandem.Transient, "maybe_sent"},
		{dm, 1, 1357046, tandem.Conflict, CodeAlreadySent},
		{dm, 10, 2018278, tandem.Invalid, CodeWindow},
		{dm, 10, 2534022, tandem.Invalid, CodeWindow},
		{dm, 551, 1545041, tandem.Invalid, CodeUnreachable},
		{dm, 200, 1545041, tandem.Invalid, CodeUnreachable},
		{dm, 100, 2534014, tandem.Invalid, CodeUnreachable},
		{dm, 2018300, 0, tandem.Invalid, CodeOwned},
		{dm, 10, 2018300, tandem.Invalid, CodeOwned},
		{dm, 100, 2534037, tandem.Invalid, CodeOwned},
		{private, 100, 2534025, tandem.Invalid, CodePrivate},
		{private, 100, 0, tandem.Invalid, CodePrivate},
		{private, 10903, 0, tandem.Invalid, CodePrivate},
		{dm, 368, 0, tandem.Denied, CodeRestricted},
		{dm, 100, 2534029, tandem.Denied, CodeRestricted},
		{dm, 190, 460, tandem.Denied, CodeAuth},
		{dm, 10, 0, tandem.Denied, CodeAuth},
		{dm, 10, 2534077, tandem.Denied, CodeAuth},
		{dm, 200, 2534041, tandem.Denied, CodeAuth},
		{dm, 100, 2018008, tandem.Invalid, CodeMedia},
		{dm, 100, 0, tandem.Invalid, CodeBadRequest},
		{human, 10, 0, tandem.Invalid, CodeWindow},
		{human, 100, 0, tandem.Invalid, CodeWindow},
		{human, 190, 0, tandem.Denied, CodeAuth},
	} {
		err := send(c.o, 400, fmt.Sprintf(`{"error":{"code":%d,"error_subcode":"%d"}}`, c.code, c.sub))
		if tandem.KindOf(err) != c.kind || tandem.CodeOf(err) != c.want {
			t.Errorf("%d/%d: %v, %s %s", c.code, c.sub, err, tandem.KindOf(err), tandem.CodeOf(err))
		}
	}
	if err := send(dm, 400, `{"error":{"code":99,"is_transient":true}}`); !errors.Is(err, ErrMaybeSent) {
		t.Errorf("is_transient: %v", err)
	}
}

func TestWaitIsReadFromTheHeaders(t *testing.T) {
	usage := `{"504100000000001":[{"type":"messenger","call_count":96,"estimated_time_to_regain_access":7}]}`
	for _, c := range []struct {
		name, value string
		want        time.Duration
	}{
		{"Retry-After", "5", 5 * time.Second},
		{"Retry-After", "99999999", time.Hour},
		{"X-Business-Use-Case-Usage", usage, 7 * time.Minute},
		{"X-Business-Use-Case-Usage", "{", time.Minute},
	} {
		r := answer(400, `{"error":{"code":4}}`)
		r.Header.Set(c.name, c.value)
		_, err := connect(t, "instagram", igID, nil, &platform{answers: []*http.Response{r}}).
			Send(t.Context(), tandem.Outgoing{To: igsid, Text: "a"})
		if after, ok := RetryAfter(err); !ok || after != c.want {
			t.Errorf("%s %s: %s %v", c.name, c.value, after, err)
		}
	}
}

func TestInstagramComments(t *testing.T) {
	frame := func(entry string) string {
		return `{"object":"instagram","entry":[{"id":"17841400000000001","time":1795341601,` + entry + `}]}`
	}
	changed := func(field, value string) string {
		return frame(fmt.Sprintf(`"changes":[{"field":%q,"value":%s}]`, field, value))
	}
	value := `{"id":"17900000000000011","text":"@sklep gdzie?","from":{"id":"1090000000000042","username":"anna.p"},"media":{"id":"18000000000000001","media_product_type":"FEED"},"parent_id":"17900000000000010"}`
	post := []tandem.Part{{Type: "post", Value: "18000000000000001", Name: "FEED"}}
	reply := tandem.Inbound{Kind: tandem.InMessage, Key: "17900000000000011", External: "17900000000000011", User: igsid, Username: "anna.p",
		Thread: "17900000000000010/" + igsid, ReplyTo: "17900000000000010", Text: "@sklep gdzie?", Parts: post, At: time.Unix(1795341601, 0).UTC()}
	for _, c := range []struct {
		name, body string
		want       tandem.Inbound
	}{
		{"reply", changed("comments", value), reply},
		{"live", changed("live_comments", value), reply},
		{"flat form", frame(`"field":"comments","value":` + value), reply},
		{"comment_id", changed("comments", `{"comment_id":179,"text":"a","from":{"id":"1090000000000042"}}`),
			tandem.Inbound{Kind: tandem.InMessage, Key: "179", Thread: "179/" + igsid, User: igsid, Text: "a"}},
		{"old form", changed("comments", `{"id":"179","text":"a"}`),
			tandem.Inbound{Kind: tandem.InMessage, Key: "179", Thread: "179/anonymous:179", User: "anonymous:179", Text: "a"}},
		{"ours", changed("comments", `{"id":"180","text":"a","from":{"id":"17841400000000001","username":"sklep"},"parent_id":"179"}`),
			tandem.Inbound{Kind: tandem.InEcho, Key: "180", Thread: "179", ReplyTo: "179", Text: "a"}},
		{"ours by scoped id", changed("comments", `{"id":"180","text":"a","from":{"id":"9","self_ig_scoped_id":"9"}}`),
			tandem.Inbound{Kind: tandem.InEcho, Key: "180", Thread: "180", Text: "a"}},
		{"mention", changed("mentions", `{"media_id":"18000000000000099","comment_id":"17900000000000077"}`),
			tandem.Inbound{Kind: tandem.InMessage, Key: "17900000000000077", Thread: "mention:18000000000000099:17900000000000077/anonymous:17900000000000077",
				User: "anonymous:17900000000000077", Parts: []tandem.Part{{Type: "mention", Value: "18000000000000099"}}}},
	} {
		c.want.Account, c.want.Surface = igID, tandem.Comment
		agrees(t, c.name, parseOne(t, "meta", c.body), c.want, igsid)
	}
}

func TestInstagramAsksAround(t *testing.T) {
	p := &platform{script: []string{`{"name":"Marek","username":"marek"}`}}
	profile, err := connect(t, "instagram", igID, nil, p).(tandem.Profiler).Profile(t.Context(), igsid)
	if err != nil || profile.Name != "Marek" || profile.Username != "marek" || !strings.HasSuffix(p.calls[0], "/v25.0/1090000000000042 fields=name%2Cusername") {
		t.Error(profile, err, p.calls)
	}
	p = &platform{answers: []*http.Response{answer(400, `{"error":{"code":230}}`)}}
	if _, err := connect(t, "instagram", igID, nil, p).(tandem.Profiler).Profile(t.Context(), igsid); tandem.KindOf(err) != tandem.NotFound {
		t.Errorf("a commenter has not agreed: %v", err)
	}
	p = &platform{script: []string{`{"success":true}`}}
	c := connect(t, "instagram", igID, nil, p)
	if err := errors.Join(c.(tandem.Typer).Typing(t.Context(), igsid), c.(tandem.Moderator).Moderate(t.Context(), "179", "hide"),
		c.(tandem.Moderator).Moderate(t.Context(), "179", "delete")); err != nil {
		t.Fatal(err)
	}
	want := []string{`POST graph.instagram.com/v25.0/17841400000000001/messages {"recipient":{"id":"1090000000000042"},"sender_action":"typing_on"}`,
		`POST graph.instagram.com/v25.0/179 {"hide":true}`, `DELETE graph.instagram.com/v25.0/179`}
	if !slices.Equal(p.calls, want) {
		t.Errorf("%q", p.calls)
	}
}

func TestInstagramConnection(t *testing.T) {
	script := []string{`{"user_id":"17841400000000001","username":"sklep","id":"999"}`,
		`{"data":[{"permission":"instagram_business_basic","status":"granted"},{"permission":"instagram_business_manage_messages","status":"declined"}]}`,
		`{"data":[{"subscribed_fields":["messages"]}]}`}
	ok, wrong, err := connect(t, "instagram", igID, nil, &platform{script: script}).(tandem.Tester).Test(t.Context())
	if err != nil || !slices.Equal(ok, []string{"token_valid", "permission:instagram_business_basic", "field:messages"}) ||
		!slices.Equal(wrong, []string{"permission_missing:instagram_business_manage_messages", "permission_missing:instagram_business_manage_comments", "field_missing:comments"}) {
		t.Error(ok, wrong, err)
	}
	_, wrong, _ = connect(t, "instagram", "999", nil, &platform{script: script}).(tandem.Tester).Test(t.Context())
	if !slices.Contains(wrong, "account_mismatch") {
		t.Errorf("the app-scoped id was taken for the account: %v", wrong)
	}
}
