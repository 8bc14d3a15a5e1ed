package channel

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
)

// walked reads a whole history, one call a page.
func walked(t *testing.T, c tandem.Channel, p *platform, since time.Time) (all []tandem.Inbound, cut bool) {
	t.Helper()
	page := ""
	for calls := 1; ; calls++ {
		h, err := c.(tandem.Historian).History(t.Context(), since, page)
		if err != nil || len(p.calls) != calls {
			t.Fatalf("page %q: %d calls, %v", page, len(p.calls), err)
		}
		all, cut = append(all, h.Events...), cut || h.Cut
		if page = h.Next; page == "" {
			return all, cut
		}
	}
}

// What the history tells has the form of what a webhook would have told, so that both are one event.
func TestHistoryIsWhatWebhooksTell(t *testing.T) {
	since := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	talks := `{"data":[{"updated_time":"2026-11-22T10:02:00+0000","messages":{"data":[
	 {"id":"c","message":"Już sprawdzam","created_time":"2026-11-22T10:02:00+0000","from":{"id":"ACCOUNT"},"to":{"data":[{"id":"7600000000000042"}]}},
	 {"id":"b","message":"Gdzie paczka?","created_time":"2026-11-22T10:01:00+0000","from":{"id":"7600000000000042","name":"Anna P."},"to":{"data":[{"id":"ACCOUNT"}]},
	  "attachments":{"data":[{"mime_type":"image/jpeg","image_data":{"url":"https://cdn.example/a.jpg"}}]}},
	 {"id":"a","message":"dawno","created_time":"2026-11-20T10:00:00+0000","from":{"id":"7600000000000042"}}]}}],
	 "paging":{"cursors":{"after":"T2"},"next":"https://graph/next"}}`
	older := `{"data":[{"updated_time":"2026-11-20T10:00:00+0000","messages":{"data":[]}}],"paging":{"cursors":{"after":"T3"},"next":"https://graph/next"}}`

	fb := &platform{script: []string{strings.ReplaceAll(talks, "ACCOUNT", page), older,
		`{"data":[{"id":"504100000000001_701","created_time":"2026-11-21T10:00:00+0000"},{"id":"504100000000001_1","created_time":"2026-01-01T10:00:00+0000"}],"paging":{"cursors":{"after":"P2"},"next":"x"}}`,
		`{"data":[{"id":"701_9002","message":"też czekam","created_time":"2026-11-22T10:00:00+0000","from":{"id":"7600000000000043","name":"Ola"},"parent":{"id":"701_9001"}},
		 {"id":"701_9000","message":"dawno","created_time":"2026-11-01T10:00:00+0000","from":{"id":"7600000000000042","name":"Anna"}}],"paging":{"cursors":{"after":"C2"},"next":"x"}}`,
		`{"data":[]}`}}
	all, cut := walked(t, connect(t, "facebook", page, nil, fb), fb, since)
	if cut || len(all) != 3 || all[0].Kind != tandem.InEcho || all[0].User != psid || all[1].Key != "b" || all[1].Kind != tandem.InMessage || all[1].Name != "Anna P." ||
		len(all[1].Parts) != 1 || all[1].Parts[0] != (tandem.Part{Type: "image", URL: "https://cdn.example/a.jpg"}) || !all[1].Late {
		t.Errorf("%+v", all)
	}
	hooked := parseOne(t, "meta", `{"object":"page","entry":[{"id":"504100000000001","time":1795341601,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","post_id":"504100000000001_701","comment_id":"701_9002","parent_id":"701_9001","from":{"id":"7600000000000043","name":"Ola"},"message":"też czekam","created_time":1795341600}}]}]}`)
	same(t, all[2], hooked)

	ig := &platform{script: []string{strings.ReplaceAll(strings.ReplaceAll(talks, "ACCOUNT", igID), "T2", ""), `{"data":[{"id":"180","timestamp":"2026-11-21T10:00:00+0000"}]}`,
		`{"data":[{"id":"1790","text":"gdzie paczka?","from":{"id":"1090000000000042","username":"anna.p"},"timestamp":"2026-11-22T10:00:00+0000",
		 "replies":{"data":[{"id":"1791","text":"Sprawdzamy","from":{"id":"17841400000000001"},"timestamp":"2026-11-22T10:05:00+0000"}]}}]}`}}
	ig.script[0] = strings.ReplaceAll(ig.script[0], `"next":"https://graph/next"`, `"x":1`)
	all, _ = walked(t, connect(t, "instagram", igID, nil, ig), ig, since)
	if len(all) != 4 || all[3].Kind != tandem.InEcho || all[3].ReplyTo != "1790" || all[3].User != "" {
		t.Fatalf("%+v", all)
	}
	hooked = parseOne(t, "meta", `{"object":"instagram","entry":[{"id":"17841400000000001","time":1795341600,"changes":[{"field":"comments","value":{"id":"1790","text":"gdzie paczka?","from":{"id":"1090000000000042","username":"anna.p"},"media":{"id":"180"}}}]}]}`)
	same(t, all[2], hooked)
}

// same compares an event of the history with one of a webhook in all that decides where it belongs.
func same(t *testing.T, got, want tandem.Inbound) {
	t.Helper()
	if got.Kind != want.Kind || got.Key != want.Key || got.External != want.External || got.User != want.User || got.Thread != want.Thread || got.Surface != want.Surface ||
		got.Text != want.Text || got.ReplyTo != want.ReplyTo || !got.At.Equal(want.At) || got.Account != want.Account {
		t.Errorf("the history tells %+v\na webhook tells   %+v", got, want)
	}
}

// A conversation with more to tell than its newest page is followed back to the begin of the gap and read from
// there on: what was said first comes first, each message once, one call a page.
func TestHistoryFollowsAConversation(t *testing.T) {
	since := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	told := func(from, to int) string { // newest first, one a minute
		var all []string
		for n := from; n >= to; n-- {
			all = append(all, fmt.Sprintf(`{"id":"m%d","message":"%d","created_time":"%s","from":{"id":"7600000000000042"}}`, n, n, since.Add(time.Duration(n)*time.Minute).Format(time.RFC3339)))
		}
		return strings.Join(all, ",")
	}
	page1 := func(data, more string) string {
		if more != "" {
			more = `,"paging":{"cursors":{"after":"` + more + `"},"next":"x"}`
		}
		return `{"id":"t_1","updated_time":"2026-11-22T10:50:00+0000","messages":{"data":[` + data + `]` + more + `}}`
	}
	first := page1(told(45, 26), "c2")
	list, none := `{"data":[`+first+`]}`, `{"data":[]}`
	refusedPage := `{"error":{"code":100,"message":"deleted"}}`
	for name, c := range map[string]struct {
		script []string
		last   int // the oldest that is told
		cut    bool
		beyond string
	}{
		"to the begin of the gap": {[]string{list, first, page1(told(25, 6), "c3"), page1(told(5, -14), "c4"), page1(told(25, 6), "c3"), first, none}, 0, false, ""},
		"to its first message":    {[]string{list, first, page1(told(25, 20), ""), first, none}, 20, false, ""},
		"nothing more":            {[]string{`{"data":[` + page1(told(20, 1), "") + `]}`, none}, 1, false, ""},
		"no more than ids":        {[]string{list, first, page1(`{"id":"m25"},{"id":"m24"}`, "c3"), first, none}, 26, false, "m25"},
		"ids on the first page":   {[]string{`{"data":[` + page1(told(45, 27)+`,{"id":"m26"}`, "c2") + `]}`, none}, 27, false, "m26"},
		"an error":                {[]string{list, first, refusedPage, first, none}, 26, true, ""},
	} {
		p := &platform{script: c.script}
		ch, at, want := connect(t, "facebook", page, nil, p), "", c.last
		cut, beyond := false, ""
		for calls := 1; ; calls++ {
			h, err := ch.(tandem.Historian).History(t.Context(), since, at)
			if err != nil || len(p.calls) != calls {
				t.Fatalf("%s: %d calls, %v", name, len(p.calls), err)
			}
			slices.Reverse(h.Events) // a page has the newest first, as the platform does
			for _, in := range h.Events {
				if in.Text != fmt.Sprint(want) {
					t.Fatalf("%s: %s in the place of %d", name, in.Text, want)
				}
				want++
			}
			cut, beyond = cut || h.Cut, beyond+strings.Join(h.Beyond, " ")
			if at = h.Next; at == "" {
				break
			}
		}
		if end := map[bool]int{true: 21, false: 46}[name == "nothing more"]; want != end || cut != c.cut || beyond != c.beyond || len(p.calls) != len(c.script) {
			t.Errorf("%s: up to %d, cut %v, beyond %q, %d calls", name, want, cut, beyond, len(p.calls))
		}
	}
}

func TestSubscribing(t *testing.T) {
	p := &platform{script: []string{`{"data":[{"subscribed_fields":["messages"]}]}`, `{"success":true}`, `{"data":[{"subscribed_fields":["messages","comments"]}]}`}}
	c := connect(t, "instagram", igID, nil, p).(tandem.Subscriber)
	first, err := c.Subscribed(t.Context())
	if first || err != nil || c.Subscribe(t.Context()) != nil || !strings.HasPrefix(p.calls[1], `POST graph.instagram.com/v25.0/me/subscribed_apps {"subscribed_fields":"messages,`) {
		t.Errorf("%v %v %q", first, err, p.calls)
	}
	if then, err := c.Subscribed(t.Context()); !then || err != nil {
		t.Error(then, err)
	}
}
