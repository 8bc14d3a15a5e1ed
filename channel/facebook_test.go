package channel

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
)

func TestFacebookSends(t *testing.T) {
	dm := tandem.Outgoing{Message: "out1", To: psid, Thread: psid, ReplyTo: "m_A1", Surface: tandem.Direct, Text: "Sprawdzam"}
	comment := tandem.Outgoing{Message: "out1", To: psid, Thread: "701_9000/" + psid, ReplyTo: "701_9001", Surface: tandem.Comment, Text: "Sprawdzam"}
	private, visitor, first := comment, comment, comment
	private.Private, visitor.Private = true, true
	visitor.ReplyTo = page + "_701"
	first.ReplyTo = ""
	messages := "POST graph.facebook.com/v25.0/504100000000001/messages "
	sent, posted := `{"recipient_id":7600000000000042,"message_id":"m_B8"}`, `{"id":"701_9002"}`
	for _, c := range []struct {
		name         string
		o            tandem.Outgoing
		script, want string
	}{
		{"text", dm, sent, messages + `{"recipient":{"id":"7600000000000042"},"messaging_type":"RESPONSE","message":{"text":"Sprawdzam","metadata":"tnd:out1"},"reply_to":{"mid":"m_A1"}}`},
		{"comment", comment, posted, `POST graph.facebook.com/v25.0/701_9001/comments {"message":"Sprawdzam"}`},
		{"comment to the thread", first, posted, `POST graph.facebook.com/v25.0/701_9000/comments {"message":"Sprawdzam"}`},
		{"private reply", private, sent, messages + `{"recipient":{"comment_id":"701_9001"},"message":{"text":"Sprawdzam","metadata":"tnd:out1"}}`},
		{"private reply to a post", visitor, sent, messages + `{"recipient":{"post_id":"504100000000001_701"},"message":{"text":"Sprawdzam","metadata":"tnd:out1"}}`},
	} {
		p := &platform{script: []string{c.script}}
		r, err := connect(t, "facebook", page, nil, p).Send(t.Context(), c.o)
		if err != nil || len(p.calls) != 1 || p.calls[0] != c.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, strings.Join(p.calls, "\n"), c.want)
		}
		if r.External == "" || (c.script == sent) != (r.User == psid) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
	p := &platform{script: []string{sent}}
	private.Text = strings.Repeat("a", 2001)
	if _, err := connect(t, "facebook", page, nil, p).Send(t.Context(), private); tandem.CodeOf(err) != CodeBadRequest || len(p.calls) > 0 {
		t.Errorf("a second private reply is never taken, so a long one must not begin: %v", err)
	}
}

func TestPageFeed(t *testing.T) {
	const about = `"item":"comment","post_id":"504100000000001_701","comment_id":"701_9001","parent_id":"504100000000001_701",`
	const anna = `"from":{"id":"7600000000000042","name":"Anna Przykładowa"},`
	post := []tandem.Part{{Type: "post", Value: "504100000000001_701"}}
	for _, c := range []struct {
		name, value string
		want        tandem.Inbound
	}{
		{"add", about + anna + `"verb":"add","message":"Znowu opóźnienie!","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InMessage, Key: "701_9001:add:1795341600", External: "701_9001", User: psid, Name: "Anna Przykładowa",
				Thread: "701_9001/" + psid, Text: "Znowu opóźnienie!", Parts: post, At: time.Unix(1795341600, 0).UTC()}},
		{"reply", `"item":"comment","verb":"add","post_id":"504100000000001_701","comment_id":"701_9003","parent_id":"701_9001",` + anna + `"message":"Halo?","created_time":1795341700`,
			tandem.Inbound{Kind: tandem.InMessage, Key: "701_9003:add:1795341700", User: psid, Name: "Anna Przykładowa", Thread: "701_9001/" + psid, ReplyTo: "701_9001", Text: "Halo?"}},
		{"edited", about + anna + `"verb":"edited","message":"Nowe","created_time":1795341600,"edited_time":1795341900`,
			tandem.Inbound{Kind: tandem.InEdited, Key: "701_9001:edited:1795341900", Target: "701_9001", User: psid, Name: "Anna Przykładowa", Thread: "701_9001/" + psid, Text: "Nowe"}},
		{"removed", about + anna + `"verb":"remove"`,
			tandem.Inbound{Kind: tandem.InDeleted, Key: "701_9001:remove:1795341601", Target: "701_9001", User: psid, Name: "Anna Przykładowa", Thread: "701_9001/" + psid}},
		{"delete is remove", about + anna + `"verb":"delete"`,
			tandem.Inbound{Kind: tandem.InDeleted, Key: "701_9001:remove:1795341601", Target: "701_9001", User: psid, Name: "Anna Przykładowa", Thread: "701_9001/" + psid}},
		{"hidden by a moderator", about + `"verb":"hide","sender_id":504100000000001,"sender_name":"Sklep","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InHidden, Key: "701_9001:hide:1795341601", Target: "701_9001", State: tandem.StateHidden, Thread: "701_9001"}},
		{"shown", about + anna + `"verb":"unhide"`,
			tandem.Inbound{Kind: tandem.InHidden, Target: "701_9001", State: tandem.StateShown, Thread: "701_9001"}},
		{"old sender", about + `"verb":"add","sender_id":7600000000000042,"sender_name":"Anna","message":"a","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InMessage, User: psid, Name: "Anna", Thread: "701_9001/" + psid, Text: "a"}},
		{"no author", about + `"verb":"add","message":"a","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InMessage, User: "anonymous:701_9001", Thread: "701_9001/anonymous:701_9001", Text: "a"}},
		{"ours", about + `"verb":"add","from":{"id":"504100000000001","name":"Sklep"},"message":"Dzień dobry","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InEcho, External: "701_9001", Thread: "701_9001", Text: "Dzień dobry"}},
		{"a photo alone", about + anna + `"verb":"add","photo":"https://cdn.example/p.jpg","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InMessage, User: psid, Name: "Anna Przykładowa", Thread: "701_9001/" + psid,
				Parts: []tandem.Part{{Type: "image", URL: "https://cdn.example/p.jpg"}, post[0]}}},
		{"a visitor's post", `"item":"status","verb":"add","post_id":"504100000000001_702",` + anna + `"message":"Skarga","created_time":1795341600`,
			tandem.Inbound{Kind: tandem.InMessage, External: "504100000000001_702", Thread: "504100000000001_702/" + psid, User: psid, Name: "Anna Przykładowa", Text: "Skarga"}},
	} {
		c.want.Account, c.want.Surface = page, tandem.Comment
		in := parseOne(t, "meta", fmt.Sprintf(`{"object":"page","entry":[{"id":%q,"time":1795341601,"changes":[{"field":"feed","value":{%s}}]}]}`, page, c.value))
		agrees(t, c.name, in, c.want, psid)
		if in.Target != "" && in.External != "" {
			t.Errorf("%s: an event about a comment is not the comment itself", c.name)
		}
	}
	for _, dropped := range []string{
		`"item":"like","verb":"add","post_id":"1_2","from":{"id":"7"}`,
		`"item":"reaction","verb":"add","post_id":"1_2","comment_id":"2_3","from":{"id":"7"}`,
		`"item":"status","verb":"add","post_id":"504100000000001_9","from":{"id":"504100000000001"},"message":"Promocja"`,
		`"item":"comment","verb":"mute","comment_id":"2_3"`,
	} {
		if all := parseAll(t, "meta", fmt.Sprintf(`{"object":"page","entry":[{"id":%q,"time":1,"changes":[{"field":"feed","value":{%s}}]}]}`, page, dropped)); len(all) != 0 {
			t.Errorf("%s: %+v", dropped, all)
		}
	}
}

func TestCommentAndMessageHaveOneAuthor(t *testing.T) {
	comment := parseOne(t, "meta", `{"object":"page","entry":[{"id":504100000000001,"time":1795341601,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","post_id":"504100000000001_701","comment_id":"701_9001","from":{"id":7600000000000042},"message":"a"}}]}]}`)
	message := parseOne(t, "meta", onPage(`"message":{"mid":"m","text":"b"}`))
	if comment.User != message.User || comment.Account != message.Account || comment.Surface == message.Surface {
		t.Errorf("%+v\n%+v", comment, message)
	}
}

func TestFacebookAsksAround(t *testing.T) {
	p := &platform{script: []string{`{"first_name":"Anna","last_name":"Przykładowa","locale":"pl_PL","id":"7600000000000042"}`}}
	c := connect(t, "facebook", page, nil, p)
	profile, err := c.(tandem.Profiler).Profile(t.Context(), psid)
	if err != nil || profile != (tandem.Profile{Name: "Anna Przykładowa", Lang: "pl"}) {
		t.Error(profile, err)
	}
	m := c.(tandem.Moderator)
	p.calls, p.script = nil, []string{`{"success":true}`}
	if err := errors.Join(m.Moderate(t.Context(), "701_9001", "unhide"), m.Moderate(t.Context(), "701_9001", "like"), m.Moderate(t.Context(), "701_9001", "delete")); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.calls, []string{`POST graph.facebook.com/v25.0/701_9001 {"is_hidden":false}`,
		`POST graph.facebook.com/v25.0/701_9001/likes`, `DELETE graph.facebook.com/v25.0/701_9001`}) {
		t.Errorf("%q", p.calls)
	}
	p.calls, p.script = nil, []string{`{"id":"504100000000001"}`, `{"error":{"code":100}}`, `{"data":[{"subscribed_fields":["messages","message_deliveries","message_reads","messaging_postbacks","feed"]}]}`}
	_, wrong, err := c.(tandem.Tester).Test(t.Context())
	if err != nil || !slices.Equal(wrong, []string{"field_missing:message_echoes"}) {
		t.Error(wrong, err)
	}
}

func TestProofGoesWithEveryCall(t *testing.T) {
	p := &platform{script: []string{`{"message_id":"m"}`}}
	if _, err := connect(t, "facebook", page, map[string]string{"proof": "on"}, p).Send(t.Context(), tandem.Outgoing{To: psid, Text: "a"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.calls[0], "appsecret_proof="+Proof("sec", "tok")) {
		t.Errorf("%s", p.calls[0])
	}
}
