package channel

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tandem"
)

// Of a call that speaks of two companies each is left with its own, whole, and parses it to the same events.
func TestOnlyWhatIsAboutAnAccount(t *testing.T) {
	for name, c := range map[string]struct{ hook, body, mine, theirs string }{
		"private messages and comments": {"meta", `{"object":"page","entry":[
			{"id":"1","time":1795341600123,"messaging":[{"sender":{"id":"42"},"recipient":{"id":"1"},"timestamp":1795341600001,"message":{"mid":"m1","text":"moje s\u0142owa"}}]},
			{"id":"2","time":1795341600123,"messaging":[{"sender":{"id":"43"},"recipient":{"id":"2"},"timestamp":1795341600001,"message":{"mid":"m2","text":"cudze"}}]},
			{"id":"1","time":1795341601,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","post_id":"1_7","comment_id":"7_8","parent_id":"1_7","from":{"id":"42","name":"A"},"message":"moje","created_time":1795341600}}]}]}`, "1", "cudze"},
		"numbers of one entry": {"whatsapp", `{"object":"whatsapp_business_account","entry":[{"id":"22","changes":[
			{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"from":"48600100200","id":"wamid.1","timestamp":"1795341600","type":"text","text":{"body":"moje"}}]}},
			{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"messages":[{"from":"48600100201","id":"wamid.2","timestamp":"1795341600","type":"text","text":{"body":"cudze"}}]}}]}]}`, "1", "cudze"},
		"the flat form": {"meta", `{"object":"instagram","entry":[
			{"id":"1","time":1795341601,"field":"comments","value":{"id":"9","text":"moje","from":{"id":"42","username":"a"}}},
			{"id":"2","time":1795341601,"field":"comments","value":{"id":"10","text":"cudze","from":{"id":"43","username":"b"}}}]}`, "1", "cudze"},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := FindHook(c.hook)
			mine := func(in tandem.Inbound) bool { return in.Account == c.mine }
			got := h.Only([]byte(c.body), mine)
			if !json.Valid(got) || strings.Contains(string(got), c.theirs) || !strings.Contains(string(got), "moje") {
				t.Fatalf("%s", got)
			}
			parse := func(body []byte) (all []string) {
				call := tandem.Webhook{Body: body, Header: http.Header{"X-Hub-Signature-256": {"sha256=" + sign("s", body)}}}
				events, err := h.Parse([]string{"s"}, call)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range events {
					if mine(e) {
						all = append(all, e.Key+e.Text)
					}
				}
				return all
			}
			if was, is := parse([]byte(c.body)), parse(got); strings.Join(was, "|") != strings.Join(is, "|") || len(is) == 0 {
				t.Errorf("events %q, were %q", is, was)
			}
			if none := h.Only([]byte(c.body), func(tandem.Inbound) bool { return false }); none != nil {
				t.Errorf("%s", none)
			}
		})
	}
	h, _ := FindHook("meta")
	if h.Only([]byte(`{"entry":`), func(tandem.Inbound) bool { return true }) != nil {
		t.Error("a body that is no JSON is kept")
	}
	h, _ = FindHook("sms")
	if string(h.Only([]byte("Body=x"), func(tandem.Inbound) bool { return false })) != "Body=x" {
		t.Error("an address that names the account")
	}
}
